"""What it costs to store an article, and whether that stays so: mapping, identity, store, index.

    python -m benchmarks.ingestion [ARTICLES]

Extractions are made up beforehand (benchmarks/synthetic.py), so no language model is in the
figures. Costs are processor time of the writing thread, which other programs disturb least. The
run is cut into tenths; the ratio compares the last with the second one (the first warms up).
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.synthetic import Prepared, World
from kb.knowledge_base import KnowledgeBase
from kb.views import TimelineFilter


def main() -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("articles", type=int, nargs="?", default=2_000)
    count: int = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kb"
        with KnowledgeBase.open(path, create=True) as kb:
            costs = ingest(kb, count)
            report(kb, costs)
        sizes = {
            name: sum(file.stat().st_size for file in path.glob(pattern) if file.is_file())
            for name, pattern in (("store", "store/**/*"), ("index", "index.sqlite*"))
        }
        print(
            " ".join(f"{name} {size / count / 1000:.1f} KB/article" for name, size in sizes.items())
        )


def ingest(kb: KnowledgeBase, count: int) -> list[float]:
    """Seconds of processor time for each article, in order."""
    reader = Prepared()
    costs: list[float] = []
    batch = []
    for article, extraction in World().articles(count):
        reader.known[article.doc_id] = extraction
        batch.append(article)
        if len(batch) == 50 or len(costs) + len(batch) == count:
            start = time.thread_time()
            results = list(kb.ingest(batch, reader))
            spent = (time.thread_time() - start) / len(batch)
            assert all(result.status == "added" for result in results), results
            costs += [spent] * len(batch)
            batch = []
    return costs


def report(kb: KnowledgeBase, costs: list[float]) -> None:
    """Print the cost by tenths of the run, and what pages cost at the end."""
    size = max(1, len(costs) // 10)
    tenths = [statistics.median(costs[n : n + size]) * 1000 for n in range(0, len(costs), size)]
    print("ms per article, by tenths:", " ".join(f"{cost:.1f}" for cost in tenths[:10]))
    if len(tenths) > 2:
        print(f"last / second tenth: {tenths[9 if len(tenths) > 9 else -1] / tenths[1]:.2f}")
    overview = kb.overview()
    print(f"{overview.articles} articles, {overview.claims} claims, {overview.events} events, "
          f"{overview.entities} entities")  # fmt: skip
    busiest = overview.top_entities[0][0].slug
    slug = kb.timeline(TimelineFilter(entity=busiest)).events[0].slug
    for name, page in {
        "timeline": lambda: kb.timeline(TimelineFilter()),
        "timeline, salient, newest": lambda: kb.timeline(
            TimelineFilter(salience=0.5, order="newest")
        ),
        "timeline of the busiest entity": lambda: kb.timeline(TimelineFilter(entity=busiest)),
        "timeline from a day on": lambda: kb.timeline(TimelineFilter(date_from="2021-06-01")),
        "timeline of an action": lambda: kb.timeline(TimelineFilter(action="Remove")),
        "search": lambda: kb.timeline(TimelineFilter(text="removed")),
        "facets": lambda: kb.facets(TimelineFilter()),
        "facets of the busiest entity": lambda: kb.facets(TimelineFilter(entity=busiest)),
        "entity": lambda: kb.entity(busiest),
        "event": lambda: kb.event(slug),
        "overview": kb.overview,
    }.items():
        spent = []
        for _ in range(15):
            start = time.perf_counter()
            page()
            spent.append(time.perf_counter() - start)
        print(f"{name}: {statistics.median(spent) * 1000:.2f} ms")


if __name__ == "__main__":
    main()
