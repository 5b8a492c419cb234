"""What the rules propose for one Doc, in the form in which the reader judges it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from extractors.extraction import Factuality, Polarity
from extractors.reader.evidence import Evidence
from extractors.reader.hashing import Codes, Rows, code, rows
from extractors.roles import Argument


@dataclass(frozen=True, slots=True)
class Proposals:
    """The triggers of a Doc with their arguments and truth, as the rules see them."""

    doc: Doc
    evidence: Evidence
    arguments: Mapping[int, Sequence[Argument]]
    truths: Mapping[int, tuple[Polarity, Factuality]]


def role_codes(
    arguments: Mapping[int, Sequence[Argument]],
    triggers: NDArray[np.int64],
    tokens: NDArray[np.int64],
) -> Codes:
    """The code of the role that the rules give to each (trigger, token) pair; 0 for none."""
    given = {
        (trigger, argument.head): code(argument.role)
        for trigger, found in arguments.items()
        for argument in found
    }
    pairs = zip(triggers.tolist(), tokens.tolist(), strict=True)
    return np.array([given.get(pair, 0) for pair in pairs], dtype=np.uint64)


def truth_rows(
    truths: Mapping[int, tuple[Polarity, Factuality]],
    lemma: Codes,
    dep: Codes,
    triggers: NDArray[np.int64],
) -> Rows:
    """The features that the rules' polarity and factuality give, a row for each trigger."""
    told = [truths.get(i, ("positive", "asserted")) for i in triggers.tolist()]
    polarity = np.array([code(one) for one, _ in told], dtype=np.uint64)
    degree = np.array([code(one) for _, one in told], dtype=np.uint64)
    columns = [
        (polarity,),
        (degree,),
        (degree, lemma[triggers]),
        (degree, dep[triggers]),
        (polarity, dep[triggers]),
    ]
    return np.stack([rows(slot, *parts) for slot, parts in enumerate(columns, start=80)], axis=1)
