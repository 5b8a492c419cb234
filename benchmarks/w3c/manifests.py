"""The tests of a suite, out of its manifests (Turtle)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
DAWGT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")


@dataclass(frozen=True, slots=True)
class Test:
    """One test: its node in the graph of its manifest, and what kind it is."""

    manifest: str
    name: str
    kind: str
    node: Node
    graph: Graph

    def one(self, *path: URIRef) -> Node | None:
        """The value at the end of a path of properties, None without one."""
        node: Node | None = self.node
        for step in path:
            node = self.graph.value(node, step) if node is not None else None
        return node

    def items(self, node: Node | None) -> list[Node]:
        """The members of an RDF list."""
        return list(Collection(self.graph, node)) if node is not None else []


def tests(directory: Path) -> Iterator[Test]:
    """All tests of a suite, manifest by manifest. Raises FileNotFoundError without a manifest."""
    start = next(p for n in ("manifest-all.ttl", "manifest.ttl") if (p := directory / n).exists())
    yield from _read(start.resolve(), directory.resolve(), set())


def path_of(node: Node) -> Path:
    """The file that an IRI of a manifest stands for."""
    return Path(URIRef(str(node)).removeprefix("file://"))


def _read(path: Path, top: Path, seen: set[Path]) -> Iterator[Test]:
    if path in seen:
        return
    seen.add(path)
    graph = Graph().parse(path, format="turtle", publicID=path.as_uri())
    manifest = URIRef(path.as_uri())
    for included in graph.objects(manifest, MF.include):
        for member in Collection(graph, included):
            yield from _read(path_of(member), top, seen)
    for entries in graph.objects(manifest, MF.entries):
        for node in Collection(graph, entries):
            if graph.value(node, DAWGT.approval) in (DAWGT.Rejected, DAWGT.Withdrawn):
                continue
            kind = graph.value(node, RDF.type)
            name = str(graph.value(node, MF.name) or node)
            folder = str(path.parent.relative_to(top)) or "."
            yield Test(folder, name, str(kind).partition("#")[2], node, graph)
