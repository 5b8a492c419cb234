"""What a remote store costs beside the embedded one: ingestion and pages, in one run.

    python -m benchmarks.stores [ARTICLES] [--store URL]

The same made-up extractions (benchmarks/synthetic.py) go into both stores by turns, so that a
busy machine slows both. Without --store, an `oxigraph` server is started. Times are of the wall:
a remote store works in another process.
"""

from __future__ import annotations

import argparse
import io
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path

from benchmarks.synthetic import Prepared, World
from kb.knowledge_base import KnowledgeBase
from kb.store import StoreError
from kb.store.opening import Remote
from kb.views import TimelineFilter

BATCH = 25


def main() -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("articles", type=int, nargs="?", default=300)
    parser.add_argument("--store", help="The query address of a server that may be written to.")
    arguments = parser.parse_args()
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        remote = Remote(arguments.store or stack.enter_context(_server(place)))
        stores = {
            "embedded": stack.enter_context(KnowledgeBase.open(place / "own", create=True)),
            "remote": stack.enter_context(
                KnowledgeBase.open(place / "index", create=True, remote=remote)
            ),
        }
        for name, spent in _ingested(stores, arguments.articles).items():
            print(f"ingestion, {name}: {statistics.median(spent) * 1000:.1f} ms/article")
        for name, kb in stores.items():
            for what, cost in _pages(kb).items():
                print(f"{what}, {name}: {cost * 1000:.2f} ms")
        same = len({tuple(_quads(kb)) for kb in stores.values()}) == 1
        print(f"graphs equal: {'yes' if same else 'NO'}")


def _ingested(stores: dict[str, KnowledgeBase], count: int) -> dict[str, list[float]]:
    spent: dict[str, list[float]] = {name: [] for name in stores}
    made = World().articles(count)
    while batch := list(islice(made, BATCH)):
        for name, kb in stores.items():
            reader = Prepared()
            reader.known = {article.doc_id: extraction for article, extraction in batch}
            start = time.perf_counter()
            results = list(kb.ingest([article for article, _ in batch], reader))
            spent[name].append((time.perf_counter() - start) / len(batch))
            assert all(result.status == "added" for result in results), results
    return spent


def _pages(kb: KnowledgeBase) -> dict[str, float]:
    slug = kb.timeline(TimelineFilter()).events[0].slug
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?e a sem:Event }"
    asked: dict[str, Callable[[], object]] = {
        "timeline": lambda: kb.timeline(TimelineFilter()),
        "event": lambda: kb.event(slug),
        "RDF of an event": lambda: kb.describe("event", slug, "text/turtle"),
        "query": lambda: b"".join(kb.query(count, ["text/csv"], preset_prefixes=True).chunks),
        "export": lambda: _quads(kb),
    }
    return {what: _median(page, 3 if what == "export" else 15) for what, page in asked.items()}


def _median(page: Callable[[], object], times: int) -> float:
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        page()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def _quads(kb: KnowledgeBase) -> list[bytes]:
    output = io.BytesIO()
    kb.export(output, "nquads")
    own = f"{kb.iris.knowledge_base} .".encode()
    return sorted(line for line in output.getvalue().split(b"\n") if not line.endswith(own))


@contextmanager
def _server(place: Path) -> Iterator[str]:
    """An `oxigraph` server on a directory: its query address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = Path(sys.executable).with_name("oxigraph")
    command = [str(program), "serve", "--location", str(place / "server"), "--bind"]
    address = f"http://127.0.0.1:{port}/query"
    with subprocess.Popen(
        [*command, f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            for attempt in range(20):
                try:
                    Remote(address).open()
                except StoreError:
                    if attempt == 19 or process.poll() is not None:
                        raise
                    continue
                break
            yield address
        finally:
            process.kill()


if __name__ == "__main__":
    main()
