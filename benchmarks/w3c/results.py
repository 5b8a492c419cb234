"""Whether an answer says the same as the expected one, whatever its blank nodes are called."""

from __future__ import annotations

import csv
import io
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pyoxigraph
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions
from rdflib import RDF, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

from benchmarks.w3c.client import Failed

RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
ROW = Namespace("urn:row:")
ACCEPT = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".ttl": "application/sparql-results+json, text/turtle",
    ".nt": "application/n-triples",
    ".rdf": "application/sparql-results+json, application/rdf+xml",
}
_NUMBERS = {XSD.decimal, XSD.integer, XSD.double, XSD.float}
Rows = tuple[frozenset[str], list[dict[str, Node]]]


def compare(expected: Path, media_type: str, body: bytes, *, ordered: bool) -> None:
    """Raise Failed unless the answer is the one in the file."""
    if media_type == "text/csv":
        _compare_csv(expected.read_text(encoding="utf-8"), body.decode("utf-8"))
        return
    if media_type.startswith(("application/sparql-results", "text/tab")):
        wanted, got = _expected(expected), _answer(media_type, body)
        if isinstance(wanted, bool) or isinstance(got, bool):
            if wanted != got:
                raise Failed(f"the answer is {got}, not {wanted}")
            return
        _compare_rows(wanted, got, ordered)
        return
    graph = Graph().parse(data=body, format=media_type)
    if not isomorphic(_plain(graph), _plain(Graph().parse(expected))):
        raise Failed(f"another graph came back: {body[:300]!r}")


def _compare_rows(wanted: Rows, got: Rows, ordered: bool) -> None:
    if wanted[0] != got[0]:
        raise Failed(f"variables are {sorted(got[0])}, not {sorted(wanted[0])}")
    if len(wanted[1]) != len(got[1]):
        raise Failed(f"{len(got[1])} rows, not {len(wanted[1])}")
    if not isomorphic(_as_graph(wanted[1], ordered), _as_graph(got[1], ordered)):
        raise Failed(f"other rows came back: {got[1][:3]} instead of {wanted[1][:3]}")


def _as_graph(rows: list[dict[str, Node]], ordered: bool) -> Graph:
    """Rows as a graph, in which blank nodes can be matched."""
    graph = Graph()
    for number, row in enumerate(rows):
        node = URIRef(f"urn:row:{number}") if ordered else BNode()
        graph.add((node, RDF.type, ROW.row))
        for name, value in row.items():
            graph.add((node, ROW[name], value if isinstance(value, BNode) else _key(value)))
    return graph


def _key(value: Node) -> URIRef | Literal:
    """A term in one form for each value: numbers are compared as numbers."""
    if isinstance(value, Literal) and value.datatype in _NUMBERS:
        try:
            number: object = (
                float(value) if value.datatype in (XSD.double, XSD.float) else Decimal(str(value))
            )
        except (ValueError, ArithmeticError):
            return Literal(f"{value!s} {value.datatype}")
        if isinstance(number, Decimal):
            number = number.normalize() + 0
        return Literal(f"{number} {value.datatype}")
    if isinstance(value, Literal) and value.datatype == XSD.boolean:
        return Literal(str(value) in ("true", "1"))
    if isinstance(value, Literal):
        return Literal(f"{value!s} @{(value.language or '').lower()} {value.datatype or ''}")
    return URIRef(str(value))


def _plain(graph: Graph) -> Graph:
    found = Graph()
    for s, p, o in graph:
        found.add((s, p, o if isinstance(o, BNode) else _key(o)))
    return found


def _expected(path: Path) -> Rows | bool:
    if path.suffix in (".ttl", ".rdf"):
        return _from_graph(Graph().parse(path))
    media_type = ACCEPT[path.suffix]
    return _answer(media_type, path.read_bytes())


def _answer(media_type: str, body: bytes) -> Rows | bool:
    form = QueryResultsFormat.from_media_type(media_type)
    if form is None:
        raise Failed(f"the answer comes as {media_type}")
    found = pyoxigraph.parse_query_results(body, form)
    if isinstance(found, QueryBoolean):
        return bool(found)
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    rows = []
    for solution in found:
        values = ((name, solution[name]) for name in names)
        rows.append({name: _term(value) for name, value in values if value is not None})
    return frozenset(names), rows


def _term(value: object) -> Node:
    if isinstance(value, pyoxigraph.NamedNode):
        return URIRef(value.value)
    if isinstance(value, pyoxigraph.BlankNode):
        return BNode(value.value)
    assert isinstance(value, pyoxigraph.Literal)
    if value.language:
        return Literal(value.value, lang=value.language)
    datatype = URIRef(value.datatype.value)
    return Literal(
        value.value, datatype=None if datatype == XSD.string else datatype, normalize=False
    )


def _from_graph(graph: Graph) -> Rows | bool:
    """A result set in RDF (the form that older suites use)."""
    node = graph.value(None, RDF.type, RS.ResultSet)
    truth = graph.value(node, RS.boolean)
    if truth is not None:
        return bool(truth.toPython()) if isinstance(truth, Literal) else False
    names = frozenset(str(name) for name in graph.objects(node, RS.resultVariable))
    rows = []
    for solution in graph.objects(node, RS.solution):
        row: dict[str, Node] = {}
        for binding in graph.objects(solution, RS.binding):
            value = graph.value(binding, RS.value)
            if value is not None:
                row[str(graph.value(binding, RS.variable))] = value
        rows.append(row)
    return names, rows


def _compare_csv(expected: str, got: str) -> None:
    """CSV has no types and no names for blank nodes: rows are compared as text."""

    def rows(text: str) -> Counter[frozenset[tuple[str, str]]]:
        found = csv.DictReader(io.StringIO(text, newline=""))
        return Counter(
            frozenset((n, "_:" if c.startswith("_:") else _number(c)) for n, c in row.items())
            for row in found
        )

    if rows(expected) != rows(got):
        raise Failed(f"another table came back: {got[:200]!r}")


def _number(cell: str) -> str:
    try:
        return str(Decimal(cell).normalize() + 0)
    except ArithmeticError:
        return cell
