"""Why reports are taken for one event, in words that a reader can check."""

from __future__ import annotations

from dataclasses import asdict

from kb.knowledge_base import KnowledgeBase
from kb.views import TimelineFilter
from tests.kb.building import Story, day
from tests.kb.conftest import put


def removal(outlet: str, when: str) -> Story:
    return (
        Story(outlet.lower(), "2021-01-10", outlet, "Google removed Parler.")
        .entity("Parler", "ORG")
        .entity("Google", "ORG")
        .event(
            "removed", "Remove", "Google removes Parler",
            when=day(when), agent="Google", patient="Parler",
        )
    )  # fmt: skip


def test_each_report_but_the_first_says_why_it_is_of_the_event(kb: KnowledgeBase) -> None:
    put(kb, [removal("Courier", "2021-01-08"), removal("Ledger", "2021-01-09")])
    (event,) = kb.timeline(TimelineFilter(action="Remove")).events
    view = kb.event(event.slug)
    assert view is not None
    (join,) = view.joins
    assert [join.earlier, join.claim] == [report.claim for report in view.reports]
    assert join.because[:4] == (
        "same action: remove", "same agent: Google", "same object: Parler", "dates 1 day apart",
    )  # fmt: skip
    assert 0.7 <= join.score <= 1
    assert asdict(view)["joins"][0]["because"]


def test_a_single_report_needs_no_reason(kb: KnowledgeBase) -> None:
    put(kb, [removal("Courier", "2021-01-08")])
    (event,) = kb.timeline(TimelineFilter(action="Remove")).events
    view = kb.event(event.slug)
    assert view is not None
    assert view.joins == ()
