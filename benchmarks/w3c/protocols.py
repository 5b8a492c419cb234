"""Tests of the SPARQL Protocol, the Graph Store Protocol and the Service Description."""

from __future__ import annotations

import json

import pyoxigraph
from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

from benchmarks.w3c.client import Answer, Client, Failed, escape
from benchmarks.w3c.manifests import CNT, HT, MF, UT, Test, path_of

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
CODES = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404, "BadRequest": 400}
FORMATS = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": ("application/sparql-results+json", "application/sparql-results+xml", "text/csv"),
    "RDF": ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"),
}


def connection(test: Test, client: Client) -> None:
    """The requests of a test in order, each with what has to come back."""
    client.empty()
    for part in test.graph.objects(test.node, UT.graphData):
        path, name = test.graph.value(part, UT.graph), test.graph.value(part, RDFS.label)
        assert path is not None
        client.load(str(name), "application/n-triples", path_of(path).read_bytes())
    location = ""
    for node in test.items(test.one(MF.action, HT.requests)):
        answer, target = _send(test, node, client, location)
        location = answer.headers.get("Location", location)
        response = test.graph.value(node, HT.resp)
        if response is not None:
            _check(test, response, answer, target)


def _send(test: Test, node: Node, client: Client, location: str) -> tuple[Answer, str]:
    graph = test.graph
    path = str(graph.value(node, HT.absolutePath)).replace("$LOCATION$", escape(location))
    if path.startswith("/sparql/"):
        target = client.endpoint + path.removeprefix("/sparql/")
    else:
        target = client.graph_store + path.removeprefix("/gsp")
    headers = _headers(test, node)
    body = graph.value(node, HT.body)
    data = None
    if body is not None:
        encoding = str(graph.value(body, CNT.characterEncoding) or "utf-8")
        text = str(graph.value(body, CNT.chars)).replace("$LOCATION$", location)
        data = text.encode(encoding)
    return client.send(str(graph.value(node, HT.methodName)), target, headers, data), target


def _headers(test: Test, node: Node) -> dict[str, str]:
    found = {}
    for header in test.items(test.graph.value(node, HT.headers)):
        name = str(test.graph.value(header, HT.fieldName))
        found[name] = str(test.graph.value(header, HT.fieldValue))
    return found


def _check(test: Test, node: Node, answer: Answer, target: str) -> None:
    graph = test.graph
    allowed = [str(code).partition("#")[2] for code in graph.objects(node, MF.expectedStatus)]
    if allowed and not any(_is(answer.status, code) for code in allowed):
        raise Failed(f"status {answer.status}, not {' or '.join(allowed)}: {answer.body[:200]!r}")
    form = graph.value(node, MF.expectedFormat)
    if form is not None and answer.media_type not in FORMATS[str(form)]:
        raise Failed(f"{answer.media_type} is no {form}")
    truth = graph.value(node, MF.expectedBoolean)
    if isinstance(truth, Literal):
        got = json.loads(answer.body)["boolean"]
        if got is not truth.toPython():
            raise Failed(f"the answer is {got}")
    if graph.value(node, MF.expectedLocation) is not None and "Location" not in answer.headers:
        raise Failed("there is no Location")
    body = graph.value(node, HT.body)
    if body is None:
        return
    kind = next(
        (v.partition(";")[0] for n, v in _headers(test, node).items() if n == "content-type"),
        "text/turtle",
    )
    wanted = Graph().parse(data=str(graph.value(body, CNT.chars)), format=kind, publicID=target)
    got = Graph().parse(data=answer.body, format=answer.media_type, publicID=target)
    if not isomorphic(wanted, got):
        raise Failed(f"another graph came back: {answer.body[:300]!r}")


def _is(status: int, code: str) -> bool:
    if code.endswith("xx"):
        return status // 100 == int(code[-3])
    return status == CODES[code]


def description(test: Test, client: Client) -> None:
    """What the endpoint says of itself."""
    answer = client.send("GET", client.endpoint, {"Accept": "text/turtle"})
    if answer.status != 200:
        raise Failed(f"status {answer.status}")
    try:
        list(pyoxigraph.parse(answer.body, pyoxigraph.RdfFormat.TURTLE, base_iri=client.endpoint))
    except SyntaxError as error:
        raise Failed(f"no RDF came back: {error}") from error
    graph = Graph().parse(data=answer.body, format="turtle", publicID=client.endpoint)
    services = list(graph.subjects(SD.endpoint, URIRef(client.endpoint)))
    if not services:
        raise Failed(f"nothing has the sd:endpoint {client.endpoint}")
    if (services[0], RDF.type, SD.Service) not in graph:
        raise Failed("what has the endpoint is no sd:Service")
    known = {str(term) for term in (SD.Service, SD.Dataset, SD.Graph, SD.NamedGraph)}
    types = {str(o) for o in graph.objects(None, RDF.type) if str(o).startswith(str(SD))}
    if not types <= known | {str(SD.GraphCollection), str(SD.Feature), str(SD.Language)}:
        raise Failed(f"unknown classes: {types - known}")
