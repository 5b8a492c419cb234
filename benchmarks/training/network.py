"""The reader's network as a torch module; `extractors.reader.network` runs the same in numpy."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import dropout, relu

from extractors.reader.hashing import BUCKETS
from extractors.reader.labels import MENTIONS, ROLES, TRUTHS

DROPOUT = 0.3


class ReaderNetwork(nn.Module):  # type: ignore[misc]
    """Token states, and what is read off them: events, mentions, truth and roles.

    `dense` is the width of a token's vector; tables of hashed features are summed (a bag).
    """

    def __init__(self, dense: int, width: int = 96, table: int = 40) -> None:
        super().__init__()
        self.token_table = nn.Embedding(BUCKETS, table)
        self.pair_table = nn.Embedding(BUCKETS, table)
        nn.init.normal_(self.token_table.weight, std=0.05)
        nn.init.normal_(self.pair_table.weight, std=0.05)
        self.dense = nn.Linear(dense, width)
        self.bag = nn.Linear(table, width, bias=False)
        self.corpus = nn.Parameter(torch.zeros(width))
        self.deep = nn.Linear(width, width)
        self.event = nn.Linear(width, 1)
        self.mention = nn.Linear(width, len(MENTIONS))
        self.truth_bag = nn.Linear(table, width)
        self.truth = nn.Linear(width, len(TRUTHS))
        self.negative = nn.Linear(width, 1)
        self.pair_trigger = nn.Linear(width, width, bias=False)
        self.pair_token = nn.Linear(width, width, bias=False)
        self.pair_bag = nn.Linear(table, width)
        self.role = nn.Linear(width, len(ROLES))

    def states(
        self, dense: Tensor, rows: Tensor, child_places: Tensor, child_rows: Tensor, other: Tensor
    ) -> Tensor:
        """Token states. `other` is 1 for tokens of a corpus with narrower guidelines (ECB+)."""
        bag = self.token_table(rows).sum(1)
        bag = bag.index_add(0, child_places, self.token_table(child_rows))
        state = relu(
            self.dense(dropout(dense, DROPOUT, self.training))
            + self.bag(dropout(bag, DROPOUT, self.training))
            + other[:, None] * self.corpus
        )
        state = dropout(state, DROPOUT, self.training)
        return state + relu(self.deep(state))

    def truths(self, states: Tensor, rows: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of factuality, and of having not happened, for the states of triggers."""
        bag = dropout(self.token_table(rows).sum(1), DROPOUT, self.training)
        state = relu(states + self.truth_bag(bag))
        return self.truth(state), self.negative(state)[:, 0]

    def roles(self, triggers: Tensor, tokens: Tensor, rows: Tensor) -> Tensor:
        """Scores of roles for pairs of states, with the pairs' features."""
        bag = dropout(self.pair_table(rows).sum(1), DROPOUT, self.training)
        state = relu(self.pair_trigger(triggers) + self.pair_token(tokens) + self.pair_bag(bag))
        return self.role(dropout(state, DROPOUT, self.training))
