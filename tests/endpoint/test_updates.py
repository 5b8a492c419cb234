"""Which graphs an update may change, found out before it runs."""

from __future__ import annotations

import pytest

from kb.endpoint.updates import targets, with_dataset
from kb.errors import QueryError
from web.sparql.served import touches_owned

OWNED = "https://kb.example/graph/"


@pytest.mark.parametrize(
    ("update", "graphs"),
    [
        ("INSERT DATA { GRAPH <x:a> { <x:s> <x:p> 1 } }", {"x:a"}),
        ("DELETE DATA { GRAPH <x:a> { <x:s> <x:p> 1 } }", {"x:a"}),
        ("WITH <x:g> DELETE { ?s ?p ?o } INSERT { GRAPH <x:h> { ?s ?p 2 } } WHERE { ?s ?p ?o }",
         {"x:g", "x:h"}),
        ("INSERT { ?s ?p ?o } WHERE { GRAPH <x:read> { ?s ?p ?o } }", set()),
        ("PREFIX x: <x:> INSERT DATA { GRAPH x:a { x:s x:p 'GRAPH <x:b>' } } # GRAPH <x:c>",
         {"x:a"}),
        ("DROP SILENT GRAPH <x:a> ; CREATE GRAPH <x:b> ; CLEAR DEFAULT", {"x:a", "x:b"}),
        ("MOVE <x:a> TO <x:b>", {"x:a", "x:b"}),
        ("COPY <x:a> TO <x:b>", {"x:b"}),
        ("ADD <x:a> TO DEFAULT", set()),
        ("BASE <http://e.org/> INSERT DATA { GRAPH <g> { <s> <p> 1 } }", {"http://e.org/g"}),
    ],
)  # fmt: skip
def test_the_graphs_that_an_update_changes(update: str, graphs: set[str]) -> None:
    found = targets(update)
    assert found.graphs == graphs
    assert not found.anything


@pytest.mark.parametrize(
    "update",
    [
        "CLEAR ALL",
        "DROP NAMED",
        "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
        "INSERT { GRAPH ?g { ?s ?p 1 } } WHERE { GRAPH ?g { ?s ?p ?o } }",
        "INSERT DATA { GRAPH <https://kb.example/gr\\u0061ph/merged> { <x:s> <x:p> 1 } }",
        "INSERT DATA { GRAPH <https://kb.example/x/../graph/merged> { <x:s> <x:p> 1 } }",
        "INSERT DATA { GRAPH <HTTPS://KB.example/graph/merged> { <x:s> <x:p> 1 } }",
        "BASE <https://kb.example/> INSERT DATA { GRAPH <graph/merged> { <x:s> <x:p> 1 } }",
        "COPY <x:a> TO <https://kb.example/graph/merged>",
    ],
)
def test_what_may_reach_graphs_of_ingestion_is_noticed(update: str) -> None:
    assert touches_owned(targets(update), OWNED)


def test_own_graphs_are_nobody_elses() -> None:
    assert not touches_owned(targets("CLEAR GRAPH <https://kb.example/mine>"), OWNED)


def test_what_an_update_would_fetch_is_told() -> None:
    assert targets("LOAD <http://e.org/x> INTO GRAPH <x:g>").loads == {"http://e.org/x"}


def test_a_malformed_update_is_refused() -> None:
    with pytest.raises(QueryError, match="malformed"):
        targets("INSERT DATA { GRAPH <x:a> { ")


def test_the_dataset_of_the_request_goes_before_each_pattern() -> None:
    update = 'DELETE { ?s ?p "WHERE" } WHERE { ?s ?p ?o . # WHERE\n } ; DELETE WHERE { ?a ?b ?c }'
    found = with_dataset(update, ["x:a"], ["x:b"])
    assert found == update.replace("} WHERE { ?s", "} USING <x:a> USING NAMED <x:b> WHERE { ?s")
    assert with_dataset(update, [], []) == update


@pytest.mark.parametrize(
    ("update", "graph"),
    [("WITH <x:g> DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }", "x:a"), ("CLEAR ALL", "x:a> <x:b")],
)
def test_a_dataset_that_does_not_fit_is_refused(update: str, graph: str) -> None:
    with pytest.raises(QueryError):
        with_dataset(update, [graph], [])
