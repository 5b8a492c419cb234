"""How well stories agree with the topics of an annotated corpus (ECB+: each subtopic is one).

    python -m benchmarks.stories --gold FILE [--kb DIRECTORY]

GOLD is JSON Lines with `doc_id`, `text` and `subtopic`. All articles go into one knowledge base,
without dates, by names that do not give their topics away. Printed are B-cubed precision, recall
and F1 (Bagga & Baldwin 1998) of articles and of main events by stories, and the largest stories.
With --kb, the knowledge base is kept there, and not made again when it is there.
"""

from __future__ import annotations

import argparse
import hashlib
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from benchmarks.records import Record, article_of, read_records
from extractors.articles import Article
from extractors.pipeline import Extractor
from kb.knowledge_base import KnowledgeBase
from kb.staging import INDEX

Item = TypeVar("Item", bound=Hashable)

_ARTICLES = (
    "SELECT own.slug, founder.slug FROM story_articles AS own"
    " JOIN story_articles AS founder ON founder.id = own.root"
)
_EVENTS = (
    "SELECT DISTINCT event, story, articles.slug FROM story_events"
    " JOIN claims USING (event) JOIN articles ON articles.id = claims.article WHERE main"
)
_LARGEST = "SELECT articles, main, name FROM stories ORDER BY articles DESC, founding LIMIT 20"


def main() -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, required=True, help="JSON Lines with subtopics")
    parser.add_argument("--kb", type=Path, help="where to keep the knowledge base")
    options = parser.parse_args()
    records = read_records(options.gold)
    with tempfile.TemporaryDirectory() as folder:
        path = options.kb or Path(folder) / "kb"
        if not (path / INDEX).exists():
            fill(path, records)
        with sqlite3.connect(path / INDEX) as connection:
            report(connection, {_name(record): str(record["subtopic"]) for record in records})


def fill(path: Path, records: list[Record]) -> None:
    """Make a knowledge base of the documents."""
    articles = sorted(map(_article, records), key=lambda article: article.doc_id)
    with KnowledgeBase.open(path, create=True) as kb:
        failed = [r for r in kb.ingest(articles, Extractor()) if r.status == "failed"]
    if failed:
        raise SystemExit(f"{len(failed)} documents can't be read, the first: {failed[0]}")


def _name(record: Record) -> str:
    return hashlib.sha256(record["doc_id"].encode()).hexdigest()[:12]


def _article(record: Record) -> Article:
    return replace(article_of(record), doc_id=_name(record), published=None)


def report(connection: sqlite3.Connection, topics: Mapping[str, str]) -> None:
    """Print how stories agree with topics, given by article."""
    stories = dict(connection.execute(_ARTICLES))
    print("of       precision  recall  F1     stories")
    print(_row("articles", stories, topics))
    events: dict[int, int] = {}
    told: dict[int, set[str]] = defaultdict(set)
    for event, story, article in connection.execute(_EVENTS):
        events[event] = story
        told[event].add(topics[article])
    single = {event: next(iter(found)) for event, found in told.items() if len(found) == 1}
    print(_row("events", {event: events[event] for event in single}, single))
    for articles, main_events, name in connection.execute(_LARGEST):
        print(f"{articles:4} articles {main_events:5} main events  {name}")


def _row(what: str, found: Mapping[Item, object], gold: Mapping[Item, object]) -> str:
    precision, recall = b_cubed(found, gold), b_cubed(gold, found)
    f1 = 2 * precision * recall / (precision + recall)
    count = len(set(found.values()))
    return f"{what:8} {precision:.3f}      {recall:.3f}   {f1:.3f}  {count}"


def b_cubed(clusters: Mapping[Item, object], classes: Mapping[Item, object]) -> float:
    """The mean share of an item's cluster that is of its class: precision; recall the other way.

    >>> b_cubed({1: "a", 2: "a", 3: "b"}, {1: "x", 2: "x", 3: "x"})
    1.0
    """
    sizes: dict[object, int] = defaultdict(int)
    common: dict[tuple[object, object], int] = defaultdict(int)
    for item, cluster in clusters.items():
        sizes[cluster] += 1
        common[cluster, classes[item]] += 1
    return sum(_shares(sizes, common)) / len(clusters)


def _shares(
    sizes: Mapping[object, int], common: Mapping[tuple[object, object], int]
) -> Iterator[float]:
    for (cluster, _), count in common.items():
        yield count * count / sizes[cluster]


if __name__ == "__main__":
    main()
