"""Story pages over the samples: the stories that a reader would name, and where they lead."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from rdflib import Graph

from kb.knowledge_base import KnowledgeBase
from kb.views import MAIN_LINE, StorySummary, TimelineFilter


@pytest.fixture
def parler(sample_kb: KnowledgeBase) -> StorySummary:
    """The story of Parler's removal."""
    (story,) = sample_kb.stories(text="Parler's removal").stories
    return story


def test_the_samples_tell_two_stories(sample_kb: KnowledgeBase, parler: StorySummary) -> None:
    stories = sample_kb.stories().stories
    assert sorted(story.articles for story in stories) == [2, 10]
    assert parler.participants[0].name == "Parler"
    assert parler.name.startswith("Parler’s removal by Google and Apple")
    other = next(story for story in stories if story != parler)
    assert "Donald Trump" in other.name
    labels = {
        event.label
        for event in sample_kb.timeline(TimelineFilter(story=other.slug, salience=MAIN_LINE)).events
    }
    assert any("storm" in label for label in labels)
    assert any("Facebook" in label and "Trump" in label for label in labels)
    assert not any("Parler" in label for label in labels)


def test_a_story_is_a_page_with_its_timeline(client: FlaskClient, parler: StorySummary) -> None:
    html = client.get(f"/story/{parler.slug}", headers={"Accept": "text/html"}).text
    assert parler.name in html
    assert "/event/" in html and "/entity/parler" in html and "/article/" in html
    assert f"/?story={parler.slug}" in html
    assert client.get(f"/?story={parler.slug}").status_code == 200
    missing = client.get("/story/none", headers={"Accept": "text/html"})
    assert missing.status_code == 404 and "no story" in missing.text


def test_the_list_of_stories_can_be_searched(client: FlaskClient, parler: StorySummary) -> None:
    assert parler.name in client.get("/stories").text
    assert parler.name in client.get("/stories?entity=amazon&q=lawsuit").text
    assert "No story fits" in client.get("/stories?q=xylophone").text
    assert client.get("/stories?cursor=wrong").status_code == 400


def test_an_event_leads_to_its_story(
    client: FlaskClient, sample_kb: KnowledgeBase, parler: StorySummary
) -> None:
    event = sample_kb.timeline(TimelineFilter(story=parler.slug, salience=MAIN_LINE)).events[0]
    html = client.get(f"/event/{event.slug}", headers={"Accept": "text/html"}).text
    assert f'href="/story/{parler.slug}"' in html


@pytest.mark.parametrize("form", ["text/turtle", "application/ld+json", "application/rdf+xml"])
def test_a_story_is_served_as_rdf(client: FlaskClient, parler: StorySummary, form: str) -> None:
    response = client.get(f"/story/{parler.slug}", headers={"Accept": form})
    assert response.mimetype == form
    graph = Graph().parse(data=response.text, format=form)
    query = """PREFIX dl: <https://w3id.org/dateline/ontology#>
        SELECT ?event WHERE { ?event dl:partOfStory ?story . ?story a dl:Story }"""
    parts = list(graph.query(query))
    assert len(parts) == parler.events


def test_the_api_gives_stories(client: FlaskClient, parler: StorySummary) -> None:
    found = client.get("/api/stories?entity=parler&limit=1").get_json()
    assert [story["slug"] for story in found["stories"]] == [parler.slug]
    view = client.get(f"/api/stories/{parler.slug}").get_json()
    assert (view["summary"]["name"], len(view["told_by"])) == (parler.name, 10)
    events = client.get(view["timeline"]).get_json()
    assert events["total"] == parler.events
    assert client.get("/api/stories/none").status_code == 404
