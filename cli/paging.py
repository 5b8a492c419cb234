"""Lists of which a command may want more than a page: asked for page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")
PAGE = 200


def paged(
    ask: Callable[[str | None, int], tuple[Sequence[Item], str | None]], limit: int
) -> Iterator[Item]:
    """The first items of a list, in order; all of them where `limit` is 0.

    `ask` is given the cursor of a page (None for the first) and its size, and gives the items
    and the cursor of the next page (None after the last).
    """
    cursor = None
    given = 0
    while True:
        items, cursor = ask(cursor, min(PAGE, limit - given) if limit else PAGE)
        yield from items
        given += len(items)
        if cursor is None or given == limit:
            return
