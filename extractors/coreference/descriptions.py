"""Definite descriptions ("the platform", "the tech giant"), and what they take up."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from extractors.coreference.referents import Occurrence, Referent, is_plural, role_of
from extractors.entities.types import GENERIC, NOUN_TYPES, PLATFORM

_DEFINITE = frozenset({"the", "this", "that"})
_FRESH = frozenset(
    (
        "other another new first second third last next same different rival former "
        "latter own only previous similar such entire whole more most best largest "
        "biggest"
    ).split()
)
#: Nouns for things of one sort: an entity described by one of them is not taken up by another's.
_FAMILIES = (
    frozenset("phone smartphone handset tablet laptop computer desktop notebook player".split()),
    frozenset("plane aircraft airplane jet jetliner airliner superjumbo".split()),
    frozenset({"helicopter"}),
    frozenset({"car", "vehicle", "truck"}),
    frozenset({"ship", "boat", "vessel", "ferry", "submarine"}),
    frozenset({"rocket", "spacecraft", "satellite", "missile"}),
    frozenset({"city", "town", "village", "capital"}),
    frozenset({"country", "nation"}),
    frozenset({"film", "movie"}),
    frozenset({"book", "novel"}),
    frozenset({"song", "single"}),
    frozenset({"drug", "vaccine", "medicine"}),
)
_FAMILY = {noun: number for number, family in enumerate(_FAMILIES) for noun in family}
_REACH = 4


class Descriptions:
    """Finds what a noun phrase takes up, and remembers the unnamed things for that."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._by_noun: dict[str, Referent] = {}

    def remember(self, noun: str, referent: Referent) -> None:
        """Keep the latest unnamed referent of a noun."""
        self._by_noun[noun] = referent

    @staticmethod
    def may_refer(head: Token) -> bool:
        """Whether a noun phrase can take up something at all: a definite one, no predicate."""
        return head.dep_ not in ("attr", "appos") and _is_definite(head)

    def find(
        self,
        head: Token,
        sentence: int,
        recent: Sequence[Occurrence],
        named: Sequence[Referent],
        barred: frozenset[Referent],
    ) -> Referent | None:
        """The referent that a definite noun phrase speaks of again, if any; none of `barred`,
        which `recent` (latest first) leaves out."""
        noun = head.lemma_.casefold()
        modifiers = {
            c.lower_ for c in head.lefts if c.dep_ in ("amod", "compound", "nummod", "nmod")
        }
        if modifiers & _FRESH:
            return None
        earlier = self._by_noun.get(noun)
        same = earlier if earlier and _repeats(earlier, head, modifiers) else None
        same = None if same in barred else same
        if is_plural(head):
            return same
        if _is_restricted(head):
            return None
        free = [referent for referent in named if referent not in barred]
        described = _described(noun, head, recent, free)
        if described is not None and not self._later(same, described, recent):
            return described
        if same is not None or any(NOUN_TYPES.get(word) == "ORG" for word in modifiers):
            return same
        return _by_kind(noun, head, sentence, recent)

    @staticmethod
    def _later(one: Referent | None, other: Referent, recent: Sequence[Occurrence]) -> bool:
        """Whether the text spoke of `one` since it last spoke of `other`."""
        if one is None:
            return False
        for occurrence in recent:
            if occurrence.referent is one:
                return True
            if occurrence.referent is other:
                return False
        return False


def _is_definite(head: Token) -> bool:
    """Whether "the" or a demonstrative governs it. A closing quote that the parser took for a
    possessive ("the 'free speech' app") leaves the determiner with the quoted words."""
    for child in head.lefts:
        if child.dep_ == "det" and child.lower_ in _DEFINITE:
            return True
        if child.dep_ in ("poss", "nmod") and head.nbor(-1).text in ("'", '"'):
            quoted = any(t.text in ("'", '"') for t in child.subtree if t.i < child.i)
            if quoted and any(c.dep_ == "det" and c.lower_ in _DEFINITE for c in child.lefts):
                return True
    return False


def _is_restricted(head: Token) -> bool:
    """Whether what follows says which one is meant: "the company that makes it", "the city of"."""
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "behind", "for", "with"):
            return True
        if child.dep_ in ("relcl", "acl") and head.doc[child.left_edge.i - 1].text != ",":
            # Two subjects betray a clause that the parser hung on the wrong noun.
            return sum(c.dep_ == "nsubj" for c in child.children) < 2
        if child.dep_ == "appos":
            return True
    return False


def _repeats(earlier: Referent, head: Token, modifiers: set[str]) -> bool:
    number = "plural" if is_plural(head) else "singular"
    return earlier.number == number and modifiers <= earlier.modifiers


def _described(
    noun: str, head: Token, recent: Sequence[Occurrence], named: Sequence[Referent]
) -> Referent | None:
    """The named thing that was called by this noun: the most recent, else the only one."""
    for occurrence in recent:
        referent = occurrence.referent
        if referent.entity is not None and noun in referent.nouns and _apart(occurrence, head):
            return referent
    owners = [r for r in named if noun in r.nouns and r.count]
    return owners[0] if len(owners) == 1 and NOUN_TYPES.get(noun) != "OTHER" else None


def _by_kind(
    noun: str, head: Token, sentence: int, recent: Sequence[Occurrence]
) -> Referent | None:
    """The recent named thing of the kind that the noun tells."""
    kind = NOUN_TYPES.get(noun)
    best, best_weight = None, -1.0
    for occurrence in recent:
        distance = sentence - occurrence.sentence
        if distance > _REACH:
            break
        referent = occurrence.referent
        if referent.entity is None or not _apart(occurrence, head):
            continue
        if not _kind_allows(noun, kind, occurrence):
            continue
        weight = 4.0 - distance + 0.4 * min(referent.count, 4) + 1.5 * referent.topic
        weight += {"subject": 1.5, "embedded": 1.0, "object": 1.0}.get(occurrence.role, 0.0)
        if weight > best_weight:
            best, best_weight = referent, weight
    return best


def _kind_allows(noun: str, kind: str | None, occurrence: Occurrence) -> bool:
    referent = occurrence.referent
    nouns = referent.nouns
    if kind == PLATFORM:
        return referent.platform or any(NOUN_TYPES.get(n) == PLATFORM for n in nouns)
    if noun in GENERIC and referent.type in GENERIC[noun]:
        if referent.type == "ORG" and any(NOUN_TYPES.get(n) == PLATFORM for n in nouns):
            return noun in ("company", "firm", "business")
        if referent.type == "GPE" and occurrence.role in ("oblique", "other"):
            return _FAMILY[noun] in {_FAMILY.get(n) for n in nouns}
        return _same_family(noun, nouns)
    if noun.endswith("maker") and referent.type == "ORG":
        return not nouns
    return noun in _FAMILY and referent.type == "PRODUCT" and _same_family(noun, nouns)


def _same_family(noun: str, nouns: set[str]) -> bool:
    families = {_FAMILY[n] for n in nouns if n in _FAMILY}
    return not families or noun not in _FAMILY or _FAMILY[noun] in families


def _apart(occurrence: Occurrence, head: Token) -> bool:
    """Whether the two can be one: not arguments of the same verb, nor one inside of the other."""
    other = head.doc[occurrence.token]
    if other.head.i == head.head.i and role_of(head) != occurrence.role:
        return False
    return not (other.head.i == head.i or head.head.i == other.i)
