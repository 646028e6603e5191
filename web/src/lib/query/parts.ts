/**
 * The parts of a query that stand side by side, as far as chips and facets need them. The
 * server alone reads queries; this only finds blanks outside quotes and brackets.
 */

const OPERATORS = new Set(['OR', 'AND', 'NOT']);

/** Parts that must all be met; a query with OR at its top is one part. */
export function parts(query: string): string[] {
  const out: string[] = [];
  let part = '';
  let depth = 0;
  let quoted = false;
  for (const char of query) {
    if (char === '"') quoted = !quoted;
    if (!quoted && char === '(') depth += 1;
    if (!quoted && char === ')') depth -= 1;
    if (/\s/.test(char) && !quoted && depth <= 0) {
      if (part) out.push(part);
      part = '';
    } else part += char;
  }
  if (part) out.push(part);
  return out.some((each) => OPERATORS.has(each)) ? [query.trim()] : out;
}

export function hasPart(query: string, part: string): boolean {
  return parts(query).includes(part);
}

/** The query with a part more, or without it. */
export function toggled(query: string, part: string): string {
  const all = parts(query);
  if (all.includes(part)) return all.filter((each) => each !== part).join(' ');
  const joined = all.length === 1 && all[0]!.split(/\s+/).some((word) => OPERATORS.has(word));
  const bracketed = all[0]?.startsWith('(') && parts(all[0].slice(1, -1)).length === 1;
  const kept = joined && !(bracketed && all[0]!.endsWith(')')) ? [`(${all[0]})`] : all;
  return [...kept, part].join(' ');
}

export function without(query: string, index: number): string {
  return parts(query)
    .filter((_, at) => at !== index)
    .join(' ');
}
