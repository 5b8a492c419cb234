"""The body of an answer, read to an end that is known to be the end.

A server that gives up in the middle of an answer may still have said 200, and some close the
connection as if all were well. So the length that was announced is counted, and in JSON every
bracket must be closed: half an answer is an error, never a shorter answer.
"""

from __future__ import annotations

import http.client
import re
from http.client import HTTPResponse

from kb.store.failures import Unanswered

_JSON = re.compile(r"[/+]json$")
_END = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)


class Body:
    """A file of bytes that raises Unanswered where the answer breaks off."""

    def __init__(self, response: HTTPResponse, address: str) -> None:
        self.headers = response.headers
        self.media_type = response.headers.get_content_type()
        self._response, self.address = response, address
        length = response.headers.get("Content-Length", "")
        self._missing = int(length) if length.isdigit() else None
        self._ended = response.chunked or self._missing is not None
        self._json = Brackets() if _JSON.search(self.media_type) else None

    @property
    def ends_visibly(self) -> bool:
        """Whether one can tell the whole of the body from a part of it."""
        return self._ended or self._json is not None or self.media_type.endswith("xml")

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size`; none at the end."""
        try:
            data = self._response.read(size if size >= 0 else None)
        except (OSError, http.client.HTTPException) as error:
            raise self._broken() from error
        if self._missing is not None:
            self._missing -= len(data)
        if self._json:
            self._json.read(data)
        if size and (not data or size < 0):
            self._check()
        return data

    def _check(self) -> None:
        self.close()
        if self._missing or (self._json and self._json.open):
            raise self._broken()

    def _broken(self) -> Unanswered:
        self.close()
        return Unanswered(
            f"The answer of the server at {self.address} broke off: it may have a time limit that "
            f"is too short, or be overloaded; see what it logged, or ask for less",
            again=True,
            sent=True,
        )

    def close(self) -> None:
        """Let go of the connection."""
        self._response.close()


class Brackets:
    """Counts the brackets of JSON that are open, outside of strings."""

    def __init__(self) -> None:
        self._depth = 0
        self._seen = False
        self._inside = False
        self._rest = b""

    def read(self, data: bytes) -> None:
        """Take in the next part of the text."""
        data = self._rest + data
        escapes = len(data) - len(data.rstrip(b"\\"))
        cut = len(data) - escapes % 2  # What the last backslash escapes is yet to come.
        data, self._rest = data[:cut], data[cut:]
        if self._inside:
            end = _END.match(data)
            if end is None:
                return
            data, self._inside = data[end.end() :], False
        text = _STRING.sub(b"", data)
        before, quote, _ = text.partition(b'"')
        self._inside = bool(quote)
        opened = before.count(b"{") + before.count(b"[")
        self._seen = self._seen or opened > 0
        self._depth += opened - before.count(b"}") - before.count(b"]")

    @property
    def open(self) -> bool:
        """Whether a bracket or a string is open still, or none has come yet."""
        return not self._seen or self._depth != 0 or self._inside or bool(self._rest)
