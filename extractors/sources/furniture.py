"""What the furniture of a news page looks like: one predicate a kind of paragraph.

Each takes a paragraph with single spaces between its words. Where it stands in the article,
and what follows from that, is the business of `extractors.sources.boilerplate`. To teach a new kind
of line, add one alternative to the pattern of its kind.
"""

from __future__ import annotations

import re

from extractors.sources.bylines import FULL_NAME, NAME

LONGEST = 400  # characters; what is longer is text


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in alternatives), re.IGNORECASE)


_SERVICE = (
    r"facebook|twitter|x|whatsapp|linkedin|pinterest|reddit|telegram|messenger|instagram|youtube"
    r"|flipboard|pocket|mastodon|bluesky"
)
_BUTTON = "|".join(
    (
        _SERVICE,
        r"share|tweet|pin|e-?mail|print|sms|copy(?: link)?|link copied|save|bookmark|like|follow",
        r"subscribe|more|close|menu|search|home|log ?in|sign ?in|sign ?up|register",
        r"skip to (?:main )?content|back to top|next|previous|play(?: video)?|listen|loading",
        r"advertis(?:ement|ing)|ad|(?:sponsored|promoted)(?: content)?",
        r"(?:article|story) continues (?:below|after)(?: (?:this )?ad(?:vertisement)?)?",
        r"donate|contact us|about us|terms(?: of (?:use|service))?|privacy(?: policy)?",
        r"cookies?(?: policy)?|accessibility|careers|newsletters?|rss",
        r"share (?:this|on|via|with)(?: \w+){0,3}|share options|\d+ shares?",
    )
)
_BUTTONS = _any(rf"(?:{_BUTTON})(?:[\s|,/·•:.]+(?:(?:and|or|on|via) )?(?:{_BUTTON}))*[.…:]?")

_RIGHTS = _any(
    r"(?:©|\(c\)) ?.*(?:19|20)\d\d.*",
    r"© .*",
    r"copyright (?:(?:©|\(c\)) ?)?(?:(?:19|20)\d\d|by) .*",
    r"(?:.{0,80}\. )?all rights reserved\b.*",
    r"this (?:material|content|website) (?:may|must) not be (?:published|reproduced|copied).*",
)
_TAGS = _any(
    r"(?:tags?|tagged(?: with)?|topics?|category|categories|keywords?) ?[:|].*",
    r"(?:posted in|in this story) ?[:|].*",
    r"filed under\b.*",
    r"(?:tags|topics|explore more on these topics)\b:?",
)
_PUBLISHED = _any(
    r"(?:(?:first |originally )?published|posted)(?: by| in| on| at)? ?[:|]?",
    r"last (?:updated|modified)(?: by| on| at)? ?[:|]?",
    rf"(?:published|posted) by:? (?-i:{NAME})",
    r"(?:reading time:? ?)?\d+[ -]min(?:ute)?s?(?: read)?",
    r"(?:(?:updated|published|posted) )?\d+ (?:minute|min|hour|hr|day|week)s? ago",
)
_APPEAL = _any(
    r"(?:please )?(?:sign up|subscribe|register)\b.*"
    r"\b(?:newsletters?|in-?box|e-?mails?|briefing|alerts|channel)\b.*",
    r"(?:get|receive|join|want|never miss|stay)\b.*\b(?:newsletters?|in-?box|our .*channel)\b.*",
    r"(?:please )?(?:support|donate to|help (?:us )?(?:fund|keep)) "
    r"(?:our|independent|quality|local)\b.*\b(?:journalism|newsroom|reporting)\b.*",
    r"(?:download|get|install) (?:our|the) (?:free )?(?:[\w’'-]+ ){0,3}app\b.{0,60}",
    r"(?:got|have|do you have) (?:a|any) (?:news )?(?:story|tip|tips|information)\b.{0,20}\?.*",
    r"(?:we want to hear from you|tell us what you think|join the conversation)\b.*",
    r"contact the (?:reporter|author|newsroom)\b.*",
    r"(?:click|tap) here\b.*",
)
_FOLLOW = _any(
    rf"(?:you can )?(?:follow|like|find|join) (?:us|me|him|her|them|@\w+|(?-i:{NAME})) "
    rf"(?:on|at) (?:our )?(?:{_SERVICE}).{{0,60}}",
    rf"(?:(?:{_SERVICE}|e-?mail|contact) ?: ?)?(?:@\w{{2,30}}|[\w.+-]+@[\w-]+\.[\w.]+)",
)
_PICTURE = (
    r"(?:(?:file|main|header|lead|top|featured) )?"
    r"(?:photo(?:graph)?|image|picture|pic|illustration|graphic|video|footage)s?"
)
_CREDIT = _any(
    rf"(?:{_PICTURE}(?: (?:credit|courtesy|caption|source))?|credit|caption)s? ?[:|] ?.+",
    rf"{_PICTURE} (?:by|via|courtesy of) (?-i:{NAME})(?: ?[/,|] ?(?-i:{NAME}))?",
)
_END = r".+[.!?’”\"')\]]"  # a sentence before the credit
_AGENCY = r"(?-i:[A-Z][\w&’'.-]+(?: [A-Z][\w&’'.-]+){0,3})"
_CAPTION = _any(
    rf"{_END} ?(?:{_PICTURE}(?: credit)?|credit)s? ?[:|] ?[^.!?]{{2,80}}\.?",
    rf".+\((?:{_PICTURE}|credit)s?\b ?[:|/]?[^()]{{0,80}}\)\.?",
    rf"{_END} (?-i:{FULL_NAME})? ?[/|] ?{_AGENCY}(?:/{_AGENCY})?",
)
_FURNITURE = (_BUTTONS, _RIGHTS, _TAGS, _PUBLISHED, _APPEAL, _FOLLOW, _CREDIT, _CAPTION)

_OTHER = r"(?:stor(?:y|ies)|articles?|news|content|links?|coverage|topics?|reading|posts?)"
_LINKS = "|".join(
    (
        rf"related(?: {_OTHER})?|see also|also (?:read|see|on|in)|further reading",
        r"read (?:more|also|next|this)(?: (?:on|about) (?:this|the)(?: \w+){1,3})?",
        r"read (?:our|the) (?:full )?(?:story|report|analysis|explainer)s?(?: here)?",
        rf"more (?:on|about|from) .{{1,40}}|more {_OTHER}",
        r"you (?:may|might) (?:also )?(?:like|be interested in|have missed)|in case you missed it",
        r"recommended(?: (?:for you|reading|stories))?|editor['’]?s['’]? picks?|don['’]t miss",
        r"most (?:read|popular|viewed|shared)(?: stories)?|trending(?: now)?|popular now",
        r"what to read next|up next|(?:next|previous) (?:article|story|up)",
        r"top stories|latest (?:news|stories|headlines)",
        r"watch(?: (?:live|now|more|again|the video))?|listen(?: (?:live|now|to the podcast))?",
    )
)
_HEADS_LINKS = _any(rf"(?:{_LINKS}) ?[:…]?")
_PROMOTION = _any(
    rf"(?:>+|»|→|\*|•|-)? ?(?:{_LINKS}) ?(?::|\||–|—|-|>|»|→) ?\S.*",
    r"(?:read|see|watch) (?:more|the full (?:story|report|video)) (?:here|at|on)\b.{0,60}",
)
_COMMENTS = _any(
    r"(?:\d+ |no |view (?:all )?|post a |add a |leave a |read (?:the )?|reader )?"
    r"(?:comments?|replies|reply)(?: \(?\d+\)?)?"
    r"(?: (?:below|section|are closed|on this story))?[:.]?",
    r"be the first to comment\.?",
    r"what do you think\?(?: .{0,60}comments?.{0,20})?",
)
_TAIL_NOTE = _any(
    rf"(?:(?:additional|further|with) )?(?:reporting|writing|editing|research|files|compiled|edited"
    rf"|produced) (?:by|from) (?-i:{NAME}).{{0,200}}",
    rf"\((?:reporting|writing|editing)(?: and \w+)* by (?-i:{NAME}).{{0,200}}",
    r".{3,160} contributed (?:reporting )?to this (?:report|story|article)\.?",
    r"\(?(?:ends|more to follow|more follows|developing)\)?\.?",
    r"#{2,}|-+ ?30 ?-+|[-_=~*•· ]{2,}",
    rf"(?:source|via|agency) ?: ?(?-i:{NAME})|(?:with )?(?:inputs from )?agencies",
    r"this (?:article|story|piece|post|column|interview|report) (?:(?:was|is|has been) )?"
    r"(?:(?:first|originally|also|re)[ -]?(?:published|appeared|ran)"
    r"|(?:published|produced|republished) (?:in partnership|from|under|with permission))\b.*",
)


def is_furniture(words: str) -> bool:
    """Buttons, tags, rights, credits, reading times, appeals: no news wherever it stands.

    >>> is_furniture("Share Tweet Email"), is_furniture("Shares in Twitter fell.")
    (True, False)
    """
    return len(words) <= LONGEST and any(line.fullmatch(words) for line in _FURNITURE)


def is_promotion(words: str) -> bool:
    """A link to another story, or the head of a list of such links: "Read more: ..."."""
    return len(words) <= LONGEST and bool(heads_links(words) or _PROMOTION.fullmatch(words))


def heads_links(words: str) -> bool:
    """The head of a list of links: "Related stories", "Most read"."""
    return len(words) <= LONGEST and _HEADS_LINKS.fullmatch(words) is not None


def opens_comments(words: str) -> bool:
    """The head of the readers' comments: "Comments (12)", "Leave a reply"."""
    return len(words) <= LONGEST and _COMMENTS.fullmatch(words) is not None


def is_tail_note(words: str) -> bool:
    """Credits of the desk and end marks: "Editing by Ann Lee", "ENDS"."""
    return len(words) <= LONGEST and bool(_TAIL_NOTE.fullmatch(words) or opens_comments(words))
