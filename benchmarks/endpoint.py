"""The endpoint of `dateline serve` beside `oxigraph serve` on the same data, in one run.

    python -m benchmarks.endpoint [--articles N] [--seconds S]

Both serve a copy of one synthetic knowledge base. Measured are requests per second of cheap
queries and their 99th percentile under 16 clients, bytes per second of a large answer, and what
three runaway queries do to the cheap queries of others. Clients and servers share the machine,
so only the ratios say something. Of the endpoint, cheap queries are measured twice: each one new
(no answer is kept), and repeated (as pages and dashboards ask).
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from benchmarks.synthetic import Prepared, World
from kb.knowledge_base import KnowledgeBase

CLIENTS = 16
CHEAP = (
    "SELECT ?label WHERE {{ <https://dateline.example/event/{slug}> "
    "<http://www.w3.org/2000/01/rdf-schema#label> ?label }} #{n}"
)
LARGE = "SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }"
RUNAWAYS = (
    "SELECT * { GRAPH ?x { ?a ?b ?c } GRAPH ?y { ?d ?e ?f } GRAPH ?z { ?g ?h ?i } } ORDER BY ?c ?f",
    "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a (!<x:y>|^!<x:y>)* ?b . ?c (!<x:y>|^!<x:y>)* ?d } }",
    "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d))) AS ?x)"
    " { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } }",
)
LIMIT = 5.0
"""Seconds that the endpoint gives a query in this run."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server and where it answers queries."""

    name: str
    port: int
    path: str
    process: subprocess.Popen[bytes]

    def ask(self, connection: http.client.HTTPConnection, query: str, accept: str) -> int:
        """One query; the bytes of its answer. Raises RuntimeError on any status but 200."""
        connection.request("GET", f"{self.path}?query={quote(query)}", headers={"Accept": accept})
        answer = connection.getresponse()
        size = 0
        while piece := answer.read(1 << 20):
            size += len(piece)
        if answer.status != 200:
            raise RuntimeError(f"{self.name}: {answer.status}")
        return size

    def connect(self) -> http.client.HTTPConnection:
        """A connection that is kept open."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)


def main() -> None:
    """Run all measurements and print them with their ratios."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--seconds", type=float, default=8.0, help="for each measurement")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        slugs = fill(home / "kb", options.articles)
        shutil.copytree(home / "kb" / "store", home / "copy")
        with (
            serve(ours(home / "kb"), "dateline", "/sparql") as own,
            serve(theirs(home / "copy"), "oxigraph", "/query") as other,
        ):
            compare(own, other, slugs, options.seconds, options.rounds)
            runaways(own, slugs)


def fill(path: Path, count: int) -> list[str]:
    """A synthetic knowledge base; the slugs of some of its events."""
    reader = Prepared()
    with KnowledgeBase.open(path, create=True) as kb:
        articles = []
        for article, extraction in World().articles(count):
            reader.known[article.doc_id] = extraction
            articles.append(article)
        for _ in kb.ingest(articles, reader):
            pass
        query = "SELECT ?e { ?e a <http://semanticweb.cs.vu.nl/2009/11/sem/Event> } LIMIT 500"
        answer = b"".join(kb.query(query, ("text/csv",)).chunks).decode()
    return [line.rpartition("/")[2] for line in answer.split("\r\n")[1:-1]]


def ours(path: Path) -> Callable[[int], list[str]]:
    """The command of `dateline serve` for a port."""
    return lambda port: [
        sys.executable, "dateline.py", "serve", "--kb", str(path), "--port", str(port),
        "--query-seconds", str(LIMIT), "--query-rows", "100000000", "--threads", str(CLIENTS),
    ]  # fmt: skip


def theirs(path: Path) -> Callable[[int], list[str]]:
    """The command of `oxigraph serve` for a port."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or "oxigraph"
    return lambda port: [
        program, "serve-read-only", "--location", str(path), "--bind", f"127.0.0.1:{port}",
    ]  # fmt: skip


_ports = itertools.count(18_400)


@contextmanager
def serve(command: Callable[[int], list[str]], name: str, path: str) -> Iterator[Server]:
    """A server while the block runs."""
    port = next(_ports)
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command(port), stdout=quiet, stderr=quiet) as process:
        server = Server(name, port, path, process)
        for _ in range(600):
            try:
                server.ask(server.connect(), "ASK {}", "application/sparql-results+json")
                break
            except OSError:
                time.sleep(0.1)
        try:
            yield server
        finally:
            process.terminate()


def compare(own: Server, other: Server, slugs: list[str], seconds: float, rounds: int) -> None:
    """Both servers in turn, several times; medians and ratios."""
    rates: dict[str, list[float]] = {}
    tails: dict[str, list[float]] = {}
    sizes: dict[str, list[float]] = {}
    for _ in range(rounds):
        for server, repeated in ((other, False), (own, False), (own, True)):
            name = f"{server.name}{' repeated' if repeated else ''}"
            rate, tail = cheap(server, slugs, seconds, repeated)
            rates.setdefault(name, []).append(rate)
            tails.setdefault(name, []).append(tail)
        for server in (other, own):
            sizes.setdefault(server.name, []).append(large(server))
    base = statistics.median(rates["oxigraph"]), statistics.median(tails["oxigraph"])
    for name, found in rates.items():
        rate, tail = statistics.median(found), statistics.median(tails[name])
        print(
            f"cheap queries, {CLIENTS} clients: {name:18} {rate:7.0f}/s ({rate / base[0]:.2f})"
            f"  p99 {tail * 1000:6.1f} ms ({tail / base[1]:.2f})"
        )
    whole = statistics.median(sizes["oxigraph"])
    for name, found in sizes.items():
        speed = statistics.median(found)
        print(f"large answer: {name:18} {speed / 1e6:6.1f} MB/s ({speed / whole:.2f})")


def cheap(server: Server, slugs: list[str], seconds: float, repeated: bool) -> tuple[float, float]:
    """Requests per second of all clients, and the 99th percentile of their latency."""
    stop = time.monotonic() + seconds
    times: list[float] = []
    numbers = itertools.count(int(time.monotonic() * 1000) * 1_000)

    def work() -> None:
        connection = server.connect()
        for place in itertools.count():
            begin = time.monotonic()
            if begin > stop:
                return
            n = 0 if repeated else next(numbers)
            query = CHEAP.format(slug=slugs[place % len(slugs)], n=n)
            server.ask(connection, query, "application/sparql-results+json")
            times.append(time.monotonic() - begin)

    threads = [threading.Thread(target=work) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(times) / seconds, statistics.quantiles(times, n=100)[98]


def large(server: Server) -> float:
    """Bytes per second of one large answer."""
    begin = time.monotonic()
    size = server.ask(server.connect(), LARGE, "text/tab-separated-values")
    return size / (time.monotonic() - begin)


def runaways(server: Server, slugs: list[str]) -> None:
    """Three queries that never end, and the cheap ones of another client meanwhile."""
    before = memory(server.process.pid)
    ended: list[float] = []

    def run_away(query: str) -> None:
        begin = time.monotonic()
        try:
            server.ask(server.connect(), query, "application/sparql-results+json")
        except RuntimeError:
            ended.append(time.monotonic() - begin)

    threads = [threading.Thread(target=run_away, args=(query,)) for query in RUNAWAYS]
    for thread in threads:
        thread.start()
    times: list[float] = []
    connection = server.connect()
    while any(thread.is_alive() for thread in threads):
        begin = time.monotonic()
        query = CHEAP.format(slug=slugs[len(times) % len(slugs)], n=begin)
        server.ask(connection, query, "application/sparql-results+json")
        times.append(time.monotonic() - begin)
        time.sleep(0.01)
    time.sleep(2)
    after = memory(server.process.pid)
    print(
        f"three runaway queries: stopped after {', '.join(f'{t:.1f}' for t in sorted(ended))} s "
        f"(limit {LIMIT:g}); cheap queries meanwhile: {len(times)}, p95 "
        f"{statistics.quantiles(times, n=20)[18] * 1000:.0f} ms; memory of the service "
        f"{before / 1e6:.0f} MB before, {after / 1e6:.0f} MB after ({after / before:.2f})"
    )


def memory(pid: int) -> int:
    """Resident bytes of a process with its children (proportional where pages are shared)."""
    total = 0
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            total += int(line.split()[1]) * 1024
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            total += memory(int(child))
    return total


if __name__ == "__main__":
    main()
