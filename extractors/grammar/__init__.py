"""Subjects, objects and noun phrases as a reader understands them, from the dependency parse."""

from extractors.grammar.objects import by_agents, objects, prepositional, relative_gap
from extractors.grammar.phrases import (
    antecedent,
    expand,
    full_extent,
    noun_phrase,
    relative_pronouns,
    text_span,
)
from extractors.grammar.subjects import governing_verb, subjects
from extractors.grammar.voice import is_passive
from extractors.grammar.words import NOMINAL, SUBJECTS, VERBAL

__all__ = [
    "NOMINAL",
    "SUBJECTS",
    "VERBAL",
    "antecedent",
    "by_agents",
    "expand",
    "full_extent",
    "governing_verb",
    "is_passive",
    "noun_phrase",
    "objects",
    "prepositional",
    "relative_gap",
    "relative_pronouns",
    "subjects",
    "text_span",
]
