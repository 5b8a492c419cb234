"""The web face over real articles: the samples, read once for all page tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from extractors.articles import Article
from extractors.pipeline import Extractor
from extractors.sources import read_path
from kb.knowledge_base import KnowledgeBase
from web.application import create_app
from web.settings import Settings

TOKEN = "correct horse battery staple"


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture(scope="session")
def sample_kb(
    tmp_path_factory: pytest.TempPathFactory, samples_path: Path, extractor: Extractor
) -> Iterator[KnowledgeBase]:
    """A knowledge base of all sample articles. Nobody writes to it."""
    kb = KnowledgeBase.open(tmp_path_factory.mktemp("samples") / "kb", create=True)
    articles = [item for item in read_path(samples_path) if isinstance(item, Article)]
    list(kb.ingest(articles, extractor))
    yield kb
    kb.close()


@pytest.fixture
def client(sample_kb: KnowledgeBase) -> FlaskClient:
    """A browser without scripts, on the samples."""
    return create_app(sample_kb).test_client()


@pytest.fixture
def writable(tmp_path: Path, extractor: Extractor) -> Iterator[Flask]:
    """An application with an empty knowledge base that takes articles."""
    kb = KnowledgeBase.open(tmp_path / "kb", create=True)
    yield create_app(kb, Settings(token=TOKEN), extractor=lambda: extractor)
    kb.close()
