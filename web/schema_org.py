"""Pages' subjects in schema.org's words, for the JSON-LD that search engines and readers take."""

from __future__ import annotations

from typing import Any

from kb.views import ArticleView, EntityRef, EntityView, EventView, StoryView

CONTEXT = "https://schema.org"
TYPES = {
    "Person": "Person",
    "PERSON": "Person",
    "Organization": "Organization",
    "ORG": "Organization",
    "Group": "Organization",
    "GROUP": "Organization",
    "Product": "Product",
    "PRODUCT": "Product",
    "Work": "CreativeWork",
    "WORK": "CreativeWork",
    "Law": "Legislation",
    "LAW": "Legislation",
    "NamedEvent": "Event",
    "EVENT": "Event",
    **dict.fromkeys(
        ("Place", "GeopoliticalEntity", "Location", "Facility", "GPE", "LOC", "FAC"), "Place"
    ),
}
# Properties of schema:Action for our roles.
PROPERTIES = {
    "agent": "agent",
    "patient": "object",
    "recipient": "recipient",
    "instrument": "instrument",
    "place": "location",
    "source": "fromLocation",
    "origin": "fromLocation",
    "destination": "toLocation",
}


def event(view: EventView, base: str) -> dict[str, Any]:
    """An event as schema:Event and schema:Action, with the articles that report it."""
    summary = view.summary
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": ["Event", "Action"],
        "@id": view.iri,
        "name": summary.label,
        "startDate": summary.when.earliest,
        "endDate": summary.when.latest,
        "startTime": summary.when.earliest,
        "endTime": summary.when.latest,
    }
    for role, entity, words in summary.participants:
        if role in PROPERTIES:
            thing = entity_node(entity, base) if entity else {"@type": "Thing", "name": words}
            data.setdefault(PROPERTIES[role], []).append(thing)
    articles = {report.article.slug: report.article for report in view.reports}
    data["subjectOf"] = [
        _known(
            {
                "@type": "NewsArticle",
                "@id": f"{base}article/{ref.slug}",
                "headline": ref.title,
                "datePublished": ref.published,
                "url": ref.url,
            }
        )
        for ref in articles.values()
    ]
    return _known(data)


def entity_node(ref: EntityRef, base: str) -> dict[str, Any]:
    """A participant by IRI, type and name."""
    return {
        "@type": TYPES.get(ref.type, "Thing"),
        "@id": f"{base}entity/{ref.slug}",
        "name": ref.name,
    }


def entity(view: EntityView) -> dict[str, Any]:
    """An entity with its names."""
    return _known(
        {
            "@context": CONTEXT,
            "@type": TYPES.get(view.ref.type, "Thing"),
            "@id": view.iri,
            "name": view.ref.name,
            "alternateName": list(view.aliases),
            "description": view.description,
            "sameAs": [link.target for link in view.links if link.status == "accepted"],
        }
    )


def story(view: StoryView, base: str) -> dict[str, Any]:
    """A story as a schema:Event of which its events are parts, with its main participants."""
    summary = view.summary
    return _known(
        {
            "@context": CONTEXT,
            "@type": "Event",
            "@id": view.iri,
            "name": summary.name,
            "startDate": summary.when.earliest,
            "endDate": summary.when.latest,
            "about": [entity_node(ref, base) for ref in summary.participants],
        }
    )


def article(view: ArticleView) -> dict[str, Any]:
    """An article's metadata; its text is on the page already."""
    ref = view.ref
    return _known(
        {
            "@context": CONTEXT,
            "@type": "NewsArticle",
            "@id": view.iri,
            "headline": ref.title,
            "datePublished": ref.published,
            "url": ref.url,
            "inLanguage": view.language,
            "publisher": {"@type": "Organization", "name": ref.publisher}
            if ref.publisher
            else None,
            "author": [{"@type": "Person", "name": name} for name in view.authors],
        }
    )


def _known(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in (None, [], "")}
