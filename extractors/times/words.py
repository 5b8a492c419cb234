"""The word lists of words.toml: what a linguist can change without touching the code."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("words.toml")


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    tables: dict[str, str] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {name: frozenset(listed.split()) for name, listed in tables.items()}


def words(name: str) -> frozenset[str]:
    """The words of a list, in lower case. Raises KeyError where the file has no such list.

    >>> "yesterday" in words("speech"), "say" in words("speech")
    (False, True)
    """
    try:
        return _lists()[name]
    except KeyError:
        raise KeyError(f"{FILE.name} has no list of words {name!r}") from None
