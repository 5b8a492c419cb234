"""SPARQL answers: formats, mistakes with their place, what is refused, and streams."""

from __future__ import annotations

import csv
import io
import json
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from rdflib import Graph

from kb.errors import QueryError
from kb.knowledge_base import KnowledgeBase
from kb.querying import CHUNK, GRAPHS, RESULTS, Answer, check, run
from kb.terms import PREFIXES
from kb.views import TimelineFilter
from tests.kb.building import courier, stories
from tests.kb.conftest import put

PREFIX = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
LABELS = f"{PREFIX}SELECT ?label WHERE {{ ?e a sem:Event ; rdfs:label ?label }} ORDER BY ?label"
GRAPH = f"{PREFIX}CONSTRUCT {{ ?e rdfs:label ?l }} WHERE {{ ?e a sem:Event ; rdfs:label ?l }}"
JSON = ["application/sparql-results+json"]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with KnowledgeBase.open(tmp_path_factory.mktemp("asked") / "kb", create=True) as kb:
        put(kb, stories())
        yield kb


def body(answer: Answer) -> str:
    return b"".join(answer.chunks).decode()


def rows(kb: KnowledgeBase, query: str, **kwargs: object) -> list[dict[str, str]]:
    answer = kb.query(query, JSON, **kwargs)  # type: ignore[arg-type]
    bindings = json.loads(body(answer))["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in bindings]


def test_rows_in_every_format(asked: KnowledgeBase) -> None:
    labels = [row["label"] for row in rows(asked, LABELS)]
    assert "Google removes Parler" in labels
    table = list(csv.DictReader(io.StringIO(body(asked.query(LABELS, ["text/csv"])))))
    assert [row["label"] for row in table] == labels
    for media_type in RESULTS:
        answer = asked.query(LABELS, [media_type])
        assert answer.media_type == media_type
        assert labels[0] in body(answer)


def test_graphs_in_every_format(asked: KnowledgeBase) -> None:
    expected = len(rows(asked, LABELS))
    names = {"text/turtle": "turtle", "application/n-triples": "nt", "application/rdf+xml": "xml",
             "application/ld+json": "json-ld"}  # fmt: skip
    for media_type, name in names.items():
        answer = asked.query(GRAPH, [media_type])
        assert answer.media_type == media_type
        assert len(Graph().parse(data=body(answer), format=name)) == expected
    for media_type in GRAPHS:
        assert body(asked.query(GRAPH, [media_type]))


def test_the_first_type_that_fits_the_form_of_the_query_is_taken(asked: KnowledgeBase) -> None:
    accept = ["text/turtle", "text/csv", "application/n-triples"]
    assert asked.query(LABELS, accept).media_type == "text/csv"
    assert asked.query(GRAPH, accept).media_type == "text/turtle"
    with pytest.raises(LookupError, match="text/csv"):
        asked.query(LABELS, ["text/turtle"])
    with pytest.raises(LookupError, match="text/turtle"):
        asked.query(GRAPH, ["text/csv"])


@pytest.mark.parametrize(("pattern", "truth"), [("?s ?p ?o", True), ("?s ?p 123456", False)])
def test_yes_or_no(asked: KnowledgeBase, pattern: str, truth: bool) -> None:
    query = f"ASK {{ {pattern} }}"
    assert json.loads(body(asked.query(query, JSON)))["boolean"] is truth
    assert body(asked.query(query, ["text/csv"])) == str(truth).lower()


def test_the_question_of_the_plan(asked: KnowledgeBase) -> None:
    query = """SELECT ?label ?from WHERE { ?e a sem:Event ; dl:agent ent:google ;
               rdfs:label ?label ; sem:hasEarliestBeginTimeStamp ?from } ORDER BY ?from"""
    with pytest.raises(QueryError, match=r"(?i)prefix"):
        asked.query(query)
    assert rows(asked, query, preset_prefixes=True) == [
        {
            "label": "Google removes Parler",
            "from": "2021-01-08T00:00:00",
        }
    ]


def test_the_dataset_is_the_union_unless_it_is_named(asked: KnowledgeBase) -> None:
    count = "SELECT (COUNT(DISTINCT ?c) AS ?n) {0} WHERE {{ ?c a <{1}Claim> }}"
    own = PREFIXES["dl"]
    graph = asked.iris.graph("courier-1").value
    merged = asked.iris.merged.value

    def number(clause: str = "", **kwargs: object) -> int:
        (row,) = rows(asked, count.format(clause, own), **kwargs)
        return int(row["n"])

    assert number() == 10
    assert number(f"FROM <{graph}>") == 4
    assert number(f"FROM <{merged}>") == 0
    assert number(f"# FROM <{merged}>\n") == 10
    assert number(default_graphs=[graph]) == 4
    assert number(f"FROM <{merged}>", default_graphs=[graph]) == 4
    assert number(named_graphs=[graph]) == 0
    quoted = f'SELECT ?c WHERE {{ ?c a <{own}Claim> FILTER(STR(?c) != "FROM <x>") }}'
    assert len(rows(asked, quoted)) == 10
    named = f"SELECT ?c FROM NAMED <{graph}> WHERE {{ GRAPH ?g {{ ?c a <{own}Claim> }} }}"
    assert len(rows(asked, named)) == 4


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELECT ?x WHERE {\n  ?x ?y FILTER\n}", 2, None),
        ("SELECT * WHERE { ?s ?p ?o } LIMIT 1 2", 1, 38),
        ("", 1, None),
        ("hello", 1, None),
        ("INSERT DATA { <x:a> <x:b> <x:c> }", 1, 1),
        ("# drop it\nPREFIX a: <x:>\n  DROP ALL", 3, 3),
        ("base <x:> DELETE WHERE { ?s ?p ?o }", 1, 11),
    ],
)
def test_a_mistake_is_told_with_its_place(
    asked: KnowledgeBase, query: str, line: int, column: int | None
) -> None:
    with pytest.raises(QueryError) as caught:
        asked.query(query)
    assert caught.value.line == line
    assert column is None or caught.value.column == column
    assert str(caught.value)


ESCAPES = [
    "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ service silent\n<{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ ?a ?b 1SERVICE <{0}> {{ }} }}",
    "SELECT * {{ ?a ?b trueSERVICESILENT<{0}> {{ }} }}",
    "PREFIX x: <{0}> SELECT * {{ SERVICE x: {{ }} }}",
    "PREFIX x: <{0}> SELECT * {{ SERVICEx: {{ }} }}",
    "SELECT * {{ VALUES ?x {{ <{0}> }} SERVICE ?x {{ }} }}",
    "SELECT * {{ SERVICE # a comment\n # another\n <{0}> {{ }} }}",
    "SELECT * {{ ?a ?b ?c FILTER(?a<?b#>'''\n) SERVICE <{0}> {{}} #'''\n }}",
    "PREFIX x: <x:> SELECT * {{ ?a ?b x:\\' . SERVICE <{0}> {{}} ?a ?b x:\\' }}",
    "SELECT * {{ FILTER EXISTS {{ SERVICE <{0}> {{ }} }} }}",
    "SELECT * {{ \\u0053ERVICE <{0}> {{ }} }}",
]


@pytest.mark.parametrize("query", ESCAPES)
def test_nothing_leaves_the_machine(asked: KnowledgeBase, query: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(QueryError, match="SERVICE"):
            body(asked.query(query.format(address)))
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service WHERE { ?service <x:p> ?o . ?service ?serviceOf $service }",
        "PREFIX x: <x:> SELECT * WHERE { ?s x:service <x:o> ; x:serviceType ?o }",
        "SELECT * WHERE { ?s ?p 'the secret service' }",
        "SELECT * WHERE { <x:service> ?p ?o } # no service here",
    ],
)
def test_words_that_only_look_like_a_service_are_let_through(query: str) -> None:
    check(query)


def test_a_long_answer_comes_in_pieces_and_can_be_left(asked: KnowledgeBase) -> None:
    query = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }"
    before = set(threading.enumerate())
    answer = asked.query(query, ["text/tab-separated-values"])
    first = next(answer.chunks)
    assert first.startswith(b"?")
    own = set(threading.enumerate()) - before
    assert own
    answer.chunks.close()  # type: ignore[attr-defined]
    for thread in own:
        thread.join(5)
        assert not thread.is_alive()


def test_an_error_under_way_is_raised_where_the_answer_is_read(asked: KnowledgeBase) -> None:
    class Failing:
        """A store whose disk goes away in the middle of an answer."""

        def query(self, query: str, **_: object) -> Failing:
            return self

        def serialize(self, sink: io.RawIOBase, format: object) -> None:
            sink.write(b"x" * CHUNK)
            raise OSError("the disk has gone")

    answer = run(Failing(), LABELS, JSON)  # type: ignore[arg-type]
    assert next(answer.chunks) == b"x" * CHUNK
    with pytest.raises(OSError, match="disk has gone"):
        list(answer.chunks)


def test_readers_ask_while_a_writer_writes(kb: KnowledgeBase) -> None:
    put(kb, [courier()])

    def ask() -> None:
        for _ in range(15):
            labels = [row["label"] for row in rows(kb, LABELS)]
            assert "Parler denies the charge" in labels
            events = kb.timeline(TimelineFilter(text="denies")).events
            assert [event.label for event in events] == ["Parler denies the charge"]

    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(ask) for _ in range(3)]
        for version in "23456":
            put(kb, [courier(), *stories()[1:]], version=version)
        for future in asked:
            future.result()
