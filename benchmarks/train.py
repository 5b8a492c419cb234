"""Train the reader's weights from annotated documents.

    python -m benchmarks.train light --meantime FILE --ecb FILE [--without TOPIC] [--out FOLDER]
    python -m benchmarks.train accurate --meantime FILE --ecb FILE [--without TOPIC] [--out FOLDER]

MEANTIME teaches events, truth, mentions and participants, ECB+ events alone. `--without` leaves
the MEANTIME documents of one topic out, for cross-validation. Seeds are fixed: the same files,
model and library versions give the same weights. Needs what requirements-train.txt lists.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from benchmarks.records import Record, article_of, read_records
from benchmarks.training.encoder import TrainedEncoder
from benchmarks.training.fit import fit
from benchmarks.training.gold import Example, examples
from benchmarks.training.network import ReaderNetwork
from extractors.pipeline import Extractor
from extractors.reader.components import rules_evidence
from extractors.reader.proposals import Proposals
from extractors.reader.tiers import WEIGHTS
from extractors.reader.vectors import model_vectors, weights_name

ECB_DOCUMENTS = 120
EPOCHS, RATE = 8, 2e-3


def main(arguments: Sequence[str] | None = None) -> None:
    """Train one tier and write its weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("tier", choices=["light", "accurate"])
    parser.add_argument("--meantime", type=Path, required=True, help="MEANTIME documents")
    parser.add_argument("--ecb", type=Path, required=True, help="ECB+ documents")
    parser.add_argument("--without", help="a MEANTIME topic to leave out")
    parser.add_argument("--model", help="spaCy pipeline, by name or path")
    parser.add_argument(
        "--out", type=Path, default=WEIGHTS, help="where the weights go (default: in the package)"
    )
    options = parser.parse_args(arguments)
    records = [
        record for record in read_records(options.meantime) if record["corpus"] != options.without
    ] + _sample(read_records(options.ecb))
    extractor = Extractor(options.model, reader="none")
    learned = list(examples(records, propose(extractor, records)))
    options.out.mkdir(parents=True, exist_ok=True)
    if options.tier == "light":
        network = _light(learned)
        save(network, options.out / f"{weights_name(extractor.nlp)}.npz")
    else:
        save(_accurate(learned, options.out), options.out / "accurate.npz")
    print(f"Fitted to {len(learned)} documents.")


def _light(learned: Sequence[Example]) -> ReaderNetwork:
    torch.set_num_threads(1)
    vectors = {one.doc_id: torch.from_numpy(model_vectors(one.doc)) for one in learned}
    width = next(iter(vectors.values())).shape[1]
    return fit(learned, lambda example: vectors[example.doc_id], width, epochs=EPOCHS, rate=RATE)


def _accurate(learned: Sequence[Example], folder: Path) -> ReaderNetwork:
    torch.manual_seed(0)
    encoder = TrainedEncoder()
    width = encoder.model.config.hidden_size + learned[0].doc.tensor.shape[1]
    network = fit(
        learned,
        encoder.dense,
        width,
        epochs=EPOCHS,
        rate=RATE,
        encoder=encoder,
        encoder_rate=1e-4,
    )
    encoder.export(folder)
    return network


def propose(extractor: Extractor, records: Sequence[Record]) -> list[Proposals]:
    """What the rules alone find in each document."""
    return [
        Proposals(found.doc, rules_evidence(found), found.arguments, found.truths)
        for _, found in extractor.read_all(map(article_of, records))
    ]


def save(network: ReaderNetwork, path: Path) -> None:
    """Write weights as half-precision arrays, in a form that is the same for the same weights."""
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = {
        name: values.detach().numpy().astype(np.float16)
        for name, values in network.state_dict().items()
    }
    np.savez_compressed(path, **arrays)


def _sample(records: Sequence[Record]) -> list[Record]:
    """Some documents of every topic, always the same."""
    step = max(1, len(records) // ECB_DOCUMENTS)
    return list(records[::step])


if __name__ == "__main__":
    main()
