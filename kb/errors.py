"""What can go wrong when a knowledge base is asked. Each message names the input and the remedy."""

from __future__ import annotations


class QueryError(ValueError):
    """A query that can't be run as it is, with the place of the mistake where that is known."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line, self.column = line, column


class CursorError(ValueError):
    """A cursor that was not given out by the page it is used on."""
