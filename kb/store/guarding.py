"""Updates that two writers can't mix up: a compare-and-set, in plain SPARQL 1.1.

SPARQL has no conditions over a whole request. So the first operation sets a number from its
old to its new value, and with it a mark that no other request has, if the number still has its
old value; each further operation asks for the mark. Where another writer was first, the mark
is not there and none of them does anything. So when an answer is lost, the request can be sent
again with another mark: it does nothing where the first one was carried out after all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kb.store.statements import data_insertion

_DROP = re.compile(r"(?:DROP|CLEAR)\s+(?:SILENT\s+)?GRAPH\s+(<[^>]*>)\s*")
_DATA = re.compile(r"(INSERT|DELETE)\s+DATA\s*(?=\{)")
_WHERE = re.compile(r"DELETE\s+WHERE\s*\{(.*)\}\s*", re.DOTALL)
_TOKEN = re.compile(
    r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|<[^<>"{}|^`\\\s]*>|WHERE\s*\{|[{}]', re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Guard:
    """The number that says whether a store is as its writer believes, before and after a change.

    It is `node`'s value of `predicate` in the graph `node`, where `mark` is the predicate of
    the mark. `repair` are operations that have all that is derived made again: servers whose
    transactions do not see each other let two writers through at the very same moment.
    """

    node: NamedNode
    predicate: NamedNode
    mark: NamedNode
    old: Literal
    new: Literal
    repair: tuple[str, ...] = ()


def guarded(operations: Iterable[str], guard: Guard, mark: str) -> Iterator[str]:
    """The operations, each made to do nothing unless this request sets the guard's number.

    An operation is one of DROP or CLEAR of a graph, INSERT or DELETE DATA, DELETE WHERE, and
    DELETE/INSERT with WHERE. Raises SyntaxError on any other.
    """
    node, number, own = guard.node, guard.predicate, Literal(mark)
    yield (
        f"DELETE {{ GRAPH {node} {{ {node} {number} ?number ; {guard.mark} ?mark }} }}\n"
        f"INSERT {{ GRAPH {node} {{ {node} {number} {guard.new} ; {guard.mark} {own} }} }}\n"
        f"WHERE {{ GRAPH {node} {{ {node} {number} {guard.old} , ?number\n"
        f"OPTIONAL {{ {node} {guard.mark} ?mark }} }} }}"
    )
    condition = f"GRAPH {node} {{ {node} {guard.mark} {own} }}"
    for operation in operations:
        yield conditional(operation.strip(), condition)


def conditional(operation: str, condition: str) -> str:
    """An operation that does the same where the condition (a graph pattern) holds, else nothing.

    >>> conditional("DROP SILENT GRAPH <a:b>", "GRAPH <a:c> { <a:c> <a:n> 1 }")
    'DELETE { GRAPH <a:b> { ?s ?p ?o } } WHERE { GRAPH <a:c> { <a:c> <a:n> 1 } \
GRAPH <a:b> { ?s ?p ?o } }'
    """
    if found := _DROP.fullmatch(operation):
        pattern = f"GRAPH {found[1]} {{ ?s ?p ?o }}"
        return f"DELETE {{ {pattern} }} WHERE {{ {condition} {pattern} }}"
    if found := _DATA.match(operation):
        return f"{found[1]} {operation[found.end() :]} WHERE {{ {condition} }}"
    if found := _WHERE.fullmatch(operation):
        return f"DELETE {{{found[1]}}} WHERE {{ {condition} {found[1]} }}"
    depth = 0
    for token in _TOKEN.finditer(operation):
        if token[0].startswith("WHERE") and depth == 0:
            end = token.end()
            return f"{operation[:end]} {condition} {operation[end:]}"
        depth += token[0].endswith("{") - (token[0] == "}")
    raise SyntaxError(f"this update operation can't be made conditional: {operation[:80]!r}")


def staged(
    operations: Iterable[str], stage: str
) -> tuple[list[tuple[NamedNode, list[str]]], list[str]]:
    """An update that is too large for one request, in two steps: what to put aside, and the rest.

    The first are graphs whose names begin with `stage`, with their triples as lines; the rest
    are the operations, which now copy the data from there, and then drop it.
    """
    aside: list[tuple[NamedNode, list[str]]] = []
    rest: list[str] = []
    for operation in operations:
        for graph, rows in data_insertion(operation) or ():
            name = NamedNode(f"{stage}{len(aside)}")
            aside.append((name, rows))
            pattern = "{{ GRAPH {} {{ ?s ?p ?o }} }}"
            source, target = pattern.format(name), pattern.format(graph)
            rest.append(f"DELETE {source} INSERT {target} WHERE {source}")
        if data_insertion(operation) is None:
            rest.append(operation)
    return aside, rest
