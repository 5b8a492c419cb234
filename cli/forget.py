"""`dateline forget`: articles removed with every trace of them."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from cli.failures import Exit, Failure
from cli.knowledge import chosen_store, opened
from cli.options import kb_option, text_or_json_option
from cli.output import safe, to_json
from kb.compacting import compact
from kb.forgetting import Forgotten, forget
from kb.linking.cache import discard
from kb.lookup import find_articles


@click.command("forget")
@click.argument("names", nargs=-1, metavar="ARTICLE...")
@kb_option
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option(
    "--keep-decisions",
    is_flag=True,
    help="Keep what people decided about the articles; it acts again if they come back.",
)
@click.option(
    "--compact/--no-compact",
    "rewrite",
    default=True,
    help="Write the files anew, so that no byte of the articles is left in them; without "
    "ARTICLE, only that.  [default: compact]",
)
@text_or_json_option
def command(
    names: tuple[str, ...],
    kb_path: Path,
    yes: bool,
    keep_decisions: bool,
    rewrite: bool,
    form: str,
) -> None:
    """Remove articles with every trace of them; ARTICLE is an id, IRI or address.

    What goes: the article's text and graph, its claims, its part in merged events, the entities
    that only it names, its entries in timelines and search, and what people decided about it.
    What other articles say stays as if the article had never been there. Then the files are
    written anew, which takes time in proportion to the knowledge base: until that is done, the
    deleted bytes can still be found in them. docs/provenance.md says what lies outside.

    \b
    Examples:
      dateline forget 2021-01-11-parler-goes-offline-1f0c8a2b
      dateline forget https://news.example/story --yes
      dateline forget --compact
    """
    if not names and not rewrite:
        raise click.UsageError("Name an article.")
    if names:
        with opened(kb_path, write=True) as kb:
            slugs: list[str] = []
            for name in names:
                found = find_articles(kb, name)
                if not found:
                    raise Failure(
                        f"There is no article {name!r} in {kb_path}: nothing was removed.",
                        Exit.NOT_FOUND,
                    )
                slugs += found
            if not yes:
                ask(slugs)
            gone = forget(kb, slugs, keep_decisions=keep_decisions)
        discard(kb_path)
        tell(gone, form)
    if rewrite and chosen_store() is not None:
        click.echo("What its files still hold is the server's to remove.", err=True)
    elif rewrite:
        compact(kb_path)
        click.echo(f"The files of {kb_path} were written anew.", err=True)


def ask(slugs: list[str]) -> None:
    """Have a person confirm. Raises Failure where nobody can, Abort where they do not."""
    if not sys.stdin.isatty():
        raise Failure("Nobody is there to ask: confirm with --yes.", Exit.USAGE)
    for slug in slugs:
        click.echo(safe(slug), err=True)
    click.confirm("Remove these for good?", abort=True, err=True)


def tell(gone: Forgotten, form: str) -> None:
    """Say what went."""
    if form == "json":
        click.echo(to_json(asdict(gone), indent=2))
        return
    for slug, title in gone.articles:
        click.echo(safe(f"Removed: {title or slug} ({slug})"))
    click.echo(
        f"With them went {gone.claims} claims, {gone.events} events and {gone.entities} entities "
        f"that nothing else tells of, and {gone.decisions} decisions about them."
    )
