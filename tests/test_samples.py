"""The sample articles: readable, clean, and telling what expected.json says they tell."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from extractors.articles import Article
from extractors.sources import read_path

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
FILES = sorted(p.name for p in SAMPLES.iterdir() if p.suffix in {".txt", ".html"})
EXPECTED: dict[str, Any] = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
REPORTS = [(event, report) for event in EXPECTED["events"] for report in event["reports"]]
FURNITURE = (
    "Read more",
    "See also",
    "Tags:",
    "Related",
    "Most read",
    "Photo:",
    "Share Tweet",
    "All rights",
    "Sign up",
    "Editing by",
    "Comments",
    "Skip to",
    "You may also",
    "Ferry to run",
    "Barley growers",
    "Orla Kessler is",
    "Tobias Wren is",
)
EVENTS = {event["id"]: event for event in EXPECTED["events"]}


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    found = {}
    for name in FILES:
        (item,) = read_path(SAMPLES / name)
        assert isinstance(item, Article), item
        found[name] = item
    return found


def story(article: Article) -> str:
    return "\n".join(article.text[part.start : part.end] for part in article.story)


def test_the_folder_holds_twelve_articles_and_nothing_that_fails() -> None:
    items = list(read_path(SAMPLES))
    assert len(items) == len(FILES) == 12
    assert all(isinstance(item, Article) for item in items)
    assert Counter(Path(name).suffix for name in FILES) == {".txt": 8, ".html": 4}


@pytest.mark.parametrize("name", FILES)
def test_each_is_a_complete_clean_article(name: str, articles: dict[str, Article]) -> None:
    article = articles[name]
    assert article.warnings == ()
    assert article.language == "en"
    assert article.publisher
    assert article.url
    assert article.published_from == "metadata"
    assert article.published is not None
    assert "2021-01-07" <= article.published[:10] <= "2021-01-20"
    assert name.startswith(article.published[:10])
    assert article.headline is not None
    assert article.text[article.headline.start : article.headline.end] == article.title
    assert 150 <= len(story(article).split()) <= 400


@pytest.mark.parametrize("name", FILES)
def test_nothing_of_the_page_around_it_is_in_the_story(
    name: str, articles: dict[str, Article]
) -> None:
    told = story(articles[name])
    for furniture in FURNITURE:
        assert not re.search(rf"^{furniture}", told, re.MULTILINE)
    assert not re.search(r"^By [A-Z]", told, re.MULTILINE)


def test_outlets_are_several_and_identifiers_are_told_apart(articles: dict[str, Article]) -> None:
    assert len({article.publisher for article in articles.values()}) >= 8
    assert len({article.doc_id for article in articles.values()}) == 12
    assert len({article.url for article in articles.values()}) == 12


def test_no_sentence_stands_in_two_articles(articles: dict[str, Article]) -> None:
    sentences = Counter(
        sentence
        for article in articles.values()
        for sentence in set(re.split(r"(?<=[.!?”])\s+", story(article)))
        if len(sentence.split()) > 6
    )
    assert [sentence for sentence, count in sentences.items() if count > 1] == []


@pytest.mark.parametrize(
    ("event", "report"), REPORTS, ids=[f"{e['id']}-{r['file'][:24]}" for e, r in REPORTS]
)
def test_every_expected_report_is_told_in_the_story(
    event: dict[str, Any], report: dict[str, Any], articles: dict[str, Article]
) -> None:
    assert story(articles[report["file"]]).count(report["quote"]) == 1
    assert report["trigger"] is None or report["trigger"] in report["quote"]
    assert not event["date"] or event["date"] >= "2021-01-06"


def test_main_events_are_told_by_independent_outlets(articles: dict[str, Article]) -> None:
    for event in ("google-removes-parler", "apple-removes-parler", "amazon-stops-hosting-parler",
                  "parler-goes-offline"):  # fmt: skip
        outlets = {articles[r["file"]].publisher for r in EVENTS[event]["reports"]}
        assert len(outlets) >= 4


def test_the_conflict_is_one_report_against_the_others() -> None:
    conflict = EXPECTED["conflict"]
    event = EVENTS[conflict["event"]]
    odd = [report["file"] for report in event["reports"] if "date" in report]
    assert odd == [conflict["file"]]
    assert event["date"] == conflict["against"] != conflict["date"]


def test_the_denial_and_the_correction_come_after_what_they_speak_of(
    articles: dict[str, Article],
) -> None:
    denial, correction = EXPECTED["denial"], EXPECTED["correction"]
    for later, earlier in (
        (denial["file"], denial["against"]),
        (correction["file"], correction["corrects"]),
    ):
        assert str(articles[later].published) > str(articles[earlier].published)
    assert articles[correction["file"]].publisher == articles[correction["corrects"]].publisher
    polarities = [r.get("polarity", "positive") for r in EVENTS[denial["event"]]["reports"]]
    assert sorted(polarities) == ["negative", "positive"]
    assert EVENTS[correction["event"]]["date"] == correction["right"]


def test_the_readme_counts_as_the_data_does() -> None:
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    for event in EXPECTED["events"]:
        label = event["label"].replace("’", "'")
        row = re.search(rf"^\| {re.escape(label)} \| .* \| (\d+) \|$", readme, re.MULTILINE)
        assert row is not None, label
        assert int(row[1]) == len(event["reports"])
    assert all(f"`{name}`" in readme for name in FILES)
