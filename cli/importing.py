"""`dateline import`: a whole knowledge base out of a file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click
from tqdm import tqdm

from cli.knowledge import chosen_store
from cli.options import base_option, kb_option
from cli.output import to_json
from kb.exchange import Imported, Rule, import_file
from kb.incoming import FORMATS, form_of


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@kb_option
@base_option
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    help="The format of the file.  [default: by its name; .gz is read as well]",
)
@click.option(
    "--prefer",
    "rule",
    type=click.Choice(["newer", "theirs", "mine"]),
    default="newer",
    show_default=True,
    help="Where an article is here and in the file, in different versions or readings: the one "
    "that was read later, that of the file, or that of here.",
)
@click.option(
    "--rebase", is_flag=True, help="Bring addresses with another base under the base of here."
)
@click.option(
    "--report",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What was imported: text for people; JSON for programs.",
)
def command(
    file: Path,
    kb_path: Path,
    base: str | None,
    form: str | None,
    rule: Rule,
    rebase: bool,
    report: str,
) -> None:
    """Take in a knowledge base that 'dateline export' wrote as TriG, N-Quads or JSON-LD.

    Where there is no knowledge base yet, the file becomes one: articles, decisions, and the log
    that makes ingesting the same articles again change nothing. Into one that is there, it is
    merged: articles that are the same stay, others come in, and events and entities are made anew
    of all. The whole file is checked first; a file that is wrong is told with line and reason,
    and nothing is imported, as when the program is killed.

    \b
    Examples:
      dateline import news.trig.gz --kb copy/
      dateline import theirs.nq --prefer mine
      dateline import other.trig --rebase
    """
    if chosen_store() is not None:
        raise click.UsageError("A server takes a file by its own means; import it into --kb.")
    form = form or form_of(file)
    if form is None:
        raise click.UsageError(f"The name of {file} tells no format: give --format.")
    with tqdm(unit="article", disable=None, leave=False) as progress:

        def step() -> None:
            progress.update()

        found = import_file(
            kb_path, file, form, base=base, rebase=rebase, rule=rule, on_article=step
        )
    click.echo(to_json(asdict(found)) if report == "json" else told(found))


def told(found: Imported) -> str:
    """What became of the file, in a sentence."""
    parts = [f"{found.added} articles added"]
    parts += [
        f"{n} {what}" for n, what in ((found.replaced, "replaced"), (found.kept, "kept")) if n
    ]
    return (
        f"{', '.join(parts)}, {found.unchanged} unchanged; {found.decisions} decisions taken over."
    )
