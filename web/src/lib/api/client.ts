/**
 * Requests to the server. `get`, `post` and `upload` give the JSON or throw an `ApiError`;
 * nothing else in the workbench calls `fetch`.
 */

/** Where the API is; the workbench may stand below a path. */
export const BASE = 'api/v1';

/** Query parameters: what is null, undefined or empty is left out. */
export type Query = Record<string, string | number | boolean | null | undefined>;

/** Why a query could not be read: a message and where, as the server tells. */
export interface QueryFault {
  detail: string;
  /** From 1. */
  column?: number;
  mark?: string;
}

export class ApiError extends Error {
  constructor(
    /** 0 where the server was not reached. */
    readonly status: number,
    readonly body: unknown,
  ) {
    super(ApiError.told(status, body));
  }

  static told(status: number, body: unknown): string {
    if (typeof body === 'object' && body !== null && 'detail' in body) {
      const { detail } = body;
      if (typeof detail === 'string') return detail;
      // FastAPI's own list of what is wrong with a request.
      if (Array.isArray(detail)) {
        const messages = detail.map((each: unknown) =>
          typeof each === 'object' && each !== null && 'msg' in each
            ? String(each.msg)
            : String(each),
        );
        return messages.join('; ');
      }
    }
    return `HTTP ${status}`;
  }

  /** The fault of a query, where that is what was wrong. */
  get fault(): QueryFault | null {
    const { body } = this;
    if (this.status !== 422 || typeof body !== 'object' || body === null) return null;
    return 'column' in body && typeof body.column === 'number' ? (body as QueryFault) : null;
  }
}

type OnUnauthorised = () => void;
let unauthorised: OnUnauthorised = () => undefined;
let csrf: string | null = null;

/** What to do when the session is over: the shell shows the log-in. */
export function onUnauthorised(then: OnUnauthorised): void {
  unauthorised = then;
}

/** The token that writes carry, as the session told it. */
export function useToken(token: string | null | undefined): void {
  csrf = token ?? null;
}

export function address(path: string, query: Query = {}): string {
  const found = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') found.set(name, String(value));
  }
  const text = found.toString();
  return `${BASE}${path}${text ? `?${text}` : ''}`;
}

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, { detail: String(error) });
  }
  const text = await response.text();
  let body: unknown;
  try {
    body = text ? JSON.parse(text) : null;
  } catch {
    body = { detail: text.slice(0, 200) };
  }
  if (response.status === 401) unauthorised();
  if (!response.ok) throw new ApiError(response.status, body);
  return body as T;
}

export function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  return ask<T>(address(path, query), { signal: signal ?? null });
}

function writeHeaders(): Record<string, string> {
  return csrf === null ? {} : { 'X-Temoin-Token': csrf };
}

export function post<T>(path: string, data: unknown = {}, method = 'POST'): Promise<T> {
  return ask<T>(address(path), {
    method,
    headers: { 'Content-Type': 'application/json', ...writeHeaders() },
    body: JSON.stringify(data),
  });
}

/** Send files; `progress` gets the share that has been sent. `fetch` cannot tell it. */
export function upload<T>(
  path: string,
  form: FormData,
  progress: (share: number) => void = () => undefined,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address(path));
    for (const [name, value] of Object.entries(writeHeaders()))
      request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    });
    request.addEventListener('error', () => reject(new ApiError(0, { detail: 'network' })));
    request.addEventListener('load', () => {
      let body: unknown;
      try {
        body = JSON.parse(request.responseText);
      } catch {
        body = { detail: request.responseText.slice(0, 200) };
      }
      if (request.status === 401) unauthorised();
      if (request.status >= 200 && request.status < 300) resolve(body as T);
      else reject(new ApiError(request.status, body));
    });
    request.send(form);
  });
}
