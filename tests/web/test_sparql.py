"""The query operation of the SPARQL 1.1 Protocol, and its page."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from rdflib import Graph

from kb.knowledge_base import KnowledgeBase
from web.queries import examples

LABELS = """PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?event ?label WHERE { ?event a sem:Event ; rdfs:label ?label } ORDER BY ?event"""
GRAPH = """PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
CONSTRUCT { ?event rdfs:label ?label } WHERE { ?event a sem:Event ; rdfs:label ?label }"""
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def test_rows_are_the_same_in_every_format(client: FlaskClient, sample_kb: KnowledgeBase) -> None:
    def ask(accept: str, media_type: str) -> str:
        response = client.get("/sparql", query_string={"query": LABELS}, headers={"Accept": accept})
        assert response.status_code == 200
        assert response.mimetype == media_type
        assert "Accept" in response.headers["Vary"]
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        return response.text

    bindings = json.loads(ask("*/*", "application/sparql-results+json"))["results"]["bindings"]
    labels = [row["label"]["value"] for row in bindings]
    assert len(labels) == sample_kb.overview().events
    assert json.loads(ask("application/json", "application/sparql-results+json"))
    rows = list(csv.DictReader(io.StringIO(ask("text/csv", "text/csv"))))
    assert [row["label"] for row in rows] == labels
    tsv = ask("text/tab-separated-values", "text/tab-separated-values").splitlines()
    assert tsv[0].split("\t") == ["?event", "?label"]
    assert len(tsv) == len(labels) + 1
    xml = ask("application/sparql-results+xml", "application/sparql-results+xml")
    assert xml.count("<result>") == len(labels)


def test_quality_values_decide(client: FlaskClient) -> None:
    def chosen(query: str, accept: str) -> str | None:
        return client.get(
            "/sparql", query_string={"query": query}, headers={"Accept": accept}
        ).mimetype

    assert chosen(LABELS, "text/csv;q=0.2, application/sparql-results+xml;q=0.8") == (
        "application/sparql-results+xml"
    )
    assert chosen(LABELS, "application/sparql-results+json;q=0, */*") == (
        "application/sparql-results+xml"
    )
    assert chosen(GRAPH, "text/csv, application/n-triples;q=0.5, text/turtle;q=0.4") == (
        "application/n-triples"
    )


def test_graphs_come_as_rdf(client: FlaskClient, sample_kb: KnowledgeBase) -> None:
    for media_type, name in (
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ):
        response = client.get(
            "/sparql", query_string={"query": GRAPH}, headers={"Accept": media_type}
        )
        assert response.mimetype == media_type
        graph = Graph().parse(data=response.text, format=name)
        assert len(graph) == sample_kb.overview().events


def test_all_three_ways_of_asking_agree(client: FlaskClient) -> None:
    get = client.get("/sparql", query_string={"query": LABELS})
    form = client.post("/sparql", data={"query": LABELS})
    direct = client.post("/sparql", data=LABELS, content_type="application/sparql-query")
    assert get.data == form.data == direct.data
    assert get.status_code == form.status_code == direct.status_code == 200


def test_named_graphs_of_the_request_are_the_dataset(
    client: FlaskClient, sample_kb: KnowledgeBase
) -> None:
    slug = sample_kb.articles(None, 1).articles[0].slug
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"

    def triples(**dataset: str) -> int:
        response = client.get("/sparql", query_string={"query": count, **dataset})
        return int(response.get_json(force=True)["results"]["bindings"][0]["n"]["value"])

    one = triples(**{"default-graph-uri": f"{sample_kb.base}graph/{slug}"})
    assert 0 < one < triples()


def test_a_malformed_query_is_placed(client: FlaskClient) -> None:
    broken = "SELECT ?s WHERE {\n  ?s ?p }"
    response = client.get("/sparql", query_string={"query": broken})
    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"
    problem = response.get_json(force=True)
    assert problem["line"] == 2
    assert problem["column"] > 1
    page = client.get("/sparql", query_string={"query": broken}, headers=BROWSER)
    assert page.status_code == 400
    assert page.mimetype == "text/html"
    assert broken in unescape(page.text)


@pytest.mark.parametrize(
    ("data", "content_type", "status"),
    [
        ({"update": "DROP ALL"}, None, 403),
        ("DROP ALL", "application/sparql-update", 403),
        ("DROP ALL", "application/sparql-query", 400),
        ("{}", "application/json", 415),
        ({"quarry": LABELS}, None, 400),
        (b"SELECT \xff", "application/sparql-query", 400),
    ],
)
def test_what_is_no_query_is_refused_and_nothing_changes(
    client: FlaskClient,
    sample_kb: KnowledgeBase,
    data: dict[str, str] | str | bytes,
    content_type: str | None,
    status: int,
) -> None:
    before = sample_kb.overview()
    response = client.post("/sparql", data=data, content_type=content_type)
    assert response.status_code == status
    assert response.get_json(force=True)["detail"]
    assert sample_kb.overview() == before


def test_formats_that_do_not_fit_are_refused_with_a_list(client: FlaskClient) -> None:
    for query, accept in ((LABELS, "image/png"), (LABELS, "text/turtle"), (GRAPH, "text/csv")):
        response = client.get("/sparql", query_string={"query": query}, headers={"Accept": accept})
        assert response.status_code == 406
        assert "text/csv" in response.get_json(force=True)["available"]


def test_a_query_cannot_reach_other_servers(client: FlaskClient) -> None:
    query = "SELECT * WHERE { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }"
    response = client.get("/sparql", query_string={"query": query})
    assert response.status_code == 400
    assert "SERVICE" in response.get_json(force=True)["detail"]


def test_every_example_answers_on_its_page(client: FlaskClient, sample_kb: KnowledgeBase) -> None:
    for example in examples(sample_kb.base):
        response = client.get("/sparql", query_string={"query": example.query}, headers=BROWSER)
        assert response.status_code == 200, response.text
        assert response.mimetype == "text/html"
        assert "<td>" in response.text or "<pre" in response.text, example.question
        assert ">0 rows<" not in response.text


def test_iris_of_the_knowledge_base_link_to_its_pages(client: FlaskClient) -> None:
    html = client.get("/sparql", query_string={"query": LABELS}, headers=BROWSER).text
    link = re.search(r'<td><a href="(/event/[^"]+)"', html)
    assert link
    assert client.get(link[1], headers=BROWSER).status_code == 200


@pytest.mark.parametrize(("pattern", "word"), [("?s ?p ?o", "Yes"), ("?s ?s ?s", "No")])
def test_yes_and_no_are_said(client: FlaskClient, pattern: str, word: str) -> None:
    html = client.get("/sparql", query_string={"query": f"ASK {{ {pattern} }}"}, headers=BROWSER)
    assert f"<strong>{word}</strong>" in html.text


def test_scripts_of_other_sites_may_ask(client: FlaskClient) -> None:
    response = client.options(
        "/sparql",
        headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"},
    )
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
