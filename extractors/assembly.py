"""Puts together what the components have found in one article: its extraction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from extractors.actions.finding import UNKNOWN, Action
from extractors.actions.lexicon import Lexicon
from extractors.attribution.attributing import Attribution
from extractors.extraction import Event, Extraction, Link, Mention, Role, Time
from extractors.findings import Findings
from extractors.grammar import VERBAL, text_span
from extractors.labels import headline
from extractors.links import TokenLink
from extractors.participants import Participants
from extractors.salience import Setting, salience

EMPTY = ("be", "have", "do")
CORE = ("agent", "patient", "recipient")


def assemble(found: Findings, lexicon: Lexicon) -> Extraction:
    """The extraction of an article from all that was found in it."""
    article = found.article
    ids = {action.token: f"v{n}" for n, action in enumerate(found.actions, start=1)}
    participants = Participants(found)
    paragraphs = _paragraphs(found)
    events = tuple(
        _event(found, participants, lexicon, ids, action, paragraphs.get(action.token, 9))
        for action in found.actions
    )
    links = tuple(
        Link(link.type, ids[link.source], ids[link.target], _cue(found, link))
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


def _event(
    found: Findings,
    participants: Participants,
    lexicon: Lexicon,
    ids: Mapping[int, str],
    action: Action,
    paragraph: int,
) -> Event:
    trigger = found.parse[action.token]
    arguments = found.arguments.get(action.token, ())
    said = found.attributions.get(action.token, Attribution())
    polarity, factuality = found.truths.get(action.token, ("positive", "asserted"))
    time = found.times.get(action.token)
    roles = tuple(participants.roles(arguments, ids))
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
            trigger, action, arguments, participants.name, found.time_tokens, polarity, factuality
        ),
        polarity=polarity,
        factuality=factuality,
        source=participants.speaker(said),
        addressee=participants.entity(said.addressee),
        quoted=said.quoted,
        roles=roles,
        time=time,
        salience=salience(setting),
        confidence=_confidence(action, roles, time),
    )


def _confidence(action: Action, roles: Sequence[Role], time: Time | None) -> float:
    """How sure the reading is: a known action, told by a verb, with its participants and time."""
    score = 0.55
    score += 0.15 if action.type != UNKNOWN else 0.0
    score += 0.1 if action.kind == "verb" else 0.0
    score += 0.1 if any(role.role in ("agent", "patient") for role in roles) else 0.0
    if time is not None:
        score += {"expression": 0.05, "order": -0.05, "frame": -0.05}.get(time.grounding, 0.0)
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


def _cue(found: Findings, link: TokenLink) -> Mention | None:
    """The words that state a link."""
    return None if link.cue is None else Mention(*text_span(found.parse, *link.cue))


def _in(stretch: Mention | None, offset: int) -> bool:
    return stretch is not None and stretch.start <= offset < stretch.end


def _paragraphs(found: Findings) -> dict[int, int]:
    """The number of the story's paragraph that each token stands in."""
    number, fresh, numbers = -1, True, {}
    for token in found.parse:
        if token.is_space:
            fresh = fresh or "\n" in token.text
        elif found.in_story(token.idx):
            number, fresh = number + fresh, False
            numbers[token.i] = number
    return numbers
