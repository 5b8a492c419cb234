"""Where in the index a claim stands and is looked for: by kind of action and day.

Claims with short windows are kept apart from those with long ones, so that few days have to be
searched for them.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.identity import Window, settings
from kb.identity.kinds import readings
from kb.identity.words import stem

UNDATED = -1
"""The place of claims that can't be placed by day."""


def kinds_of(group: str, lemma: str) -> tuple[str, ...]:
    """What a claim is looked for among: its types of action where it has some, and its word."""
    return (*sorted(readings(group, lemma)), word_kind(lemma))


def word_kind(lemma: str) -> str:
    """The kind of all claims of one word."""
    return f"={stem(lemma)}"


def low_of(window: Window | None, published: str | None) -> int:
    """The day at which a claim stands; all of an article without a date stand in one place."""
    return window.low if window and published else UNDATED


def shelf_of(kind: str, window: Window | None) -> str:
    """Where claims of a kind with such a window stand."""
    short = window is None or window.high - window.low <= settings().memory
    return kind if short else f"{kind}~"


def places(
    kind: str, window: Window | None, published: str | None
) -> Iterator[tuple[str, int, int]]:
    """Shelves, each with the first and the last place, where claims that may match stand."""
    if window is None or not published:
        yield kind, UNDATED, UNDATED
        yield f"{kind}~", UNDATED, UNDATED
        return
    if window.wide:
        yield f"{kind}~", window.low, window.low
        return
    low, high = window.low - settings().tolerance, window.high + settings().tolerance
    yield kind, low - settings().memory, high
    yield f"{kind}~", low - settings().widest, high
