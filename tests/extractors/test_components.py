"""The steps as components: found by name, replaced, left out, composed by a config."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from extractors.articles import Article
from extractors.configuration import DEFAULT, ConfigurationError, config_path, read_settings
from extractors.extraction import Extraction, Timex
from extractors.findings import findings
from extractors.pipeline import Extractor

ARTICLE = Article(
    "harbour",
    'The Delmar company closed its ferry line on Monday. "We had no choice," Ines Okafor said.',
    published="2023-03-18",
)


@Language.factory("test_mondays", default_config={"value": "XXXX"})
def mondays(nlp: Language, name: str, value: str) -> object:
    """Takes every Monday, and nothing else, for a time."""

    def component(doc: Doc) -> Doc:
        found = findings(doc)
        start = doc.text.index("Monday")
        found.timexes = (Timex(start, start + len("Monday"), "SET", value),)
        return doc

    return component


@pytest.fixture
def config(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "own.cfg"
    path.write_text(DEFAULT.read_text("utf-8"), "utf-8")
    yield path


def _without(path: Path, name: str) -> Path:
    path.write_text(path.read_text("utf-8").replace(f'"{name}",', ""), "utf-8")
    return path


def _with(path: Path, name: str, factory: str) -> Path:
    text = path.read_text("utf-8").replace(f'factory = "{name}"', f"factory = {factory}")
    path.write_text(text, "utf-8")
    return path


def test_the_model_comes_first_and_the_assembly_last() -> None:
    names = Extractor().nlp.pipe_names
    assert names[-1] == "dateline_assembly"
    assert names.index("parser") < names.index("dateline_quotations")
    assert "senter" not in names


def test_the_components_find_what_they_need_in_the_pipeline() -> None:
    problems = (Extractor().nlp.analyze_pipes() or {})["problems"]
    assert {name: found for name, found in problems.items() if found} == {}


def test_a_registered_component_takes_the_place_of_another(config: Path) -> None:
    _with(config, "dateline_times", '"test_mondays"\nvalue = "XXXX-WXX-1"')
    extraction = Extractor.from_config(config).extract(ARTICLE)
    assert [(t.type, t.value) for t in extraction.timexes] == [("SET", "XXXX-WXX-1")]
    assert any(event.lemma == "close" for event in extraction.events)


@pytest.mark.parametrize(
    ("name", "is_empty"),
    [
        ("dateline_quotations", lambda x: not any(event.quoted for event in x.events)),
        ("dateline_times", lambda x: x.timexes == ()),
        ("dateline_entities", lambda x: x.entities == ()),
        ("dateline_actions", lambda x: x.events == ()),
        ("dateline_arguments", lambda x: not any(event.roles for event in x.events)),
        ("dateline_attribution", lambda x: not any(event.source for event in x.events)),
        ("dateline_anchoring", lambda x: not any(event.time for event in x.events)),
        ("dateline_truth", lambda x: {e.factuality for e in x.events} == {"asserted"}),
        ("dateline_links", lambda x: x.links == ()),
        ("dateline_coreference", lambda x: all(len(e.mentions) == 1 for e in x.entities)),
    ],
)
def test_each_component_can_be_left_out(config: Path, name: str, is_empty: object) -> None:
    # The trained reader finds triggers and participants of its own.
    extraction = Extractor.from_config(_without(config, name), reader="none").extract(ARTICLE)
    assert callable(is_empty)
    assert is_empty(extraction)
    assert extraction.text == ARTICLE.text
    if name != "dateline_actions":
        assert extraction.events


def test_bare_text_is_read_by_calling_the_pipeline() -> None:
    nlp = Extractor().nlp
    extraction = findings(nlp("Delmar closed the line.")).extraction
    assert isinstance(extraction, Extraction)
    assert [event.lemma for event in extraction.events] == ["close"]


def test_the_digest_tells_configs_apart_but_not_their_comments(config: Path) -> None:
    assert Extractor.from_config(config).configuration == Extractor().configuration
    config.write_text(f"# a copy\n{config.read_text('utf-8')}", "utf-8")
    assert Extractor.from_config(config).configuration == Extractor().configuration
    _without(config, "dateline_links")
    assert Extractor.from_config(config).configuration != Extractor().configuration


def test_the_environment_names_a_config(monkeypatch: pytest.MonkeyPatch, config: Path) -> None:
    monkeypatch.delenv("DATELINE_CONFIG", raising=False)
    assert config_path() == DEFAULT
    monkeypatch.setenv("DATELINE_CONFIG", str(config))
    assert config_path() == config
    assert config_path(DEFAULT) == DEFAULT


def test_a_config_that_cannot_be_used_says_why(config: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"absent\.cfg can't be read"):
        read_settings(tmp_path / "absent.cfg")
    nothing = tmp_path / "nothing.cfg"
    nothing.write_text("[nlp]\n", "utf-8")
    with pytest.raises(ConfigurationError, match=r"nothing\.cfg"):
        read_settings(nothing)
    unknown = tmp_path / "unknown.cfg"
    unknown.write_text(DEFAULT.read_text("utf-8").replace('"dateline_links",', '"mine",'), "utf-8")
    with pytest.raises(ConfigurationError, match=r"lists mine without a section \[components.mine"):
        read_settings(unknown)
    with pytest.raises(ConfigurationError, match="'dateline_links' can't be made"):
        Extractor.from_config(_with(config, "dateline_links", '"no_such_factory"')).extract(ARTICLE)
    with pytest.raises(ConfigurationError, match="lists no dateline_assembly"):
        text = DEFAULT.read_text("utf-8").replace(',"dateline_assembly"', "")
        config.write_text(text, "utf-8")
        read_settings(config)
