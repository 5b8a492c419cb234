"""Unnamed participants: "third-party developers", "the wing", "a pro-Trump mob", with their types.

Dateline's own records keep named things as entities and unnamed ones as the fillers of roles.
Where a reader wants both alike, as corpora with nominal mentions do, this gives the others.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.coreference.reading import Reading
from extractors.entities.types import NounType
from extractors.extraction import EntityType

_AS_ENTITY: dict[NounType | None, EntityType] = {
    "PERSON": "PERSON",
    "ORG": "ORG",
    "GPE": "GPE",
    "LOC": "LOC",
    "FAC": "FAC",
    "PRODUCT": "PRODUCT",
    "WORK": "WORK",
    "GROUP": "GROUP",
    "PLATFORM": "PRODUCT",
    "MONEY": "MONEY",
}


@dataclass(frozen=True, slots=True)
class Participant:
    """A noun phrase or pronoun ``text[start:end]`` that speaks of something unnamed.

    `head` is its head token; `referent` counts the things of the article, so that two mentions
    of one thing share it.
    """

    start: int
    end: int
    head: int
    type: EntityType
    referent: int


def participant_mentions(reading: Reading) -> tuple[Participant, ...]:
    """The mentions of unnamed persons, organisations, places, products and sums, in order.

    `reading` is what `extractors.coreference.read` gives. Nouns for events, times and abstract
    things are left out.
    """
    found = []
    for number, referent in enumerate(reading.unnamed):
        kind = _AS_ENTITY.get(referent.type)
        if kind is None:
            continue
        for start, end, head in referent.phrases:
            first, last = reading.doc[start], reading.doc[end - 1]
            found.append(Participant(first.idx, last.idx + len(last), head, kind, number))
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))
