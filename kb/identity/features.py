"""What is compared between two claims: the input of the trained scorer.

Names of features follow the work on event coreference across documents: trigger, participants
and context (Cybulska and Vossen 2015; Barhom et al. 2019), and the likeness of the documents,
which separates what happened on two occasions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

import numpy as np

from kb.identity.kinds import taxonomic
from kb.identity.rules import alike
from kb.identity.signatures import Signature, days_apart
from kb.identity.weights import Floats
from kb.identity.words import cosine, is_number, mass, telling

NAMES = (
    "same stem", "shared prefix", "same action", "near in taxonomy", "action unknown",
    "stem telling", "vague", "agents", "objects", "entities", "entities shared", "roles swapped",
    "agent likeness", "agent containment", "object likeness", "object containment",
    "places", "stem nearby", "stem in sentence", "sentence likeness", "sentence containment",
    "sentence shared", "near likeness", "label likeness", "document likeness", "lead likeness",
    "names likeness", "numbers likeness",
    "same article", "offset apart", "earliest offset", "latest offset", "part apart", "parts",
    "same polarity", "same factuality", "numbers", "numbers shared", "salience", "salience apart",
    "both sourced", "structure", "dates agree", "has roles",
)  # fmt: skip


def features(pairs: Sequence[tuple[Signature, Signature]]) -> Floats:
    """A row for each pair, a column for each of `NAMES`. Symmetric in the two of a pair."""
    compare = _Comparison()
    rows = [compare.row(one, other) for one, other in pairs]
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(NAMES))


class _Comparison:
    """Comparisons of many pairs; what belongs to one claim or two articles is worked out once."""

    def __init__(self) -> None:
        self.masses: dict[frozenset[str], float] = {}
        self.documents: dict[tuple[str, str], tuple[float, float, float, float]] = {}

    def mass(self, words: frozenset[str]) -> float:
        found = self.masses.get(words)
        if found is None:
            found = self.masses[words] = mass(words)
        return found

    def likeness(self, one: frozenset[str], other: frozenset[str]) -> tuple[float, float, float]:
        """What two sets of stems share: against both, against the smaller, and by itself."""
        common = one & other
        if not common:
            return 0.0, 0.0, 0.0
        shared, first, second = self.mass(common), self.mass(one), self.mass(other)
        return shared / (first * second) ** 0.5, shared / min(first, second), shared

    def known(self, one: frozenset[str], other: frozenset[str]) -> tuple[float, float]:
        """The likeness of two fillers; less than none where one is not told."""
        if not one or not other:
            return -0.5, -0.5
        return self.likeness(one, other)[:2]

    def document(self, one: Signature, other: Signature) -> tuple[float, float, float, float]:
        """How alike two articles are: as wholes, in their beginnings, in names, in numbers."""
        if one.article == other.article:
            return 1.0, 1.0, 1.0, 1.0
        first, second = one.profile, other.profile
        if first is None or second is None:
            return 0.0, 0.0, 0.0, 0.0
        key = (min(one.article, other.article), max(one.article, other.article))
        found = self.documents.get(key)
        if found is None:
            found = self.documents[key] = (
                cosine(first.words, second.words),
                cosine(first.lead, second.lead),
                cosine(first.names, second.names),
                cosine(first.numbers, second.numbers),
            )
        return found

    def row(self, one: Signature, other: Signature) -> tuple[float, ...]:
        here, there = one.context, other.context
        stem, second = one.stem, other.stem
        prefix = _prefix(stem, second) / max(len(stem), len(second), 1)
        own, others = here.words - {stem}, there.words - {second}
        sentence = self.likeness(own, others)
        near = self.likeness(here.near - {stem}, there.near - {second})
        entities = here.entities & there.entities
        numbers, more = _numbers(own), _numbers(others)
        apart = days_apart(one.window, other.window)
        return (
            stem == second,
            prefix,
            one.action == other.action != "Action",
            taxonomic(*sorted((one.action, other.action))),
            "Action" in (one.action, other.action),
            telling(stem) + telling(second),
            one.vague + other.vague,
            _agreement(one.agents, other.agents),
            _agreement(one.objects, other.objects),
            _agreement(here.entities, there.entities),
            min(len(entities), 4),
            bool(one.agents & other.objects) + bool(one.objects & other.agents),
            *self.known(one.agent_stems, other.agent_stems),
            *self.known(one.object_stems, other.object_stems),
            _agreement(one.place_stems, other.place_stems),
            stem in there.near or second in here.near,
            (stem in others) + (second in own),
            *sentence,
            near[0],
            self.likeness(one.label_stems, other.label_stems)[0],
            *self.document(one, other),
            one.article == other.article,
            _logarithm(abs(here.offset - there.offset)) if one.article == other.article else 0.0,
            _logarithm(min(here.offset, there.offset)),
            _logarithm(max(here.offset, there.offset)),
            abs(here.part - there.part),
            here.part + there.part,
            one.polarity == other.polarity,
            one.factuality == other.factuality,
            _agreement(numbers, more),
            min(len(numbers & more), 3),
            one.salience + other.salience,
            abs(one.salience - other.salience),
            (one.source is not None) + (other.source is not None),
            alike(one, other),
            -0.5 if apart is None or one.window is None else float(apart == 0),
            _told(one) + _told(other),
        )


def _prefix(one: str, other: str) -> int:
    shared = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        shared += 1
    return shared


def _numbers(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word in words if is_number(word))


def _logarithm(count: int) -> float:
    return float(np.log1p(count))


def _told(claim: Signature) -> bool:
    return bool(claim.agent_stems or claim.object_stems)


def _agreement(one: Set[object], other: Set[object]) -> int:
    """1 where two sets share something, -1 where they do not, 0 where one is empty."""
    if not one or not other:
        return 0
    return 1 if one & other else -1
