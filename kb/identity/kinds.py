"""Kinds of action as identity compares them: by type, by word, and by what a word can mean."""

from __future__ import annotations

from functools import lru_cache

from extractors.actions.lexicon import load_lexicon


def group_of(action: str, lemma: str) -> str:
    """The type of action, or else its word."""
    return f"Action/{lemma}" if action == "Action" else action


MEANINGS = 2
"""Types of action that a word of definite meaning may stand for."""


@lru_cache(maxsize=1 << 14)
def readings(group: str, lemma: str) -> frozenset[str]:
    """The types of action that a claim may be of: its own, and others that its verb can evoke.

    A mob that storms a building protests, supporters who storm it attack: the word is the same.
    A verb of many meanings ("take", "run") says too little by itself.
    """
    if group.startswith("Action/"):
        return frozenset()
    found = load_lexicon().readings(lemma) | {group}
    return found if len(found) <= MEANINGS and all(map(_definite, found)) else frozenset({group})


@lru_cache(maxsize=1024)
def _definite(action: str) -> bool:
    """Whether a type tells what happens, not only that it is said, thought, begun or the case."""
    lexicon = load_lexicon()
    kind, copula = lexicon.types.get(action), lexicon.verb("be")
    if kind is None or kind.speech or kind.cognition or kind.aspectual:
        return False
    return copula is None or copula.action != action


@lru_cache(maxsize=1 << 14)
def taxonomic(one: str, other: str) -> float:
    """How near two types of action are: 1 for the same, 0 where only the root is above both.

    Wu and Palmer (1994), with depths counted from below the root.
    """
    first, second = _line(one), _line(other)
    shared = next((n for n, name in enumerate(first) if name in second), None)
    if shared is None or not first or not second:
        return 0.0
    return 2 * (len(first) - shared) / (len(first) + len(second))


@lru_cache(maxsize=1024)
def _line(action: str) -> tuple[str, ...]:
    """The type and those above it, but for the root."""
    lexicon = load_lexicon()
    if action not in lexicon.types:
        return ()
    return (action, *lexicon.ancestors(action))[:-1]
