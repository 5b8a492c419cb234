"""Kinds of action as faces need them: what to call them, and which are narrower."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from extractors.lexicon import load_lexicon


@lru_cache(maxsize=1)
def _narrower() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for action in load_lexicon().types.values():
        if action.parent:
            found[action.parent].append(action.name)
    return {name: tuple(sorted(below)) for name, below in found.items()}


def action_label(name: str) -> str:
    """The words for an action type: its label in the ontology, or its name taken apart."""
    action = load_lexicon().types.get(name)
    return action.label if action else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def narrower(name: str) -> tuple[str, ...]:
    """An action type with all its narrower types."""
    below = (found for child in _narrower().get(name, ()) for found in narrower(child))
    return (name, *below)
