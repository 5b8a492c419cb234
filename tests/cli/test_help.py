"""Help, and the pages made from it."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys

import pytest

from cli.failures import MEANINGS, Exit
from cli.reference import PAGE, reference
from dateline import COMMANDS
from extractors.extraction import Entity, Event, Extraction, Link, Role, Time, Timex
from tests.cli.running import ROOT, failed, run


def test_help_lists_every_command_and_exit_code() -> None:
    text = run("--help").stdout
    for name, summary in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(summary)}$", text, re.MULTILINE)
    for code, meaning in MEANINGS.items():
        assert re.search(rf"^  {int(code)} +{re.escape(meaning)}$", text, re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_each_command_has_an_example_that_parses(name: str) -> None:
    text = run(name, "--help").stdout
    examples = re.findall(rf"dateline {name}\b.*", text.partition("Example")[2])
    assert examples


def test_reference_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == reference(), "run 'make docs'"


def test_settings_are_documented() -> None:
    documented = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    code = [ROOT / "dateline.py", *(f for d in ("cli", "extractors", "kb", "web")
                                    for f in (ROOT / d).glob("**/*.py"))]  # fmt: skip
    used = {name for file in code for name in re.findall(r"DATELINE_[A-Z_]+", file.read_text())}
    assert used
    assert {name for name in used if f"`{name}`" not in documented} == set()


@pytest.mark.parametrize("arguments", [["--help"], ["timeline", "--help"], ["query", "--help"]])
def test_help_does_not_load_the_language_library(arguments: list[str]) -> None:
    program = (
        "import sys, dateline\n"
        f"try: dateline.main({arguments})\n"
        "except SystemExit: print('spacy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("False\n")


def test_unknown_command_is_a_usage_error() -> None:
    failed(run("inquest"), Exit.USAGE, "No such command 'inquest'")


def test_every_field_of_the_json_lines_is_documented() -> None:
    documented = (ROOT / "docs" / "extraction.md").read_text("utf-8")
    for record in (Extraction, Entity, Event, Role, Time, Timex, Link):
        names = {field.name for field in dataclasses.fields(record)}
        undocumented = {n for n in names if not re.search(rf"[`{{ ]{n}[`,}}]", documented)}
        assert undocumented == set(), record.__name__
