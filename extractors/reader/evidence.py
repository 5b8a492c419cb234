"""What the rules found in a Doc, as the trained reader looks at it: a few codes for each token."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from extractors.actions.finding import UNKNOWN, Action
from extractors.actions.lexicon import Lexicon
from extractors.reader.hashing import Codes, code

NOMINAL_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """Codes of one Doc, each an array over its tokens; 0 where the rules have nothing to say.

    `proposed` tells whether the rules take the token for a trigger, `kind` how ("verb", "noun",
    with a type or without), `action` the type; `listed` what the lexicon says of a noun by
    itself; `entity` the type of the entity or unnamed participant that the token speaks of;
    `time` whether it belongs to a time expression.
    """

    proposed: NDArray[np.bool_]
    kind: Codes
    action: Codes
    listed: Codes
    entity: Codes
    time: Codes


def evidence(
    doc: Doc,
    lexicon: Lexicon,
    actions: Iterable[Action],
    entity_types: Mapping[int, str],
    times: Iterable[int] = (),
) -> Evidence:
    """What the rules say of the tokens of a Doc: arguments as in `extractors.actions`."""
    size = len(doc)
    found = Evidence(
        np.zeros(size, dtype=bool), *(np.zeros(size, dtype=np.uint64) for _ in range(5))
    )
    for action in actions:
        found.proposed[action.token] = True
        found.kind[action.token] = code(f"{action.kind} {action.type != UNKNOWN}")
        found.action[action.token] = code(action.type)
    for index, kind in entity_types.items():
        found.entity[index] = code(kind)
    for index in times:
        found.time[index] = 1
    for token in doc:
        if token.tag_ in NOMINAL_TAGS:
            entry = lexicon.noun(token.lemma_.lower())
            found.listed[token.i] = code(
                "unlisted" if entry is None else f"{entry.action} {entry.ambiguous}"
            )
    return found
