"""What a reading may look at: the time of publication, the parse, what was said before."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from spacy.tokens import Doc

from extractors.extraction import Timex, TimexType
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
# How many characters after a date "that day" and "at 10 p.m." may still mean it: some paragraphs.
REACH = 1000
# How many times of the text are looked at on the way back.
LOOK_BACK = 12
DAY_PRECISIONS = ("day", "part-of-day", "hour", "minute", "second")
Reader = Callable[[Match, "Context"], Reading | None]


@dataclass(slots=True)
class Context:
    """One document being read, from its start to its end.

    `published` is None where nothing grounds relative expressions. `mentions` are the dates that
    the text has named.
    """

    doc: Doc
    tokens: Tokens
    grammar: Grammar
    published: date | None
    offsets: list[int] = field(default_factory=list)
    mentions: list[Timex] = field(default_factory=list)

    def word(self, match: Match) -> int:
        """The index in the Doc of the word that heads a match."""
        start, end = self.tokens.starts[match.start], self.tokens.ends[match.end - 1]
        return self.head(start, end)

    def word_before(self, match: Match) -> str:
        """The word before a match, "on" left out, in small letters; "" at the start."""
        i = match.start - 1
        if i > 0 and self.tokens.words[i] == "on":
            i -= 1
        return self.tokens.words[i] if i >= 0 else ""

    def head(self, start: int, end: int) -> int:
        """The index in the Doc of the word that heads the characters `start` to `end`."""
        first = max(bisect_right(self.offsets, start) - 1, 0)
        last = max(bisect_right(self.offsets, end - 1) - 1, first)
        for i in range(first, last + 1):
            if not first <= self.doc[i].head.i <= last or self.doc[i].head.i == i:
                return i
        return last

    def mention(self, timex: Timex) -> None:
        """Take note of a date, for "that day" and "two days later" to come."""
        if timex.type in ("DATE", "TIME") and timex.earliest is not None:
            self.mentions.append(timex)

    def recent_period(self, match: Match, quarter: bool = False) -> str | None:
        """The value of the last stretch of more than a day (or quarter) named not far before."""
        for timex in reversed(self.mentions[-LOOK_BACK:]):
            if self.tokens.starts[match.start] - timex.end >= REACH:
                break
            named = interval(timex.value)[2] or timex.precision
            if named == "quarter" or (not quarter and named not in DAY_PRECISIONS):
                return timex.value
        return None


def token_offsets(doc: Doc) -> list[int]:
    """Where each token of a document starts, in characters."""
    return cast(list[int], doc.to_array("IDX").tolist())


def plain_text(doc: Doc) -> str:
    """``doc.text``, joined without making an object of every token: several times as fast."""
    strings = doc.vocab.strings
    pairs = doc.to_array(["ORTH", "SPACY"]).tolist()
    return "".join(f"{strings[word]} " if space else strings[word] for word, space in pairs)


def published_day(published: str | None) -> date | None:
    """The day of publication, if it is known.

    A publication date that names no day (2021, 2021-01) grounds nothing.
    Raises ValueError when `published` is no ISO 8601 date or date-time.
    """
    if not published or re.fullmatch(r"[0-9]{4}(-[0-9]{2})?", published):
        return None
    try:
        return date.fromisoformat(published[:10])
    except ValueError as error:
        raise ValueError(
            f"publication date {published!r} is no ISO 8601 date: "
            "write it as 2021-01-11 or 2021-01-11T14:30"
        ) from error
