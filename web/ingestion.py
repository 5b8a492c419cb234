"""Adding and removing articles: a form for people, /api/articles for programs; by the token."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template, request, url_for

from extractors.articles import Article
from kb.forgetting import forget
from kb.ingestion import IngestResult
from kb.store import StoreError
from kb.views import TimelineFilter, TimelinePage
from web.context import context
from web.days import by_month
from web.linked_data import not_found
from web.problems import Problem
from web.tokens import bearer
from web.writing import FIELDS, OFF, check_token, read_body, read_form, unreadable

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
        (result,) = _store([article])
    except Problem as problem:
        return Response(_form(problem.description), status=problem.code, mimetype="text/html")
    page = _events_of(result.slug)
    html = render_template(
        "ingested.html",
        result=result,
        status=STATUS[result.status],
        warnings=article.warnings,
        page=page,
        months=by_month(page.events),
    )
    code = 201 if result.status == "added" else 200
    return Response(html, status=code, mimetype="text/html")


@blueprint.post("/api/articles")
def post_articles() -> Response:
    """Read and store the articles of the body: 201 when one is new, else 200."""
    check_token(bearer(request))
    articles = read_body(request)
    results = _store(articles)
    body = [_told(article, result) for article, result in zip(articles, results, strict=True)]
    response = jsonify(articles=body)
    response.status_code = 201 if any(r.status == "added" for r in results) else 200
    if len(body) == 1:
        response.headers["Location"] = body[0]["href"]
    return response


@blueprint.delete("/api/articles/<slug>")
def delete_article(slug: str) -> Response:
    """Remove an article with all that only it says, and tell what went.

    The bytes stay in the files until `dateline forget --compact` rewrites them.
    """
    check_token(bearer(request))
    here = context()
    with here.ingesting:
        gone = forget(here.kb, [slug])
    if not gone.articles:
        raise not_found("article", slug)
    return jsonify(asdict(gone))


def _store(articles: list[Article]) -> list[IngestResult]:
    """Read and store articles, one request at a time.

    Raises Problem 422 naming those that could not be read (the others are stored), and 503
    when the extractor can't be loaded.
    """
    here = context()
    with here.ingesting:
        try:
            results = list(here.kb.ingest(articles, here.extractor(), on_error=_log))
        except StoreError:
            raise
        except RuntimeError as error:  # such as a language model that is not installed
            current_app.logger.exception("the extractor failed")
            raise Problem(503, f"Articles can't be read now: {error}") from error
    failed = [
        {"article": result.title or result.slug, "detail": result.message or "it can't be read"}
        for result in results
        if result.status == "failed"
    ]
    if failed:
        raise unreadable(failed, stored=len(results) - len(failed))
    return results


def _log(article: Article, error: Exception) -> None:
    current_app.logger.error("article %s can't be read", article.doc_id, exc_info=error)


def _told(article: Article, result: IngestResult) -> dict[str, Any]:
    return {
        "id": result.slug,
        "status": result.status,
        "href": url_for("articles.article", slug=result.slug),
        "published": article.published,
        "warnings": list(article.warnings),
        "events": [
            {
                "label": event.label,
                "when": event.when.text,
                "href": url_for("events.event", slug=event.slug),
            }
            for event in _events_of(result.slug).events
        ],
    }


def _events_of(slug: str) -> TimelinePage:
    return context().kb.timeline(TimelineFilter(article=slug), limit=LISTED)


def _form(error: str | None = None) -> str:
    values = {name: request.form.get(name, "") for name in ("text", *FIELDS)}
    off = None if context().settings.token else OFF
    return render_template("ingest.html", error=None if off else error, off=off, values=values)
