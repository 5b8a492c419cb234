"""`dateline stories`, and stories in `show` and `timeline`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cli.failures import Exit
from tests.cli.running import failed, lines, run


def listed(kb: Path, *options: str) -> list[dict[str, Any]]:
    return lines(run("stories", *options, "--kb", kb, "--format", "jsonl"))


def test_stories_are_listed_and_shown(kb: Path) -> None:
    told = listed(kb)
    assert len(told) == 2
    table = run("stories", "--kb", kb).stdout
    assert all(story["name"] in table and story["slug"] in table for story in told)
    slug = told[0]["slug"]
    shown = run("show", "story", slug, "--kb", kb).stdout
    assert told[0]["name"] in shown and "Told by: 10 articles" in shown
    assert json.loads(run("show", f"story/{slug}", "--kb", kb, "--format", "json").stdout)
    events = lines(run("timeline", "--story", slug, "--all", "--kb", kb, "--format", "jsonl"))
    assert len(events) == told[0]["events"]


def test_stories_are_found_by_entity_and_words(kb: Path) -> None:
    assert len(listed(kb, "--entity", "gab")) == 1
    assert listed(kb, "--text", "xylophone") == []
    assert len(listed(kb, "--limit", "1")) == 1
    assert "No story fits" in run("stories", "--entity", "nobody", "--kb", kb).stderr


def test_a_kind_goes_before_one_name(kb: Path) -> None:
    failed(run("show", "story", "none", "--kb", kb), Exit.NOT_FOUND, "story/none")
    assert run("show", "storey", "none", "--kb", kb).exit_code == 2
