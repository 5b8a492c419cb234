"""From bytes to characters: encodings told apart, and what is no text refused."""

from __future__ import annotations

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

from extractors.articles import ArticleError

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
)
AS_TEXT = "save the article as UTF-8 text (.txt) or as HTML"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_NEWLINE = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# UTF-8 read as Windows-1252: a lead byte as a letter, then a continuation byte as a sign.
_TRAILS = "".join(chr(n) for n in range(0x80, 0xC0)) + "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE = re.compile(rf"â[\x80€][{re.escape(_TRAILS)}]|[ÃÂ][{re.escape(_TRAILS)}]")
_FEW = 5  # damaged characters that are no reason to refuse a text, however short
_TYPOGRAPHIC = frozenset("‘’‚“”„†‡•…‰‹›€™ˆ˜–— ¡£¥¢§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿×÷")


def decode(data: bytes, name: str, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of a file, with line ends as ``\\n``, and warnings about what was guessed.

    A byte order mark decides, then UTF-8, then the encoding that the document itself
    `declared`, then Windows-1252 or what charset-normalizer finds. Raises ArticleError for
    what is empty, is no text, or shows that it was decoded wrongly before.
    """
    if not data.strip():
        raise ArticleError(f"{name}: the file is empty: there is no article in it")
    for signature, what in SIGNATURES:
        if data.startswith(signature):
            raise ArticleError(f"{name}: this is {what}, not text: {AS_TEXT}")
    text, warnings = _decoded(data, name, declared)
    text, more = check_text(text, name)
    return text, warnings + more


def check_text(text: str, name: str) -> tuple[str, tuple[str, ...]]:
    """The text with line ends as ``\\n`` and stray control characters as spaces; warnings.

    No offset moves but where ``\\r\\n`` becomes one character. Raises ArticleError for what
    is empty, holds half a character, or is no text.
    """
    text = _NEWLINE.sub("\n", text)
    if not text.strip("\ufeff \t\n"):
        raise ArticleError(f"{name}: the file is empty: there is no article in it")
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise ArticleError(f"{name}: the text holds half a surrogate pair, which is no character")
    controls = len(_CONTROL.findall(text))
    if controls > max(3, len(text) // 500):
        raise ArticleError(f"{name}: this is a binary file, not text: {AS_TEXT}")
    broken = text.count("\ufffd") + len(_MOJIBAKE.findall(text))
    if broken > max(_FEW, len(text) // 200):
        raise ArticleError(
            f"{name}: the text was damaged by a wrong encoding before it was saved "
            f"({broken} broken characters): save it again from the original as UTF-8"
        )
    warnings = (f"encoding: {broken} characters look damaged",) if broken else ()
    return _CONTROL.sub(" ", text).removeprefix("\ufeff"), warnings


def _decoded(data: bytes, name: str, declared: str | None) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), ()
            except UnicodeDecodeError as error:
                raise ArticleError(
                    f"{name}: the file starts as {encoding.upper()} and breaks at byte "
                    f"{error.start}: save it again as UTF-8"
                ) from error
    if b"\x00" in data:
        return _wide(data, name), ("encoding: no byte order mark; read as UTF-16",)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    if declared and (text := _try(data, declared)) is not None:
        return text, ()
    return _legacy(data, name)


def _try(data: bytes, encoding: str) -> str | None:
    # The WHATWG Encoding standard reads Latin-1 and ASCII labels as Windows-1252.
    label = encoding.strip().lower()
    if label in {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii"}:
        label = "cp1252"
    try:
        return data.decode(label)
    except (UnicodeDecodeError, LookupError):
        return None


def _wide(data: bytes, name: str) -> str:
    """UTF-16 without a mark: in Western text every other byte is zero."""
    sample = data[: 4096 - 4096 % 2]
    half = len(sample) / 2
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if (
            sample[offset::2].count(0) > half * 0.6
            and sample[1 - offset :: 2].count(0) < half * 0.1
        ):
            text = _try(data, encoding)
            if text is not None:
                return text
    raise ArticleError(f"{name}: this is a binary file, not text: {AS_TEXT}")


def _legacy(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Eight-bit text: Windows-1252 when that gives sound words, else the best guess."""
    western = _try(data, "cp1252")
    if western is not None and _is_sound(western):
        return western, ("encoding: not UTF-8; read as Windows-1252",)
    best = from_bytes(data).best()
    if best is not None and best.encoding != "utf_8":
        text = str(best)
        if _is_sound(text) or best.percent_coherence >= 30:
            return text, (f"encoding: not UTF-8; read as {best.encoding}, a guess",)
    raise ArticleError(f"{name}: the file is not UTF-8, and its encoding can't be told: {AS_TEXT}")


def _is_sound(text: str) -> bool:
    """Whether the characters beyond ASCII stand as they do in Western text.

    They are rare, and each is a sign of typography or money, or a letter within a word whose
    case fits its neighbours.
    """
    foreign = [n for n, c in enumerate(text) if c > "\x7f"]
    if len(foreign) > len(text) * 0.15:
        return False
    odd = sum(not _fits(text[n - 1 : n], text[n], text[n + 1 : n + 2]) for n in foreign)
    return odd <= len(foreign) * 0.1


def _fits(left: str, c: str, right: str) -> bool:
    """Whether a character beyond ASCII is a usual one between its neighbours."""
    if c in _TYPOGRAPHIC:
        return True
    if not c.isalpha() or "LATIN" not in unicodedata.name(c, ""):
        return False
    return (left.isalpha() or right.isalpha()) and not (c.isupper() and left.islower())
