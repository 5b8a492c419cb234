"""The things an article speaks of while it is read: what coreference keeps of each of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Token

from extractors.entities.types import FEMALE, MALE, NounType

Number = Literal["singular", "plural"]
Gender = Literal["male", "female"]


@dataclass(slots=True, eq=False)
class Referent:
    """Something the text speaks of, named or not.

    `entity` is the position of its entity, None for an unnamed one; `members` are the parts of
    a coordination ("Google and Apple"). `gender` is told by a title or noun, `leaning` by a
    pronoun that was given to it, which may be wrong. `nouns` are the lemmas that described it,
    `modifiers` those nouns' modifiers. `phrases` are the token spans [start, end) that speak of
    it by other means than its name, with the head token of each. `topic` tells how much of the
    article is about it, 1 for what is named most; `platform` that people post on it or use it.
    """

    entity: int | None
    type: NounType | None
    number: Number
    gender: Gender | None = None
    leaning: Gender | None = None
    nouns: set[str] = field(default_factory=set)
    modifiers: set[str] = field(default_factory=set)
    members: tuple[Referent, ...] = ()
    phrases: list[tuple[int, int, int]] = field(default_factory=list)
    count: int = 0
    topic: float = 0.0
    platform: bool = False


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One mention of a referent, as candidates for later pronouns are weighed. `joined` ones
    are parts of a coordination, which a singular pronoun seldom picks out."""

    referent: Referent
    token: int
    sentence: int
    role: str
    quotation: int | None = None
    joined: bool = False


_EMBEDDED = ("relcl", "acl", "advcl", "pcomp", "csubj")
ROLES = {
    "nsubj": "subject", "nsubjpass": "subject", "csubj": "subject",
    "dobj": "object", "obj": "object", "dative": "object", "agent": "object", "attr": "object",
    "pobj": "oblique", "poss": "possessor",
}  # fmt: skip


def role_of(token: Token) -> str:
    """The grammatical role of a noun: subject, embedded (subject of a clause that only adds to
    another), object, oblique, possessor or other; what is
    joined by "and" or appended shares the role of what it is joined to."""
    for _ in range(6):
        if token.dep_ not in ("conj", "appos") or token.head.i == token.i:
            break
        token = token.head
    role = ROLES.get(token.dep_, "other")
    return "embedded" if role == "subject" and token.head.dep_ in _EMBEDDED else role


def is_plural(token: Token) -> bool:
    """Whether a noun is plural, by its tag."""
    return token.tag_ in ("NNS", "NNPS")


def gender_of(word: str) -> Gender | None:
    """The gender that a noun or title tells.

    >>> gender_of("spokeswoman"), gender_of("senator")
    ('female', None)
    """
    if word in MALE or word.endswith("sman"):
        return "male"
    if word in FEMALE or word.endswith("woman"):
        return "female"
    return None
