"""The hashing trick: features as rows of a table of fixed size (Weinberger et al. 2009).

Everything is array arithmetic on the 64-bit keys that spaCy gives its strings, which are the same
on every machine, so that no string is built for a feature.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from spacy.strings import get_string_id

Codes: TypeAlias = NDArray[np.uint64]
Rows: TypeAlias = NDArray[np.int32]

BUCKETS: Final = 1 << 13
"""Rows of a feature table."""
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
_TURN: Final = np.uint64(31)


@lru_cache(maxsize=8192)
def code(text: str) -> np.uint64:
    """The 64-bit key of a string, as spaCy computes it."""
    return np.uint64(get_string_id(text))


def rows(slot: int, *parts: Codes) -> Rows:
    """The table rows of one kind of feature, `slot`, made of one or more codes of each item."""
    mixed = np.full(parts[0].shape, slot + 1, dtype=np.uint64) * _MIX
    for part in parts:
        mixed = (mixed ^ part) * _MIX
        mixed ^= mixed >> _TURN
    return (mixed >> np.uint64(64 - 13)).astype(np.int32)
