"""Running `dateline` from tests."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from cli.failures import Exit
from dateline import commands

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-u", str(ROOT / "dateline.py")]
ANSI = re.compile(r"\x1b\[")
ARTICLE = """\
Harbour bridge reopens after repairs

Engineers reopened the harbour bridge on Monday. Mayor Lena Abara thanked the crews, and said
that the city would not close the bridge again this year. Northwind Ferries had cancelled its
services on Friday.
"""


def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    """Run `dateline` in this process, without the settings of whoever runs the tests."""
    environ = dict.fromkeys(name for name in os.environ if name.startswith("DATELINE_"))
    return CliRunner(env=environ).invoke(commands, [str(a) for a in arguments], input=stdin)


def lines(result: Result) -> list[dict[str, Any]]:
    """The objects of JSON Lines."""
    return [json.loads(line) for line in result.stdout.splitlines()]


def failed(result: Result, code: Exit, *words: str) -> None:
    """The command failed with this code and one clear message, and printed nothing else."""
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    for word in words:
        assert word in result.stderr
