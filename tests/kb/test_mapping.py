"""The graph of one article: its form, its promises, and the way back to records."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, RdfFormat, serialize
from pyshacl import validate
from rdflib import Dataset, Graph

from extractors.articles import Article
from extractors.extraction import Event, Extraction, Mention, Role, Time
from kb.iris import DEFAULT_BASE, Iris
from kb.knowledge_base import KnowledgeBase
from kb.mapping import Provenance, article_quads
from kb.records import read_article
from tests.kb.building import Story, courier, gazette, ledger, stories
from tests.kb.conftest import canonical

PROVENANCE = Provenance("1", "by hand 1", "0")
IRIS = Iris(DEFAULT_BASE)


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
def test_the_graph_conforms_to_the_shapes(story: Story, ontology_path: Path) -> None:
    quads = article_quads(story.article(), story.extraction(), DEFAULT_BASE, PROVENANCE)
    turtle = serialize((quad.triple for quad in quads), format=RdfFormat.TURTLE)
    ontology = Graph().parse(ontology_path)
    conforms, _, report = validate(Graph().parse(turtle), shacl_graph=ontology, ont_graph=ontology)
    assert conforms, report


def test_the_whole_knowledge_base_conforms_to_the_shapes(
    filled: KnowledgeBase, ontology_path: Path
) -> None:
    dataset = Dataset(default_union=True)
    dataset.parse(data="\n".join(canonical(filled)), format="nquads")
    union = Graph()
    for subject, predicate, value, _ in dataset.quads():
        union.add((subject, predicate, value))
    ontology = Graph().parse(ontology_path)
    conforms, _, report = validate(union, shacl_graph=ontology, ont_graph=ontology)
    assert conforms, report


def test_every_term_of_the_graph_is_in_the_ontology(
    filled: KnowledgeBase, ontology_path: Path
) -> None:
    ontology = Graph().parse(ontology_path)
    own = "https://w3id.org/dateline/ontology#"
    known = {str(term) for term in ontology.subjects() if str(term).startswith(own)}
    dataset = Dataset()
    dataset.parse(data="\n".join(canonical(filled)), format="nquads")
    used = {str(t) for quad in dataset.quads() for t in quad[:3] if str(t).startswith(own)}
    assert used <= known, used - known


def test_an_address_that_is_no_iri_is_kept_as_words() -> None:
    article = Article("a-1", "It rained.", url="not an address at all")
    extraction = Extraction("a-1", None, None, "en", "It rained.")
    quads = article_quads(article, extraction, DEFAULT_BASE, PROVENANCE)
    assert read_article(quads, "a-1", IRIS).url == "not an address at all"


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
