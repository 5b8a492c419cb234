"""Adding articles through the form and the API: who may, what comes back, what is refused."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kb.knowledge_base import KnowledgeBase
from tests.web.site import TOKEN
from web.application import create_app
from web.context import EXTENSION
from web.settings import Settings

TEXT = """Harbour Board closes the old bridge

The Harbour Board closed the Alder Bridge on Friday after engineers found cracks in two of
its piers. Mayor Lena Ortiz criticised the decision, and said that the city would sue the board.

"Nobody warned us," Ortiz told The Harbour Courier on Saturday.
"""
FACTS = {
    "title": "Harbour Board closes the old bridge",
    "published": "2024-03-10",
    "publisher": "The Harbour Courier",
    "url": "https://courier.example/2024/bridge",
}
AUTHORIZED = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def writer(writable: Flask) -> FlaskClient:
    return writable.test_client()


def post(client: FlaskClient, data: Any, **kwargs: Any) -> TestResponse:
    return client.post("/api/articles", json=data, headers=AUTHORIZED, **kwargs)


def count(app: Flask) -> int:
    kb: KnowledgeBase = app.extensions[EXTENSION].kb
    return kb.overview().articles


def test_a_posted_article_is_read_and_its_events_stand_on_the_timeline(
    writer: FlaskClient,
) -> None:
    response = post(writer, {"text": TEXT, **FACTS})
    assert response.status_code == 201, response.text
    (article,) = response.get_json()["articles"]
    assert response.headers["Location"] == article["href"]
    closing = next(e for e in article["events"] if "close" in e["label"].lower())
    assert closing["when"] == "8 March 2024"
    page = writer.get(closing["href"], headers={"Accept": "text/html"}).text
    assert "<mark>closed</mark>" in page
    assert "The Harbour Courier" in page
    timeline = writer.get("/?show=all", headers={"Accept": "text/html"}).text
    assert closing["href"] in timeline


def test_the_same_article_again_changes_nothing(writable: Flask, writer: FlaskClient) -> None:
    first = post(writer, {"text": TEXT, **FACTS})
    again = post(writer, {"text": TEXT, **FACTS})
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.get_json()["articles"][0]["status"] == "unchanged"
    assert again.get_json()["articles"][0]["events"] == first.get_json()["articles"][0]["events"]
    assert count(writable) == 1


def test_several_articles_and_other_kinds_of_body(writable: Flask, writer: FlaskClient) -> None:
    both = [
        {"text": TEXT, **FACTS},
        {"text": "Ferry sinks\n\nA ferry sank off Cape Alder on Monday."},
    ]
    response = post(writer, both)
    assert response.status_code == 201, response.text
    assert len(response.get_json()["articles"]) == 2
    assert any("unknown" in w for w in response.get_json()["articles"][1]["warnings"])
    plain = writer.post(
        "/api/articles?published=2024-03-11&publisher=Lowmoor+Post",
        data=b"Museum opens\n\nThe Lowmoor Museum opened a new wing on Sunday.",
        content_type="text/plain",
        headers=AUTHORIZED,
    )
    assert plain.status_code == 201, plain.text
    assert plain.get_json()["articles"][0]["published"] == "2024-03-11"
    html = writer.post(
        "/api/articles?published=2024-03-12",
        data="<html><head><title>Mill burns</title></head><body><article><h1>Mill burns</h1>"
        "<p>The old mill in Lowmoor burned down on Monday night, and firefighters rescued two "
        "people from its roof. The owner said that he would rebuild it within the year.</p>"
        "</article></body></html>",
        content_type="text/html",
        headers=AUTHORIZED,
    )
    assert html.status_code == 201, html.text
    assert count(writable) == 4


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"text": ""}, "article 2"),
        ({"text": TEXT, "published": "last week"}, "last week"),
        ({"text": TEXT, "date": "2024-03-10"}, "'date'"),
        ({"text": 7}, "text"),
        ({"text": TEXT, "url": "javascript:alert(1)"}, "javascript:alert(1)"),
        ({"text": "Le maire a fermé le pont vendredi, après la découverte de fissures dans "
          "deux piles. La ville a annoncé qu'elle porterait plainte contre le port, et la maire a "
            "déclaré que personne ne l'avait prévenue de cette décision."}, "French"),
    ],
)  # fmt: skip
def test_an_article_that_cannot_be_read_is_named_and_nothing_is_stored(
    writable: Flask, writer: FlaskClient, data: dict[str, Any], said: str
) -> None:
    response = post(writer, [{"text": TEXT, **FACTS}, data])
    assert response.status_code == 422, response.text
    assert response.mimetype == "application/problem+json"
    (error,) = response.get_json(force=True)["errors"]
    assert said in error["detail"] or said in error["article"]
    assert count(writable) == 0


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("{", "application/json", 400),
        ("[]", "application/json", 400),
        ('"text"', "application/json", 400),
        ("%PDF", "application/pdf", 415),
        (b"\x00\x01\x02\xff" * 50, "text/plain", 422),
    ],
)
def test_a_body_that_is_no_article_is_refused(
    writer: FlaskClient, body: str | bytes, content_type: str, status: int
) -> None:
    response = writer.post(
        "/api/articles", data=body, content_type=content_type, headers=AUTHORIZED
    )
    assert response.status_code == status
    assert response.get_json(force=True)["detail"]


@pytest.mark.parametrize(
    "header", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic eDp5"}]
)
def test_nobody_writes_without_the_token(
    writable: Flask, writer: FlaskClient, header: dict[str, str]
) -> None:
    response = writer.post("/api/articles", json={"text": TEXT}, headers=header)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    form = writer.post("/ingest", data={"text": TEXT, "token": "wrong"})
    assert form.status_code == 401
    assert "Nobody warned us" in form.text  # what was typed is not lost
    assert count(writable) == 0


def test_a_server_without_a_token_says_how_writing_is_turned_on(
    client: FlaskClient, sample_kb: KnowledgeBase
) -> None:
    before = sample_kb.overview()
    response = client.post("/api/articles", json={"text": TEXT}, headers=AUTHORIZED)
    assert response.status_code == 403
    assert "DATELINE_TOKEN" in response.get_json(force=True)["detail"]
    assert "DATELINE_TOKEN" in client.get("/ingest").text
    assert client.post("/ingest", data={"text": TEXT, "token": ""}).status_code == 403
    assert sample_kb.overview() == before


def test_too_large_a_body_is_refused(writable: Flask) -> None:
    kb = writable.extensions[EXTENSION].kb
    small = create_app(kb, Settings(token=TOKEN, max_upload=1000)).test_client()
    response = post(small, {"text": TEXT * 10})
    assert response.status_code == 413
    assert "1,000" in response.get_json(force=True)["detail"]
    form = small.post("/ingest", data={"text": TEXT * 10, "token": TOKEN})
    assert form.status_code == 413


def test_the_form_takes_pasted_text_and_files(writable: Flask, writer: FlaskClient) -> None:
    pasted = writer.post("/ingest", data={"text": TEXT, **FACTS, "token": TOKEN})
    assert pasted.status_code == 201, pasted.text
    link = re.search(r'href="(/event/[^"]+)"', pasted.text)
    assert link
    assert writer.get(link[1], headers={"Accept": "text/html"}).status_code == 200
    upload = writer.post(
        "/ingest",
        data={
            "file": (io.BytesIO(b"Ferry sinks\n\nA ferry sank on Monday."), "ferry.txt"),
            "published": "2024-03-13",
            "token": TOKEN,
        },
    )
    assert upload.status_code == 201, upload.text
    assert count(writable) == 2


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(writer: FlaskClient) -> None:
    response = writer.post(
        "/ingest", data={"text": TEXT, "published": "<b>soon</b>", "token": TOKEN}
    )
    assert response.status_code == 422
    assert "&lt;b&gt;soon&lt;/b&gt;" in response.text
    assert "<b>soon" not in response.text
    assert "Nobody warned us" in response.text
    empty = writer.post("/ingest", data={"token": TOKEN})
    assert empty.status_code == 422
    assert "paste the article" in empty.text


def test_hostile_text_is_shown_and_never_run(writer: FlaskClient) -> None:
    attack = '<script>alert("x")</script><img src=x onerror=alert(1)>'
    text = (
        f"Mayor {attack} resigns\n\nMayor Ortiz resigned on Friday. {attack} said Ortiz.</script>"
    )
    response = post(
        writer,
        {
            "text": text,
            "title": f"Mayor {attack}</title>",
            "published": "2024-03-10",
            "publisher": attack,
        },
    )
    assert response.status_code == 201, response.text
    (article,) = response.get_json()["articles"]
    addresses = [article["href"], *(e["href"] for e in article["events"])]
    for address in ("/?show=all", "/articles", "/entities", *addresses):
        html = writer.get(address, headers={"Accept": "text/html"}).text
        assert "<img" not in html
        assert "<script>" not in html
        assert html.count("</title>") == 1
        assert not re.search(r"</script>\s*<(img|script)", html.split("</head>")[1])


def test_an_article_is_removed_by_the_token_and_nothing_else(writable: Flask) -> None:
    client = writable.test_client()
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    text = "The harbour board closed the port on Friday. Mayor Lena Abara thanked the crews."
    added = client.post("/api/articles", json={"text": text, "title": "Port shut"}, headers=bearer)
    where = f"/api/articles/{added.get_json()['articles'][0]['id']}"
    assert client.delete(where).status_code == 401
    assert client.get(where).status_code == 200
    gone = client.delete(where, headers=bearer)
    assert gone.status_code == 200
    assert gone.get_json()["articles"][0][1] == "Port shut"
    assert client.get(where).status_code == 404
    assert client.delete(where, headers=bearer).status_code == 404
