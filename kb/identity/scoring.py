"""How sure it is that two claims speak of one event: rules first, then the trained scorer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kb.identity.features import features
from kb.identity.rules import compatible, held_apart, linked, possible, same_event
from kb.identity.settings import Settings
from kb.identity.signatures import Signature
from kb.identity.weights import Floats, Weights, weights

Pair = tuple[Signature, Signature]
REACH = 6.0
"""Standard deviations beyond which a feature says no more."""


def probabilities(rows: Floats, trained: Weights) -> Floats:
    """What the network makes of features: a probability for each row."""
    values = np.clip((rows - trained.centre) / trained.scale, -REACH, REACH)
    for n, (matrix, bias) in enumerate(trained.layers):
        values = (np.maximum(values, 0) if n else values) @ matrix + bias
    found: Floats = (1 / (1 + np.exp(-values))).mean(axis=1)
    return found


class Scorer:
    """Scores pairs of claims, each pair once."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._known: dict[tuple[int, int], float] = {}

    def scores(self, pairs: Sequence[Pair]) -> list[float]:
        """From 0 (two events) to 1 (one event), for each pair."""
        keys = [_key(one, other) for one, other in pairs]
        asked: dict[tuple[int, int], Pair] = {}
        for key, (one, other) in zip(keys, pairs, strict=True):
            if key in self._known or key in asked:
                continue
            known = self._ruled(one, other)
            if known is None:
                asked[key] = (one, other)
            else:
                self._known[key] = known
        if asked:
            found = probabilities(features(list(asked.values())), weights())
            for key, value in zip(asked, found.tolist(), strict=True):
                self._known[key] = round(value, 4)
        return [self._known[key] for key in keys]

    def _ruled(self, one: Signature, other: Signature) -> float | None:
        """The score where it is not for likeness to say."""
        if linked(one, other) and not held_apart(one, other):
            return 1.0
        if held_apart(one, other) or (self.settings.strict and not possible(one, other)):
            return 0.0
        dated = one.window is not None and other.window is not None
        if dated and same_event(one, other):
            return self.settings.certain
        if self.settings.strict and not compatible(one, other):
            return 0.0
        return None


def _key(one: Signature, other: Signature) -> tuple[int, int]:
    return (one.id, other.id) if one.id < other.id else (other.id, one.id)
