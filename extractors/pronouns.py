"""Pronouns: what each can stand for, and which candidate suits it best."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from extractors.entity_types import NOUN_TYPES, ORG_POSSESSIONS
from extractors.referents import Gender, Number, Occurrence, Referent, role_of

PERSONAL: dict[str, tuple[Number, Gender | None, bool]] = {
    **dict.fromkeys(("he", "him", "his", "himself"), ("singular", "male", True)),
    **dict.fromkeys(("she", "her", "hers", "herself"), ("singular", "female", True)),
    **dict.fromkeys(("it", "its", "itself"), ("singular", None, False)),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), ("plural", None, False)),
}
SINGULAR_SPEAKER = frozenset({"i", "me", "my", "mine", "myself"})
PLURAL_SPEAKER = frozenset({"we", "us", "our", "ours", "ourselves"})
ADDRESSEE = frozenset({"you", "your", "yours", "yourself", "yourselves"})
REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
RELATIVE = frozenset({"who", "whom", "which", "whose", "that"})

#: Verbs whose subject acts with a mind: a person or an organisation.
_MINDED = frozenset(
    "say tell claim announce add believe think want plan decide hope expect agree deny refuse "
    "argue warn ask admit apologise apologize accuse insist offer promise intend know see feel "
    "consider acknowledge confirm declare explain suggest vow urge sue sign try report".split()
)
_PLEONASTIC_HEADS = frozenset({"seem", "appear", "turn", "happen", "rain", "snow", "follow"})
_AGENTS = frozenset({"PERSON", "ORG", "GPE", "GROUP", "PLATFORM"})
_ROLE_WEIGHT = {"subject": 4.0, "object": 2.0, "possessor": 1.5, "oblique": 1.0, "other": 0.5}
_REACH = 3


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A personal pronoun in its place, with what it demands of its antecedent."""

    token: Token
    sentence: int
    number: Number
    gender: Gender | None
    personal: bool
    minded: bool
    quotation: int | None
    near: tuple[int, ...] = ()


def is_pleonastic(token: Token) -> bool:
    """Whether "it" stands for nothing: "it is clear that", "it seems", "it rained"."""
    if token.dep_ == "expl":
        return True
    verb = token.head
    if token.dep_ not in ("nsubj", "nsubjpass"):
        return False
    if verb.lemma_ in _PLEONASTIC_HEADS and any(
        c.dep_ in ("ccomp", "xcomp", "acomp", "oprd") for c in verb.children
    ):
        return any(c.dep_ == "ccomp" for c in verb.children) or verb.lemma_ in ("rain", "snow")
    clausal = any(
        c.dep_ in ("ccomp", "csubj", "advcl", "xcomp") and c.i > verb.i for c in verb.children
    )
    if verb.lemma_ == "be":
        for child in verb.children:
            if child.dep_ in ("acomp", "attr") and child.i > verb.i:
                inner = any(c.dep_ in ("ccomp", "xcomp", "relcl", "acl") for c in child.children)
                return clausal or (inner and child.dep_ == "acomp")
    return token.dep_ == "nsubjpass" and any(
        c.dep_ in ("ccomp", "csubj") and c.i > verb.i and any(k.dep_ == "mark" for k in c.children)
        for c in verb.children
    )


def pronoun(token: Token, sentence: int, quotation: int | None) -> Pronoun:
    """A third-person pronoun with its demands."""
    number, gender, personal = PERSONAL[token.lower_]
    minded = (token.dep_ == "nsubj" and token.head.lemma_ in _MINDED) or (
        token.dep_ == "poss" and token.head.lemma_ in ORG_POSSESSIONS
    )
    near = _subjects(token) if token.dep_ == "poss" or token.lower_ in REFLEXIVE else ()
    return Pronoun(token, sentence, number, gender, personal, minded, quotation, near)


def _subjects(token: Token) -> tuple[int, ...]:
    """Who does what the clause around a possessive tells: "Amazon pulled its support"; for a
    participle also the noun right before it: "an example of Big Tech flexing its muscles"."""
    verb = token.head
    for _ in range(6):
        if verb.pos_ in ("VERB", "AUX") or verb.head.i == verb.i:
            break
        verb = verb.head
    found = [c.i for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < token.i]
    if not found and verb.dep_ == "conj":
        found = [c.i for c in verb.head.children if c.dep_ in ("nsubj", "nsubjpass")]
    if not found and verb.dep_ in ("acl", "pcomp") and verb.i > 0:
        found = [verb.i - 1]
    if not found and verb.dep_ in ("xcomp", "advcl"):
        found = [c.i for c in verb.head.children if c.dep_ in ("nsubj", "nsubjpass")]
    return tuple(found)


def choose(wanted: Pronoun, recent: Iterable[Occurrence], weight_of_name: float) -> Referent | None:
    """The best candidate among recent occurrences (latest first), None when none will do."""
    best, best_weight = None, -math.inf
    for occurrence in recent:
        distance = wanted.sentence - occurrence.sentence
        if distance > _REACH:
            break
        referent = occurrence.referent
        if not _agrees(wanted, occurrence) or not _free(wanted, occurrence):
            continue
        weight = _ROLE_WEIGHT[occurrence.role] - 3.0 * distance
        weight += min(referent.count, 4) * 0.4
        weight -= 0.02 * (wanted.token.i - occurrence.token)
        if referent.entity is not None:
            weight += weight_of_name
        if occurrence.quotation not in (None, wanted.quotation):
            weight -= 2.5
        if referent.type in ("OTHER", "MONEY", "EVENT", None) and not referent.members:
            weight -= 2.0
        if wanted.number == "plural" and referent.number == "singular":
            weight -= 3.0
        if wanted.number == "singular" and occurrence.joined:
            weight -= 3.0
        if distance == 0 and occurrence.token in wanted.near:
            weight += 3.0
        if wanted.minded and referent.type in _AGENTS:
            weight += 1.0
        if role_of(wanted.token) == occurrence.role:
            weight += 0.7
        if weight > best_weight:
            best, best_weight = referent, weight
    return best


def _agrees(wanted: Pronoun, occurrence: Occurrence) -> bool:
    """Whether number, animacy and gender allow it."""
    referent = occurrence.referent
    if wanted.personal:
        if referent.type != "PERSON" or referent.number != "singular":
            return False
        return referent.gender in (None, wanted.gender)
    if wanted.number == "singular":
        if referent.number == "plural" or referent.type in ("PERSON", "GROUP"):
            return False
    elif referent.number == "singular":
        # A company may be "they"; a person or a thing may not.
        if referent.type not in ("ORG", "PLATFORM"):
            return False
    return not (wanted.minded and referent.type not in _AGENTS)


def _free(wanted: Pronoun, occurrence: Occurrence) -> bool:
    """Whether the binding of the clause allows it: no two arguments of one verb for one thing
    without a reflexive, and nothing inside of what it stands for."""
    token, doc = wanted.token, wanted.token.doc
    if occurrence.sentence != wanted.sentence:
        return True
    other = doc[occurrence.token]
    if token.lower_ in REFLEXIVE:
        return occurrence.role == "subject"
    if token.dep_ == "poss":
        return not token.head.i == other.i
    return _verb(token) != _verb(other) or other.dep_ == "poss"


def _verb(token: Token) -> int:
    """The verb whose argument a noun is, past prepositions and coordination."""
    for _ in range(6):
        if token.dep_ in ("conj", "appos") or token.head.pos_ == "ADP":
            token = token.head
        elif token.pos_ == "ADP":
            return int(token.head.i)
        else:
            break
    return int(token.head.i)


def kind_of_noun(lemma: str) -> str | None:
    """The type of a noun that the lexicon lists."""
    return NOUN_TYPES.get(lemma)
