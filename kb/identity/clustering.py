"""From scores of pairs to events: average linkage, in a fixed order.

Claims of one article are clustered first, then these clusters across articles, as is usual for
event coreference. Two groups become one while the mean of the scores between them is high enough,
the likeliest two first (agglomerative clustering with average linkage). Between two articles the
best pair of claims counts: what an article tells several times, it tells no less surely. The
result is a function of the set of claims.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from kb.identity.rules import held_apart, linked
from kb.identity.scoring import Scorer
from kb.identity.signatures import Signature

Cluster = list[Signature]


def clusters(claims: Iterable[Signature], scorer: Scorer) -> list[Cluster]:
    """Events among claims, each in the fixed order of claims, in the order of their first ones."""
    ordered = sorted(claims, key=lambda claim: claim.order)
    if len(ordered) > scorer.settings.largest:
        return _sampled(ordered, scorer)
    groups = _linked(ordered)
    of_article: dict[str, list[Cluster]] = {}
    for group in groups:
        articles = {claim.article for claim in group}
        of_article.setdefault(articles.pop() if len(articles) == 1 else "", []).append(group)
    across = of_article.pop("", [])
    chains = [chain for own in of_article.values() for chain in _joined(own, scorer)]
    return _joined(sorted([*across, *chains], key=_first), scorer)


def _first(cluster: Cluster) -> tuple[str, str, int, str]:
    return cluster[0].order


def _linked(claims: Sequence[Signature]) -> list[Cluster]:
    """Clusters by links alone; a link is ignored where claims of the two are held apart."""
    groups = [[claim] for claim in claims]
    of = {claim.id: group for claim, group in zip(claims, groups, strict=True)}
    for one, other in combinations(claims, 2):
        first, second = of[one.id], of[other.id]
        if first is second or not linked(one, other) or _apart(first, second):
            continue
        first += second
        of |= dict.fromkeys((claim.id for claim in second), first)
    return [sorted(group, key=lambda claim: claim.order) for group in _distinct(of.values())]


def _distinct(groups: Iterable[Cluster]) -> list[Cluster]:
    return list({id(group): group for group in groups}.values())


def _apart(one: Cluster, other: Cluster) -> bool:
    return any(held_apart(claim, second) for claim in one for second in other)


def _joined(groups: Sequence[Cluster], scorer: Scorer) -> list[Cluster]:
    """The groups with those joined that are one event, in the order of their first claims."""
    size = len(groups)
    if size < 2:
        return list(groups)
    places = list(combinations(range(size), 2))
    sums = np.zeros((size, size))
    barred = np.eye(size, dtype=bool)
    for (i, j), score in zip(places, _between(groups, places, scorer), strict=True):
        sums[i, j] = sums[j, i] = score
        barred[i, j] = barred[j, i] = _apart(groups[i], groups[j])
    members = _agglomerate(sums, barred, scorer.settings.join)
    found = [[claim for i in group for claim in groups[i]] for group in members]
    return sorted((sorted(group, key=lambda claim: claim.order) for group in found), key=_first)


def _between(
    groups: Sequence[Cluster], places: Sequence[tuple[int, int]], scorer: Scorer
) -> list[float]:
    """The best score between the claims of two groups, for each two."""
    pairs = [(one, other) for i, j in places for one in groups[i] for other in groups[j]]
    scores = iter(scorer.scores(pairs))
    return [max(next(scores) for _ in range(len(groups[i]) * len(groups[j]))) for i, j in places]


def _agglomerate(
    sums: NDArray[np.float64], barred: NDArray[np.bool_], join: float
) -> list[list[int]]:
    """Groups of rows by average linkage. Uses its arguments up."""
    size = len(sums)
    members = {i: [i] for i in range(size)}
    sizes = np.ones(size)
    while len(members) > 1:
        means = np.where(barred, -1.0, sums / np.outer(sizes, sizes))
        low, high = sorted(divmod(int(means.argmax()), size))
        if means[low, high] < join:
            break
        sums[low] += sums[high]
        sums[:, low] += sums[:, high]
        barred[low] |= barred[high]
        barred[:, low] |= barred[:, high]
        barred[high] = barred[:, high] = True
        sizes[low] += sizes[high]
        members[low] += members.pop(high)
    return list(members.values())


def _sampled(claims: Sequence[Signature], scorer: Scorer) -> list[Cluster]:
    """Clusters of very many claims: each joins the best one by a sample of its members."""
    found: list[Cluster] = []
    for claim in claims:
        best, height = None, scorer.settings.join
        for cluster in found:
            if _apart([claim], cluster):
                continue
            if any(linked(claim, other) for other in cluster):
                best = cluster
                break
            sample = cluster[: scorer.settings.sample]
            score = sum(scorer.scores([(claim, other) for other in sample])) / len(sample)
            if score >= height and (best is None or score > height):
                best, height = cluster, score
        if best is None:
            found.append([claim])
        else:
            best.append(claim)
    return found
