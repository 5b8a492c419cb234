"""The steps from a parse to an extraction as spaCy components, each registered by name.

A component takes what earlier ones have left in ``doc._.dateline`` (`extractors.findings`) and
adds its own. Any of them can be left out or replaced in a pipeline's config; see
docs/configuration.md. What each name does:

    dateline_quotations   direct speech and its speakers
    dateline_times        time expressions, with TIMEX3 values and bounds
    dateline_entities     names, their types and aliases
    dateline_coreference  pronouns and descriptions
    dateline_actions      triggers and their action types
    dateline_arguments    who takes part, in which role
    dateline_attribution  who says so, to whom
    dateline_truth        polarity and factuality
    dateline_anchoring    when each event happened
    dateline_links        cause, order, identity
    dateline_assembly     the `Extraction`
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from spacy.language import Language
from spacy.tokens import Doc

from extractors.actions.finding import Action, find_actions
from extractors.actions.lexicon import load_lexicon
from extractors.assembly import assemble
from extractors.attribution.attributing import attribute
from extractors.attribution.quotations import find_quotations
from extractors.coreference.resolving import read, resolved
from extractors.entities.finding import find_entities
from extractors.extraction import Timex
from extractors.factuality.judging import judge_all
from extractors.findings import findings
from extractors.links import TokenLink, find_links
from extractors.roles import find_arguments
from extractors.times import anchor, find_timexes, ordered

Component = Callable[[Doc], Doc]
T = TypeVar("T")

RECORD = ["doc._.dateline"]
PARSED = ["token.tag", "token.lemma", "token.dep", "token.head", "doc.sents"]


@Language.factory("dateline_quotations", assigns=RECORD, requires=PARSED)
def quotations(nlp: Language, name: str) -> Component:
    """Finds direct speech and who speaks it."""
    lexicon = load_lexicon()

    def component(doc: Doc) -> Doc:
        findings(doc).quotations = find_quotations(findings(doc).parse, lexicon)
        return doc

    return component


@Language.factory("dateline_times", assigns=RECORD, requires=PARSED)
def times(nlp: Language, name: str) -> Component:
    """Finds the time expressions of the story; relative ones count from publication."""

    def component(doc: Doc) -> Doc:
        found = findings(doc)
        timexes = find_timexes(found.parse, found.article.published)
        found.timexes = tuple(timex for timex in timexes if found.in_story(timex.start))
        found.time_tokens = _tokens_of(found.parse, found.timexes)
        return doc

    return component


@Language.factory("dateline_entities", assigns=RECORD, requires=[*PARSED, "doc.ents"])
def entities(nlp: Language, name: str) -> Component:
    """Finds what the story names."""

    def component(doc: Doc) -> Doc:
        found = findings(doc)
        found.entities = find_entities(found.parse, found.story)
        return doc

    return component


@Language.factory("dateline_coreference", assigns=RECORD, requires=PARSED)
def coreference(nlp: Language, name: str) -> Component:
    """Joins pronouns and descriptions to the entities they stand for."""

    def component(doc: Doc) -> Doc:
        found = findings(doc)
        found.reading = read(found.parse, found.entities, found.quotations, found.story)
        found.entities = resolved(found.reading)
        return doc

    return component


@Language.factory("dateline_actions", assigns=RECORD, requires=PARSED)
def actions(nlp: Language, name: str) -> Component:
    """Finds the words of the story that speak of events; time expressions do not."""
    lexicon = load_lexicon()

    def component(doc: Doc) -> Doc:
        found = findings(doc)
        found.actions = tuple(
            action
            for action in find_actions(found.parse, lexicon, found.types)
            if found.in_story(found.parse[action.token].idx)
            and action.token not in found.time_tokens
        )
        return doc

    return component


@Language.factory("dateline_arguments", assigns=RECORD, requires=PARSED)
def arguments(nlp: Language, name: str) -> Component:
    """Finds who takes part in each event."""
    lexicon = load_lexicon()

    def component(doc: Doc) -> Doc:
        found = findings(doc)
        found.arguments = find_arguments(
            found.parse, found.actions, lexicon, found.types, found.time_tokens
        )
        return doc

    return component


@Language.factory("dateline_attribution", assigns=RECORD, requires=PARSED)
def attribution(nlp: Language, name: str) -> Component:
    """Finds who says that each event happened."""
    lexicon = load_lexicon()

    def component(doc: Doc) -> Doc:
        found = findings(doc)
        said = attribute(found.parse, found.actions, found.arguments, found.quotations, lexicon)
        found.attributions = _by_trigger(found.actions, said)
        return doc

    return component


@Language.factory("dateline_truth", assigns=RECORD, requires=PARSED)
def truth(nlp: Language, name: str) -> Component:
    """Judges whether each event happened."""
    lexicon = load_lexicon()

    def component(doc: Doc) -> Doc:
        found = findings(doc)
        found.truths = _by_trigger(found.actions, judge_all(found.parse, found.actions, lexicon))
        return doc

    return component


@Language.factory("dateline_anchoring", assigns=RECORD, requires=PARSED)
def anchoring(nlp: Language, name: str) -> Component:
    """Finds when each event happened."""

    def component(doc: Doc) -> Doc:
        found = findings(doc)
        triggers = [action.token for action in found.actions]
        times = anchor(found.parse, triggers, found.timexes, found.article.published)
        found.times = _by_trigger(found.actions, times)
        return doc

    return component


@Language.factory("dateline_links", assigns=RECORD, requires=PARSED)
def links(nlp: Language, name: str) -> Component:
    """Finds how events hang together; their order narrows when those without a time happened."""
    lexicon = load_lexicon()

    def component(doc: Doc) -> Doc:
        found = findings(doc)
        stated = find_links(found.parse, found.actions, lexicon)
        cues = {link[:3]: link.cue for link in stated}
        orders, found.times = ordered(found.parse, found.times, cues, found.article.published)
        other = [link for link in stated if link.type in ("causes", "same")]
        found.links = (*other, *(TokenLink(*o[:3], cues.get(o[:3])) for o in orders))
        return doc

    return component


@Language.factory("dateline_assembly", assigns=RECORD, requires=PARSED)
def assembly(nlp: Language, name: str) -> Component:
    """Puts the extraction together."""
    lexicon = load_lexicon()

    def component(doc: Doc) -> Doc:
        found = findings(doc)
        found.extraction = assemble(found, lexicon)
        return doc

    return component


def _by_trigger(actions: Sequence[Action], values: Sequence[T]) -> dict[int, T]:
    return {action.token: value for action, value in zip(actions, values, strict=True)}


def _tokens_of(doc: Doc, timexes: Sequence[Timex]) -> frozenset[int]:
    """The tokens of time expressions."""
    spans = (doc.char_span(t.start, t.end, alignment_mode="expand") for t in timexes)
    return frozenset(token.i for span in spans if span is not None for token in span)
