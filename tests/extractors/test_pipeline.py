"""From an article to its extraction, through the front door."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.articles import Article
from extractors.extraction import Event, Extraction
from extractors.language import ModelError
from extractors.pipeline import Extractor
from extractors.sources import read_text

TEXT = """News

Port operator Delmar drops ferry line after safety report

Delmar Ports, the largest operator on the coast, pulled its support for the Tern ferry line on \
Thursday, two days after inspectors found cracks in its hull.

“We did not have a choice,” Delmar's chief executive, Ines Okafor, told reporters. She said the \
company would not reopen the line this year.

The union denied that the crew had ignored the warnings. Delmar may sell the ship.

Related: Ferry strike enters second week
"""


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture(scope="module")
def article() -> Article:
    return read_text(TEXT, "harbour.txt", published="2023-03-18", publisher="The Quay")


@pytest.fixture(scope="module")
def extraction(extractor: Extractor, article: Article) -> Extraction:
    return extractor.extract(article)


def _event(extraction: Extraction, word: str) -> Event:
    spans = {extraction.text[e.trigger.start : e.trigger.end]: e for e in extraction.events}
    return spans[word]


def _names(extraction: Extraction, event: Event, role: str) -> set[str]:
    names = {entity.id: entity.name for entity in extraction.entities}
    return {names[r.entity] for r in event.roles if r.role == role and r.entity}


def test_every_offset_quotes_the_article(extraction: Extraction) -> None:
    text = extraction.text
    assert extraction.events
    for event in extraction.events:
        assert text[event.trigger.start : event.trigger.end].strip() != ""
        for role in event.roles:
            assert text[role.start : role.end] == text[role.start : role.end].strip() != ""
    for entity in extraction.entities:
        surfaces = {text[m.start : m.end] for m in entity.mentions}
        assert entity.name in surfaces | {s.replace("’", "'") for s in surfaces}


def test_the_main_event_has_its_actor_object_and_day(extraction: Extraction) -> None:
    event = _event(extraction, "pulled")
    assert _names(extraction, event, "agent") == {"Delmar Ports"}
    assert any(
        "Tern" in extraction.text[r.start : r.end] for r in event.roles if r.role == "patient"
    )
    assert event.time is not None
    assert (event.time.earliest, event.time.latest) == ("2023-03-16", "2023-03-16")


def test_boilerplate_yields_no_events(extraction: Extraction) -> None:
    end = extraction.text.index("Related:")
    assert all(event.trigger.end <= end for event in extraction.events)


def test_what_is_said_has_its_source_and_truth(extraction: Extraction) -> None:
    names = {entity.id: entity.name for entity in extraction.entities}
    reopen = _event(extraction, "reopen")
    assert names[reopen.source or ""] == "Ines Okafor"
    assert (reopen.polarity, reopen.factuality) == ("negative", "planned")
    assert _event(extraction, "have").quoted
    assert _event(extraction, "ignored").polarity == "negative"
    assert _event(extraction, "sell").factuality == "possible"


def test_the_headline_outweighs_what_was_merely_said(extraction: Extraction) -> None:
    assert _event(extraction, "drops").salience > 0.5 > _event(extraction, "told").salience


def test_json_lines_round_trip(extraction: Extraction) -> None:
    line = extraction.to_json()
    assert "\n" not in line
    assert Extraction.from_json(line) == extraction


def test_the_same_article_gives_the_same_extraction_in_any_batch(
    extractor: Extractor, article: Article, extraction: Extraction
) -> None:
    other = replace(article, doc_id="other", text=article.text.replace("Tern", "Heron"))
    together = list(extractor.extract_all([other, article, other]))
    assert together[1] == extraction
    assert [one.doc_id for one in together] == ["other", article.doc_id, "other"]


def test_without_a_publication_date_relative_times_stay_open(
    extractor: Extractor, article: Article
) -> None:
    event = _event(extractor.extract(replace(article, published=None)), "pulled")
    assert event.time is None or (event.time.earliest, event.time.latest) == (None, None)


def test_a_missing_model_is_said_with_its_remedy() -> None:
    with pytest.raises(ModelError, match=r"'no_such_model' is not installed.*pip install"):
        next(Extractor("no_such_model").extract_all([Article("x", "Text.")]))


def test_an_empty_story_gives_an_empty_extraction(extractor: Extractor) -> None:
    found = extractor.extract(Article("x", "\n\n"))
    assert (found.entities, found.events, found.timexes) == ((), (), ())
