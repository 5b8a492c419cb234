"""Pages of HTML: trafilatura finds the main text; the head tells title, date and outlet.

A page is hostile: it is parsed by libxml2's HTML parser without network, entities or huge
trees, and all that is taken from it is text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]
from trafilatura import bare_extraction
from trafilatura.settings import Document
from trafilatura.utils import load_html

from extractors.articles import ArticleError
from extractors.sources.decoding import AS_TEXT, decode
from extractors.sources.drafts import Draft, Source
from extractors.sources.publication import Provenance, StampKind, read_stamp
from extractors.sources.text import split_authors

BLOCKS = frozenset({"p", "head", "item", "list", "quote", "code", "table", "row", "ab", "div"})
SENTENCE_ENDS = (".", "!", "?", '"', "”", "’", "'")
HEADER_WORDS = 25  # a paragraph with more is the story's first
LABEL_WORDS = 8  # the line of a date has no more
MOST_ELEMENTS = 100_000  # reading a page takes some 80 microseconds for each
FEWEST_WORDS = 8  # what has fewer is no story, but what is left of a page without one
# Names under which pages give the day of first publication, surest first.
DATE_FIELDS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date_published",
    "publishdate",
    "publish-date",
    "publication_date",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date.issued",
    "dc.date",
    "dc.date.created",
    "citation_publication_date",
    "article.published",
    "date",
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:-]{2,40})")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_HTML_START = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|div|p|h1|meta|title)\b", re.IGNORECASE
)


def recognises(head: bytes) -> bool:
    """Whether the first bytes of a file are those of a page."""
    plain = head.replace(b"\x00", b"")  # UTF-16, near enough
    start = plain.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<") and _HTML_START.search(start[:1024]) is not None


def read(data: bytes, name: str) -> Draft:
    """The draft of a page. Raises ArticleError when it holds no main text."""
    declared = _CHARSET.search(data[:4096]) or _XML_CHARSET.search(data[:200])
    text, warnings = decode(data, name, declared[1].decode("ascii") if declared else None)
    tree = _parse(text, name)
    published, found_in = _published(tree)
    # trafilatura leaves out what stands in `time`: often a weekday within a sentence.
    etree.strip_tags(tree, "time")
    try:
        page = bare_extraction(
            tree,
            include_comments=False,
            include_tables=False,
            include_formatting=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False},
        )
    except (RecursionError, ValueError, etree.LxmlError) as error:
        raise ArticleError(f"{name}: the page can't be read ({error}): {AS_TEXT}") from error
    body = _paragraphs(page.body) if isinstance(page, Document) and page.body is not None else ""
    if not isinstance(page, Document) or len(body.split()) < FEWEST_WORDS:
        raise ArticleError(f"{name}: the page has no article text: {AS_TEXT}")
    url = page.url if page.url and page.url.startswith(("http://", "https://")) else None
    return Draft(
        text=body,
        title=" ".join(page.title.split()) if page.title else None,
        title_in_text=True,
        published=published,
        published_from=found_in,
        url=url,
        publisher=page.sitename or None,
        authors=split_authors(page.author or ""),
        warnings=warnings,
    )


def _parse(text: str, name: str) -> HtmlElement:
    tree = load_html(_XML_DECLARATION.sub("", text))
    if tree is None:
        raise ArticleError(f"{name}: the page is no HTML that can be parsed: {AS_TEXT}")
    elements = sum(1 for _ in tree.iter())
    if elements > MOST_ELEMENTS:
        raise ArticleError(
            f"{name}: {elements:,} elements are too many for one page "
            f"({MOST_ELEMENTS:,} at most): {AS_TEXT}"
        )
    return tree


def _paragraphs(body: etree._Element) -> str:
    """The main text of trafilatura's tree, a blank line between its paragraphs."""
    found: list[str] = []
    words: list[str] = []

    def close() -> None:
        paragraph = " ".join("".join(words).split())
        if paragraph:
            found.append(paragraph)
        words.clear()

    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in BLOCKS:
            close()
        if event == "start":
            words.append(element.text or "")
            continue
        if element.tag == "lb":
            # A break after a sentence parts paragraphs; any other only wraps a line.
            if "".join(words).rstrip().endswith(SENTENCE_ENDS):
                close()
            words.append(" ")
        if element is not body:
            words.append(element.tail or "")
    close()
    return "\n\n".join(found)


def _published(tree: HtmlElement) -> tuple[str | None, Provenance | None]:
    """The date as the page gives it, and where: in its metadata, or under its heading."""
    declared = next(_declared_dates(tree), None)
    if declared:
        return declared, "metadata"
    shown = _shown_date(tree)
    return (shown, "text") if shown else (None, None)


def _shown_date(tree: HtmlElement) -> str | None:
    """The one date between a page's heading and its first paragraph.

    A search of the whole page, as htmldate's, would take the day of a related story for it,
    or today's in the masthead: none is better than such.
    """
    days: dict[StampKind, set[str]] = {"published": set(), "bare": set(), "updated": set()}
    below_heading = False
    for element in tree.iter("h1", "p", "div", "span", "time", "li", "address", "em", "small"):
        if element.tag == "h1":
            below_heading = True
            continue
        words = " ".join(element.text_content().split())
        if not below_heading:
            continue
        if element.tag == "p" and words.count(" ") > HEADER_WORDS:
            break
        stamp = read_stamp(words)
        if stamp is None and element.tag == "time" and _stands_alone(element):
            stamp = read_stamp(element.get("datetime") or "")
        if stamp:
            days[stamp.kind].add(stamp.value)
    for kind in (days["published"], days["bare"]):
        if kind:
            return kind.pop() if len(kind) == 1 else None
    return None


def _stands_alone(time: HtmlElement) -> bool:
    """Whether a `time` is no part of a sentence: "Saturday", "Published on Saturday"."""
    words = " ".join(time.getparent().text_content().split())
    return words.count(" ") < LABEL_WORDS and not words.endswith(".")


def _declared_dates(tree: HtmlElement) -> Iterator[str]:
    """Dates of publication in JSON-LD, in `meta` and in `time`, in that order."""
    for script in tree.xpath('//script[@type="application/ld+json"]'):
        yield from _json_dates(_loaded(script.text_content()))
    fields: dict[str, str] = {}
    for meta in tree.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = (meta.get("content") or "").strip()
        if content:
            fields.setdefault(key.lower(), content)
    yield from (fields[key] for key in DATE_FIELDS if key in fields)
    for time in tree.iter("time"):
        marked = (
            "datepublished" in (time.get("itemprop") or "").lower()
            or time.get("pubdate") is not None
        )
        if marked and time.get("datetime"):
            yield time.get("datetime").strip()


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None  # broken JSON-LD says nothing; the rest of the page may


def _json_dates(data: Any, depth: int = 0) -> Iterator[str]:
    """Values of datePublished, an article's own before those of what it contains."""
    if depth > 5:
        return
    if isinstance(data, dict):
        value = data.get("datePublished")
        if isinstance(value, str) and value.strip():
            yield value.strip()
        children: Iterable[Any] = data.get("@graph") or ()
    else:
        children = data if isinstance(data, list) else ()
    for child in children:
        yield from _json_dates(child, depth + 1)


SOURCE = Source("html", frozenset({".html", ".htm", ".xhtml"}), recognises, read)
