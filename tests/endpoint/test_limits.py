"""A query is stopped at its limits, its memory comes back, and others are answered meanwhile."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from kb.endpoint import Endpoint, Limits
from kb.errors import BusyError, LimitError, QueryError
from kb.querying import Question
from kb.store.embedded import EmbeddedStore
from tests.endpoint.conftest import EX

ROWS = ("application/sparql-results+json", "text/turtle")
CROSS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
PATH = f"SELECT (COUNT(*) AS ?n) {{ ?a (!<{EX}x>|^!<{EX}x>)* ?b . ?c (!<{EX}x>|^!<{EX}x>)* ?d }}"
GIANT = "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?f))) AS ?all) { ?a ?b ?c . ?d ?e ?f }"


def ask(endpoint: Endpoint, query: str) -> bytes:
    return b"".join(endpoint.ask(Question(query, ROWS)).chunks)


def run_away(endpoint: Endpoint, query: str, caught: list[str]) -> None:
    """Ask what will be stopped, and note by which limit."""
    try:
        ask(endpoint, query)
    except LimitError as error:
        caught.append(error.limit)


def children() -> set[str]:
    """The processes of this one."""
    tasks = Path("/proc/self/task/").glob("*/children")
    return {child for task in tasks for child in task.read_text().split()}


@pytest.mark.parametrize("query", [CROSS, PATH, GIANT])
def test_a_runaway_query_is_stopped_in_time_and_its_process_is_gone(
    endpoint: Endpoint, query: str
) -> None:
    ask(endpoint, "ASK {}")
    with pytest.raises(LimitError, match="stopped after 2 seconds") as caught:
        ask(endpoint, query)
    assert caught.value.limit == "time"
    assert ask(endpoint, f"SELECT ?o {{ <{EX}s1> ?p ?o }}")


def test_short_queries_are_answered_while_others_run_away(endpoint: Endpoint) -> None:
    caught: list[str] = []
    threads = [
        threading.Thread(target=run_away, args=(endpoint, query, caught))
        for query in (CROSS, PATH, GIANT)
    ]
    for thread in threads:
        thread.start()
    answered = 0
    while any(thread.is_alive() for thread in threads):
        assert b"value" in ask(endpoint, f"SELECT ?o {{ <{EX}s{answered % 4000}> ?p ?o }}")
        answered += 1
    assert caught == ["time"] * 3
    assert answered


def test_a_query_that_needs_too_much_memory_is_stopped(store: EmbeddedStore) -> None:
    limits = Limits(seconds=30, memory=768 << 20)
    with Endpoint(store, limits) as endpoint, pytest.raises(LimitError, match="768 MB") as caught:
        ask(endpoint, CROSS)
    assert caught.value.limit == "memory"


def test_rows_and_bytes_are_bounded(endpoint: Endpoint) -> None:
    with pytest.raises(LimitError, match="more than 5,000 rows") as caught:
        ask(endpoint, "SELECT * { VALUES ?n { 1 2 } GRAPH ?g { ?s ?p ?o } }")
    assert caught.value.limit == "rows"
    with pytest.raises(LimitError, match="more than 2,000,000 bytes") as caught:
        longer = f'REPLACE(STR(?s), ".", "{"0123456789" * 4}")'
        ask(endpoint, f"SELECT ({longer} AS ?x) {{ ?s ?p ?o }}")
    assert caught.value.limit == "size"


def test_too_many_at_a_time_are_told_to_come_back(store: EmbeddedStore) -> None:
    with Endpoint(store, Limits(seconds=2, workers=1, warm=1, patience=0.1)) as endpoint:
        ask(endpoint, "ASK {}")
        thread = threading.Thread(target=run_away, args=(endpoint, CROSS, []), daemon=True)
        thread.start()
        time.sleep(0.5)
        with pytest.raises(BusyError) as caught:
            ask(endpoint, f"SELECT ?o {{ <{EX}s1> ?p ?o }}")
        assert caught.value.retry_after >= 1
        thread.join()
        assert ask(endpoint, f"SELECT ?o {{ <{EX}s1> ?p ?o }}")


def test_a_reader_that_goes_away_ends_the_query(store: EmbeddedStore) -> None:
    with Endpoint(store, Limits(workers=1, patience=5)) as endpoint:
        query = "SELECT * { VALUES ?n { 1 2 3 4 5 6 7 8 9 } GRAPH ?g { ?s ?p ?o } }"
        reply = endpoint.ask(Question(query, ROWS))
        assert reply.length is None
        assert next(reply.chunks)
        reply.close()
        # The only process that may run is free for the next query.
        assert ask(endpoint, f"SELECT ?o {{ <{EX}s1> ?p ?o }}")


def test_what_is_committed_is_seen_at_once(endpoint: Endpoint, store: EmbeddedStore) -> None:
    query = f"SELECT ?o {{ <{EX}new> ?p ?o }}"
    assert b"found" not in ask(endpoint, query)
    tag = endpoint.etag(Question(query, ROWS))
    assert tag == endpoint.etag(Question(query, ROWS))
    store.update(f'INSERT DATA {{ GRAPH <{EX}g1> {{ <{EX}new> <{EX}p> "found" }} }}')
    assert b"found" in ask(endpoint, query)
    assert endpoint.etag(Question(query, ROWS)) != tag


def test_answers_that_change_by_themselves_are_not_kept(endpoint: Endpoint) -> None:
    first, second = (ask(endpoint, "SELECT (UUID() AS ?id) {}") for _ in range(2))
    assert first != second
    assert endpoint.etag(Question("SELECT (NOW() AS ?t) {}", ROWS)) is None


def test_closing_leaves_neither_processes_nor_copies(store: EmbeddedStore) -> None:
    endpoint = Endpoint(store, Limits(workers=3, warm=2))
    before = children()
    ask(endpoint, "SELECT * { ?s ?p ?o } LIMIT 1")
    assert children() - before
    endpoint.close()
    assert not children() - before
    assert not list(store.path.parent.glob("snapshots/*"))


def test_errors_keep_their_place(endpoint: Endpoint) -> None:
    with pytest.raises(QueryError) as caught:
        ask(endpoint, "SELECT ?s {\n ?s ?p }")
    assert (caught.value.line, caught.value.column) != (None, None)
    with pytest.raises(LookupError, match="CONSTRUCT"):
        endpoint.ask(Question("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", ("text/csv",)))
