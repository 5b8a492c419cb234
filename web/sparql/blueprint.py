"""The addresses of the endpoint: /sparql, /graph-store and /.well-known/void."""

from __future__ import annotations

from flask import Blueprint, Response, request

from kb.endpoint.updates import targets, with_dataset
from kb.querying import GRAPHS, RESULTS, WORDS, Question
from web.context import knowledge_base
from web.filters import read_as_of
from web.negotiation import FORMATS as RDF_FORMATS
from web.negotiation import preferences, prefers_html
from web.problems import Problem
from web.sparql import descriptions, pages
from web.sparql.graph_store import METHODS, graph_store
from web.sparql.operations import QUERY, UPDATE, Operation, read
from web.sparql.replies import reply, told
from web.sparql.served import check_role, check_targets, served, write

blueprint = Blueprint("sparql", __name__)

# Formats by the name that ?format= gives them.
FORMATS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    **RDF_FORMATS,
    "trig": "application/trig",
    "nquads": "application/n-quads",
}
# Media types that clients send for the same formats.
SYNONYMS = {"application/json": FORMATS["json"], "application/xml": FORMATS["xml"]}
OFFERS = (*RESULTS, *GRAPHS, *WORDS, *SYNONYMS)


@blueprint.route("/sparql", methods=["GET", "POST", "OPTIONS"], strict_slashes=False)
def sparql() -> Response:
    """A query's answer, or an update; without either, the page, or what the service is."""
    if request.method == "OPTIONS":
        return _preflight()
    operation = read(request)
    if operation is None:
        return _nothing_asked()
    if operation.update:
        return _update(operation)
    if pages.possible() and prefers_html(request) and "format" not in request.args:
        return pages.answered(operation.text, lambda: _question(operation, pages.SHOWN))
    return reply(told(lambda: _question(operation, _wanted())))


def _nothing_asked() -> Response:
    if request.method == "GET" and pages.possible() and prefers_html(request):
        return pages.form()
    if request.method == "GET" and not {"query", "update"} & set(request.args):
        return descriptions.service()
    raise Problem(400, "There is no query: send one in the parameter 'query'.")


def _question(operation: Operation, accept: tuple[str, ...]) -> Question:
    here = served()
    default, named = _dataset(operation)
    text = operation.text
    if here.written_out is not None:
        text = here.written_out(text)
    return Question(
        text,
        accept,
        default,
        named,
        base=here.base or request.base_url,
        union=here.union,
    )


def _dataset(operation: Operation) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The default and named graphs: those of the articles up to the day of ``as_of``, if given.

    Raises Problem 400 where the request names graphs of its own, too.
    """
    default, named = operation.default_graphs, operation.named_graphs
    day = read_as_of(request.values)
    if day is None:
        return default, named
    if default or named or not pages.possible():
        raise Problem(400, "'as_of' names the dataset: send it without graphs of your own.")
    graphs = tuple(knowledge_base().graphs_as_of(day))
    return graphs, graphs


def _wanted() -> tuple[str, ...]:
    """Media types that the client takes, best first. Raises Problem 400 and 406."""
    name = request.args.get("format")
    if name is not None:
        if name not in FORMATS:
            raise Problem(400, f"There is no format '{name}': choose one of {', '.join(FORMATS)}.")
        return (FORMATS[name],)
    found = tuple(dict.fromkeys(SYNONYMS.get(t, t) for t in preferences(request, OFFERS)))
    if not found:
        offers = [*RESULTS, *GRAPHS, *WORDS]
        raise Problem(406, f"Answers come as {', '.join(offers)}.", available=offers)
    return found


def _update(operation: Operation) -> Response:
    """Run an update, if who sends it may."""
    base = served().base or request.base_url
    administrator = check_role(request)
    owned = check_targets(told(lambda: targets(operation.text, base)), administrator)
    text = told(
        lambda: with_dataset(operation.text, operation.default_graphs, operation.named_graphs)
    )
    told(lambda: write(text, base, owned=owned))
    return Response(status=204)


@blueprint.route("/graph-store", methods=METHODS)
def indirect_graph() -> Response:
    """A graph by ?graph= or ?default."""
    return told(graph_store)


@blueprint.route("/graph-store/<path:path>", methods=METHODS)
def direct_graph(path: str) -> Response:
    """The graph whose IRI is this address."""
    return told(lambda: graph_store(path))


@blueprint.route("/.well-known/void")
def void() -> Response:
    """What the dataset holds (VoID)."""
    return descriptions.dataset()


def _preflight() -> Response:
    """What scripts of other sites may send (Fetch standard, CORS preflight)."""
    response = Response(status=204)
    response.headers["Allow"] = "GET, HEAD, POST, OPTIONS"
    response.headers["Accept-Post"] = f"{QUERY}, {UPDATE}, application/x-www-form-urlencoded"
    response.headers["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
    response.headers["Access-Control-Allow-Headers"] = "Accept, Authorization, Content-Type"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response
