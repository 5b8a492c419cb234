"""The forms that a word is looked up under: as written, in American spelling, without prefix."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

SPELLINGS: Final = (
    ("isation", "ization"),
    ("ise", "ize"),
    ("yse", "yze"),
    ("our", "or"),
    ("ence", "ense"),
)
PREFIXES: Final = ("re-", "co-", "pre-", "counter-", "cross-", "mid-", "non-")


def american(word: str) -> str:
    """The American spelling of a word.

    >>> american("recognise")
    'recognize'
    """
    return next(
        (word.removesuffix(end) + other for end, other in SPELLINGS if word.endswith(end)), word
    )


def verb_forms(word: str) -> Iterator[str]:
    """The word's forms, and mended ones where a lemmatizer slips ("cordone", "instal")."""
    yield from forms(word)
    if word.endswith("e"):
        yield word[:-1]
    if word.endswith("l"):
        yield f"{word}l"


def forms(word: str) -> Iterator[str]:
    """The word as it is, in American spelling, and without a hyphened prefix."""
    yield word
    for british, american in SPELLINGS:
        if word.endswith(british):
            yield word.removesuffix(british) + american
    for prefix in PREFIXES:
        if word.startswith(prefix):
            yield from forms(word.removeprefix(prefix))
