"""Pages over the sample articles: what they show, and that the evidence is the article's words."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from flask.testing import FlaskClient

from kb.knowledge_base import KnowledgeBase
from kb.views import EventSummary, TimelineFilter


def all_events(kb: KnowledgeBase) -> tuple[EventSummary, ...]:
    return kb.timeline(TimelineFilter(), limit=1000).events


class Outline(HTMLParser):
    """Headings, ids, links and landmarks of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))


def page(client: FlaskClient, address: str) -> str:
    response = client.get(address, headers={"Accept": "text/html"})
    assert response.status_code == 200, response.text
    assert response.mimetype == "text/html"
    return response.text


def test_the_timeline_tells_the_story_of_the_samples(client: FlaskClient) -> None:
    html = page(client, "/?show=all&from=2021-01-08")
    assert "January 2021" in html
    assert '<time datetime="2021-01-08">8 January 2021</time>' in html
    assert re.search(r">[^<]*remove[^<]*Parler", html)


def test_every_page_has_one_first_heading_no_skipped_level_and_unique_ids(
    client: FlaskClient, sample_kb: KnowledgeBase
) -> None:
    event = all_events(sample_kb)[0]
    article = sample_kb.articles(None, 1).articles[0]
    entity = sample_kb.overview().top_entities[0][0]
    for address in (
        "/",
        "/?show=all&order=newest",
        "/?q=zzzz",
        f"/event/{event.slug}",
        f"/entity/{entity.slug}",
        f"/article/{article.slug}",
        "/entities",
        "/articles",
        "/sparql",
        "/ingest",
    ):
        outline = Outline(page(client, address))
        assert outline.headings.count(1) == 1, address
        steps = zip(outline.headings, outline.headings[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps), (address, outline.headings)
        assert len(outline.ids) == len(set(outline.ids)), address
        assert {"main", "header", "footer", "nav"} <= set(outline.tags)
        assert "#main" in outline.links


def test_every_link_within_the_site_leads_somewhere(
    client: FlaskClient, sample_kb: KnowledgeBase
) -> None:
    article = sample_kb.articles(None, 1).articles[0]
    starts = ["/", f"/article/{article.slug}", "/entities", "/sparql"]
    links = {link for start in starts for link in Outline(page(client, start)).links}
    inside = sorted(link for link in links if link.startswith("/"))
    assert len(inside) > 20
    for link in inside[:150]:
        assert client.get(link, headers={"Accept": "text/html"}).status_code == 200, link


def test_an_event_shows_each_report_in_the_words_of_its_article(
    client: FlaskClient, sample_kb: KnowledgeBase
) -> None:
    event = max(all_events(sample_kb), key=lambda e: e.reports)
    assert event.reports > 1
    view = sample_kb.event(event.slug)
    assert view is not None
    outline = Outline(page(client, f"/event/{event.slug}"))
    assert outline.tags.count("blockquote") == outline.tags.count("mark") == event.reports
    for report in view.reports:
        article = sample_kb.article(report.article.slug)
        assert article is not None
        assert article.text[report.start : report.end] == report.trigger
        place = f"char={report.start},{report.end}"
        assert f"/article/{report.article.slug}#{place}" in outline.links
        assert place in Outline(page(client, f"/article/{report.article.slug}")).ids


def test_disagreement_is_shown_with_who_says_what(
    client: FlaskClient, sample_kb: KnowledgeBase
) -> None:
    (offline,) = (
        event
        for event in all_events(sample_kb)
        if event.action == "GoOffline" and event.reports > 2
    )
    assert offline.disputed == ("disputedTime",)
    html = page(client, f"/event/{offline.slug}")
    assert "Reports disagree on when it happened." in html
    versions = html[html.index('class="versions"') : html.index('id="reports"')]
    assert "Cape Alder Dispatch" in versions.split("10 January 2021</strong>")[1].split("<li>")[0]
    assert "The Harbour Courier" in versions.split("11 January 2021</strong>")[1].split("<li>")[0]


def test_a_denial_is_never_shown_as_a_deed(client: FlaskClient, sample_kb: KnowledgeBase) -> None:
    denied = [event for event in all_events(sample_kb) if event.polarity == "negative"]
    assert denied
    for event in denied[:5]:
        assert "denied or did not happen" in page(client, f"/event/{event.slug}")


def test_an_article_page_shows_the_whole_text_and_sets_boilerplate_apart(
    client: FlaskClient, sample_kb: KnowledgeBase
) -> None:
    for ref in sample_kb.articles(None, 50).articles:
        view = sample_kb.article(ref.slug)
        assert view is not None
        html = page(client, f"/article/{ref.slug}")
        body = html[html.index('<div class="text"') : html.index('<aside class="facets"')]
        shown = Text(body).words
        assert "".join(shown.split()) == "".join(view.text.split())
        apart = "".join(view.text[: view.story[0][0]].split()) if view.story else ""
        assert ('class="apart"' in body) or not apart


class Text(HTMLParser):
    """The words of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words = ""
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.words += data


def test_filters_narrow_and_orders_turn(client: FlaskClient) -> None:
    def slugs(address: str) -> list[str]:
        events = client.get(f"/api/timeline{address[1:]}&limit=500").get_json()["events"]
        shown = [link for link in Outline(page(client, address)).links if "/event/" in link]
        listed = [event["slug"] for event in events]
        assert list(dict.fromkeys(shown)) == [f"/event/{slug}" for slug in listed[:50]]
        return listed

    everything = slugs("/?show=all")
    parler = slugs("/?show=all&entity=parler")
    assert 0 < len(parler) < len(everything)
    assert 0 < len(slugs("/?show=all&from=2021-01-09&to=2021-01-10")) < len(everything)
    assert 0 < len(slugs("/?show=all&q=Matze")) < len(everything)
    assert slugs("/?show=all&entity=nobody-at-all") == []
    newest = slugs("/?show=all&order=newest&entity=parler")
    assert sorted(newest) == sorted(parler)
    assert newest != parler


def test_following_the_pages_gives_every_event_once(
    client: FlaskClient, sample_kb: KnowledgeBase
) -> None:
    address: str | None = "/api/timeline?limit=7"
    slugs: list[str] = []
    while address:
        data = client.get(address).get_json()
        slugs += [event["slug"] for event in data["events"]]
        address = data["next"]
        assert len(slugs) <= data["total"]
    main = sample_kb.timeline(TimelineFilter(salience=0.5), limit=1000).events
    assert slugs == [event.slug for event in main]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/?from=soon", "2021-01-08"),
        ("/?cursor=made-up", "cursor"),
        ("/api/timeline?limit=0", "from 1 to"),
        ("/articles?cursor=made-up", "cursor"),
    ],
)
def test_a_wrong_address_is_explained(client: FlaskClient, address: str, said: str) -> None:
    for accept in ("text/html", "application/json"):
        response = client.get(address, headers={"Accept": accept})
        assert response.status_code == 400
        assert said in response.text
    assert response.mimetype == "application/problem+json"
    assert response.get_json(force=True)["status"] == 400


def test_a_wrong_method_is_told_the_right_one(client: FlaskClient) -> None:
    response = client.get("/api/articles")
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]
    assert response.mimetype == "application/problem+json"


@pytest.mark.parametrize("kind", ["event", "entity", "article"])
def test_what_is_not_there_is_said(client: FlaskClient, kind: str) -> None:
    for accept in ("text/html", "text/turtle"):
        response = client.get(f"/{kind}/no-such-thing", headers={"Accept": accept})
        assert response.status_code == 404
        assert "no-such-thing" in response.text


@pytest.mark.parametrize("kind", ["event", "entity", "article"])
def test_things_are_served_as_rdf_by_negotiation(
    client: FlaskClient, sample_kb: KnowledgeBase, kind: str
) -> None:
    slug = {
        "event": all_events(sample_kb)[0].slug,
        "entity": "parler",
        "article": sample_kb.articles(None, 1).articles[0].slug,
    }[kind]
    for media_type in ("text/turtle", "application/n-triples", "application/ld+json"):
        response = client.get(f"/{kind}/{slug}", headers={"Accept": f"{media_type}, */*;q=0.1"})
        assert response.mimetype == media_type
        assert "Accept" in response.headers["Vary"]
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert slug in response.text
    refused = client.get(f"/{kind}/{slug}", headers={"Accept": "image/png"})
    assert refused.status_code == 406
    assert "text/turtle" in refused.get_json(force=True)["available"]
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert client.get(f"/{kind}/{slug}", headers={"Accept": browser}).mimetype == "text/html"
    assert client.get(f"/{kind}/{slug}?format=ntriples").mimetype == "application/n-triples"


def json_ld(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    data = json.loads(found[1])
    assert isinstance(data, dict)
    return data


def test_pages_carry_their_subject_in_schema_org_terms(
    client: FlaskClient, sample_kb: KnowledgeBase
) -> None:
    event = next(e for e in all_events(sample_kb) if e.when.earliest and e.participants)
    data = json_ld(page(client, f"/event/{event.slug}"))
    assert data["@id"] == f"{sample_kb.base}event/{event.slug}"
    assert data["name"] == event.label
    assert data["startDate"] == event.when.earliest
    assert data["subjectOf"][0]["@type"] == "NewsArticle"
    parler = json_ld(page(client, "/entity/parler"))
    assert (parler["@id"], parler["name"]) == (f"{sample_kb.base}entity/parler", "Parler")


def test_the_api_mirrors_the_read_models(client: FlaskClient, sample_kb: KnowledgeBase) -> None:
    event = all_events(sample_kb)[0]
    data = client.get(f"/api/events/{event.slug}").get_json()
    assert data["summary"]["label"] == event.label
    assert len(data["reports"]) == event.reports
    entity = client.get("/api/entities/parler").get_json()
    assert entity["ref"]["name"] == "Parler"
    article = sample_kb.articles(None, 1).articles[0]
    read = client.get(f"/api/articles/{article.slug}").get_json()
    highlight = read["highlights"][0]
    assert 0 <= highlight["start"] < highlight["end"] <= len(read["text"])
    assert client.get("/health").get_json()["articles"] == sample_kb.overview().articles
    found = client.get("/api/entities?q=parl").get_json()["entities"]
    assert "parler" in [ref["slug"] for ref in found]


def test_pages_may_load_nothing_from_elsewhere_and_run_nothing_inline(
    client: FlaskClient,
) -> None:
    for address in ("/", "/sparql", "/no/such/page", "/api/timeline"):
        response = client.get(address, headers={"Accept": "text/html"})
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in response.headers
        assert not re.search(r'<script(?! type="application/ld\+json"| src=")', response.text)
        assert not re.search(r"\son\w+=|\sstyle=", response.text)


def test_bundled_files_are_kept_by_browsers_for_good(client: FlaskClient) -> None:
    found = re.search(r'href="(/static/dist/[^"]+\.css)"', page(client, "/"))
    assert found
    response = client.get(found[1])
    assert response.status_code == 200
    assert response.cache_control.max_age == 31_536_000
    assert response.cache_control.immutable
