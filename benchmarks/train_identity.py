"""Train what tells whether two claims speak of one event, from mentions annotated with events.

    python -m benchmarks.train_identity --ecb FILE [--text FILE ...] [--out FILE]

ECB+ teaches which mentions are one event, all texts which words are rare. Seeds are fixed: the
same files, extraction and library versions give the same weights. Needs what
requirements-train.txt lists.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import torch
from torch import nn

from benchmarks.coreference import mention_key, read_mentions
from benchmarks.records import Record, read_records
from extractors.pipeline import Extractor
from kb.claims import add_claims, load_claims
from kb.identity import Signature
from kb.identity.features import NAMES, features
from kb.identity.scoring import REACH
from kb.identity.settings import WEIGHTS
from kb.identity.weights import RARITY_SCALE, Floats, Weights, read_weights, using
from kb.identity.words import bucket, stems
from kb.records import ArticleRecord
from kb.resolution import Names
from kb.schema import TABLES

BUCKETS = 1 << 14
HIDDEN, EPOCHS, RATE, DECAY, DROP, BATCH = 24, 6, 2e-3, 0.02, 0.1, 256
COPIES = 3
"""Networks, which begin at other points, whose answers are averaged."""
OTHER_TOPICS = 30_000
"""Pairs of different topics that share a word or a kind of action."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Train on all topics and write the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--ecb", type=Path, required=True, help="ECB+ documents")
    parser.add_argument("--text", type=Path, action="append", default=[], help="further texts")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where the weights go")
    options = parser.parse_args(arguments)
    records = read_records(options.ecb)
    articles = read_mentions(Extractor(), records)
    background = [record["text"] for path in options.text for record in read_records(path)]
    train(records, articles, background, options.out)


def train(
    records: Sequence[Record],
    articles: Sequence[ArticleRecord],
    background: Iterable[str],
    out: Path,
) -> None:
    """Fit rarity of words and the scorer to these articles, and write them."""
    rarity = rarities([*background, *(record["text"] for record in records)])
    blank = np.zeros(len(NAMES), np.float32)
    with using(Weights(tuple((rarity / RARITY_SCALE).tolist()), blank, blank + 1, ())):
        rows, truth = examples(records, signatures(articles), random.Random(0))
    centre, scale = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-3)
    layers = fit(np.clip((rows - centre) / scale, -REACH, REACH), truth)
    arrays = layers | {"rarity": rarity.astype(np.uint8), "centre": centre, "scale": scale}
    np.savez_compressed(out, allow_pickle=False, **arrays)
    read_weights(out)


def rarities(texts: Sequence[str]) -> Floats:
    """Inverse document frequencies by hashed stem, in steps of 1 / `RARITY_SCALE`."""
    counts: Counter[int] = Counter()
    for text in texts:
        counts.update({bucket(word, BUCKETS) for word in set(stems(text))})
    seen = np.array([counts[n] for n in range(BUCKETS)], dtype=np.float32)
    found = np.log((len(texts) + 1) / (seen + 0.5))
    return np.asarray(np.clip(np.round(found * RARITY_SCALE), 1, 255), dtype=np.float32)


def signatures(articles: Sequence[ArticleRecord]) -> dict[str, Signature]:
    """The signature of each mention, all names being known."""
    with sqlite3.connect(":memory:") as index:
        index.executescript(TABLES)
        names = Names(index)
        known = []
        for number, article in enumerate(articles, 1):
            index.execute(
                "INSERT INTO articles (id, slug, published, sort, commit_number, fingerprint)"
                " VALUES (?1, ?2, ?3, '', ?1, '')",
                (number, article.slug, article.published),
            )
            known.append(names.add(number, article))
        names.settle()
        names.commit_roots()
        ids: list[int] = []
        for number, (article, rows) in enumerate(zip(articles, known, strict=True), 1):
            ids += add_claims(index, number, article, rows)
        found = load_claims(index, ids).values()
        return {f"{claim.article}#{claim.local}": claim.signature for claim in found}


def examples(
    records: Sequence[Record], found: Mapping[str, Signature], chance: random.Random
) -> tuple[Floats, Floats]:
    """Features and truth of all pairs within topics, and of some of different topics."""
    topics: dict[str, list[tuple[Signature, str]]] = {}
    for record in records:
        for number, mention in enumerate(record["events"]):
            signature = found[mention_key(record, number)]
            topics.setdefault(record["topic"], []).append((signature, mention["cluster"]))
    pairs, truth = [], []
    for mentions in topics.values():
        for (one, event), (other, second) in combinations(mentions, 2):
            pairs.append((one, other))
            truth.append(event == second)
    every = [(signature, topic) for topic, some in topics.items() for signature, _ in some]
    wanted = len(pairs) + min(OTHER_TOPICS, len(every) ** 2 // 100)
    while len(pairs) < wanted and len(topics) > 1:
        (one, first), (other, second) = chance.sample(every, 2)
        if first != second and (one.stem == other.stem or one.action == other.action):
            pairs.append((one, other))
            truth.append(False)
    return features(pairs), np.array(truth, dtype=np.float32)


def fit(rows: Floats, truth: Floats) -> dict[str, Floats]:
    """Fit networks of one hidden layer. Gives the layers of all of them side by side."""
    torch.set_num_threads(1)
    inputs, targets = torch.from_numpy(rows.astype(np.float32)), torch.from_numpy(truth)
    networks = [_network(inputs, targets, seed) for seed in range(COPIES)]
    hidden = [network[0] for network in networks]
    last = [network[3] for network in networks]
    joined = torch.block_diag(*(layer.weight for layer in last))
    layers = {
        "matrix0": torch.cat([layer.weight for layer in hidden]).T,
        "bias0": torch.cat([layer.bias for layer in hidden]),
        "matrix1": joined.T,
        "bias1": torch.cat([layer.bias for layer in last]),
    }
    return {name: values.detach().numpy().astype(np.float16) for name, values in layers.items()}


def _network(inputs: torch.Tensor, targets: torch.Tensor, seed: int) -> nn.Sequential:
    torch.manual_seed(seed)
    network = nn.Sequential(
        nn.Linear(inputs.shape[1], HIDDEN), nn.ReLU(), nn.Dropout(DROP), nn.Linear(HIDDEN, 1)
    )
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    loss_of = nn.BCEWithLogitsLoss()
    for _ in range(EPOCHS):
        for chosen in torch.randperm(len(targets)).split(BATCH):
            optimizer.zero_grad()
            loss = loss_of(network(inputs[chosen]).squeeze(1), targets[chosen])
            loss.backward()
            optimizer.step()
    return network.eval()


if __name__ == "__main__":
    main()
