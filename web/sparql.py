"""The SPARQL 1.1 Protocol's query operation, and a page for people (no updates: they ingest)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from kb.errors import QueryError
from kb.querying import Answer
from web.context import context, knowledge_base
from web.negotiation import HTML, preferences, prefers_html
from web.problems import Problem
from web.queries import examples
from web.tables import read_tsv

blueprint = Blueprint("sparql", __name__)

TSV = "text/tab-separated-values"
TURTLE = "text/turtle"
# Formats by the name that ?format= gives them, the first of each kind being the default.
RESULTS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": TSV,
}
GRAPHS = {
    "turtle": TURTLE,
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}
# Media types that clients send for the same formats.
SYNONYMS = {"application/json": RESULTS["json"], "application/xml": RESULTS["xml"]}
OFFERS = (*RESULTS.values(), *GRAPHS.values(), *SYNONYMS)
PREVIEW = 200_000
"""Bytes of a graph that the page shows."""
NO_UPDATES = (
    "This endpoint answers queries and takes no updates: what it knows comes from articles. "
    "Add one at {ingest}, or with POST /api/articles."
)


@blueprint.route("/sparql", methods=["GET", "POST", "OPTIONS"])
def sparql() -> Response:
    """A query's answer; without a query, the form for browsers."""
    if request.method == "OPTIONS":
        return _preflight()
    query = _query()
    if query is None:
        if request.method == "GET" and prefers_html(request):
            return _page(examples(knowledge_base().base)[0].query)
        raise Problem(400, "There is no query: send one in the parameter 'query'.")
    page = prefers_html(request) and "format" not in request.args
    try:
        answer = _ask(query, [TSV, TURTLE] if page else _wanted())
    except QueryError as error:
        if page:
            return _page(query, status=400, error=str(error))
        raise Problem(400, str(error), **_position(error)) from error
    if page:
        return _page(query, **_shown(answer))
    response = Response(answer.chunks, mimetype=answer.media_type)
    response.vary.add("Accept")
    return response


def _query() -> str | None:
    """The query of the request, None without one (SPARQL 1.1 Protocol, 2.1 and 2.2)."""
    kind = request.mimetype if request.method == "POST" else ""
    if kind == "application/sparql-update" or "update" in request.values:
        raise Problem(403, NO_UPDATES.format(ingest=url_for("ingestion.form")))
    if kind == "application/sparql-query":
        try:
            return request.get_data().decode("utf-8")
        except UnicodeDecodeError as error:
            raise Problem(400, f"The query is not in UTF-8: {error.reason}.") from error
    if kind not in {"", "application/x-www-form-urlencoded", "multipart/form-data"}:
        raise Problem(
            415,
            f"A query of type '{kind}' is not taken: send application/sparql-query, "
            "or a form with the field 'query'.",
        )
    given = request.values.getlist("query")
    if len(given) > 1:
        raise Problem(400, "There are several queries: send one.")
    return given[0] if given and given[0].strip() else None


def _wanted() -> list[str]:
    """Media types that the client takes, best first. Raises Problem 400 and 406."""
    name = request.args.get("format")
    if name is not None:
        chosen = {**RESULTS, **GRAPHS}.get(name)
        if chosen is None:
            known = ", ".join((*RESULTS, *GRAPHS))
            raise Problem(400, f"There is no format '{name}': choose one of {known}.")
        return [chosen]
    return list(dict.fromkeys(SYNONYMS.get(t, t) for t in preferences(request, OFFERS)))


def _ask(query: str, media_types: list[str]) -> Answer:
    try:
        return knowledge_base().query(
            query,
            media_types,
            default_graphs=request.values.getlist("default-graph-uri"),
            named_graphs=request.values.getlist("named-graph-uri"),
        )
    except LookupError as error:
        if type(error) is not LookupError:
            raise  # a KeyError is a mistake of ours, not of the client's
        offers = [*RESULTS.values(), *GRAPHS.values()]
        raise Problem(406, f"Answers come as {', '.join(offers)}.", available=offers) from error


def _position(error: QueryError) -> dict[str, int]:
    place = {"line": error.line, "column": error.column}
    return {name: number for name, number in place.items() if number is not None}


def _shown(answer: Answer) -> dict[str, Any]:
    """What the page shows of an answer, read only as far as it is shown."""
    if answer.media_type != TSV:
        data, cut = _beginning(answer.chunks, PREVIEW)
        return {"graph": data.decode("utf-8", "ignore"), "cut": cut}
    table = read_tsv(answer.chunks, context().settings.table_rows)
    if table.variables in {("true",), ("false",)}:
        return {"truth": table.variables == ("true",)}
    return {"table": table}


def _beginning(chunks: Iterable[bytes], size: int) -> tuple[bytes, bool]:
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > size:
            return bytes(data[:size]), True
    return bytes(data), False


def _page(query: str, status: int = 200, **shown: Any) -> Response:
    base = knowledge_base().base
    values = {"table": None, "truth": None, "graph": None, "error": None, **shown}
    html = render_template(
        "sparql.html",
        query=query,
        examples=examples(base),
        result_formats=tuple(RESULTS),
        graph_formats=tuple(GRAPHS),
        local=_local,
        **values,
    )
    response = Response(html, status=status, mimetype=HTML)
    response.vary.add("Accept")
    return response


def _local(iri: str) -> str | None:
    """The page of an IRI of this knowledge base, whatever host serves it; None of any other."""
    base = knowledge_base().base
    kind, _, slug = iri.removeprefix(base).partition("/") if iri.startswith(base) else ("", "", "")
    slug, _, fragment = slug.partition("#")
    endpoint = {"event": "events.event", "entity": "entities.entity", "article": "articles.article"}
    if kind not in endpoint or not slug or "/" in slug:
        return None
    return url_for(endpoint[kind], slug=slug, _anchor=fragment or None)


def _preflight() -> Response:
    """What scripts of other sites may send (Fetch standard, CORS preflight)."""
    response = Response(status=204)
    response.headers["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
    response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response
