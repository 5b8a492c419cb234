"""DESCRIBE gives what the address of a thing gives: an event with its reports, and so on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.descriptions import expanded
from kb.errors import QueryError
from kb.iris import DEFAULT_BASE, Iris
from kb.knowledge_base import Kind, KnowledgeBase
from kb.views import TimelineFilter
from tests.kb.building import stories
from tests.kb.conftest import put

IRIS = Iris(DEFAULT_BASE)


def ask(kb: KnowledgeBase, query: str) -> set[str]:
    answer = kb.query(query, ["application/n-triples"], preset_prefixes=True)
    return set(b"".join(answer.chunks).decode().splitlines())


def told(kb: KnowledgeBase, kind: Kind, slug: str) -> set[str]:
    body = kb.describe(kind, slug, "application/n-triples")
    assert body is not None
    return set(body.decode().splitlines())


def removal(kb: KnowledgeBase) -> str:
    (event,) = kb.timeline(TimelineFilter(action="Remove")).events
    return event.slug


def test_an_event_comes_with_its_claims_their_words_and_their_articles(
    filled: KnowledgeBase,
) -> None:
    slug = removal(filled)
    found = ask(filled, f"DESCRIBE <{IRIS.event(slug).value}>")
    assert found == told(filled, "event", slug)
    text = "\n".join(found)
    for words in ("ontology#claim>", "anchorOf> \"removed\"", "The Courier", "The Ledger",
                  "Doubts about Parler's removal", "datePublished"):  # fmt: skip
        assert words in text
    assert "isString" not in text


@pytest.mark.parametrize(("kind", "slug"), [("entity", "parler"), ("article", "courier-1")])
def test_entities_and_articles_come_as_by_their_addresses(
    filled: KnowledgeBase, kind: Kind, slug: str
) -> None:
    found = ask(filled, f"DESCRIBE <{IRIS.of(kind, slug).value}>")
    assert found == told(filled, kind, slug)
    assert ("isString" in "\n".join(found)) == (kind == "article")


def test_the_things_may_be_what_a_pattern_finds(filled: KnowledgeBase) -> None:
    slug = removal(filled)
    both = told(filled, "event", slug) | told(filled, "entity", "parler")
    pattern = "{ ?e a sem:Event ; dl:patient ?who ; sem:eventType dl:Remove } # all of them"
    for query in (
        f"DESCRIBE ?e ?who WHERE {pattern}",
        f"# one\nPREFIX x: <urn:x> describe ?e ent:parler WHERE {pattern}",
        f"DESCRIBE *\nWHERE {pattern}",
        f"DESCRIBE $e <{IRIS.entity('parler').value}> {pattern}",
    ):
        assert ask(filled, query) == both
    limited = ask(
        filled, "DESCRIBE ?e { ?e a sem:Event ; dl:patient ent:parler } ORDER BY ?e LIMIT 1"
    )
    assert any(limited == told(filled, "event", event.slug)
               for event in filled.timeline(TimelineFilter()).events)  # fmt: skip


def test_what_is_no_event_is_told_as_it_stands(filled: KnowledgeBase) -> None:
    claim = f"{IRIS.article('courier-1').value}#claim-v1"
    found = ask(filled, f"DESCRIBE <{claim}>")
    assert found and all(line.startswith(f"<{claim}> ") for line in found)
    assert ask(filled, "DESCRIBE <urn:nothing>") == set()


def test_a_dataset_of_ones_own_is_left_alone(filled: KnowledgeBase) -> None:
    merged = IRIS.merged.value
    found = ask(filled, f"DESCRIBE ?e FROM <{merged}> WHERE {{ ?e a sem:Event }}")
    assert found and all("/event/" in line.split(" ")[0] for line in found)


def test_mistakes_are_told_where_they_stand(filled: KnowledgeBase) -> None:
    with pytest.raises(QueryError, match="Line 2, column 9"):
        ask(filled, "DESCRIBE ?x WHERE {\n  ?x a }")
    with pytest.raises(QueryError, match="SERVICE"):
        ask(filled, "DESCRIBE ?x WHERE { SERVICE <http://x.example/> { ?x a ?y } }")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?describe WHERE { ?describe a <urn:b> }",
        'ASK { ?x ?y "DESCRIBE <urn:a>" }',
        "CONSTRUCT { ?x ?y ?z } WHERE { ?x ?y ?z } # DESCRIBE <urn:a>",
        "DESCRIBE",
        "DESCRIBE ?x",
        "",
    ],
)
def test_other_queries_stay_as_they_are(query: str) -> None:
    assert expanded(query, IRIS) == query


@given(st.text(alphabet=" \n#<>{}?*:abDESCRIBEprefix\"'\\", max_size=60))
def test_no_text_hangs_or_breaks_the_rewriting(text: str) -> None:
    assert isinstance(expanded(f"DESCRIBE {text}", IRIS), str)


def test_a_busy_thing_is_described_at_the_cost_of_its_own(kb: KnowledgeBase) -> None:
    put(kb, stories())
    assert len(ask(kb, "DESCRIBE ent:google ent:google ent:nobody")) == len(
        told(kb, "entity", "google")
    )
