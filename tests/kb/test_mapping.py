"""The graph of one article: its form, its promises, and the way back to records."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, RdfFormat, serialize
from pyshacl import validate
from rdflib import Graph

from extractors.articles import Article
from extractors.extraction import Event, Extraction, Mention, Role, Time
from kb.iris import DEFAULT_BASE, Iris
from kb.knowledge_base import KnowledgeBase
from kb.mapping import Provenance, article_quads
from kb.records import read_article
from kb.terms import DL
from kb.vocabulary import load_ontology, load_shapes, terms
from tests.kb.building import Story, courier, gazette, ledger, stories
from tests.kb.conftest import canonical, put

PROVENANCE = Provenance("1", "by hand 1", "0")
IRIS = Iris(DEFAULT_BASE)


def check(graph: Graph) -> None:
    """Hold a graph against the shapes. They speak of the ontology's own individuals, too."""
    conforms, _, report = validate(graph + load_ontology(), shacl_graph=load_shapes())
    assert conforms, report


def lines(story: Story, base: str = DEFAULT_BASE) -> list[str]:
    quads = article_quads(story.article(), story.extraction(), base, PROVENANCE)
    return [str(quad) for quad in quads]


def test_the_same_input_gives_the_same_quads_in_one_graph_without_blank_nodes() -> None:
    assert lines(courier()) == lines(courier())
    assert len(set(lines(courier()))) == len(lines(courier()))
    for story in stories():
        quads = article_quads(story.article(), story.extraction(), DEFAULT_BASE, PROVENANCE)
        assert {quad.graph_name for quad in quads} == {IRIS.graph(story.doc_id)}
        assert not any(
            isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object)
        )


def test_no_two_graphs_say_the_same(filled: KnowledgeBase) -> None:
    """The store's union of graphs does not merge equal triples: counts would be wrong."""
    again = ledger()
    again.doc_id = "ledger-8"
    put(filled, [again])
    triples = [line.rsplit(" ", 2)[0] for line in canonical(filled)]
    assert len(set(triples)) == len(triples)


def test_only_addresses_depend_on_the_base() -> None:
    other = "https://example.org/news/"
    moved = [line.replace(other, DEFAULT_BASE) for line in lines(courier(), other)]
    assert moved == lines(courier())


def test_the_record_that_is_read_back_holds_what_was_extracted() -> None:
    story = ledger()
    quads = article_quads(story.article(), story.extraction(), DEFAULT_BASE, PROVENANCE)
    record = read_article(quads, "ledger-7", IRIS)
    assert (record.title, record.publisher, record.published) == (
        "Google acts on Parler", "The Ledger", "2021-01-10",
    )  # fmt: skip
    assert record.text == story.text
    names = {entity.name: entity for entity in record.entities}
    assert names["Amazon Web Services"].aliases == ("AWS",)
    assert names["Parler"].type == "PRODUCT"
    assert len(names["Parler"].mentions) == 2
    removed, called, stop = record.claims
    assert (removed.earliest, removed.latest, removed.precision) == (
        "2021-01-09", "2021-01-09", "day",
    )  # fmt: skip
    assert removed.time_words == "on Saturday"
    assert [(p.role, p.words) for p in removed.participants] == [
        ("agent", "Google"), ("patient", "Parler"),
    ]  # fmt: skip
    assert [(p.role, p.entity, p.words) for p in called.participants] == [
        ("agent", None, "Dozens of posts")
    ]
    assert called.sentence == "Dozens of posts had called for violence."
    assert stop.factuality == "planned"


@pytest.mark.parametrize("story", stories(), ids=lambda story: story.doc_id)
def test_the_graph_conforms_to_the_shapes(story: Story) -> None:
    quads = article_quads(story.article(), story.extraction(), DEFAULT_BASE, PROVENANCE)
    turtle = serialize((quad.triple for quad in quads), format=RdfFormat.TURTLE)
    check(Graph().parse(turtle))


def test_the_whole_knowledge_base_conforms_to_the_shapes(filled: KnowledgeBase) -> None:
    answer = filled.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", ["application/n-triples"])
    union = Graph().parse(data=b"".join(answer.chunks), format="nt")
    check(union)


def test_every_term_of_the_graph_is_in_the_ontology(
    filled: KnowledgeBase,
) -> None:
    pattern = re.compile(re.escape(f"<{DL.iri}") + "([^>]+)>")
    used = set(pattern.findall("\n".join(canonical(filled))))
    assert len(used) > 30
    assert used | DL.names <= terms()


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://news.example/a b?q=é", "https://news.example/a%20b?q=%C3%A9"),
        ("https://news.example/a%20b#top", "https://news.example/a%20b#top"),
        ("not an address at all", None),
    ],
)
def test_the_graph_holds_addresses_that_are_iris(url: str, kept: str | None) -> None:
    article = Article("a-1", "It rained.", url=url)
    extraction = Extraction("a-1", None, None, "en", "It rained.")
    quads = article_quads(article, extraction, DEFAULT_BASE, PROVENANCE)
    assert read_article(quads, "a-1", IRIS).url == kept


def test_what_goes_on_has_begun_by_publication_and_not_ended_before() -> None:
    event = Event(
        id="v1",
        trigger=Mention(9, 14),
        lemma="sell",
        action="Action",
        label="firm sells tea",
        time=Time(None, None, grounding="publication", holds="2021-01-11"),
    )
    text = "The firm sells tea."
    extraction = Extraction("a-1", None, "2021-01-11", "en", text, events=(event,))
    quads = article_quads(Article("a-1", text), extraction, DEFAULT_BASE, PROVENANCE)
    stamps = {
        quad.predicate.value.rpartition("/")[2]: str(quad.object)[1:20]
        for quad in quads
        if quad.predicate.value.endswith("TimeStamp")
    }
    assert stamps == {
        "hasLatestBeginTimeStamp": "2021-01-11T23:59:59",
        "hasEarliestEndTimeStamp": "2021-01-11T00:00:00",
    }


# Control characters, right-to-left marks, quotes, emoji, line breaks: whatever a text may hold.
HOSTILE = st.text(
    alphabet=st.characters(exclude_categories=["Cs"]), min_size=3, max_size=200
) | st.sampled_from(
    ['" . } } ; DROP ALL #"', "\\u0041 \\", "</script><script>", "\r\n\x00\x0b", "\u202e😀 \ufeff"]
)


@settings(max_examples=60, deadline=None)
@given(HOSTILE, st.data())
def test_whatever_the_text_holds_comes_back_and_its_offsets_are_exact(
    text: str, data: st.DataObject
) -> None:
    def span() -> tuple[int, int]:
        start = data.draw(st.integers(0, len(text) - 1))
        return start, data.draw(st.integers(start + 1, len(text)))

    (trigger, role) = span(), span()
    event = Event(
        id="v1",
        trigger=Mention(*trigger),
        lemma=text[trigger[0] : trigger[1]],
        action="Action",
        label=text,
        roles=(Role("agent", None, *role),),
        time=Time("2021-01-08", None, "day", start=trigger[0], end=trigger[1]),
    )
    article = Article("hostile-1", text, title=text)
    extraction = Extraction("hostile-1", text, None, "en", text, events=(event,))
    with KnowledgeBaseInMemory() as kb:
        kb.write(article, extraction)
        record = kb.read("hostile-1")
    assert record.text == record.title == text
    (claim,) = record.claims
    assert text[claim.start : claim.end] == claim.lemma == text[slice(*trigger)]
    assert claim.sentence.find(claim.lemma) >= 0
    assert claim.participants[0].words == " ".join(text[slice(*role)].split())


class KnowledgeBaseInMemory:
    """Just enough of a store to send a graph through SPARQL and back."""

    def __enter__(self) -> KnowledgeBaseInMemory:
        import pyoxigraph

        self.store = pyoxigraph.Store()
        return self

    def __exit__(self, *_: object) -> None:
        del self.store

    def write(self, article: Article, extraction: Extraction) -> None:
        from kb.store.statements import replacement

        quads = article_quads(article, extraction, DEFAULT_BASE, PROVENANCE)
        self.store.update(replacement(IRIS.graph(article.doc_id), quads))

    def read(self, slug: str):  # type: ignore[no-untyped-def]
        graph = IRIS.graph(slug)
        return read_article(self.store.quads_for_pattern(None, None, None, graph), slug, IRIS)


def test_a_denial_keeps_its_polarity_in_the_graph() -> None:
    assert any("ontology#negative" in line for line in lines(gazette()))
