"""Who may write, and what a request that writes holds: articles out of a form or a body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from flask import Request

from extractors.articles import Article, ArticleError
from extractors.sources import read_bytes, read_text
from web.context import context
from web.problems import Problem
from web.tokens import require


class Facts(TypedDict):
    """What whoever adds an article says of it; it goes before what the article says itself."""

    title: str | None
    published: str | None
    url: str | None
    publisher: str | None


FIELDS = tuple(Facts.__annotations__)
MOST_ARTICLES = 100
OFF = (
    "Adding articles is off on this server. To turn it on, start it with the variable "
    "DATELINE_TOKEN set to a secret, and give that secret with every article."
)


def check_token(given: str | None) -> None:
    """Let pass who gives the server's token.

    Raises Problem 403 where writes are off, 401 for a missing or wrong token.
    """
    token = context().settings.token
    if token is None:
        raise Problem(403, OFF)
    require(given, token)


def read_form(request: Request) -> Article:
    """The article of the ingestion form: an uploaded file, else the pasted text.

    Raises Problem 422 with what is wrong with it.
    """
    facts = _facts(request.form)
    upload = request.files.get("file")
    try:
        if upload is not None and upload.filename:
            return read_bytes(upload.read(), upload.filename, **facts)
        text = request.form.get("text", "")
        if not text.strip():
            raise ArticleError("There is no text: paste the article, or choose its file.")
        return read_text(text, facts["title"] or "the pasted text", **facts)
    except ArticleError as error:
        raise unreadable([{"detail": str(error)}]) from error


def read_body(request: Request) -> list[Article]:
    """The articles of an API request.

    Taken are JSON (an article or a list of them; `text` and optionally title, published, url,
    publisher), and the bytes of one plain text or HTML file with those as query parameters.
    All are read before any is stored: Problem 422 lists every one that can't be, 415 and 400
    refuse other types and JSON that is none.
    """
    kind = request.mimetype
    if kind == "application/json":
        return _read_all(request.get_json(silent=True))
    if kind in {"text/plain", "text/html"}:
        name = "the request's body" + (".html" if kind == "text/html" else ".txt")
        try:
            return [read_bytes(request.get_data(), name, **_facts(request.args))]
        except ArticleError as error:
            raise unreadable([{"article": name, "detail": str(error)}]) from error
    raise Problem(
        415,
        f"A body of type '{kind}' is not taken: send application/json, text/plain or text/html.",
    )


def _read_all(data: Any) -> list[Article]:
    items = data if isinstance(data, list) else [data]
    if not items or not all(isinstance(item, dict) for item in items):
        raise Problem(
            400,
            'The body is no JSON article: send an object such as {"text": "...", "title": "...", '
            '"published": "2021-01-11", "publisher": "...", "url": "..."}, or a list of them.',
        )
    if len(items) > MOST_ARTICLES:
        raise Problem(
            413,
            f"{len(items)} articles are too many for one request: send {MOST_ARTICLES} at most.",
        )
    articles: list[Article] = []
    errors: list[dict[str, str]] = []
    for number, item in enumerate(items, start=1):
        name = _name(item, number)
        try:
            articles.append(_read_item(item, name))
        except ArticleError as error:
            errors.append({"article": name, "detail": str(error)})
    if errors:
        raise unreadable(errors)
    return articles


def _name(item: Mapping[str, Any], number: int) -> str:
    title = item.get("title")
    return title if isinstance(title, str) and title.strip() else f"article {number}"


def _read_item(item: Mapping[str, Any], name: str) -> Article:
    unknown = sorted(set(item) - {"text", *FIELDS})
    if unknown:
        raise ArticleError(
            f"{name}: unknown field {', '.join(repr(field) for field in unknown)}: "
            f"use text, {', '.join(FIELDS)}"
        )
    wrong = [field for field in ("text", *FIELDS) if not isinstance(item.get(field), str | None)]
    if wrong or not isinstance(item.get("text"), str):
        raise ArticleError(f"{name}: {' and '.join(wrong or ['text'])} must be a text in quotes")
    return read_text(item["text"], name, **_facts(item))


def _facts(fields: Mapping[str, Any]) -> Facts:
    def given(name: str) -> str | None:
        return (fields.get(name) or "").strip() or None

    return Facts(
        title=given("title"),
        published=given("published"),
        url=given("url"),
        publisher=given("publisher"),
    )


def unreadable(errors: list[dict[str, str]], stored: int = 0) -> Problem:
    """The 422 for articles that can't be read, each by name, with what was stored all the same."""
    if len(errors) == 1 and not stored:
        return Problem(422, errors[0]["detail"], errors=errors)
    rest = f"the other {stored} were stored" if stored else "none was stored"
    return Problem(422, f"{len(errors)} of the articles can't be read; {rest}.", errors=errors)
