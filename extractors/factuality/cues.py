"""The cue words of truth that cues.toml lists, each class read once.

The words that name a factuality by themselves ("plan", "try", "prevent") are data of
ontology.ttl, read through the lexicon; cues.toml has the closed classes of grammar and the
classes that the ontology has no value for.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

_TABLES: Final[Mapping[str, Mapping[str, Any]]] = tomllib.loads(
    Path(__file__).with_name("cues.toml").read_text(encoding="utf-8")
)


def words(table: str, key: str = "words") -> frozenset[str]:
    """One class of words.

    >>> "without" in words("negation", "without")
    True
    """
    return frozenset(_TABLES[table][key])


def classes(table: str) -> Mapping[str, frozenset[str]]:
    """The classes of a table that lists words by class.

    >>> sorted(classes("after_noun")["attempted"])
    ['at', 'for']
    """
    return MappingProxyType({kind: frozenset(found) for kind, found in _TABLES[table].items()})


def by_word(table: str) -> Mapping[str, str]:
    """The class of each word, of a table that lists words by class, or gives each word its class.

    >>> by_word("governors")["unlikely"], by_word("auxiliary_like")["due"]
    ('doubt', 'planned')
    """
    found: dict[str, str] = {}
    for key, value in _TABLES[table].items():
        found |= {key: value} if isinstance(value, str) else dict.fromkeys(value, key)
    return MappingProxyType(found)


GOVERNORS: Final = by_word("governors")
# The first words of the governors that are several words.
OPENING: Final = frozenset(word.split()[0] for word in GOVERNORS if " " in word)
KNOWING: Final = words("knowing")
NEGATION_RAISING: Final = words("negation_raising")
