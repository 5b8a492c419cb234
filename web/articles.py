"""Article pages: the text as stored, with everything found in it; and the list of articles."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Response, render_template, request

from web import linked_data, schema_org
from web.context import context, knowledge_base
from web.highlighting import blocks
from web.problems import Problem

blueprint = Blueprint("articles", __name__)


@blueprint.get("/articles")
def articles() -> str:
    """The articles held, newest first."""
    try:
        page = knowledge_base().articles(
            request.args.get("cursor") or None, context().settings.page_size
        )
    except ValueError as error:
        raise Problem(400, f"{error} Start again from the first page.") from error
    return render_template("articles.html", page=page)


@blueprint.get("/article/<slug>")
def article(slug: str) -> Response:
    """An article as a page or as RDF."""
    described = linked_data.description("article", slug)
    if described is not None:
        return described
    view = knowledge_base().article(slug)
    if view is None:
        raise linked_data.not_found("article", slug)
    return linked_data.page(
        render_template(
            "article.html",
            article=view,
            blocks=blocks(view.text, view.story, view.highlights),
            events=[h for h in view.highlights if h.kind == "event" and h.slug],
            source_link=web_address(view.ref.url),
            json_ld=schema_org.article(view),
        )
    )


def web_address(url: str | None) -> str | None:
    """The address if a browser may be sent there: an article's metadata may hold anything.

    >>> web_address("https://example.org/a")
    'https://example.org/a'
    >>> web_address("javascript:alert(1)") is None
    True
    """
    if url is None or urlsplit(url).scheme.lower() not in {"http", "https"}:
        return None
    return url
