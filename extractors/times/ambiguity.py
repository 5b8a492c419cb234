"""Whether words that may be a time are one here: May, Sun, second, fall, 1990, a year."""

from __future__ import annotations

from collections.abc import Callable

from extractors.times.context import Context
from extractors.times.grammar import Match
from extractors.times.words import words

_BEFORE_TIME = words("before_time")
_BEFORE_SPAN = words("before_span")
_BEFORE_UNITS = words("before_units")
_RECORDED = words("recorded")
_CLOCK_WORDS = words("clock_words")
_PHRASE_END = words("phrase_end")
_NAMES_BEFORE = words("names_before")
_AS_LONG = words("as_long")
_GIVEN_NAMES = words("given_names")


def _word(context: Context, i: int) -> str:
    return context.tokens.words[i] if 0 <= i < len(context.tokens.words) else ""


def _capital(context: Context, i: int) -> bool:
    return 0 <= i < len(context.tokens.words) and context.tokens.written(i)[:1].isupper()


def month_name(match: Match, context: Context) -> bool:
    """The month, not the verb, the name of a person or the modal."""
    i = match.end - 1
    while i > match.start and "MONTH" not in (context.tokens.classes[i] or {}):
        i -= 1
    word = _word(context, i)
    if not _capital(context, i):
        return word not in context.grammar.capitalised
    token = context.doc[context.head(context.tokens.starts[i], context.tokens.ends[i])]
    if word in ("may", "march") and (token.pos_ in ("AUX", "VERB") or token.tag_ == "MD"):
        return False
    # As subject or object by itself, May is more often a person than a month.
    alone = match.end - match.start == 1 and _word(context, i - 1) not in _BEFORE_TIME
    if (
        word == "may"
        and alone
        and token.dep_ in ("nsubj", "nsubjpass", "dobj", "appos", "ROOT", "poss")
    ):
        return False
    # "The March for Life", "March of the Mothers".
    if (
        word == "march"
        and _word(context, i + 1) in ("for", "of", "on")
        and _word(context, i - 1) not in _BEFORE_TIME
    ):
        return False
    if word in _GIVEN_NAMES:
        named = token.dep_ == "compound" and token.head.pos_ == "PROPN"
        if token.ent_type_ == "PERSON" or (named and token.head.i > token.i):
            return False
        if (
            match.end - match.start == 1
            and _capital(context, i - 1)
            and _word(context, i - 1) not in _BEFORE_TIME
            and token.ent_type_ != "DATE"
        ):
            return False
    return True


def weekday_name(match: Match, context: Context) -> bool:
    """The day, not a newspaper or a nickname of a day."""
    if _word(context, match.end) in context.grammar.papers and _capital(context, match.end):
        return False
    return _word(context, match.start - 1) not in _NAMES_BEFORE or not _capital(
        context, match.start - 1
    )


def not_name_part(match: Match, context: Context) -> bool:
    """Today, not USA Today."""
    i = match.start
    return not (_capital(context, i) and _capital(context, i - 1) and not context.tokens.glued(i))


def year_number(match: Match, context: Context) -> bool:
    """A year, not an amount: it follows a preposition, or modifies a noun that is not counted."""
    values = match.values
    year = values.get("year", values.get("first"))
    if not isinstance(year, int):
        return True
    before, after = _word(context, match.start - 1), _word(context, match.end)
    if after == "-" and _word(context, match.end + 1) == "year":
        return False
    if _falls(match, context):
        return False
    if before in context.grammar.numbered or (before == "at" and _capital(context, match.end)):
        return False
    plausible = 1900 <= year <= 2050
    if (
        match.start
        and context.tokens.glued(match.start)
        and before not in ("-", "(", '"', "'", "/", "[", "–")
    ):
        return False
    token = context.doc[
        context.head(context.tokens.starts[match.end - 1], context.tokens.ends[match.end - 1])
    ]
    head = token.head
    counted = token.i < head.i and head.tag_ == "NNS" and token.dep_ == "nummod"
    if counted and before not in ("the", "in", "of", "a", "since") and not _capital_head(head.text):
        return False
    if token.dep_ in ("quantmod",) or token.ent_type_ in ("MONEY", "PERCENT", "QUANTITY"):
        return False
    classes = context.tokens.classes[match.end] if match.end < len(context.tokens.words) else None
    if classes and ("UNITS" in classes or "NUMBER" in classes):
        return False
    if plausible:
        return token.ent_type_ != "CARDINAL" or before in _BEFORE_TIME or not counted
    return (
        1000 <= year <= 2199
        and before in ("in", "since", "until", "circa", "by", "from", "of")
        and not counted
        and head.i < token.i
    )


def _falls(match: Match, context: Context) -> bool:
    """Whether a number is of a pair that falls, as scores do: "1990-1985", "1999-1"."""
    tokens = context.tokens
    joined = match.end + 1 < len(tokens.words) and tokens.glued(match.end + 1)
    if joined and _word(context, match.end) in ("-", "–"):
        after = tokens.written(match.end + 1)
        if after.isdigit() and len(after) not in (2, 4):
            return True
    for first in (match.start, match.start - 2):
        last = first + 2
        if first < 0 or last >= len(tokens.words) or not tokens.glued(last):
            continue
        one, two = ((tokens.classes[i] or {}).get("YEAR") for i in (first, last))
        if _word(context, first + 1) in ("-", "–") and one is not None and two is not None:
            return bool(one > two)
    return False


def _capital_head(text: str) -> bool:
    return text[:1].isupper()


def not_in_ones_thirties(match: Match, context: Context) -> bool:
    """Two figures are a decade after "the" or with an apostrophe; "his 30s" are an age."""
    if len(match.values["decade"]) == 4:
        return True
    before = context.doc[context.head(context.tokens.starts[match.start], 0)].i - 1
    if before >= 0 and context.doc[before].tag_ == "PRP$":
        return False
    return (
        _word(context, match.start) in ("the", "early", "late", "mid")
        or "'"
        in context.tokens.text[
            context.tokens.starts[match.start] : context.tokens.ends[match.end - 1]
        ]
    )


def not_high(match: Match, context: Context) -> bool:
    """Noon, not high noon."""
    return _word(context, match.start - 1) != "high"


def after_preposition(match: Match, context: Context) -> bool:
    """A preposition goes before."""
    return _word(context, match.start - 1) in _BEFORE_TIME


def after_clock_word(match: Match, context: Context) -> bool:
    """At, by, until ... goes before."""
    return _word(context, match.start - 1) in _CLOCK_WORDS


def season_name(match: Match, context: Context) -> bool:
    """The season, not a fall, a spring or the fall of something."""
    if _word(context, match.end) == "of" or in_name(match, context):
        return False
    token = context.doc[
        context.head(context.tokens.starts[match.end - 1], context.tokens.ends[match.end - 1])
    ]
    return token.pos_ in ("NOUN", "PROPN")


def quarter_of_year(match: Match, context: Context) -> bool:
    """A quarter of a year; a half only where the year is named."""
    if match.values.get("period") == "half":
        return _word(context, match.end) == "of" and _word(context, match.end + 2) == "year"
    return _word(context, match.end) not in ("final", "century") and _word(
        context, match.end + 2
    ) not in ("game", "match")


def period_so_far(match: Match, context: Context) -> bool:
    """The year that runs, not "the year of ..." or "the year before"."""
    before = ("during", "for", "in", "through", "throughout", "far")
    return _word(context, match.start - 1) in before and _word(context, match.end) in _PHRASE_END


def end_of_phrase(match: Match, context: Context) -> bool:
    """Nothing follows that the last word could govern."""
    return match.end == len(context.tokens.words) or _word(context, match.end) in _PHRASE_END


def amount_of_time(match: Match, context: Context) -> bool:
    """A duration, not "a second chance", "a day of mourning", "a quarter of them"."""
    last = _word(context, match.end - 1)
    before, after = _word(context, match.start - 1), _word(context, match.end)
    amount = match.values.get("amount")
    if last == "second" or (last in ("quarter", "quarters") and after == "of"):
        return False
    if _capital(context, match.end - 1) and not _capital(context, match.start):
        return False
    if after == "of" and _word(context, match.end + 1) in _RECORDED:
        return False
    if after == "old" or (after == "-" and _word(context, match.end + 1) == "old"):
        return False
    if amount in ("a", "an", 1, "one"):
        if last in ("quarter", "weekend"):
            return False
        return (
            (before in _BEFORE_SPAN and after != "when")
            or (before == "as" and _word(context, match.start - 2) in _AS_LONG)
            or after in ("after", "before", "since")
            or "compared" in match.values
        )
    return True


def not_age(match: Match, context: Context) -> bool:
    """Not "six-year-old"."""
    return not (
        _word(context, match.end) in ("-", "old")
        and "old" in (_word(context, match.end), _word(context, match.end + 1))
    )


def bare_units(match: Match, context: Context) -> bool:
    """Weeks, years: as a stretch of time ("for years", "in the days before")."""
    before, after = _word(context, match.start - 1), _word(context, match.end)
    if before in _BEFORE_UNITS:
        return True
    if (
        before == "the"
        and _word(context, match.start - 2) == "over"
        and match.values.get("unit") == "Y"
    ):
        return True
    if last_is_short(match):
        return False
    # "After months of talks": what lasted so long.
    i = context.head(context.tokens.starts[match.start], context.tokens.ends[match.end - 1])
    if after == "of" and context.doc[i].dep_ in ("pobj", "nsubj", "dobj", "nsubjpass"):
        return not any(c.dep_ in ("det", "poss", "amod", "nummod") for c in context.doc[i].children)
    if before == "the":
        return _word(context, match.start - 2) in (
            "in",
            "over",
            "during",
            "through",
            "within",
        ) and after in ("before", "after", "since", "that", "leading", ",", ".", "following")
    return after in ("after", "before", "later", "earlier") and before not in ("of", "by")


def last_is_short(match: Match) -> bool:
    """Seconds are said of speed more often than of time."""
    return match.values.get("unit") == "TS"


def not_discourse(match: Match, context: Context) -> bool:
    """Now as a time: not the "Now," that opens a sentence, nor "now-cancelled"."""
    after = _word(context, match.end)
    if after == "-" and context.tokens.glued(match.end):
        return False
    return _word(context, match.start) != "now" or not _capital(context, match.start)


def not_paper(match: Match, context: Context) -> bool:
    """Daily as in "daily life", not "the Berlin daily" or "the weekly Die Zeit"."""
    if "annual" in _word(context, match.start):
        return True
    if _capital(context, match.start) and _capital(context, match.end):
        return False
    i = context.head(context.tokens.starts[match.start], context.tokens.ends[match.end - 1])
    token = context.doc[i]
    if token.pos_ in ("NOUN", "PROPN"):
        return token.dep_ in ("compound", "nmod", "npadvmod", "amod")
    return token.dep_ != "amod" or token.head.pos_ != "PROPN" or token.head.i < i


def rate(match: Match, context: Context) -> bool:
    """So much a year: an amount stands before."""
    i = context.head(context.tokens.starts[match.start], context.tokens.ends[match.start])
    if i == 0 or _word(context, match.start - 1) in _BEFORE_SPAN:
        return False
    token = context.doc[i - 1]
    if token.pos_ in ("NUM", "SYM") or token.lower_ in ("once", "twice", "times"):
        return True
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    return any(
        t.pos_ in ("NUM", "SYM") or t.lower_ in ("hundreds", "thousands", "dozens", "millions")
        for t in context.doc[max(0, i - 6) : i]
    )


def in_name(match: Match, context: Context) -> bool:
    """Easter Island: a capital goes on from its own, where not all words have one."""
    end = match.end + (_word(context, match.end) in ("'", "-"))
    if not (_capital(context, match.end - 1) and _capital(context, end)):
        return False
    around = range(max(0, match.start - 6), min(len(context.tokens.words), match.end + 6))
    plain = (i for i in around if not _capital(context, i))
    return any(len(_word(context, i)) > 3 and _word(context, i).isalpha() for i in plain)


def determiner(match: Match, context: Context) -> bool:
    """ "That" as in "that Friday was cold", not "said that Friday was cold"."""
    if _word(context, match.start) != "that" or match.end - match.start > 2:
        return True
    start = context.tokens.starts[match.start]
    token = context.doc[context.head(start, start + 4)]
    return token.dep_ == "det" or token.tag_ == "DT"


def not_of(match: Match, context: Context) -> bool:
    """A stretch of time by itself: not "the quarter of Paris"."""
    return _word(context, match.end) not in ("of", "-", "final", "finals")


def round_number(match: Match, context: Context) -> bool:
    """A number of tens, as decades have."""
    return int(match.values["decade"]) % 10 == 0 and int(match.values["decade"]) >= 10


def after_at(match: Match, context: Context) -> bool:
    """At ... goes before: "at ten to three", but "won ten to three"."""
    return _word(context, match.start - 1) == "at"


def adverb(match: Match, context: Context) -> bool:
    """Overnight as in "it snowed overnight", not "an overnight success"."""
    i = context.head(context.tokens.starts[match.start], context.tokens.ends[match.end - 1])
    return context.doc[i].pos_ == "ADV" or context.doc[i].dep_ in ("advmod", "npadvmod")


def noun_or_adjective(match: Match, context: Context) -> bool:
    """Future, where it is said of a time; "a future" is a prospect."""
    return _word(context, match.start - 1) not in ("a", "no")


CONDITIONS: dict[str, Callable[[Match, Context], bool]] = {
    condition.__name__: condition
    for condition in (
        month_name,
        weekday_name,
        not_name_part,
        year_number,
        after_preposition,
        after_clock_word,
        season_name,
        quarter_of_year,
        period_so_far,
        end_of_phrase,
        amount_of_time,
        not_age,
        bare_units,
        rate,
        not_in_ones_thirties,
        not_high,
        not_discourse,
        adverb,
        in_name,
        not_of,
        not_paper,
        round_number,
        after_at,
        determiner,
        noun_or_adjective,
    )
}
