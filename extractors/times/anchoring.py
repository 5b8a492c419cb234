"""Which time belongs to which event: syntax, then clause, sentence, speech and tense."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Doc, Token

from extractors.extraction import Time, Timex
from extractors.times.attachment import Attached, attach, clause_verb
from extractors.times.calendars import Tense, Unit, add, parse_unit
from extractors.times.direction import PLANNING, SETTING, SPEECH, tense_of
from extractors.times.framing import time_of

# Verbs whose infinitive happens when they do: "began to", "tried to", "managed to".
_IMPLICATIVE = frozenset(
    "begin start continue stop try attempt manage fail help get seek struggle move rush proceed "
    "force cause lead allow enable use".split()
)
# Verbs that only say that their object or subject took place.
_HAPPENING = frozenset(
    "occur happen take begin start end hold stage launch carry conduct make kill injure wound "
    "destroy damage hit strike follow come leave last erupt break give open".split()
)
_CONTINUING = frozenset("add continue".split())
# How far back "days after", "weeks after" reach from now: at least, at most, in days.
_VAGUE_REACH = {"TH": (0, 1), "TM": (0, 1), "TS": (0, 1), "D": (1, 7), "W": (7, 35), "M": (28, 366), "Y": (365, 3653)}


def anchor(
    doc: Doc, triggers: Sequence[int], timexes: Sequence[Timex], published: str | None
) -> list[Time | None]:
    """The time of each event, given by the token index of its trigger, in the same order.

    An event takes the time that the parse hangs on it, else one of its clause, else one that
    its sentence shares with it (conjuncts, participles, "when" clauses, what is reported),
    else the bound that its tense gives: past events lie before publication. None means that
    nothing is known. Never a day that no words support.

    >>> anchor(doc, [3], find_timexes(doc, "2021-01-11"), "2021-01-11")  # doctest: +SKIP
    [Time(earliest='2021-01-04', latest='2021-01-10', precision='week', value='2021-W01', ...)]
    >>> anchor(doc_without_times, [1], (), None)  # doctest: +SKIP
    [None]
    """
    return _Anchoring.of(doc, triggers, timexes, published).times()


@dataclass(slots=True)
class _Anchoring:
    """One document's events while their times are being found."""

    doc: Doc
    triggers: tuple[int, ...]
    attached: list[Attached]
    published: str | None
    owned: dict[int, list[Attached]]
    shared: dict[int, list[Attached]]
    known: dict[int, Time | None]

    @classmethod
    def of(
        cls, doc: Doc, triggers: Sequence[int], timexes: Sequence[Timex], published: str | None
    ) -> _Anchoring:
        events = set(triggers)
        attached = attach(doc, timexes)
        owned: dict[int, list[Attached]] = {}
        shared: dict[int, list[Attached]] = {}
        for one in attached:
            holders = [o for o in one.owners if o in events]
            if holders:
                owned.setdefault(holders[0], []).append(one)
                for other in holders[1:]:
                    shared.setdefault(other, []).append(one)
            if one.owners and not one.premodifier:
                shared.setdefault(one.owners[-1], []).append(one)
        return cls(doc, tuple(triggers), attached, published, owned, shared, {})

    def times(self) -> list[Time | None]:
        return [self.time(self.doc[i]) for i in self.triggers]

    def time(self, token: Token) -> Time | None:
        if token.i not in self.known:
            self.known[token.i] = None  # guards against a circle of clauses that look at each other
            self.known[token.i] = self._find(token)
        return self.known[token.i]

    def _find(self, token: Token) -> Time | None:
        tense = self.tense(token)
        own = self.direct(token, tense)
        if own is not None:
            return own
        measured = self.measured(token)
        if measured is not None:
            return measured
        inherited = self.inherited(token, tense)
        if inherited is not None:
            return inherited
        if tense < 0 and self.published:
            return Time(None, self.published[:10], None, None, None, None, "publication")
        return None

    def direct(self, token: Token, tense: Tense) -> Time | None:
        """The time that the parse hangs on the word, or on its clause."""
        for pool, grounding in ((self.owned, "expression"), (self.shared, "expression")):
            near = sorted(pool.get(token.i, ()), key=lambda a: abs(a.head - token.i))
            for one in near:
                if self._for_later(one, token):
                    continue
                time = time_of(one, tense, self.published, grounding)
                if time is not None and (time.earliest or time.latest):
                    return self._with_clock(time, near)
        return None

    def _with_clock(self, time: Time, near: list[Attached]) -> Time:
        """The finer of two times that agree: "10:35 a.m." beside "Friday"."""
        for one in near:
            timex = one.timex
            if timex.type == "TIME" and timex.earliest and time.precision == "day" and time.earliest and timex.earliest[:10] == time.earliest:
                return replace(time, earliest=timex.earliest, latest=timex.latest, precision=timex.precision, value=timex.value, start=timex.start, end=timex.end)
        return time

    def _for_later(self, one: Attached, token: Token) -> bool:
        """ "Scheduled for Friday": the day is that of what is scheduled, unless that is the subject."""
        lemma = token.lemma_.lower()
        if one.preposition not in ("for", "until", "to") or lemma not in SETTING | {"call", "ask", "hold"}:
            return False
        return not any(c.dep_ in ("nsubjpass", "auxpass") for c in token.children) or lemma in SETTING and False

    def measured(self, token: Token) -> Time | None:
        """ "Just days after X": X lies so long before the event that it is measured from."""
        marker = self._marker(token)
        if marker is None or self.published is None:
            return None
        for one in self.attached:
            timex = one.timex
            if timex.type != "DURATION" or timex.end > marker.idx or marker.idx - timex.end > 2:
                continue
            return self._so_long_before(timex, token, marker)
        return None

    def _marker(self, token: Token) -> Token | None:
        """The "after" or "before" over an event."""
        for child in token.children:
            if child.dep_ in ("mark", "prep") and child.lower_ in ("after", "before", "since") and child.i < token.i and child.dep_ == "mark":
                return child
        if token.dep_ in ("pobj", "pcomp") and token.head.lower_ in ("after", "before"):
            return token.head
        return None

    def _so_long_before(self, timex: Timex, token: Token, marker: Token) -> Time | None:
        unit, amount = _length(timex.value)
        main = self._governing_event(marker, token)
        base_time = self.time(main) if main is not None else None
        today = date.fromisoformat(str(self.published)[:10])
        sign = -1 if marker.lower_ == "after" else 1
        if amount is not None and base_time is not None and base_time.earliest is not None and base_time.latest is not None:
            first = add(date.fromisoformat(base_time.earliest[:10]), sign * amount, unit)
            last = add(date.fromisoformat(base_time.latest[:10]), sign * amount, unit)
        elif sign > 0:
            return None
        elif amount is not None:
            first, last = None, add(today, -amount, unit)
        else:
            base = date.fromisoformat(base_time.latest[:10]) if base_time is not None and base_time.latest else today
            low, high = _VAGUE_REACH.get(unit[1], (0, 36525))
            first, last = add(base, -high * unit[0], (1, "D")), add(base, -low * unit[0], (1, "D"))
        if last is None or (self.tense(token) < 0 and last > today):
            return None
        return Time(first.isoformat() if first else None, last.isoformat(), "interval", timex.value, timex.start, timex.end, "order")

    def _governing_event(self, marker: Token, token: Token) -> Token | None:
        above = token.head if marker.dep_ == "mark" else marker.head
        return clause_verb(above) if above.i != token.i else None

    def inherited(self, token: Token, tense: Tense) -> Time | None:
        """What another event of the sentence tells of this one's time."""
        if token.pos_ in ("NOUN", "PROPN"):
            return self._noun(token, tense)
        head = token.head
        if head.i == token.i:
            return self._from_dependants(token, tense) or self._speech_goes_on(token)
        if token.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
            if self.tense(head) == tense or token.tag_ in ("VBG", "VBN"):
                return self._share(self.direct(head, tense) or self._participle_of(head, tense), tense)
            return None
        if token.dep_ in ("advcl", "acl", "xcomp", "ccomp", "pcomp", "relcl"):
            return self._subordinate(token, head, tense) or self._from_dependants(token, tense)
        return self._from_dependants(token, tense)

    def _subordinate(self, token: Token, head: Token, tense: Tense) -> Time | None:
        marks = {c.lower_ for c in token.children if c.dep_ in ("mark", "advmod") and c.i < token.i}
        if token.dep_ == "advcl":
            verb = clause_verb(head)
            if verb is None:
                return None
            if token.tag_ == "VBG" and not marks & {"after", "before"}:
                return self._share(self.direct(verb, tense), tense)
            if marks & {"when", "as", "while"} and self.tense(verb) == tense:
                return self._share(self.direct(verb, tense), tense)
            if marks & {"after"}:
                return self._no_later(self.direct(verb, tense))
            return None
        if token.dep_ == "pcomp" and head.lower_ in ("after", "before", "in", "by", "for"):
            verb = clause_verb(head)
            main = self.direct(verb, tense) if verb is not None else None
            return self._no_later(main) if head.lower_ == "after" else self._share(main, tense) if head.lower_ in ("in", "by") else None
        if token.dep_ == "xcomp" and head.lemma_.lower() in _IMPLICATIVE and head.pos_ == "VERB":
            return self._share(self.direct(head, self.tense(head)), tense)
        if token.dep_ == "ccomp" and head.lemma_.lower() in SPEECH and tense < 0:
            return self._no_later(self.direct(head, self.tense(head)))
        return None

    def _participle_of(self, verb: Token, tense: Tense) -> Time | None:
        for child in verb.children:
            if child.dep_ == "advcl" and child.tag_ == "VBG" and not any(c.dep_ == "mark" for c in child.children):
                time = self.direct(child, tense)
                if time is not None:
                    return time
        return None

    def _from_dependants(self, token: Token, tense: Tense) -> Time | None:
        """A participle, a conjunct or an infinitive may carry the time of its verb."""
        if tense > 0:
            return None
        found = self._participle_of(token, tense)
        if found is not None:
            return self._share(found, tense)
        for child in token.children:
            if child.dep_ == "xcomp" and token.lemma_.lower() in _IMPLICATIVE:
                return self._share(self.direct(child, tense), tense)
            after = child.dep_ == "advcl" and any(c.lower_ == "after" for c in child.children if c.dep_ == "mark")
            if after and self.published and tense < 0:
                time = self.direct(child, -1)
                if time is not None and time.earliest is not None:
                    return replace(time, latest=self.published[:10], precision="interval", grounding="order")
        return None

    def _noun(self, token: Token, tense: Tense) -> Time | None:
        """A noun shares the time of a verb that says no more than that it took place."""
        verb = clause_verb(token)
        if verb is None:
            return None
        path = token
        while path.head.i != verb.i:
            if path.dep_ not in ("pobj", "prep", "compound", "conj", "agent") or path.head.pos_ not in ("ADP", "NOUN"):
                return None
            path = path.head
        subject = path.dep_ in ("nsubj", "nsubjpass", "agent")
        if subject and verb.lemma_.lower() not in SPEECH and verb.pos_ == "VERB" or verb.lemma_.lower() in _HAPPENING:
            return self._share(self.direct(verb, self.tense(verb)), self.tense(verb))
        return None

    def _speech_goes_on(self, token: Token) -> Time | None:
        """ "He added": at the time of the speech that goes before."""
        if token.lemma_.lower() not in _CONTINUING or token.tag_ != "VBD":
            return None
        start = token.sent.start
        for one in reversed([a for a in self.attached if a.head < start]):
            for owner in one.owners:
                word = self.doc[owner]
                if word.lemma_.lower() in SPEECH | {"speak", "talk"}:
                    near = sum(1 for t in self.doc[owner : token.i] if t.is_space and "\n" in t.text)
                    return self._share(self.direct(word, -1), -1) if near <= 2 else None
        return None

    def _share(self, time: Time | None, tense: Tense) -> Time | None:
        if time is None or time.grounding == "publication":
            return None
        today = self.published[:10] if self.published else None
        if tense < 0 and today and time.earliest and time.earliest[:10] > today:
            return None
        return replace(time, grounding="sentence")

    def _no_later(self, time: Time | None) -> Time | None:
        if time is None or time.latest is None:
            return None
        return Time(None, time.latest, None, None, None, None, "order")

    def tense(self, token: Token) -> Tense:
        """-1 for what has happened, 1 for what has not, 0 where the words do not tell."""
        if token.pos_ in ("NOUN", "PROPN", "ADJ", "ADV"):
            return self._noun_tense(token)
        found = tense_of(token)
        helpers = {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass")}
        if "to" in helpers and "have" in helpers:
            return -1
        if "to" in helpers:
            head = token.head
            return self.tense(head) if token.dep_ == "xcomp" and head.lemma_.lower() in _IMPLICATIVE and head.i != token.i else 1
        if any(c.lower_ in ("if", "unless") and c.dep_ == "mark" for c in token.children):
            return 1 if found != -1 else -1
        if found == 1 and token.tag_ in ("VBD", "VBN") and token.lemma_.lower() in SETTING and not helpers:
            return -1
        if found == 1 and token.tag_ in ("VBZ", "VBP") or found == 1 and helpers & {"is", "are", "am", "'s", "'re", "'m"}:
            return -1 if self._headline(token) else 0
        if found is not None:
            return found
        head = token.head
        if head.i != token.i:
            verb = clause_verb(head)
            if verb is not None and verb.i != token.i:
                return self.tense(verb)
        return 0

    def _headline(self, token: Token) -> bool:
        """Headlines tell what has happened in the present tense: no full stop, a line of their own."""
        sentence = token.sent
        last = next((t for t in reversed(sentence) if not t.is_space), sentence[-1])
        following = self.doc[sentence.end - 1].text_with_ws if sentence.end else ""
        starts_line = sentence.start == 0 or "\n" in self.doc[sentence.start - 1].text_with_ws
        return not last.is_punct and starts_line and ("\n" in following or "\n" in sentence.text)

    def _noun_tense(self, token: Token) -> Tense:
        verb = clause_verb(token)
        if verb is None:
            return 0
        found = tense_of(verb)
        if verb.lemma_.lower() in PLANNING and any(t.i == token.i for t in verb.subtree) and verb.i < token.i:
            return 0
        if found == 1 and verb.tag_ not in ("VBZ", "VBP"):
            return 1
        definite = any(c.dep_ in ("det", "poss") and c.lower_ != "a" for c in token.children)
        return -1 if found == -1 or definite else 0


def _length(value: str) -> tuple[Unit, float | None]:
    """Unit and amount of a TIMEX3 duration ("P2D", "PXW", "PT16H")."""
    body = value.removeprefix("P")
    time = body.startswith("T")
    body = body.removeprefix("T")
    figures = body.rstrip("DWMYHSE")
    letter = body[len(figures) :]
    unit = parse_unit(f"{'T' if time else ''}{letter[:1] or 'D'}")
    try:
        return unit, float(figures)
    except ValueError:
        return unit, None
