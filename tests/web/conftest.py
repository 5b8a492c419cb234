"""The web face over real articles: the samples, read once for all tests of pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from extractors.pipeline import Extractor
from kb.knowledge_base import KnowledgeBase
from tests.web.site import TOKEN, fresh_kb, kb_of
from web.application import create_app
from web.settings import Settings


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture(scope="session")
def sample_kb(
    tmp_path_factory: pytest.TempPathFactory, samples_path: Path, extractor: Extractor
) -> Iterator[KnowledgeBase]:
    """A knowledge base of all sample articles. Nobody writes to it."""
    with kb_of(samples_path, tmp_path_factory.mktemp("samples"), extractor) as kb:
        yield kb


@pytest.fixture
def client(sample_kb: KnowledgeBase) -> FlaskClient:
    """A browser without scripts, on the samples."""
    return create_app(sample_kb).test_client()


@pytest.fixture
def writable(tmp_path: Path, extractor: Extractor) -> Iterator[Flask]:
    """An application with an empty knowledge base that takes articles."""
    with fresh_kb(tmp_path) as kb:
        yield create_app(kb, Settings(token=TOKEN), extractor=lambda: extractor)
