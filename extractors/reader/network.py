"""The reader's network in numpy: what it makes of token vectors and hashed features.

Small enough that no deep-learning library is needed to run it: a sum of table rows, and a few
matrix products (as in fastText, Joulin et al. 2016, with a dense part beside the bag).
`benchmarks.training.network` is the same network where it is fitted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from extractors.reader.hashing import Rows

Vectors: TypeAlias = NDArray[np.float32]
Indices: TypeAlias = NDArray[np.int64]
VectorsOf: TypeAlias = Callable[[Indices], Vectors]
"""Gives the vectors of tokens of one Doc, by their indices."""


class WeightsError(RuntimeError):
    """Weights that can't be used. The message says why, and what to do."""


class Network:
    """Fitted weights, and what they say. All inputs are arrays with one row for each item."""

    def __init__(self, weights: Mapping[str, NDArray[np.float16]]) -> None:
        self._weights: dict[str, Vectors] = {
            name: values.astype(np.float32) for name, values in weights.items()
        }

    @classmethod
    def load(cls, path: Path) -> Network:
        """The network of a weights file. Raises WeightsError when it can't be read."""
        try:
            with np.load(path, allow_pickle=False) as weights:
                return cls(weights)
        except (OSError, ValueError) as error:
            raise WeightsError(
                f"The reader's weights {path.name} can't be read ({error}): install Dateline anew."
            ) from error

    @property
    def width(self) -> int:
        """The width of the token vectors that the network takes."""
        return int(self._weights["dense.weight"].shape[1])

    def states(self, dense: Vectors, rows: Rows, places: Indices, child_rows: Rows) -> Vectors:
        """Token states. `rows` are the tokens' features; `child_rows` those that children give
        to the tokens at `places`."""
        table = self._weights["token_table.weight"]
        bag = table[rows].sum(axis=1)
        np.add.at(bag, places, table[child_rows])
        state = _relu(self._linear("dense", dense) + self._linear("bag", bag))
        return state + _relu(self._linear("deep", state))

    def events(self, states: Vectors) -> Vectors:
        """Log-odds that tokens are triggers of events."""
        return self._linear("event", states)[:, 0]

    def mentions(self, states: Vectors) -> Vectors:
        """Probabilities of the classes of `labels.MENTIONS`."""
        return _softmax(self._linear("mention", states))

    def truths(self, states: Vectors, rows: Rows) -> Vectors:
        """Probabilities of the classes of `labels.TRUTHS` for triggers."""
        bag = self._weights["token_table.weight"][rows].sum(axis=1)
        state = _relu(states + self._linear("truth_bag", bag))
        return _softmax(self._linear("truth", state))

    def roles(self, triggers: Vectors, tokens: Vectors, rows: Rows) -> Vectors:
        """Probabilities of the classes of `labels.ROLES` for pairs of states."""
        bag = self._weights["pair_table.weight"][rows].sum(axis=1)
        state = _relu(
            self._linear("pair_trigger", triggers)
            + self._linear("pair_token", tokens)
            + self._linear("pair_bag", bag)
        )
        return _softmax(self._linear("role", state))

    def _linear(self, name: str, values: Vectors) -> Vectors:
        product: Vectors = values @ self._weights[f"{name}.weight"].T
        bias = self._weights.get(f"{name}.bias")
        return product if bias is None else product + bias


def _relu(values: Vectors) -> Vectors:
    return np.maximum(values, 0)


def _softmax(scores: Vectors) -> Vectors:
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    total: Vectors = shifted / shifted.sum(axis=1, keepdims=True)
    return total
