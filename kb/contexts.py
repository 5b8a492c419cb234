"""What the text around a claim tells of its identity, worked out when an article comes in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property

from kb.identity.words import LEAD, is_number, names, sketch, stems
from kb.records import ArticleRecord, ClaimRecord

NEAR = 60
"""Characters on either side of a trigger that say most of what it means."""
WORDS = 3
"""Words of the article by which a claim can be found."""
KEYS = 3
"""Entities by which a claim can be found, where fewer than two take part in it."""


class Stage:
    """An article on which claims appear; `names` are the rows of its entities' names."""

    def __init__(self, record: ArticleRecord, names: Mapping[str, int]) -> None:
        self.record, self.rows = record, names
        self._sentences: dict[tuple[int, str], str] = {}

    @cached_property
    def profile(self) -> str:
        """What the article is about, as JSON: see `identity.Profile`."""
        text = self.record.text
        found = stems(text)
        told = stems(f"{self.record.title or ''}\n{text[:LEAD]}")
        numbers = filter(is_number, found)
        sketches = [sketch(some) for some in (found, told, names(text), numbers)]
        return json.dumps(sketches, ensure_ascii=False)

    @cached_property
    def words(self) -> list[str]:
        """The words by which the article's claims can be found: the most telling names in it."""
        return list(sketch(names(self.record.text), WORDS))

    def context(self, claim: ClaimRecord) -> str:
        """Stems of the sentence, stems near the trigger, and the part of the text before it.

        They are given as the index keeps them, between tabs.
        """
        key = (claim.sentence_start, claim.sentence)
        if key not in self._sentences:
            self._sentences[key] = " ".join(sorted(set(stems(claim.sentence))))
        first = max(0, claim.start - claim.sentence_start - NEAR)
        near = claim.sentence[first : claim.end - claim.sentence_start + NEAR]
        part = round(claim.start / max(1, len(self.record.text)), 3)
        return f"{self._sentences[key]}\t{' '.join(sorted(set(stems(near))))}\t{part}"

    def names(self, claim: ClaimRecord) -> list[int]:
        """Rows of the names by which the claim can be found.

        They are those of who takes part. Where it is less than two, who is named in the sentence
        and then who the article is about come with it: a headline's "three killed" is found by
        the name of the town in the next line.
        """
        taking = [filler.entity for filler in claim.participants if filler.entity]
        found = dict.fromkeys(self.rows[entity] for entity in taking if entity in self.rows)
        if len(found) < 2:
            for entity in self._around(claim):
                if entity in self.rows:
                    found[self.rows[entity]] = None
                    if len(found) == KEYS:
                        break
        return list(found)

    def _around(self, claim: ClaimRecord) -> Iterator[str]:
        end = claim.sentence_start + len(claim.sentence)
        for start, entity in self._mentions:
            if claim.sentence_start <= start < end:
                yield entity
        yield from self._leading

    @cached_property
    def _mentions(self) -> list[tuple[int, str]]:
        return sorted((s, e.id) for e in self.record.entities for s, _ in e.mentions)

    @cached_property
    def _leading(self) -> list[str]:
        """The entities that the article speaks of most, the first one first among equals."""
        ranked = sorted(
            (-len(entity.mentions), entity.mentions[:1], entity.id)
            for entity in self.record.entities
        )
        return [entity for _, _, entity in ranked[:KEYS]]
