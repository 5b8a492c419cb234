"""What the furniture of a news page looks like: one predicate a kind of paragraph.

Each takes a paragraph with single spaces between its words. Where it stands in the article,
and what follows from that, is the business of `extractors.boilerplate`.
"""

from __future__ import annotations

import re

_SECTIONS = frozenset(
    """
    home news latest live breaking exclusive analysis opinion comment editorial letters features
    feature interview explainer factcheck blog blogs video videos podcast podcasts world uk us usa
    britain europe asia africa americas australia international national local regional regions
    nation metro city politics election elections government parliament congress business economy
    economics markets money finance companies industry technology tech science environment climate
    energy health coronavirus covid-19 education law crime courts justice defence defense security
    military media society culture arts books film music television tv entertainment lifestyle life
    style fashion food travel weather sport sports football cricket rugby tennis golf motoring cars
    property religion obituaries archive newsroom headlines stories story report reports top east
    middle wire alert update updates more
    """.split()
)
_WORD = r"[^\W\d_][\w'’.-]*"
_CAPITAL = r"(?:[A-Z]\.|[A-ZÀ-ÖØ-Þ][\w'’-]+\.?)"
_PARTICLE = r"(?:de|da|del|della|di|du|van|von|der|den|la|le|bin|ibn|al|el|ben|ter|dos|das)"
NAME = rf"{_CAPITAL}(?:[ -](?:{_PARTICLE} )*{_CAPITAL}){{0,3}}"
_FULL_NAME = rf"{_CAPITAL}(?:[ -](?:{_PARTICLE} )*{_CAPITAL}){{1,3}}"
_TRADE = (
    r"(?:reporters?|correspondents?|editors?|journalists?|writers?|columnists?|producers?|"
    r"photographers?|commentators?|bloggers?|critics?|contributors?|freelancers?|staff|"
    r"news ?desk|newsroom|agenc(?:y|ies)|agence|bureau|chief)"
)
_LATER_TRADE = (
    rf"(?:{_TRADE}|authors?|broadcasters?|analysts?|fellow|lecturer|professor|academic|"
    r"researcher|intern|trainee|presenter|host|co-founder|contributing)"
)
_BYLINE = re.compile(
    rf"(?:(?:words|text|story|report|reported|written|posted|compiled)\s+)?by:?\s+"
    rf"(?-i:{NAME}(?:(?:,| and| &|, and) {NAME}){{0,4}}|[A-Z][\w ]* (?i:{_TRADE}))"
    rf"(?:,? (?:in|at) (?-i:{NAME}))?(?:\s*[,|·•–—-]?\s*(?:[\w’'-]+ ){{0,5}}{_TRADE}(?: (?:in|at|for) (?-i:{NAME}))?)?",
    re.IGNORECASE,
)
_FUNCTION = re.compile(rf"(?-i:[A-Z])[\w’'&-]*(?: [\w’'&-]+){{0,4}} {_TRADE}|{_TRADE}", re.IGNORECASE)
_SHARING = (
    r"(?:share|tweet|pin|e-?mail|print|copy(?: link)?|save|bookmark|like|follow|subscribe|"
    r"facebook|twitter|x|whatsapp|linkedin|pinterest|reddit|telegram|messenger|instagram|youtube|"
    r"flipboard|pocket|sms|more|close|menu|search|home|log ?in|sign ?in|sign ?up|register|skip to "
    r"(?:main )?content|advertis(?:ement|ing)|ad|sponsored(?: content)?|promoted(?: content)?|"
    r"article continues (?:below|after)(?: this)?(?: ad(?:vertisement)?)?|story continues below(?: ad(?:vertisement)?)?|"
    r"back to top|next|previous|play(?: video)?|listen|loading|donate|contact us|about us|terms(?: of (?:use|service))?|"
    r"privacy(?: policy)?|cookies?(?: policy)?|accessibility|careers|newsletters?|rss|"
    r"share (?:this|on|via|with)(?: \w+){0,3}|share options|link copied|\d+ shares?)"
)
_BUTTONS = re.compile(rf"{_SHARING}(?:[\s|,/·•:.]+(?:(?:and|or|on|via) )?{_SHARING})*[.…:]?", re.IGNORECASE)
_PRINTED = re.compile(
    r"(?:©|\(c\) ?(?:copyright|(?:19|20)\d\d)|copyright\b.{0,20}(?:©|(?:19|20)\d\d|by\b)|all rights reserved"
    r"|(?:this|the) (?:material|content|article|website) (?:may|must) not be (?:published|reproduced|copied)).*",
    re.IGNORECASE,
)
_TAGS = re.compile(
    r"(?:(?:tags?|tagged(?: with)?|topics?|categor(?:y|ies)|keywords?|filed under|posted in|in this story"
    r"|explore more on these topics)\s*[:|]|(?:tags|topics|filed under|explore more on these topics)$).*",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(r"(?:(?:first |originally )?published(?: by| in| on| at)?|posted(?: by| in)?)\s*[:|]?", re.IGNORECASE)
_PUBLISHED_BY = re.compile(rf"(?:published|posted) by:? (?-i:{NAME})", re.IGNORECASE)
_READING_TIME = re.compile(
    r"(?:reading time:? ?)?\d+[ -]min(?:ute)?s?(?: read)?|(?:updated |published |posted )?\d+ (?:minutes?|mins?|hours?|hrs?|days?|weeks?) ago",
    re.IGNORECASE,
)
_NEWSLETTER = re.compile(
    r"(?:please )?(?:sign up|subscribe|register|get|receive|join|want|never miss|stay (?:up to date|informed|in the know))\b"
    r".*\b(?:newsletters?|in-?box|e-?mail(?:s| alerts)?|briefing|alerts|notifications|subscribers?|subscription|channel)\b.*",
    re.IGNORECASE,
)
_APPEAL = re.compile(
    r"(?:(?:please )?(?:support|help (?:us )?(?:fund|keep)|back|donate to|make a donation)\b.*\b(?:our|independent|quality|us)\b.*"
    r"\b(?:journalism|newsroom|reporting|work|mission)\b.*"
    r"|(?:download|get|install) (?:our|the) (?:free )?(?:[\w’'-]+ ){0,3}app\b.{0,60}"
    r"|(?:got|have|do you have) (?:a|any) (?:news )?(?:story|tip|tips|information)\b.{0,20}\?.*"
    r"|(?:we want to hear from you|tell us what you think|join the (?:conversation|discussion)|contact the (?:reporter|author|newsroom))\b.*)",
    re.IGNORECASE,
)
_FOLLOW = re.compile(
    r"(?:you can )?(?:follow|like|find|join) .{0,60}(?:twitter|facebook|instagram|linkedin|telegram|whatsapp|youtube|mastodon|@\w+).{0,60}"
    r"|(?:(?:twitter|e-?mail|instagram|facebook|contact)\s*:\s*)?(?:@\w{2,30}|\S+@\S+\.\w+)"
    r"|(?:twitter|e-?mail|instagram|facebook|contact)\s*:\s*\S+",
    re.IGNORECASE,
)
_REPUBLISHED = re.compile(
    r"(?:this|the) (?:article|story|piece|report|post|column|interview) (?:(?:was|is|has been)\s+)?"
    r"(?:(?:first|originally|also|re)[ -]?(?:published|appeared|ran)|(?:published|produced|provided|syndicated|republished)"
    r" (?:in partnership|by|from|under|through|courtesy|with permission))\b.*",
    re.IGNORECASE,
)
_CREDIT_LABEL = (
    r"(?:(?:file |main |header |lead |top |featured )?(?:photo(?:graph)?|image|picture|pic|illustration|graphic|video|footage)s?"
    r"(?: (?:credit|courtesy|by|caption|source))?|credit|caption)"
)
_CREDIT = re.compile(rf"{_CREDIT_LABEL}s?\s*(?::|\||courtesy of\b|via\b|by (?-i:{_CAPITAL}))\s*.*", re.IGNORECASE)
_CAPTION = re.compile(
    rf".+[.!?’”\"')\]] ?{_CREDIT_LABEL}s?\s*[:|]\s*[^.!?]{{2,80}}\.?"
    r"|.+\((?:(?:file )?photo(?:graph)?|image|picture|pic|credit)s?\b ?[:|/]?[^()]{0,80}\)\.?"
    rf"|.+[.!?’”\"')\]] (?-i:{_FULL_NAME})?\s*[/|]\s*(?-i:[A-Z][\w&’'.-]+(?: [A-Z][\w&’'.-]+){{0,3}})(?:/(?-i:[A-Z][\w&’' .-]+))?",
    re.IGNORECASE,
)
_PROMOTED = re.compile(
    r"(?:related|related (?:stor(?:y|ies)|articles?|news|content|links?|coverage|topics?|reading|posts?)|see also|also (?:read|see|on|in)"
    r"|read (?:more|also|next|this|on)(?: (?:on|about) (?:this|the)(?: \w+){1,3})?|read (?:our|the) (?:full )?(?:story|report|analysis|explainer)s?(?: here)?"
    r"|more (?:on|about|from|stor(?:y|ies)|news)(?: [\w’'&-]+){0,5}|(?:you (?:may|might) (?:also )?(?:like|be interested in|have missed))"
    r"|recommended(?: (?:for you|reading|stories))?|most (?:read|popular|viewed|shared)(?: stories)?|trending(?: now)?|popular now|don['’]t miss|editor['’]?s['’]? picks?"
    r"|further reading|what to read next|up next|next (?:article|story|up)|previous (?:article|story)|in case you missed it|top stories|latest (?:news|stories|headlines)"
    r"|watch(?: (?:live|now|more|again|the video))?|listen(?: (?:live|now|to the podcast))?)",
    re.IGNORECASE,
)
_PROMOTION = re.compile(rf"(?:>+|»|→|\*|•|-)? ?{_PROMOTED.pattern}\s*(?::|\||–|—|-|>|»|→)\s*\S.*", re.IGNORECASE)
_CLICK = re.compile(r"(?:click|tap) here\b.*|(?:read|see|watch) (?:more|the full (?:story|report|video|statement)) (?:here|at|on)\b.{0,60}", re.IGNORECASE)
HEADS_LINKS = re.compile(rf"{_PROMOTED.pattern}(?: stories)?\s*[:…]?", re.IGNORECASE)
_COMMENTS = re.compile(
    r"(?:\d+ |no |view (?:all )?|show |post a |add a |leave a |read (?:the )?|reader )?(?:comments?|replies|reply)(?: \(?\d+\)?)?(?: (?:below|section|are closed|on this story))?[:.]?"
    r"|be the first to comment\.?|comments are closed\.?|what do you think\?(?: .{0,60}comments?.{0,20})?",
    re.IGNORECASE,
)
_TAIL_NOTE = re.compile(
    rf"(?:(?:additional |further )?(?:reporting|writing|editing|research|additional reporting|with reporting|with files|compiled|edited|produced) (?:by|from) "
    rf"(?-i:{_CAPITAL}).{{0,200}}"
    rf"|\(?(?:reporting|writing|editing)(?: and \w+)* by (?-i:{_CAPITAL}).{{0,200}}"
    r"|.{3,160} contributed (?:reporting )?to this (?:report|story|article)\.?"
    r"|\(?(?:ends|more to follow|more follows|developing)\)?\.?|#{2,}|-+ ?30 ?-+|\*{2,}|[-_=~*•· ]{2,}"
    r"|(?:source|via|agency|agencies|with (?:inputs from )?agencies)\s*:?\s*(?-i:[A-Z][\w&’'. -]{0,40})?)",
    re.IGNORECASE,
)
_BIOGRAPHY = re.compile(
    rf"(?:(?:about (?:the )?author\s*:?\s*)?(?P<name>{NAME})|(?i:the (?:author|writer)|our (?:writer|reporter|correspondent)))(?:, [^,.]{{2,60}},)? "
    r"(?:(?P<being>is|are|was|has been) (?:an?|the|[\w’'-]+[’']s?)\b|(?P<doing>covers?|covering|writes?|reports?|edits?|leads?|works?|joined|has (?:worked|written|covered|reported)))\b"
)
_CONTACT = re.compile(
    r"\b(?:follow (?:him|her|them|me|us|[A-Z]\w+)\b.{0,30}\b(?:on|at|@)|(?:can|may) be (?:reached|contacted|followed|emailed)\b"
    r"|(?:reach|contact|e-?mail|tweet(?: at)?) (?:him|her|them|me|[A-Z]\w+)\b|(?:on )?twitter:? @|\S+@\S+\.\w{2,})",
    re.IGNORECASE,
)
_LONGEST_LINE = 40  # words of a line of furniture; what is longer is text
_LONGEST_BIOGRAPHY = 120  # words


def is_section(words: str) -> bool:
    """A section's name or a breadcrumb trail: "News", "World | Politics", "Home > Tech"."""
    if len(words) > 60 or words.endswith((".", "!", "?")):
        return False
    parts = [part for part in re.split(r"[|/>»›·•:&,–—-]|\band\b", words) if part.strip()]
    names = [part.split() for part in parts]
    return bool(names) and all(
        len(name) <= 3 and all(word.lower() in _SECTIONS for word in name) for name in names
    )


def is_byline(words: str) -> bool:
    """An author's line: "By Ann Lee and Bo Ray in London", "Technology reporter"."""
    if words.count(" ") > 18 or words.endswith((",", "!", "?")):
        return False
    return bool(_BYLINE.fullmatch(words) or (words.count(" ") <= 5 and _FUNCTION.fullmatch(words)))


def is_name(words: str) -> bool:
    """Two to four capitalised words and nothing else, as an author's name stands alone."""
    return bool(re.fullmatch(_FULL_NAME, words)) and words.count(" ") <= 4


def is_furniture(words: str) -> bool:
    """Buttons, tags, rights, credits, reading times, appeals: no news wherever it stands."""
    if words.count(" ") >= _LONGEST_LINE:
        return bool(_PRINTED.fullmatch(words))
    lines = (
        _BUTTONS,
        _PRINTED,
        _TAGS,
        _PUBLISHED,
        _PUBLISHED_BY,
        _READING_TIME,
        _NEWSLETTER,
        _APPEAL,
        _FOLLOW,
        _REPUBLISHED,
        _CREDIT,
        _CAPTION,
        _CLICK,
    )
    return any(line.fullmatch(words) for line in lines)


def is_promotion(words: str) -> bool:
    """A link to another story, or the head of a list of such links: "Read more: ..."."""
    if words.count(" ") >= _LONGEST_LINE:
        return False
    return bool(HEADS_LINKS.fullmatch(words) or _PROMOTION.fullmatch(words))


def opens_comments(words: str) -> bool:
    """The head of the readers' comments: "Comments (12)", "Leave a reply"."""
    return bool(_COMMENTS.fullmatch(words))


def is_tail_note(words: str) -> bool:
    """Credits of the desk and end marks: "Editing by Ann Lee", "ENDS"."""
    return bool(_TAIL_NOTE.fullmatch(words) or _COMMENTS.fullmatch(words))


def is_biography(words: str, story: str, before: str) -> bool:
    """The author's biography, as it stands below a story.

    It opens with a name and what that person is or covers. Since a story may end on such a
    sentence too, more has to speak for it: an address to follow or write to, the name alone
    in the paragraph `before`, or a journalist's trade of one whom `story` never mentions.
    """
    if words.count(" ") >= _LONGEST_BIOGRAPHY:
        return False
    match = _BIOGRAPHY.match(words)
    if not match:
        return False
    if _CONTACT.search(words):
        return True
    name = match["name"]
    if name is None:
        return True
    if is_name(before) and (name == before or name in before.split()):
        return True
    trade = re.search(rf"\b{_LATER_TRADE}\b", " ".join(words.split()[:25]), re.IGNORECASE)
    surname = re.escape(name.split()[-1])
    present = match["being"] in ("is", "are") or bool(match["doing"])
    return bool(trade and present and not re.search(rf"\b{surname}\b", story))
