"""Finding the time expressions of a document, left to right, in linear time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Doc

from extractors.extraction import Timex
from extractors.times import amounts, anaphora, dates, periods, relatives
from extractors.times.ambiguity import CONDITIONS
from extractors.times.antecedents import antecedent
from extractors.times.context import (
    DAY_PRECISIONS,
    NOTHING,
    REACH,
    Context,
    Reader,
    Reading,
    plain_text,
    published_day,
    token_offsets,
)
from extractors.times.grammar import GrammarError, Match, load_grammar
from extractors.times.intervals import Bounds, interval
from extractors.times.lexing import lex
from extractors.times.narrowing import cut, narrowed

READERS: dict[str, Reader] = {
    **dates.READERS,
    **periods.READERS,
    **relatives.READERS,
    **anaphora.READERS,
    **amounts.READERS,
}
# Before a period that runs ("later this year") these do not say in which part of it.
RUNNING = ("earlier", "later")
# So near after a time of day, a day is its own: "10:35 a.m. (0735 GMT) Friday".
NEIGHBOUR = 25


def find_timexes(doc: Doc, published: str | None) -> tuple[Timex, ...]:
    """The time expressions of a parsed article, with TIMEX3 types and values, in text order.

    `published` is the ISO 8601 date (or date-time) that relative expressions count from;
    without it they stay ungrounded ("Sunday" is XXXX-WXX-7) and have no bounds. Offsets are
    characters of ``doc.text``. Types and values follow TimeML 1.2.1 (Saurí et al. 2006) with
    values in ISO 8601; bounds are those of `interval`, for durations that end or begin at
    publication ("the past two days") those of the stretch. Raises ValueError when
    `published` is no date.

    >>> find_timexes(nlp("Google removed the app last week."), "2021-01-11")  # doctest: +SKIP
    (Timex(start=23, end=32, type='DATE', value='2021-W01', earliest='2021-01-04', ...),)
    >>> find_timexes(nlp("He spoke on Sunday."), None)[0].value  # doctest: +SKIP
    'XXXX-WXX-7'
    """
    day = published_day(published)
    grammar = load_grammar()
    tokens = lex(plain_text(doc), grammar.vocabulary)
    context = Context(doc, tokens, grammar, day, token_offsets(doc))
    found: list[Timex] = []
    roots = grammar.root.edges
    i, limit = 0, len(tokens.words)
    while i < limit:
        classes = tokens.classes[i]
        if classes is None or not any(name in roots for name in classes):
            i += 1
            continue
        match, reading = _read(context, i)
        if match is None:
            i += 1
            continue
        if reading is not NOTHING and reading is not None:
            if reading.first is not None and match.first is not None:
                first = Match(match.rule, *match.first, match.values)
                found.append(_timex(first, Reading(reading.first), context))
            timex = _timex(match, reading, context)
            found.append(timex)
            context.mention(timex)
        i = max(match.end, i + 1)
    return _give_days(_order_ranges(found, context), context)


def _order_ranges(found: list[Timex], context: Context) -> list[Timex]:
    """ "From Monday to Thursday" begins before it ends, though each day is found by itself."""
    text = context.tokens.text
    out = list(found)
    for n in range(len(out) - 1):
        first, last = out[n], out[n + 1]
        between = text[first.end : last.start].strip().lower()
        if between not in ("to", "through", "until", "till", "-", "–") or not _bare_day(
            first, text
        ):
            continue
        if _bare_day(last, text) and first.value > last.value:
            day = date.fromisoformat(first.value) - timedelta(days=7)
            earliest, latest, precision = interval(day.isoformat())
            out[n] = replace(
                first, value=day.isoformat(), earliest=earliest, latest=latest, precision=precision
            )
    return out


def _bare_day(timex: Timex, text: str) -> bool:
    """A weekday with nothing else, found its day by tense."""
    return timex.precision == "day" and text[timex.start : timex.end].isalpha()


def _read(context: Context, i: int) -> tuple[Match | None, Reading | None]:
    """The first reading at a token that holds, longest first."""
    for match in context.grammar.matches(context.tokens, i):
        if not all(_holds(name, match, context) for name in match.rule.context):
            continue
        reader = READERS.get(match.rule.kind)
        if reader is None:
            raise GrammarError(f"rule {match.rule.order} has the unknown kind {match.rule.kind!r}")
        reading = reader(match, context)
        if reading is not None:
            return match, reading
    return None, None


def _holds(name: str, match: Match, context: Context) -> bool:
    condition = CONDITIONS.get(name)
    if condition is None:
        raise GrammarError(f"rule {match.rule.order} has the unknown context {name!r}")
    return condition(match, context)


def _timex(match: Match, reading: Reading, context: Context) -> Timex:
    mod = _modifier(match, context)
    earliest, latest, precision = _bounds(match, reading, mod, context)
    return Timex(
        start=context.tokens.starts[match.start],
        end=context.tokens.ends[match.end - 1],
        type=reading.type or match.rule.type,  # type: ignore[arg-type]
        value=reading.value,
        earliest=earliest,
        latest=latest,
        precision=precision,
        mod=mod,
    )


def _bounds(match: Match, reading: Reading, mod: str | None, context: Context) -> Bounds:
    """The stretch of a reading, as its modifier narrows it: early 2019, later this week."""
    whole = reading.bounds or interval(reading.value)
    words = context.tokens.words
    word = next((w for w in (words[match.start], context.word_before(match)) if w in RUNNING), None)
    if word is not None:
        day = context.published
        if match.rule.kind in anaphora.READERS:
            told = antecedent(match, context, fine=False)
            day = date.fromisoformat(told.earliest[:10]) if told and told.earliest else None
        return whole if day is None else cut(whole, word == "later", day)
    if mod in ("START", "MID", "END") and reading.bounds is None:
        return narrowed(whole, mod)
    return whole


def _modifier(match: Match, context: Context) -> str | None:
    """TIMEX3's modifier, as the lexicon has it for "early", "the end of", "more than" ..."""
    for slot in ("edge", "edge_of", "compared", "about"):
        value = match.values.get(slot)
        if value is not None:
            classes = context.grammar.vocabulary.get(str(value).split()[0]) or {}
            code = str(classes.get("EDGE", value))
            return code if code.isupper() else None
    # "Late in 2019": the modifier stands apart.
    before = context.tokens.words[max(0, match.start - 2) : match.start]
    if before[1:] == ["in"]:
        edges = context.grammar.vocabulary.get(before[0]) or {}
        return {"START": "START", "END": "END"}.get(str(edges.get("EDGE")))
    return None


def _give_days(found: list[Timex], context: Context) -> tuple[Timex, ...]:
    """Times of day get the day they belong to: a neighbour's, the text's, the publication's."""
    done: list[Timex] = []
    last: Timex | None = None
    for n, timex in enumerate(found):
        whole = timex
        if timex.value.startswith("T"):
            following = found[n + 1] if n + 1 < len(found) else None
            day = _day_for(timex, last, following, context)
            clock = timex.value
            if clock == "T24:00" and not _own_day(timex, day, following):
                # The midnight that began the day: one that ends it lies ahead of the news.
                clock = "T00:00"
            value = f"{day or 'XXXX-XX-XX'}{clock}"
            first, end, precision = interval(value)
            whole = replace(timex, value=value, earliest=first, latest=end, precision=precision)
        elif _is_day(timex):
            last = timex
        done.append(whole)
    return tuple(done)


def _own_day(timex: Timex, day: str | None, following: Timex | None) -> bool:
    """Whether a day is written right after a time of day ("midnight on Tuesday")."""
    return following is not None and following.start - timex.end < NEIGHBOUR and day is not None


def _day_for(
    own: Timex, last: Timex | None, following: Timex | None, context: Context
) -> str | None:
    """The day of a time of day: right after it, before it in its sentence, or not far back."""
    text = context.tokens.text
    sentence = context.doc[context.head(own.start, own.end)].sent
    if following is not None and _measured(following, text, sentence.end_char):
        return None
    if following is not None and following.type == "SET" and following.start - own.end < NEIGHBOUR:
        # "At nine each day" is on no day of its own.
        return None
    if following is not None and _is_day(following) and following.start < sentence.end_char:
        between = text[own.end : following.start]
        same_sentence = last is not None and last.start >= sentence.start_char
        if not same_sentence or (len(between) < NEIGHBOUR and "," not in between):
            return following.value[:10]
    if last is not None:
        # What was said long before is no ground for a day.
        return last.value[:10] if own.start - last.end < REACH else None
    return context.published.isoformat() if context.published else None


def _measured(following: Timex, text: str, end: int) -> bool:
    """ "At 6 a.m. ten days before the fire": the day is counted from what is not a date."""
    if following.type != "DURATION" or following.start >= end:
        return False
    return text[following.end : following.end + 8].split()[:1] in (["before"], ["after"])


def _is_day(timex: Timex) -> bool:
    return timex.type in ("DATE", "TIME") and timex.precision in DAY_PRECISIONS
