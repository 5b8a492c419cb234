"""Pages, API and endpoint as of a day."""

from __future__ import annotations

from flask.testing import FlaskClient


def test_links_keep_the_day(client: FlaskClient) -> None:
    page = client.get("/?as_of=2021-01-09&show=all").get_data(as_text=True)
    assert "as known on 2021-01-09" in page
    links = [part.split('"')[0] for part in page.split('href="')[1:]]
    events = [link for link in links if link.startswith("/event/")]
    assert events
    assert all("as_of=2021-01-09" in link for link in events)
    assert client.get(events[0].replace("&amp;", "&")).status_code == 200


def test_the_api_tells_what_was_known(client: FlaskClient) -> None:
    today = client.get("/api/timeline?show=all&limit=500").get_json()
    then = client.get("/api/timeline?show=all&limit=500&as_of=2021-01-09").get_json()
    assert 0 < len(then["events"]) < len(today["events"])
    late = {event["slug"] for event in today["events"]} - {
        event["slug"] for event in then["events"]
    }
    gone = client.get(f"/api/events/{sorted(late)[0]}?as_of=2021-01-09")
    assert gone.status_code == 404
    assert client.get("/api/timeline?as_of=soon").status_code == 400


def test_the_endpoint_takes_a_day_for_its_dataset(client: FlaskClient) -> None:
    query = "SELECT (COUNT(DISTINCT ?a) AS ?n) WHERE { ?a a <https://schema.org/NewsArticle> }"
    counts = []
    for day in ("2021-01-01", "2021-01-09", "2022"):
        answer = client.get("/sparql", query_string={"query": query, "as-of": day, "format": "csv"})
        counts.append(int(answer.get_data(as_text=True).split()[1]))
    assert counts[0] == 0 < counts[1] < counts[2]
    mixed = {"query": query, "as_of": "2021-01-09", "default-graph-uri": "https://x.example/g"}
    assert client.get("/sparql", query_string=mixed).status_code == 400
