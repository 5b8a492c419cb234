"""What a reading may look at: the time of publication, the parse, what was said before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from spacy.tokens import Doc

from extractors.extraction import TimexType
from extractors.times.calendars import Tense
from extractors.times.grammar import Grammar, Match
from extractors.times.intervals import Bounds, interval
from extractors.times.lexing import Tokens


@dataclass(frozen=True, slots=True)
class Reading:
    """The meaning of a match: its value, bounds where the value alone does not give them,
    its type where it is not the rule's, and the value of the first of two times.
    """

    value: str
    bounds: Bounds | None = None
    type: TimexType | None = None
    first: str | None = None


# Says that a match is no time at all, and hides what it covers from shorter readings.
NOTHING = Reading("")
Reader = Callable[[Match, "Context"], Reading | None]


@dataclass(slots=True)
class Context:
    """One document being read, from its start to its end.

    `published` is None where nothing grounds relative expressions. `reference` is the value
    of the last date that the text named.
    """

    doc: Doc
    tokens: Tokens
    grammar: Grammar
    published: date | None
    moment: str | None
    offsets: list[int] = field(default_factory=list)
    reference: str | None = None
    reference_at: int = -1

    def word(self, match: Match) -> int:
        """The index in the Doc of the word that heads a match."""
        start, end = self.tokens.starts[match.start], self.tokens.ends[match.end - 1]
        return self.head(start, end)

    def head(self, start: int, end: int) -> int:
        """The index in the Doc of the word that heads the characters `start` to `end`."""
        first = max(bisect_right(self.offsets, start) - 1, 0)
        last = max(bisect_right(self.offsets, end - 1) - 1, first)
        for i in range(first, last + 1):
            if not first <= self.doc[i].head.i <= last or self.doc[i].head.i == i:
                return i
        return last

    def day_before(self) -> date | None:
        """The day that the text spoke of last, else the day of publication."""
        if self.reference is not None:
            earliest, _, precision = interval(self.reference)
            if earliest is not None and precision in ("day", "minute", "hour", "part-of-day", "second"):
                return date.fromisoformat(earliest[:10])
        return None


def published_day(published: str | None) -> tuple[date | None, str | None]:
    """Day and moment of publication, as far as they are known.

    Raises ValueError when `published` is no ISO 8601 date or date-time.
    """
    if not published:
        return None, None
    try:
        day = date.fromisoformat(published[:10])
    except ValueError as error:
        raise ValueError(
            f"publication date {published!r} is no ISO 8601 date: write it as 2021-01-11 or 2021-01-11T14:30"
        ) from error
    return day, published[11:16] if len(published) >= 16 else None


__all__ = ["NOTHING", "Context", "Reader", "Reading", "Tense", "published_day"]
