"""Stories: what belongs together, whatever the order of arrival, by a name that stays."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyshacl import validate
from rdflib import Dataset, Graph

from benchmarks.synthetic import Prepared, World
from extractors.articles import Article
from extractors.extraction import Extraction
from kb.knowledge_base import KnowledgeBase
from kb.views import MAIN_LINE, TimelineFilter
from kb.vocabulary import load_ontology, load_shapes
from tests.kb.building import Story, day
from tests.kb.conftest import canonical, put

Told = tuple[str, str, str, str]
"""Agent, verb as written, action, patient."""

SACKING: Told = ("Northline Ferries", "dismissed", "Dismiss", "Ada Quill")
SUIT: Told = ("Ada Quill", "sued", "Sue", "Northline Ferries")
RULING: Told = ("Judge Marsh", "criticized", "Criticize", "Northline Ferries")
TAKEOVER: Told = ("Bramble Foods", "bought", "Acquire", "Tansy Mills")
STAKE: Told = ("Otto Venn", "sold", "Sell", "Tansy Mills")


def told(doc: str, published: str | None, *events: Told, salience: float = 0.8) -> Story:
    """An article that tells these events, all of them on the day of its publication."""
    text = " ".join(f"{agent} {verb} {patient}." for agent, verb, _, patient in events)
    story = Story(doc, published, f"Outlet {doc}", text, title=text.partition(".")[0])
    for name in dict.fromkeys(name for agent, *_, patient in events for name in (agent, patient)):
        story.entity(name, "ORG")
    for agent, verb, action, patient in events:
        story.event(
            verb,
            action,
            f"{agent} {verb} {patient}",
            when=day(published) if published else None,
            salience=salience,
            agent=agent,
            patient=patient,
        )
    return story


def two_stories() -> list[Story]:
    return [
        told("one", "2022-03-01", SACKING, SUIT),
        told("two", "2022-03-02", TAKEOVER, STAKE),
        told("three", "2022-03-04", SUIT, RULING),
        told("four", "2022-03-05", TAKEOVER),
        told("five", "2022-03-06", RULING),
    ]


def names(kb: KnowledgeBase) -> list[str]:
    return [story.name for story in kb.stories().stories]


def labels(kb: KnowledgeBase, slug: str) -> list[str]:
    return [event.label for event in kb.timeline(TimelineFilter(story=slug)).events]


def test_events_of_the_same_people_in_the_same_weeks_are_a_story(kb: KnowledgeBase) -> None:
    put(kb, two_stories())
    stories = {story.name: story for story in kb.stories().stories}
    assert list(stories) == [
        "Ada Quill’s lawsuit against Northline Ferries, March 2022",
        "Tansy Mills’ acquisition by Bramble Foods, March 2022",
    ]
    first, second = stories.values()
    assert (first.articles, first.main, second.articles, second.main) == (3, 3, 2, 2)
    assert labels(kb, first.slug) == [
        "Northline Ferries dismissed Ada Quill",
        "Ada Quill sued Northline Ferries",
        "Judge Marsh criticized Northline Ferries",
    ]
    assert {ref.slug for ref in first.participants} >= {"northline-ferries", "ada-quill"}


def test_a_story_is_shown_with_its_articles_and_its_events_point_to_it(kb: KnowledgeBase) -> None:
    put(kb, two_stories())
    slug = kb.stories(entity="ada-quill").stories[0].slug
    view = kb.story(slug)
    assert view is not None
    assert [ref.slug for ref in view.told_by] == ["one", "three", "five"]
    event = kb.event(kb.timeline(TimelineFilter(story=slug)).events[0].slug)
    assert event is not None and event.story is not None
    assert event.story.slug == slug
    assert kb.story("no-such-story") is None


def test_stories_are_found_by_entity_and_by_words(kb: KnowledgeBase) -> None:
    put(kb, two_stories())
    assert len(kb.stories(entity="otto-venn").stories) == 1
    assert len(kb.stories(text="lawsuit").stories) == 1
    assert len(kb.stories(text="sold tansy").stories) == 1, "words of an event"
    assert not kb.stories(entity="nobody").stories
    assert not kb.stories(text="?!").stories


def test_the_list_is_paged_by_cursor(kb: KnowledgeBase) -> None:
    put(kb, two_stories())
    first = kb.stories(limit=1)
    second = kb.stories(cursor=first.next, limit=1)
    assert [*first.stories, *second.stories] == list(kb.stories().stories)
    assert second.next is None and second.previous is not None
    with pytest.raises(ValueError, match="at least one"):
        kb.stories(limit=0)


def test_filters_hold_within_a_story(kb: KnowledgeBase) -> None:
    put(kb, two_stories())
    slug = kb.stories(entity="ada-quill").stories[0].slug

    def count(**conditions: str) -> int:
        page = kb.timeline(TimelineFilter(story=slug, **conditions))  # type: ignore[arg-type]
        assert page.total == len(page.events)
        return page.total

    assert count() == 3
    assert count(entity="judge-marsh") == count(action="Sue") == count(text="sued") == 1
    assert count(article="five") == count(date_from="2022-03-04") == 1
    assert count(entity="otto-venn") == 0


def test_one_event_is_no_story_yet(kb: KnowledgeBase) -> None:
    put(kb, [told("one", "2022-03-01", TAKEOVER), told("two", "2022-03-02", TAKEOVER)])
    assert names(kb) == []
    put(kb, [told("three", "2022-03-03", TAKEOVER, STAKE)])
    assert names(kb) == ["Tansy Mills’ acquisition by Bramble Foods, March 2022"]


def test_the_same_people_long_after_are_another_story(kb: KnowledgeBase) -> None:
    put(kb, [told("one", "2022-03-01", SACKING, SUIT), told("two", "2022-11-01", SUIT, RULING)])
    assert [(story.articles, story.when.text) for story in kb.stories().stories] == [
        (1, "1 November 2022"),
        (1, "1 March 2022"),
    ]


def test_who_is_in_everybodys_mouth_does_not_make_one_story_of_all(kb: KnowledgeBase) -> None:
    verbs = [("met", "Meet"), ("sued", "Sue"), ("bought", "Buy"), ("visited", "Visit")]
    ends = ("na", "ro", "ti", "su", "ve")
    others = [f"{a}{b}" for a in ("Al", "Be", "Ce", "Di", "Fo", "Gu", "Ha", "Ja") for b in ends]
    put(
        kb,
        [
            told(f"doc-{n:02}", f"2022-03-{n // 4 + 1:02}",
                 ("Dagny Holt", *verbs[n % 4], f"{other} Works"),
                 (f"{other} Works", *verbs[(n + 1) % 4], f"Duke {other}"))
            for n, other in enumerate(others)
        ],
    )  # fmt: skip
    sizes = [story.articles for story in kb.stories().stories]
    assert max(sizes) < len(others) // 2
    assert sizes.count(1) > len(others) // 2


def test_background_joins_what_it_shares_a_participant_with(kb: KnowledgeBase) -> None:
    story = told("one", "2022-03-01", SACKING, SUIT)
    story.text += " Northline Ferries repaired a pier. A choir sang."
    story.event("repaired", "Build", "Northline Ferries repairs a pier", salience=0.3,
                agent="Northline Ferries")  # fmt: skip
    story.event("sang", "Perform", "A choir sings", salience=0.3, agent="A choir")
    put(kb, [story])
    (found,) = kb.stories().stories
    assert (found.events, found.main) == (3, 2)
    assert "Northline Ferries repairs a pier" in labels(kb, found.slug)


def test_what_caused_a_main_event_joins_its_story(kb: KnowledgeBase) -> None:
    story = told("one", "2022-03-01", SACKING, SUIT)
    story.text += " A storm closed the coast road."
    story.event("closed", "Close", "A storm closes the coast road", salience=0.3, agent="A storm")
    put(kb, [story])
    assert kb.stories().stories[0].events == 2
    put(kb, [story.link("causes", 3, 1)], version="2")
    assert kb.stories().stories[0].events == 3


def test_history_is_no_part_of_a_story(kb: KnowledgeBase) -> None:
    story = told("one", "2022-03-01", SACKING, SUIT)
    story.text += " Ada Quill joined Northline Ferries in 2001."
    story.event("joined", "Hire", "Ada Quill joins Northline Ferries", agent="Ada Quill",
                patient="Northline Ferries", when=("2001-01-01", "2001-12-31", "year"))  # fmt: skip
    put(kb, [story])
    (found,) = kb.stories().stories
    assert (found.when.text, found.events) == ("1 March 2022", 2)


def test_a_story_that_goes_on_keeps_its_name_and_address(kb: KnowledgeBase) -> None:
    first = [told(f"first-{n}", f"2022-03-0{n}", SACKING, SUIT) for n in range(1, 6)]
    put(kb, first)
    (before,) = kb.stories().stories
    put(kb, [told(f"later-{n}", f"2022-03-1{n}", RULING, SUIT) for n in range(8)])
    (after,) = kb.stories().stories
    assert (after.slug, after.name) == (before.slug, before.name)
    assert (before.articles, after.articles) == (5, 13)


def test_stories_of_one_name_get_addresses_of_their_own(kb: KnowledgeBase) -> None:
    clash = ("Ada Quill", "sued", "Sue", "Northline Ferries")
    put(kb, [told("b", "2022-03-20", clash, SACKING), told("a", "2022-01-02", clash, SACKING)])
    assert len({story.slug for story in kb.stories().stories}) == 2


def test_the_graph_has_stories_that_conform(kb: KnowledgeBase, tmp_path: Path) -> None:
    put(kb, two_stories())
    graph = Graph()
    file = tmp_path / "all.trig"
    kb.export(file, "trig")
    dataset = Dataset(default_union=True)
    dataset.parse(file, format="trig")
    for triple in dataset.triples((None, None, None)):
        graph.add(triple[:3])
    query = """SELECT DISTINCT ?e WHERE {
      ?e dl:partOfStory ?s . ?s a dl:Story ; rdfs:label ?name ; dl:mainParticipant ?who
    }"""
    assert len(graph.query(query, initNs=dict(kb.prefixes()))) == 5
    conforms, _, report = validate(graph + load_ontology(), shacl_graph=load_shapes())
    assert conforms, report


def test_stories_are_described_as_rdf(kb: KnowledgeBase) -> None:
    put(kb, two_stories())
    slug = kb.stories().stories[0].slug
    turtle = kb.describe("story", slug, "text/turtle")
    assert turtle is not None
    graph = Graph().parse(data=turtle, format="turtle")
    parts = graph.query("SELECT ?e WHERE { ?e dl:partOfStory ?s ; rdfs:label ?l }",
                        initNs=dict(kb.prefixes()))  # fmt: skip
    assert len(parts) == 3
    assert kb.describe("story", "no-such-story", "text/turtle") is None


def test_forgetting_articles_leaves_no_trace(kb: KnowledgeBase, tmp_path: Path) -> None:
    stories = two_stories()
    put(kb, stories)
    kb.remove_article("one")
    kb.remove_article("four")
    with KnowledgeBase.open(tmp_path / "fresh", create=True) as fresh:
        put(fresh, [stories[1], stories[2], stories[4]])
        assert canonical(kb) == canonical(fresh)
    for slug in ("two", "three", "five"):
        kb.remove_article(slug)
    assert not kb.stories().stories
    assert not canonical(kb)


def test_a_rebuilt_index_holds_the_same_stories(kb: KnowledgeBase) -> None:
    put(kb, two_stories())
    before, graph = kb.stories(), canonical(kb)
    kb.reindex()
    assert kb.stories() == before
    kb.rebuild()
    assert kb.stories() == before
    assert canonical(kb) == graph


def test_an_article_that_is_read_again_changes_only_what_it_tells(kb: KnowledgeBase) -> None:
    put(kb, two_stories())
    before = canonical(kb)
    put(kb, [told("one", "2022-03-01", TAKEOVER, STAKE)], version="2")
    assert kb.stories(entity="bramble-foods").stories[0].articles == 3
    put(kb, [told("one", "2022-03-01", SACKING, SUIT)])
    assert [line for line in canonical(kb) if "/story/" in line] == [
        line for line in before if "/story/" in line
    ]


def test_articles_without_a_date_are_told_apart_from_dated_ones(kb: KnowledgeBase) -> None:
    put(kb, [told("a", None, SACKING, SUIT), told("b", None, SUIT, RULING)])
    put(kb, [told("c", "2022-03-01", SACKING, SUIT)])
    assert sorted(story.articles for story in kb.stories().stories) == [1, 2]
    assert "Ada Quill’s lawsuit against Northline Ferries" in names(kb)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000), order=st.permutations(range(9)), gone=st.integers(0, 8))
def test_the_order_of_arrival_does_not_matter(seed: int, order: Sequence[int], gone: int) -> None:
    """Made-up news about few names, so that nearly everything could be linked to everything."""
    made = list(World(names=7, outlets=4, seed=seed).articles(9, days=90))
    assert _derived(made, range(9), gone) == _derived(made, order, gone)


def _derived(
    made: list[tuple[Article, Extraction]], order: Sequence[int], gone: int
) -> tuple[list[str], object]:
    reader = Prepared()
    reader.known |= {article.doc_id: extraction for article, extraction in made}
    with (
        TemporaryDirectory() as folder,
        KnowledgeBase.open(Path(folder) / "kb", create=True) as kb,
    ):
        list(kb.ingest([made[n][0] for n in order], reader))
        kb.remove_article(made[gone][0].doc_id)
        main = TimelineFilter(salience=MAIN_LINE)
        return canonical(kb), (kb.stories(), kb.timeline(main).events)
