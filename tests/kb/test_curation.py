"""What people decide: each kind of decision acts, is taken back, and survives another reading.

After every one of them the graph is the one that is made from scratch with the same articles and
decisions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kb.curation.deciding import Curator
from kb.curation.decisions import Decision
from kb.curation.exchange import export_decisions, import_decisions
from kb.curation.log import LogFilter, State, entries
from kb.knowledge_base import KnowledgeBase
from kb.views import EventSummary, TimelineFilter
from tests.kb.building import Story, stories
from tests.kb.conftest import canonical, put

WHY = "the page of the company says so"


def curator(kb: KnowledgeBase, author: str = "Ann Archer") -> Curator:
    return Curator(kb, author)


def derived(kb: KnowledgeBase) -> list[str]:
    """The quads but those of decisions."""
    return [line for line in canonical(kb) if not line.endswith(f"{kb.iris.curation} .")]


def only(kb: KnowledgeBase, action: str) -> EventSummary:
    (event,) = kb.timeline(TimelineFilter(action=action)).events
    return event


def events(kb: KnowledgeBase) -> list[str]:
    return sorted(event.label for event in kb.timeline(TimelineFilter(), limit=500).events)


def state(kb: KnowledgeBase, decision: Decision) -> State:
    connection = kb.writer.index.reader
    (entry,) = entries(connection, kb.iris, LogFilter(thing=decision.id))
    return entry.state


def shifted(story: Story) -> Story:
    """The same story read by another extractor: other local names, and one more event."""
    names = {entity.id: f"x{n + 7}" for n, entity in enumerate(story.entities.values())}
    claims = {event.id: f"w{n + 3}" for n, event in enumerate(story.events)}
    entities = {
        name: replace(entity, id=names[entity.id]) for name, entity in story.entities.items()
    }
    told = [
        replace(
            event,
            id=claims[event.id],
            source=names[event.source] if event.source else None,
            roles=tuple(
                replace(role, entity=names[role.entity] if role.entity else None)
                for role in event.roles
            ),
        )
        for event in story.events
    ]
    links = [
        replace(link, source=claims[link.source], target=claims[link.target])
        for link in story.links
    ]
    return replace(story, entities=entities, events=told[::-1], links=links)


@pytest.fixture
def from_scratch(tmp_path: Path) -> Callable[[KnowledgeBase, list[Story]], list[str]]:
    """The graph of these stories and the decisions of a knowledge base, made from nothing."""
    made = 0

    def build(kb: KnowledgeBase, told: list[Story], version: str = "1") -> list[str]:
        nonlocal made
        made += 1
        with KnowledgeBase.open(tmp_path / f"scratch-{made}", create=True) as other:
            import_decisions(other, export_decisions(kb, "nquads"), "nquads")
            put(other, told[::-1], version)
            return canonical(other)

    return build


Decide = Callable[[KnowledgeBase], list[Decision]]


def _merge_entities(kb: KnowledgeBase) -> list[Decision]:
    return curator(kb).merge_entities(["apple"], "google", WHY)


def _split_mentions(kb: KnowledgeBase) -> list[Decision]:
    return curator(kb).split_entity("google", WHY, articles=["ledger-7"], label="Google Maps")


def _split_into(kb: KnowledgeBase) -> list[Decision]:
    return curator(kb).split_entity("parler", WHY, articles=["courier-1"], into="apple")


def _split_name(kb: KnowledgeBase) -> list[Decision]:
    return curator(kb).split_entity("amazon-web-services", WHY, names=["AWS"])


def _rename_entity(kb: KnowledgeBase) -> list[Decision]:
    return curator(kb).rename("entity/parler", "Parler LLC", WHY)


def _retype(kb: KnowledgeBase) -> list[Decision]:
    return curator(kb).retype("parler", "PRODUCT", WHY)


def _merge_events(kb: KnowledgeBase) -> list[Decision]:
    return curator(kb).merge_events([only(kb, "Fail").slug, only(kb, "Deny").slug], WHY)


def _split_event(kb: KnowledgeBase) -> list[Decision]:
    return curator(kb).split_event(only(kb, "Remove").slug, ["gazette-3"], WHY)


def _rename_event(kb: KnowledgeBase) -> list[Decision]:
    return curator(kb).rename(f"event/{only(kb, 'Remove').slug}", "Parler is dropped", WHY)


def _correct(kb: KnowledgeBase) -> list[Decision]:
    return curator(kb).correct(
        f"event/{only(kb, 'Deny').slug}", WHY, action="Say", polarity="negative",
        factuality="planned", earliest="2021-01-07", latest="2021-01-07", precision="day",
        roles=[("set", "agent", "google"), ("clear", "patient", None), ("add", "topic", "apple")],
    )  # fmt: skip


def _reject(kb: KnowledgeBase) -> list[Decision]:
    return curator(kb).reject(only(kb, "Demand").slug, WHY)


KINDS: dict[str, Decide] = {
    "merge-entities": _merge_entities,
    "split-mentions": _split_mentions,
    "split-into": _split_into,
    "split-name": _split_name,
    "rename-entity": _rename_entity,
    "retype": _retype,
    "merge-events": _merge_events,
    "split-event": _split_event,
    "rename-event": _rename_event,
    "correct": _correct,
    "reject": _reject,
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_decision_is_as_if_made_before_the_articles_came(
    kind: str, filled: KnowledgeBase, from_scratch: Callable[..., list[str]]
) -> None:
    before = canonical(filled)
    decisions = KINDS[kind](filled)
    assert all(state(filled, decision) == "acts" for decision in decisions)
    after = canonical(filled)
    assert derived(filled) != before
    assert from_scratch(filled, stories()) == after
    filled.rebuild()
    assert canonical(filled) == after
    for decision in decisions:
        curator(filled, "Bob Baker").undo(decision.id, "a mistake")
    assert derived(filled) == before
    filled.rebuild()
    assert derived(filled) == before
    again = [curator(filled).redo(decision.id, WHY) for decision in decisions]
    assert [found.what for found in again] == [found.what for found in decisions]
    if kind != "split-into":  # which needs two decisions where names are split off
        assert derived(filled) == [x for x in after if not x.endswith(f"{filled.iris.curation} .")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_decision_survives_another_reading_and_waits_for_a_forgotten_article(
    kind: str, filled: KnowledgeBase, from_scratch: Callable[..., list[str]]
) -> None:
    decisions = KINDS[kind](filled)
    told = [shifted(story) for story in stories()]
    assert put(filled, told, version="2") == ["replaced"] * 3
    assert from_scratch(filled, told, "2") == canonical(filled)
    assert all(state(filled, decision) == "acts" for decision in decisions)
    after = derived(filled)
    for story in told:
        filled.remove_article(story.doc_id)
    assert {state(filled, decision) for decision in decisions} == {"without effect"}
    assert filled.overview().events == 0
    put(filled, told, version="2")
    assert all(state(filled, decision) == "acts" for decision in decisions)
    assert derived(filled) == after
