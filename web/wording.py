"""The words that pages use for what records say in codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.views import EntityRef, EventSummary, Report

ROLES = {
    "agent": "who",
    "patient": "whom or what",
    "recipient": "to whom",
    "instrument": "with what",
    "place": "where",
    "source": "from where",
    "origin": "from where",
    "destination": "where to",
    "time": "when",
    "topic": "about what",
    "other": "also involved",
    "otherParticipant": "also involved",
}
FACTUALITY = {
    "planned": ("planned", "The reports speak of this as planned, not as done."),
    "possible": ("possible", "The reports say that this may be so."),
    "hypothetical": ("hypothetical", "The reports imagine this; they do not say it happened."),
    "conditional": ("conditional", "The reports make this depend on something else."),
    "requested": ("called for", "Someone asked for this; the reports do not say it happened."),
    "attempted": ("attempted", "The reports speak of an attempt."),
    "prevented": ("prevented", "The reports say that this was kept from happening."),
}
DISPUTES = {
    "time": "when it happened",
    "agent": "who did it",
    "patient": "to whom or what it was done",
    "number": "how many or how much",
    "polarity": "whether it happened",
    "factuality": "how certain it is",
}
ENTITY_TYPES = {
    "PERSON": "Person",
    "ORG": "Organization",
    "GPE": "Place",
    "LOC": "Place",
    "FAC": "Place",
    "PRODUCT": "Product",
    "WORK": "Work",
    "LAW": "Law",
    "GROUP": "Group",
    "EVENT": "Named event",
    "MONEY": "Sum of money",
    "OTHER": "Other",
    "GeopoliticalEntity": "Place",
    "Location": "Place",
    "Facility": "Place",
    "NamedEvent": "Named event",
    "UnnamedParticipant": "Unnamed participant",
    "Entity": "Other",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A short word beside an event, its kind (for its colour) and what it means."""

    word: str
    kind: str
    meaning: str


def marks(event: EventSummary | Report) -> tuple[Mark, ...]:
    """What keeps an event or report from being a plain statement that something happened."""
    found = []
    if event.polarity == "negative":
        meaning = "What is reported is that this did not happen, or was denied."
        found.append(Mark("denied or did not happen", "negative", meaning))
    if event.factuality in FACTUALITY:
        word, meaning = FACTUALITY[event.factuality]
        found.append(Mark(word, "unsure", meaning))
    if isinstance(event, EventSummary) and event.disputed:
        points = ", ".join(dispute(point) for point in event.disputed)
        found.append(Mark("disputed", "disputed", f"Reports disagree on {points}."))
    return tuple(found)


def dispute(point: str) -> str:
    """What a point of dispute is about: "time" or "disputedTime" is "when it happened"."""
    key = point.removeprefix("disputed").lower()
    return DISPUTES.get(key, key)


def role(name: str) -> str:
    """A participant's role as a question word or two."""
    return ROLES.get(name, name)


Participant = tuple[str, EntityRef | None, str]


def by_role(
    participants: Iterable[Participant],
) -> list[tuple[str, list[tuple[EntityRef | None, str]]]]:
    """Participants under their roles, in the order in which the roles first come."""
    roles: dict[str, list[tuple[EntityRef | None, str]]] = {}
    for role, entity, words in participants:
        roles.setdefault(role, []).append((entity, words))
    return list(roles.items())


def entity_type(name: str) -> str:
    """An entity's type for people, from the ontology's or the extraction's name of it."""
    return ENTITY_TYPES.get(name, name)


def count(number: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun: "1 report", "1,204 reports"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
