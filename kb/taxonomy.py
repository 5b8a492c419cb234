"""Kinds of action as faces need them: what to call them, and which are narrower."""

from __future__ import annotations

import re

from extractors.lexicon import load_lexicon


def action_label(name: str) -> str:
    """The words for an action type: its label in the ontology, or its name taken apart."""
    action = load_lexicon().types.get(name)
    return action.label if action else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def narrower(name: str) -> tuple[str, ...]:
    """An action type with all its narrower types; an unknown one alone."""
    lexicon = load_lexicon()
    below = lexicon.descendants(name) if name in lexicon.types else frozenset()
    return tuple(sorted({name, *below}))
