"""The trained reader as spaCy components, each after the component whose findings it weighs.

    dateline_trigger_reader   after dateline_actions
    dateline_role_reader      after dateline_arguments
    dateline_truth_reader     after dateline_truth

The first looks at the Doc and keeps what it sees for the other two, which are not in the default
config: sixty annotated articles do not teach them more than the rules know. Which weights it uses
is its setting `weights`: "light" (the default), "accurate" (needs the packages of the extra
``accurate``), or the path of a folder that `benchmarks.train` wrote. There are light weights for
each of the language models that Dateline installs; with another model the rules decide alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from extractors.actions.lexicon import load_lexicon
from extractors.coreference.participants import participant_mentions
from extractors.findings import Findings, findings
from extractors.reader.evidence import Evidence, evidence
from extractors.reader.reading import (
    look,
    weigh_arguments,
    weigh_triggers,
    weigh_truths,
)
from extractors.reader.tiers import Tier, load_tier

RECORD = ["doc._.dateline"]
READERS = ("dateline_trigger_reader", "dateline_role_reader", "dateline_truth_reader")
Component = Callable[[Doc], Doc]


class TriggerReader:
    """Looks at Docs, and decides which of their words are triggers of events."""

    def __init__(self, tier: Tier | None, trust: float) -> None:
        self._tier = tier
        self._trust = trust
        self._lexicon = load_lexicon()

    def __call__(self, doc: Doc) -> Doc:
        """Weigh the triggers of one Doc."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 16) -> Iterator[Doc]:
        """Weigh the triggers of Docs; their vectors are made batch by batch."""
        if self._tier is None:
            yield from docs
            return
        for doc, vectors in self._tier.vectors(docs, batch_size):
            found = findings(doc)
            seen = rules_evidence(found)
            found.view = look(doc, found.parse, seen, vectors, self._tier.network)
            found.actions = weigh_triggers(
                found.view, found.actions, self._lexicon, _barred(found), self._trust
            )
            yield doc


def rules_evidence(found: Findings) -> Evidence:
    """What the rules have found in an article so far, for the network."""
    types = dict(found.types)
    if found.reading is not None:
        for one in participant_mentions(found.reading):
            types.setdefault(one.head, f"unnamed {one.type}")
    return evidence(found.parse, load_lexicon(), found.actions, types, found.time_tokens)


def _barred(found: Findings) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tokens that can't be triggers: outside the story, in names, in times."""
    size = len(found.doc)
    barred = np.zeros(size, dtype=bool)
    barred[list(found.time_tokens)] = True
    barred[[i for i, kind in found.types.items() if kind != "EVENT"]] = True
    offsets = found.doc.to_array("IDX")
    told = np.zeros(size, dtype=bool)
    for stretch in found.story:
        told |= (offsets >= stretch.start) & (offsets < stretch.end)
    return barred | ~told


@Language.factory(
    "dateline_trigger_reader",
    default_config={"weights": "light", "trust": 2.0},
    assigns=RECORD,
    requires=RECORD,
)
def trigger_reader(nlp: Language, name: str, weights: str, trust: float) -> TriggerReader:
    """Decides which words speak of events; `trust` is the log-odds of the rules' word."""
    return TriggerReader(load_tier(nlp, weights), trust)


@Language.factory(
    "dateline_role_reader",
    default_config={"trust": 3.0},
    assigns=RECORD,
    requires=RECORD,
)
def role_reader(nlp: Language, name: str, trust: float) -> Component:
    """Drops unlikely participants and adds likely ones; `trust` as in the trigger reader."""

    def component(doc: Doc) -> Doc:
        found = findings(doc)
        if found.view is not None:
            found.arguments = weigh_arguments(found.view, found.arguments, found.time_tokens, trust)
        return doc

    return component


@Language.factory(
    "dateline_truth_reader", default_config={"sure": 0.8}, assigns=RECORD, requires=RECORD
)
def truth_reader(nlp: Language, name: str, sure: float) -> Component:
    """Overrules the grade of factuality where the network is surer than `sure`."""

    def component(doc: Doc) -> Doc:
        found = findings(doc)
        if found.view is not None:
            found.truths = weigh_truths(found.view, found.truths, sure)
        return doc

    return component
