"""The endpoint: one question out, one answer in, and everything that can go wrong.

The only module of this package that opens a connection. Redirections are not
followed and, for an endpoint on this machine, no proxy is used: either could
carry the text elsewhere. Nothing is tried twice.
"""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from temoin._version import __version__
from temoin.reading.limits import as_size
from temoin.second_opinion.address import read_address
from temoin.second_opinion.errors import EndpointError

__all__ = ["MAX_ANSWER_BYTES", "MAX_TOKENS", "TIMEOUT", "Endpoint", "Message"]

#: Seconds for one answer: a laptop's CPU writes a few words a second.
TIMEOUT: Final = 300.0

#: Largest answer in bytes; an ordinary one has a few kilobytes.
MAX_ANSWER_BYTES: Final = 2_000_000

#: Most tokens of an answer: a model that repeats itself stops there.
MAX_TOKENS: Final = 3072

_CHUNK = 65536
#: How much of a refusal is quoted.
_QUOTED = 200
#: Refusals that the next request would get too: wrong key, wrong model, wrong address.
_LASTING = frozenset({401, 403, 404, 405})

#: A message of a conversation: `role` and `content`.
Message = Mapping[str, str]


class Endpoint:
    """An OpenAI-compatible endpoint and the model that is asked there.

    Args:
        url: Its base address, e.g. `http://127.0.0.1:11434/v1`.
        model: Name of the model, as the endpoint knows it.
        api_key: Sent as a bearer token; never shown.
        timeout: Seconds for one answer.
        allow_remote: Whether it may be on another machine.

    Raises:
        EndpointError: The address is none, or is on another machine and that is
            not allowed; there is no model, or the key cannot be sent.
    """

    def __init__(
        self,
        url: str,
        *,
        model: str,
        api_key: str | None = None,
        timeout: float = TIMEOUT,
        allow_remote: bool = False,
    ) -> None:
        self.address = read_address(url)
        if not self.address.local and not allow_remote:
            cause = (
                "is not on this machine: the text of the reports would leave it; "
                "where that is meant, say so with --allow-remote"
            )
            raise EndpointError(self.address.base, cause, lasting=True)
        if not model.strip() or not model.isprintable():
            raise EndpointError(self.address.base, "needs the name of a model", lasting=True)
        # A line end in it would begin another header, and the error would show the key.
        if api_key is not None and not (api_key.isascii() and api_key.isprintable() and api_key):
            cause = "the key is empty or holds characters that cannot be sent"
            raise EndpointError(self.address.base, cause, lasting=True)
        self.model = model.strip()
        self._key = api_key
        self._timeout = timeout

    def ask(self, messages: Sequence[Message], *, schema: Mapping[str, Any]) -> bytes:
        """Put a question and wait for the whole answer.

        Args:
            messages: The conversation.
            schema: JSON Schema of the answer; endpoints that know how, keep to it.

        Returns:
            The body of the answer, as it came.

        Raises:
            EndpointError: Nobody answers, not in time, with a refusal or without end.
        """
        deadline = time.monotonic() + self._timeout
        request = self._request(messages, schema)
        try:
            with self._opener().open(request, timeout=self._timeout) as answer:
                return self._whole(answer, deadline)
        except urllib.error.HTTPError as error:
            with error:
                raise self._refusal(error) from error
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise self._late() from error
            cause = f"cannot be reached: {error.reason}"
            raise EndpointError(self.address.base, cause, lasting=True) from error
        except TimeoutError as error:
            raise self._late() from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            cause = f"the answer breaks off: {str(error) or type(error).__name__}"
            raise EndpointError(self.address.base, cause) from error

    def _request(
        self, messages: Sequence[Message], schema: Mapping[str, Any]
    ) -> urllib.request.Request:
        body = {
            "model": self.model,
            "messages": list(messages),
            "temperature": 0,
            "max_tokens": MAX_TOKENS,
            "stream": False,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "events", "strict": True, "schema": schema},
            },
        }
        headers = {
            "User-Agent": f"temoin/{__version__}",
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
        }
        if self._key is not None:
            headers["Authorization"] = f"Bearer {self._key}"
        return urllib.request.Request(  # noqa: S310 - read_address lets http(s) through alone
            self.address.completions,
            data=json.dumps(body).encode(),
            headers=headers,
            method="POST",
        )

    def _opener(self) -> urllib.request.OpenerDirector:
        """An opener for http(s) alone, without redirections."""
        opener = urllib.request.OpenerDirector()
        if not self.address.local:
            opener.add_handler(urllib.request.ProxyHandler())
        for handler in (
            urllib.request.HTTPHandler(),
            urllib.request.HTTPSHandler(),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.HTTPErrorProcessor(),
        ):
            opener.add_handler(handler)
        return opener

    def _whole(self, answer: http.client.HTTPResponse, deadline: float) -> bytes:
        """The whole body; a server that sends drop by drop or for ever is left."""
        parts: list[bytes] = []
        size = 0
        while part := answer.read1(_CHUNK):
            parts.append(part)
            size += len(part)
            if size > MAX_ANSWER_BYTES:
                cause = f"sends more than the {as_size(MAX_ANSWER_BYTES)} that an answer may have"
                raise EndpointError(self.address.base, cause)
            if time.monotonic() > deadline:
                raise TimeoutError
        promised = answer.headers.get("Content-Length", "")
        if promised.isdecimal() and size < int(promised):
            cause = f"the answer breaks off: {size} bytes of {promised}"
            raise EndpointError(self.address.base, cause)
        return b"".join(parts)

    def _refusal(self, error: urllib.error.HTTPError) -> EndpointError:
        cause = f"answers {error.code} {error.reason}"
        if 300 <= error.code < 400:
            cause += ": redirections are not followed"
        else:
            detail = b""
            with suppress(OSError, http.client.HTTPException, ValueError):
                detail = error.read(_CHUNK)
            if words := self._without_key(_message(detail)):
                cause += f": {words}"
        return EndpointError(self.address.base, cause, lasting=error.code in _LASTING)

    def _late(self) -> EndpointError:
        cause = f"gave no whole answer within {self._timeout:g} s; --timeout gives it longer"
        return EndpointError(self.address.base, cause)

    def _without_key(self, words: str) -> str:
        return words.replace(self._key, "...") if self._key else words


def _message(body: bytes) -> str:
    """What a refusal says: `error.message` or `error` of its JSON, else its beginning."""
    text = body.decode("utf-8", "replace")
    with suppress(ValueError, RecursionError):
        data = json.loads(text)
        if isinstance(data, dict):
            error = data.get("error", data)
            found = error.get("message", error) if isinstance(error, dict) else error
            text = found if isinstance(found, str) else text
    words = " ".join(text.split())
    return words if len(words) <= _QUOTED else f"{words[:_QUOTED]}..."
