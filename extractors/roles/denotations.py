"""What the words of a parse stand for, as far as roles turn on it: places, persons, events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from extractors.actions.lexicon import Lexicon
from extractors.entities.types import NOUN_TYPES

PLACE_TYPES = frozenset({"GPE", "LOC", "FAC"})
ANIMATE_TYPES = frozenset({"PERSON", "ORG", "GROUP", "NORP", "GPE"})
IMPERSONAL = frozenset({"it", "this", "that", "these"})


@dataclass(frozen=True, slots=True)
class Denotations:
    """What is known of an article's words: the lexicon, the types of entities and of events.

    `types` gives the entity type by token, `events` the action type by trigger token.
    """

    lexicon: Lexicon
    types: Mapping[int, str]
    events: Mapping[int, str]

    def type_of(self, noun: Token) -> str | None:
        """The entity type of what a noun denotes: of the entity, else of the common noun."""
        return (
            self.types.get(noun.i)
            or noun.ent_type_
            or self.lexicon.entity_type(noun.lemma_)
            or self.lexicon.entity_type(noun.lower_)
        )

    def likely_type_of(self, noun: Token) -> str | None:
        """The same, by the wider list of nouns where the lexicon has none."""
        return (
            self.type_of(noun) or NOUN_TYPES.get(noun.lemma_.lower()) or NOUN_TYPES.get(noun.lower_)
        )

    def is_place(self, noun: Token) -> bool:
        """Whether a noun denotes a place."""
        return self.type_of(noun) in PLACE_TYPES

    def is_animate(self, noun: Token) -> bool:
        """Whether a noun denotes somebody who can act: persons, organisations, countries."""
        if noun.lower_ in IMPERSONAL:
            return self.types.get(noun.i) in ANIMATE_TYPES
        return noun.pos_ == "PRON" or self.likely_type_of(noun) in ANIMATE_TYPES

    def kinds(self, action_type: str) -> frozenset[str]:
        """An action type and all that are broader."""
        return frozenset({action_type, *self.lexicon.ancestors(action_type)})
