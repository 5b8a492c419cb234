"""What can go wrong when a knowledge base is asked or fed; each message names input and remedy."""

from __future__ import annotations

from pathlib import Path


class QueryError(ValueError):
    """A query that can't be run as it is, with the place of the mistake where that is known."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line, self.column = line, column


class UpdateError(ValueError):
    """An update that is well-formed, but asks for what can't be done; nothing was changed."""


class ExchangeError(ValueError):
    """A file that can't be imported; nothing was. `line` is where it is wrong, where known."""

    def __init__(self, message: str, file: Path, line: int | None = None) -> None:
        super().__init__(f"{file}{f', line {line}' if line is not None else ''}: {message}")
        self.line = line


class CursorError(ValueError):
    """A cursor that was not given out by the page it is used on."""


class LimitError(RuntimeError):
    """A query that was stopped because it went over a limit: "time", "memory", "rows" or "size"."""

    def __init__(self, message: str, limit: str) -> None:
        super().__init__(message)
        self.limit = limit


class BusyError(RuntimeError):
    """Too many queries at a time; try again after so many seconds."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after
