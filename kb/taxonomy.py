"""Kinds of action as faces need them: what to call them, and which are narrower."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from extractors.actions.lexicon import load_lexicon


@lru_cache(maxsize=1024)
def action_label(name: str) -> str:
    """The words for an action type: its label in the ontology, or its name taken apart."""
    action = load_lexicon().types.get(name)
    return action.label if action else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


@lru_cache(maxsize=1024)
def action_nominal(name: str) -> str | None:
    """The noun by which names of stories call an action, with the preposition of its object:
    "removal of"; None for an action that makes no name.
    """
    action = load_lexicon().types.get(name)
    return action.nominal if action else None


@lru_cache(maxsize=1024)
def narrower(name: str) -> tuple[str, ...]:
    """An action type with all its narrower types; an unknown one alone."""
    lexicon = load_lexicon()
    below = lexicon.descendants(name) if name in lexicon.types else frozenset()
    return tuple(sorted({name, *below}))


@lru_cache(maxsize=1024)
def says_little(name: str) -> bool:
    """Whether two events of this type and one agent may well differ: what is said, thought,
    begun or ended matters there, as does what somebody is, and a broad or unknown type leaves
    open what was done.
    """
    lexicon = load_lexicon()
    action = lexicon.types.get(name)
    if action is None or action.speech or action.cognition or action.aspectual:
        return True
    copula = lexicon.verb("be")
    if copula is not None and copula.action == name:
        return True
    return action.parent is None or (is_everything(action.parent) and len(narrower(name)) > 1)


def is_everything(name: str) -> bool:
    """Whether all action types are narrower than this one."""
    action = load_lexicon().types.get(name)
    return action is not None and action.parent is None


def with_narrower(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Counts of events by type as counts of what each type selects, most first.

    A type counts the events of its narrower types too. The root is left out: it selects all.
    """
    found = [
        (name, sum(counts.get(below, 0) for below in narrower(name)))
        for name in counts
        if not is_everything(name)
    ]
    return sorted(found, key=lambda item: (-item[1], item[0]))
