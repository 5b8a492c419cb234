"""`dateline reindex`: the index made anew from the store."""

from __future__ import annotations

from pathlib import Path

import click

from cli.knowledge import opened, place
from cli.options import kb_option


@click.command("reindex")
@kb_option
def command(kb_path: Path) -> None:
    """Rebuild the index that timelines, counts and search read.

    The index is derived from the store and catches up by itself when a knowledge base is
    opened; this command is for an index file that is lost or damaged.

    \b
    Example:
      dateline reindex --kb news/
    """
    with opened(kb_path, write=True) as kb:
        kb.reindex()
        overview = kb.overview()
    click.echo(
        f"Indexed {overview.events} events of {overview.articles} articles in {place(kb_path)}."
    )
