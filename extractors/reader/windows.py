"""Cutting a Doc into the windows that a transformer encoder reads: whole sentences, up to a size.

Neighbouring sentences share a window while they fit, so that each is read in context and the
encoder's work stays linear in the length of the text. A longer sentence goes on in the next one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

SIZE: Final = 128
"""Pieces in a window, its two marks included."""
LONGEST: Final = 6
"""Pieces of a word that are read; of longer words the rest tells nothing."""


@dataclass(slots=True)
class Window:
    """Piece ids with the marks at both ends, and where the first piece of each token stands."""

    pieces: list[int]
    tokens: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)


def windows(
    pieces: Sequence[Sequence[int]],
    sentences: Sequence[tuple[int, int]],
    first: int,
    last: int,
) -> Iterator[Window]:
    """The windows over some sentences, given as spans of tokens.

    `pieces` holds the ids of each token of the document, none for white space; `first` and
    `last` are the ids of the marks that open and close a window.
    """
    window = Window([first])
    for start, end in sentences:
        size = sum(min(len(pieces[i]), LONGEST) for i in range(start, end))
        if window.tokens and len(window.pieces) + size + 1 > SIZE:
            yield _closed(window, last)
            window = Window([first])
        for token in range(start, end):
            read = pieces[token][:LONGEST]
            if not read:
                continue
            if len(window.pieces) + len(read) + 1 > SIZE:
                yield _closed(window, last)
                window = Window([first])
            window.tokens.append(token)
            window.places.append(len(window.pieces))
            window.pieces.extend(read)
    if window.tokens:
        yield _closed(window, last)


def _closed(window: Window, last: int) -> Window:
    window.pieces.append(last)
    return window
