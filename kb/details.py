"""One event with its reports, one article with all that was found in it: from the store.

The index says which entity an article's own entity is; the words come from the articles'
graphs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from sqlite3 import Connection
from string import Template

from kb.addresses import find_event
from kb.as_of import check_day, known_claims
from kb.claims import event_claims
from kb.copies import copies_of
from kb.curation.log import rulings
from kb.directory import article_refs
from kb.disputes import disputes
from kb.events import merge
from kb.iris import Iris
from kb.joins import joins
from kb.mapping import ROLES
from kb.provenance import reading
from kb.records import ArticleRecord, ClaimRecord, describe, read_article, read_claims
from kb.store import Store, Triples
from kb.stories.reading import story_of
from kb.terms import DL, GAF, PREFIXES
from kb.timeline import entity_refs, in_order, summaries, summaries_of
from kb.views import ArticleView, EntityRef, EventView, Highlight, Report
from kb.when import when

_CLAIMS = Template("""
CONSTRUCT { ?claim ?p ?o . ?s ?q ?v } WHERE {
  { VALUES (?graph ?claim) { $rows } GRAPH ?graph { ?claim ?p ?o } }
  UNION {
    VALUES (?graph ?claim) { $rows }
    VALUES ?link { $links }
    GRAPH ?graph { ?claim ?link ?s . ?s ?q ?v }
    FILTER(?q NOT IN (gaf:denotedBy, skos:altLabel))
  }
}
""")
_LINKS = " ".join(
    str(link) for link in (GAF.denotedBy, DL.evidence, DL.timeExpression, *ROLES.values())
)
"""What articles' graphs say of claims, and of the spans and participants they point to."""


def article_record(store: Store, iris: Iris, slug: str) -> ArticleRecord | None:
    """The record of an article, read from its graph; None when there is none."""
    graph = iris.graph(slug)
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
    result = store.query(query)
    assert isinstance(result, Triples)
    quads = list(result)
    return read_article(quads, slug, iris) if quads else None


def claim_records(
    store: Store, iris: Iris, claims: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], ClaimRecord]:
    """Claims by article and local name, as they were read; absent ones are left out."""
    rows = " ".join(
        f"({iris.graph(article)} {iris.claim_of(article, local)})" for article, local in claims
    )
    query = _CLAIMS.substitute(rows=rows, links=_LINKS)
    result = store.query(query, prefixes=PREFIXES)
    assert isinstance(result, Triples)
    description = describe(result)
    found = {}
    for article in {article for article, _ in claims}:
        for record in read_claims(description, article, iris):
            found[article, record.id] = record
    return found


def _own_entities(
    connection: Connection, articles: Iterable[str]
) -> dict[tuple[str, str], EntityRef]:
    """The canonical entity of each entity of these articles."""
    found: dict[tuple[str, str], int] = {}
    for article in articles:
        rows = connection.execute(
            "SELECT local, root FROM articles JOIN local_entities ON article = articles.id"
            " JOIN names ON names.id = name WHERE slug = ?",
            (article,),
        )
        found |= {(article, local): root for local, root in rows}
    refs = entity_refs(connection, set(found.values()))
    return {key: refs[root] for key, root in found.items()}


def event_view(
    connection: Connection,
    store: Store,
    iris: Iris,
    slug: str,
    as_of: str | None = None,
    limit: int = 200,
) -> EventView | None:
    """An event with its reports, the earliest first (at most `limit`); None without one.

    It is found by a former address, too; the view has the present one. With a day, only what was
    published up to it is told, and there is None where nothing was.
    """
    row = find_event(connection, slug)
    if row is None:
        return None
    event = row[0]
    if as_of is None:
        told = event_claims(connection, event)
        (summary,) = summaries(connection, [event])
    else:
        told = known_claims(connection, [event], check_day(as_of)).get(event, [])
        if not told:
            return None
        (summary,) = summaries_of(connection, {event: merge(told)})
    claims = [(claim.article, claim.local) for claim in told[:limit]]
    records = claim_records(store, iris, claims)
    slugs = sorted({article for article, _ in claims})
    refs, own = article_refs(connection, slugs), _own_entities(connection, slugs)
    # What a report says is taken as people have corrected it; its words are as they were read.
    roots = {f.entity for claim in told for f in claim.participants if f.entity is not None}
    known = entity_refs(connection, roots)
    reports = []
    for claim in told[:limit]:
        article, local = claim.article, claim.local
        record = records.get((article, local))
        if record is None:
            continue
        before = record.start - record.sentence_start
        after = record.end - record.sentence_start

        def entity(name: str | None, article: str = article) -> EntityRef | None:
            return own.get((article, name)) if name else None

        reports.append(
            Report(
                claim=iris.claim_of(article, local).value,
                article=refs[article],
                before=record.sentence[:before],
                trigger=record.sentence[before:after],
                after=record.sentence[after:],
                start=record.start,
                end=record.end,
                label=record.label,
                when=when(claim.earliest, claim.latest, claim.precision),
                time_words=record.time_words,
                polarity=claim.polarity,
                factuality=claim.factuality,
                source=entity(record.source),
                addressee=entity(record.addressee),
                quoted=record.quoted,
                confidence=record.confidence,
                participants=in_order(
                    (filler.role, known.get(filler.entity or 0), filler.words)
                    for filler in claim.participants
                ),
            )
        )
    differing = disputes(connection, iris, told)
    return EventView(
        iri=iris.event(summary.slug).value,
        summary=summary,
        reports=tuple(reports),
        disputes=differing,
        rulings=rulings(connection, iris, "event", summary.slug),
        joins=joins(connection, iris, told),
        story=story_of(connection, event) if as_of is None else None,
    )


def article_view(connection: Connection, store: Store, iris: Iris, slug: str) -> ArticleView | None:
    """An article with its text and everything found in it; None when there is none."""
    refs = article_refs(connection, [slug])
    record = article_record(store, iris, slug) if slug in refs else None
    if record is None:
        return None
    rows = connection.execute(
        "SELECT local, events.slug, events.label FROM claims JOIN articles ON articles.id = article"
        " JOIN events ON events.id = event WHERE articles.slug = ?",
        (slug,),
    )
    events = {local: (event, label) for local, event, label in rows}
    own = _own_entities(connection, [slug])
    group = copies_of(connection, slug)
    printed = article_refs(connection, group) if group else {}
    made = reading(store, iris, slug)
    return ArticleView(
        iri=iris.article(slug).value,
        ref=refs[slug],
        authors=record.authors,
        language=record.language,
        text=record.text,
        story=record.story,
        highlights=tuple(sorted(_highlights(record, own, events), key=_place)),
        extractor=record.extractor,
        extracted_at=made.at if made else None,
        reading=made,
        copy_of=printed[group[0]] if group and group[0] != slug else None,
        copies=tuple(printed[other] for other in group if other != slug),
    )


def _place(highlight: Highlight) -> tuple[int, int, str, str]:
    return highlight.start, -highlight.end, highlight.kind, highlight.label


def _highlights(
    record: ArticleRecord,
    own: dict[tuple[str, str], EntityRef],
    events: dict[str, tuple[str, str]],
) -> Iterable[Highlight]:
    for entity in record.entities:
        ref = own.get((record.slug, entity.id))
        for start, end in entity.mentions:
            slug = ref.slug if ref else None
            yield Highlight(start, end, "entity", slug, ref.name if ref else entity.name)
    times = {claim.time_span for claim in record.claims if claim.time_span}
    for start, end in times:
        yield Highlight(start, end, "time", None, record.text[start:end])
    for claim in record.claims:
        if claim.id in events:  # One that people have rejected has none.
            yield Highlight(claim.start, claim.end, "event", *events[claim.id])
