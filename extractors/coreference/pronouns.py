"""Pronouns: what each can stand for, and which candidate suits it best."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from extractors.coreference.referents import Gender, Number, Occurrence, Referent, role_of
from extractors.entities.types import ORG_POSSESSIONS, NounType

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
    (
        "say tell claim announce add believe think want plan decide hope expect agree "
        "deny refuse argue warn ask admit apologise apologize accuse insist offer promise "
        "intend know see feel consider acknowledge confirm declare explain suggest vow "
        "urge sue sign try report"
    ).split()
)
_PLEONASTIC_HEADS = frozenset({"seem", "appear", "turn", "happen", "rain", "snow", "follow"})
_AGENTS = frozenset({"PERSON", "ORG", "GPE", "GROUP", "PLATFORM"})
#: How well an antecedent's role suits a pronoun, by the pronoun's own role.
_AS_SUBJECT = {"subject": 4.0, "embedded": 3.2, "object": 2.0, "possessor": 1.5, "oblique": 1.0}
_AS_OBJECT = {"subject": 2.8, "embedded": 2.4, "object": 2.6, "possessor": 1.5, "oblique": 1.5}
_TOPIC = 0.8
_REACH = 3
# "They" is a company only where nothing plural is near.
_NOT_PLURAL = 5.0
# Below this weight silence is better than a guess.
_LEAST = -0.5


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
    said_to_be: NounType | None = None
    near: frozenset[Referent] = frozenset()
    barred: frozenset[Referent] = frozenset()


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
            if child.dep_ == "attr" and any(c.dep_ == "relcl" for c in child.rights):
                return child.pos_ in ("PROPN", "PRON")
            if child.dep_ in ("acomp", "attr") and child.i > verb.i:
                inner = any(c.dep_ in ("ccomp", "xcomp", "relcl", "acl") for c in child.children)
                return clausal or (inner and child.dep_ == "acomp")
    return token.dep_ == "nsubjpass" and any(
        c.dep_ in ("ccomp", "csubj") and c.i > verb.i for c in verb.children
    )


def predicate_noun(token: Token) -> Token | None:
    """The noun that a copula says of its subject: "report" of "it is the first report"."""
    if token.dep_ == "nsubj" and token.head.lemma_ in ("be", "become"):
        for child in token.head.children:
            if child.dep_ == "attr" and child.pos_ == "NOUN" and child.i > token.i:
                return child
    return None


def pronoun(
    token: Token,
    sentence: int,
    quotation: int | None,
    said_to_be: NounType | None,
    near: frozenset[Referent],
    barred: frozenset[Referent],
) -> Pronoun:
    """A third-person pronoun with its demands.

    `said_to_be` is the type of the noun that a copula says of it, `near` is whom the grammar of
    its clause suggests, `barred` whom it excludes.
    """
    number, gender, personal = PERSONAL[token.lower_]
    minded = (token.dep_ == "nsubj" and token.head.lemma_ in _MINDED) or (
        token.dep_ == "poss" and token.head.lemma_ in ORG_POSSESSIONS
    )
    return Pronoun(
        token, sentence, number, gender, personal, minded, quotation, said_to_be, near, barred
    )


def choose(wanted: Pronoun, recent: Iterable[Occurrence], weight_of_name: float) -> Referent | None:
    """The best candidate among recent occurrences (latest first), None when none will do."""
    best, best_weight = None, _LEAST
    role = role_of(wanted.token).replace("embedded", "subject")
    weights = _AS_OBJECT if role in ("object", "oblique") else _AS_SUBJECT
    for occurrence in recent:
        distance = wanted.sentence - occurrence.sentence
        if distance > _REACH:
            break
        referent = occurrence.referent
        if referent in wanted.barred or not _agrees(wanted, occurrence):
            continue
        weight = weights.get(occurrence.role, 0.5) - 3.0 * distance
        weight += min(referent.count, 4) * 0.4 + _TOPIC * referent.topic
        weight -= 0.02 * (wanted.token.i - occurrence.token)
        if referent.entity is not None:
            weight += weight_of_name
        if occurrence.quotation not in (None, wanted.quotation):
            weight -= 2.5
        if referent.type in ("OTHER", "MONEY", "EVENT", None) and not referent.members:
            weight -= 2.0
        if wanted.number == "plural" and referent.number == "singular":
            weight -= _NOT_PLURAL
        if wanted.gender and referent.leaning not in (None, wanted.gender):
            weight -= 3.0
        if wanted.number == "singular" and occurrence.joined:
            weight -= 3.0
        if distance == 0 and referent in wanted.near:
            weight += 3.0 if wanted.token.dep_ == "poss" else 1.5
        if wanted.minded and referent.type in _AGENTS:
            weight += 1.0
        if role == occurrence.role.replace("embedded", "subject"):
            weight += 0.7
        if weight > best_weight:
            best, best_weight = referent, weight
    return best


def _may_be(kind: NounType | None, predicate: NounType) -> bool:
    """Whether "it is a ..." can be said of a thing of this kind."""
    if predicate in ("OTHER", "EVENT", "MONEY"):
        return kind in ("OTHER", "EVENT", "MONEY", None)
    if predicate == "PRODUCT":
        return kind not in ("ORG", "GPE", "LOC")
    return True


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
    elif referent.number == "singular" and referent.type not in ("ORG", "PLATFORM"):
        # A company may be "they"; a person or a thing may not.
        return False
    if wanted.said_to_be and not _may_be(referent.type, wanted.said_to_be):
        return False
    return not (wanted.minded and referent.type not in _AGENTS)
