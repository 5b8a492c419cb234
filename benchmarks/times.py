"""How fast time expressions are found, beside the language model.

    python -m benchmarks.times FILE [--out FILE]

FILE is JSON Lines with `doc_id`, `text` and, where known, `published`. Prints words a second of
the model and of the tagger, in one process; OUT gets the time expressions in the format of the
evaluation's scorer.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from time import perf_counter

from extractors.language import load_model, parse
from extractors.times import find_timexes
from extractors.times.grammar import load_grammar


def main(arguments: Sequence[str] | None = None) -> None:
    """Parse the documents, tag them, and tell how long each took."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("documents", type=Path, help="JSON Lines with doc_id, text, published")
    parser.add_argument("--out", type=Path, help="where to write what was found")
    parser.add_argument("--model", help="spaCy pipeline, by name or path")
    options = parser.parse_args(arguments)
    lines = options.documents.read_text("utf-8").splitlines()
    records = [json.loads(line) for line in lines if line.strip()]
    words = sum(len(record["text"].split()) for record in records)
    nlp = load_model(options.model)
    load_grammar()
    started = perf_counter()
    docs = list(parse(nlp, [record["text"] for record in records]))
    parsed = perf_counter()
    rows = [
        find_timexes(doc, record.get("published"))
        for doc, record in zip(docs, records, strict=True)
    ]
    tagged = perf_counter()
    model, tagger = words / (parsed - started), words / (tagged - parsed)
    print(f"model {model:,.0f} words/s, tagger {tagger:,.0f} words/s: {tagger / model:.0f} times")
    if options.out:
        with options.out.open("w", encoding="utf-8") as out:
            for record, timexes in zip(records, rows, strict=True):
                row = {"doc_id": record["doc_id"], "timexes": [asdict(t) for t in timexes]}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
