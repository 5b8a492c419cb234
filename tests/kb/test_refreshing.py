"""Articles read again from their graphs: what is out of date, what changed, what stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from extractors.articles import Article
from extractors.extraction import Extraction, Mention
from kb.knowledge_base import KnowledgeBase
from kb.refreshing import Refreshed, outdated, refresh
from tests.kb.building import Reader, Story, courier, day, gazette, ledger, stories
from tests.kb.conftest import canonical, put


def better(story: Story) -> Story:
    """The story as a better reader tells it."""
    if story.doc_id == "courier-1":
        first, failed, said, denied = story.events
        assert failed.time is None
        story.events = [
            replace(first, action="Ban", polarity="negative"),
            replace(failed, source=None),
            replace(denied, trigger=Mention(denied.trigger.start, denied.trigger.end + 4)),
        ]
        story.event("police", "Control", "Parler polices threats", agent="Parler")
        story.events[-1] = replace(story.events[-1], id="v5")
        assert said not in story.events
    return story


def anew(kb: KnowledgeBase, version: str = "2") -> list[Refreshed]:
    reader = Reader([better(story) for story in stories()], version)
    return list(refresh(kb, reader, outdated(kb, reader)))


def scratch(path: Path, told: list[Story], version: str) -> list[str]:
    with KnowledgeBase.open(path, create=True) as other:
        put(other, told, version)
        return canonical(other)


def test_nothing_is_out_of_date_for_the_reader_that_read_it(filled: KnowledgeBase) -> None:
    assert outdated(filled, Reader(stories())) == []
    assert outdated(filled, Reader(stories()), everything=True) == [
        "courier-1", "gazette-3", "ledger-7",
    ]  # fmt: skip


def test_refreshed_articles_are_as_if_they_were_read_by_the_new_reader_at_first(
    filled: KnowledgeBase, tmp_path: Path
) -> None:
    results = anew(filled)
    assert [(one.slug, one.status) for one in results] == [
        ("courier-1", "changed"), ("gazette-3", "same"), ("ledger-7", "same"),
    ]  # fmt: skip
    told = [better(story) for story in stories()]
    assert canonical(filled) == scratch(tmp_path / "other", told[::-1], "2")
    assert put(filled, told, "2") == ["unchanged"] * 3
    assert outdated(filled, Reader(told, "2")) == []


def test_what_changed_is_told_event_by_event(filled: KnowledgeBase) -> None:
    difference = anew(filled)[0].difference
    assert [told.label for told in difference.added] == ["Parler polices threats"]
    assert [told.label for told in difference.gone] == ["Google speaks"]
    assert [(one.after.label, one.fields) for one in difference.changed] == [
        ("Google and Apple remove Parler from their app stores", ("action", "polarity")),
        ("Parler fails to police threats", ("source",)),
    ]
    altered = difference.changed[0]
    assert (altered.before.action, altered.after.action) == ("Remove", "Ban")
    assert altered.before.roles == (
        "agent: Apple", "agent: Google", "patient: Parler", "source: their app stores",
    )  # fmt: skip


def test_a_dry_run_tells_the_same_and_stores_nothing(filled: KnowledgeBase) -> None:
    before = canonical(filled)
    reader = Reader([better(story) for story in stories()], "2")
    dry = list(refresh(filled, reader, outdated(filled, reader), dry_run=True))
    assert canonical(filled) == before
    assert dry == anew(filled)


def test_a_run_that_was_stopped_goes_on_where_it_stopped(
    filled: KnowledgeBase, tmp_path: Path
) -> None:
    reader = Reader([better(story) for story in stories()], "2")
    run = refresh(filled, reader, outdated(filled, reader))
    next(run)
    del run
    assert outdated(filled, reader) == ["gazette-3", "ledger-7"]
    assert [one.slug for one in anew(filled)] == ["gazette-3", "ledger-7"]
    told = [better(story) for story in stories()]
    assert canonical(filled) == scratch(tmp_path / "other", told, "2")


def test_an_article_that_fails_stays_as_it_was(filled: KnowledgeBase) -> None:
    before = [line for line in canonical(filled) if line.endswith("graph/ledger-7> .")]
    reader = Reader([courier(), gazette()], "2")
    results = list(refresh(filled, reader, outdated(filled, reader)))
    assert [one.status for one in results] == ["same", "same", "failed"]
    assert results[2].message == "ledger-7 stays as it was: nobody has read ledger-7"
    assert [line for line in canonical(filled) if line.endswith("graph/ledger-7> .")] == before
    assert outdated(filled, reader) == ["ledger-7"]


@pytest.mark.parametrize(("ago", "found"), [(timedelta(hours=1), 0), (timedelta(hours=-1), 3)])
def test_only_what_was_read_before_a_moment_is_chosen(
    filled: KnowledgeBase, ago: timedelta, found: int
) -> None:
    limit = datetime.now(UTC) - ago
    reader = Reader(stories(), "2")
    assert len(outdated(filled, reader, older_than=limit)) == found


def test_the_file_that_an_article_came_from_is_remembered(kb: KnowledgeBase) -> None:
    list(kb.ingest([replace(ledger().article(), read_from="l.txt")], Reader([ledger()])))
    anew(kb)
    view = kb.article("ledger-7")
    assert view is not None and view.reading is not None
    assert (view.reading.version, view.reading.read_from) == ("2", "l.txt")


class Counting(Reader):
    """Tells how many articles are waiting at a time."""

    most = 0

    def extract_all(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        chunk = list(articles)
        self.most = max(self.most, len(chunk))
        return super().extract_all(chunk)


def test_articles_go_to_the_reader_in_batches(kb: KnowledgeBase) -> None:
    told = []
    for n in range(150):
        story = Story(f"s{n}", "2021-01-09", None, f"Number {n} met the press.")
        told.append(
            story.event("met", "Meet", f"Number {n} meets the press", when=day("2021-01-09"))
        )
    put(kb, told)
    reader = Counting(told, "2")
    assert len(list(refresh(kb, reader, outdated(kb, reader)))) == 150
    assert 1 < reader.most <= 64
