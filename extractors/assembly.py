"""Puts together what the components have found in one article: its extraction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Token

from extractors.actions.finding import UNKNOWN, Action
from extractors.actions.lexicon import Lexicon
from extractors.attribution.attributing import Attribution
from extractors.extraction import Event, Extraction, Link, Mention, Role, Time
from extractors.findings import Findings
from extractors.grammar import VERBAL, text_span
from extractors.labels import headline
from extractors.roles import Argument
from extractors.salience import Setting, salience

EMPTY = ("be", "have", "do")
CORE = ("agent", "patient", "recipient")


def assemble(found: Findings, lexicon: Lexicon) -> Extraction:
    """The extraction of an article from all that was found in it."""
    article = found.article
    ids = {action.token: f"v{n}" for n, action in enumerate(found.actions, start=1)}
    names = _Names(found)
    paragraphs = _paragraphs(found)
    events = tuple(
        _event(found, names, lexicon, ids, action, paragraphs.get(action.token, 9))
        for action in found.actions
    )
    links = tuple(
        Link(link.type, ids[link.source], ids[link.target])
        for link in found.links
        if link.source in ids and link.target in ids
    )
    return Extraction(
        article.doc_id,
        article.title,
        article.published,
        article.language,
        article.text,
        found.entities,
        events,
        found.timexes,
        links,
    )


class _Names:
    """The entities of one article, by what speaks of them."""

    def __init__(self, found: Findings) -> None:
        self._index = found.index
        self._names = {entity.id: entity.name for entity in found.entities}

    def name(self, token: Token) -> str | None:
        """The canonical name of what a token speaks of; several names joined."""
        names = [self._names[one] for one in self._index.all_of_token(token.i)]
        return " and ".join(names) or None

    def entity(self, span: Mention | None) -> str | None:
        """The entity of a noun phrase, the first of several."""
        found = self._index.entities_at(span.start, span.end) if span else ()
        return found[0] if found else None


def _event(
    found: Findings,
    names: _Names,
    lexicon: Lexicon,
    ids: Mapping[int, str],
    action: Action,
    paragraph: int,
) -> Event:
    trigger = found.doc[action.token]
    arguments = found.arguments.get(action.token, ())
    said = found.attributions.get(action.token, Attribution())
    polarity, factuality = found.truths.get(action.token, ("positive", "asserted"))
    time = found.times.get(action.token)
    roles = tuple(_roles(found, arguments, ids))
    setting = Setting(
        in_headline=_in(found.article.headline, trigger.idx),
        paragraph=paragraph,
        main_clause=_leads_clause(trigger),
        verbal=action.kind == "verb",
        named=sum(1 for role in roles if role.entity and role.role in CORE),
        typed=action.type != UNKNOWN,
        background=_is_background(action, lexicon),
        actual=factuality == "asserted",
        quoted=said.quoted,
    )
    return Event(
        id=ids[action.token],
        trigger=Mention(trigger.idx, trigger.idx + len(trigger.text)),
        lemma=action.lemma,
        action=action.type,
        label=headline(
            trigger, action, arguments, names.name, found.time_tokens, polarity, factuality
        ),
        polarity=polarity,
        factuality=factuality,
        source=names.entity(said.source),
        addressee=names.entity(said.addressee),
        quoted=said.quoted,
        roles=roles,
        time=time,
        salience=salience(setting),
        confidence=_confidence(action, roles, time),
    )


def _roles(
    found: Findings, arguments: Sequence[Argument], ids: Mapping[int, str]
) -> Iterator[Role]:
    """The roles that arguments fill: one for each entity that a phrase such as "they" speaks of.

    A participant fills a role once, though two phrases of the sentence speak of it.
    """
    seen: set[tuple[str, str]] = set()
    for argument in arguments:
        start, end = text_span(found.doc, argument.start, argument.end)
        for entity in found.index.entities_at(start, end) or (None,):
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


def _in(stretch: Mention | None, offset: int) -> bool:
    return stretch is not None and stretch.start <= offset < stretch.end


def _paragraphs(found: Findings) -> dict[int, int]:
    """The number of the story's paragraph that each token stands in."""
    number, fresh, numbers = -1, True, {}
    for token in found.doc:
        if token.is_space:
            fresh = fresh or "\n" in token.text
        elif found.in_story(token.idx):
            number, fresh = number + fresh, False
            numbers[token.i] = number
    return numbers
