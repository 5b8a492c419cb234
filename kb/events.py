"""One event out of the claims that report it: preferred values by one stated rule, and versions.

The rule is that of `kb.preference`, applied alike to time, action, participants, label and
polarity. All versions stay: with the claims, and here where they contradict each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extractors.articles import digest, slug
from kb.claims import Claim, Filler
from kb.identity import content_words
from kb.points import (
    ACTION,
    AGENT,
    FACTUALITY,
    PATIENT,
    POLARITY,
    TIME,
    label_point,
    numbers,
)
from kb.preference import (
    Point,
    Value,
    Version,
    closeness,
    ranked,
    sources,
    standing,
    versions,
)

NEVER = "9999-12-31"
"""The first day of an event that only articles without a date report."""


@dataclass(frozen=True, slots=True)
class EventVersion:
    """One version of a point on which the reports of an event differ.

    What it says is in the field that the point is about: `earliest`, `latest` and `precision`
    for the time, `entities` for agent and patient, `term` for polarity and factuality, `number`
    with the `words` that give it for a count or an amount.
    """

    point: str
    """The local name of the dispute in the ontology: "disputedTime"."""
    group: str
    """What a number counts, in which role; empty where the point is but one."""
    preferred: bool
    withdrawn: bool
    sources: int
    claims: tuple[tuple[str, str], ...]
    """(article, local name) of each claim that says so."""
    earliest: str | None = None
    latest: str | None = None
    precision: str | None = None
    entities: tuple[int, ...] = ()
    term: str | None = None
    number: float | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class MergedEvent:
    """An event as the merged graph has it, but for its address."""

    base: str
    """What its address is made of: the day that is preferred, and the label of the first report."""
    former: tuple[str, ...]
    """What its address is made of by the other days that reports give."""
    founding: str
    """The order of the first report: who has a clear claim to the address."""
    known: str
    """The first day on which it was reported, `NEVER` where no report has a date."""
    place: str
    """Where it stands among events of its date: by the first report, in the order it tells."""
    leads: bool
    """Whether the first report says that something came after it."""
    label: str
    action: str
    earliest: str | None
    latest: str | None
    precision: str | None
    polarity: str
    factuality: str
    salience: float
    sources: int
    disputed: tuple[str, ...]
    versions: tuple[EventVersion, ...]
    participants: tuple[tuple[Filler, str | None], ...]
    """Each with the article it is from where it is no entity."""
    quote: str
    claims: tuple[tuple[str, str], ...]
    """(article, local name) of each claim."""

    def entities(self) -> set[int]:
        """The entities that its description speaks of, by root."""
        named = {filler.entity for filler, _ in self.participants}
        named |= {entity for version in self.versions for entity in version.entities}
        return {root for root in named if root is not None}

    def digest(self) -> str:
        """Stands for the whole value: two events with one digest need no rewriting."""
        return digest(repr(self))


def suffixed(base: str, founding: str) -> str:
    """The address of an event where another one has the plain address."""
    return f"{base}-{digest(founding)[:6]}"


def merge(claims: Sequence[Claim]) -> MergedEvent:
    """The event that these claims report; they are given in their fixed order."""
    found = differing(claims)
    time = _first(TIME, claims)
    polarity = _first(POLARITY, claims) or claims[0]
    best = _best_told(claims, polarity.polarity)
    founder = max((c for c in claims if c.article == claims[0].article), key=_founding_worth)
    label = slug(founder.label)
    base = _base(time or founder, label)
    titles = [(claim.titled, claim.title) for claim in claims if claim.titled and claim.title]
    return MergedEvent(
        base=base,
        former=tuple(sorted({_base(claim, label) for claim in claims} - {base})),
        founding="|".join(map(str, claims[0].signature.order)),
        known=min((claim.published or NEVER)[:10] for claim in claims),
        place=f"{claims[0].signature.order[0][:10]}-{claims[0].position:05d}",
        leads=bool(claims[0].leads),
        label=max(titles)[1] if titles else best.label,
        action=best.action,
        earliest=time.earliest if time else None,
        latest=time.latest if time else None,
        precision=time.precision if time else None,
        polarity=polarity.polarity,
        factuality=(_first(FACTUALITY, claims) or claims[0]).factuality,
        salience=max(claim.salience for claim in claims),
        sources=sources(claims),
        disputed=disputed(found),
        versions=found,
        participants=tuple(_participants(claims, best)),
        quote=best.quote,
        claims=_names(claims),
    )


def differing(claims: Sequence[Claim]) -> tuple[EventVersion, ...]:
    """The versions of every point on which these claims differ, the preferred ones first."""
    if len(claims) < 2:
        return ()
    found: list[EventVersion] = []
    for version in _several(TIME, claims):
        exact = [claim for claim in version.claims if claim.earliest and claim.latest]
        head = next((claim for claim in exact if TIME.value(claim) == version.value), None)
        if head is not None:
            found.append(
                _version(
                    "disputedTime", version, exact,
                    earliest=head.earliest, latest=head.latest, precision=head.precision,
                )
            )  # fmt: skip
    for name, point in (("disputedAgent", AGENT), ("disputedPatient", PATIENT)):
        found += [
            _version(name, one, one.claims, entities=tuple(sorted(one.value)))
            for one in _several(point, claims)
        ]
    for group, point_of_number in numbers(claims).items():
        found += [
            _version(
                "disputedNumber", one, one.claims,
                group=group, number=one.value.value, words=one.value.words,
            )
            for one in _several(point_of_number, claims)
        ]  # fmt: skip
    for name, term in (("disputedPolarity", POLARITY), ("disputedFactuality", FACTUALITY)):
        found += [_version(name, one, one.claims, term=one.value) for one in _several(term, claims)]
    return _preferred(found)


def disputed(found: Iterable[EventVersion]) -> tuple[str, ...]:
    """The points of which there are several versions that nobody has withdrawn, in fixed order."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for version in found:
        counts[version.point, version.group] += not version.withdrawn
    return tuple(dict.fromkeys(point for (point, _), n in counts.items() if n > 1))


def _several(point: Point[Value], claims: Sequence[Claim]) -> list[Version[Value]]:
    """The versions of a point where there are several."""
    values = {value for claim in claims if (value := point.value(claim)) is not None}
    if len(values) < 2:
        return []
    found = versions(point, claims)
    return found if len(found) > 1 else []


def _preferred(found: Sequence[EventVersion]) -> tuple[EventVersion, ...]:
    """The same versions, the first of each point marked as the preferred one."""
    counts = Counter((version.point, version.group) for version in found)
    seen: set[tuple[str, str]] = set()
    marked = []
    for version in found:
        if counts[version.point, version.group] < 2:
            continue
        key = (version.point, version.group)
        marked.append(replace(version, preferred=key not in seen))
        seen.add(key)
    return tuple(marked)


def _version(
    point: str,
    version: Version[Value],
    claims: Sequence[Claim],
    group: str = "",
    **said: Any,
) -> EventVersion:
    return EventVersion(
        point=point,
        group=group,
        preferred=False,
        withdrawn=version.withdrawn,
        sources=sources(claims),
        claims=_names(claims),
        **said,
    )


def _names(claims: Iterable[Claim]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((claim.article, claim.local) for claim in claims))


def _first(point: Point[Value], claims: Sequence[Claim]) -> Claim | None:
    """The first claim with the preferred value of a point; None when none says anything of it."""
    if len(claims) == 1:
        return claims[0] if point.value(claims[0]) is not None else None
    kept, _ = standing(point, claims)
    stands = ranked(point, kept)
    return stands[0].claims[0] if stands else None


def _best_told(claims: Sequence[Claim], polarity: str) -> Claim:
    """The claim that gives the event its label, and the order of its participants.

    It tells the preferred action as a fact of the preferred polarity, if one does, done by whom
    and to whom most sources say. Of such claims those count that name most of these; among their
    labels the rule chooses, a more salient telling being the more precise one.
    """
    if len(claims) == 1:
        return claims[0]
    told = [c for c in claims if c.polarity == polarity and c.factuality == "asserted"]
    told = _agreeing(ACTION, told or list(claims))
    told = _agreeing(PATIENT, _agreeing(AGENT, told))
    most = max(map(_naming, told))
    best = [claim for claim in told if _naming(claim) == most]
    return _first(label_point(best), best) or best[0]


def _agreeing(point: Point[Value], claims: list[Claim]) -> list[Claim]:
    """The claims that give the preferred value of a point; all where none says anything of it."""
    first = _first(point, claims)
    if first is None:
        return claims
    preferred = point.value(first)
    return [claim for claim in claims if point.value(claim) == preferred]


def _naming(claim: Claim) -> tuple[int, int]:
    """Whether agent and object are named, and how many entities the label calls by name."""
    signature = claim.signature
    words = content_words(claim.label)
    named = [filler for filler in claim.participants if filler.entity is not None]
    called = sum(bool(content_words(filler.words) & words) for filler in named)
    return bool(signature.agents) + bool(signature.objects), called


def _founding_worth(claim: Claim) -> tuple[object, ...]:
    told = claim.polarity == "positive" and claim.factuality == "asserted"
    return (
        claim.earliest is not None, told, *_naming(claim), claim.salience, claim.confidence,
    )  # fmt: skip


def _base(claim: Claim, label: str) -> str:
    return "-".join(filter(None, ((claim.earliest or "")[:10], label)))


def _participants(claims: Sequence[Claim], best: Claim) -> Iterable[tuple[Filler, str | None]]:
    """Entities of all claims, the preferred first in each role, and the best claim's unnamed ones.

    More independent sources, then the closer report decide, as everywhere; then the order in
    which the best claim names them.
    """
    named: dict[tuple[str, int], list[Claim]] = defaultdict(list)
    words: dict[tuple[str, int], str] = {}
    for claim in claims:
        for filler in claim.participants:
            if filler.entity is not None:
                named[filler.role, filler.entity].append(claim)
                words.setdefault((filler.role, filler.entity), filler.words)
    order = {filler.role: n for n, filler in enumerate(best.participants)}
    first = {(f.role, f.entity): n for n, f in enumerate(best.participants)}
    keys = sorted(
        named,
        key=lambda key: (
            order.get(key[0], 99), -sources(named[key]), first.get(key, 99),
            min(map(closeness, named[key])), words[key],
        ),
    )  # fmt: skip
    for role, entity in keys:
        yield Filler(role, entity, "", ""), None
    for filler in best.participants:
        if filler.entity is None:
            yield filler, best.article
