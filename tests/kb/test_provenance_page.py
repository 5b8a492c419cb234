"""What docs/provenance.md promises: its queries answer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kb.knowledge_base import KnowledgeBase

PAGE = Path(__file__).parents[2] / "docs" / "provenance.md"
QUERIES = re.findall(r"```sparql\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("query", QUERIES)
def test_its_queries_answer(filled: KnowledgeBase, query: str) -> None:
    query = query.replace("ent:amazon", "ent:google")
    answer = filled.query(query, ["text/csv", "text/turtle"], preset_prefixes=True)
    lines = b"".join(answer.chunks).decode().splitlines()
    assert len(lines) > 3
    assert "courier-1" in "\n".join(lines)
