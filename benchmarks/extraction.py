"""What Dateline adds to the language model's time: the extraction against bare spaCy.

    python -m benchmarks.extraction FILE [--repeat N] [--model NAME] [--config FILE] [--reader NAME]

FILE is JSON Lines with `text` and, where known, `doc_id`, `title` and `published`. In one process
the same documents go through the model's own components and through Dateline's, by turns, N
times; the figures are medians over the rounds. The last line is what the reading as a whole, by
`Extractor.read_all`, takes beyond the bare model.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.records import article_of, read_records
from extractors.articles import Article
from extractors.findings import begin, findings
from extractors.language import load_model, straighten
from extractors.pipeline import Extractor

BATCH = 16


@dataclass(slots=True)
class Costs:
    """Seconds for all documents, one figure a round."""

    bare: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    components: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, help="JSON Lines with text")
    parser.add_argument("--repeat", type=int, default=5, metavar="N", help="rounds")
    parser.add_argument("--model", help="spaCy pipeline, by name or path")
    parser.add_argument("--config", type=Path, help="a config of the components")
    parser.add_argument("--reader", help="the trained reader: light, accurate, none or a folder")
    options = parser.parse_args(arguments)
    records = read_records(options.file)
    articles = [article_of({"doc_id": str(n)} | record) for n, record in enumerate(records)]
    extractor = Extractor(options.model, BATCH, options.config, options.reader)
    bare = load_model(options.model)
    costs = measure(bare, extractor, articles, options.repeat)
    words = sum(len(article.text.split()) for article in articles)
    report(costs, len(articles), words)


def measure(bare: Language, extractor: Extractor, articles: Sequence[Article], n: int) -> Costs:
    """Costs over n rounds, after one that warms up and is not counted."""
    added = [pair for pair in extractor.nlp.pipeline if pair[0] not in bare.pipe_names]
    costs = Costs()
    for turn in range(n + 1):
        gc.collect()
        start = time.process_time()
        docs = list(bare.pipe((straighten(a.text) for a in articles), batch_size=BATCH))
        spent = time.process_time() - start
        parts = _parts(docs, articles, added)
        del docs
        gc.collect()
        start = time.process_time()
        for _ in extractor.read_all(articles):
            pass
        whole = time.process_time() - start
        if turn == 0:
            continue
        costs.bare.append(spent)
        costs.whole.append(whole)
        for name, seconds in parts.items():
            costs.components[name].append(seconds)
    return costs


def _parts(
    docs: Sequence[Doc], articles: Sequence[Article], added: Sequence[tuple[str, Any]]
) -> dict[str, float]:
    """Seconds that each of Dateline's components takes on documents that are parsed already."""
    spent = dict.fromkeys((name for name, _ in added), 0.0)
    for doc, article in zip(docs, articles, strict=True):
        begin(doc, article)
        for name, component in added:
            start = time.process_time()
            component(doc)
            spent[name] += time.process_time() - start
        findings(doc).close()
    return spent


def report(costs: Costs, articles: int, words: int) -> None:
    """Print the medians as a table."""
    bare = statistics.median(costs.bare)
    print(f"{articles} articles, {words:,} words, medians of {len(costs.bare)} rounds\n")
    print("| what | seconds | words/s | of the bare model |\n|---|---|---|---|")
    print(f"| language model alone | {bare:.2f} | {words / bare:,.0f} | 100 % |")
    total = [sum(one) for one in zip(*costs.components.values(), strict=True)]
    rows = {**costs.components, "all of Dateline's components": total}
    for name, seconds in rows.items():
        middle = statistics.median(seconds)
        print(f"| {name} | {middle:.3f} | {words / middle:,.0f} | {middle / bare:.1%} |")
    whole = statistics.median(costs.whole)
    beyond = statistics.median(w / b - 1 for w, b in zip(costs.whole, costs.bare, strict=True))
    print(f"| whole extraction | {whole:.2f} | {words / whole:,.0f} | {whole / bare:.1%} |")
    print(f"\nDateline adds {beyond:.1%} to the time of the bare model.")


if __name__ == "__main__":
    main()
