"""What the letters and the place of a word tell: whether it may belong to a proper name."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Span, Token

from extractors.entities.types import NOUN_TYPES, PLACES, TITLES

_CALENDAR = frozenset(
    (
        "monday tuesday wednesday thursday friday saturday sunday january february march "
        "april may june july august september october november december mon tue tues wed "
        "thu thurs fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec am pm gmt "
        "utc est edt pst pdt cet bst"
    ).split()
)
#: A model number: "787", "A380", "KC-45", "777-200LR".
MODEL = re.compile(r"(?=.*\d)[A-Za-z]{0,5}-?\d{1,4}[A-Za-z]{0,3}(-\d{1,4}[A-Za-z]{0,3})?")
#: A designation that names by itself, as no quantity does: "A380", "F-16", "777-200LR".
DESIGNATION = re.compile(r"[A-Z]{1,4}-?\d{2,4}[A-Za-z]{0,3}|\d{3}-\d{2,4}[A-Z]{1,3}")
#: A brand with a capital inside: "iPhone", "eBay".
INNER_CAPITAL = re.compile(r"[a-z]{1,2}[A-Z]\w+")
PROPER = ("NNP", "NNPS")
_WORDY = ("NNP", "NNPS", "NN", "NNS", "JJ", "VBP", "VB", "VBZ", "VBG", "VBN")
_OPENERS = frozenset({'"', "'", "``", "`", "(", ":", "-", "--", "–", "—", "_", "•", "*"})
#: The places in a clause that names fill.
ARGUMENT = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "dative", "appos", "conj", "poss"})
MAX_TITLE = 40


def name_key(text: str) -> str:
    """The form of a name for comparing.

    >>> name_key("U.S."), name_key("Fox  News")
    ('us', 'fox news')
    """
    return " ".join(text.replace(".", "").casefold().split())


def is_year(text: str) -> bool:
    """Whether a number reads as a year, and so as no model's number."""
    return text.isdigit() and len(text) == 4 and text[:2] in ("18", "19", "20")


def is_office(word: str) -> bool:
    """Whether a capitalised word is a title or an office, which names nobody by itself."""
    return word.replace(".", "") in TITLES or NOUN_TYPES.get(word) == "PERSON"


def may_name(token: Token) -> bool:
    """Whether a word is written as names are: a capital, no weekday, month or function word."""
    text = token.text
    if DESIGNATION.fullmatch(text):
        return True
    if len(text) < 2 or not text[0].isalpha() or token.lower_ in _CALENDAR:
        return False
    if INNER_CAPITAL.match(text):
        return True
    return text[0].isupper() and token.tag_ in _WORDY and not token.is_stop


def continues_name(token: Token) -> bool:
    """Whether a word, beside a name, is tagged and written as a part of it."""
    return token.tag_ in PROPER and may_name(token) and not is_office(token.lower_)


def belongs(token: Token, beside: Token) -> bool:
    """Whether a word goes on with the name that its neighbour is part of."""
    if token.is_upper and beside.is_upper and token.is_alpha and min(len(token), len(beside)) > 3:
        return True
    left, right = sorted((token, beside), key=lambda t: t.i)
    tied = left.dep_ == "compound" and left.head.i == right.i
    return tied and continues_name(token)


def opens(token: Token) -> bool:
    """Whether a word opens a sentence or a quotation, where capitals tell nothing."""
    before = token.doc[token.i - 1].text if token.i else "\n"
    return bool(token.is_sent_start) or before.isspace() or before in _OPENERS


def looks_named(token: Token) -> bool:
    """Whether a capitalised word is a name by its letters, or fills a role as names do."""
    if INNER_CAPITAL.match(token.text) or DESIGNATION.fullmatch(token.text):
        return True
    if token.tag_ not in PROPER or token.dep_ not in ARGUMENT:
        return False
    # At the start of a sentence only a subject that is no known noun passes.
    return not opens(token) or (token.tag_ == "NNP" and token.lower_ not in NOUN_TYPES)


def is_unit(doc: Doc, start: int, end: int, label: str | None) -> bool:
    """Whether a short name is a unit or a time zone after its number: "4 GB", "18:00 UTC"."""
    word = doc[start]
    if end - start > 1:
        return False
    if word.lower_ in _CALENDAR or is_office(word.lower_.replace(".", "")):
        return True
    after_number = start > 0 and doc[start - 1].text[-1].isdigit()
    return label in PLACES and (
        word.text[0].isdigit() or (after_number and word.is_upper and len(word) < 4)
    )


def is_portfolio(doc: Doc, i: int) -> bool:
    """Whether a word belongs to an office: "Secretary of State", "Minister of Finance"."""
    return (
        i > 1
        and doc[i - 1].lower_ == "of"
        and doc[i - 2].lower_ in ("secretary", "minister")
        and not doc[i].is_upper
    )


def stands_for_people(doc: Doc, token: Token) -> bool:
    """Whether a nationality or party stands for its people ("Democrats", "the Irish"): not as
    an adjective, nor for somebody unnamed ("an American")."""
    if token.tag_ in ("NNPS", "NNS"):
        return True
    the = token.i > 0 and doc[token.i - 1].lower_ == "the"
    return the and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")


def names_alone(doc: Doc, token: Token) -> bool:
    """Whether what the model took for a nationality is some other name ("the Dreamliner")."""
    article = token.i > 0 and doc[token.i - 1].lower_ in ("a", "an", "another")
    return token.tag_ == "NNP" and token.dep_ in ARGUMENT - {"conj", "appos"} and not article


def begins_longer_name(token: Token) -> bool:
    """Whether a capitalised neighbour makes a longer name of it, which is another's."""
    after = token.nbor() if token.i + 1 < len(token.doc) else None
    return (
        after is not None
        and after.tag_ in PROPER
        and token.dep_ == "compound"
        and token.head.i > token.i
        and token.head.tag_ in PROPER
    )


def titled_tokens(doc: Doc) -> list[bool]:
    """For each token, whether its sentence is set in title case or capitals."""
    mask = [False] * len(doc)
    for sentence in doc.sents:
        if len(sentence) > MAX_TITLE:
            continue
        words = [t for t in sentence if t.is_alpha and len(t.text) > 3]
        upper = sum(t.text[0].isupper() for t in words)
        verbal = any(t.pos_ in ("VERB", "AUX") or t.text.isupper() for t in words)
        enough = len(words) >= (4 if verbal or sentence.start == 0 else 6)
        if enough and upper >= 0.8 * len(words) and _ends_bare(sentence):
            take(mask, sentence.start, sentence.end)
    return mask


def _ends_bare(sentence: Span) -> bool:
    """Whether a sentence ends without a full stop, as headlines do."""
    i = sentence.end - 1
    while i > sentence.start and sentence.doc[i].is_space:
        i -= 1
    return sentence.doc[i].text not in (".", "!", '"')


def take(taken: list[bool], start: int, end: int) -> None:
    """Mark the tokens [start, end)."""
    for i in range(start, end):
        taken[i] = True
