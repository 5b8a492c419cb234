"""Pages by key: where the next page begins is told by the last row, never by a count.

A cursor is opaque to those who pass it on: which way to go on, and the key to go on from.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from kb.errors import CursorError

Row = TypeVar("Row")


class Key(NamedTuple):
    """The place of a row in an order: rows without a date come last, whichever way it runs."""

    undated: int
    sort: str
    slug: str


class Cursor(NamedTuple):
    """A page boundary: the rows after this key, or those before it."""

    key: Key
    back: bool = False

    def encode(self) -> str:
        """The cursor as it stands in an address."""
        data = json.dumps([int(self.back), *self.key], separators=(",", ":"), ensure_ascii=False)
        return base64.urlsafe_b64encode(data.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str) -> Cursor:
        """The cursor that `encode` wrote. Raises CursorError on anything else."""
        try:
            padded = text + "=" * (-len(text) % 4)
            data = json.loads(base64.b64decode(padded.encode("ascii"), b"-_", validate=True))
            back, undated, sort, slug = data
        except (ValueError, TypeError, binascii.Error, RecursionError) as error:
            raise CursorError(f"{text[:80]!r} is no cursor of this list.") from error
        numbers = type(back) is int and type(undated) is int and {back, undated} <= {0, 1}
        if not (numbers and isinstance(sort, str) and isinstance(slug, str)):
            raise CursorError(f"{text[:80]!r} is no cursor of this list.")
        try:
            f"{sort}{slug}".encode()
        except UnicodeEncodeError as error:
            raise CursorError(f"{text[:80]!r} is no cursor of this list.") from error
        return cls(Key(undated, sort, slug), bool(back))


class Page(NamedTuple):
    """Rows in their order, and the cursors around them."""

    rows: list[tuple[Key, int]]
    next: str | None
    previous: str | None


Fetch = Callable[[Key | None, bool, int], list[tuple[Key, int]]]
"""(from this key, exclusive; backwards; at most so many) -> keys with their rows, in that order."""


def page(fetch: Fetch, cursor: str | None, limit: int) -> Page:
    """A page of at most `limit` rows around a cursor. Raises CursorError."""
    place = Cursor.decode(cursor) if cursor else None
    back = place.back if place else False
    rows = fetch(place.key if place else None, back, limit + 1)
    more, rows = len(rows) > limit, rows[:limit]
    if back:
        rows.reverse()
    if not rows:
        return Page([], None, None)
    first, last = rows[0][0], rows[-1][0]
    if back:
        before, after = more, bool(fetch(last, False, 1))
    else:
        before, after = bool(place and fetch(first, True, 1)), more
    return Page(
        rows,
        Cursor(last).encode() if after else None,
        Cursor(first, back=True).encode() if before else None,
    )


def merged(
    lists: Sequence[list[tuple[Key, int]]], newest: bool, back: bool, limit: int
) -> list[tuple[Key, int]]:
    """The first rows of several lists that are each in the same order."""
    rows = {row for found in lists for row in found}
    return ordered(rows, newest, back)[:limit]


def ordered(rows: set[tuple[Key, int]], newest: bool, back: bool) -> list[tuple[Key, int]]:
    """Rows in the order of a timeline: by date and address, those without a date last."""
    found = sorted(rows, key=lambda row: (row[0].sort, row[0].slug), reverse=newest != back)
    return sorted(found, key=lambda row: row[0].undated, reverse=back)
