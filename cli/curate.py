"""`dateline curate`: what people decide about entities, events and reports."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, get_args

import click

from cli.export import target
from cli.failures import Exit, Failure
from cli.knowledge import opened
from cli.options import kb_option
from cli.output import print_json_lines, print_table
from extractors.extraction import EntityType, Factuality, Polarity, Precision
from kb.curation.deciding import Curator
from kb.curation.decisions import KINDS, Decision
from kb.curation.exchange import FORMATS, export_decisions, form_of, import_decisions
from kb.curation.log import LogFilter, listed
from kb.curation.wording import told
from kb.mapping import ROLES

TYPES = [kind for kind in get_args(EntityType) if kind != "MONEY"]


class InOrder(click.Group):
    """Commands in the order in which they are written here."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(self.commands)


@click.group("curate", cls=InOrder)
def command() -> None:
    """Merge, split, rename, correct and reject, with a reason; undo it; see who decided what.

    A decision acts at once, survives another reading of the articles, and can be taken back. Of
    decisions that disagree the latest that stands holds. THINGS are entities or events by their
    ids (event/ID and entity/ID where both have one); a REPORT is given by the words of its
    article, ARTICLE@START-END, as `dateline show EVENT` tells them. docs/curation.md has more.

    \b
    Examples:
      dateline curate merge-entities aws --into amazon-web-services --reason "its acronym"
      dateline curate correct 2021-01-08-google-removes-parler --date 2021-01-09 \\
        --reason "the notice is of Saturday"
      dateline curate log --thing parler
      dateline curate undo 2026-03-01-merge-entities-1f0c8a2b --reason "a namesake"
    """


def login() -> str:
    """Who is logged in."""
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise Failure("Give your name: --author NAME, or DATELINE_AUTHOR", Exit.USAGE) from error


def decides(body: Callable[..., Sequence[Decision]]) -> Callable[..., None]:
    """Make a command of what takes decisions: it is given a `curator` and a `reason`."""

    @wraps(body)
    def run(kb_path: Path, author: str | None, **values: Any) -> None:
        with opened(kb_path, write=True) as kb:
            decisions = body(curator=Curator(kb, author or login()), **values)
        for decision in decisions:
            words = told(decision)
            click.echo(f"{decision.id}: {words}{'' if decision.stands else ' (withdrawn)'}")

    found: Callable[..., None] = run
    for decorate in (
        kb_option,
        click.option(
            "--author",
            envvar="DATELINE_AUTHOR",
            show_envvar=True,
            metavar="NAME",
            help="Who decides.  [default: who is logged in]",
        ),
        click.option(
            "--reason", required=True, metavar="TEXT", help="Why; kept with the decision."
        ),
    ):
        found = decorate(found)
    return found


@command.command("merge-entities")
@click.argument("entities", nargs=-1, required=True, metavar="ENTITY...")
@click.option("--into", required=True, metavar="ENTITY", help="What they are; it keeps its name.")
@decides
def merge_entities(
    curator: Curator, entities: Sequence[str], into: str, reason: str
) -> Sequence[Decision]:
    """Say that entities are one."""
    return curator.merge_entities(entities, into, reason)


@command.command("split-entity")
@click.argument("entity")
@click.option(
    "--mention", "mentions", multiple=True, metavar="ARTICLE@START-END",
    help="A mention that is of something else. Repeatable.",
)  # fmt: skip
@click.option(
    "--article", "articles", multiple=True, metavar="ARTICLE",
    help="An article in which it is something else. Repeatable.",
)  # fmt: skip
@click.option(
    "--name", "names", multiple=True, metavar="NAME",
    help="A name that stands for something else, in all articles. Repeatable.",
)  # fmt: skip
@click.option("--as", "label", metavar="NAME", help="What is split off is called so.")
@click.option("--type", "kind", type=click.Choice(TYPES), help="What is split off is of this type.")
@click.option("--into", metavar="ENTITY", help="What is split off is this entity.")
@decides
def split_entity(
    curator: Curator, entity: str, reason: str, label: str | None, kind: str | None, **values: Any
) -> Sequence[Decision]:
    """Say that an entity is two things.

    Some of its mentions are of another one: those given, all in an article, or a name of it.
    """
    return curator.split_entity(entity, reason, label=label, type=kind, **values)


@command.command("rename")
@click.argument("thing")
@click.argument("name")
@decides
def rename(curator: Curator, thing: str, name: str, reason: str) -> Sequence[Decision]:
    """Call an entity or event by another NAME. Its address stays."""
    return curator.rename(thing, name, reason)


@command.command("retype")
@click.argument("entity")
@click.argument("type", type=click.Choice(TYPES))
@decides
def retype(curator: Curator, entity: str, type: str, reason: str) -> Sequence[Decision]:
    """Say what an entity is."""
    return curator.retype(entity, type, reason)


@command.command("merge-events")
@click.argument("events", nargs=-1, required=True, metavar="EVENT EVENT...")
@decides
def merge_events(curator: Curator, events: Sequence[str], reason: str) -> Sequence[Decision]:
    """Say that events are one."""
    return curator.merge_events(events, reason)


@command.command("split-event")
@click.argument("event")
@click.option(
    "--report", "reports", multiple=True, required=True, metavar="ARTICLE[@START-END]",
    help="A report of another event; an article stands for all that it says of EVENT. Repeatable.",
)  # fmt: skip
@decides
def split_event(
    curator: Curator, event: str, reports: Sequence[str], reason: str
) -> Sequence[Decision]:
    """Say that an event is two.

    Some of its reports are of another one.
    """
    return curator.split_event(event, reports, reason)


def _role_options(body: Callable[..., Any]) -> Callable[..., Any]:
    for name, words in (
        ("remove", "does not fill the role; others do"),
        ("add", "fills the role too"),
        ("set", "fills the role, and nobody else"),
    ):
        body = click.option(
            f"--{name}", f"{name}_role", multiple=True, metavar="ROLE=WHO",
            help=f"WHO {words}. Repeatable.",
        )(body)  # fmt: skip
    return body


@command.command("correct")
@click.argument("thing", metavar="EVENT|REPORT")
@click.option("--action", metavar="TYPE", help="The type of action, such as Remove.")
@click.option("--polarity", type=click.Choice(get_args(Polarity)), help="Whether it happened.")
@click.option("--factuality", type=click.Choice(get_args(Factuality)), help="How certain it is.")
@click.option("--date", metavar="DATE", help="The day, month (2021-01), year or minute.")
@click.option("--from", "earliest", metavar="DATE", help="Not before this date.")
@click.option("--to", "latest", metavar="DATE", help="Not after this date.")
@click.option("--precision", type=click.Choice(get_args(Precision)), help="How exact that is.")
@click.option("--undated", is_flag=True, help="Nothing is said of when it happened.")
@_role_options
@click.option(
    "--clear", "clear_role", multiple=True, type=click.Choice(list(ROLES)),
    help="Nobody fills this role. Repeatable.",
)  # fmt: skip
@decides
def correct(
    curator: Curator, thing: str, reason: str, date: str | None, **values: Any
) -> Sequence[Decision]:
    """Correct what a report says.

    An EVENT stands for every report of it, each of which is corrected by a decision of its own.

    WHO is an entity, the place START-END of words in the article, or both, ENTITY@START-END, where
    the words denote an entity that was not recognised. ROLE is one of agent, patient, recipient,
    instrument, place, source, destination, topic, other.
    """
    if date and (values["earliest"] or values["latest"]):
        raise click.UsageError("Give either --date, or --from and --to.")
    roles: list[tuple[str, str, str | None]]
    roles = [("clear", role, None) for role in values.pop("clear_role")]
    for operation in ("set", "remove", "add"):
        roles += [(operation, *_pair(given)) for given in values.pop(f"{operation}_role")]
    if date:
        values |= {"earliest": date, "latest": date}
    return curator.correct(thing, reason, roles=roles, **values)


def _pair(given: str) -> tuple[str, str]:
    role, sign, who = given.partition("=")
    if not sign or not who:
        raise click.UsageError(f"{given!r} is no ROLE=WHO: write, say, agent=amazon.")
    return role, who


@command.command("reject")
@click.argument("thing", metavar="EVENT|REPORT")
@decides
def reject(curator: Curator, thing: str, reason: str) -> Sequence[Decision]:
    """Say that a report is none.

    The article does not say so, or it is no event. An EVENT stands for every report of it.
    """
    return curator.reject(thing, reason)


@command.command("undo")
@click.argument("decision")
@decides
def undo(curator: Curator, decision: str, reason: str) -> Sequence[Decision]:
    """Take a decision back. What it overruled holds again; it stays in the log."""
    return [curator.undo(decision, reason)]


@command.command("redo")
@click.argument("decision")
@decides
def redo(curator: Curator, decision: str, reason: str) -> Sequence[Decision]:
    """Decide again what was taken back. It counts as the latest."""
    return [curator.redo(decision, reason)]


@command.command("log")
@kb_option
@click.option("--thing", metavar="ID", help="Only about this entity, event, article or decision.")
@click.option("--author", metavar="NAME", help="Only decided or taken back by this person.")
@click.option("--kind", type=click.Choice(list(KINDS)), help="Only of this kind.")
@click.option("--since", metavar="DATE", help="Not before this day or moment.")
@click.option("--until", metavar="DATE", help="Not after this day or moment.")
@click.option("--standing", is_flag=True, help="Without those that were taken back.")
@click.option("--limit", type=click.IntRange(min=1), default=100, show_default=True, metavar="N")
@click.option(
    "--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
    help="A table for people; JSON Lines for programs.",
)  # fmt: skip
def log(kb_path: Path, limit: int, form: str, **conditions: Any) -> None:
    """List decisions, and whether they act.

    The latest come first. A decision is without effect while the article or name that it is
    about is not there.
    """
    with opened(kb_path) as kb:
        entries = listed(kb, LogFilter(**conditions), limit)
    if form == "jsonl":
        print_json_lines(entries)
        return
    print_table(
        ("When", "Decision", "What", "Who", "State", "Why"),
        [
            (
                entry.at[:16].replace("T", " "), entry.id, entry.text, entry.author, entry.state,
                entry.reason,
            )
            for entry in entries
        ],
    )  # fmt: skip


@command.command("export")
@kb_option
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    help="The format of RDF.  [default: by FILE, else turtle]",
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="Write to a file instead of standard output.",
)  # fmt: skip
def export(kb_path: Path, form: str | None, output: Path | None) -> None:
    """Write all decisions as RDF.

    Those that were taken back are among them.
    """
    form = form or (form_of(output) if output else None) or "turtle"
    with opened(kb_path) as kb, target(output) as out:
        out.write(export_decisions(kb, form))
    if output:
        click.echo(f"Written: {output}", err=True)


@command.command("import")
@kb_option
@click.argument("file", type=click.File("rb"), metavar="FILE|-")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    help="The format of RDF.  [default: by FILE]",
)
def import_(kb_path: Path, file: Any, form: str | None) -> None:
    """Take over the decisions of a file.

    All of them are, or none where one is wrong. Decisions that are known already are passed
    over, so that a file may be read twice.
    """
    form = form or form_of(Path(file.name))
    if form is None:
        raise click.UsageError(f"Give the format of {file.name}: --format {'|'.join(FORMATS)}.")
    with opened(kb_path, write=True) as kb:
        found = import_decisions(kb, file.read(), form)
    click.echo(f"{len(found.taken)} decisions taken over, {found.known} known already.")
