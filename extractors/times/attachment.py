"""Which words a time expression belongs to, by the dependency parse."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extractors.extraction import Timex
from extractors.times.context import token_offsets
from extractors.times.direction import SPEECH
from extractors.times.words import words

# A time in front of a noun, or owning it, is the noun's alone: "last week's attack".
_PREMODIFIER = ("compound", "poss", "nummod", "amod", "nmod", "npadvmod", "quantmod")
_PREPOSITIONS = words("prepositions")
_ORDERING = words("ordering")
_TRANSPARENT = words("transparent")
_PARTITIVE = words("partitive")
_LEGAL = words("legal")
_NOMINAL = ("NOUN", "PROPN", "ADJ", "PRON", "ADV", "NUM")


@dataclass(frozen=True, slots=True)
class Owner:
    """A word that a time may date, and the preposition that stands between: "" for none.

    `remote` tells that the time reaches it only where no event stands between: "intensified
    interest in attacks in 1994", but "was set to land in the United States on Monday".
    """

    token: int
    preposition: str
    remote: bool = False


@dataclass(frozen=True, slots=True)
class Attached:
    """A time expression in the parse.

    `head` is its head token, `first` to `last` (exclusive) its tokens; `owners` are the words
    that it may date, the nearest first, the last being the verb of its clause where it reaches
    one. `until` is the second end of "between X and Y".
    """

    timex: Timex
    head: int
    owners: tuple[Owner, ...]
    first: int
    last: int
    until: Timex | None = None


def attach(doc: Doc, timexes: Sequence[Timex]) -> list[Attached]:
    """Every time expression with the words that it may date, in text order."""
    offsets = token_offsets(doc)
    spans = [
        (bisect_right(offsets, t.start) - 1, bisect_right(offsets, t.end - 1)) for t in timexes
    ]
    found: list[Attached] = []
    joined = -1
    for n, (timex, (first, last)) in enumerate(zip(timexes, spans, strict=True)):
        if n == joined or first < 0 or first >= last:
            continue
        until = None
        if n + 1 < len(timexes) and _joins(doc, first, last, spans[n + 1][0]):
            until, joined = timexes[n + 1], n + 1
        head = _head(doc, first, last)
        found.append(Attached(timex, head, _owners(doc, head, first, last), first, last, until))
    return found


def _head(doc: Doc, first: int, last: int) -> int:
    for i in range(first, last):
        token = doc[i]
        if token.head.i == i or not first <= token.head.i < last:
            return i
    return last - 1


def _joins(doc: Doc, first: int, last: int, following: int) -> bool:
    """Whether "between X and Y" or "from X to Y" joins two times."""
    if first == 0 or following - last != 1:
        return False
    pair = (doc[first - 1].lower_, doc[last].lower_)
    return pair in (("between", "and"), ("from", "to"), ("from", "until"), ("from", "through"))


def _owners(doc: Doc, head: int, first: int, last: int) -> tuple[Owner, ...]:
    preposition, top = _preposition(doc, head, first)
    speech = _speech_before(doc, first, last)
    if speech is not None and preposition in ("", "on"):
        return (Owner(speech, preposition),)
    when = _when_clause(doc, last)
    token = doc[top]
    if token.pos_ in ("VERB", "AUX"):
        return (Owner(top, preposition), *when)
    above = token.head
    if (
        not preposition
        and token.dep_ in _PREMODIFIER
        and above.i > top
        and above.pos_ in ("NOUN", "PROPN")
    ):
        return (Owner(above.i, ""), *_occasion(above), *when)
    owners: list[Owner] = list(when)
    noun = _ordered_noun(doc, first, above) if not preposition else None
    if noun is not None:
        owners.append(Owner(noun.i, ""))
        preposition = noun.head.lower_
    own_noun, remote = preposition == "of", False
    while token.head.i != token.i:
        token = token.head
        if token.pos_ in ("ADP", "SCONJ") and owners:
            if token.lower_ in _ORDERING:
                preposition = token.lower_
            elif token.lower_ not in _TRANSPARENT or token.head.lemma_.lower() in _LEGAL:
                remote = True
        elif token.pos_ in _NOMINAL:
            if own_noun and token.lemma_.lower() in _PARTITIVE:
                own_noun, preposition = False, ""
            else:
                owners.append(Owner(token.i, preposition))
        elif token.pos_ in ("VERB", "AUX"):
            if not own_noun:
                owners.append(Owner(token.i, preposition, remote))
            break
    return tuple(owners)


def _ordered_noun(doc: Doc, first: int, verb: Token) -> Token | None:
    """The noun of "mourned after the violence last week", where the time hangs on the verb."""
    noun = doc[first - 1] if first else None
    if noun is None or noun.pos_ != "NOUN" or noun.dep_ != "pobj":
        return None
    return noun if noun.head.lower_ in _ORDERING and noun.head.head.i == verb.i else None


def _occasion(noun: Token) -> tuple[Owner, ...]:
    """The verb of "attacked him in Sunday's debate"."""
    over = noun.head
    verb = over.head
    if over.pos_ != "ADP" or over.lower_ not in ("in", "at", "during") or verb.pos_ != "VERB":
        return ()
    return () if verb.lemma_.lower() in _LEGAL else (Owner(verb.i, ""),)


def _preposition(doc: Doc, head: int, first: int) -> tuple[str, int]:
    """The preposition over a time, and the topmost token of its phrase."""
    token = doc[head]
    above = token.head
    if first > 1 and doc[first - 1].lower_ in ("before", "after"):
        near = doc[first - 2].lower_ in ("shortly", "just", "soon")
        if near:
            return f"just {doc[first - 1].lower_}", above.i if token.dep_ == "pobj" else head
    if token.dep_ in ("pobj", "pcomp") and above.lower_ in _PREPOSITIONS:
        top = above
        while (
            top.dep_ in ("prep", "pcomp", "pobj")
            and top.head.pos_ in ("ADP", "SCONJ")
            and top.head.i < top.i
        ):
            top = top.head
        return above.lower_, top.i
    before = doc[first - 1].lower_ if first else ""
    if before in (*_ORDERING, "by") and token.dep_ in ("npadvmod", "nmod", "pobj", "dep"):
        return before, head
    return "", head


def _speech_before(doc: Doc, first: int, last: int) -> int | None:
    """The verb of speech right before "said Friday", whatever the parse makes of the day."""
    at = first - 1
    if at >= 0 and doc[at].lower_ == "on":
        at -= 1
    owned = last < len(doc) and doc[last].tag_ == "POS"
    if at < 0 or owned or doc[at].pos_ != "VERB" or doc[at].lemma_.lower() not in SPEECH:
        return None
    return at if doc[at].tag_ in ("VBD", "VBN", "VBZ") else None


def _when_clause(doc: Doc, last: int) -> tuple[Owner, ...]:
    """The verb of "Thursday, when they were arrested": the clause says what was then."""
    at = last
    if at < len(doc) and doc[at].lower_ == ",":
        at += 1
    if at < len(doc) and doc[at].lower_ == "when" and doc[at].head.pos_ in ("VERB", "AUX"):
        return (Owner(doc[at].head.i, ""),)
    return ()


def clause_verb(token: Token) -> Token | None:
    """The verb of the clause that a token stands in; the token itself if it is a verb."""
    while token.pos_ not in ("VERB", "AUX"):
        if token.head.i == token.i:
            return None
        token = token.head
    return token
