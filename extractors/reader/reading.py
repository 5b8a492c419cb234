"""One Doc as the trained reader sees it, and what it decides about the rules' proposals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from extractors.actions.finding import UNKNOWN, Action
from extractors.actions.lexicon import Lexicon
from extractors.extraction import Factuality, Polarity, RoleName
from extractors.reader.evidence import Evidence
from extractors.reader.features import (
    Grid,
    candidate_pairs,
    child_rows,
    grid,
    pair_rows,
    token_rows,
)
from extractors.reader.hashing import code
from extractors.reader.labels import MENTIONS, ROLES, TRUTHS
from extractors.reader.network import Indices, Network, Vectors, VectorsOf
from extractors.reader.proposals import role_codes, truth_rows
from extractors.roles import Argument, argument

GRADES: Final[Mapping[Factuality, str]] = {
    "asserted": "asserted",
    "planned": "planned",
    "requested": "planned",
    "possible": "possible",
    "hypothetical": "possible",
    "conditional": "possible",
    "attempted": "possible",
    "prevented": "possible",
}
"""Which of the reader's three grades each factuality falls into."""
JUDGED: Final[Mapping[str, RoleName]] = {"agent": "agent", "patient": "patient", "place": "place"}
"""The roles that the network gives."""
PARTS: Final[Mapping[RoleName, str]] = {
    "agent": "agent",
    "patient": "patient",
    "recipient": "patient",
    "place": "place",
}
"""Which of the reader's classes a role falls into; the others are "other"."""
TRIGGER_TAGS: Final = ("NN", "NNS", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ")
"""What may be a trigger though the rules passed it over."""
_TRIGGER_KEYS: Final = np.array([code(tag) for tag in TRIGGER_TAGS], dtype=np.uint64)
_NOTHING: Final = MENTIONS.index("none")


class View:
    """The words of one Doc as the network sees them, as far as somebody asks for them.

    `words` is the Doc for rules to read (`extractors.parse`), `parse` the same as arrays,
    `evidence` what the rules have found so far.
    """

    def __init__(
        self, words: Doc, parse: Grid, evidence: Evidence, vectors: VectorsOf, network: Network
    ) -> None:
        self.words = words
        self.parse = parse
        self.evidence = evidence
        self.network = network
        self._vectors = vectors

    def triggers(self, tokens: Indices) -> Vectors:
        """Log-odds that tokens are triggers of events."""
        return self.network.events(self._states(tokens))

    @cached_property
    def states(self) -> Vectors:
        """The states of all tokens, a row each."""
        return self._states(np.arange(len(self.words)))

    @cached_property
    def mention(self) -> Vectors:
        """For each token the probability that it heads a phrase that may take part in events:
        one that speaks of a thing or an amount."""
        return 1 - self.network.mentions(self.states)[:, _NOTHING]

    def _states(self, tokens: Indices) -> Vectors:
        places, children = child_rows(self.parse, tokens)
        rows = token_rows(self.parse, self.evidence, tokens)
        return self.network.states(self._vectors(tokens), rows, places, children)


def look(doc: Doc, words: Doc, evidence: Evidence, vectors: VectorsOf, network: Network) -> View:
    """The view of a Doc from its token vectors and what the rules have found so far.

    `words` is the same Doc for rules to read.
    """
    return View(words, grid(doc), evidence, vectors, network)


def weigh_triggers(
    view: View, actions: Sequence[Action], lexicon: Lexicon, barred: NDArray[np.bool_], trust: float
) -> tuple[Action, ...]:
    """The actions that stay, and those that the rules passed over, in text order.

    `trust` is what the rules' word is worth, in log-odds. `barred` are tokens that can be no
    trigger whatever the network says: outside the story, in names and times.
    """
    proposed = {action.token: action for action in actions}
    ruled = view.evidence.proposed
    asked = np.flatnonzero((np.isin(view.parse.tag, _TRIGGER_KEYS) | ruled) & ~barred)
    worth = np.where(ruled[asked], trust, -trust)
    chosen = asked[view.triggers(asked) + worth > 0]
    return tuple(
        proposed.get(index) or _noun_or_verb(view.words[index], lexicon)
        for index in chosen.tolist()
    )


def _noun_or_verb(token: Token, lexicon: Lexicon) -> Action:
    lemma = token.lemma_.lower()
    if token.tag_.startswith("V"):
        match = lexicon.verb(lemma)
        return Action(token.i, lemma, match.action if match else UNKNOWN, "verb")
    entry = lexicon.noun(lemma)
    return Action(token.i, lemma, entry.action if entry else UNKNOWN, "noun")


def weigh_arguments(
    view: View,
    arguments: Mapping[int, tuple[Argument, ...]],
    times: frozenset[int],
    trust: float,
) -> dict[int, tuple[Argument, ...]]:
    """The arguments of each trigger, with the unlikely left out and the missing put in.

    What the network takes for no thing or amount (a clause, an idea) is left as the rules have
    it. `trust` is what the rules' word on a pair is worth, in log-odds.
    """
    triggers = np.array(sorted(arguments), dtype=np.int64)
    places, tokens = candidate_pairs(view.parse, triggers)
    if not len(places):
        return dict(arguments)
    heads = triggers[places]
    codes = role_codes(arguments, heads, tokens)
    scores = view.network.roles(
        view.states[heads],
        view.states[tokens],
        pair_rows(view.parse, view.evidence, heads, tokens, codes),
    )
    given = {
        (trigger, one.head): ROLES.index(PARTS.get(one.role, "other"))
        for trigger, found in arguments.items()
        for one in found
    }
    pairs = list(zip(heads.tolist(), tokens.tolist(), strict=True))
    ruled = np.array([given.get(pair, 0) for pair in pairs])
    scores = np.log(scores + 1e-9)
    scores[np.arange(len(pairs)), ruled] += trust
    decided = dict(zip(pairs, scores.argmax(axis=1).tolist(), strict=True))
    result: dict[int, tuple[Argument, ...]] = {}
    for trigger, proposed in arguments.items():
        weighed = (_weighed(one, decided.get((trigger, one.head)), view) for one in proposed)
        result[trigger] = tuple(one for one in weighed if one is not None)
    for (trigger, token), part in decided.items():
        role = JUDGED.get(ROLES[part])
        if role is not None and (trigger, token) not in given:
            result[trigger] = _with(view, result[trigger], trigger, token, role, times)
    return result


def _weighed(proposed: Argument, part: int | None, view: View) -> Argument | None:
    """An argument as it is, with another role, or None."""
    if part is None or view.mention[proposed.head] < 0.5:
        return proposed
    if ROLES[part] == "none":
        return None
    role = JUDGED.get(ROLES[part])
    if role is None or role == PARTS.get(proposed.role):
        return proposed
    return replace(proposed, role=role)


def _with(
    view: View,
    given: tuple[Argument, ...],
    trigger: int,
    token: int,
    role: RoleName,
    times: frozenset[int],
) -> tuple[Argument, ...]:
    """The arguments of a trigger with one more, unless its words have a part already."""
    if token in times or any(a.start <= token < a.end for a in given):
        return given
    found = argument(role, view.words[trigger], view.words[token], times)
    if found is None or any(found.start < a.end and a.start < found.end for a in given):
        return given
    return (*given, found)


def weigh_truths(
    view: View,
    truths: Mapping[int, tuple[Polarity, Factuality]],
    sure: float,
) -> dict[int, tuple[Polarity, Factuality]]:
    """Polarity and factuality of each trigger; the network's grade where it is surer than `sure`.

    Where it agrees with the rules in the grade, their finer word stays.
    """
    triggers = np.array(sorted(truths), dtype=np.int64)
    if not len(triggers):
        return {}
    rows = truth_rows(truths, view.parse.lemma, view.parse.dep, triggers)
    scores = view.network.truths(view.states[triggers], rows)
    found = dict(truths)
    for trigger, row in zip(triggers.tolist(), scores, strict=True):
        polarity, factuality = truths[trigger]
        grade: Factuality = TRUTHS[int(row.argmax())]
        if row.max() > sure and GRADES[factuality] != grade:
            found[trigger] = (polarity, grade)
    return found
