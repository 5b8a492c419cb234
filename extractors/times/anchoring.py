"""Which time belongs to which event: syntax, then clause, sentence, speech and tense."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from spacy.tokens import Doc, Token

from extractors.extraction import Precision, Time, Timex
from extractors.times.attachment import Attached, Owner, attach, clause_verb
from extractors.times.calendars import Tense, add, length
from extractors.times.context import published_day
from extractors.times.direction import SETTING
from extractors.times.framing import time_of
from extractors.times.intervals import stretch
from extractors.times.narrative import framed
from extractors.times.sharing import shared_time
from extractors.times.tenses import event_tense, lies_ahead
from extractors.times.words import words

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
_RELATIVE_FUTURE = words("relative_future")
# Prepositions of a time at which something happens, rather than from or until which.
_AT = ("", "at", "on", "in", "around", "about", "during")
# With "until" or "for" these say when something else is to be: "extended it until Friday".
_DEFERRING = SETTING | frozenset("call ask give extend delay push grant have allow invite".split())


def anchor(
    doc: Doc, triggers: Sequence[int], timexes: Sequence[Timex], published: str | None
) -> list[Time | None]:
    """The time of each event, given by the token index of its trigger, in the same order.

    An event takes the time that the parse hangs on it, else one that it is measured from
    ("days after"), else one that another clause of its sentence shares with it, else the bound
    that its tense gives: what has happened lies before publication, what will happen after it.
    Every time is an interval, cut at publication for past events. None means that nothing is
    known; no day is ever given that no words support.

    >>> anchor(doc, [3], find_timexes(doc, "2021-01-11"), "2021-01-11")  # doctest: +SKIP
    [Time(earliest='2021-01-04', latest='2021-01-10', precision='week', value='2021-W01', ...)]
    >>> anchor(doc_without_times, [1], (), None)  # doctest: +SKIP
    [None]
    """
    day = published_day(published)
    anchoring = Anchoring(doc, attach(doc, timexes), day.isoformat() if day else None)
    anchoring.claim(frozenset(triggers))
    times = {i: anchoring.time(doc[i]) for i in triggers}
    if anchoring.today is not None:
        times |= framed(doc, triggers, times.get, anchoring.today)
    return [times[i] for i in triggers]


@dataclass(slots=True)
class Anchoring:
    """One document's events while their times are being found.

    `owned` holds, by token, the times that date a word before any other; `reached` those that
    reach it through another; `lasting` the durations by where they end.
    `known` holds what has been found, None also while it is sought.
    """

    doc: Doc
    attached: list[Attached]
    today: str | None
    events: frozenset[int] = frozenset()
    owned: dict[int, list[tuple[Attached, Owner]]] = field(default_factory=dict)
    reached: dict[int, list[tuple[Attached, Owner]]] = field(default_factory=dict)
    known: dict[int, Time | None] = field(default_factory=dict)
    lasting: dict[int, Timex] = field(default_factory=dict)

    def claim(self, events: frozenset[int]) -> None:
        """Give every time to the events that it may date, and to the verb of its clause."""
        self.events = events
        for one in self.attached:
            if one.timex.type == "DURATION":
                self.lasting[one.timex.end] = one.timex
            holders = [owner for owner in one.owners if owner.token in events]
            if holders:
                self.owned.setdefault(holders[0].token, []).append((one, holders[0]))
            for owner in one.owners:
                if owner.remote and holders and holders[0] is not owner:
                    continue
                if owner not in holders[:1] and (owner in holders or owner is one.owners[-1]):
                    self.reached.setdefault(owner.token, []).append((one, owner))

    def time(self, token: Token) -> Time | None:
        """The time of the event that a word stands for."""
        if token.i not in self.known:
            self.known[token.i] = None
            self.known[token.i] = self._find(token)
        return self.known[token.i]

    def _find(self, token: Token) -> Time | None:
        tense = event_tense(token)
        found = (
            self.direct(token, tense)
            or self._measured(token, tense)
            or shared_time(token, tense, self)
        )
        if found is not None:
            return found
        if self.today is None:
            return None
        if tense < 0:
            return Time(None, self.today, grounding="publication")
        if lies_ahead(token):
            return Time(self.today, None, grounding="publication")
        return None

    def direct(self, token: Token, tense: Tense) -> Time | None:
        """The time that the parse hangs on a word, the nearest first."""
        for pool in (self.owned, self.reached):
            near = sorted(pool.get(token.i, ()), key=lambda pair: abs(pair[0].head - token.i))
            for one, owner in near:
                deferred = owner.preposition in ("for", "until", "till", "to")
                if deferred and token.lemma_.lower() in _DEFERRING:
                    continue
                time = time_of(
                    one,
                    owner.preposition,
                    self._tense_for(token, tense, one, owner),
                    self.today,
                    "expression",
                )
                if time is not None:
                    return self._refined(time, token, tense)
        return None

    def _refined(self, time: Time, token: Token, tense: Tense) -> Time:
        """The finest of the times of one event that agree: "yesterday, at this year's fair"."""
        for one, owner in (*self.owned.get(token.i, ()), *self.reached.get(token.i, ())):
            if owner.preposition not in _AT:
                continue
            other = time_of(
                one,
                owner.preposition,
                self._tense_for(token, tense, one, owner),
                self.today,
                "expression",
            )
            if other is not None and _within(other, time):
                time = other
        return time

    def _tense_for(self, token: Token, tense: Tense, one: Attached, owner: Owner) -> Tense:
        """The tense that a time must agree with, where that is not the event's own."""
        if token.pos_ not in ("VERB", "AUX") or tense < 0:
            return tense
        helpers = {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass")}
        if tense > 0:
            # "Were unable to create", "could be found": what lay ahead of a past is no future.
            return 0 if helpers & _RELATIVE_FUTURE else 1
        # What goes on is not dated by the past of a noun: "is considering a request last week".
        indirect = token.tag_ == "VBG" or (
            token.tag_ in ("VBZ", "VBP") and one.owners[0] is not owner
        )
        return 1 if indirect and one.timex.type != "DURATION" else 0

    def _measured(self, token: Token, tense: Tense) -> Time | None:
        """ "Just days after X": X lies so long before the event that it is measured from."""
        marker = _marker(token)
        if marker is None or self.today is None:
            return None
        timex = self.lasting.get(marker.idx - 1) or _one_unit(marker)
        return self._so_long_before(timex, token, marker, tense) if timex is not None else None

    def hanging(self, token: Token) -> list[Attached]:
        """Every time that may date a word."""
        pairs = (*self.owned.get(token.i, ()), *self.reached.get(token.i, ()))
        return [one for one, _ in pairs]

    def spoken_before(self, start: int) -> list[Attached]:
        """The last times before a token, the nearest first."""
        end = bisect_left(self.attached, start, key=lambda one: one.head)
        return self.attached[max(0, end - 3) : end][::-1]

    def _so_long_before(
        self, timex: Timex, token: Token, marker: Token, tense: Tense
    ) -> Time | None:
        unit, amount = length(timex.value)
        above = token.head if marker.dep_ == "mark" else marker.head
        main = clause_verb(above)
        if main is not None and main.i == token.i:
            # Where the parse hangs the main clause below the other, it stands before it.
            main = next((c for c in token.children if c.dep_ == "ccomp" and c.i < marker.i), None)
        base = self.time(main) if main is not None and main.i != token.i else None
        today = date.fromisoformat(str(self.today))
        last_base = (
            date.fromisoformat(base.latest[:10]) if base is not None and base.latest else today
        )
        sign = -1 if marker.lower_ == "after" else 1
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
            first, last = (
                add(last_base, -high * unit[0], (1, "D")),
                add(last_base, -low * unit[0], (1, "D")),
            )
        if last is None or (tense < 0 and last > today):
            return None
        earliest = first.isoformat() if first else None
        latest = last.isoformat()
        precision: Precision = "day" if earliest == latest else "interval"
        return Time(earliest, latest, precision, timex.value, timex.start, timex.end, "order")


def _within(inner: Time, outer: Time) -> bool:
    """Whether a time is a smaller part of another."""
    if None in (inner.earliest, inner.latest, outer.earliest, outer.latest):
        return False
    first, last = stretch(inner)
    start, end = stretch(outer)
    return start <= first and last <= end and (first, last) != (start, end)


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
