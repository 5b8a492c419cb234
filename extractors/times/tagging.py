"""Finding the time expressions of a document, left to right, in linear time."""

from __future__ import annotations

from dataclasses import replace

from spacy.attrs import IDX
from spacy.tokens import Doc

from extractors.extraction import Timex
from extractors.times import amounts, dates, relatives
from extractors.times.ambiguity import CONDITIONS
from extractors.times.context import NOTHING, Context, Reader, Reading, published_day
from extractors.times.grammar import GrammarError, Match, load_grammar
from extractors.times.intervals import interval
from extractors.times.lexing import lex

READERS: dict[str, Reader] = {**dates.READERS, **relatives.READERS, **amounts.READERS}
_DAY_PRECISION = ("day", "part-of-day", "hour", "minute", "second")


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
    day, moment = published_day(published)
    grammar = load_grammar()
    tokens = lex(doc.text, grammar.vocabulary)
    context = Context(doc, tokens, grammar, day, moment, doc.to_array([IDX]).ravel().tolist())
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
            if timex.type in ("DATE", "TIME") and timex.earliest is not None:
                context.reference, context.reference_at = timex.value, timex.start
        i = max(match.end, i + 1)
    return _give_days(found, context)


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
    earliest, latest, precision = reading.bounds or interval(reading.value)
    return Timex(
        start=context.tokens.starts[match.start],
        end=context.tokens.ends[match.end - 1],
        type=reading.type or match.rule.type,  # type: ignore[arg-type]
        value=reading.value,
        earliest=earliest,
        latest=latest,
        precision=precision,
    )


def _give_days(found: list[Timex], context: Context) -> tuple[Timex, ...]:
    """Times of day get the day they belong to: a neighbour's, the text's, the publication's."""
    done: list[Timex] = []
    for n, timex in enumerate(found):
        if timex.value.startswith("T"):
            day = _day_for(n, found, done, context)
            value = f"{day or 'XXXX-XX-XX'}{timex.value}"
            earliest, latest, precision = interval(value)
            timex = replace(timex, value=value, earliest=earliest, latest=latest, precision=precision)
        done.append(timex)
    return tuple(done)


def _day_for(n: int, found: list[Timex], done: list[Timex], context: Context) -> str | None:
    own = found[n]
    sentence = context.doc[context.head(own.start, own.end)].sent
    after = found[n + 1] if n + 1 < len(found) else None
    before = done[-1] if done else None
    text = context.tokens.text
    if after is not None and _is_day(after) and after.start < sentence.end_char and after.start - own.end < 25 and "," not in text[own.end : after.start]:
        return after.value[:10]
    if before is not None and _is_day(before) and before.start >= sentence.start_char:
        return before.value[:10]
    if after is not None and _is_day(after) and after.start < sentence.end_char:
        return after.value[:10]
    for earlier in reversed(done):
        if _is_day(earlier):
            return earlier.value[:10]
    return context.published.isoformat() if context.published else None


def _is_day(timex: Timex) -> bool:
    return timex.type in ("DATE", "TIME") and timex.precision in _DAY_PRECISION
