"""Writes docs/cli.md, the help of every command: `python -m cli.reference` (or `make docs`)."""

from __future__ import annotations

from pathlib import Path

import click

from dateline import commands

PAGE = Path(__file__).resolve().parent.parent / "docs" / "cli.md"
HEAD = """\
# The command line

Made from the program by `make docs`; a test keeps it up to date.
"""


def reference() -> str:
    """The help of `dateline` and of each of its commands, and of theirs, as Markdown."""
    settings = commands.context_settings
    top = click.Context(commands, info_name="dateline", terminal_width=90, **settings)
    parts = [HEAD, section("dateline", commands.get_help(top))]
    for name in commands.list_commands(top):
        command = commands.get_command(top, name)
        assert command is not None
        context = click.Context(command, parent=top, info_name=name, terminal_width=90)
        parts.append(section(f"dateline {name}", command.get_help(context)))
        for below, inner in getattr(command, "commands", {}).items():
            within = click.Context(inner, parent=context, info_name=below, terminal_width=90)
            parts.append(section(f"dateline {name} {below}", inner.get_help(within)))
    return "\n".join(parts)


def section(title: str, text: str) -> str:
    """One command's help under its heading."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return f"## {title}\n\n```text\n{lines}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
