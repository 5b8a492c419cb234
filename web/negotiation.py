"""Content negotiation: which of the media types on offer a client likes best (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Request
from werkzeug.datastructures import MIMEAccept

HTML = "text/html"
# Formats in which a page's subject is described as RDF; the first one is what a client that
# takes anything but HTML gets.
RDF_TYPES = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdfxml",
}
FORMATS = {name: media_type for media_type, name in RDF_TYPES.items()}


def accepted(request: Request) -> MIMEAccept:
    """The Accept header without parameters such as ``charset``, which nothing here depends on.

    A request without the header takes everything.
    """
    values = [(value.split(";")[0].strip(), q) for value, q in request.accept_mimetypes]
    return MIMEAccept(values or [("*/*", 1)])


def choose(request: Request, offers: Sequence[str]) -> str | None:
    """The offer that the client likes best, the earlier one among equals; None if it takes none.

    ``?format=`` with a name of FORMATS overrides the header, for links that people click.
    """
    asked = FORMATS.get(request.args.get("format", ""))
    if asked is not None:
        return asked if asked in offers else None
    best = accepted(request).best_match(offers)
    return str(best) if best is not None else None


def preferences(request: Request, offers: Sequence[str]) -> list[str]:
    """The offers that the client takes, best first; offers that it likes equally keep their order.

    For answers whose kind is not known yet: a SPARQL query may give rows or a graph.
    """
    header = accepted(request)
    return sorted((o for o in offers if header[o] > 0), key=lambda offer: -header[offer])


def prefers_html(request: Request) -> bool:
    """Whether this is a browser rather than a program: it names HTML, and likes it best."""
    header = accepted(request)
    named = any(value in (HTML, "application/xhtml+xml") for value, _ in header)
    offers = [HTML, "application/problem+json", "application/json", "text/plain"]
    return named and header.best_match(offers) == HTML
