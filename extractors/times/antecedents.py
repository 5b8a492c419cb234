"""Which time of the text "two days later" and "that year" count from.

Such expressions go on from the event that the text told last (Webber 1988, Tense as Discourse
Anaphor), which is seldom what its last date belongs to: a report ("police said on Friday"), the
past of the past ("had been shut in 2019") and what lies ahead ("a trial that opens on Monday")
do not move the story on. So the times of a sentence are weighed by what they date, the nearest
sentence first.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from extractors.extraction import Timex
from extractors.times.attachment import clause_verb
from extractors.times.context import DAY_PRECISIONS, LOOK_BACK, REACH, Context
from extractors.times.direction import SPEECH, tense_of
from extractors.times.grammar import Match
from extractors.times.intervals import interval

# How well a time says where the story stands, by what it dates.
_TOLD, _BESIDE, _BEHIND, _REPORTED, _AHEAD = 4, 3, 2, 1, 0


def antecedent(match: Match, context: Context, fine: bool) -> Timex | None:
    """The time that an expression counts from; `fine` asks for a day, or a month at least.

    None where the text has told none within reach.
    """
    start = context.tokens.starts[match.start]
    own = context.doc[context.word(match)].sent
    best: Timex | None = None
    background: Timex | None = None
    rank, sentence = -1, -1
    for timex in reversed(context.mentions[-LOOK_BACK:]):
        if start - timex.end >= REACH:
            break
        named = interval(timex.value)[2] or timex.precision
        if fine and named not in (*DAY_PRECISIONS, "month", "week"):
            continue
        head = context.doc[context.head(timex.start, timex.end)]
        if sentence not in (-1, head.sent.start):
            break
        told_before = head.sent.start != own.start
        weight = _weight(head, context.doc)
        # What a month holds is counted from its days only where it is what the text just told.
        if fine and named in ("month", "week") and weight != _TOLD:
            continue
        if weight == _AHEAD and tense_of_clause(own.root) <= 0 and _is_ahead(timex, context):
            continue
        if weight == _BEHIND and told_before and not _is_pluperfect(own.root):
            background = background or timex
            continue
        sentence = head.sent.start
        if weight > rank:
            best, rank = timex, weight
    return best or background


def _is_pluperfect(verb: Token) -> bool:
    return any(child.lower_ == "had" and child.dep_ == "aux" for child in verb.children)


def _is_ahead(timex: Timex, context: Context) -> bool:
    published = context.published
    return published is not None and (timex.earliest or "")[:10] > published.isoformat()


def tense_of_clause(verb: Token) -> int:
    """Where a clause looks: -1 back, 1 ahead, 0 where it does not show."""
    return (tense_of(verb) or 0) if verb.pos_ in ("VERB", "AUX") else 0


def _weight(head: Token, doc: Doc) -> int:
    """How well the words that a time dates say where the story stands."""
    verb = clause_verb(head)
    if verb is None:
        return _BESIDE
    if verb.lemma_.lower() in SPEECH:
        return _REPORTED
    if tense_of_clause(verb) > 0:
        return _AHEAD
    if _is_pluperfect(verb):
        return _BEHIND
    return _TOLD if verb.dep_ in ("ROOT", "conj", "ccomp", "advcl", "parataxis") else _BESIDE
