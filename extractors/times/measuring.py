"""Times that are measured from another event: two days later, just days after the flood."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from spacy.tokens import Doc, Token

from extractors.extraction import Precision, Time, Timex
from extractors.times.anaphora import Step, step_in
from extractors.times.attachment import Attached, clause_verb
from extractors.times.calendars import Tense, add, length
from extractors.times.direction import SPEECH
from extractors.times.tenses import event_tense

# How far back "days after", "weeks after" reach: at least and at most, in days.
_VAGUE_REACH = {
    "TH": (0, 1),
    "TM": (0, 1),
    "TS": (0, 1),
    "D": (1, 7),
    "W": (7, 35),
    "M": (28, 366),
    "Y": (365, 3653),
}
# What is measured from must not itself be measured.
_TOLD = ("expression", "sentence")
# How many events are looked at on the way back to the one that is meant.
_LOOK_BACK = 6


class Dates(Protocol):
    """What the finding of times knows of one document."""

    doc: Doc
    today: str | None
    events: frozenset[int]
    told: list[int]
    lasting: dict[int, Timex]

    def time(self, token: Token) -> Time | None:
        """The time of the event that a word stands for."""

    def hanging(self, token: Token) -> list[Attached]:
        """Every time that may date a word."""


def counted_time(token: Token, tense: Tense, dates: Dates) -> Time | None:
    """ "Two days later": from the event told before it, where the text does not name its day.

    The interval is that of the other event, moved as a whole.
    """
    for one in dates.hanging(token):
        timex = one.timex
        if timex.type != "DATE":
            continue
        before = _told_before(token, timex, dates)
        if before is None or not (timex.earliest is None or _is_inferred(before)):
            continue
        step = step_in(token.doc[one.first : one.last].text)
        if step is not None:
            return _moved(before, step, timex, tense, dates.today)
    return None


def _is_inferred(time: Time) -> bool:
    """Whether a time is a day that no expression names, from which the text yet goes on."""
    return time.grounding == "order" and time.precision == "day"


def _told_before(token: Token, timex: Timex, dates: Dates) -> Time | None:
    """The time of the event that an expression goes on from: the last one told in the past."""
    end = bisect_left(dates.told, token.i)
    for i in reversed(dates.told[max(0, end - _LOOK_BACK) : end]):
        other = dates.doc[i]
        if other.idx > timex.start or other.pos_ not in ("VERB", "AUX"):
            continue
        if other.lemma_.lower() in SPEECH or event_tense(other) >= 0:
            continue
        time = dates.time(other)
        if time is not None and time.earliest is not None and time.latest is not None:
            return time
    return None


def _moved(time: Time, step: Step, timex: Timex, tense: Tense, today: str | None) -> Time | None:
    first = add(date.fromisoformat(str(time.earliest)[:10]), step.amount, step.unit)
    last = add(date.fromisoformat(str(time.latest)[:10]), step.amount, step.unit)
    if first is None or last is None:
        return None
    earliest, latest = first.isoformat(), last.isoformat()
    if tense < 0 and today is not None:
        if earliest > today:
            return None
        latest = min(latest, today)
    precision: Precision = "day" if earliest == latest else "interval"
    return Time(earliest, latest, precision, None, timex.start, timex.end, "order")


def distant_time(token: Token, tense: Tense, dates: Dates) -> Time | None:
    """ "Fell two days after the flood": so long after, or before, an event with a known time."""
    for child in token.children:
        marker = child if child.dep_ == "prep" else _mark(child) if child.dep_ == "advcl" else None
        if marker is None or marker.lower_ not in ("after", "before"):
            continue
        timex = dates.lasting.get(marker.idx - 1) or _one_unit(marker)
        other = child if child.dep_ == "advcl" else _object(marker)
        if timex is None or other is None or other.i not in dates.events:
            continue
        base = dates.time(other)
        if base is None or base.grounding not in _TOLD or not (base.earliest and base.latest):
            continue
        unit, amount = length(timex.value)
        if unit[1].startswith("T"):
            continue
        low, high = _VAGUE_REACH.get(unit[1], (0, 36525))
        sign = 1 if marker.lower_ == "after" else -1
        if amount is not None:
            return _moved(base, Step(sign * amount, unit), timex, tense, dates.today)
        near, far = Step(sign * low, (unit[0], "D")), Step(sign * high, (unit[0], "D"))
        one = _moved(base, near, timex, tense, dates.today)
        two = _moved(base, far, timex, tense, None)
        if one is not None and two is not None:
            first, last = (one.earliest, two.latest) if sign > 0 else (two.earliest, one.latest)
            if tense < 0 and dates.today is not None:
                last = min(str(last), dates.today)
            return Time(first, last, "interval", None, timex.start, timex.end, "order")
    return None


def _object(preposition: Token) -> Token | None:
    return next((c for c in preposition.children if c.dep_ == "pobj"), None)


def _mark(clause: Token) -> Token | None:
    return next((c for c in clause.children if c.dep_ == "mark"), None)


def measured_time(token: Token, tense: Tense, dates: Dates) -> Time | None:
    """ "Just days after X": X lies so long before the event that it is measured from."""
    marker = _marker(token)
    if marker is None or dates.today is None:
        return None
    timex = dates.lasting.get(marker.idx - 1) or _one_unit(marker)
    if timex is None:
        return None
    return _so_long_before(timex, Measured(token, marker, tense), dates, dates.today)


@dataclass(frozen=True, slots=True)
class Measured:
    """An event under "after" or "before", and its tense."""

    token: Token
    marker: Token
    tense: Tense


def _so_long_before(timex: Timex, event: Measured, dates: Dates, published: str) -> Time | None:
    unit, amount = length(timex.value)
    base = _measured_from(event, dates)
    today = date.fromisoformat(published)
    last_base = date.fromisoformat(base.latest[:10]) if base is not None and base.latest else today
    sign = -1 if event.marker.lower_ == "after" else 1
    first: date | None = None
    if (
        amount is not None
        and base is not None
        and base.earliest is not None
        and base.latest is not None
    ):
        first = add(date.fromisoformat(base.earliest[:10]), sign * amount, unit)
        last = add(last_base, sign * amount, unit)
    elif sign > 0:
        return None
    elif amount is not None:
        last = add(last_base, -amount, unit)
    else:
        low, high = _VAGUE_REACH.get(unit[1], (0, 36525))
        first = add(last_base, -high * unit[0], (1, "D"))
        last = add(last_base, -low * unit[0], (1, "D"))
    if last is None or (event.tense < 0 and last > today):
        return None
    earliest = first.isoformat() if first else None
    latest = last.isoformat()
    precision: Precision = "day" if earliest == latest else "interval"
    return Time(earliest, latest, precision, timex.value, timex.start, timex.end, "order")


def _measured_from(event: Measured, dates: Dates) -> Time | None:
    """The time of the clause that "after" or "before" hangs on."""
    token, marker = event.token, event.marker
    main = clause_verb(token.head if marker.dep_ == "mark" else marker.head)
    if main is not None and main.i == token.i:
        # Where the parse hangs the main clause below the other, it stands before it.
        main = next((c for c in token.children if c.dep_ == "ccomp" and c.i < marker.i), None)
    elif main is not None and main.lemma_.lower() in SPEECH:
        # "Police said he left three days before": what is said is what is measured from.
        said = (c for c in main.children if c.dep_ == "ccomp" and main.i < c.i < marker.i)
        main = next(said, main)
    return dates.time(main) if main is not None and main.i != token.i else None


def _one_unit(marker: Token) -> Timex | None:
    """ "The day after": a length of one, though no duration."""
    if marker.i < 2:
        return None
    the, unit = marker.nbor(-2), marker.nbor(-1)
    letter = {"day": "D", "week": "W", "month": "M", "year": "Y"}.get(unit.lower_)
    if the.lower_ != "the" or letter is None:
        return None
    return Timex(the.idx, unit.idx + len(unit), "DURATION", f"P1{letter}")


def _marker(token: Token) -> Token | None:
    """The "after" or "before" over an event."""
    for child in token.children:
        if child.dep_ == "mark" and child.lower_ in ("after", "before") and child.i < token.i:
            return child
    if token.dep_ in ("pobj", "pcomp") and token.head.lower_ in ("after", "before"):
        return token.head
    return None
