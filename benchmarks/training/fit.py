"""Fitting the reader's network to examples."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from benchmarks.training.gold import Example
from benchmarks.training.network import ReaderNetwork
from extractors.reader.evidence import Evidence
from extractors.reader.features import child_rows, pair_rows, token_rows
from extractors.reader.hashing import code
from extractors.reader.proposals import role_codes, truth_rows

HIDDEN_WORDS = 0.35
"""Share of nouns whose lexicon entry is hidden in a pass, so that weights learn to do without."""
HIDDEN_PROPOSALS = 0.35
"""Share of documents for which the rules' roles are hidden in a pass."""
HIDDEN_ROWS = 0.1
"""Share of single features that are hidden in a pass."""
ECB_WEIGHT = 0.3
_UNLISTED = code("unlisted")


@dataclass(frozen=True, slots=True)
class Batch:
    """One example as tensors."""

    tokens: Tensor
    rows: Tensor
    child_places: Tensor
    child_rows: Tensor
    trigger_places: Tensor
    truth_rows: Tensor
    pair_triggers: Tensor
    pair_tokens: Tensor
    pair_rows: Tensor


Dense = Callable[[Example], Tensor]
"""Gives the vectors of all tokens of an example's document."""


def fit(
    examples: Sequence[Example],
    dense: Dense,
    width: int,
    *,
    epochs: int,
    rate: float,
    seed: int = 0,
    encoder: torch.nn.Module | None = None,
    encoder_rate: float = 0.0,
) -> ReaderNetwork:
    """A network fitted to examples; `dense` gives token vectors of `width`.

    With an `encoder` (whose output `dense` gives), its weights are fitted too.
    """
    torch.manual_seed(seed)
    random.seed(seed)
    rng = np.random.default_rng(seed)
    network = ReaderNetwork(width)
    groups = [{"params": list(network.parameters()), "lr": rate, "weight_decay": 0.01}]
    if encoder is not None:
        groups.append({"params": list(encoder.parameters()), "lr": encoder_rate})
    optimiser = torch.optim.AdamW(groups)
    steps = epochs * -(-len(examples) // 4)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / 20) * max(0.0, 1 - step / steps)
    )
    order = list(examples)
    for _ in range(epochs):
        random.shuffle(order)
        network.train()
        if encoder is not None:
            encoder.train()
        for start in range(0, len(order), 4):
            loss = torch.zeros(())
            for example in order[start : start + 4]:
                loss = loss + _loss(network, example, tensors(example, rng), dense(example))
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(
                [p for group in optimiser.param_groups for p in group["params"]], 5.0
            )
            optimiser.step()
            schedule.step()
    network.eval()
    return network


def tensors(example: Example, rng: np.random.Generator | None = None) -> Batch:
    """The features of an example; with `rng`, with some hidden at random (for fitting)."""
    tokens = example.tokens
    found = example.found
    if rng is not None:
        found = _hidden(example, rng)
    rows = token_rows(example.parse, found, tokens)
    places, children = child_rows(example.parse, tokens)
    place = np.full(len(example.doc), -1)
    place[tokens] = np.arange(len(tokens))
    triggers = example.triggers
    truth = truth_rows(example.proposals.truths, example.parse.lemma, example.parse.dep, triggers)
    pair_triggers = triggers[example.pairs]
    proposed = role_codes(example.proposals.arguments, pair_triggers, example.others)
    if rng is not None and rng.random() < HIDDEN_PROPOSALS:
        proposed = np.zeros_like(proposed)
    pairs = pair_rows(example.parse, found, pair_triggers, example.others, proposed)
    if rng is not None:
        rows = np.where(rng.random(rows.shape) < HIDDEN_ROWS, 0, rows)
        pairs = np.where(rng.random(pairs.shape) < HIDDEN_ROWS, 0, pairs)
    return Batch(
        *map(
            _tensor,
            (
                tokens,
                rows,
                places,
                children,
                place[triggers],
                truth,
                place[pair_triggers],
                place[example.others],
                pairs,
            ),
        )
    )


def _hidden(example: Example, rng: np.random.Generator) -> Evidence:
    """The evidence without the lexicon's word on some nouns, the same for all their uses."""
    found = example.found
    lemmas = np.unique(example.parse.lemma)
    gone = lemmas[rng.random(len(lemmas)) < HIDDEN_WORDS]
    hide = np.isin(example.parse.lemma, gone) & (found.listed != 0)
    return replace(
        found,
        kind=np.where(hide, 0, found.kind),
        action=np.where(hide, 0, found.action),
        listed=np.where(hide, _UNLISTED, found.listed),
    )


def _tensor(values: object) -> Tensor:
    return torch.from_numpy(np.asarray(values, dtype=np.int64))


def _loss(network: ReaderNetwork, example: Example, batch: Batch, dense: Tensor) -> Tensor:
    ecb = example.corpus == "ecb"
    other = torch.full((len(batch.tokens),), float(ecb))
    states = network.states(
        dense[batch.tokens], batch.rows, batch.child_places, batch.child_rows, other
    )
    event = torch.from_numpy(example.event)
    known = event >= 0
    loss = binary_cross_entropy_with_logits(
        network.event(states)[known, 0], event[known].float(), reduction="sum"
    )
    if ecb:
        return loss * ECB_WEIGHT / 20
    mention = torch.from_numpy(example.mention)
    loss = loss + cross_entropy(network.mention(states), mention, ignore_index=-1, reduction="sum")
    inside = batch.trigger_places >= 0
    if inside.any():
        triggers = states[batch.trigger_places[inside]]
        degree, negative = network.truths(triggers, batch.truth_rows[inside])
        truth = torch.from_numpy(example.factuality)[inside]
        loss = loss + cross_entropy(degree, truth, ignore_index=-1, reduction="sum")
        told = torch.from_numpy(example.negative)[inside]
        sure = told >= 0
        loss = loss + binary_cross_entropy_with_logits(
            negative[sure], told[sure].float(), reduction="sum"
        )
    both = (batch.pair_triggers >= 0) & (batch.pair_tokens >= 0)
    if both.any():
        scores = network.roles(
            states[batch.pair_triggers[both]],
            states[batch.pair_tokens[both]],
            batch.pair_rows[both],
        )
        role = torch.from_numpy(example.role)[both]
        loss = loss + cross_entropy(scores, role, reduction="sum")
    return loss / 20
