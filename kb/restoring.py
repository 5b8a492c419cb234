"""An article as it went in, read back from its graph: what is read again is read from here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode, Quad, Triple

from extractors.articles import Article
from extractors.extraction import Mention
from kb.iris import Iris
from kb.mapping import Provenance, address
from kb.records import describe
from kb.terms import DCTERMS, DL, NIF, RDFS, SCHEMA, day_or_moment

LANGUAGE = "en"
"""What a text is taken for that is too short to tell."""


@dataclass(frozen=True, slots=True)
class Source:
    """An article with what its graph was made by."""

    article: Article
    provenance: Provenance
    mapping: str | None
    """The version of the rules that wrote the graph."""


def stored_form(article: Article) -> Article:
    """The article as its graph holds it, and as `restore` gives it back.

    A date is written out, an address escaped, authors and stretches of the story are a set.
    Warnings and the name of the file are no part of it: nothing that is read depends on them.
    """
    return replace(
        article,
        title=article.title or None,
        published=_date(article.published),
        url=_url(article.url),
        publisher=article.publisher or None,
        authors=tuple(sorted(set(article.authors))),
        language=article.language or LANGUAGE,
        story=tuple(sorted(set(article.story))),
        published_from=article.published_from or None,
        warnings=(),
        read_from=None,
    )


def _date(published: str | None) -> str | None:
    try:
        return day_or_moment(published).value if published else None
    except ValueError:
        return published  # No graph will hold it: the mapping says what is wrong.


def _url(url: str | None) -> str | None:
    node = address(url) if url else None
    return node.value if node else None


def restore(quads: Iterable[Quad | Triple], slug: str, iris: Iris) -> Source:
    """The article behind a graph, in its stored form. Raises ValueError on another graph."""
    graph = describe(quads)
    node = iris.article(slug).value
    head = graph.get(node, {})
    activity = graph.get(iris.extraction(slug).value, {})

    def one(properties: dict[str, list[str]], predicate: NamedNode) -> str | None:
        return next(iter(properties.get(predicate.value, ())), None)

    def need(properties: dict[str, list[str]], predicate: NamedNode) -> str:
        value = one(properties, predicate)
        if value is None:
            raise ValueError(f"the graph of {slug} lacks {predicate.value}: it is damaged")
        return value

    def spans(predicate: NamedNode) -> list[Mention]:
        found = [graph.get(span, {}) for span in head.get(predicate.value, ())]
        return sorted(
            Mention(int(need(span, NIF.beginIndex)), int(need(span, NIF.endIndex)))
            for span in found
        )

    publisher = one(head, SCHEMA.publisher)
    article = Article(
        doc_id=one(head, DCTERMS.identifier) or slug,
        text=need(head, NIF.isString),
        title=one(head, SCHEMA.headline),
        published=one(head, SCHEMA.datePublished),
        url=one(head, SCHEMA.url),
        publisher=need(graph.get(publisher, {}), RDFS.label) if publisher else None,
        authors=tuple(sorted(head.get(SCHEMA.author.value, ()))),
        language=one(head, SCHEMA.inLanguage) or LANGUAGE,
        story=tuple(spans(DL.story)),
        headline=next(iter(spans(DL.headline)), None),
        published_from=one(head, DL.publishedFrom),
    )
    made = Provenance(
        need(activity, DL.extractorVersion),
        need(activity, DL.model),
        need(activity, DL.configuration),
    )
    return Source(article, made, one(activity, DL.mappingVersion))
