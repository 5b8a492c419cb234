"""The clients that people use, as they are, against the endpoint on its production server."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, JSON, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, QueryBadFormed, Unauthorized

from tests.endpoint.conftest import ADMIN, EX
from tests.servers import oxigraph

ONE = f"SELECT ?o {{ GRAPH ?g {{ <{EX}s7> <{EX}p> ?o }} }}"


def converted(client: SPARQLWrapper) -> Any:
    """The answer in the client's own form for it."""
    return client.queryAndConvert()


def test_sparqlwrapper_asks_in_its_formats(address: str) -> None:
    client = SPARQLWrapper(f"{address}/sparql")
    client.setQuery(ONE)
    client.setReturnFormat(JSON)
    rows = converted(client)["results"]["bindings"]
    assert [row["o"]["value"] for row in rows] == ["value 7"]
    client.setReturnFormat(CSV)
    table = converted(client).decode()
    assert list(csv.reader(io.StringIO(table))) == [["o"], ["value 7"]]
    client.setReturnFormat(TURTLE)
    client.setQuery(f"CONSTRUCT {{ <{EX}s7> ?p ?o }} {{ GRAPH ?g {{ <{EX}s7> ?p ?o }} }}")
    assert len(Graph().parse(data=converted(client), format="turtle")) == 1


def test_sparqlwrapper_tells_what_is_wrong(address: str) -> None:
    client = SPARQLWrapper(f"{address}/sparql")
    client.setQuery("SELECT * { ?s ?p")
    with pytest.raises(QueryBadFormed):
        client.query()
    client.setMethod("POST")
    client.setQuery(f"INSERT DATA {{ GRAPH <{EX}mine> {{ <{EX}s> <{EX}p> 1 }} }}")
    with pytest.raises((Unauthorized, EndPointInternalError)):
        client.query()


def test_sparqlwrapper_updates_with_the_token_as_password(address: str) -> None:
    client = SPARQLWrapper(f"{address}/sparql")
    client.setCredentials("anyone", ADMIN)
    client.setMethod("POST")
    client.setQuery(f"INSERT DATA {{ GRAPH <{EX}mine> {{ <{EX}s> <{EX}p> 1 }} }}")
    client.query()
    client.setReturnFormat(JSON)
    client.setMethod("GET")
    client.setQuery(f"ASK {{ GRAPH <{EX}mine> {{ ?s ?p ?o }} }}")
    assert converted(client)["boolean"] is True


def test_rdflib_reads_and_writes_through_its_stores(address: str) -> None:
    graph = Graph(SPARQLStore(f"{address}/sparql"))
    assert [str(row[0]) for row in graph.query(ONE)] == ["value 7"]  # type: ignore[index]
    store = SPARQLUpdateStore(
        f"{address}/sparql", f"{address}/sparql", auth=("anyone", ADMIN), context_aware=True
    )
    own = Graph(store, URIRef(f"{EX}mine"))
    own.add((URIRef(f"{EX}a"), URIRef(f"{EX}b"), URIRef(f"{EX}c")))
    assert set(own) == {(URIRef(f"{EX}a"), URIRef(f"{EX}b"), URIRef(f"{EX}c"))}


def test_curl_asks_in_one_line(address: str) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not installed")
    command = [curl, "--silent", "--fail", "-H", "Accept: text/csv", f"{address}/sparql"]
    found = subprocess.run(
        [*command, "--data-urlencode", f"query={ONE}"], capture_output=True, check=True
    )
    assert found.stdout.split() == [b"o", b"value", b"7"]


def test_a_query_of_another_server_reaches_into_this_one(address: str, tmp_path: Path) -> None:
    query = f"SELECT ?o {{ SERVICE <{address}/sparql> {{ GRAPH ?g {{ <{EX}s7> <{EX}p> ?o }} }} }}"
    accept = {"Accept": "application/sparql-results+json"}
    with oxigraph(tmp_path / "other") as other:
        request = urllib.request.Request(
            f"{other}/query?{urlencode({'query': query})}", headers=accept
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            rows = json.load(answer)["results"]["bindings"]
    assert [row["o"]["value"] for row in rows] == ["value 7"]
