"""`dateline link`: what entities are in Wikidata, or at another SPARQL endpoint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from cli.knowledge import opened
from cli.options import kb_option, table_or_lines_option
from cli.output import print_json_lines, print_table
from kb.knowledge_base import KnowledgeBase
from kb.linking.reconciling import Linked

COLUMNS = ("Entity", "Type", "Outcome", "Confidence", "Candidate", "Described as", "Address")


@click.command("link")
@kb_option
@click.option(
    "--profile",
    "profile_name",
    default="wikidata",
    show_default=True,
    metavar="NAME",
    help="How the endpoint describes things: wikidata, generic, or a TOML file of your own.",
)
@click.option(
    "--endpoint",
    envvar="DATELINE_LINK_ENDPOINT",
    show_envvar=True,
    metavar="URL",
    help="Where to ask.  [default: the profile's]",
)
@click.option(
    "--contact",
    envvar="DATELINE_CONTACT",
    show_envvar=True,
    metavar="ADDRESS",
    help="Whom the endpoint may write to, by mail or web: it is sent along with each request.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Look up N entities.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    metavar="X",
    help="Accept links from this confidence up.  [default: the profile's]",
)
@click.option("--rate", type=click.FloatRange(0.01, 1000), metavar="X", help="Requests a second.")
@click.option("--dry-run", is_flag=True, help="Say what would be linked; store nothing.")
@click.option("--refresh", is_flag=True, help="Ask again for what was asked before.")
@click.option(
    "--review",
    type=click.Choice(["all", "linked", "ambiguous"]),
    help="Ask nobody; list the links that there are.",
)
@click.option(
    "--accept",
    "accepted",
    nargs=2,
    multiple=True,
    metavar="ENTITY IRI",
    help="Accept a link by hand.",
)
@click.option(
    "--decline",
    "declined",
    nargs=2,
    multiple=True,
    metavar="ENTITY IRI",
    help="Decline a link by hand: it is not proposed again.",
)
@table_or_lines_option
def command(
    kb_path: Path,
    profile_name: str,
    endpoint: str | None,
    contact: str | None,
    limit: int | None,
    min_confidence: float | None,
    rate: float | None,
    dry_run: bool,
    refresh: bool,
    review: str | None,
    accepted: tuple[tuple[str, str], ...],
    declined: tuple[tuple[str, str], ...],
    form: str,
) -> None:
    """Link entities to Wikidata, or to things at any SPARQL endpoint.

    Candidates bear one of the entity's names. They are ranked by how alike the names are, by
    their class, and by what the articles say of the entity and in whose company. One that is
    sure enough is linked (owl:sameAs); of a name that could be several things, the candidates
    are kept for you to choose from. A run that was stopped goes on where it stopped.

    \b
    Examples:
      dateline link --contact me@example.org --limit 100
      dateline link --profile generic --endpoint http://localhost:7878/query --dry-run
      dateline link --review ambiguous
      dateline link --accept apple http://www.wikidata.org/entity/Q312
    """
    from kb.linking import reconciling

    if accepted or declined:
        with opened(kb_path, write=True) as kb:
            decided = [reconciling.decide(kb, *one, "accepted") for one in accepted]
            decided += [reconciling.decide(kb, *one, "declined") for one in declined]
            show(decided, form)
        return
    if review:
        with opened(kb_path) as kb:
            outcome: Any = None if review == "all" else review
            show(reconciling.review(kb, outcome), form)
        return
    with opened(kb_path, write=not dry_run) as kb:
        found = looked_up(
            kb, kb_path, profile_name, endpoint, contact, rate,
            limit=limit, accept=min_confidence, dry_run=dry_run, refresh=refresh,
        )  # fmt: skip
        counts = show(found, form)
    told = ", ".join(f"{counts[name]} {name}" for name in ("linked", "ambiguous", "none"))
    click.echo(f"{told}{' (nothing stored)' if dry_run else ''}.", err=True)


def looked_up(
    kb: KnowledgeBase,
    kb_path: Path,
    profile_name: str,
    endpoint: str | None,
    contact: str | None,
    rate: float | None,
    **how: Any,
) -> Iterator[Linked]:
    """Reconcile, with what the command line says of the endpoint."""
    from dataclasses import replace

    from kb.linking.cache import NAME, Cache
    from kb.linking.candidates import Finder
    from kb.linking.profiles import profile
    from kb.linking.reconciling import reconcile
    from kb.store.addresses import addresses
    from kb.store.asking import Endpoint
    from kb.store.transport import AGENT, Limits, Transport

    chosen = profile(profile_name)
    if rate is not None:
        chosen = replace(chosen, rate=rate)
    address = endpoint or chosen.endpoint
    if not address:
        raise click.UsageError(f"--profile {profile_name} needs --endpoint: where to ask.")
    if chosen.contact and not contact and address == chosen.endpoint:
        raise click.UsageError(
            f"Who runs {address} asks for a contact: give --contact with a mail or web address."
        )
    agent = f"{AGENT} {contact}" if contact else AGENT
    limits = Limits(read=90.0, attempts=6, patience=120.0)
    asked = Endpoint(addresses(address).query, Transport(limits=limits, agent=agent))
    with Cache(kb_path / NAME, asked.address, refresh=how["refresh"]) as cache:
        yield from reconcile(kb, Finder(asked, chosen, cache), **how)


def show(results: Iterable[Linked], form: str) -> Counter[str]:
    """Print results; how many there were of each kind."""
    counts: Counter[str] = Counter()

    def counted() -> Iterator[Linked]:
        for result in results:
            counts[result.outcome] += 1
            yield result

    if form == "jsonl":
        print_json_lines(counted())
        return counts
    rows = []
    for result in counted():
        first: tuple[str, ...] = (result.entity.slug, result.entity.type, result.outcome)
        for link in result.links or (None,):
            said = (
                (f"{link.confidence:.2f}", link.label, link.description or "", link.target)
                if link
                else ("", "", "", "")
            )
            rows.append((*first, *said))
            first = ("", "", "")
            if result.outcome == "linked":
                break
    if rows:
        columns = (
            "Entity",
            "Type",
            "Outcome",
            "Confidence",
            "Candidate",
            "Described as",
            "Address",
        )
        print_table(columns, rows)
    return counts
