"""One event out of the claims that report it: preferred values by stated rules, and disputes.

All versions stay with the claims; what is chosen here is only what is shown first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from extractors.articles import digest, slug
from kb.claims import Claim, Filler
from kb.identity import content_words
from kb.when import stamp

CERTAINTY = (
    "asserted",
    "attempted",
    "prevented",
    "planned",
    "requested",
    "possible",
    "conditional",
    "hypothetical",
)
_OPPOSED = ({"asserted", "prevented"}, {"asserted", "possible"}, {"asserted", "hypothetical"})


@dataclass(frozen=True, slots=True)
class MergedEvent:
    """An event as the merged graph has it, but for its address."""

    base: str
    """What its address is made of: the date and the label as the first report had them."""
    founding: str
    """The order of the first report: who has a clear claim to the address."""
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
    participants: tuple[tuple[Filler, str | None], ...]
    """Each with the article it is from where it is no entity."""
    quote: str
    claims: tuple[tuple[str, str], ...]
    """(article, local name) of each claim."""

    def digest(self) -> str:
        """Stands for the whole value: two events with one digest need no rewriting."""
        return digest(repr(self))


def suffixed(base: str, founding: str) -> str:
    """The address of an event where another one has the plain address."""
    return f"{base}-{digest(founding)[:6]}"


def merge(claims: Sequence[Claim]) -> MergedEvent:
    """The event that these claims report; they are given in their fixed order."""
    best = max(claims, key=_worth)
    founder = max((c for c in claims if c.article == claims[0].article), key=_founding_worth)
    interval = _interval(claims)
    outlets = _outlets(claims, lambda claim: claim.polarity)
    return MergedEvent(
        base="-".join(filter(None, ((founder.earliest or "")[:10], slug(founder.label)))),
        founding="|".join(map(str, claims[0].signature.order)),
        place=f"{claims[0].signature.order[0][:10]}-{claims[0].position:05d}",
        leads=bool(claims[0].leads),
        label=best.label,
        action=best.action,
        earliest=interval.earliest,
        latest=interval.latest,
        precision=interval.precision,
        polarity=max(("positive", "negative"), key=lambda value: outlets.get(value, 0)),
        factuality=min((claim.factuality for claim in claims), key=CERTAINTY.index),
        salience=max(claim.salience for claim in claims),
        sources=len({claim.outlet for claim in claims}),
        disputed=tuple(_disputes(claims)),
        participants=tuple(_participants(claims, best)),
        quote=best.quote,
        claims=tuple(sorted((claim.article, claim.local) for claim in claims)),
    )


def _worth(claim: Claim) -> tuple[float, ...]:
    """How well a claim tells the event: it says who, is salient, and comes early."""
    signature = claim.signature
    named = bool(signature.agents) + bool(signature.objects)
    told = claim.polarity == "positive" and claim.factuality == "asserted"
    return (told, named, _names(claim), claim.salience, claim.confidence, bool(claim.earliest))


def _names(claim: Claim) -> int:
    """How many of its entities a label calls by name, not "the app" or "he"."""
    words = content_words(claim.label)
    named = [filler for filler in claim.participants if filler.entity is not None]
    return sum(bool(content_words(filler.words) & words) for filler in named)


def _founding_worth(claim: Claim) -> tuple[float, ...]:
    return (claim.earliest is not None, *_worth(claim))


def _outlets(claims: Iterable[Claim], key: Callable[[Claim], str]) -> dict[str, int]:
    """How many independent sources stand for each value."""
    found: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        found[key(claim)].add(claim.outlet)
    return {value: len(outlets) for value, outlets in found.items()}


def _bounds(claim: Claim) -> tuple[str, str]:
    """The interval as comparable stamps; an open side reaches as far as stamps do."""
    low = stamp(claim.earliest) if claim.earliest else ""
    return low, stamp(claim.latest, end=True) if claim.latest else "9999-12-31T23:59:59"


def _interval(claims: Sequence[Claim]) -> Claim:
    """The claim with the preferred interval.

    An interval is supported by every source whose own interval holds it: a source that says
    "last week" agrees with one that says Friday. Sources that give a day or a period count before
    those that only bound it ("by 11 January"). The best supported one is preferred, then the
    narrower, then the earlier report.
    """
    dated = [claim for claim in claims if claim.earliest or claim.latest] or list(claims)
    bounds = {claim.id: _bounds(claim) for claim in dated}
    closed = any(claim.earliest and claim.latest for claim in dated)

    def rank(claim: Claim) -> tuple[int, int, int, int]:
        low, high = bounds[claim.id]
        holding = [
            other for other in dated
            if bounds[other.id][0] <= low and high <= bounds[other.id][1]
        ]  # fmt: skip
        firm = {other.outlet for other in holding if other.earliest and other.latest}
        exact = not closed or bool(claim.earliest and claim.latest)
        return (int(exact), len(firm), len({o.outlet for o in holding}), -_width(low, high))

    return max(dated, key=rank)


def _width(low: str, high: str) -> int:
    days = date.fromisoformat(high[:10]).toordinal()
    days -= date.fromisoformat(low[:10]).toordinal() if low else 0
    return days * 86_400 + _seconds(high) - (_seconds(low) if low else 0)


def _seconds(value: str) -> int:
    hour, minute, second = (int(part) for part in value[11:19].split(":"))
    return hour * 3600 + minute * 60 + second


def _disputes(claims: Sequence[Claim]) -> Iterable[str]:
    """What the reports disagree in, as local names of the ontology."""
    pairs = list(combinations(claims, 2)) if len(claims) <= 64 else _against_first(claims)
    if any(_apart(one, other) for one, other in pairs):
        yield "disputedTime"
    for name, part in (("disputedAgent", "agents"), ("disputedPatient", "objects")):
        sets = [(getattr(a.signature, part), getattr(b.signature, part)) for a, b in pairs]
        if any(a and b and not (a <= b or b <= a) for a, b in sets):
            yield name
    if len({claim.polarity for claim in claims}) > 1:
        yield "disputedPolarity"
    kinds = {claim.factuality for claim in claims}
    if any(pair <= kinds for pair in _OPPOSED):
        yield "disputedFactuality"


def _against_first(claims: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    return [(claims[0], claim) for claim in claims[1:]]


def _apart(one: Claim, other: Claim) -> bool:
    if not (one.earliest and one.latest and other.earliest and other.latest):
        return False
    (low, high), (first, last) = _bounds(one), _bounds(other)
    return high < first or last < low


def _participants(claims: Sequence[Claim], best: Claim) -> Iterable[tuple[Filler, str | None]]:
    """Entities of all claims, the best supported first, and the unnamed ones of the best claim."""
    support: dict[tuple[str, int], set[str]] = defaultdict(set)
    words: dict[tuple[str, int], Filler] = {}
    for claim in claims:
        for filler in claim.participants:
            if filler.entity is not None:
                support[filler.role, filler.entity].add(claim.outlet)
                words.setdefault((filler.role, filler.entity), filler)
    order = {filler.role: n for n, filler in enumerate(best.participants)}
    first = {(f.role, f.entity): n for n, f in enumerate(best.participants)}
    keys = sorted(
        support,
        key=lambda key: (
            order.get(key[0], 99), -len(support[key]), first.get(key, 99), words[key].words,
        ),
    )  # fmt: skip
    for role, entity in keys:
        yield Filler(role, entity, "", ""), None
    for filler in best.participants:
        if filler.entity is None:
            yield filler, best.article
