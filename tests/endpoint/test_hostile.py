"""Malformed, hostile and random requests: told what is wrong, and nothing is changed or told."""

from __future__ import annotations

import json
import string
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.endpoint import Endpoint
from kb.querying import Question
from kb.store.embedded import EmbeddedStore
from tests.endpoint.conftest import EX, tight
from web.application import create_endpoint

PIECES = (
    "SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "WHERE", "{", "}", "(", ")", "?s", "?p", "?o", "*",
    ".", ";", ",", "FILTER", "OPTIONAL", "UNION", "MINUS", "GRAPH", "SERVICE", "SILENT", "VALUES",
    "BIND", "AS", "COUNT", "GROUP BY", "ORDER BY", "LIMIT 3", "OFFSET", "FROM", "NAMED", "BASE",
    "PREFIX x: <x:>", "<x:a>", "x:a", "_:b", '"text"', "'", '"""', "1e9", "true", "^", "/", "|",
    "+", "!", "INSERT DATA", "DELETE", "DROP ALL", "CLEAR", "LOAD <http://127.0.0.1:9/>", "WITH",
    "USING", "#", "\\u0000", "\x00", "\u202e", "𝒳", "REGEX(?s, '(a+)+$')", "NOW()", "UUID()",
)  # fmt: skip
TEXT = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=24).map(" ".join),
    st.text(max_size=200),
    st.sampled_from(["(" * 5_000, "{" * 5_000, "SELECT * {" + "{" * 400 + "}" * 400 + "}"]),
)
NAMES = st.sampled_from(
    ["query", "update", "default-graph-uri", "named-graph-uri", "using-graph-uri", "format",
     "as_of", "graph", "default", "x"]
)  # fmt: skip
HEADERS = st.dictionaries(
    st.sampled_from(
        ["Accept", "Content-Type", "Authorization", "If-None-Match", "Accept-Encoding"]
    ),
    st.one_of(
        st.sampled_from(
            ["*/*", "text/html", "application/sparql-query", "application/sparql-update",
             "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/turtle",
             "image/png", "text/csv;q=0", "Bearer x", "Basic eDp5", "application/sparql-query; "
             "charset=utf-16", "a/b;;q=2,,"]
        ),
        st.text(string.printable.replace("\r", "").replace("\n", ""), max_size=30),
    ),
    max_size=4,
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FlaskClient, Endpoint]]:
    """An endpoint with a few triples, whose token nobody knows."""
    store = EmbeddedStore(tmp_path_factory.mktemp("hostile") / "kb" / "store", create=True)
    store.update(f'INSERT DATA {{ GRAPH <{EX}g> {{ <{EX}s> <{EX}p> "o" . <{EX}t> <{EX}p> 1 }} }}')
    with Endpoint(store, tight(seconds=20)) as endpoint:
        app: Flask = create_endpoint(endpoint, admin_token="never told")
        yield app.test_client(), endpoint
    store.close()


@settings(
    max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"]),
    path=st.sampled_from(["/sparql", "/sparql/", "/graph-store", "/graph-store/a/b", "/void"]),
    fields=st.lists(st.tuples(NAMES, TEXT), max_size=4),
    in_body=st.booleans(),
    raw=st.one_of(
        st.none(), st.binary(max_size=200), TEXT.map(lambda t: t.encode("utf-8", "replace"))
    ),
    headers=HEADERS,
)
def test_no_request_breaks_it(
    site: tuple[FlaskClient, Endpoint],
    method: str,
    path: str,
    fields: list[tuple[str, str]],
    in_body: bool,
    raw: bytes | None,
    headers: dict[str, str],
) -> None:
    client, endpoint = site
    generation = endpoint.store.generation
    named = [(name, value.encode("utf-8", "replace").decode()) for name, value in fields]
    data = raw if raw is not None else (dict(named) if in_body and method == "POST" else None)
    query = None if in_body else dict(named)
    answer = client.open(path, method=method, query_string=query, data=data, headers=headers)
    assert answer.status_code < 500 or answer.status_code == 503, answer.text
    if answer.status_code >= 400 and method != "HEAD":
        problem = json.loads(answer.data)
        assert problem["detail"]
        assert "Traceback" not in answer.text
        assert ".py" not in answer.text
    assert endpoint.store.generation == generation


def test_nothing_was_changed_by_all_that(site: tuple[FlaskClient, Endpoint]) -> None:
    query = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    answer = site[1].ask(Question(query, ("text/csv",), union=False))
    assert b"".join(answer.chunks).split() == [b"n", b"2"]


def test_a_query_of_ten_megabytes_is_refused(site: tuple[FlaskClient, Endpoint]) -> None:
    query = "SELECT * { ?s ?p ?o } #" + "x" * 10_000_000
    answer = site[0].post("/sparql", data=query, content_type="application/sparql-query")
    assert answer.status_code == 413
    assert "bytes" in json.loads(answer.data)["detail"]


def test_deep_nesting_is_refused_or_answered(site: tuple[FlaskClient, Endpoint]) -> None:
    for depth in (100, 10_000, 100_000):
        query = "ASK " + "{" * depth + "}" * depth
        answer = site[0].post("/sparql", data=query, content_type="application/sparql-query")
        assert answer.status_code in (200, 400, 503)
    assert site[0].get("/sparql?query=ASK%7B%7D").get_json(force=True)["boolean"] is True
