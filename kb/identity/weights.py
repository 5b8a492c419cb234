"""The trained weights of identity: how telling words are, and the scorer of pairs.

`benchmarks.train_identity` writes the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.identity.settings import WEIGHTS

Floats = NDArray[np.float32]
RARITY_SCALE = 16
"""Inverse document frequencies are kept as bytes, in steps of one in so many."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Inverse document frequencies by hashed stem, and the layers of a small network.

    `layers` are pairs of a matrix and a bias; features are centred and scaled before the first.
    """

    rarity: tuple[float, ...]
    centre: Floats
    scale: Floats
    layers: tuple[tuple[Floats, Floats], ...]


def read_weights(path: Path) -> Weights:
    """The weights of a file. Raises OSError or ValueError when it is none."""
    with np.load(path) as found:
        count = sum(name.startswith("matrix") for name in found.files)
        return Weights(
            rarity=tuple((found["rarity"].astype(np.float64) / RARITY_SCALE).tolist()),
            centre=found["centre"],
            scale=found["scale"],
            layers=tuple(
                (found[f"matrix{n}"].astype(np.float32), found[f"bias{n}"].astype(np.float32))
                for n in range(count)
            ),
        )


_current: list[Weights] = []


def weights() -> Weights:
    """The weights in use: those that come with Dateline, or others within `using`."""
    if not _current:
        _current.append(read_weights(WEIGHTS))
    return _current[-1]


@contextmanager
def using(others: Weights) -> Iterator[None]:
    """Use other weights for a while, as cross-validation does. Not for several threads."""
    _current.append(others)
    try:
        yield
    finally:
        _current.pop()
