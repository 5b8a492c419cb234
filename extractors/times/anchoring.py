"""Which time belongs to which event: syntax, then clause, sentence, speech and tense."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from extractors.extraction import Time, Timex
from extractors.times.attachment import Attached, Owner, attach
from extractors.times.calendars import Tense
from extractors.times.context import published_day
from extractors.times.direction import SETTING
from extractors.times.framing import time_of
from extractors.times.intervals import stretch
from extractors.times.measuring import counted_time, distant_time, measured_time
from extractors.times.narrative import framed
from extractors.times.sharing import shared_time
from extractors.times.tenses import event_tense, holds_now, lies_ahead
from extractors.times.words import words

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
    that its tense gives: what has happened lies before publication, what will happen after it,
    what goes on in the present holds on that day.
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
    times = {i: anchoring.time(doc[i]) for i in anchoring.told}
    if anchoring.today is not None:
        times |= framed(doc, triggers, times.get, anchoring.today)
    return [times[i] for i in triggers]


@dataclass(slots=True)
class Anchoring:
    """One document's events while their times are being found.

    `owned` holds, by token, the times that date a word before any other; `reached` those that
    reach it through another; `lasting` the durations by where they end.
    `known` holds what has been found, None also while it is sought. `told` are the events in
    text order.
    """

    doc: Doc
    attached: list[Attached]
    today: str | None
    events: frozenset[int] = frozenset()
    told: list[int] = field(default_factory=list)
    owned: dict[int, list[tuple[Attached, Owner]]] = field(default_factory=dict)
    reached: dict[int, list[tuple[Attached, Owner]]] = field(default_factory=dict)
    known: dict[int, Time | None] = field(default_factory=dict)
    lasting: dict[int, Timex] = field(default_factory=dict)

    def claim(self, events: frozenset[int]) -> None:
        """Give every time to the events that it may date, and to the verb of its clause."""
        self.events = events
        self.told = sorted(events)
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
            distant_time(token, tense, self)
            or counted_time(token, tense, self)
            or self.direct(token, tense)
            or measured_time(token, tense, self)
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
        if holds_now(token):
            return Time(None, None, grounding="publication", holds=self.today)
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

    def hanging(self, token: Token) -> list[Attached]:
        """Every time that may date a word."""
        pairs = (*self.owned.get(token.i, ()), *self.reached.get(token.i, ()))
        return [one for one, _ in pairs]

    def spoken_before(self, start: int) -> list[Attached]:
        """The last times before a token, the nearest first."""
        end = bisect_left(self.attached, start, key=lambda one: one.head)
        return self.attached[max(0, end - 3) : end][::-1]


def _within(inner: Time, outer: Time) -> bool:
    """Whether a time is a smaller part of another."""
    if None in (inner.earliest, inner.latest, outer.earliest, outer.latest):
        return False
    first, last = stretch(inner)
    start, end = stretch(outer)
    return start <= first and last <= end and (first, last) != (start, end)
