"""What the knowledge base makes of the samples: each event once, with its conflict and denial."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractors.articles import Article
from extractors.pipeline import Extractor
from extractors.sources import read_path
from kb.knowledge_base import KnowledgeBase
from kb.views import Dispute, EventView, TimelineFilter

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
EXPECTED: dict[str, Any] = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
EVENTS = {event["id"]: event for event in EXPECTED["events"]}
TOGETHER = {
    "mob-storms-capitol": 2,
    "facebook-bans-trump": 3,
    "twitter-suspends-trump": 3,
    "google-removes-parler": 6,
    "apple-removes-parler": 6,
    "amazon-gives-notice": 5,
    "matze-speaks-to-fox-news": 2,
    "amazon-stops-hosting-parler": 4,
    "parler-goes-offline": 4,
    "parler-sues-amazon": 2,
    "amazon-breaks-contract": 2,
}
"""How many of the reports of an event are found together, at least."""


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    path = tmp_path_factory.mktemp("samples") / "kb"
    articles = [item for item in read_path(SAMPLES) if isinstance(item, Article)]
    with KnowledgeBase.open(path, create=True) as found:
        results = list(found.ingest(articles, Extractor()))
        assert {result.status for result in results} == {"added"}
        yield found


@pytest.fixture(scope="module")
def homes(kb: KnowledgeBase) -> dict[str, tuple[str, int]]:
    """Where most reports of each expected event are, and how many."""
    told: dict[tuple[str, str, str], str] = {}
    cursor = None
    while True:
        page = kb.timeline(TimelineFilter(), cursor=cursor, limit=200)
        for event in page.events:
            view = kb.event(event.slug)
            assert view is not None
            for report in view.reports:
                title = report.article.title
                sentence = " ".join(f"{report.before}{report.trigger}{report.after}".split())
                told[title, report.trigger, sentence] = event.slug
        cursor = page.next
        if cursor is None:
            break
    titles = {
        Path(name).name: item.title
        for name in sorted({report["file"] for e in EVENTS.values() for report in e["reports"]})
        for item in read_path(SAMPLES / name)
        if isinstance(item, Article)
    }
    found = {}
    for name, event in EVENTS.items():
        slugs: Counter[str] = Counter()
        for report in event["reports"]:
            slugs.update(
                {
                    slug
                    for (title, trigger, sentence), slug in told.items()
                    if title == titles[report["file"]]
                    and trigger == report["trigger"]
                    and report["quote"] in sentence
                }
            )
        found[name] = max(slugs.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return found


def view_of(kb: KnowledgeBase, homes: dict[str, tuple[str, int]], name: str) -> EventView:
    view = kb.event(homes[name][0])
    assert view is not None
    return view


def dispute_on(view: EventView, point: str) -> Dispute:
    (found,) = [dispute for dispute in view.disputes if dispute.point == point]
    return found


@pytest.mark.parametrize("name", TOGETHER)
def test_reports_of_one_event_are_together_on_its_day(
    kb: KnowledgeBase, homes: dict[str, tuple[str, int]], name: str
) -> None:
    slug, reports = homes[name]
    assert reports >= TOGETHER[name], (slug, reports)
    when = view_of(kb, homes, name).summary.when
    wanted = EVENTS[name]["date"]
    if wanted is not None:
        assert when.earliest is not None
        assert when.latest is not None
        assert when.earliest[:10] <= wanted <= when.latest[:10]


def test_no_two_events_are_taken_for_one(homes: dict[str, tuple[str, int]]) -> None:
    slugs = [homes[name][0] for name in TOGETHER]
    assert len(set(slugs)) == len(slugs)


def test_the_date_conflict_is_shown_as_one(
    kb: KnowledgeBase, homes: dict[str, tuple[str, int]]
) -> None:
    conflict = EXPECTED["conflict"]
    view = view_of(kb, homes, conflict["event"])
    assert "disputedTime" in view.summary.disputed
    assert view.summary.slug.startswith(conflict["against"])
    preferred, other = dispute_on(view, "time").versions
    assert preferred.value.startswith(conflict["against"])
    assert preferred.preferred
    assert preferred.sources > other.sources
    assert (other.value, other.outlets) == (
        f"{conflict['date']}/{conflict['date']}", ("Cape Alder Dispatch",),
    )  # fmt: skip
    former = kb.event(view.summary.slug.replace(conflict["against"], conflict["date"]))
    assert former is not None
    assert former.summary.slug == view.summary.slug


def test_the_denial_is_shown_with_who_denies(
    kb: KnowledgeBase, homes: dict[str, tuple[str, int]]
) -> None:
    view = view_of(kb, homes, EXPECTED["denial"]["event"])
    assert "disputedPolarity" in view.summary.disputed
    found = {version.value: version for version in dispute_on(view, "polarity").versions}
    assert {report.source and report.source.name for report in found["negative"].reports} == {
        EXPECTED["denial"]["source"]
    }
    assert "Parler" in {report.source.name for report in found["positive"].reports if report.source}


def test_the_correction_settles_the_date(
    kb: KnowledgeBase, homes: dict[str, tuple[str, int]]
) -> None:
    correction = EXPECTED["correction"]
    view = view_of(kb, homes, correction["event"])
    assert "disputedTime" not in view.summary.disputed
    withdrawn = [version for version in dispute_on(view, "time").versions if version.withdrawn]
    assert [(version.value[:10], version.outlets) for version in withdrawn] == [
        (correction["wrong"], ("The Inland Register",))
    ]
    before = kb.event(view.summary.slug, as_of="2021-01-12")
    assert before is not None
    assert "disputedTime" in before.summary.disputed
