"""Which language a story is written in.

The method is langid's naive Bayes over byte n-grams (Lui and Baldwin, "langid.py: An
Off-the-shelf Language Identification Tool", ACL 2012), held against a second sign, the share
of common English words: only when both speak against English is a text taken for foreign.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

NAMES = {
    "af": "Afrikaans", "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan",
    "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "eo": "Esperanto", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian",
    "fi": "Finnish", "fr": "French", "ga": "Irish", "gl": "Galician", "he": "Hebrew",
    "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian",
    "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "ko": "Korean",
    "la": "Latin", "lb": "Luxembourgish", "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian",
    "ms": "Malay", "mt": "Maltese", "nb": "Norwegian", "nl": "Dutch", "nn": "Norwegian",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish",
    "sw": "Swahili", "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian",
    "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
COMMON_WORDS = frozenset(
    """
    the of and to a in for is on that by this with i you it not or be are from at as your all have
    an was we will can us about if my has but our one do no they he up his who had were after over
    said its their than more she her been would when which there also into out last first new two
    """.split()
)
FEWEST_LETTERS = 100  # what is shorter can't be told surely
LONGEST_SAMPLE = 4000  # characters looked at
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@lru_cache(maxsize=1)
def _identifier() -> Any:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_name(code: str) -> str:
    """The English name of a language code: "de" is "German"."""
    return NAMES.get(code, f"the language {code!r}")


def identify(text: str) -> str | None:
    """The ISO 639-1 code of the language, None for a text too short to tell.

    >>> identify("The service went dark on Monday after its host withdrew, the company said, "
    ...          "and it was not known when it would return to the web.")
    'en'
    >>> identify("Der Dienst ging am Montag vom Netz, nachdem der Betreiber seine Server "
    ...          "abgeschaltet hatte, und niemand weiß, wann er zurückkehrt.")
    'de'

    Names and quotations in other languages do not make an English text foreign.
    """
    sample = text[:LONGEST_SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    letters = sum(map(len, words))
    if not letters:
        return None
    latin = sum(c < "\u0250" for word in words for c in word) / letters
    # Another script is sign enough, and a few letters of it tell.
    foreign_script = latin < 0.5 and letters >= FEWEST_LETTERS // 10
    if not foreign_script and letters < FEWEST_LETTERS:
        return None
    code, probability = _identifier().classify(sample)
    if code == "en" or foreign_script:
        return str(code)
    share = sum(word in COMMON_WORDS for word in words) / len(words)
    if share >= 0.15:
        return "en"
    if probability >= 0.9 and share < 0.08:
        return str(code)
    return None
