"""The order of an article's events, and the intervals that follow from it.

Order is read from connectives ("after", "while"), from tense ("said that it had sunk", "planned
to sail") and from times that exclude each other. Relations are taken in from the surest to the
least sure; one that contradicts surer ones (by Allen's algebra, see `allen`) is dropped. What
stays narrows the intervals of events that no words of their own place.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

from spacy.tokens import Doc, Token

from extractors.extraction import LinkType, Time
from extractors.times.allen import AFTER, BEFORE, INCLUDES, OVERLAP, Network
from extractors.times.context import published_day
from extractors.times.direction import PLANNING, SPEECH
from extractors.times.intervals import stretch
from extractors.times.tenses import event_tense
from extractors.times.words import words

# The events that one network holds at most: longer chains are cut, so that time stays linear.
LARGEST = 16
_RELATIONS: dict[str, int] = {
    "before": BEFORE,
    "after": AFTER,
    "includes": INCLUDES,
    "simultaneous": OVERLAP,
}
_FINITE = ("VBD", "VBN", "VBZ", "VBP", "VB")
# How sure a relation is, by what it is read from.
STATED, CLAUSE, NOUN, TENSE = 1.0, 0.9, 0.8, 0.6


class Order(NamedTuple):
    """A relation between two events, by token index, and how sure it is."""

    type: LinkType
    source: int
    target: int
    weight: float = STATED


def find_order(doc: Doc, triggers: Sequence[int]) -> list[Order]:
    """The relations that connectives and tenses state between events, in text order.

    >>> find_order(nlp("The bridge fell after the flood."), [2, 5])  # doctest: +SKIP
    [Order(type='before', source=5, target=2, weight=0.8)]
    """
    events = frozenset(triggers)
    found: list[Order] = []
    for i in sorted(events):
        found += _of_clause(doc[i], events)
        found += _of_noun(doc[i], events)
        found += _of_complement(doc[i], events)
    return [order for order in found if order.source != order.target]


def ordered(
    doc: Doc,
    times: Mapping[int, Time | None],
    stated: Iterable[tuple[LinkType, int, int]],
    published: str | None,
) -> tuple[list[Order], dict[int, Time | None]]:
    """The relations between an article's events that hold together, and the events' times.

    `times` has each event by its trigger's token index, with its time as far as it is known;
    `stated` are links that were found elsewhere: a cause begins no later than what it causes.
    `published` is an ISO 8601 date or None. Raises ValueError when it is no date.
    """
    day = published_day(published)
    own = [Order(*link, CLAUSE) for link in stated]
    causes = [Order("before", one.source, one.target, TENSE) for one in own if one.type == "causes"]
    kept = consistent([*find_order(doc, list(times)), *own, *causes], times)
    kept.sort(key=lambda order: (order.source, order.target))
    return kept, placed(kept, times, day.isoformat() if day else None)


def consistent(orders: Iterable[Order], times: Mapping[int, Time | None]) -> list[Order]:
    """The relations that hold together, the surest first; a pair is related once.

    Events whose times exclude each other are apart whatever the words say.
    """
    networks: dict[int, Network[int]] = {}
    kept: list[Order] = []
    related: set[frozenset[int]] = set()
    for order in sorted(set(orders), key=lambda o: (-o.weight, o.source, o.target, o.type)):
        wanted = _RELATIONS.get(order.type)
        pair = frozenset((order.source, order.target))
        if wanted is None or len(pair) < 2 or pair in related or not _possible(order, times):
            continue
        network = _joined(networks, order.source, order.target)
        if network is None:
            continue
        if network.add(order.source, order.target, wanted):
            kept.append(order)
            related.add(pair)
        for event in pair.difference(network.nodes):
            del networks[event]
    return kept


def placed(
    orders: Sequence[Order], times: Mapping[int, Time | None], today: str | None
) -> dict[int, Time | None]:
    """The times of events, those without words of their own narrowed by their order.

    What comes before something is over by its end, what comes after begins no earlier than it;
    what is included lies inside. No interval is made empty, and none gets a day by guess.
    """
    found = dict(times)
    links: dict[int, list[Order]] = defaultdict(list)
    for order in orders:
        links[order.source].append(order)
        links[order.target].append(order)
    waiting = deque(sorted(links))
    # Bounds only ever narrow; each event is looked at again at most so often.
    left = dict.fromkeys(links, LARGEST)
    while waiting:
        event = waiting.popleft()
        left[event] -= 1
        for order in links[event]:
            other = order.target if order.source == event else order.source
            narrowed = _narrowed(found.get(other), found.get(event), order, event, today)
            if narrowed is not None and narrowed != found.get(other):
                found[other] = narrowed
                if left[other] > 0:
                    waiting.append(other)
    return found


def _narrowed(
    own: Time | None, known: Time | None, order: Order, event: int, today: str | None
) -> Time | None:
    """The time of the other event of a relation, given that of `event`; None for no change."""
    if known is None or (own is not None and own.grounding in ("expression", "sentence")):
        return None
    if own is not None and own.holds is not None:
        # What goes on at publication: its order says nothing of when it began.
        return None
    kind = order.type if order.source == event else _TURNED[order.type]
    earliest, latest = (own.earliest, own.latest) if own else (None, None)
    first = known.earliest if kind in ("before", "includes") else None
    last = known.latest if kind in ("after", "includes") else None
    if first is not None and (earliest is None or first > earliest):
        earliest = first
    if last is not None and (latest is None or last < latest):
        latest = last
    bounds = Time(earliest, latest, "interval", grounding="order")
    start, end = stretch(bounds)
    if (earliest, latest) == ((own.earliest, own.latest) if own else (None, None)) or start > end:
        return None
    if own is None and latest is not None and today is not None and latest[:10] > today:
        return None if earliest is None else replace(bounds, latest=None)
    return bounds


_TURNED: dict[str, str] = {
    "before": "after",
    "after": "before",
    "includes": "during",
    "simultaneous": "simultaneous",
}


def _possible(order: Order, times: Mapping[int, Time | None]) -> bool:
    """Whether the times of two events, where both are known, allow a relation."""
    one, other = times.get(order.source), times.get(order.target)
    if one is None or other is None:
        return True
    (start, end), (first, last) = stretch(one), stretch(other)
    if order.type == "before":
        return start <= last
    if order.type == "after":
        return first <= end
    return start <= last and first <= end


def _joined(networks: dict[int, Network[int]], one: int, other: int) -> Network[int] | None:
    """The network of two events; two networks become one, unless it would be too large."""
    first, second = networks.get(one), networks.get(other)
    if first is None and second is None:
        made: Network[int] = Network()
        networks[one] = networks[other] = made
        return made
    if first is second:
        return first
    size = sum(len(n.nodes) if n else 1 for n in (first, second))
    if size > LARGEST:
        return None
    target, source = (first, second) if first is not None else (second, first)
    assert target is not None
    if source is not None:
        for a, b in combinations(source.nodes, 2):
            target.add(a, b, source.between(a, b))
        networks |= dict.fromkeys(source.nodes, target)
    networks[one] = networks[other] = target
    return target


def _of_clause(token: Token, events: frozenset[int]) -> Iterator[Order]:
    """A clause under a conjunction, and the event that it depends on."""
    if token.dep_ not in ("advcl", "pcomp"):
        return
    marks = [c.lower_ for c in token.children if c.dep_ in ("mark", "advmod") and c.i < token.i]
    if token.dep_ == "pcomp":
        marks, head = [token.head.lower_], token.head.head
    else:
        head = token.head
    if head.i not in events:
        return
    for mark in marks[:1]:
        if mark in words("clause_before"):
            yield Order("before", token.i, head.i, CLAUSE)
        elif mark in words("clause_after"):
            yield Order("before", head.i, token.i, CLAUSE)
        elif mark in words("clause_during"):
            yield Order("simultaneous", token.i, head.i, CLAUSE)


def _of_noun(token: Token, events: frozenset[int]) -> Iterator[Order]:
    """An event noun under a preposition: "after the flood", "during the talks"."""
    prep = token.head
    if token.dep_ != "pobj" or token.pos_ == "PROPN":
        return
    head = prep.head
    if head.i not in events:
        return
    word = prep.lower_
    if word in words("clause_before"):
        yield Order("before", token.i, head.i, NOUN)
    elif word in words("clause_after"):
        yield Order("before", head.i, token.i, NOUN)
    elif word in words("noun_during"):
        yield Order("includes", token.i, head.i, NOUN)


def _of_complement(token: Token, events: frozenset[int]) -> Iterator[Order]:
    """What is said has happened before it is said, what is planned comes after the plan."""
    head = token.head
    if head.i not in events or token.tag_ not in _FINITE:
        return
    lemma = head.lemma_.lower()
    helpers = {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass")}
    past = event_tense(head) < 0
    if token.dep_ == "ccomp" and lemma in SPEECH and past:
        tense = event_tense(token)
        if tense < 0:
            yield Order("before", token.i, head.i, TENSE + 0.1 * ("had" in helpers))
        elif helpers & words("future_aux"):
            yield Order("before", head.i, token.i, TENSE)
    elif token.dep_ == "xcomp" and "to" in helpers and lemma in PLANNING:
        yield Order("before", head.i, token.i, TENSE)
    elif "had" in helpers and token.dep_ in ("relcl", "ccomp", "conj") and past:
        clause = {c.lower_ for c in head.children if c.dep_ in ("aux", "auxpass")}
        if "had" not in clause:
            yield Order("before", token.i, head.i, TENSE)
