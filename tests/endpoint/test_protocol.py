"""Over real HTTP, on the production server: the two protocols, conditions, errors."""

from __future__ import annotations

import gzip
import http.client
import json
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from rdflib import Graph

from kb.endpoint import Endpoint
from tests.endpoint.conftest import ADMIN, EX
from web.application import create_endpoint
from web.screenshot import serving

AUTHORISED = {"Authorization": f"Bearer {ADMIN}"}


class Sent:
    """What came back."""

    def __init__(self, status: int, headers: Any, body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    def json(self) -> Any:
        return json.loads(self.body)


def send(
    method: str, address: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> Sent:
    request = urllib.request.Request(address, body, headers or {}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return Sent(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        return Sent(error.code, error.headers, error.read())


def asked(address: str, query: str, **headers: str) -> Sent:
    return send("GET", f"{address}/sparql?{urlencode({'query': query})}", None, headers)


def updated(address: str, update: str, headers: dict[str, str] | None = None) -> Sent:
    own = {"Content-Type": "application/sparql-update", **(headers or {})}
    return send("POST", f"{address}/sparql", update.encode(), own)


def test_an_answer_is_conditional(address: str) -> None:
    query = f"SELECT ?o {{ GRAPH <{EX}g1> {{ <{EX}s1> ?p ?o }} }}"
    first = asked(address, query)
    assert first.status == 200
    again = asked(address, query, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")
    updated(address, f"INSERT DATA {{ GRAPH <{EX}g9> {{ <{EX}s1> <{EX}p> 1 }} }}", AUTHORISED)
    assert asked(address, query, **{"If-None-Match": first.headers["ETag"]}).status == 200


def test_head_tells_what_get_would(address: str) -> None:
    target = f"{address}/sparql?{urlencode({'query': 'ASK {}'})}"
    head, get = send("HEAD", target), send("GET", target)
    assert head.body == b""
    assert head.headers["Content-Length"] == str(len(get.body))
    assert head.headers["Content-Type"] == get.headers["Content-Type"]


@pytest.mark.parametrize("kind", ["text/plain", "text/boolean", "text/csv"])
def test_ask_comes_as_a_word(address: str, kind: str) -> None:
    found = asked(address, "ASK {}", Accept=kind)
    assert (found.headers.get_content_type(), found.body) == (kind, b"true")


def test_an_answer_that_is_cut_never_looks_whole(address: str) -> None:
    """More than is held back has been sent when the limit of rows is met."""
    query = "SELECT * { VALUES ?x { 1 2 3 4 5 6 7 8 } GRAPH ?g { ?s ?p ?o } }"
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    connection.request("GET", f"/sparql?{urlencode({'query': query})}")
    answer = connection.getresponse()
    if answer.status == 200:
        with pytest.raises((http.client.IncompleteRead, ConnectionError)):
            answer.read()
    else:
        assert answer.status == 503
        assert json.loads(answer.read())["limit"] in ("rows", "size")


def test_a_query_that_is_stopped_is_a_503_with_the_reason(endpoint: Endpoint) -> None:
    cross = "GRAPH ?x { ?a ?b ?c } GRAPH ?y { ?d ?e ?f } GRAPH ?z { ?g ?h ?i }"
    with serving(create_endpoint(endpoint)) as address:
        found = asked(address, f"SELECT * {{ {cross} }} ORDER BY ?c ?f ?i")
    assert found.status == 503
    assert found.json()["limit"] == "time"
    assert "2 seconds" in found.json()["detail"]


def test_updates_need_the_token(address: str) -> None:
    update = f"INSERT DATA {{ GRAPH <{EX}mine> {{ <{EX}s> <{EX}p> 1 }} }}"
    assert updated(address, update).status == 401
    assert updated(address, update, {"Authorization": "Bearer guess"}).status == 401
    assert asked(address, f"ASK {{ GRAPH <{EX}mine> {{ ?s ?p ?o }} }}").json()["boolean"] is False
    assert updated(address, update, AUTHORISED).status == 204
    assert asked(address, f"ASK {{ GRAPH <{EX}mine> {{ ?s ?p ?o }} }}").json()["boolean"] is True


@pytest.mark.parametrize(
    ("update", "status"),
    [("INSERT DATA { ", 400), (f"DROP GRAPH <{EX}nothing>", 422), ("CLEAR GRAPH ?g", 400)],
)
def test_an_update_that_can_not_be_done_changes_nothing(
    address: str, update: str, status: int
) -> None:
    query = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    before = asked(address, query).body
    found = updated(address, f"DELETE WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }} ; {update}", AUTHORISED)
    assert found.status == status
    assert found.json()["detail"]
    assert asked(address, query).body == before


def test_a_graph_is_written_read_and_removed(address: str) -> None:
    target = f"{address}/graph-store?{urlencode({'graph': EX + 'mine'})}"
    turtle = f"<{EX}a> <{EX}b> 'one', _:x . _:x <{EX}c> 2 ."
    kind = {"Content-Type": "text/turtle"}
    assert send("GET", target).status == 404
    assert send("PUT", target, turtle.encode(), kind).status == 401
    assert send("PUT", target, turtle.encode(), kind | AUTHORISED).status == 201
    found = send("GET", target, None, {"Accept": "application/rdf+xml"})
    assert len(Graph().parse(data=found.body, format="xml")) == 3
    assert send("POST", target, b"<x:a> <x:b> <x:c> .", kind | AUTHORISED).status == 204
    assert len(Graph().parse(data=send("GET", target).body, format="turtle")) == 4
    etag = send("GET", target).headers["ETag"]
    assert send("GET", target, None, {"If-None-Match": etag}).status == 304
    assert send("PUT", target, b"", kind | AUTHORISED).status == 204
    assert send("HEAD", target).status == 200
    assert send("DELETE", target, None, AUTHORISED).status == 204
    assert send("DELETE", target, None, AUTHORISED).status == 404


@pytest.mark.parametrize(
    ("query", "body", "kind", "status"),
    [
        ("graph=x:a", b"<x:a> <x:b> ", "text/turtle", 400),
        ("graph=x:a", b"{}", "application/json", 415),
        ("graph=x:a&default", b"", "text/turtle", 400),
        ("graph=no-iri", b"", "text/turtle", 400),
        ("graph=x:a%3E+%3Cx:b", b"", "text/turtle", 400),
        ("", b"", "text/turtle", 400),
    ],
)
def test_a_graph_that_can_not_be_is_refused(
    address: str, query: str, body: bytes, kind: str, status: int
) -> None:
    headers = {"Content-Type": kind} | AUTHORISED
    found = send("PUT", f"{address}/graph-store?{query}", body, headers)
    assert found.status == status
    assert found.json()["detail"]


def test_the_service_describes_itself(address: str) -> None:
    told = send("GET", f"{address}/sparql", None, {"Accept": "text/turtle"})
    graph = Graph().parse(data=told.body, format="turtle")
    query = """PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
    SELECT ?where { ?s a sd:Service ; sd:endpoint ?where ; sd:resultFormat ?format }"""
    found = {str(row[0]) for row in graph.query(query)}  # type: ignore[index]
    assert found == {f"{address}/sparql"}


def test_gzip_is_given_to_whoever_takes_it(address: str) -> None:
    query = "SELECT * { GRAPH ?g { ?s ?p ?o } } ORDER BY ?s"
    plain = asked(address, query, Accept="text/csv")
    packed = asked(address, query, Accept="text/csv", **{"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
