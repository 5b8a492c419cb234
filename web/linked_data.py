"""Dereferencing: an event, entity, story or article as a page or as RDF, by content negotiation."""

from __future__ import annotations

from typing import Literal

from flask import Request, Response, request, url_for

from web.context import knowledge_base
from web.negotiation import HTML, RDF_TYPES, choose
from web.problems import Problem

Kind = Literal["event", "entity", "article", "story"]
LABELS = {"turtle": "Turtle", "ntriples": "N-Triples", "jsonld": "JSON-LD", "rdfxml": "RDF/XML"}


def description(kind: Kind, slug: str) -> Response | None:
    """The RDF description that the request asks for; None where it wants the page.

    Raises Problem 404 when there is no such thing, and 406 when no format fits.
    """
    offers = [HTML, *RDF_TYPES]
    media_type = choose(request, offers)
    if media_type is None:
        raise Problem(
            406,
            f"{_family(kind).capitalize()} are served as {', '.join(offers)}.",
            available=offers,
        )
    if media_type == HTML:
        return None
    body = knowledge_base().describe(kind, slug, media_type)
    if body is None:
        raise not_found(kind, slug)
    response = Response(body, mimetype=media_type)
    response.vary.add("Accept")
    return response


def page(html: str, status: int = 200) -> Response:
    """A page of a thing that is also served as RDF."""
    response = Response(html, status=status, mimetype=HTML)
    response.vary.add("Accept")
    return response


def not_found(kind: Kind, slug: str) -> Problem:
    """The 404 of a thing that the knowledge base does not hold."""
    return Problem(
        404,
        f"There is no {kind} '{slug}' in this knowledge base. It may have been renamed or "
        "removed: look for it on the timeline.",
    )


def links(kind: Kind, slug: str) -> list[dict[str, str]]:
    """Links to the RDF of a thing, for people: label, media type and address."""
    return [
        {
            "label": LABELS[name],
            "type": media_type,
            "href": url_for(f"{_family(kind)}.{kind}", slug=slug, format=name),
        }
        for media_type, name in RDF_TYPES.items()
    ]


def is_open(request: Request, response: Response) -> bool:
    """Whether scripts of other sites may read this answer: data may be read, pages may not."""
    if request.path == "/sparql":
        return True
    reading = request.method in {"GET", "HEAD", "OPTIONS"}
    return reading and (request.path.startswith("/api/") or response.mimetype in RDF_TYPES)


def _family(kind: Kind) -> str:
    """What the pages of a kind are called: the blueprint's name, and the word for several."""
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"
