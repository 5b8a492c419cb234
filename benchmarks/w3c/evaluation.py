"""Tests of queries, updates and syntax."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from rdflib import RDFS, BNode, Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

from benchmarks.w3c.client import Client, Failed
from benchmarks.w3c.manifests import MF, QT, UT, Test, path_of
from benchmarks.w3c.results import ACCEPT, compare

TYPES = {".ttl": "text/turtle", ".rdf": "application/rdf+xml", ".nt": "application/n-triples"}


def query(test: Test, client: Client) -> None:
    """A query over data, with the expected answer."""
    client.empty()
    action = test.one(MF.action)
    for data in test.graph.objects(action, QT.data):
        _load(client, None, path_of(data), str(data))
    for node in test.graph.objects(action, QT.graphData):
        name = test.graph.value(node, QT.graph)
        path = name if isinstance(node, BNode) and name is not None else node
        label = test.graph.value(node, RDFS.label) if isinstance(node, BNode) else None
        _load(client, str(label or path), path_of(path), str(path))
    source = test.one(MF.action, QT.query) or action
    assert source is not None
    text = path_of(source).read_text(encoding="utf-8")
    result = test.one(MF.result)
    if result is None:
        raise Failed("the manifest has no result")
    expected = path_of(result)
    answer = client.query(f"BASE <{source}> {text}", ACCEPT[expected.suffix])
    if answer.status != 200:
        raise Failed(f"{answer.status}: {answer.body[:200]!r}")
    compare(expected, answer.media_type, answer.body, ordered=_ordered(text, expected))


def _ordered(text: str, expected: Path) -> bool:
    """Whether the order of rows counts: where the outermost query asks for one."""
    last = text.rpartition("}")[2]
    return expected.suffix == ".srx" and bool(re.search(r"\bORDER\s+BY\b", last, re.IGNORECASE))


def update(test: Test, client: Client) -> None:
    """An update of a dataset, with the expected one."""
    client.empty()
    action, result = test.one(MF.action), test.one(MF.result)
    for name, path in _dataset(test, action):
        _load(client, name, path, path.as_uri())
    source = test.one(MF.action, UT.request)
    assert source is not None
    answer = client.update(f"BASE <{source}> {path_of(source).read_text(encoding='utf-8')}")
    if answer.status >= 300:
        raise Failed(f"{answer.status}: {answer.body[:200]!r}")
    wanted: dict[str | None, Graph] = {None: Graph()}
    for name, path in _dataset(test, result):
        wanted.setdefault(name, Graph()).parse(path, publicID=path.as_uri())
    for name in {*wanted, *_names(client)}:
        found = client.read(name)
        got = Graph()
        if found.status == 200:
            got.parse(data=found.body, format="nt")
        if not isomorphic(got, wanted.get(name, Graph())):
            raise Failed(f"{name or 'the default graph'} is another: {got.serialize()[:300]}")


def _dataset(test: Test, node: Node | None) -> Iterator[tuple[str | None, Path]]:
    for path in test.graph.objects(node, UT.data):
        yield None, path_of(path)
    for part in test.graph.objects(node, UT.graphData):
        source = test.graph.value(part, UT.graph)
        name = test.graph.value(part, RDFS.label)
        assert source is not None
        yield str(name), path_of(source)


def _names(client: Client) -> list[str]:
    answer = client.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", "text/csv")
    return answer.body.decode().split("\r\n")[1:-1]


def _load(client: Client, name: str | None, path: Path, base: str) -> None:
    """Data with its own base, which the address of the graph would not give."""
    graph = Graph().parse(path, format=TYPES[path.suffix], publicID=base)
    # Parsed here only to resolve relative IRIs: literals stay as they are written.
    data = path.read_bytes()
    if path.suffix == ".ttl":
        data = f"@base <{base}> .\n".encode() + data
    elif path.suffix == ".rdf":
        data = graph.serialize(format="nt").encode()
    kind = "application/n-triples" if path.suffix == ".rdf" else TYPES[path.suffix]
    client.load(name, kind, data)


def syntax(test: Test, client: Client) -> None:
    """A query or update that is well-formed, or is not."""
    client.empty()
    source = test.one(MF.action)
    assert isinstance(source, URIRef)
    text = path_of(source).read_text(encoding="utf-8")
    is_update = "Update" in test.kind or source.endswith(".ru")
    accept = "application/sparql-results+json, text/turtle"
    answer = client.update(text) if is_update else client.query(text, accept)
    refused = answer.status == 400
    if test.kind.startswith("Negative") != refused:
        raise Failed(f"{answer.status}: {answer.body[:200]!r}")
