"""The SPARQL 1.1 Graph Store HTTP Protocol: whole graphs by their address.

A graph is named by ``?graph=``, or is the ``?default`` one, or by the address that is asked
itself (direct identification, section 4.1). Reads are bounded as queries are.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pyoxigraph
from flask import Response, request, url_for
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat

from kb.endpoint.updates import Targets
from kb.querying import GRAPHS, Question
from kb.store import insertion
from web.negotiation import preferences
from web.problems import Problem
from web.sparql.replies import reply, run
from web.sparql.served import check_role, check_targets, served, write

METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS")
TAKEN = {**GRAPHS, "text/n3": RdfFormat.N3}
_NOWHERE = Targets(frozenset(), anything=False, loads=frozenset())
_BAD = frozenset('<>"{}|^`\\')


def graph_store(path: str | None = None) -> Response:
    """Read or write one graph."""
    if request.method == "OPTIONS":
        return _options()
    name = _name(path)
    match request.method:
        case "GET" | "HEAD":
            return _read(name)
        case "DELETE":
            return _delete(name)
        case "PUT":
            return _write(name, replace=True)
        case _:
            if name is None and "default" not in request.args:
                return _create()
            return _write(name, replace=False)


def _name(path: str | None) -> str | None:
    """The IRI of the graph; None for the default graph, and for a POST to the store itself."""
    if path is not None:
        return request.base_url
    names = request.args.getlist("graph")
    if "default" in request.args:
        if names or request.args["default"]:
            raise Problem(400, "Name a graph with ?graph=IRI, or ask for ?default, not both.")
        return None
    if not names and request.method == "POST":
        return None
    if len(names) != 1:
        raise Problem(400, "Name one graph, with ?graph=IRI, or ask for the ?default one.")
    try:
        if _BAD & set(names[0]) or ":" not in names[0]:
            raise ValueError("it is not absolute, or holds a character that no IRI has")
        return NamedNode(names[0]).value
    except ValueError as error:
        raise Problem(400, f"{names[0]!r} is no IRI of a graph: {error}.") from error


def _exists(name: str | None) -> bool:
    """Whether there is such a graph; the default one always is."""
    if name is None:
        return True
    ask = Question(f"ASK {{ GRAPH <{name}> {{}} }}", ("text/plain",), union=False)
    return b"".join(run(ask).chunks) == b"true"


def _require(name: str | None) -> None:
    if not _exists(name):
        raise Problem(404, f"There is no graph {name} in this store.")


def _read(name: str | None) -> Response:
    _require(name)
    where = "{ ?s ?p ?o }" if name is None else f"{{ GRAPH <{name}> {{ ?s ?p ?o }} }}"
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {where}"
    offers = [kind for kind, form in GRAPHS.items() if not form.supports_datasets]
    offers = list(dict.fromkeys([*offers, "application/ld+json"]))
    wanted = tuple(preferences(request, offers))
    if not wanted:
        raise Problem(406, f"Graphs come as {', '.join(offers)}.", available=offers)
    question = Question(query, wanted, prefixes=dict(served().prefixes), union=False)
    return reply(question)


def _delete(name: str | None) -> Response:
    owned = check_targets(_targets(name), check_role(request))
    _require(name)
    text = f"DROP GRAPH <{name}>" if name is not None else "CLEAR DEFAULT"
    write(text, None, owned=owned)
    return Response(status=204)


def _write(name: str | None, replace: bool) -> Response:
    owned = check_targets(_targets(name), check_role(request))
    lines = list(_statements(name))
    existed = _exists(name)
    parts = []
    if replace and name is not None:
        parts.append(f"DROP SILENT GRAPH <{name}>")
    elif replace:
        parts.append("CLEAR DEFAULT")
    if name is not None:
        parts.append(f"CREATE SILENT GRAPH <{name}>")
    write(" ;\n".join([*parts, *lines]), None, owned=owned)
    return Response(status=204 if existed else 201)


def _create() -> Response:
    """A POST to the store itself makes a new graph and tells its address (section 5.5)."""
    name = url_for("sparql.direct_graph", path=secrets.token_hex(8), _external=True)
    response = _write(name, replace=False)
    response.headers["Location"] = name
    return response


def _targets(name: str | None) -> Targets:
    if name is None:
        return _NOWHERE
    return Targets(frozenset([name]), anything=False, loads=frozenset())


def _statements(name: str | None) -> Iterator[str]:
    """The insertion of what the request holds. Raises Problem 400 and 415."""
    if request.mimetype == "multipart/form-data":
        triples = [
            triple
            for number, part in enumerate(request.files.values(), start=1)
            for triple in _parse(part.read(), part.mimetype, name, number)
        ]
    else:
        kind = request.mimetype or "text/turtle"
        triples = _parse(request.get_data(), kind, name, 0)
    if name is not None:
        graph = NamedNode(name)
        text = insertion(Quad(q.subject, q.predicate, q.object, graph) for q in triples)
    else:
        rows = "\n".join(f"{q.subject} {q.predicate} {q.object} ." for q in triples)
        text = f"INSERT DATA {{ {rows} }}" if rows else ""
    if text:
        yield text


def _parse(data: bytes, kind: str, name: str | None, part: int) -> list[Quad]:
    form = TAKEN.get(kind)
    if form is None or (form.supports_datasets and form != RdfFormat.JSON_LD):
        taken = ", ".join(t for t, f in TAKEN.items() if not f.supports_datasets)
        raise Problem(415, f"A graph of type '{kind}' is not taken: send {taken}.")
    base = name or request.base_url
    try:
        quads = list(pyoxigraph.parse(data, form, base_iri=base, rename_blank_nodes=True))
    except (SyntaxError, ValueError) as error:
        where = f"part {part} of the request" if part else "the request's body"
        place = {"line": error.lineno} if isinstance(error, SyntaxError) and error.lineno else {}
        raise Problem(400, f"There is no {kind} in {where}: {error}", **place) from error
    if any(not isinstance(q.subject, NamedNode | BlankNode) for q in quads):
        raise Problem(400, "Triples about triples are not taken.")
    return quads


def _options() -> Response:
    response = Response(status=204)
    response.headers["Allow"] = ", ".join(METHODS)
    response.headers["Access-Control-Allow-Methods"] = ", ".join(METHODS)
    response.headers["Access-Control-Allow-Headers"] = "Accept, Authorization, Content-Type"
    return response
