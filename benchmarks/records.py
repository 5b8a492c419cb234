"""The documents of annotated corpora, as records and as articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from extractors.articles import Article
from extractors.sources.boilerplate import find_story

Record = dict[str, Any]


def read_records(path: Path) -> list[Record]:
    """The documents of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def article_of(record: Record) -> Article:
    """The article of a gold record, its story and headline found in its text."""
    found = find_story(record["text"], record.get("title"))
    return Article(
        record["doc_id"],
        record["text"],
        record.get("title"),
        record.get("published"),
        story=found.story,
        headline=found.headline,
    )
