"""The factory and what it needs."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path

import pytest

from extractors.language import ModelError
from extractors.pipeline import Extractor
from kb.knowledge_base import KnowledgeBase
from kb.store import StoreError
from tests.web.site import fresh_kb
from web.application import create_app
from web.assets import NAMES, MissingBundleError, load_manifest
from web.build import FRONTEND
from web.settings import Settings


def test_two_applications_share_nothing(sample_kb: KnowledgeBase, tmp_path: Path) -> None:
    empty = KnowledgeBase.open(tmp_path / "kb", create=True)
    try:
        full, bare = create_app(sample_kb), create_app(empty, Settings(token="x"))
        assert "Nothing has been read yet" in bare.test_client().get("/").text
        assert "Nothing has been read yet" not in full.test_client().get("/").text
        assert 'name="token"' in bare.test_client().get("/ingest").text
        assert 'name="token"' not in full.test_client().get("/ingest").text
    finally:
        empty.close()


def test_it_can_be_mounted_below_another_address(sample_kb: KnowledgeBase) -> None:
    html = (
        create_app(sample_kb).test_client().get("/", base_url="https://news.example/dateline/").text
    )
    assert 'href="/dateline/static/dist/' in html
    assert 'href="/dateline/event/' in html
    assert 'href="/event/' not in html


def test_a_missing_bundle_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(MissingBundleError, match="make build"):
        load_manifest(tmp_path)
    files = {name: f"1-{name}" for name in NAMES}
    (tmp_path / "manifest.json").write_text(json.dumps(files))
    first, *others = files.values()
    for file in others:
        (tmp_path / file).touch()
    with pytest.raises(MissingBundleError, match="make build"):
        load_manifest(tmp_path)
    (tmp_path / first).touch()
    assert load_manifest(tmp_path)["dateline.js"] == "dist/1-dateline.js"


def test_a_store_that_fails_is_said_and_may_come_back(
    sample_kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise StoreError("The store in news.kb can't be read: disk on fire")

    client = create_app(sample_kb).test_client()
    with monkeypatch.context() as broken:
        broken.setattr(sample_kb, "overview", fail)
        for address, accept in (("/", "text/html"), ("/health", "application/json")):
            response = client.get(address, headers={"Accept": accept})
            assert response.status_code == 503
            assert "disk on fire" in unescape(response.text)
    assert client.get("/health").status_code == 200


def test_unexpected_errors_show_nothing_of_the_inside(
    sample_kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(sample_kb, "overview", fail)
    response = create_app(sample_kb).test_client().get("/health")
    assert response.status_code == 500
    assert "secret" not in response.text


def test_an_extractor_that_cannot_be_loaded_is_said(tmp_path: Path) -> None:
    def load() -> Extractor:
        raise ModelError("The language model 'xx' is not installed: install it with pip")

    with fresh_kb(tmp_path) as kb:
        client = create_app(kb, Settings(token="x"), extractor=load).test_client()
        response = client.post(
            "/api/articles",
            json={"text": "A bridge fell in Lowmoor on Friday."},
            headers={"Authorization": "Bearer x"},
        )
        assert response.status_code == 503
        assert "not installed" in response.get_json(force=True)["detail"]


def test_settings_come_from_the_environment() -> None:
    assert Settings.from_environment({}) == Settings()
    given = Settings.from_environment({"DATELINE_TOKEN": "s3cret", "DATELINE_MAX_UPLOAD": "1000"})
    assert (given.token, given.max_upload) == ("s3cret", 1000)
    for wrong in ("many", "-1", "0"):
        with pytest.raises(ValueError, match="DATELINE_MAX_UPLOAD"):
            Settings.from_environment({"DATELINE_MAX_UPLOAD": wrong})


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads((FRONTEND / "package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert all("integrity" in entry and "resolved" not in entry for entry in packages.values())
