"""Where reports differ: every version with who says so, and which one is preferred."""

from __future__ import annotations

import csv
import io
from itertools import permutations
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph

from kb.knowledge_base import KnowledgeBase
from kb.views import Dispute, EventView, TimelineFilter
from kb.vocabulary import load_ontology, load_shapes
from tests.kb.building import Story, day
from tests.kb.conftest import canonical, put


def notice(outlet: str, published: str, when: str, doc: str = "") -> Story:
    """Amazon's notice to Parler, as an outlet dates it."""
    name = doc or outlet.lower().replace(" ", "-")
    return (
        Story(name, published, outlet, "Amazon warned Parler in a letter.")
        .entity("Amazon", "ORG")
        .entity("Parler", "ORG")
        .event(
            "warned", "Warn", "Amazon warns Parler", when=day(when),
            agent="Amazon", patient="Parler",
        )
    )  # fmt: skip


def blast(outlet: str, dead: str, published: str = "2021-03-02") -> Story:
    text = f"A blast at the depot of Norwick Gas killed {dead} on Monday, officials said."
    return (
        Story(outlet.lower(), published, outlet, text)
        .entity("Norwick Gas", "ORG")
        .event(
            "killed", "Kill", "Blast kills people", when=day("2021-03-01"),
            agent="Norwick Gas", patient=dead,
        )
    )  # fmt: skip


def only_event(kb: KnowledgeBase) -> EventView:
    (event,) = kb.timeline(TimelineFilter()).events
    view = kb.event(event.slug)
    assert view is not None
    return view


def told(dispute: Dispute) -> list[tuple[str, tuple[str, ...], int]]:
    return [(one.words, one.outlets, one.sources) for one in dispute.versions]


def test_each_version_of_a_date_tells_who_says_so(kb: KnowledgeBase) -> None:
    put(kb, [
        notice("The Inland Register", "2021-01-12", "2021-01-08"),
        notice("The Courier", "2021-01-12", "2021-01-09"),
        notice("The Ledger", "2021-01-13", "2021-01-09"),
    ])  # fmt: skip
    view = only_event(kb)
    (dispute,) = view.disputes
    assert (dispute.point, dispute.open) == ("time", True)
    assert told(dispute) == [
        ("9 January 2021", ("The Courier", "The Ledger"), 2),
        ("8 January 2021", ("The Inland Register",), 1),
    ]
    assert [one.preferred for one in dispute.versions] == [True, False]
    assert dispute.versions[1].value == "2021-01-08/2021-01-08"
    assert dispute.versions[1].reports[0].article.slug == "the-inland-register"
    assert view.summary.when.text == "9 January 2021"


def test_between_equal_numbers_of_sources_the_report_nearer_in_time_counts(
    kb: KnowledgeBase,
) -> None:
    put(kb, [
        notice("The Courier", "2021-01-14", "2021-01-09"),
        notice("The Ledger", "2021-01-10", "2021-01-08"),
    ])  # fmt: skip
    assert only_event(kb).summary.when.text == "8 January 2021"


def test_a_later_correction_by_the_same_outlet_settles_the_dispute(kb: KnowledgeBase) -> None:
    put(kb, [
        notice("The Courier", "2021-01-10", "2021-01-09"),
        notice("The Inland Register", "2021-01-12", "2021-01-08"),
    ])  # fmt: skip
    assert only_event(kb).summary.disputed == ("disputedTime",)
    put(kb, [notice("The Inland Register", "2021-01-13", "2021-01-09", "correction")])
    view = only_event(kb)
    assert view.summary.disputed == ()
    (dispute,) = view.disputes
    assert not dispute.open
    assert [(one.words, one.withdrawn) for one in dispute.versions] == [
        ("9 January 2021", False), ("8 January 2021", True),
    ]  # fmt: skip


def test_a_correction_that_repeats_the_mistake_still_corrects_it(kb: KnowledgeBase) -> None:
    correction = notice("The Inland Register", "2021-01-13", "2021-01-08", "correction")
    correction.text += " In truth it notified Parler a day later."
    correction.event(
        "notified", "Warn", "Amazon notifies Parler", when=day("2021-01-09"),
        agent="Amazon", patient="Parler",
    ).link("same", 2, 1)  # fmt: skip
    put(kb, [notice("The Inland Register", "2021-01-12", "2021-01-08"), correction])
    view = only_event(kb)
    assert view.summary.when.text == "9 January 2021"
    assert view.summary.disputed == ()


def test_another_outlet_corrects_nobody(kb: KnowledgeBase) -> None:
    put(kb, [
        notice("The Inland Register", "2021-01-12", "2021-01-08"),
        notice("The Courier", "2021-01-13", "2021-01-09"),
    ])  # fmt: skip
    assert only_event(kb).summary.disputed == ("disputedTime",)


def test_numbers_of_the_same_thing_in_the_same_role_are_compared(kb: KnowledgeBase) -> None:
    put(kb, [blast("Courier", "five workers"), blast("Ledger", "7 workers")])
    view = only_event(kb)
    assert view.summary.disputed == ("disputedNumber",)
    (dispute,) = view.disputes
    assert (dispute.point, dispute.counted) == ("number", "patient worker")
    assert told(dispute) == [
        ("five workers", ("Courier",), 1), ("7 workers", ("Ledger",), 1),
    ]  # fmt: skip
    assert [one.value for one in dispute.versions] == ["5", "7"]


@pytest.mark.parametrize(
    "other", ["at least four workers", "about five workers", "several workers", "workers"]
)
def test_a_less_precise_number_disputes_nothing(kb: KnowledgeBase, other: str) -> None:
    put(kb, [blast("Courier", "five workers"), blast("Ledger", other)])
    assert only_event(kb).disputes == ()


def test_the_graph_can_be_asked_who_says_what(kb: KnowledgeBase) -> None:
    put(kb, [
        notice("The Inland Register", "2021-01-12", "2021-01-08"),
        notice("The Courier", "2021-01-12", "2021-01-09"),
        notice("The Ledger", "2021-01-13", "2021-01-09"),
    ])  # fmt: skip
    query = """
        SELECT ?from ?preferred ?outlet WHERE {
          ?event dl:version ?version .
          ?version dl:concerns dl:disputedTime ; sem:hasEarliestBeginTimeStamp ?from ;
                   dl:preferred ?preferred ; dl:statedBy/prov:wasDerivedFrom/schema:publisher ?who .
          ?who rdfs:label ?outlet
        } ORDER BY ?from ?outlet"""
    answer = kb.query(query, ["text/csv"], preset_prefixes=True)
    rows = list(csv.reader(io.StringIO(b"".join(answer.chunks).decode())))
    assert rows[1:] == [
        ["2021-01-08T00:00:00", "false", "The Inland Register"],
        ["2021-01-09T00:00:00", "true", "The Courier"],
        ["2021-01-09T00:00:00", "true", "The Ledger"],
    ]


def test_versions_fit_the_shapes_and_go_with_their_event(kb: KnowledgeBase, tmp_path: Path) -> None:
    told = [notice("The Courier", "2021-01-10", "2021-01-09"),
            notice("The Inland Register", "2021-01-12", "2021-01-08"),
            blast("Courier", "five workers"), blast("Ledger", "7 workers")]  # fmt: skip
    put(kb, told)
    kb.export(tmp_path / "all.nt", "ntriples")
    graph = Graph().parse(tmp_path / "all.nt", format="nt")
    conforms, _, report = validate(graph + load_ontology(), shacl_graph=load_shapes())
    assert conforms, report
    before = canonical(kb)
    for story in told:
        kb.remove_article(story.doc_id)
    assert not [line for line in canonical(kb) if "version" in line]
    put(kb, told)
    assert canonical(kb) == before


def test_versions_do_not_depend_on_the_order_of_arrival(tmp_path: Path) -> None:
    told = [
        notice("The Inland Register", "2021-01-12", "2021-01-08"),
        notice("The Courier", "2021-01-12", "2021-01-09"),
        notice("The Inland Register", "2021-01-13", "2021-01-09", "correction"),
        notice("The Ledger", "2021-01-14", "2021-01-10"),
    ]
    graphs = []
    for n, order in enumerate(permutations(told)):
        with KnowledgeBase.open(tmp_path / f"kb{n}", create=True) as kb:
            put(kb, list(order))
            graphs.append(canonical(kb))
    assert all(graph == graphs[0] for graph in graphs)


def test_an_address_has_the_preferred_day_and_the_others_lead_there(kb: KnowledgeBase) -> None:
    put(kb, [notice("The Inland Register", "2021-01-10", "2021-01-08")])
    assert only_event(kb).summary.slug == "2021-01-08-amazon-warns-parler"
    put(kb, [notice("The Courier", "2021-01-11", "2021-01-09"),
             notice("The Ledger", "2021-01-11", "2021-01-09")])  # fmt: skip
    view = kb.event("2021-01-08-amazon-warns-parler")
    assert view is not None
    assert view.summary.slug == "2021-01-09-amazon-warns-parler"
    assert view.iri.endswith("/event/2021-01-09-amazon-warns-parler")
    assert kb.event("2021-01-07-amazon-warns-parler") is None
    kb.remove_article("the-inland-register")
    assert kb.event("2021-01-08-amazon-warns-parler") is None
