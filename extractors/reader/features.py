"""Features of tokens and of pairs of tokens, read off the parse and the rules' evidence.

Every function returns rows of a feature table (`hashing.rows`), a row of the result for each
item; nothing loops over tokens.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from extractors.reader.evidence import Evidence
from extractors.reader.hashing import Codes, Rows, code, rows

Indices = NDArray[np.int64]

_COLUMNS: Final = ("LEMMA", "LOWER", "TAG", "DEP", "ENT_TYPE", "SHAPE", "SUFFIX")
_FUNCTION_DEPS: Final = ("aux", "auxpass", "neg", "mark", "det", "prep", "prt", "advmod", "agent")
_NOUNS: Final = ("NN", "NNS", "NNP", "NNPS", "PRP", "WP", "WDT", "DT", "CD", "PRP$", "WP$", "EX")
_PADDING: Final = np.uint64(7)
UP: Final = 4
"""How many steps up the tree a path between two tokens may take from either end."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The parse of one Doc as arrays over its tokens: 64-bit keys, and heads as indices."""

    lemma: Codes
    lower: Codes
    tag: Codes
    dep: Codes
    entity: Codes
    shape: Codes
    suffix: Codes
    head: Indices
    sentence: Indices
    ancestors: Indices
    """For each token itself and its next `UP` governors; -1 above the root."""


def grid(doc: Doc) -> Grid:
    """The arrays of a parsed Doc."""
    table = np.asarray(doc.to_array([*_COLUMNS, "HEAD"]), dtype=np.uint64)
    lemma, lower, tag, dep, entity, shape, suffix, step = np.ascontiguousarray(table.T)
    here = np.arange(len(doc))
    head = here + step.astype(np.int64)
    starts = np.zeros(len(doc), dtype=np.int64)
    starts[[sentence.start for sentence in doc.sents]] = 1
    ancestors = np.empty((len(doc), UP + 1), dtype=np.int64)
    ancestors[:, 0] = here
    for rise in range(UP):
        below = ancestors[:, rise]
        above = np.where(below >= 0, head[below], -1)
        ancestors[:, rise + 1] = np.where(above == below, -1, above)
    return Grid(lemma, lower, tag, dep, entity, shape, suffix, head, np.cumsum(starts), ancestors)


def token_rows(parse: Grid, found: Evidence, tokens: Indices) -> Rows:
    """The features of tokens, one row each."""
    head = parse.head[tokens]
    above = parse.head[head]
    lemma, tag, dep = parse.lemma[tokens], parse.tag[tokens], parse.dep[tokens]
    before, after = _shifted(parse.lower, tokens, -1), _shifted(parse.lower, tokens, 1)
    columns = [
        (lemma,),
        (tag,),
        (dep,),
        (tag, dep),
        (parse.lemma[head],),
        (parse.tag[head],),
        (dep, parse.lemma[head]),
        (dep, parse.dep[head]),
        (dep, parse.lemma[above]),
        (parse.suffix[tokens], tag),
        (parse.shape[tokens],),
        (before,),
        (after,),
        (_shifted(parse.tag, tokens, -2), _shifted(parse.tag, tokens, -1), tag),
        (tag, _shifted(parse.tag, tokens, 1)),
        (parse.entity[tokens],),
        (found.entity[tokens], tag),
        (found.kind[tokens],),
        (found.kind[tokens], dep),
        (found.action[tokens],),
        (found.listed[tokens],),
        (found.listed[tokens], dep),
        (found.time[tokens],),
        (found.kind[head], dep),
    ]
    return np.stack([rows(slot, *parts) for slot, parts in enumerate(columns)], axis=1)


def child_rows(parse: Grid, tokens: Indices) -> tuple[Indices, Rows]:
    """The features that children give: for each its parent's place in `tokens`, and a row."""
    size = len(parse.head)
    place = np.full(size, -1, dtype=np.int64)
    place[tokens] = np.arange(len(tokens))
    here = np.arange(size)
    parent = np.where(parse.head == here, -1, place[parse.head])
    children = np.flatnonzero(parent >= 0)
    function = children[np.isin(parse.dep[children], _keys(_FUNCTION_DEPS))]
    return (
        np.concatenate([parent[children], parent[function]]),
        np.concatenate(
            [
                rows(40, parse.dep[children]),
                rows(41, parse.lower[function], parse.dep[function]),
            ]
        ),
    )


def candidate_pairs(parse: Grid, triggers: Indices) -> tuple[Indices, Indices]:
    """Which tokens may take part in which event: nominal ones near it in the tree.

    Returns two arrays of equal length: places in `triggers`, and tokens.
    """
    nominal = np.isin(parse.tag, _keys(_NOUNS))
    events, tokens = [], []
    order = np.argsort(parse.sentence[triggers], kind="stable")
    limits = np.searchsorted(parse.sentence, np.arange(parse.sentence[-1] + 2))
    for place in order:
        trigger = triggers[place]
        first, last = limits[parse.sentence[trigger]], limits[parse.sentence[trigger] + 1]
        near = np.flatnonzero(nominal[first:last]) + first
        near = near[near != trigger]
        events.append(np.full(len(near), place))
        tokens.append(near)
    if not events:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    pairs, others = np.concatenate(events), np.concatenate(tokens)
    joined = meeting(parse, triggers[pairs], others)[0] >= 0
    return pairs[joined], others[joined]


def meeting(parse: Grid, first: Indices, second: Indices) -> tuple[Indices, Indices]:
    """Where the ways up from two tokens meet: how many steps from each; -1 where they do not."""
    up, other = parse.ancestors[first], parse.ancestors[second]
    same = (up[:, :, None] == other[:, None, :]) & (up[:, :, None] >= 0)
    steps = np.where(same, np.arange(UP + 1)[:, None] + np.arange(UP + 1)[None, :], 99)
    steps = steps.reshape(len(first), (UP + 1) ** 2)
    nearest = steps.argmin(axis=1)
    found = steps[np.arange(len(steps)), nearest] < 99
    return (
        np.where(found, nearest // (UP + 1), -1),
        np.where(found, nearest % (UP + 1), -1),
    )


def path_codes(parse: Grid, first: Indices, second: Indices) -> Codes:
    """A code for the way through the tree between two tokens: its arcs and its turn."""
    rise, fall = meeting(parse, first, second)
    path = rise.astype(np.uint64) * np.uint64(16) + fall.astype(np.uint64)
    for tokens, steps in ((first, rise), (second, fall)):
        for step in range(UP):
            node = parse.ancestors[tokens, step]
            arc = np.where(step < steps, parse.dep[node], np.uint64(0))
            path = (path ^ arc) * np.uint64(0x100000001B3)
            path ^= path >> np.uint64(29)
    return path


def pair_rows(
    parse: Grid, found: Evidence, triggers: Indices, tokens: Indices, proposed: Codes
) -> Rows:
    """The features of (trigger, token) pairs; `proposed` codes the role that the rules give."""
    path = path_codes(parse, triggers, tokens)
    head = parse.head[tokens]
    linked = np.where(np.isin(parse.dep[tokens], _keys(("pobj", "pcomp"))), parse.lower[head], 0)
    linked = linked.astype(np.uint64)
    lemma, kind = parse.lemma[triggers], found.kind[triggers]
    distance = np.clip(tokens - triggers, -12, 12).astype(np.int64).astype(np.uint64)
    thing = np.where(found.entity[tokens] > 0, found.entity[tokens], parse.tag[tokens])
    passive = parse.tag[triggers]
    columns = [
        (path,),
        (path, kind),
        (path, passive),
        (path, thing),
        (path, lemma),
        (linked,),
        (linked, lemma),
        (linked, thing),
        (linked, path),
        (proposed,),
        (proposed, path),
        (proposed, thing),
        (proposed, kind, parse.dep[triggers]),
        (proposed, lemma),
        (proposed, found.action[triggers]),
        (proposed, parse.dep[tokens]),
        (distance,),
        (parse.dep[tokens], kind),
        (parse.dep[triggers], parse.dep[tokens]),
        (parse.lemma[tokens],),
        (thing, kind),
    ]
    return np.stack([rows(slot, *parts) for slot, parts in enumerate(columns, start=50)], axis=1)


def _shifted(values: Codes, tokens: Indices, by: int) -> Codes:
    place = tokens + by
    inside = (place >= 0) & (place < len(values))
    return np.where(inside, values[np.clip(place, 0, len(values) - 1)], _PADDING)


def _keys(names: tuple[str, ...]) -> Codes:
    return np.array([code(name) for name in names], dtype=np.uint64)
