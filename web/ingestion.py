"""Adding articles: the form for people, POST /api/articles for programs. Both need the token."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from extractors.articles import Article
from kb.views import ArticleRef, TimelineFilter, TimelinePage
from web.context import context
from web.days import by_month
from web.problems import Problem
from web.writing import FIELDS, OFF, bearer, check_token, read_body, read_form

blueprint = Blueprint("ingestion", __name__)
LISTED = 500
"""The most events that an answer lists for one article."""

STATUS = {"added": "Added", "replaced": "Read anew", "unchanged": "Known already"}


@blueprint.get("/ingest")
def form() -> str:
    """The form, or how to turn writing on."""
    return _form()


@blueprint.post("/ingest")
def submit() -> Response:
    """Read and store the article of the form, and show its events.

    The token is part of the form, not of a cookie, so no other site can post in a user's name.
    """
    try:
        check_token(request.form.get("token"))
        article = read_form(request)
        status = _store([article])[0]
    except Problem as problem:
        return Response(_form(problem.description), status=problem.code, mimetype="text/html")
    page = _events_of(article)
    html = render_template(
        "ingested.html",
        article=_ref(article),
        status=STATUS[status],
        warnings=article.warnings,
        page=page,
        months=by_month(page.events),
    )
    return Response(html, status=201 if status == "added" else 200, mimetype="text/html")


@blueprint.post("/api/articles")
def post_articles() -> Response:
    """Read and store the articles of the body: 201 when one is new, else 200."""
    check_token(bearer(request))
    articles = read_body(request)
    stati = _store(articles)
    body = [_told(article, status) for article, status in zip(articles, stati, strict=True)]
    response = jsonify(articles=body)
    response.status_code = 201 if "added" in stati else 200
    if len(body) == 1:
        response.headers["Location"] = body[0]["href"]
    return response


def _told(article: Article, status: str) -> dict[str, Any]:
    page = _events_of(article)
    return {
        "id": article.doc_id,
        "status": status,
        "href": url_for("articles.article", slug=article.doc_id),
        "published": article.published,
        "warnings": list(article.warnings),
        "events": [
            {
                "label": event.label,
                "when": event.when.text,
                "href": url_for("events.event", slug=event.slug),
            }
            for event in page.events
        ],
    }


def _events_of(article: Article) -> TimelinePage:
    return context().kb.timeline(TimelineFilter(article=article.doc_id), limit=LISTED)


def _ref(article: Article) -> ArticleRef:
    return ArticleRef(
        article.doc_id, article.title or "", article.publisher, article.published, article.url
    )


def _form(error: str | None = None) -> str:
    values = {name: request.form.get(name, "") for name in ("text", *FIELDS)}
    off = None if context().settings.token else OFF
    return render_template("ingest.html", error=None if off else error, off=off, values=values)


def _store(articles: list[Article]) -> list[str]:
    raise NotImplementedError
