"""Which words a time expression belongs to, by the dependency parse."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.attrs import IDX
from spacy.tokens import Doc, Token

from extractors.extraction import Timex
from extractors.times.direction import SPEECH

# A time in front of a noun, or owning it, is the noun's alone: "last week's attack".
_PREMODIFIER = frozenset("compound poss nummod amod nmod npadvmod quantmod".split())
_PREPOSITIONS = frozenset(
    "in on at during over by since until till before after from between through throughout within "
    "for around about to as of than like into".split()
)


@dataclass(frozen=True, slots=True)
class Attached:
    """A time expression in the parse.

    `head` is its head token, `preposition` the word that governs it ("since"), "" for none.
    `owners` are the tokens that it may date, the nearest first, the last being the verb of
    its clause; `premodifier` tells that it stands in front of the noun that it dates.
    `until` is the second end of "between X and Y".
    """

    timex: Timex
    head: int
    preposition: str
    owners: tuple[int, ...]
    premodifier: bool
    until: Timex | None = None


def attach(doc: Doc, timexes: Sequence[Timex]) -> list[Attached]:
    """Every time expression with the words that it may date, in text order."""
    offsets: list[int] = doc.to_array([IDX]).ravel().tolist()
    found: list[Attached] = []
    spans = [(bisect_right(offsets, t.start) - 1, bisect_right(offsets, t.end - 1)) for t in timexes]
    skip = -1
    for n, (timex, (first, last)) in enumerate(zip(timexes, spans, strict=True)):
        if n == skip or first < 0:
            continue
        head = _head(doc, first, last)
        preposition, climber = _climb_preposition(doc, head, first)
        until = None
        if n + 1 < len(timexes) and _joined(doc, first, last, spans[n + 1][0]):
            until, skip = timexes[n + 1], n + 1
        speech = _speech_before(doc, first)
        if speech is not None and preposition in ("", "on"):
            found.append(Attached(timex, head, preposition, (speech,), False, until))
            continue
        owners, premodifier = _owners(doc, climber, head, bool(preposition))
        found.append(Attached(timex, head, preposition, owners, premodifier, until))
    return found


def _head(doc: Doc, first: int, last: int) -> int:
    for i in range(first, last):
        token = doc[i]
        if token.head.i == i or not first <= token.head.i < last:
            return i
    return last - 1


def _climb_preposition(doc: Doc, head: int, first: int) -> tuple[str, int]:
    """The preposition over a time, and the topmost token of the prepositional phrase."""
    token = doc[head]
    if token.dep_ in ("pobj", "pcomp") and token.head.lower_ in _PREPOSITIONS:
        over = token.head
        while over.dep_ in ("prep", "pcomp", "pobj") and over.head.pos_ in ("ADP", "SCONJ") and over.head.i < over.i:
            over = over.head
        return token.head.lower_, over.i
    before = doc[first - 1].lower_ if first else ""
    if before in ("since", "until", "till", "before", "after", "by") and token.dep_ in ("npadvmod", "nmod", "pobj", "dep"):
        return before, head
    return "", head


def _joined(doc: Doc, first: int, last: int, following: int) -> bool:
    """Whether "between X and Y" or "from X to Y" joins two times."""
    if first == 0 or following - last != 1:
        return False
    before, middle = doc[first - 1].lower_, doc[last].lower_
    return (before, middle) in (("between", "and"), ("from", "to"), ("from", "until"), ("from", "through"))


def _speech_before(doc: Doc, first: int) -> int | None:
    """The verb of speech right before "said Friday", whatever the parse makes of the day."""
    at = first - 1
    if at >= 0 and doc[at].lower_ == "on":
        at -= 1
    if at >= 0 and doc[at].pos_ == "VERB" and doc[at].lemma_.lower() in SPEECH and doc[at].tag_ in ("VBD", "VBN", "VBZ"):
        return at
    return None


def _owners(doc: Doc, start: int, head: int, prepositional: bool) -> tuple[tuple[int, ...], bool]:
    token = doc[start]
    if token.pos_ in ("VERB", "AUX"):
        return (start,), False
    above = token.head
    if not prepositional and token.dep_ in _PREMODIFIER and above.i > start and above.pos_ in ("NOUN", "PROPN"):
        return (above.i,), True
    owners: list[int] = []
    while True:
        above = token.head
        if above.i == token.i:
            break
        token = above
        if token.pos_ in ("NOUN", "PROPN", "ADJ", "PRON", "ADV", "NUM"):
            owners.append(token.i)
        if token.pos_ in ("VERB", "AUX"):
            owners.append(token.i)
            break
    return tuple(owners), False


def clause_verb(token: Token) -> Token | None:
    """The verb of the clause that a token stands in; the token itself if it is a verb."""
    while token.pos_ not in ("VERB", "AUX"):
        if token.head.i == token.i:
            return None
        token = token.head
    return token
