"""Portable pieces of SPARQL 1.1 updates, and the error of every store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad


class StoreError(RuntimeError):
    """A store that can't be opened, read or written. The message names it and the remedy."""


class StoreConflict(StoreError):  # noqa: N818 - what happened, not a mistake
    """Another process has written meanwhile; nothing of this change was stored."""


def insertion(quads: Iterable[Quad]) -> str:
    """``INSERT DATA`` of these quads of named graphs; empty when there are none.

    Terms print as N-Triples, which SPARQL reads as they are. There must be no blank nodes.
    """
    return _data("INSERT", quads)


def deletion(quads: Iterable[Quad]) -> str:
    """``DELETE DATA`` of these quads of named graphs; empty when there are none."""
    return _data("DELETE", quads)


def _data(operation: str, quads: Iterable[Quad]) -> str:
    graphs: dict[str, list[str]] = defaultdict(list)
    for quad in quads:
        graphs[str(quad.graph_name)].append(f"{quad.subject} {quad.predicate} {quad.object} .")
    if not graphs:
        return ""
    blocks = ("GRAPH {} {{\n{}\n}}".format(name, "\n".join(rows)) for name, rows in graphs.items())
    return "{} DATA {{ {} }}".format(operation, "\n".join(blocks))


def data_insertion(operation: str) -> list[tuple[str, list[str]]] | None:
    """The graphs of an `insertion` with their lines; None of any other operation."""
    if not operation.startswith("INSERT DATA { GRAPH "):
        return None
    found: list[tuple[str, list[str]]] = []
    # Terms have no raw line breaks: a line is a statement, or begins or ends a graph.
    for line in operation.removeprefix("INSERT DATA { ").split("\n"):
        if line.startswith("GRAPH "):
            found.append((line.split()[1], []))
        elif not line.startswith("}"):
            found[-1][1].append(line)
    return found


def removal(
    graph: NamedNode,
    subjects: Iterable[NamedNode],
    predicates: Iterable[NamedNode] = (),
    *,
    through: NamedNode | None = None,
) -> str:
    """A deletion of what a graph says of these subjects; empty when there are none.

    With predicates, only those are deleted. With `through`, what is said of the things that the
    subjects point to by this property is deleted instead.
    """
    values = " ".join(map(str, subjects))
    if not values:
        return ""
    only = " ".join(map(str, predicates))
    which = f"VALUES ?p {{ {only} }} " if only else ""
    whose, link = ("?s", "") if through is None else ("?of", f"?of {through} ?s . ")
    return (
        f"DELETE {{ GRAPH {graph} {{ ?s ?p ?o }} }} "
        f"WHERE {{ VALUES {whose} {{ {values} }} {which}GRAPH {graph} {{ {link}?s ?p ?o }} }}"
    )


def replacement(graph: NamedNode, quads: Iterable[Quad]) -> str:
    """An update that puts quads in place of a graph, whole or not at all."""
    return " ;\n".join(filter(None, (f"DROP SILENT GRAPH {graph}", insertion(quads))))
