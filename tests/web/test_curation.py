"""Decisions over HTTP: reads are open, writes need the token, errors say what is wrong."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kb.knowledge_base import KnowledgeBase
from kb.views import TimelineFilter
from tests.kb.building import stories
from tests.kb.conftest import canonical, put
from tests.web.site import TOKEN, fresh_kb
from web.application import create_app
from web.settings import Settings

WHO = {"author": "Ann Archer", "reason": "the register says so"}


@pytest.fixture
def kb(tmp_path: Any) -> Any:
    with fresh_kb(tmp_path) as found:
        put(found, stories())
        yield found


@pytest.fixture
def app(kb: KnowledgeBase) -> Flask:
    return create_app(kb, Settings(token=TOKEN))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def post(client: FlaskClient, path: str, body: Any, token: str | None = TOKEN) -> TestResponse:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return client.post(path, json=body, headers=headers)


def got(client: FlaskClient, path: str) -> Any:
    return client.get(path).json


def decide(client: FlaskClient, **body: Any) -> str:
    """Take a decision. Returns its id."""
    response = post(client, "/api/curation", {**WHO, **body})
    assert response.status_code == 201, response.text
    (decision,) = response.json["decisions"]  # type: ignore[index]
    assert (decision["author"], decision["state"]) == ("Ann Archer", "acts")
    assert response.headers["Location"].endswith(f"/api/curation/{decision['id']}")
    return str(decision["id"])


def only(kb: KnowledgeBase, action: str) -> str:
    """The only event of an action."""
    (event,) = kb.timeline(TimelineFilter(action=action)).events
    return event.slug


def test_every_kind_of_decision_is_taken_and_undone(client: FlaskClient, kb: KnowledgeBase) -> None:
    fails, denies = only(kb, "Fail"), only(kb, "Deny")
    removal = only(kb, "Remove")
    bodies: list[dict[str, Any]] = [
        {"kind": "merge-entities", "entities": ["apple"], "into": "google"},
        {"kind": "split-entity", "entity": "google", "articles": ["ledger-7"], "label": "Maps"},
        {"kind": "rename", "thing": "entity/parler", "label": "Parler LLC"},
        {"kind": "rename", "thing": f"event/{removal}", "label": "Parler is dropped"},
        {"kind": "retype-entity", "entity": "parler", "type": "PRODUCT"},
        {"kind": "merge-events", "events": [fails, denies]},
        {"kind": "split-event", "event": removal, "reports": ["gazette-3"]},
        {"kind": "reject", "thing": denies},
        {
            "kind": "correct", "thing": denies, "action": "Say", "date": "2021-01",
            "polarity": "negative", "factuality": "planned",
            "roles": [
                {"operation": "set", "role": "agent", "who": "google"},
                {"operation": "clear", "role": "patient"},
            ],
        },
    ]  # fmt: skip
    before = [x for x in canonical(kb) if not x.endswith("curation> .")]
    for body in bodies:
        id = decide(client, **body)
        assert [x for x in canonical(kb) if not x.endswith("curation> .")] != before, body
        undone = post(client, f"/api/curation/{id}/undo", {"author": "Bob", "reason": "no"})
        assert undone.status_code == 200
        (decision,) = undone.json["decisions"]  # type: ignore[index]
        assert decision["state"] == "withdrawn"
        assert decision["withdrawn"]["author"] == "Bob"
        assert [x for x in canonical(kb) if not x.endswith("curation> .")] == before, body


def test_the_log_is_open_and_turns_pages(client: FlaskClient, kb: KnowledgeBase) -> None:
    ids = [decide(client, kind="rename", thing="entity/parler", label=f"P{n}") for n in range(3)]
    page = got(client, "/api/curation?thing=entity/parler&limit=2")
    assert [found["id"] for found in page["decisions"]] == ids[:0:-1]
    last = got(client, page["next"])
    assert ([found["id"] for found in last["decisions"]], last["next"]) == (ids[:1], None)
    one = got(client, f"/api/curation/{ids[0]}")
    assert (one["text"], one["about"]) == ("parler renamed to “P0”", ["entity/parler"])
    for query, number in (
        ("author=Ann Archer", 3), ("author=Bob", 0), ("kind=rename-entity", 3), ("kind=reject", 0),
        ("since=2020-01-01", 3), ("until=2020-01-01", 0), ("since=2020&until=2099-12", 3),
        ("thing=google", 0), ("thing=parler", 3), ("standing=1", 3),
    ):  # fmt: skip
        found = got(client, f"/api/curation?{query}")
        assert len(found["decisions"]) == number, query


def test_pages_tell_what_was_decided(client: FlaskClient, kb: KnowledgeBase) -> None:
    slug = only(kb, "Deny")
    decide(client, kind="correct", thing=slug, polarity="negative")
    decide(client, kind="rename", thing="entity/parler", label="Parler <LLC>")
    page = client.get(f"/event/{slug}").text
    assert "corrected: polarity negative, by Ann Archer" in page
    assert "the register says so" in page
    page = client.get("/entity/parler").text
    assert "Parler &lt;LLC&gt;</h1>" in page
    assert "renamed to “Parler &lt;LLC&gt;”" in page


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"kind": "rename", "thing": "parler", "label": "P"}, 422, "'author' is missing"),
        ({**WHO, "kind": "remove"}, 422, "merge-entities"),
        ({**WHO, "kind": "reject"}, 422, "'thing' is missing"),
        ({**WHO, "kind": "reject", "thing": "nowhere"}, 404, "nowhere"),
        ({**WHO, "kind": "reject", "thing": ["parler"]}, 422, "a text in quotes"),
        ({**WHO, "kind": "reject", "thing": "x", "label": "y"}, 422, "Unknown field 'label'"),
        ({**WHO, "kind": "merge-events", "events": "parler"}, 422, "a list of texts"),
        ({**WHO, "kind": "correct", "thing": "x", "undated": "yes"}, 422, "true or false"),
        ({**WHO, "kind": "correct", "thing": "x", "roles": [{"role": 1}]}, 422, "operation"),
        ({**WHO, "kind": "correct", "thing": "x", "date": "soon"}, 422, "soon"),
        ({**WHO, "reason": " ", "kind": "rename", "thing": "parler", "label": "P"}, 422, "reason"),
        ({**WHO, "author": " ", "kind": "rename", "thing": "parler", "label": "P"}, 422, "author"),
        (["rename"], 400, "no JSON object"),
    ],
)
def test_a_body_that_is_wrong_says_how(
    client: FlaskClient, kb: KnowledgeBase, body: Any, status: int, words: str
) -> None:
    before = canonical(kb)
    response = post(client, "/api/curation", body)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert words in response.json["detail"]  # type: ignore[index]
    assert canonical(kb) == before


def test_writing_needs_the_token(client: FlaskClient, kb: KnowledgeBase) -> None:
    body = {**WHO, "kind": "rename", "thing": "parler", "label": "P"}
    assert post(client, "/api/curation", body, token=None).status_code == 401
    assert post(client, "/api/curation", body, token="guess").status_code == 401
    assert post(client, "/api/curation/x/undo", WHO, token=None).status_code == 401
    closed = create_app(kb).test_client()
    assert post(closed, "/api/curation", body).status_code == 403
    assert got(closed, "/api/curation") == {"decisions": [], "next": None}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/curation?limit=0", 400),
        ("/api/curation?kind=remove", 400),
        ("/api/curation?before=nothing", 400),
        ("/api/curation?since=soon", 400),
        ("/api/curation/nothing", 404),
    ],
)
def test_questions_that_have_no_answer(client: FlaskClient, path: str, status: int) -> None:
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")


def test_a_decision_that_is_not_there_cannot_be_undone(client: FlaskClient) -> None:
    assert post(client, "/api/curation/nothing/undo", WHO).status_code == 404
    id = decide(client, kind="rename", thing="entity/parler", label="P")
    assert post(client, f"/api/curation/{id}/redo", WHO).status_code == 422
    assert post(client, f"/api/curation/{id}/undo", WHO).status_code == 200
    assert post(client, f"/api/curation/{id}/undo", WHO).status_code == 422
    assert post(client, f"/api/curation/{id}/redo", WHO).status_code == 201
