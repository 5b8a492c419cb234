"""The page of the endpoint: a form for a query, and its answer as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Response, current_app, render_template, url_for

from kb.endpoint import Reply
from kb.querying import Question
from web.context import EXTENSION, context, knowledge_base
from web.negotiation import FORMATS, HTML
from web.problems import Problem
from web.protection import policy
from web.queries import examples, offered_terms
from web.sparql.replies import run, told
from web.tables import read_tsv

TSV = "text/tab-separated-values"
SHOWN = (TSV, "text/turtle")
"""What the page shows: rows, or a graph."""
RESULT_FORMATS = ("json", "xml", "csv", "tsv")
GRAPH_FORMATS = tuple(FORMATS)
RESIZER = "sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk="
"""The one style element that the editor makes: that of the columns that can be resized."""
PREVIEW = 200_000
"""Bytes of a graph that the page shows."""


def possible() -> bool:
    """Whether there is a page: an endpoint over a bare store has none."""
    return EXTENSION in current_app.extensions


def form() -> Response:
    """The form, with an example in it."""
    return _page(examples(knowledge_base().base)[0].query)


def answered(query: str, question: Callable[[], Question]) -> Response:
    """The form with the answer, or with what is wrong with the query."""
    try:
        answer = run(told(question))
    except Problem as problem:
        if problem.code not in (400, 503):
            raise
        return _page(query, status=problem.code, error=problem.description)
    try:
        return _page(query, **_shown(answer))
    finally:
        answer.close()


def _shown(answer: Reply) -> dict[str, Any]:
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
        result_formats=RESULT_FORMATS,
        graph_formats=GRAPH_FORMATS,
        local=_local,
        settings=_editor(),
        **values,
    )
    response = Response(html, status=status, mimetype=HTML)
    response.vary.add("Accept")
    response.headers["Content-Security-Policy"] = policy(RESIZER)
    return response


def _editor() -> dict[str, Any]:
    """What the editor knows: where to ask, which prefixes there are, which terms to offer."""
    return {
        "endpoint": url_for("sparql.sparql"),
        "base": knowledge_base().base,
        "home": url_for("timeline.timeline"),
        "prefixes": knowledge_base().prefixes(),
        "terms": offered_terms(),
    }


def _local(iri: str) -> str | None:
    """The page of an IRI of this knowledge base, whatever host serves it; None of any other."""
    base = knowledge_base().base
    kind, _, slug = iri.removeprefix(base).partition("/") if iri.startswith(base) else ("", "", "")
    slug, _, fragment = slug.partition("#")
    endpoint = {"event": "events.event", "entity": "entities.entity", "article": "articles.article"}
    if kind not in endpoint or not slug or "/" in slug:
        return None
    return url_for(endpoint[kind], slug=slug, _anchor=fragment or None)
