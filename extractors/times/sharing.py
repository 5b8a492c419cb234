"""What the rest of a sentence tells of the time of an event that has none of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from spacy.tokens import Doc, Token

from extractors.extraction import Time
from extractors.times.attachment import Attached, clause_verb
from extractors.times.calendars import Tense
from extractors.times.direction import PLANNING, SETTING, SPEECH
from extractors.times.framing import time_of
from extractors.times.tenses import IMPLICATIVE, event_tense
from extractors.times.words import words

HAPPENING = words("happening")
_TOGETHER = words("together")
_CONTINUING = words("continuing")
_ON_OCCASION = words("on_occasion")


class Dates(Protocol):
    """What the finding of times knows of one document."""

    doc: Doc
    today: str | None
    events: frozenset[int]

    def direct(self, token: Token, tense: Tense) -> Time | None:
        """The time that the parse hangs on a word."""

    def hanging(self, token: Token) -> list[Attached]:
        """Every time that may date a word."""

    def spoken_before(self, start: int) -> list[Attached]:
        """The last times before a token, the nearest first."""


def shared_time(token: Token, tense: Tense, dates: Dates) -> Time | None:
    """The time that an event takes from a noun, verb or clause that it goes with.

    Conjuncts, participles, "when" clauses and what is begun or tried happen with their verb;
    what follows "after", or is reported, lies no later; nouns share the time of a verb that
    says that they took place. None where the sentence tells nothing.
    """
    if token.pos_ not in ("VERB", "AUX"):
        return _of_noun(token, tense, dates)
    head = token.head
    if head.i != token.i:
        if token.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
            return _of_conjunct(token, head, tense, dates)
        found = _of_governor(token, head, tense, dates)
        if found is not None:
            return found
    return _of_dependants(token, tense, dates) or _of_speech_before(token, dates)


def _of_conjunct(token: Token, head: Token, tense: Tense, dates: Dates) -> Time | None:
    if event_tense(head) != tense and token.tag_ not in ("VBG", "VBN"):
        return None
    # A subject of its own begins a new statement, which the time of the first seldom covers.
    own_subject = any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)
    time = dates.direct(head, tense) or _of_participle(head, tense, dates)
    if own_subject and (time is None or time.start is None or time.start > head.idx):
        return None
    return _share(time, tense, dates) or _of_dependants(token, tense, dates)


def _of_governor(token: Token, head: Token, tense: Tense, dates: Dates) -> Time | None:
    lemma = head.lemma_.lower()
    if token.dep_ == "advcl":
        return _of_adverbial(token, tense, dates)
    if token.dep_ == "pcomp":
        verb = clause_verb(head)
        main = dates.direct(verb, tense) if verb is not None else None
        if head.lower_ == "after":
            return _no_later(main)
        return _share(main, tense, dates) if head.lower_ in ("in", "by") else None
    if token.dep_ in ("relcl", "acl"):
        return _of_event_noun(token, head, tense, dates)
    if token.dep_ in ("xcomp", "oprd") and head.pos_ == "VERB":
        if lemma in IMPLICATIVE:
            return _share(dates.direct(head, event_tense(head)), tense, dates)
        if lemma in PLANNING | SETTING:
            return _ahead(head, 1, dates)
    if token.dep_ == "ccomp" and lemma in SPEECH and tense < 0:
        return _no_later(dates.direct(head, event_tense(head)))
    return None


def _of_adverbial(token: Token, tense: Tense, dates: Dates) -> Time | None:
    verb = clause_verb(token.head)
    if verb is None:
        return None
    marks = _marks(token)
    main = dates.direct(verb, tense)
    if marks & {"after"}:
        return _no_later(main)
    together = bool(marks & _TOGETHER) and event_tense(verb) == tense
    if together or (token.tag_ == "VBG" and "before" not in marks):
        return _share(main, tense, dates)
    return None


def _of_event_noun(token: Token, noun: Token, tense: Tense, dates: Dates) -> Time | None:
    """ "The 1996 bombing that killed one", "the riot last week, incited by him"."""
    if tense >= 0:
        return None
    for event in _event_nouns(noun, token, dates):
        time = dates.direct(event, -1)
        if time is None or time.earliest is None:
            continue
        if token.dep_ == "acl":
            return _no_later(time)
        subject = any(
            c.dep_ in ("nsubj", "nsubjpass") and c.tag_ in ("WDT", "WP") for c in token.children
        )
        return _share(time, tense, dates) if subject else None
    return None


def _event_nouns(noun: Token, token: Token, dates: Dates) -> Iterator[Token]:
    """The noun that a clause hangs on; for a participle also the event named right before it."""
    if noun.i in dates.events:
        yield noun
    if token.dep_ == "acl" and token.tag_ == "VBN":
        for i in range(token.i - 1, max(noun.i, token.i - 10), -1):
            if i in dates.events and dates.doc[i].pos_ == "NOUN":
                yield dates.doc[i]


def _of_dependants(token: Token, tense: Tense, dates: Dates) -> Time | None:
    """A participle, an infinitive or a "when" clause may carry the time of its verb."""
    if tense > 0:
        return None
    found = _of_participle(token, tense, dates)
    if found is not None:
        return _share(found, tense, dates)
    for child in token.children:
        if child.dep_ in ("xcomp", "oprd", "ccomp") and token.lemma_.lower() in IMPLICATIVE:
            time = dates.direct(child, tense)
            if time is not None:
                return _share(time, tense, dates)
        if child.dep_ == "advcl" and tense < 0:
            time = _of_clause_below(child, tense, dates)
            if time is not None:
                return time
        if child.dep_ == "nsubj" and child.i in dates.events and token.lemma_.lower() in HAPPENING:
            time = dates.direct(child, tense)
            if time is not None:
                return _share(time, tense, dates)
    return None


def _of_clause_below(clause: Token, tense: Tense, dates: Dates) -> Time | None:
    marks = _marks(clause)
    if not marks & (_TOGETHER | {"after"}):
        return None
    time = dates.direct(clause, tense)
    if time is None or time.earliest is None:
        return None
    if "after" in marks:
        return (
            replace(time, latest=dates.today, precision="interval", grounding="order")
            if dates.today
            else None
        )
    return _share(time, tense, dates) if event_tense(clause) == tense else None


def _of_participle(verb: Token, tense: Tense, dates: Dates) -> Time | None:
    for child in verb.children:
        if child.dep_ == "advcl" and child.tag_ == "VBG" and not _marks(child):
            time = dates.direct(child, tense)
            if time is not None:
                return time
    return None


def _of_noun(token: Token, tense: Tense, dates: Dates) -> Time | None:
    for child in token.children:
        # "An agreement reached in 1991", "talks held on Friday".
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.lemma_.lower() in HAPPENING:
            time = dates.direct(child, -1)
            if time is not None:
                return _share(time, tense, dates)
    verb = clause_verb(token)
    if verb is None:
        return None
    phrase = token
    while phrase.head.i != verb.i:
        if phrase.dep_ not in (
            "pobj",
            "prep",
            "compound",
            "conj",
            "agent",
        ) or phrase.head.pos_ not in ("ADP", "NOUN"):
            return None
        phrase = phrase.head
    lemma = verb.lemma_.lower()
    subject = phrase.dep_ in ("nsubj", "nsubjpass", "agent")
    occasion = phrase.dep_ == "prep" and (
        phrase.lower_ in ("at", "during")
        or (phrase.lower_ == "on" and token.lemma_.lower() in _ON_OCCASION)
    )
    if (subject and lemma not in SPEECH and verb.pos_ == "VERB") or lemma in HAPPENING or occasion:
        verb_tense = event_tense(verb)
        found = _share(dates.direct(verb, verb_tense), verb_tense, dates)
        if found is not None:
            return found
    return _ahead(verb, 0, dates, token)


def _ahead(verb: Token, tense: Tense, dates: Dates, noun: Token | None = None) -> Time | None:
    """A day to come in the clause of a past verb dates what was planned: "invited them to a
    ceremony on March 12", "on Friday it planned to pay"."""
    if dates.today is None or event_tense(verb) >= 0:
        return None
    for one in dates.hanging(verb):
        earliest = one.timex.earliest
        if earliest is None or earliest[:10] <= dates.today or one.owners[-1].token != verb.i:
            continue
        if noun is not None and not verb.i < noun.i < one.head:
            continue
        time = time_of(one, one.owners[-1].preposition, tense, dates.today, "sentence")
        if time is not None:
            return time
    return None


def _of_speech_before(token: Token, dates: Dates) -> Time | None:
    """ "He added": at the time of the speech that goes before, in this paragraph or the last."""
    if token.lemma_.lower() not in _CONTINUING or token.tag_ != "VBD":
        return None
    start = token.sent.start
    for one in dates.spoken_before(start):
        for owner in one.owners:
            word = dates.doc[owner.token]
            if word.lemma_.lower() not in SPEECH | {"speak", "talk"}:
                continue
            gaps = sum(1 for t in dates.doc[owner.token : token.i] if t.is_space and "\n" in t.text)
            return _share(dates.direct(word, -1), -1, dates) if gaps <= 2 else None
    return None


def _marks(token: Token) -> set[str]:
    return {c.lower_ for c in token.children if c.dep_ in ("mark", "advmod") and c.i < token.i}


def _share(time: Time | None, tense: Tense, dates: Dates) -> Time | None:
    if time is None:
        return None
    if tense < 0 and dates.today and time.earliest and time.earliest[:10] > dates.today:
        return None
    return replace(time, grounding="sentence")


def _no_later(time: Time | None) -> Time | None:
    if time is None or time.latest is None:
        return None
    return Time(None, time.latest, grounding="order")
