"""A knowledge base of the samples, and an article of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import ARTICLE, run


@pytest.fixture(scope="session")
def kb(tmp_path_factory: pytest.TempPathFactory, samples_path: Path) -> Path:
    """A knowledge base of the samples. Nobody writes to it."""
    path = tmp_path_factory.mktemp("cli") / "kb"
    result = run("ingest", samples_path, "--kb", path)
    assert result.exit_code == 0, result.output
    return path


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A short article without a date."""
    path = tmp_path / "bridge.txt"
    path.write_text(ARTICLE)
    return path
