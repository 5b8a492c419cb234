"""Search and periods in queries, over what the samples of this package's tests tell."""

from __future__ import annotations

import json

import pytest

from kb.errors import QueryError
from kb.helpers import written_out
from kb.knowledge_base import KnowledgeBase
from kb.periods import days_of

PREFIX = "PREFIX d: <https://w3id.org/dateline/ontology#> "


def labels(kb: KnowledgeBase, where: str) -> list[str]:
    query = f"SELECT DISTINCT ?label {{ {where} ?e a sem:Event ; rdfs:label ?label }}"
    answer = kb.query(query, preset_prefixes=True)
    rows = json.loads(b"".join(answer.chunks))["results"]["bindings"]
    return sorted(row["label"]["value"] for row in rows)


def test_words_find_the_events_that_the_timeline_finds(filled: KnowledgeBase) -> None:
    every = labels(filled, "")
    some = labels(filled, '?e dl:matches "amazon" .')
    assert some
    assert set(some) < set(every)
    assert labels(filled, '?e dl:matches "nothingofthekind" .') == []
    assert labels(filled, '?e dl:matches "amazon" ; dl:polarity dl:positive .')


def test_a_period_holds_what_surely_happened_in_it(filled: KnowledgeBase) -> None:
    surely = labels(filled, '?e dl:during "2021-01" .')
    perhaps = labels(filled, "?e dl:overlapping '2021-01' .")
    assert surely
    assert set(surely) <= set(perhaps)
    assert labels(filled, '?e dl:during "1999" .') == []


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?e a ?t ; dl:matches "x" }',
        "SELECT * { ?e dl:matches ?words }",
        'SELECT * { <x:e> dl:matches "x" }',
        'SELECT * { ?e dl:during "last week" }',
        'SELECT * { ?e dl:during "2021-02-30" }',
        'SELECT * { ?e dl:during "2022/2021" }',
    ],
)
def test_what_can_not_be_read_is_placed(query: str) -> None:
    with pytest.raises(QueryError) as caught:
        written_out(query, lambda _: [])
    assert caught.value.line == 1
    assert caught.value.column


def test_only_the_properties_themselves_are_touched() -> None:
    query = 'SELECT ("?e dl:matches \\"x\\" ." AS ?text) { ?e ?p ?o } # ?e dl:matches "x" .'
    assert written_out(query, lambda _: ["x:found"]) == query
    own = f'{PREFIX}SELECT * {{ ?e d:matches """a "quoted" word""" ; ?p ?o }}'
    seen: list[str] = []
    found = written_out(own, lambda text: [seen.append(text) or "x:1"])  # type: ignore[func-returns-value]
    assert seen == ['a "quoted" word']
    assert found == f"{PREFIX}SELECT * {{ VALUES ?e {{ <x:1> }} . ?e ?p ?o }}"


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020-W53", "2020-12-28", "2021-01-03"),
        ("2021-01-08/2021-01-10", "2021-01-08", "2021-01-10"),
    ],
)
def test_periods(period: str, first: str, last: str) -> None:
    assert [day.isoformat() for day in days_of(period)] == [first, last]
