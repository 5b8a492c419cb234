"""Reading files: encodings, front matter, pages, folders, and all that is refused."""

from __future__ import annotations

import codecs
import gzip
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.articles import Article, ArticleError
from extractors.sources import LARGEST_FILE, ArticleFailure, read_bytes, read_path, read_text

TITLE = "Ferry runs aground off Port Hallam"
BODY = (
    "The ferry Aurelia ran aground off Port Hallam on Friday night, the coastguard’s office said.\n"
    "\n"
    "All 212 passengers were taken off, and nobody was hurt. The café on board had caught fire "
    "— “a small one”, a steward said — and was out by midnight. Repairs will cost £40,000.\n"
)
FRONT = """---
title: "Ferry runs aground off Port Hallam"
published: 9 January 2021
publisher: The Harbour Courier
url: https://harbour-courier.example/ferry
author: Ann Lee, Bo Ray and Cy Dow
editor-notes: none
---
"""
GERMAN = (
    "Die Fähre lief am Freitagabend vor Port Hallam auf Grund. Verletzt wurde niemand, teilte die "
    "Reederei mit, doch der Kapitän muss sich vor Gericht verantworten."
)


def only(path: Path, **options: str) -> Article:
    """The one article at a path, which must be readable."""
    (item,) = read_path(path, **options)  # type: ignore[arg-type]
    assert isinstance(item, Article), item
    return item


def reason(path: Path) -> str:
    """Why the one item at a path can't be read."""
    (item,) = read_path(path)
    assert isinstance(item, ArticleFailure), item
    return item.reason


def write(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


# Plain text


def test_plain_text_is_kept_as_it_is(tmp_path: Path) -> None:
    article = only(write(tmp_path, "ferry.txt", f"{TITLE}\n\n{BODY}"), published="2021-01-09")
    assert article.text == f"{TITLE}\n\n{BODY}"
    assert article.title == TITLE
    assert article.headline is not None
    assert article.text[article.headline.start : article.headline.end] == TITLE
    assert (article.published, article.published_from) == ("2021-01-09", "option")
    assert article.language == "en"
    assert article.warnings == ()


def test_front_matter_is_read_and_its_title_put_on_top(tmp_path: Path) -> None:
    article = only(write(tmp_path, "ferry.txt", FRONT + BODY))
    assert article.text == f"{TITLE}\n\n{BODY}"
    assert article.title == TITLE
    assert (article.published, article.published_from) == ("2021-01-09", "metadata")
    assert article.publisher == "The Harbour Courier"
    assert article.url == "https://harbour-courier.example/ferry"
    assert article.authors == ("Ann Lee", "Bo Ray", "Cy Dow")
    assert article.doc_id.startswith("2021-01-09-ferry-runs-aground-off-port-hallam-")


def test_a_title_that_the_text_begins_with_is_not_doubled(tmp_path: Path) -> None:
    article = only(write(tmp_path, "ferry.txt", f"{FRONT}\n{TITLE}\n\n{BODY}"))
    assert article.text.count(TITLE) == 1


def test_options_go_before_front_matter_and_leave_the_text_alone(tmp_path: Path) -> None:
    path = write(tmp_path, "ferry.txt", FRONT + BODY)
    plain = only(path)
    article = only(
        path,
        title="Aurelia aground",
        published="2021-01-10",
        url="https://other.example/a",
        publisher="Other",
    )
    assert (article.title, article.published, article.publisher) == (
        "Aurelia aground",
        "2021-01-10",
        "Other",
    )
    assert article.url == "https://other.example/a"
    assert article.text == plain.text


def test_a_title_from_outside_never_enters_the_text() -> None:
    article = read_text(BODY, "ferry", title=TITLE)
    assert article.text == BODY
    assert article.title == TITLE
    assert article.headline is None


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    text = f"---\n\n{BODY}\n---\n"
    assert read_text(text, "ferry").text == text


def test_front_matter_left_open_is_refused() -> None:
    with pytest.raises(ArticleError, match=r"ferry\.txt: the front matter is not closed"):
        read_text(f"---\ntitle: Ferry\npublished: 2021-01-09\n\n{BODY}", "ferry.txt")


def test_an_address_that_is_none_is_left_out() -> None:
    article = read_text(f"---\nurl: javascript:alert(1)\n---\n{BODY}", "ferry.txt")
    assert article.url is None


def test_furniture_is_kept_in_the_text_and_out_of_the_story() -> None:
    text = f"News\n\n{TITLE}\n\n{BODY}\nTags: Ferries"
    article = read_text(text, "ferry")
    assert article.text == text
    (part,) = article.story
    assert text[part.start : part.end] == f"{TITLE}\n\n{BODY.strip()}"


# Dates


@pytest.mark.parametrize("line", ["January 9, 2021", "Published: 9 January 2021"])
def test_a_date_line_in_the_text_is_taken_and_said(line: str) -> None:
    article = read_text(f"{TITLE}\n\n{line}\n\n{BODY}", "ferry")
    assert (article.published, article.published_from) == ("2021-01-09", "text")
    assert article.warnings == ("publication date 2021-01-09 was read from the text",)


def test_a_date_in_the_address_is_the_last_resort() -> None:
    article = read_text(BODY, "ferry", url="https://a.example/2021/01/09/ferry")
    assert (article.published, article.published_from) == ("2021-01-09", "url")


def test_the_date_of_the_file_is_no_date_of_publication(tmp_path: Path) -> None:
    path = write(tmp_path, "ferry.txt", BODY)
    os.utime(path, (1_610_000_000, 1_610_000_000))
    article = only(path)
    assert article.published is None
    assert article.published_from is None
    assert any("publication date unknown" in warning for warning in article.warnings)


@pytest.mark.parametrize("value", ["2021-02-30", "09/01/2021", "3912-01-01", "last week"])
def test_an_impossible_date_is_refused_wherever_it_stands(tmp_path: Path, value: str) -> None:
    path = write(tmp_path, "ferry.txt", f"---\npublished: {value}\n---\n{BODY}")
    assert "ferry.txt: publication date" in reason(path)
    assert only(path, published="2021-01-09").published == "2021-01-09"
    with pytest.raises(ArticleError, match="publication date"):
        read_path(path, published=value)


def test_an_address_option_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="no http"):
        read_path(tmp_path, url="file:///etc/passwd")


# Encodings


@pytest.mark.parametrize(
    "data",
    [
        BODY.encode("utf-8"),
        codecs.BOM_UTF8 + BODY.encode("utf-8"),
        BODY.encode("utf-16"),
        codecs.BOM_UTF16_BE + BODY.encode("utf-16-be"),
        BODY.encode("utf-16-le"),
        BODY.encode("utf-32"),
        BODY.encode("cp1252"),
        BODY.replace("\n", "\r\n").encode("utf-8"),
        BODY.replace("\n", "\r").encode("utf-8"),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-be", "no mark", "utf-32", "cp1252", "crlf", "cr"],
)
def test_encodings_and_line_ends(data: bytes) -> None:
    assert read_bytes(data, "ferry.txt").text == BODY


def test_a_guessed_encoding_is_said() -> None:
    article = read_bytes(BODY.encode("cp1252"), "ferry.txt")
    assert any("Windows-1252" in warning for warning in article.warnings)


@given(
    st.lists(st.sampled_from("abc ZÉé’“”—£\n.,09"), min_size=1, max_size=300).map("".join),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_text_survives_every_unicode_encoding(text: str, encoding: str) -> None:
    if not text.strip():
        with pytest.raises(ArticleError, match="empty"):
            read_bytes(text.encode(encoding), "a.txt")
        return
    article = read_bytes(text.encode(encoding), "a.txt", force=True)
    assert article.text == text
    for part in article.story:
        assert text[part.start : part.end].strip() == text[part.start : part.end]


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=200))
def test_any_text_is_read_or_refused_in_one_sentence(text: str) -> None:
    try:
        article = read_text(text, "a.txt", force=True)
    except ArticleError as error:
        assert str(error).startswith("a.txt: ")
        return
    article.text.encode("utf-8")
    assert "\r" not in article.text
    assert len(article.text) == len(text.removeprefix("\ufeff").replace("\r\n", "\n")) or (
        text.startswith("---")
    )


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "a"]))
def test_any_bytes_are_read_or_refused_in_one_sentence(data: bytes, name: str) -> None:
    try:
        article = read_bytes(data, name, force=True)
    except ArticleError as error:
        assert str(error).startswith(f"{name}: ")
        return
    assert article.text.strip()


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b" \n\n\t ", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"---\ntitle: Ferry\n---\n", "no text"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x00\x01\x02\x03" * 500, "binary"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (gzip.compress(BODY.encode()), "gzip"),
        (codecs.BOM_UTF16_LE + b"a\x00b", "UTF-16"),
        ((BODY * 3).encode("utf-8").decode("cp1252", "replace").encode(), "wrong encoding"),
        ((BODY.replace("e", "\ufffd")).encode(), "wrong encoding"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, word: str) -> None:
    message = reason(write(tmp_path, "ferry.txt", data))
    assert message.startswith("ferry.txt: ")
    assert word in message
    assert "\n" not in message


def test_stray_control_characters_become_spaces() -> None:
    text = "A tidy line\x07 with a bell in it.\x1a"
    assert read_text(text, "bell").text == "A tidy line  with a bell in it. "


def test_half_a_character_is_refused() -> None:
    with pytest.raises(ArticleError, match="surrogate"):
        read_text("Half a pair: \ud83d", "pasted text")


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    assert "too many for one article" in reason(path)


def test_a_text_too_long_is_refused() -> None:
    with pytest.raises(ArticleError, match="more than one article"):
        read_text("The ferry ran aground. " * 250_000, "long")


# Languages


def test_another_language_is_named_and_refused() -> None:
    with pytest.raises(
        ArticleError, match=r"fähre\.txt: the article is written in German.*--force"
    ):
        read_text(GERMAN, "fähre.txt")


def test_another_language_is_read_when_forced() -> None:
    article = read_text(GERMAN, "fähre.txt", force=True)
    assert article.language == "de"
    assert any("German" in warning for warning in article.warnings)


def test_a_short_text_is_not_refused() -> None:
    assert read_text("Google entfernt Parler", "short").language is None


# Pages

HTML = """<!DOCTYPE html>
<html lang="en"><head><meta charset="{charset}"><title>{title} - The Harbour Courier</title>
{head}
<meta property="og:site_name" content="The Harbour Courier"><meta name="author" content="Ann Lee">
<link rel="canonical" href="https://harbour-courier.example/coast/ferry">
<script>document.title = "The captain was arrested";</script></head>
<body><nav><a href="/">Home</a> <a href="/coast">Coast</a></nav><p>Monday, 18 January 2021</p>
<article><h1>{title}</h1>{under}
<p>The ferry Aurelia ran aground off Port Hallam on <time datetime="2021-01-08">Friday</time>
night, the coastguard’s office said.</p>
<p>All 212 passengers were taken off, and nobody was hurt. The <em>café</em> on board had caught
fire &mdash; “a small one”, a steward said &mdash; and was out by midnight.</p>
<p>Investigators have asked the captain why she left the marked channel between the two
lighthouses, which every ship of that size has to keep to.</p>
</article>
<div class="related"><a href="/2019/03/03/x">Storm damages piers</a>
<time datetime="2019-03-03">3 March 2019</time></div>
<footer>© 2022 The Harbour Courier</footer></body></html>"""


def html(head: str = "", under: str = "", charset: str = "utf-8") -> str:
    return HTML.format(title=TITLE, head=head, under=under, charset=charset)


def test_a_page_gives_its_story_and_its_metadata(tmp_path: Path) -> None:
    head = '<meta property="article:published_time" content="2021-01-09T07:15:00+01:00">'
    article = only(write(tmp_path, "ferry.html", html(head, "<p>By Ann Lee</p>")))
    assert article.title == TITLE
    assert (article.published, article.published_from) == ("2021-01-09T07:15:00+01:00", "metadata")
    assert article.publisher == "The Harbour Courier"
    assert article.authors == ("Ann Lee",)
    assert article.url == "https://harbour-courier.example/coast/ferry"
    assert article.headline is not None
    assert article.text[article.headline.start : article.headline.end] == TITLE
    story = "".join(article.text[part.start : part.end] for part in article.story)
    assert (
        "ran aground off Port Hallam on Friday night, the coastguard’s office said.\n\nAll 212"
        in story
    )
    assert "The café on board had caught fire — “a small one”, a steward said" in story
    for foreign in ("arrested", "Storm damages", "Home", "2022", "By Ann Lee"):
        assert foreign not in story


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, '
        '{"@type": "NewsArticle", "datePublished": "2021-01-09"}]}</script>',
        '<script type="application/ld+json">{broken</script>'
        '<meta itemprop="datePublished" content="2021-01-09">',
        '<meta name="DC.date.issued" content="9 January 2021">',
        '<meta name="parsely-pub-date" content="2021-01-09">',
    ],
)
def test_a_page_declares_its_date(head: str) -> None:
    article = read_bytes(html(head).encode(), "ferry.html")
    assert (article.published, article.published_from) == ("2021-01-09", "metadata")


@pytest.mark.parametrize(
    "under",
    [
        '<span class="stamp">9 January 2021</span>',
        "<p>By Ann Lee | January 9, 2021</p>",
        '<div><time datetime="2021-01-09">Saturday</time></div>',
    ],
)
def test_a_date_under_the_heading_is_weaker(under: str) -> None:
    article = read_bytes(html(under=under).encode(), "ferry.html")
    assert (article.published, article.published_from) == ("2021-01-09", "text")


def test_dates_elsewhere_on_a_page_are_not_its_date() -> None:
    assert read_bytes(html().encode(), "ferry.html").published is None


def test_a_page_with_an_impossible_date_is_refused() -> None:
    head = '<meta property="article:published_time" content="2021-02-30">'
    with pytest.raises(ArticleError, match=r"ferry\.html: publication date"):
        read_bytes(html(head).encode(), "ferry.html")


def test_a_page_declares_its_encoding() -> None:
    article = read_bytes(html(charset="windows-1252").encode("cp1252"), "ferry.html")
    assert "coastguard’s" in article.text
    assert article.warnings == read_bytes(html().encode(), "ferry.html").warnings


def test_a_page_is_known_by_its_content() -> None:
    assert read_bytes(html().encode(), "download").title == TITLE


def test_a_page_without_a_story_is_refused() -> None:
    with pytest.raises(ArticleError, match=r"empty\.html: the page has no article text"):
        read_bytes(b"<html><head><title>Log in</title></head><body></body></html>", "empty.html")


def test_external_entities_are_not_resolved(tmp_path: Path) -> None:
    secret = write(tmp_path, "secret", "the secret of the harbour")
    page = html().replace(
        "<!DOCTYPE html>", f'<!DOCTYPE html [<!ENTITY leak SYSTEM "{secret.as_uri()}">]>'
    )
    page = page.replace("Investigators", "&leak; Investigators")
    assert "secret of the harbour" not in read_bytes(page.encode(), "ferry.xhtml").text


def test_deeply_nested_pages_end_in_a_message_or_an_article() -> None:
    page = html().replace("<article>", "<div>" * 20_000 + "<article>")
    try:
        assert "Aurelia" in read_bytes(page.encode(), "deep.html").text
    except ArticleError as error:
        assert str(error).startswith("deep.html: ")


def test_a_page_of_too_many_elements_is_refused() -> None:
    page = html().replace("<article>", "<article>" + "<i>x</i>" * 120_000)
    with pytest.raises(ArticleError, match="too many for one page"):
        read_bytes(page.encode(), "huge.html")


# Folders


def test_a_folder_is_read_in_order_and_one_bad_file_stops_no_other(tmp_path: Path) -> None:
    write(tmp_path, "b/2.txt", BODY)
    write(tmp_path, "a.txt", BODY)
    write(tmp_path, "c.html", html())
    write(tmp_path, "b/1.txt", b"")
    write(tmp_path, "notes.json", "{}")
    write(tmp_path, ".hidden/x.txt", BODY)
    write(tmp_path, "b/.y.txt", BODY)
    items = list(read_path(tmp_path, published="2021-01-09", publisher="Courier"))
    kinds = [item.name if isinstance(item, ArticleFailure) else item.title for item in items]
    assert kinds == [None, "b/1.txt", None, TITLE]
    assert {item.publisher for item in items if isinstance(item, Article)} == {"Courier"}


def test_a_folder_without_articles_is_said(tmp_path: Path) -> None:
    write(tmp_path, "picture.png", b"\x89PNG")
    assert "holds no articles" in reason(tmp_path)


def test_a_path_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert "No such file" in reason(tmp_path / "gone.txt")


def test_a_title_is_not_that_of_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="not of a folder"):
        read_path(tmp_path, title=TITLE)


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", BODY)
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert len(list(read_path(tmp_path))) == 1


def test_a_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "no regular file" in reason(tmp_path / "pipe.txt")


def test_the_same_file_gives_the_same_article(tmp_path: Path) -> None:
    path = write(tmp_path, "ferry.txt", FRONT + BODY)
    assert only(path) == only(path)
