"""How well mentions are clustered into events of topics that the weights never saw.

    python -m benchmarks.crossvalidate_identity --ecb FILE [--text FILE ...] --out FOLDER

Trains on every other topic and clusters the mentions of the rest, both ways. OUT gets
``topics.jsonl`` (each topic in an index of its own) and ``mixed.jsonl`` (each half in one), in
the format of the evaluation's scorer, and the weights of both halves. Needs what
requirements-train.txt lists.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.coreference import clustered, read_mentions
from benchmarks.records import Record, read_records
from benchmarks.train_identity import train
from extractors.pipeline import Extractor
from kb.identity.weights import read_weights, using


def main(arguments: Sequence[str] | None = None) -> None:
    """Train on each half and read the other."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--ecb", type=Path, required=True, help="ECB+ documents")
    parser.add_argument("--text", type=Path, action="append", default=[], help="further texts")
    parser.add_argument("--out", type=Path, required=True, help="a folder for what was found")
    options = parser.parse_args(arguments)
    records = read_records(options.ecb)
    articles = read_mentions(Extractor(), records)
    background = [record["text"] for path in options.text for record in read_records(path)]
    options.out.mkdir(parents=True, exist_ok=True)
    found: dict[bool, list[Record]] = {False: [], True: []}
    for half, held_out in enumerate(halves(records)):
        path = options.out / f"weights-{half}.npz"
        known = [n for n in range(len(records)) if n not in held_out]
        train([records[n] for n in known], [articles[n] for n in known], background, path)
        with using(read_weights(path)):
            own = [records[n] for n in held_out], [articles[n] for n in held_out]
            for mixed, rows in found.items():
                for row in clustered(*own, mixed=mixed):
                    rows.append(row | {"cluster": f"{half}/{row['cluster']}"})
    for mixed, rows in found.items():
        name = "mixed.jsonl" if mixed else "topics.jsonl"
        lines = [json.dumps(row) + "\n" for row in rows]
        (options.out / name).write_text("".join(lines), "utf-8")


def halves(records: Sequence[Record]) -> list[list[int]]:
    """The records of every other topic, in the order of topics, and those of the rest."""
    topics = sorted({record["topic"] for record in records}, key=lambda topic: (len(topic), topic))
    return [
        [n for n, record in enumerate(records) if record["topic"] in set(topics[first::2])]
        for first in (0, 1)
    ]


if __name__ == "__main__":
    main()
