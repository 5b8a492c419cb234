"""Puts together what the language modules find in one parsed article: its extraction.

The order of the steps is the order of dependence: names before pronouns, participants before
who says so, all of these before headlines and salience.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extractors.actions.finding import UNKNOWN, Action, find_actions
from extractors.actions.lexicon import Lexicon
from extractors.articles import Article
from extractors.attribution.attributing import Attribution, attribute
from extractors.attribution.quotations import find_quotations
from extractors.coreference.reading import Reading
from extractors.coreference.resolving import read, resolved
from extractors.entities.finding import find_entities
from extractors.entities.index import EntityIndex
from extractors.extraction import (
    Entity,
    Event,
    Extraction,
    Factuality,
    Link,
    Mention,
    Polarity,
    Role,
    Time,
    Timex,
)
from extractors.factuality.judging import judge_all
from extractors.grammar import VERBAL, text_span
from extractors.labels import headline
from extractors.links import find_links
from extractors.roles import Argument, find_arguments
from extractors.salience import Setting, salience
from extractors.times import anchor, find_timexes

EMPTY = ("be", "have", "do")
CORE = ("agent", "patient", "recipient")


@dataclass(frozen=True, slots=True)
class _Context:
    """What the steps share: the article, its parse, and what was found so far."""

    article: Article
    doc: Doc
    lexicon: Lexicon
    index: EntityIndex
    entities: Mapping[str, Entity]
    timexes: tuple[Timex, ...]
    times: frozenset[int]
    paragraphs: Mapping[int, int]

    def types(self) -> dict[int, str]:
        """The type of the entity that each token speaks of."""
        found = ((i, self.index.all_of_token(i)) for i in range(len(self.doc)))
        return {i: self.entities[ids[0]].type for i, ids in found if ids}

    def name(self, token: Token) -> str | None:
        """The canonical name of what a token speaks of; several names joined."""
        names = [self.entities[one].name for one in self.index.all_of_token(token.i)]
        return " and ".join(names) or None

    def entity(self, span: Mention | None) -> str | None:
        """The entity of a noun phrase, the first of several."""
        found = self.index.entities_at(span.start, span.end) if span else ()
        return found[0] if found else None


def assemble(article: Article, doc: Doc, lexicon: Lexicon) -> Extraction:
    """The extraction of an article from its parse.

    `doc` is the parse of ``article.text`` with the same character offsets.
    """
    return analyse(article, doc, lexicon)[0]


def analyse(article: Article, doc: Doc, lexicon: Lexicon) -> tuple[Extraction, Reading]:
    """The extraction, and what coreference made of everything that the text speaks of."""
    story = article.story or (Mention(0, len(article.text)),)
    quotations = find_quotations(doc, lexicon)
    timexes = tuple(t for t in find_timexes(doc, article.published) if _inside(t.start, story))
    reading = read(doc, find_entities(doc, story), quotations, story)
    entities = resolved(reading)
    index = EntityIndex(doc, entities)
    context = _Context(
        article,
        doc,
        lexicon,
        index,
        {entity.id: entity for entity in entities},
        timexes,
        _tokens_of(doc, timexes),
        _paragraphs(doc, story),
    )
    types = context.types()
    actions = [
        action
        for action in find_actions(doc, lexicon, types)
        if _inside(doc[action.token].idx, story) and action.token not in context.times
    ]
    arguments = find_arguments(doc, actions, lexicon, types, context.times)
    attributions = attribute(doc, actions, arguments, quotations, lexicon)
    anchored = anchor(doc, [a.token for a in actions], timexes, article.published)
    truths = judge_all(doc, actions, lexicon)
    ids = {action.token: f"v{n}" for n, action in enumerate(actions, start=1)}
    events = tuple(
        _event(context, ids, action, arguments[action.token], said, time, truth)
        for action, said, time, truth in zip(actions, attributions, anchored, truths, strict=True)
    )
    links = tuple(
        Link(link.type, ids[link.source], ids[link.target])
        for link in find_links(doc, actions, lexicon)
    )
    extraction = Extraction(
        article.doc_id,
        article.title,
        article.published,
        article.language,
        article.text,
        entities,
        events,
        timexes,
        links,
    )
    return extraction, reading


def _event(
    context: _Context,
    ids: Mapping[int, str],
    action: Action,
    arguments: Sequence[Argument],
    said: Attribution,
    time: Time | None,
    truth: tuple[Polarity, Factuality],
) -> Event:
    trigger = context.doc[action.token]
    polarity, factuality = truth
    roles = tuple(_roles(context, arguments, ids))
    named = sum(1 for role in roles if role.entity and role.role in CORE)
    setting = Setting(
        in_headline=_in(context.article.headline, trigger.idx),
        paragraph=context.paragraphs.get(trigger.i, 9),
        main_clause=_leads_clause(trigger),
        verbal=action.kind == "verb",
        named=named,
        typed=action.type != UNKNOWN,
        background=_is_background(action, context.lexicon),
        actual=factuality == "asserted",
        quoted=said.quoted,
    )

    return Event(
        id=ids[action.token],
        trigger=Mention(trigger.idx, trigger.idx + len(trigger.text)),
        lemma=action.lemma,
        action=action.type,
        label=headline(
            trigger, action, arguments, context.name, context.times, polarity, factuality
        ),
        polarity=polarity,
        factuality=factuality,
        source=context.entity(said.source),
        addressee=context.entity(said.addressee),
        quoted=said.quoted,
        roles=roles,
        time=time,
        salience=salience(setting),
        confidence=_confidence(action, roles, time),
    )


def _roles(
    context: _Context, arguments: Sequence[Argument], ids: Mapping[int, str]
) -> Iterator[Role]:
    """The roles that arguments fill: one for each entity that a phrase such as "they" speaks of.

    A participant fills a role once, though two phrases of the sentence speak of it.
    """
    seen: set[tuple[str, str]] = set()
    for argument in arguments:
        start, end = text_span(context.doc, argument.start, argument.end)
        for entity in context.index.entities_at(start, end) or (None,):
            if entity is None:
                yield Role(argument.role, None, start, end, ids.get(argument.head))
            elif (argument.role, entity) not in seen:
                seen.add((argument.role, entity))
                yield Role(argument.role, entity, start, end)


def _confidence(action: Action, roles: Sequence[Role], time: Time | None) -> float:
    """How sure the reading is: a known action, told by a verb, with its participants and time."""
    score = 0.55
    score += 0.15 if action.type != UNKNOWN else 0.0
    score += 0.1 if action.kind == "verb" else 0.0
    score += 0.1 if any(role.role in ("agent", "patient") for role in roles) else 0.0
    score += 0.05 if time is not None and time.grounding == "expression" else 0.0
    return round(score, 2)


def _is_background(action: Action, lexicon: Lexicon) -> bool:
    lemma = action.lemma
    return (
        lemma in EMPTY
        or lexicon.is_speech(lemma)
        or lexicon.is_cognition(lemma)
        or lexicon.is_aspectual(lemma)
    )


def _leads_clause(token: Token) -> bool:
    """Whether the trigger heads a main clause, or is joined to one that does."""
    while token.dep_ == "conj" and token.head.pos_ in VERBAL:
        token = token.head
    return token.dep_ in ("ROOT", "ccomp", "parataxis")


def _inside(offset: int, stretches: Sequence[Mention]) -> bool:
    return any(stretch.start <= offset < stretch.end for stretch in stretches)


def _in(stretch: Mention | None, offset: int) -> bool:
    return stretch is not None and stretch.start <= offset < stretch.end


def _tokens_of(doc: Doc, timexes: Sequence[Timex]) -> frozenset[int]:
    """The tokens of time expressions."""
    spans = (doc.char_span(t.start, t.end, alignment_mode="expand") for t in timexes)
    return frozenset(token.i for span in spans if span is not None for token in span)


def _paragraphs(doc: Doc, story: Sequence[Mention]) -> dict[int, int]:
    """The number of the story's paragraph that each token stands in."""
    number, fresh, found = -1, True, {}
    for token in doc:
        if token.is_space and "\n" in token.text:
            fresh = True
        elif not token.is_space and _inside(token.idx, story):
            number, fresh = number + fresh, False
            found[token.i] = number
    return found
