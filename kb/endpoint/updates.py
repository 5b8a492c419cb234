"""SPARQL updates before they are run: their dataset, and which graphs they may change.

The grammar is rdflib's; nothing is evaluated here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rdflib import URIRef
from rdflib.plugins.sparql.algebra import translateUpdate
from rdflib.plugins.sparql.parser import parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue

from kb.errors import QueryError
from kb.lexing import mask

_WHERE = re.compile(r"\bWHERE\b", re.IGNORECASE)
_OWN_DATASET = re.compile(r"\b(?:USING|WITH)\b", re.IGNORECASE)
_ESCAPED_IRI = re.compile(r"<[^<>]*\\[uU][^<>]*>")
_TEMPLATE = re.compile(r"\}\s*\Z")


@dataclass(frozen=True, slots=True)
class Targets:
    """What an update may change: these graphs; the default graph; any graph at all.

    `loads` are the addresses that it would fetch.
    """

    graphs: frozenset[str]
    anything: bool
    loads: frozenset[str]


def with_dataset(update: str, using: Iterable[str], using_named: Iterable[str]) -> str:
    """The update with the dataset of the request for its patterns (SPARQL 1.1 Protocol, 2.2.3).

    Raises QueryError when the update says itself what its patterns match (USING, WITH).
    """
    clauses = [f"USING <{name}>" for name in using]
    clauses += [f"USING NAMED <{name}>" for name in using_named]
    if not clauses:
        return update
    for name in (*using, *using_named):
        if re.search(r"[\s<>\"{}|^`\\]", name):
            raise QueryError(f"{name!r} is no IRI of a graph")
    plain = mask(update)
    if _OWN_DATASET.search(plain):
        raise QueryError(
            "The update has USING or WITH, and the request a dataset of its own: leave out one"
        )
    text, end = [], 0
    for found in _WHERE.finditer(plain):
        before = plain[: found.start()]
        if before.count("{") == before.count("}") and _TEMPLATE.search(before):
            text += [update[end : found.start()], " ".join(clauses), " "]
            end = found.start()
    return "".join(text) + update[end:]


def targets(update: str, base: str | None = None) -> Targets:
    """The graphs that an update may change. Raises QueryError when it can't be read."""
    if not mask(update).strip():
        return Targets(frozenset(), anything=False, loads=frozenset())
    try:
        algebra = translateUpdate(parseUpdate(update), base)
    except Exception as error:
        raise QueryError(f"The update is malformed: {error}") from error
    graphs: set[str] = set()
    loads: set[str] = set()
    # An IRI with escapes could be read in two ways.
    anything = bool(_ESCAPED_IRI.search(update))
    operations = getattr(algebra, "algebra", ())  # of nothing but prefixes a list comes back
    for operation in operations:
        if operation.name == "Load":
            loads.add(str(operation.iri))
        for target in _changed(operation):
            if target is None:
                continue
            if isinstance(target, URIRef):
                graphs.add(str(target))
            else:
                anything = True
    return Targets(frozenset(graphs), anything, frozenset(loads))


def _changed(operation: CompValue) -> Iterator[Any]:
    """The graphs that an operation changes: an IRI, None for the default graph, else anything."""
    match operation.name:
        case "InsertData" | "DeleteData" | "DeleteWhere":
            yield from _quads(operation)
        case "Modify":
            for part in (operation.delete, operation.insert):
                if part is None:
                    continue
                yield from _quads(part)
                if part.triples and operation.withClause is not None:
                    yield operation.withClause
        case "Load" | "Create":
            yield operation.graphiri
        case "Clear" | "Drop":
            yield None if operation.graphiri == "DEFAULT" else operation.graphiri
        case "Add" | "Copy" | "Move":
            source, target = operation.graph
            changed = (source, target) if operation.name == "Move" else (target,)
            yield from (None if name == "DEFAULT" else name for name in changed)
        case _:
            yield operation


def _quads(part: CompValue) -> Iterator[Any]:
    quads = part.quads
    if isinstance(quads, Mapping):
        yield from quads
