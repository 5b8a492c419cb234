"""The read model of what reports of an event differ in: each version, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from sqlite3 import Connection

from kb.claims import Claim
from kb.directory import article_refs
from kb.events import EventVersion, differing, disputed
from kb.iris import Iris
from kb.timeline import entity_refs
from kb.views import ArticleRef, Dispute, EntityRef, Said, Version
from kb.when import words as time_words

TERMS = {"positive": "it happened", "negative": "it did not happen", "asserted": "stated as fact"}


def disputes(connection: Connection, iris: Iris, claims: Sequence[Claim]) -> tuple[Dispute, ...]:
    """The points on which these claims of one event, in their fixed order, differ."""
    found = differing(claims)
    if not found:
        return ()
    named = {entity for version in found for entity in version.entities}
    sources = {claim.signature.source for claim in claims}
    refs = entity_refs(connection, named | {source for source in sources if source is not None})
    articles = article_refs(connection, sorted({claim.article for claim in claims}))
    by_name = {(claim.article, claim.local): claim for claim in claims}
    open_points = disputed(found)
    return tuple(
        Dispute(
            point=point.removeprefix("disputed").lower(),
            counted=group,
            open=point in open_points,
            versions=tuple(_version(iris, one, by_name, refs, articles) for one in several),
        )
        for (point, group), several in groupby(found, key=lambda one: (one.point, one.group))
    )


def _version(
    iris: Iris,
    version: EventVersion,
    claims: Mapping[tuple[str, str], Claim],
    refs: Mapping[int, EntityRef],
    articles: Mapping[str, ArticleRef],
) -> Version:
    said = [claims[name] for name in version.claims]
    said.sort(key=lambda claim: claim.signature.order)
    entities = tuple(refs[root] for root in version.entities if root in refs)
    words, value = _told(version, entities)
    return Version(
        words=words,
        value=value,
        preferred=version.preferred,
        withdrawn=version.withdrawn,
        sources=version.sources,
        outlets=tuple(dict.fromkeys(_outlet(articles[claim.article]) for claim in said)),
        entities=entities,
        reports=tuple(
            Said(
                claim=iris.claim_of(claim.article, claim.local).value,
                article=articles[claim.article],
                source=refs.get(claim.signature.source or 0),
            )
            for claim in said
        ),
    )


def _told(version: EventVersion, entities: Iterable[EntityRef]) -> tuple[str, str]:
    """A version in words, and as a value."""
    if version.term is not None:
        return TERMS.get(version.term, version.term), version.term
    if version.number is not None:
        return version.words or f"{version.number:g}", f"{version.number:.15g}"
    if version.entities:
        named = sorted((entity.name, entity.slug) for entity in entities)
        return ", ".join(name for name, _ in named), " ".join(slug for _, slug in named)
    told = time_words(version.earliest, version.latest, version.precision)
    return told, f"{version.earliest}/{version.latest}"


def _outlet(article: ArticleRef) -> str:
    return article.publisher or article.title or article.slug
