"""`dateline info`: what a knowledge base holds."""

from __future__ import annotations

from pathlib import Path

import click

from cli.knowledge import opened, place
from cli.options import kb_option, text_or_json_option
from cli.output import print_table, to_json


@click.command("info")
@kb_option
@text_or_json_option
def command(kb_path: Path, form: str) -> None:
    """Say what a knowledge base holds: counts, the time it spans, who and what is most frequent.

    \b
    Example:
      dateline info --kb news/
    """
    with opened(kb_path) as kb:
        overview = kb.overview()
    if form == "json":
        click.echo(to_json(overview, indent=2))
        return
    span = f"{overview.earliest or 'unknown'} to {overview.latest or 'unknown'}"
    print_table(
        ("Knowledge base", place(kb_path)),
        [
            ("Articles", overview.articles),
            ("Events", overview.events),
            ("Claims", overview.claims),
            ("Entities", overview.entities),
            ("Events from", span),
        ],
    )
    if overview.top_entities:
        click.echo()
        print_table(
            ("Entity", "Id", "Events"),
            [(ref.name, ref.slug, count) for ref, count in overview.top_entities],
        )
    if overview.top_actions:
        click.echo()
        print_table(
            ("Action", "Type", "Events"),
            [(facet.label, facet.value, facet.count) for facet in overview.top_actions],
        )
