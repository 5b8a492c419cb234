"""From a draft to an article: title in its place, date checked, language told, story found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from extractors.articles import Article, ArticleError, article_id
from extractors.extraction import Mention
from extractors.sources.boilerplate import Story, find_story
from extractors.sources.drafts import Draft
from extractors.sources.language_identification import identify, language_name
from extractors.sources.publication import Provenance, date_in_url, parse_published, read_stamp

LONGEST_TEXT = 5_000_000  # code points; what is longer is an archive, not an article
NO_DATE = "publication date unknown: relative dates such as 'on Friday' stay without a day"


@dataclass(frozen=True, slots=True)
class Options:
    """What the user says of an article; it goes before what the source says.

    Raises ArticleError for a date that is none and an address that is none.
    """

    title: str | None = None
    published: str | None = None
    url: str | None = None
    publisher: str | None = None
    force: bool = False

    def __post_init__(self) -> None:
        if self.published is not None:
            object.__setattr__(self, "published", _date(self.published, "publication date"))
        if self.url is not None and not _is_address(self.url):
            raise ArticleError(
                f"{self.url!r} is no http(s) address: give the article's own, or none"
            )


def assemble(draft: Draft, options: Options, name: str) -> Article:
    """The article of a draft. Raises ArticleError for what can't be stored as one."""
    if not draft.text.strip():
        raise ArticleError(f"{name}: there is no text below the front matter")
    text, story = _placed_title(draft, options)
    if len(text) > LONGEST_TEXT:
        raise ArticleError(
            f"{name}: {len(text):,} characters are more than one article ({LONGEST_TEXT:,} at "
            f"most): split it"
        )
    title = options.title or draft.title
    if title is None and story.headline:
        title = " ".join(_quote(text, story.headline).split())
    url = options.url or (draft.url if draft.url and _is_address(draft.url) else None)
    published, published_from = _published(draft, options, url, text, story, name)
    warnings = list(draft.warnings)
    if published is None:
        warnings.append(NO_DATE)
    elif published_from in ("text", "url"):
        warnings.append(f"publication date {published} was read from the {published_from}")
    return Article(
        doc_id=article_id(title, published, url, text),
        text=text,
        title=title,
        published=published,
        url=url,
        publisher=options.publisher or draft.publisher,
        authors=draft.authors,
        language=_language(text, story, options, name, warnings),
        story=story.story,
        headline=story.headline,
        published_from=published_from,
        warnings=tuple(warnings),
        read_from=name,
    )


def _placed_title(draft: Draft, options: Options) -> tuple[str, Story]:
    """The text, with the source's own title on top unless it stands there already."""
    own = draft.title if draft.title_in_text else None
    story = find_story(draft.text, own or options.title)
    if own is None or (story.headline and _same_title(_quote(draft.text, story.headline), own)):
        return draft.text, story
    text = f"{own}\n\n{draft.text.lstrip()}"
    return text, find_story(text, own)


def _quote(text: str, mention: Mention) -> str:
    return text[mention.start : mention.end]


def _same_title(shown: str, title: str) -> bool:
    """Whether two titles are one, or one is the other with the outlet's name put to it."""
    one, two = (re.sub(r"\W+", " ", t).strip().casefold() for t in (shown, title))
    shorter, longer = sorted((one, two), key=len)
    return shorter == longer or (
        len(shorter.split()) > 3 and (longer.startswith(shorter) or longer.endswith(shorter))
    )


def _published(
    draft: Draft, options: Options, url: str | None, text: str, story: Story, name: str
) -> tuple[str | None, Provenance | None]:
    """The date of publication and where it was found, the surest place first."""
    if options.published:
        return options.published, "option"
    if draft.published:
        return _date(draft.published, f"{name}: publication date"), draft.published_from
    if story.dateline and (stamp := read_stamp(_quote(text, story.dateline))):
        return stamp.value, "text"
    if url and (day := date_in_url(url)):
        return day, "url"
    return None, None


def _date(value: str, what: str) -> str:
    try:
        return parse_published(value)
    except ValueError as error:
        raise ArticleError(f"{what}: {error} (option --published goes before it)") from error


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", url)


def _language(
    text: str, story: Story, options: Options, name: str, warnings: list[str]
) -> str | None:
    """The language of the story; anything but English is refused unless it is forced."""
    code = identify("\n".join(_quote(text, part) for part in story.story))
    if code is None or code == "en":
        return code
    if not options.force:
        raise ArticleError(
            f"{name}: the article is written in {language_name(code)}, and Dateline reads "
            f"English: leave it out, or use --force to read it all the same"
        )
    warnings.append(f"written in {language_name(code)}, read as English because it was forced")
    return code
