"""Authors on a page: their names, bylines and biographies.

Each function takes a paragraph with single spaces between its words.
"""

from __future__ import annotations

import re

from extractors.sources.sections import SECTION_WORDS

_CAPITAL = r"(?:[A-Z]\.|[A-ZÀ-ÖØ-Þ][\w'’-]+\.?)"
_PARTICLE = r"(?:de|da|del|della|di|du|van|von|der|den|la|le|bin|ibn|al|el|ben|ter|dos|das)"
_FURTHER = rf"[ -](?:{_PARTICLE} )*{_CAPITAL}"
NAME = rf"{_CAPITAL}(?:{_FURTHER}){{0,3}}"
FULL_NAME = rf"{_CAPITAL}(?:{_FURTHER}){{1,3}}"
_NAMES = rf"{NAME}(?:(?:,| and| &|, and) {NAME}){{0,4}}"

_TRADE = (
    r"(?:reporter|correspondent|editor|journalist|writer|columnist|producer|photographer"
    r"|commentator|blogger|critic|contributor|freelancer|author)s?"
)
_BEATS = SECTION_WORDS | frozenset(
    """
    a our the senior chief deputy assistant associate managing executive contributing special staff
    own general assignment investigative political legal foreign diplomatic economic financial
    affairs royal digital data senior junior trainee freelance night day state county city hall
    """.split()
)
_WRITTEN_BY = re.compile(
    rf"(?:(?i:words|text|story|report|reported|written|posted|compiled) )?(?i:by):? "
    rf"(?:{_NAMES}|(?i:(?:our|staff|a) .{{0,30}}(?:{_TRADE}|staff|agencies|desk)))"
    rf"(?:,? (?:in|at) {NAME})?(?P<function>(?:, | [|·•–—-] | ).{{0,60}})?"
)
_NAME_WITH_FUNCTION = re.compile(rf"{FULL_NAME}(?:, | [|·•–—-] )(?P<function>.{{3,60}})")
_FUNCTION = re.compile(
    rf"(?P<beat>(?:[\w’'&-]+ ){{0,5}}){_TRADE}(?:,? (?i:in|at|for) {NAME}|, {NAME})?", re.IGNORECASE
)

# "Ann Lee is a reporter", "Ann covers courts", "The author teaches law"
_BIOGRAPHY = re.compile(
    rf"(?:(?i:about the author):? )?"
    rf"(?:(?P<name>{NAME})|The (?:author|writer)|Our (?:writer|reporter|correspondent))"
    rf"(?:, [^,.]{{2,60}},)? "
    r"(?:(?:is|are) (?:an?|the|[\w’'-]+[’']s?)\b"
    r"|(?:covers?|writes?|reports?|edits?|joined|works? (?:as|for)"
    r"|has (?:worked|written|covered|reported|been))\b"
    rf"|is [\w ]{{3,60}}{_TRADE}\b)"
)
_CONTACT = re.compile(
    r"\b[Ff]ollow (?:him|her|them|me|[A-Z]\w+) (?:on|at|@)"
    r"|\bcan be (?:reached|contacted|followed|e-?mailed) (?:at|on|via)\b"
    r"|\b(?:[Rr]each|[Cc]ontact|[Ee]-?mail|[Tt]weet) (?:him|her|them|me) (?:at|on|via|@)"
    r"|[\w.+-]{1,64}@[\w-]{1,64}\.\w{2,}|(?<!\w)@\w{3,30}"
)
_LONGEST_BIOGRAPHY = 900  # characters


def is_name(words: str) -> bool:
    """Two to four capitalised words and nothing else, as an author's name stands alone."""
    return len(words) <= 60 and re.fullmatch(FULL_NAME, words) is not None


def is_byline(words: str) -> bool:
    """An author's line.

    >>> [is_byline(line) for line in ("By Ann Lee and Bo Ray in London", "Legal affairs editor")]
    [True, True]
    >>> is_byline("Police in Ankara arrest newspaper editor")
    False
    """
    if len(words) > 160 or words.endswith((",", "!", "?")):
        return False
    if _is_function(words):
        return True
    match = _WRITTEN_BY.fullmatch(words) or _NAME_WITH_FUNCTION.fullmatch(words)
    if not match:
        return False
    return match["function"] is None or _is_function(match["function"].strip(" ,|·•–—-"))


def _is_function(words: str) -> bool:
    """What an author is: "Political editor", "BBC News correspondent in Cairo"."""
    match = _FUNCTION.fullmatch(words)
    return match is not None and all(
        word.lower() in _BEATS or word.isupper() or word == "and"
        for word in match["beat"].replace("-", " ").split()
    )


def opens_biography(words: str) -> bool:
    """Whether a paragraph begins as an author's biography does."""
    return len(words) <= _LONGEST_BIOGRAPHY and _BIOGRAPHY.match(words) is not None


def is_biography(words: str, story: str, before: str) -> bool:
    """The author's biography, as it stands below a story.

    It opens with a name and what that person is or covers. Since a story may end on such a
    sentence too, more has to speak for it: an address to follow or write to, the name alone
    in the paragraph `before`, or a journalist's trade of one whom `story` never mentions.
    """
    match = _BIOGRAPHY.match(words) if opens_biography(words) else None
    if not match:
        return False
    name = match["name"]
    if name is None or _CONTACT.search(words):
        return True
    if is_name(before) and (name == before or name in before.split()):
        return True
    trade = re.search(rf"\b{_TRADE}\b", " ".join(words.split()[:20]), re.IGNORECASE)
    return bool(trade) and not re.search(rf"\b{re.escape(name.split()[-1])}\b", story)
