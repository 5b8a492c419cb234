"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from cli.dates import Published

Command = TypeVar("Command", bound=Callable[..., Any])

DEFAULT_KB = Path("dateline-kb")

kb_option = click.option(
    "--kb",
    "kb_path",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="DATELINE_KB",
    default=DEFAULT_KB,
    show_default=True,
    show_envvar=True,
    metavar="DIR",
    help="The directory of the knowledge base.",
)
model_option = click.option(
    "--model",
    envvar="DATELINE_MODEL",
    show_envvar=True,
    metavar="NAME",
    help="An English spaCy pipeline, by name or path.  [default: en_core_web_md, "
    "else en_core_web_sm]",
)


def article_options(command: Command) -> Command:
    """What to know of the articles that a command reads, and their arguments."""
    for decorate in reversed(
        (
            click.argument("inputs", nargs=-1, required=True, metavar="FILE|DIRECTORY|-..."),
            click.option(
                "--published",
                type=Published(),
                help="When the articles were published, such as 2021-01-11 or "
                "2021-01-11T09:30+00:00. Without it, and without a date in the file, "
                "expressions such as 'last week' stay undated.",
            ),
            click.option("--title", metavar="TEXT", help="The title (of a single article)."),
            click.option("--url", metavar="URL", help="The address (of a single article)."),
            click.option("--publisher", metavar="NAME", help="Who published the articles."),
            click.option(
                "--force",
                is_flag=True,
                help="Read articles that seem to be in another language than English, too.",
            ),
            model_option,
        )
    ):
        command = decorate(command)
    return command
