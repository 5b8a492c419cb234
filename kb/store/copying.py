"""Everything that a SPARQL server holds, read in parts of bounded size, each known to be whole.

Servers cut answers that are too large for them, some without a word. So the triples of each
graph are counted by the server and by us, and where the figures differ the graph is read again
in pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pyoxigraph import NamedNode, Quad, QuerySolutions

from kb.store.statements import StoreError

Select = Callable[[str], QuerySolutions]

_COUNTS = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
TOGETHER = 20_000
"""Triples of small graphs that are asked for in one request."""
PAGE = 5_000
"""Triples in a page of a graph that the server would not give as a whole."""
REMEMBERED = 100_000
"""Triples up to which a cut answer can be gone on with; who cuts, cuts earlier."""


def all_quads(select: Select, address: str) -> Iterator[Quad]:
    """Every quad of the named graphs, graph by graph. Raises StoreError on what is not whole."""
    batch: dict[NamedNode, int] = {}
    for graph, number in [(row["g"], int(row["n"].value)) for row in select(_COUNTS)]:
        batch[graph] = number
        if sum(batch.values()) >= TOGETHER:
            yield from _graphs(select, batch, address)
            batch = {}
    if batch:
        yield from _graphs(select, batch, address)


def _graphs(select: Select, wanted: dict[NamedNode, int], address: str) -> Iterator[Quad]:
    """The quads of some graphs; only one graph at a time may be large."""
    if len(wanted) == 1:
        yield from _graph(select, *next(iter(wanted.items())), address)
        return
    names = " ".join(map(str, wanted))
    found: dict[NamedNode, list[Quad]] = {graph: [] for graph in wanted}
    query = f"SELECT ?g ?s ?p ?o WHERE {{ VALUES ?g {{ {names} }} GRAPH ?g {{ ?s ?p ?o }} }}"
    for row in select(query):
        found[row["g"]].append(Quad(row["s"], row["p"], row["o"], row["g"]))
    for graph, quads in found.items():
        if len(quads) == wanted[graph]:
            yield from quads
        else:
            yield from _graph(select, graph, wanted[graph], address)


def _graph(select: Select, graph: NamedNode, number: int, address: str) -> Iterator[Quad]:
    """The quads of one graph: at one go, and what is then missing in pages."""
    pattern = f"GRAPH {graph} {{ ?s ?p ?o }}"
    seen: set[Quad] = set()
    given = 0
    for s, p, o in _named(select(f"SELECT ?s ?p ?o WHERE {{ {pattern} }}")):
        quad = Quad(s, p, o, graph)
        if given < REMEMBERED:
            seen.add(quad)
        given += 1
        yield quad
    if given < min(number, REMEMBERED):
        ordered = f"SELECT ?s ?p ?o WHERE {{ {pattern} }} ORDER BY ?s ?p ?o"
        offset = 0
        while True:
            page = f"SELECT * WHERE {{ {{ {ordered} }} }} LIMIT {PAGE} OFFSET {offset}"
            quads = [Quad(s, p, o, graph) for s, p, o in _named(select(page))]
            fresh = [quad for quad in quads if quad not in seen]
            seen.update(fresh)
            given += len(fresh)
            offset += len(quads)
            yield from fresh
            if not quads:
                break
    if given != number:
        raise StoreError(
            f"The server at {address} gave {given} of the {number} triples of {graph}: it cuts "
            f"answers, or was written to meanwhile; raise its limit on results, or try again"
        )


def _named(rows: QuerySolutions) -> Iterator[tuple[Any, Any, Any]]:
    return ((row["s"], row["p"], row["o"]) for row in rows)
