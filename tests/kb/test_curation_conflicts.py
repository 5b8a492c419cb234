"""Decisions that disagree, that run in a circle, that come from elsewhere, that are damaged."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Dataset, Graph

from kb.curation.deciding import Curator
from kb.curation.errors import CurationError
from kb.curation.exchange import export_decisions, import_decisions
from kb.knowledge_base import KnowledgeBase
from kb.staging import INDEX
from kb.store import StoreError
from kb.views import EventSummary, TimelineFilter
from kb.vocabulary import load_ontology, load_shapes
from tests.kb.building import Story, day, stories
from tests.kb.conftest import canonical, put
from tests.kb.test_writing import commits

WHY = "it is so"


@pytest.fixture
def ann(filled: KnowledgeBase) -> Curator:
    return Curator(filled, "Ann Archer")


def named(kb: KnowledgeBase, slug: str) -> str | None:
    view = kb.entity(slug)
    return view.ref.name if view else None


def only(kb: KnowledgeBase, action: str) -> EventSummary:
    (event,) = kb.timeline(TimelineFilter(action=action)).events
    return event


def undecided(kb: KnowledgeBase) -> list[str]:
    return [line for line in canonical(kb) if not line.endswith(f"{kb.iris.curation} .")]


def test_the_later_name_holds_and_the_earlier_one_after_it_is_undone(
    filled: KnowledgeBase, ann: Curator
) -> None:
    (first,) = ann.rename("entity/parler", "Parler LLC", WHY)
    (second,) = ann.rename("entity/parler", "Parler Inc", WHY)
    assert named(filled, "parler") == "Parler Inc"
    ann.undo(first.id, WHY)
    assert named(filled, "parler") == "Parler Inc"
    ann.redo(first.id, WHY)
    assert named(filled, "parler") == "Parler LLC"
    ann.undo(second.id, WHY)
    assert named(filled, "parler") == "Parler LLC"


def test_a_name_that_was_merged_is_split_off_and_merged_again(
    filled: KnowledgeBase, ann: Curator
) -> None:
    ann.merge_entities(["apple"], "google", WHY)
    assert named(filled, "apple") is None
    (split,) = ann.split_entity("google", WHY, names=["Apple"])
    assert named(filled, "apple") == "Apple"
    ann.merge_entities(["apple"], "parler", WHY)
    assert named(filled, "apple") is None
    ann.undo(split.id, WHY)
    view = filled.entity("parler")
    assert view is not None and "Apple" in view.aliases


def test_merging_in_a_circle_is_refused_with_what_to_withdraw(
    filled: KnowledgeBase, ann: Curator
) -> None:
    (there,) = ann.merge_entities(["apple"], "google", WHY)
    ann.undo(there.id, WHY)
    (back,) = ann.merge_entities(["google"], "apple", WHY)
    before = canonical(filled)
    with pytest.raises(CurationError, match=re.escape(back.id)) as refused:
        ann.redo(there.id, WHY)
    assert "thing:apple -> thing:google -> thing:apple" in str(refused.value)
    assert canonical(filled) == before
    (apart,) = ann.split_entity("apple", WHY, names=["Google"])
    ann.redo(there.id, WHY)
    assert named(filled, "apple") is None
    with pytest.raises(CurationError, match="circle"):
        ann.undo(apart.id, WHY)


def test_reports_that_were_split_off_come_back_when_the_events_are_merged(
    filled: KnowledgeBase, ann: Curator
) -> None:
    before = undecided(filled)
    event = only(filled, "Remove")
    (split,) = ann.split_event(event.slug, ["gazette-3"], WHY)
    two = filled.timeline(TimelineFilter(action="Remove")).events
    assert sorted(found.reports for found in two) == [1, 2]
    (merge,) = ann.merge_events([found.slug for found in two], WHY)
    assert only(filled, "Remove").reports == 3
    assert undecided(filled) == before
    ann.undo(merge.id, WHY)
    assert len(filled.timeline(TimelineFilter(action="Remove")).events) == 2
    ann.undo(split.id, WHY)
    assert undecided(filled) == before


def test_a_split_outlives_the_merging_before_it(filled: KnowledgeBase, ann: Curator) -> None:
    demand, stop = only(filled, "Demand"), only(filled, "Prevent")
    ann.merge_events([demand.slug, stop.slug], WHY)
    merged = next(
        event for event in filled.timeline(TimelineFilter()).events if event.reports == 3
        and event.action != "Remove"
    )  # fmt: skip
    ann.split_event(merged.slug, ["gazette-3"], WHY)
    counts = sorted(
        event.reports for event in filled.timeline(TimelineFilter()).events
        if event.action in ("Demand", "Prevent")
    )  # fmt: skip
    assert counts == [1, 2]


def test_a_new_report_joins_one_of_two_events_that_were_split(
    filled: KnowledgeBase, ann: Curator
) -> None:
    ann.split_event(only(filled, "Remove").slug, ["gazette-3"], WHY)
    late = (
        Story("mirror-1", "2021-01-12", "The Mirror", "Google removed Parler, said the Mirror.")
        .entity("Parler", "ORG").entity("Google", "ORG")
        .event("removed", "Remove", "Google removes Parler", when=day("2021-01-08"),
               agent="Google", patient="Parler")
    )  # fmt: skip
    put(filled, [late])
    two = filled.timeline(TimelineFilter(action="Remove")).events
    assert sorted(found.reports for found in two) == [1, 3]


def test_a_new_report_joins_an_event_that_was_merged(filled: KnowledgeBase, ann: Curator) -> None:
    ann.merge_events([only(filled, "Demand").slug, only(filled, "Remove").slug], WHY)
    late = (
        Story("mirror-1", "2021-01-12", "The Mirror", "Google removed Parler, said the Mirror.")
        .entity("Parler", "ORG").entity("Google", "ORG")
        .event("removed", "Remove", "Google removes Parler", when=day("2021-01-08"),
               agent="Google", patient="Parler")
    )  # fmt: skip
    put(filled, [late])
    assert max(event.reports for event in filled.timeline(TimelineFilter()).events) == 5


def test_an_entity_that_was_split_off_is_addressed_apart_and_found(
    filled: KnowledgeBase, ann: Curator
) -> None:
    (split,) = ann.split_entity(
        "google", WHY, articles=["ledger-7"], label="Google", type="PRODUCT"
    )
    found = [ref for ref in filled.find_entities("google") if ref.name == "Google"]
    assert sorted(ref.type for ref in found) == ["ORG", "PRODUCT"]
    other = next(ref.slug for ref in found if ref.type == "PRODUCT")
    assert other.startswith("google-")
    agents = {
        ref.slug
        for event in filled.timeline(TimelineFilter(action="Remove")).events
        for role, ref, _ in event.participants
        if role == "agent" and ref
    }
    assert {"google", other} <= agents
    ann.rename(f"entity/{other}", "Google Play", WHY)
    ann.undo(split.id, WHY)
    assert named(filled, other) is None


def test_decisions_are_sound_rdf_that_the_shapes_accept(
    filled: KnowledgeBase, ann: Curator
) -> None:
    ann.merge_entities(["apple"], "google", WHY)
    ann.split_entity("parler", WHY, articles=["ledger-7"], label="Parler app", type="PRODUCT")
    ann.retype("parler", "PRODUCT", WHY)
    event = only(filled, "Deny")
    ann.correct(
        event.slug, WHY, earliest="2021-01", latest="2021-01",
        roles=[("set", "agent", "53-69"), ("add", "topic", "amazon-web-services@10-15")],
    )  # fmt: skip
    (last,) = ann.reject(only(filled, "Demand").slug, WHY)
    ann.undo(last.id, WHY)
    quads = "\n".join(canonical(filled))
    data = Graph()
    for *triple, _ in Dataset().parse(data=quads, format="nquads").quads():
        data.add((triple[0], triple[1], triple[2]))
    conforms, _, report = validate(data + load_ontology(), shacl_graph=load_shapes())
    assert conforms, report


def test_decisions_are_taken_over_under_another_base(
    filled: KnowledgeBase, ann: Curator, tmp_path: Path
) -> None:
    ann.rename("entity/parler", "Parler LLC", WHY)
    ann.reject(only(filled, "Demand").slug, WHY)
    data = export_decisions(filled, "trig")
    base = "https://other.example/news/"
    with KnowledgeBase.open(tmp_path / "other", create=True, base=base) as other:
        put(other, stories())
        found = import_decisions(other, data, "trig")
        assert (len(found.taken), found.known) == (2, 0)
        renamed = [line.replace(filled.base, base) for line in canonical(filled)]
        assert canonical(other) == sorted(renamed)
        assert import_decisions(other, export_decisions(other, "turtle"), "turtle").known == 2


def test_a_withdrawal_elsewhere_is_taken_over(
    filled: KnowledgeBase, ann: Curator, tmp_path: Path
) -> None:
    (decision,) = ann.rename("entity/parler", "Parler LLC", WHY)
    with KnowledgeBase.open(tmp_path / "other", create=True) as other:
        put(other, stories())
        import_decisions(other, export_decisions(filled, "nquads"), "nquads")
        early = export_decisions(filled, "nquads")
        ann.undo(decision.id, "no")
        import_decisions(other, export_decisions(filled, "nquads"), "nquads")
        assert canonical(other) == canonical(filled)
        import_decisions(other, early, "nquads")
        assert canonical(other) == canonical(filled)
        Curator(other, "Bob").redo(decision.id, WHY)
        assert named(other, "parler") == "Parler LLC"


def test_another_decision_of_the_same_id_is_refused(filled: KnowledgeBase, ann: Curator) -> None:
    (decision,) = ann.rename("entity/parler", "Parler LLC", WHY)
    text = export_decisions(filled, "turtle").decode()
    before = canonical(filled)
    with pytest.raises(CurationError, match=decision.id):
        import_decisions(filled, text.replace("Parler LLC", "Parler Inc").encode(), "turtle")
    assert canonical(filled) == before


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("#char=", "#words=", "words of an article"),
        (r"dl:readAs dl:\w+", "dl:readAs dl:Nonsense", "dl:readAs"),
        (r"dl:selects", "dl:chooses", "lacks dl:selects"),
        (r"dl:Withdrawal\b", "dl:Withdrawn", "no dl:Withdrawal"),
        (r"prov:wasInvalidatedBy", "prov:invalidated", "not understood"),
        ("rdfs:label", 'rdfs:label "x" ; rdfs:label', "only rdfs:label"),
        ("dl:reason", "dl:reason _:x ; dl:reason", "blank node"),
    ],
)
def test_what_is_no_decision_is_told_by_its_line(
    filled: KnowledgeBase, ann: Curator, old: str, new: str, words: str
) -> None:
    (decision,) = ann.reject(only(filled, "Demand").slug, WHY)
    ann.undo(decision.id, "no")
    text = export_decisions(filled, "turtle").decode()
    broken = re.sub(old, new, text, count=1)
    assert broken != text
    before = canonical(filled)
    with pytest.raises(CurationError, match=words) as refused:
        import_decisions(filled, broken.encode(), "turtle")
    assert refused.value.line is not None and f"line {refused.value.line}" in str(refused.value)
    assert canonical(filled) == before


def test_a_decision_touches_the_articles_that_it_names_alone(
    filled: KnowledgeBase, ann: Curator
) -> None:
    def moved(act: Callable[[], object]) -> set[str]:
        before = commits(filled)
        act()
        return {slug for slug, number in commits(filled).items() if before[slug] != number}

    removal, denial = only(filled, "Remove"), only(filled, "Deny")
    assert moved(lambda: ann.merge_entities(["apple"], "google", WHY)) == set()
    assert moved(lambda: ann.reject(denial.slug, WHY)) == {"courier-1"}
    assert moved(lambda: ann.correct("ledger-7@11-18", WHY, polarity="negative")) == {"ledger-7"}
    everywhere = {"courier-1", "ledger-7", "gazette-3"}
    assert moved(lambda: ann.split_event(removal.slug, ["gazette-3"], WHY)) == everywhere


def test_an_index_that_missed_decisions_catches_up_at_open(tmp_path: Path) -> None:
    path = tmp_path / "kb"
    with KnowledgeBase.open(path, create=True) as kb:
        put(kb, stories())
    early = (path / INDEX).read_bytes()
    with KnowledgeBase.open(path) as kb:
        ann = Curator(kb, "Ann")
        ann.merge_entities(["apple"], "google", WHY)
        ann.split_event(only(kb, "Remove").slug, ["gazette-3"], WHY)
        (gone,) = ann.reject(only(kb, "Demand").slug, WHY)
        ann.undo(gone.id, WHY)
        after, events = canonical(kb), kb.timeline(TimelineFilter(), limit=100)
    for stale in path.glob(f"{INDEX}*"):
        stale.unlink()
    (path / INDEX).write_bytes(early)
    with KnowledgeBase.open(path) as kb:
        assert kb.timeline(TimelineFilter(), limit=100) == events
        kb.rebuild()
        assert canonical(kb) == after


def test_a_store_that_fails_takes_no_decision(
    filled: KnowledgeBase, ann: Curator, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = canonical(filled)

    def full(operations: object, guard: object) -> None:
        raise StoreError("The disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(filled.store, "commit", full)
        with pytest.raises(StoreError, match="disk is full"):
            ann.merge_entities(["apple"], "google", WHY)
    assert canonical(filled) == before
    assert named(filled, "apple") == "Apple"
    ann.merge_entities(["apple"], "google", WHY)
    assert named(filled, "apple") is None
