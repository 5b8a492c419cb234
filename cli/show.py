"""`dateline show`: an event, an entity, a story or an article, with the words that it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
from rich.text import Text

from cli.failures import Exit, Failure
from cli.knowledge import opened, place
from cli.options import as_of_option, kb_option, text_or_json_option
from cli.output import console, safe, to_json
from cli.timeline import print_events
from kb.knowledge_base import KnowledgeBase
from kb.views import (
    MAIN_LINE,
    ArticleView,
    Dispute,
    EntityView,
    EventView,
    Report,
    Ruling,
    StoryView,
    TimelineFilter,
)

KINDS = ("event", "entity", "article", "story")
View = EventView | EntityView | ArticleView | StoryView
EVENTS_SHOWN = 20


@click.command("show")
@click.argument("words", metavar="[KIND] NAME", nargs=-1, required=True)
@kb_option
@as_of_option
@text_or_json_option
def command(words: tuple[str, ...], kb_path: Path, as_of: str | None, form: str) -> None:
    """Show an event, entity, story or article: NAME is its id or its IRI.

    Of an event, every report is shown with its sentence, its source and its date. An id that
    an event shares with an entity can be told apart by the KIND before it: event, entity, story
    or article, as a word of its own or as in event/ID.

    \b
    Examples:
      dateline show amazon
      dateline show 2021-01-08-google-and-apple-remove-parler-from-their-app-stores
      dateline show story parlers-removal-by-google-january-2021
      dateline show article/2021-01-11-parler-goes-offline-1f0c8a2b --format json
    """
    name = "/".join(words)
    if len(words) > 2 or (len(words) == 2 and words[0] not in KINDS):
        raise click.UsageError(f"Name one of {', '.join(KINDS)}, and then one ID.")
    with opened(kb_path) as kb:
        view = find(kb, name, as_of)
        if view is None:
            raise Failure(
                f"There is no event, entity, article or story {name!r} in {place(kb_path)}. Ids "
                "are listed by 'dateline timeline', 'dateline stories' and 'dateline info'.",
                Exit.NOT_FOUND,
            )
        if form == "json":
            click.echo(to_json(view, indent=2))
        elif isinstance(view, EventView):
            print_event(view)
        elif isinstance(view, EntityView):
            print_entity(kb, view, as_of)
        elif isinstance(view, StoryView):
            print_story(kb, view)
        else:
            print_article(kb, view)


def find(kb: KnowledgeBase, name: str, as_of: str | None = None) -> View | None:
    """What has that id or IRI; of several kinds with one id, the first of `KINDS`.

    As of a day, what was known by then.
    """
    *path, slug = name.rstrip("/").split("/")
    kinds = [path[-1]] if path and path[-1] in KINDS else KINDS
    for kind in kinds:
        view: View | None
        if kind == "article":
            view = kb.article(slug)
            if view and as_of and not (view.ref.published or "9999")[:10] <= as_of:
                view = None
        elif kind == "story":
            view = kb.story(slug)
        else:
            view = kb.event(slug, as_of) if kind == "event" else kb.entity(slug, as_of)
        if view is not None:
            return view
    return None


def print_event(view: EventView) -> None:
    """An event, then each report of it."""
    event = view.summary
    _line(event.label, "bold")
    _fact("When", event.when.text)
    _fact("Action", event.action_label)
    for role, entity, words in event.participants:
        _fact(role.capitalize(), f"{words} ({entity.slug})" if entity else words)
    if event.polarity == "negative":
        _fact("Polarity", "negative: reported not to have happened")
    if event.factuality != "asserted":
        _fact("Factuality", event.factuality)
    for dispute in view.disputes:
        _print_dispute(dispute)
    _print_rulings(view.rulings)
    _fact("IRI", view.iri)
    reports = "report" if event.reports == 1 else "reports"
    sources = "source" if event.sources == 1 else "sources"
    _line(f"\n{event.reports} {reports} by {event.sources} {sources}", "bold")
    numbers = {report.claim: n for n, report in enumerate(view.reports, 1)}
    joins = {join.claim: join for join in view.joins}
    for report in view.reports:
        _print_report(report)
        join = joins.get(report.claim)
        if join and join.earlier in numbers:
            because = "; ".join(join.because)
            _line(f"  merged with report {numbers[join.earlier]} because: {because}", "dim")


def _print_rulings(rulings: Iterable[Ruling]) -> None:
    for ruling in rulings:
        _fact("Decided", f"{ruling.text}, by {ruling.author} because {ruling.reason}")


def _print_dispute(dispute: Dispute) -> None:
    point = f"{dispute.point} ({dispute.counted})" if dispute.counted else dispute.point
    _line(f"{'Disputed' if dispute.open else 'Corrected'}: {point}")
    for version in dispute.versions:
        marks = [name for name in ("preferred", "withdrawn") if getattr(version, name)]
        who = [
            f"{report.article.publisher or report.article.title}"
            + (f" (according to {report.source.name})" if report.source else "")
            for report in version.reports
        ]
        mark = f" [{', '.join(marks)}]" if marks else ""
        _line(f"  {version.words}{mark}: {'; '.join(dict.fromkeys(who))}")


def _print_report(report: Report) -> None:
    article = report.article
    head = ", ".join(part for part in (article.publisher, article.published, article.title) if part)
    _line(f"\n{head}")
    quote = Text("  “").append(safe(report.before.lstrip()))
    quote.append(safe(report.trigger), "bold underline").append(safe(report.after.rstrip()) + "”")
    console().print(quote)
    said = [report.when.text]
    if report.time_words:
        said.append(f"from the words “{report.time_words}”")
    if report.source:
        said.append(f"according to {report.source.name}")
    if report.quoted:
        said.append("in direct speech")
    if report.polarity == "negative":
        said.append("negative")
    if report.factuality != "asserted":
        said.append(report.factuality)
    _line(f"  {'; '.join(said)}", "dim")
    _line(f"  article/{article.slug}@{report.start}-{report.end}", "dim")


def print_entity(kb: KnowledgeBase, view: EntityView, as_of: str | None = None) -> None:
    """An entity, then what it took part in."""
    _line(view.ref.name, "bold")
    _fact("Type", view.ref.type)
    if view.aliases:
        _fact("Also", ", ".join(view.aliases))
    if view.description:
        _fact("Described as", view.description)
    _fact("Events", f"{view.events} in {view.articles} articles")
    _fact("Actions", ", ".join(f"{label} ({count})" for _, label, count in view.top_actions))
    _fact("With", ", ".join(f"{ref.name} ({count})" for ref, count in view.companions))
    for name in view.names if len(view.names) > 1 else ():
        shown = f" (article/{name.article})" if name.article else ""
        _fact(", ".join(name.forms), f"{name.reason}{shown}")
    for link in view.links:
        known = "Same as" if link.status == "accepted" else "Perhaps"
        _fact(known, f"{link.target} ({link.label}, {link.confidence:.2f})")
    _print_rulings(view.rulings)
    _fact("IRI", view.iri)
    wanted = TimelineFilter(entity=view.ref.slug, salience=MAIN_LINE, as_of=as_of)
    page = kb.timeline(wanted, limit=EVENTS_SHOWN)
    if page.events:
        click.echo()
        print_events(list(page.events))
    if page.total > len(page.events):
        click.echo(
            f"{len(page.events)} of {page.total} events; all: "
            f"dateline timeline --entity {view.ref.slug} --limit 0",
            err=True,
        )


def print_story(kb: KnowledgeBase, view: StoryView) -> None:
    """A story, then its main events."""
    story = view.summary
    _line(story.name, "bold")
    _fact("When", story.when.text)
    _fact("Who", ", ".join(f"{ref.name} ({ref.slug})" for ref in story.participants))
    _fact("Told by", f"{story.articles} {'article' if story.articles == 1 else 'articles'}")
    _fact("IRI", view.iri)
    page = kb.timeline(TimelineFilter(story=story.slug, salience=MAIN_LINE), limit=EVENTS_SHOWN)
    if page.events:
        click.echo()
        print_events(list(page.events))
    click.echo(
        f"{len(page.events)} of {story.events} events; all: "
        f"dateline timeline --story {story.slug} --all",
        err=True,
    )


def print_article(kb: KnowledgeBase, view: ArticleView) -> None:
    """An article's metadata, then the events that it reports."""
    _line(view.ref.title, "bold")
    _fact("Publisher", view.ref.publisher)
    _fact("Authors", ", ".join(view.authors))
    _fact("Published", view.ref.published or "date unknown")
    _fact("Address", view.ref.url)
    _fact("Length", f"{len(view.text)} characters")
    _fact("Read by", view.extractor)
    if view.copy_of:
        _fact("Copy of", f"{view.copy_of.publisher}: {view.copy_of.title} ({view.copy_of.slug})")
    elif view.copies:
        _fact("Copied by", "; ".join(f"{ref.publisher} ({ref.slug})" for ref in view.copies))
    if made := view.reading:
        _fact("Configuration", f"{made.configuration}, mapping {made.mapping or 'unknown'}")
        _fact("Read on", made.at)
        _fact("Read from", made.read_from)
        _fact("Date found in", made.published_from)
    _fact("IRI", view.iri)
    page = kb.timeline(TimelineFilter(article=view.ref.slug), limit=500)
    if page.events:
        click.echo()
        print_events(list(page.events))


def _line(text: str, style: str = "") -> None:
    console().print(Text(safe(text), style))


def _fact(name: str, value: str | None) -> None:
    if value:
        console().print(Text(f"{name}: ", "dim").append(safe(value), "not dim"))
