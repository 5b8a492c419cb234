"""What a story is called: its main participants and what is done most, from its first articles.

"Parler's removal by Google and Apple, January 2021": the ontology gives a noun phrase for each
action that makes news (`dl:nominal`), "removal of". Where none fits, the name is the founding
article's first headline. Only the first few articles count, so that a story that goes on keeps
its name; the address is made of the founding article's name alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from kb.stories.settings import settings
from kb.stories.telling import ENTITY, Headline, Named, Telling
from kb.taxonomy import action_nominal

_MONTHS = (
    "January February March April May June July August September October November December".split()
)


@dataclass(slots=True)
class _Group:
    """Headlines of one action in which one entity has one part."""

    weight: float = 0.0
    others: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    """Who has the other part, by key."""


def story_name(tellings: Sequence[Telling], day: int | None) -> str:
    """The name of a story by its first articles; `day` is when the first was published."""
    phrase = _phrase(tellings) or _first(tellings)
    month = ""
    if day is not None:
        begun = date.fromordinal(day)
        month = f"{_MONTHS[begun.month - 1]} {begun.year}"
    return ", ".join(part for part in (phrase, month) if part)


def main_participants(tellings: Iterable[Telling]) -> tuple[str, ...]:
    """The keys of the entities that a story's first articles are most about."""
    weights: dict[str, float] = defaultdict(float)
    for telling in tellings:
        for term, weight in telling.terms.items():
            if term.startswith(ENTITY):
                weights[term.removeprefix(ENTITY)] += weight
    ranked = sorted(weights, key=lambda key: (-round(weights[key], 6), key))
    return tuple(ranked[: settings().naming.participants])


def _first(tellings: Sequence[Telling]) -> str:
    """The first headline that is told as a fact, or else the first."""
    told = [headline for telling in tellings for headline in telling.headlines]
    return next((headline for headline in told if headline.told), told[0]).label if told else ""


def _phrase(tellings: Sequence[Telling]) -> str | None:
    """The weightiest group of headlines as a noun phrase, None where no action has a noun.

    Each article adds to a group once. Groups around a main participant go before others.
    """
    groups: dict[tuple[str, str, str], _Group] = defaultdict(_Group)
    names: dict[str, str] = {}
    for telling in tellings:
        counted: set[tuple[str, str, str]] = set()
        for headline in telling.headlines:
            for key, name in (*headline.agents, *headline.patients):
                names.setdefault(key, name)
            for part, own, others in _parts(headline):
                for key, _ in own:
                    place = headline.action, part, key
                    group = groups[place]
                    group.weight += 0.0 if place in counted else headline.salience
                    counted.add(place)
                    for other, _ in others:
                        if other != key:
                            group.others[other] += headline.salience
    if not groups:
        return None
    main = set(main_participants(tellings))
    if any(key in main for _, _, key in groups):
        groups = {place: group for place, group in groups.items() if place[2] in main}
    # The first among equals: what was told first.
    action, part, key = max(groups, key=lambda group: round(groups[group].weight, 6))
    nominal = action_nominal(action) or ""
    noun = nominal.rpartition(" ")[0] or nominal
    preposition = nominal.removeprefix(noun).strip()
    weights = groups[action, part, key].others
    ranked = sorted(weights, key=lambda other: -round(weights[other], 6))
    whom = _listed([names[other] for other in ranked[: settings().naming.named]])
    if part == "object":
        return f"{noun.capitalize()} {preposition} {names[key]}"
    phrase = f"{_genitive(names[key])} {noun}"
    if not whom:
        return phrase
    return f"{phrase} by {whom}" if part == "patient" else f"{phrase} {preposition} {whom}"


def _parts(
    headline: Headline,
) -> Iterable[tuple[str, tuple[Named, ...], tuple[Named, ...]]]:
    """Whose the noun can be: the removal is Parler's, the lawsuit that of who sues."""
    nominal = action_nominal(headline.action) if headline.told else None
    agents, patients = headline.agents, headline.patients
    if nominal is None:
        return
    if " " not in nominal:
        yield "agent", agents or patients, ()
    elif nominal.endswith(" of"):
        yield "patient", patients, agents
        if patients:
            yield "agent", agents, patients
    elif agents and patients:
        yield "agent", agents, patients
    elif not agents:
        yield "object", patients, ()


def _genitive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _listed(names: Sequence[str]) -> str:
    return (
        " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part) if names else ""
    )
