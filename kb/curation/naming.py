"""From what people call things to what decisions name: entities, events, claims, mentions.

A thing may be given by its id ("amazon"), with its kind ("entity/amazon") or by its address. A
report of an event is given by the words of its article ("ARTICLE@START-END", in code points) or
by the address of its claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb.addresses import find_event
from kb.curation.decisions import ClaimTarget, Named, Span
from kb.curation.errors import CurationError, UnknownThingError
from kb.curation.ledger import Ledger
from kb.details import article_record, claim_records
from kb.names import SENSE
from kb.records import ArticleRecord, ClaimRecord, LocalEntity
from kb.writing import Writer

_PLACE = re.compile(r"(?P<article>[^@#]+)@(?P<start>\d+)-(?P<end>\d+)\Z")


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """An entity as the index has it."""

    slug: str
    name: str
    type: str
    root: int
    key: str


@dataclass(frozen=True, slots=True)
class KnownClaim:
    """A claim as it was read, with the event that it reports now (None where it is rejected)."""

    article: str
    record: ClaimRecord
    event: str | None

    @property
    def target(self) -> ClaimTarget:
        """What decisions name it by."""
        span = Span(self.article, self.record.start, self.record.end)
        return ClaimTarget(span, self.record.action)


class Naming:
    """Looks things up in what is committed. Raises UnknownThingError on what is not there."""

    def __init__(self, writer: Writer) -> None:
        self.writer, self.iris = writer, writer.iris
        self.connection = writer.index.reader
        # Entities that a decision adds to an article are found as it was corrected.
        self.article = lru_cache(maxsize=64)(self._article)

    def slug(self, kind: str, given: str) -> str:
        """The id in what somebody calls a thing."""
        rest = given.strip().removeprefix(self.iris.base)
        return rest.removeprefix(f"{kind}/")

    # Entities

    def entity(self, given: str) -> KnownEntity:
        """The entity of that id."""
        row = self.connection.execute(
            "SELECT entities.slug, name, type, entities.root, key FROM entities"
            " JOIN names ON names.id = entities.root WHERE slug = ?",
            (self.slug("entity", given),),
        ).fetchone()
        if row is None:
            raise UnknownThingError(
                f"There is no entity {given!r}. Ids are listed by 'dateline info' and shown on "
                "the pages of entities"
            )
        return KnownEntity(*row)

    def named(self, entity: KnownEntity) -> Named:
        """An entity by the name that its key was made of."""
        row = self.connection.execute(
            "SELECT form, type FROM name_forms WHERE name = ? AND own = 1"
            " ORDER BY n DESC, form, type LIMIT 1",
            (entity.root,),
        ).fetchone()
        form, kind = row or (entity.name, entity.type)
        return Named(form, kind, entity.key.partition(SENSE)[2] or None)

    def key_of(self, entity: KnownEntity, name: str) -> str:
        """The key of one of an entity's names."""
        row = self.connection.execute(
            "SELECT key FROM names JOIN name_forms ON name_forms.name = names.id"
            " WHERE root = ? AND form = ? ORDER BY own DESC, n DESC, key LIMIT 1",
            (entity.root, name),
        ).fetchone()
        if row is None:
            raise UnknownThingError(f"{name!r} is no name of {entity.name} ({entity.slug})")
        if row[0] == entity.key:
            raise CurationError(
                f"{entity.name} ({entity.slug}) goes by {name!r} itself: split off its other "
                "names, or mentions"
            )
        return str(row[0])

    # Articles

    def _article(self, slug: str) -> ArticleRecord:
        record = article_record(self.writer.store, self.iris, slug)
        if record is None:
            raise UnknownThingError(f"There is no article {slug!r}")
        return Ledger(self.connection, self.iris).curate(record).record

    def span(self, given: str) -> Span:
        """Words of an article, which must be there."""
        found = _PLACE.match(given.strip())
        if not found:
            raise CurationError(
                f"{given!r} names no words of an article: write ARTICLE@START-END, with the "
                "offsets that 'dateline show' gives"
            )
        slug = self.slug("article", found["article"])
        span = Span(slug, int(found["start"]), int(found["end"]))
        length = len(self.article(slug).text)
        if not span.start < span.end <= length:
            raise CurationError(f"{given!r} lies outside the {length} characters of the article")
        return span

    def locals(self, article: str, entity: KnownEntity) -> list[LocalEntity]:
        """The article's own entities that are an entity, as they were corrected."""
        rows = self.connection.execute(
            "SELECT local FROM articles JOIN local_entities ON article = articles.id"
            " JOIN names ON names.id = name WHERE slug = ? AND root = ? ORDER BY local",
            (article, entity.root),
        )
        ids = {local for (local,) in rows}
        return [local for local in self.article(article).entities if local.id in ids]

    def mention(self, article: str, entity: LocalEntity) -> Span:
        """The mention that stands for an article's entity: its name where that is mentioned."""
        text = self.article(article).text
        whole = [(a, b) for a, b in entity.mentions if text[a:b] == entity.name]
        start, end = (whole or list(entity.mentions))[0]
        return Span(article, start, end)

    def mentions(
        self, entity: KnownEntity, places: Iterable[str], articles: Iterable[str]
    ) -> tuple[Span, ...]:
        """The mentions of an entity at these places, and one for each of its own in articles."""
        found: set[Span] = set()
        for given in articles:
            slug = self.slug("article", given)
            own = self.locals(slug, entity)
            if not own:
                self.article(slug)
                raise UnknownThingError(f"{entity.name} is not mentioned in the article {slug}")
            found |= {self.mention(slug, local) for local in own}
        for given in places:
            span = self.span(given)
            known = [
                mention for local in self.locals(span.article, entity) for mention in local.mentions
            ]
            if (span.start, span.end) not in known:
                raise UnknownThingError(
                    f"The words at {given} are no mention of {entity.name}. Its mentions there: "
                    + (", ".join(f"{a}-{b}" for a, b in known) or "none")
                )
            found.add(span)
        return tuple(sorted(found))

    # Events and claims

    def event(self, given: str) -> tuple[KnownClaim, ...]:
        """The claims that report an event, in their fixed order."""
        found = find_event(self.connection, self.slug("event", given))
        if found is None:
            raise UnknownThingError(
                f"There is no event {given!r}. Ids are listed by 'dateline timeline'"
            )
        pairs = self.connection.execute(
            "SELECT articles.slug, local FROM claims JOIN articles ON articles.id = article"
            " WHERE event = ? ORDER BY coalesce(published, '9999'), articles.slug, start, local",
            found[:1],
        ).fetchall()
        return self._claims(pairs)

    def _claims(self, pairs: Sequence[tuple[str, str]]) -> tuple[KnownClaim, ...]:
        records = claim_records(self.writer.store, self.iris, pairs)
        return tuple(
            KnownClaim(article, records[article, local], self._event_of(article, local))
            for article, local in pairs
        )

    def _event_of(self, article: str, local: str) -> str | None:
        row = self.connection.execute(
            "SELECT events.slug FROM articles JOIN claims ON article = articles.id"
            " JOIN events ON events.id = event WHERE articles.slug = ? AND local = ?",
            (article, local),
        ).fetchone()
        return row[0] if row else None

    def report(self, given: str) -> tuple[KnownClaim, ...]:
        """The claims at a place of an article, or that of an address."""
        rest = given.strip().removeprefix(self.iris.base)
        if "#claim-" in rest:
            slug, _, local = self.slug("article", rest).partition("#claim-")
            if local not in {claim.id for claim in self._read(slug).claims}:
                raise UnknownThingError(f"There is no claim {given!r}")
            return self._claims([(slug, local)])
        span = self.span(given)
        there = [
            (span.article, claim.id)
            for claim in self._read(span.article).claims
            if (claim.start, claim.end) == (span.start, span.end)
        ]
        if not there:
            raise UnknownThingError(
                f"Nothing was read at {given}: give the place of a report as 'dateline show' does"
            )
        return self._claims(there)

    def _read(self, slug: str) -> ArticleRecord:
        record = article_record(self.writer.store, self.iris, slug)
        if record is None:
            raise UnknownThingError(f"There is no article {slug!r}")
        return record

    def claims(self, given: str) -> tuple[KnownClaim, ...]:
        """The reports that are meant: all of an event, or those at a place."""
        rest = given.strip().removeprefix(self.iris.base)
        return self.report(given) if "@" in rest or "#claim-" in rest else self.event(given)
