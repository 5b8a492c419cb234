"""What Dateline finds in MEANTIME, each topic read with weights that never saw that topic.

    python -m benchmarks.crossvalidate TIER --meantime FILE --ecb FILE --out FILE [--weights DIR]

Trains the weights of TIER (light or accurate) once for each topic, on the other topics, and
writes what the system finds in the left-out documents, in the format of the evaluation's scorer.
With `--weights`, weights of an earlier run are used again from DIR, and new ones are kept there.
Needs what requirements-train.txt lists. Rules have no held-out figure: they were written with
these documents at hand.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.records import read_records
from benchmarks.system import documents
from benchmarks.train import main as train
from extractors.pipeline import Extractor


def main(arguments: Sequence[str] | None = None) -> None:
    """Train and read, topic by topic."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("tier", choices=["light", "accurate"])
    parser.add_argument("--meantime", type=Path, required=True, help="MEANTIME documents")
    parser.add_argument("--ecb", type=Path, required=True, help="ECB+ documents")
    parser.add_argument("--out", type=Path, required=True, help="where to write what was found")
    parser.add_argument("--weights", type=Path, help="where weights are, or are to be, kept")
    options = parser.parse_args(arguments)
    records = read_records(options.meantime)
    with tempfile.TemporaryDirectory() as place, options.out.open("w", encoding="utf-8") as out:
        for topic in sorted({record["corpus"] for record in records}):
            folder = (options.weights or Path(place)) / f"{options.tier}-{topic}"
            if not folder.exists():
                _train(options.tier, options.meantime, options.ecb, topic, folder)
            extractor = Extractor(reader=str(folder))
            held_out = [record for record in records if record["corpus"] == topic]
            for row in documents(extractor, held_out):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _train(tier: str, meantime: Path, ecb: Path, topic: str, folder: Path) -> None:
    files = ["--meantime", str(meantime), "--ecb", str(ecb)]
    train([tier, *files, "--without", topic, "--out", str(folder)])


if __name__ == "__main__":
    main()
