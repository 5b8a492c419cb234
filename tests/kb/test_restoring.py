"""An article comes out of its graph as it went in, so that it can be read again from there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pyoxigraph
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.articles import Article
from extractors.extraction import Extraction, Mention
from kb.ingestion import fingerprint
from kb.iris import DEFAULT_BASE, Iris, article_slug
from kb.knowledge_base import KnowledgeBase
from kb.mapping import VERSION, Provenance, article_quads
from kb.records import read_article
from kb.restoring import restore, stored_form
from kb.store import insertion
from kb.views import Reading
from tests.kb.building import Reader, courier
from tests.kb.conftest import put

IRIS = Iris(DEFAULT_BASE)
MADE = Provenance("2", "by hand 1", "0")
SPOKEN = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1
)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Articles with whatever a page can say of itself."""
    text = draw(SPOKEN)
    ends = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text)))
    spans = ends.filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Mention(*pair))
    return Article(
        doc_id=draw(st.from_regex(r"[a-z0-9-]{1,20}", fullmatch=True) | SPOKEN),
        text=text,
        title=draw(st.none() | st.text(alphabet="Parler goes offline: “ö”\n", max_size=20)),
        published=draw(
            st.none()
            | st.dates().map(str)
            | st.datetimes(timezones=st.none() | st.just(UTC)).map(lambda at: at.isoformat())
            | st.sampled_from(["2021-01-11T09:30", "2021-01-11T09:30:05.250+01:00"])
        ),
        url=draw(
            st.none()
            | st.sampled_from(
                ["https://news.example/a?b=c#d", "https://news.example/ä b", "no address"]
            )
        ),
        publisher=draw(st.none() | st.text(alphabet="The Ledger", max_size=9)),
        authors=tuple(draw(st.lists(SPOKEN, max_size=3))),
        language=draw(st.sampled_from([None, "en", "de"])),
        story=tuple(draw(st.lists(spans, max_size=3))),
        headline=draw(st.none() | spans),
        published_from=draw(st.sampled_from([None, "option", "metadata", "text", "url"])),
        warnings=("publication date unknown",),
        read_from="saved/page.html",
    )


@given(articles())
def test_what_goes_into_a_graph_comes_out_of_it(article: Article) -> None:
    extraction = Extraction(
        article.doc_id, article.title, article.published, article.language, article.text
    )
    slug = article_slug(article.doc_id)
    quads = article_quads(article, extraction, DEFAULT_BASE, MADE)
    found = restore(quads, slug, IRIS)
    assert found.article == stored_form(article)
    assert found.provenance == MADE
    reader = Reader([])
    assert fingerprint(found.article, reader) == fingerprint(article, reader)
    assert stored_form(found.article) == found.article
    assert article_quads(found.article, extraction, DEFAULT_BASE, MADE) == quads or set(
        article_quads(found.article, extraction, DEFAULT_BASE, MADE)
    ) == set(quads)


@given(articles())
@settings(max_examples=50)
def test_a_store_gives_back_what_it_was_given(article: Article) -> None:
    extraction = Extraction(article.doc_id, None, None, None, article.text)
    slug = article_slug(article.doc_id)
    quads = article_quads(article, extraction, DEFAULT_BASE, MADE)
    held = pyoxigraph.Store()
    held.update(insertion(quads))
    assert restore(held, slug, IRIS) == restore(quads, slug, IRIS)
    assert read_article(held, slug, IRIS) == read_article(quads, slug, IRIS)


def test_another_fingerprint_for_everything_that_a_graph_depends_on() -> None:
    article, reader = courier().article(), Reader([])
    known = fingerprint(article, reader)
    changed = [
        replace(article, text=article.text + " More."),
        replace(article, title="Another title"),
        replace(article, published="2021-01-10"),
        replace(article, publisher=None),
        replace(article, authors=("Ada Lindqvist",)),
        replace(article, story=(Mention(0, 20),)),
        replace(article, headline=Mention(0, 20)),
    ]
    assert known not in {fingerprint(other, reader) for other in changed}
    assert fingerprint(article, Reader([], version="2")) != known
    assert fingerprint(replace(article, read_from="b.txt", warnings=("late",)), reader) == known


def test_an_article_tells_what_read_it_when_and_from_where(kb: KnowledgeBase) -> None:
    article = replace(courier().article(), read_from="news/a.html", published_from="metadata")
    list(kb.ingest([article], Reader([courier()])))
    view = kb.article("courier-1")
    assert view is not None and view.reading is not None
    at = view.reading.at
    assert at is not None and at == view.extracted_at
    assert view.reading == Reading("1", "by hand 1", "0", VERSION, at, "news/a.html", "metadata")


def test_provenance_is_asked_in_the_terms_of_prov(kb: KnowledgeBase) -> None:
    put(kb, [courier()])
    question = """
        SELECT ?agent ?version ?source WHERE {
          ?graph prov:wasGeneratedBy ?reading ; prov:generatedAtTime ?at .
          ?reading a prov:Activity ; prov:used ?article ; dl:extractorVersion ?version ;
            prov:wasAssociatedWith [ a prov:SoftwareAgent ; rdfs:label ?agent ] .
          ?article schema:url ?source
        }"""
    answer = b"".join(kb.query(question, ["text/csv"], preset_prefixes=True).chunks).decode()
    assert answer.splitlines()[1:] == ["Dateline 1,1,https://news.example/courier-1"]
