"""What can be wrong with a decision. Each message names the input and the remedy."""

from __future__ import annotations


class CurationError(ValueError):
    """A decision that can't be taken, withdrawn or read as it is; nothing was changed.

    `line` is the line of a file that it was read from, where there is one.
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(f"line {line}: {message}" if line is not None else message)
        self.line = line


class UnknownThingError(CurationError):
    """A decision about a thing that the knowledge base does not hold."""
