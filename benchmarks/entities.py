"""How well mentions in different articles are taken for one entity, and at what cost.

    python -m benchmarks.entities [ARTICLES] [--shuffled]

Articles are made up (benchmarks/population.py), so who is who is known. B3 (Bagga and Baldwin
1998) averages over mentions which share of a mention's cluster is the same entity (precision)
and which share of the entity is in its cluster (recall). "By the name as written" is what a
knowledge base without any of this would have. With --shuffled the articles come in another
order too, and the two results are compared, mention by mention.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Hashable, Sequence
from sqlite3 import Connection, connect

from benchmarks.population import Population
from kb.iris import DEFAULT_BASE, Iris
from kb.merging import Merger
from kb.records import ArticleRecord
from kb.schema import TABLES

Mention = tuple[str, str]
"""An article and the local name of an entity of it."""


def main() -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("articles", type=int, nargs="?", default=2_000)
    parser.add_argument("--shuffled", action="store_true")
    options = parser.parse_args()
    told = list(Population().articles(options.articles))
    gold = {
        (record.slug, entity.id): who
        for record, members in told
        for entity, who in zip(record.entities, members, strict=True)
    }
    written = {(r.slug, e.id): (e.name, e.type) for r, _ in told for e in r.entities}
    records = [record for record, _ in told]
    found, costs = clustered(records)
    print(f"{len(gold)} mentions of {len(set(gold.values()))} people and firms")
    for name, clusters in (("by the name as written", written), ("by the knowledge base", found)):
        precision, recall = b_cubed(gold, clusters)
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{name}: B3 precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}, "
              f"{len(set(clusters.values()))} entities")  # fmt: skip
    size = max(1, len(costs) // 10)
    tenths = [sum(costs[n : n + size]) / size * 1000 for n in range(0, len(costs), size)]
    print("ms per article, by tenths:", " ".join(f"{cost:.1f}" for cost in tenths[:10]))
    if options.shuffled:
        random.Random(1).shuffle(records)
        other, _ = clustered(records)
        moved = sum(found[mention] != other[mention] for mention in gold)
        print(f"in another order: {moved} of {len(gold)} mentions are of another entity")


def clustered(records: Sequence[ArticleRecord]) -> tuple[dict[Mention, str], list[float]]:
    """The address of the entity of each mention, and seconds of processor time an article."""
    connection = connect(":memory:")
    connection.executescript(TABLES)
    merger, costs = Merger(connection, Iris(DEFAULT_BASE)), []
    for record in records:
        start = time.thread_time()
        merger.apply((), [(record, 1, record.slug)])
        costs.append(time.thread_time() - start)
    return addresses(connection), costs


def addresses(connection: Connection) -> dict[Mention, str]:
    """The address of the entity of each mention."""
    rows = connection.execute(
        "SELECT articles.slug, local, entities.slug FROM local_entities"
        " JOIN articles ON articles.id = article JOIN names ON names.id = local_entities.name"
        " JOIN entities ON entities.root = names.root"
    )
    return {(article, local): slug for article, local, slug in rows}


def b_cubed(
    gold: dict[Mention, int], found: dict[Mention, str] | dict[Mention, tuple[str, str]]
) -> tuple[float, float]:
    """Precision and recall."""
    both: Counter[Hashable] = Counter((gold[m], found[m]) for m in gold)
    theirs: Counter[Hashable] = Counter(found[m] for m in gold)
    ours = Counter(gold.values())
    precision = sum(both[gold[m], found[m]] / theirs[found[m]] for m in gold) / len(gold)
    recall = sum(both[gold[m], found[m]] / ours[gold[m]] for m in gold) / len(gold)
    return precision, recall


if __name__ == "__main__":
    main()
