"""Knowledge bases for tests: one with three stories by hand, and what to compare them by."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kb.knowledge_base import KnowledgeBase
from tests.kb.building import Reader, Story, stories

Snapshot = Callable[[KnowledgeBase], list[str]]


@pytest.fixture(params=["embedded", "remote"])
def kb(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[KnowledgeBase]:
    """An empty knowledge base, once in a directory and once on a SPARQL server."""
    remote = request.getfixturevalue("remote") if request.param == "remote" else None
    with KnowledgeBase.open(tmp_path / "kb", create=True, remote=remote) as found:
        yield found


@pytest.fixture
def filled(kb: KnowledgeBase) -> KnowledgeBase:
    """A knowledge base of three stories about one affair."""
    put(kb, stories())
    return kb


def put(kb: KnowledgeBase, told: list[Story], version: str = "1") -> list[str]:
    """Ingest stories; the status of each."""
    results = kb.ingest([story.article() for story in told], Reader(told, version))
    return [result.status for result in results]


def canonical(kb: KnowledgeBase) -> list[str]:
    """All quads but those of the log of commits, as sorted N-Quads."""
    output = io.BytesIO()
    kb.export(output, "nquads")
    log = f"{kb.iris.knowledge_base} ."
    return sorted(
        line for line in output.getvalue().decode().splitlines() if not line.endswith(log)
    )
