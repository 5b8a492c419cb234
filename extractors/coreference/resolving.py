"""Coreference: pronouns and descriptions joined to the entities they stand for.

A sieve of precise rules over the parse, read once from left to right, in the manner of Lee et
al. (2013), "Deterministic coreference resolution based on entity-centric, precision-ranked
rules", with candidates for pronouns weighed as in Lappin and Leass (1994), "An algorithm for
pronominal anaphora resolution". Unnamed things take part as candidates, so that a pronoun that
speaks of one is not given to a name. A model can take the place of `resolve`: it needs the same
input and gives the same records.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from spacy.tokens import Doc

from extractors.coreference.reading import Reading
from extractors.entities.names import story_mask
from extractors.extraction import Entity, Mention


class Quoted(Protocol):
    """What coreference needs to know of a quotation: its characters and its speaker's."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """The character after its last."""

    @property
    def speaker(self) -> Mention | None:
        """The noun phrase of who says it, None where nobody is named."""


def resolve(
    doc: Doc,
    entities: Sequence[Entity],
    quotations: Sequence[Quoted] = (),
    story: Sequence[Mention] = (),
) -> tuple[Entity, ...]:
    """The entities with the pronouns and descriptions that speak of them among their mentions.

    >>> text = "Amazon pulled its support. The company said it had no choice."
    >>> found = resolve(nlp(text), find_entities(nlp(text)))  # doctest: +SKIP
    >>> [text[m.start : m.end] for m in found[0].mentions]  # doctest: +SKIP
    ['Amazon', 'its', 'The company', 'it']

    "they" for "Google and Apple" becomes a mention of both. Pronouns of the first person are
    resolved inside of `quotations` only. What lies outside of `story` (characters; none means
    everything) is not read.
    """
    return resolved(read(doc, entities, quotations, story))


def read(
    doc: Doc,
    entities: Sequence[Entity],
    quotations: Sequence[Quoted] = (),
    story: Sequence[Mention] = (),
) -> Reading:
    """All that the text speaks of, named or not, once it has been read to the end."""
    spans = [(q.start, q.end, q.speaker) for q in quotations]
    reading = Reading(doc, entities, spans, story_mask(doc, story))
    reading.run()
    return reading


def resolved(reading: Reading) -> tuple[Entity, ...]:
    """The entities of a reading with all of their mentions."""
    return tuple(
        replace(entity, mentions=_with(reading.doc, entity, reading.phrases_of(position)))
        for position, entity in enumerate(reading.entities)
    )


def _with(doc: Doc, entity: Entity, phrases: Sequence[tuple[int, int]]) -> tuple[Mention, ...]:
    found = set(entity.mentions)
    for start, end in phrases:
        last = doc[end - 1]
        found.add(Mention(doc[start].idx, last.idx + len(last)))
    return tuple(sorted(found))
