"""Words as identity compares them: stems, and how much each says."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from kb.identity.weights import weights

_WORD = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"\d[\d.,]*\d|[^\W_]+")
_STOP = frozenset(
    "a an the of to in on at for from by with and or its it their his her this that as after "
    "over into off out up down has have had is are was were be been will s".split()
)
_SILENT = _STOP | frozenset(
    "not but who which when he she they we you i him them than then there these those what where "
    "would could should can may might also about more most other some such no do does did say "
    "says said t".split()
)
_SUFFIXES = tuple("ations ation ments ment ings ing ions ion ies ers er ed es s ly al e y".split())
SKETCH = 64
"""Words that stand for an article, the most telling ones."""
LEAD = 400
"""Characters at the beginning of an article that tell what it is about."""


@lru_cache(maxsize=1 << 14)
def content_words(text: str) -> frozenset[str]:
    """The words of a phrase that carry its meaning, in lower case."""
    return frozenset(word for word in _WORD.findall(text.lower()) if word not in _STOP)


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """What a word shares with its inflections and with many of its derivations.

    >>> stem("arrested"), stem("arrests"), stem("acquire"), stem("acquiring")
    ('arrest', 'arrest', 'acquir', 'acquir')
    """
    word = word.lower()
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def stems(text: str) -> list[str]:
    """The stems of the content words of a text, in order; numbers as they stand."""
    return [stem(word) for word in _TOKEN.findall(text) if word.lower() not in _SILENT]


@lru_cache(maxsize=1 << 14)
def stem_set(text: str) -> frozenset[str]:
    """The stems of the content words of a short text, such as a name or a label."""
    return frozenset(stems(text))


def names(text: str) -> list[str]:
    """The stems of words that are always written with a capital, as names are."""
    found = _TOKEN.findall(text)
    small = {word for word in found if word[0].islower()}
    return [
        stem(word)
        for word in found
        if word[0].isupper() and (low := word.lower()) not in _SILENT and low not in small
    ]


def is_number(word: str) -> bool:
    """Whether a stem is a number."""
    return word[0].isdigit()


def telling(word: str) -> float:
    """How much a stem says: its inverse document frequency, highest where it was never seen."""
    table = weights().rarity
    return table[bucket(word, len(table))]


@lru_cache(maxsize=1 << 16)
def bucket(word: str, size: int) -> int:
    """The place of a word in a hashed table."""
    return zlib.crc32(word.encode()) % size


def mass(words: Iterable[str]) -> float:
    """How much words say together, whatever their order."""
    return sum(sorted(map(telling, words)))


def sketch(found: Iterable[str], size: int = SKETCH) -> dict[str, float]:
    """The most telling of these stems as a vector of length 1, the heaviest first."""
    counts = Counter(found)
    weighed = [(word, min(n, 20) ** 0.5 * telling(word)) for word, n in counts.items()]
    top = sorted(weighed, key=lambda item: (-item[1], item[0]))[:size]
    norm = sum(value * value for _, value in top) ** 0.5
    return {word: round(value / norm, 4) for word, value in top} if norm else {}


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The likeness of two sketches, 0 to 1."""
    return sum(value * other[word] for word, value in sorted(one.items()) if word in other)
