"""The command line: `dateline` reads news into a knowledge base, and shows and serves it.

Each command is a file of `cli/`, loaded only when it is asked for, so that `dateline --help`
does not wait for a language model.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import click

from cli.failures import MEANINGS, told_plainly

# Every command and what it does, in the order of a first session.
COMMANDS = {
    "ingest": "Read articles into a knowledge base.",
    "extract": "Read articles and print what is found in them; nothing is stored.",
    "timeline": "List events in order of time.",
    "stories": "List stories: events that belong together, by name.",
    "show": "Show an event, entity, story or article with its quotes.",
    "query": "Ask the knowledge base a SPARQL question.",
    "serve": "Serve the timeline, its pages and the SPARQL endpoint.",
    "refresh": "Read articles again that were read by other versions or settings.",
    "forget": "Remove articles with every trace of them.",
    "curate": "Correct what was read: merge, split, reject, undo.",
    "export": "Write the whole knowledge base as RDF, or its events as a list.",
    "import": "Take in a knowledge base that was exported.",
    "info": "Say what a knowledge base holds.",
    "link": "Link entities to Wikidata, or to another SPARQL endpoint.",
    "reindex": "Rebuild the index that timelines and search read.",
}

MODULES = {"import": "importing"}
"""The modules of commands whose names Python keeps for itself."""

EXAMPLES = """\b
Examples:
  dateline ingest article.html news/ --published 2021-01-11
  dateline timeline --entity amazon
  dateline show amazon
  dateline query 'SELECT ?label WHERE { ?e a sem:Event ; rdfs:label ?label }'
  dateline serve
"""


class Commands(click.Group):
    """The commands by name, each imported when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order of a first session."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"cli.{MODULES.get(cmd_name, cmd_name)}").command
        assert isinstance(command, click.Command)
        command.short_help = COMMANDS[cmd_name]
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them, then the exit codes."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))
        with formatter.section("Exit codes"):
            formatter.write_dl([(str(int(code)), text) for code, text in MEANINGS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an error that its domain foresees becomes one message."""
        with told_plainly():
            return super().invoke(ctx)


def installed_version() -> str:
    """The version of Dateline that runs."""
    try:
        return version("dateline")
    except PackageNotFoundError:
        return "unknown (not installed)"


@click.group(
    cls=Commands, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(installed_version(), prog_name="dateline")
def commands() -> None:
    """Read news, and keep who did what to whom, when, where, and who says so.

    Articles go into a knowledge base, a directory named by --kb or DATELINE_KB (default:
    ./dateline-kb). `dateline COMMAND --help` explains a command.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line. Exits with a code of `cli.failures.Exit`."""
    commands.main(args=list(arguments) if arguments is not None else None, prog_name="dateline")


if __name__ == "__main__":
    main()
