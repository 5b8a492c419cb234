"""How a word settles the truth of the clause or noun that it governs.

"Managed to leave" says that somebody left, "failed to leave" that nobody did, "planned to
leave" leaves it open. Each governing word belongs to one of a few classes, and a class tells
the polarity and factuality of what is governed, once where the governing word holds and once
where it is negated: the signatures of Nairn, Condoravdi and Karttunen, "Computing relative
polarity for textual inference" (ICoS-5, 2006), with degrees after Saurí and Pustejovsky,
"FactBank" (2009). Which word belongs to which class is data of the ontology, read through
`Lexicon`, or of cues.toml.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from spacy.tokens import Token

from extractors.extraction import Factuality
from extractors.factuality.cues import GOVERNORS, KNOWING, NEGATION_RAISING, OPENING, by_word

Degree = Factuality | Literal["enabled"]

# From the firmest to the most remote; where two meet, the more remote one wins. "enabled" ("can",
# "allow") is no value of its own: it ends as possible, or as planned ("will allow").
_ORDER: tuple[Degree, ...] = (
    "asserted",
    "enabled",
    "prevented",
    "attempted",
    "planned",
    "requested",
    "possible",
    "hypothetical",
    "conditional",
)
_RANK: dict[Degree, int] = {degree: rank for rank, degree in enumerate(_ORDER)}

PARTICLES = frozenset({"prt", "advmod"})

# The classes that leave their complement open, each by its own degree.
DEGREES: dict[str, Degree] = {
    degree: degree for degree in ("attempted", "planned", "requested", "possible", "hypothetical")
}
AUXILIARY_LIKE = by_word("auxiliary_like")


class Status(NamedTuple):
    """Whether an event is said to have happened (`positive`), and how firmly."""

    positive: bool
    degree: Degree


FACT = Status(True, "asserted")


def remoter(one: Degree, other: Degree) -> Degree:
    """The less certain of two degrees.

    >>> remoter("planned", "possible")
    'possible'
    """
    return one if _RANK[one] >= _RANK[other] else other


@dataclass(frozen=True, slots=True)
class Signature:
    """What becomes of a complement: where its governor holds, and where it is negated."""

    held: Status
    negated: Status


SIGNATURES: dict[str, Signature] = {
    "implicative": Signature(FACT, Status(False, "asserted")),
    "negative": Signature(Status(False, "asserted"), FACT),
    "refusal": Signature(Status(False, "asserted"), Status(True, "possible")),
    "factive": Signature(FACT, FACT),
    "report": Signature(FACT, Status(True, "possible")),
    "belief": Signature(FACT, Status(False, "asserted")),
    "doubt": Signature(Status(False, "possible"), Status(True, "possible")),
    "enabling": Signature(Status(True, "enabled"), Status(False, "asserted")),
    "attempted": Signature(Status(True, "attempted"), Status(False, "asserted")),
    "planned": Signature(Status(True, "planned"), Status(False, "planned")),
    "evidence": Signature(FACT, Status(False, "asserted")),
    "purpose": Signature(Status(True, "planned"), Status(True, "planned")),
    "requested": Signature(Status(True, "requested"), Status(True, "requested")),
    "possible": Signature(Status(True, "possible"), Status(False, "possible")),
    "open": Signature(Status(True, "possible"), Status(True, "possible")),
    "hypothetical": Signature(Status(True, "hypothetical"), Status(False, "hypothetical")),
    "conditional": Signature(Status(True, "conditional"), Status(True, "conditional")),
    "prevented": Signature(Status(False, "prevented"), FACT),
}


def embed(governor: Status, kind: str) -> Status:
    """The status of what is governed, before its own modifiers.

    >>> embed(Status(False, "asserted"), "implicative")  # did not manage to
    Status(positive=False, degree='asserted')
    >>> embed(Status(True, "planned"), "prevented")  # will prevent
    Status(positive=False, degree='planned')
    """
    if kind == "factive":
        return FACT
    signature = SIGNATURES[kind]
    effect = signature.held if governor.positive else signature.negated
    if governor.degree == "attempted" and not effect.positive:
        # Trying to stop something does not tell that it was stopped.
        return Status(True, "possible")
    if kind == "report" and _RANK[governor.degree] < _RANK["possible"]:
        # What will be said, or was asked to be said, is as sure as its own words put it.
        return effect
    return Status(effect.positive, remoter(effect.degree, governor.degree))


class ComplementLexicon(Protocol):
    """What judging asks of the lexicon: `extractors.lexicon.Lexicon` answers it."""

    def complement_factuality(self, lemma: str) -> str | None:
        """The factuality that a word gives to what it governs."""

    def implicative(self, lemma: str) -> Literal["negative", "positive"] | None:
        """Whether what it governs did happen, or did not."""

    def is_speech(self, lemma: str) -> bool:
        """Whether the word reports what somebody says."""

    def is_cognition(self, lemma: str) -> bool:
        """Whether the word reports what somebody thinks."""

    def is_aspectual(self, lemma: str) -> bool:
        """Whether the word tells that something begins, goes on or ends."""

    def is_support(self, lemma: str) -> bool:
        """Whether the verb can leave its meaning to its object."""

    def is_measure(self, noun: str) -> bool:
        """Whether a noun only counts or measures what follows it."""


class Words:
    """The lexicon's answers about words, each asked for once."""

    def __init__(self, lexicon: ComplementLexicon) -> None:
        self._lexicon = lexicon
        self._classes: dict[str, str | None] = {}
        self._speech: dict[str, bool] = {}

    def signature(self, lemma: str) -> str | None:
        """The class of a governing word, a key of `SIGNATURES`; None where it settles nothing."""
        if lemma not in self._classes:
            self._classes[lemma] = signature_class(lemma, self._lexicon)
        return self._classes[lemma]

    def is_speech(self, lemma: str) -> bool:
        """Whether the word reports what somebody says."""
        if lemma not in self._speech:
            self._speech[lemma] = self._lexicon.is_speech(lemma)
        return self._speech[lemma]

    def is_cognition(self, lemma: str) -> bool:
        """Whether the word reports what somebody thinks."""
        return self._lexicon.is_cognition(lemma)

    def is_aspectual(self, lemma: str) -> bool:
        """Whether the word tells that something begins, goes on or ends."""
        return self._lexicon.is_aspectual(lemma)

    def is_support(self, lemma: str) -> bool:
        """Whether the verb can leave its meaning to its object."""
        return self._lexicon.is_support(lemma)

    def is_measure(self, noun: str) -> bool:
        """Whether a noun only counts or measures what follows it."""
        return self._lexicon.is_measure(noun)


def governing_word(token: Token) -> str:
    """The lemma that the lexicon is asked for, with its particle: "call off"."""
    particle = next((child for child in token.children if _is_particle(child)), None)
    return token.lemma_.lower() if particle is None else f"{token.lemma_} {particle.lemma_}".lower()


def _is_particle(child: Token) -> bool:
    return child.dep_ == "prt" or (
        child.dep_ == "advmod" and child.lower_ in {"back", "off", "out"}
    )


def governing_phrase(verb: Token, *prepositions: str) -> str | None:
    """The class of a governor of several words that cues.toml lists: "depend on", "back out of".

    `prepositions` are those between it and what it governs, from left to right.
    """
    lemma = verb.lemma_.lower()
    if lemma not in OPENING:
        return None
    particles = [child.lower_ for child in verb.children if child.dep_ in PARTICLES]
    tails = [(*particles, *prepositions), prepositions, (*particles,)]
    return next(
        (kind for tail in tails if tail and (kind := GOVERNORS.get(" ".join((lemma, *tail))))), None
    )


def signature_class(lemma: str, lexicon: ComplementLexicon) -> str | None:
    """The class of a governing word, a key of `SIGNATURES`; None where it settles nothing."""
    if kind := GOVERNORS.get(lemma):
        return kind
    if implied := lexicon.implicative(lemma):
        if implied == "positive":
            return "implicative"
        return "refusal" if lexicon.is_speech(lemma) else "negative"
    degree = lexicon.complement_factuality(lemma)
    if degree and degree != "asserted":
        return degree
    if lemma in NEGATION_RAISING:
        return "belief"
    if lemma in KNOWING:
        return "factive"
    return "report" if lexicon.is_speech(lemma) or lexicon.is_cognition(lemma) else None
