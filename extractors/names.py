"""Where an article names something: the spans of proper names, before anyone asks what they are.

The model's named entities are the ground; their limits are repaired (determiners and possessives
trimmed, "Boeing" + "787" joined), and names that the model missed are found by their shape.
Headlines in title case or capitals are read last, with the names of the body in hand, since
there the letters tell nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from extractors.entity_types import NAMED, NOUN_TYPES, PLACES, TITLES
from extractors.extraction import Mention

_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december mon tue tues wed thu thurs fri sat sun "
    "jan feb mar apr jun jul aug sep sept oct nov dec am pm gmt utc est edt pst pdt cet bst".split()
)
_MODEL = re.compile(r"(?=.*\d)[A-Za-z]{0,5}-?\d{1,4}[A-Za-z]{0,3}(-\d{1,4}[A-Za-z]{0,3})?")
_INNER_CAPITAL = re.compile(r"[a-z]{1,2}[A-Z]\w+")
_PROPER = ("NNP", "NNPS")
_WORDY = ("NNP", "NNPS", "NN", "NNS", "JJ", "VBP", "VB", "VBZ", "VBG", "VBN")
_MAX_TITLE = 40


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name in the text: tokens [start, end), the token that heads it, its text.

    `label` is the model's label in our types, None where the model saw no name. `titled` says
    that it stands in a headline in title case or capitals. `bracketed` names stand in brackets.
    """

    start: int
    end: int
    head: int
    text: str
    label: str | None
    titled: bool = False
    bracketed: bool = False

    @property
    def key(self) -> str:
        """What two names must share to be one: case, dots and white space aside."""
        return name_key(self.text)


def name_key(text: str) -> str:
    """The form of a name for comparing.

    >>> name_key("U.S."), name_key("Fox  News")
    ('us', 'fox news')
    """
    return " ".join(text.replace(".", "").casefold().split())


def find_names(doc: Doc, story: Sequence[Mention] = ()) -> list[Name]:
    """The proper names in the story, in order, none overlapping.

    `story` are stretches of characters; none means the whole text.
    """
    told = story_mask(doc, story)
    titled = _titled_tokens(doc)
    taken = [False] * len(doc)
    spans: list[tuple[int, int, str | None]] = []
    for entity in doc.ents:
        if entity.label_ in NAMED:
            spans += _trimmed(doc, entity)
        if entity.label_ not in NAMED or entity.label_ == "NORP":
            _take(taken, entity.start, entity.end)
    spans = _joined(doc, [span for span in spans if not _is_unit(doc, *span)])
    for start, end, _ in spans:
        _take(taken, start, end)
    spans = [_extended(doc, span, taken, titled) for span in spans]
    spans += _unlabelled(doc, taken, titled)
    spans = [span for span in sorted(spans, key=lambda s: s[0]) if told[span[0]]]
    spans = _worth_keeping(doc, _rejoined(doc, spans))
    body = [_name(doc, *span) for span in spans if not titled[span[0]]]
    known = {name.key for name in body}
    surnames = {n.key.rsplit(" ", 1)[-1] for n in body if n.label == "PERSON" and " " in n.key}
    common = {t.lower_ for t in doc if t.is_lower and len(t.text) > 3} if any(titled) else set()
    heads = [_name(doc, *span, titled=True) for span in spans if titled[span[0]]]
    body += [piece for name in heads for piece in _split_title(doc, name, known, common)]
    body += _again(doc, known | surnames | _model_numbers(known), body, told, titled)
    return sorted(body, key=lambda name: name.start)


def story_mask(doc: Doc, story: Sequence[Mention]) -> list[bool]:
    """For each token, whether it lies in the story."""
    if not story:
        return [True] * len(doc)
    mask = [False] * len(doc)
    stretches = iter(sorted(story))
    stretch = next(stretches, None)
    for token in doc:
        while stretch and stretch.end <= token.idx:
            stretch = next(stretches, None)
        if stretch is None:
            break
        mask[token.i] = stretch.start <= token.idx
    return mask


def _model_numbers(keys: Iterable[str]) -> set[str]:
    """The numbers by which known products are called alone: "787" of "Boeing 787", and "787s"."""
    numbers = {key.rsplit(" ", 1)[-1] for key in keys if " " in key}
    numbers = {n for n in numbers if _MODEL.fullmatch(n) and len(n) > 2 and not _is_year(n)}
    return numbers | {f"{n}s" for n in numbers}


def _is_year(text: str) -> bool:
    return text.isdigit() and len(text) == 4 and text[:2] in ("18", "19", "20")


def _again(
    doc: Doc, keys: Iterable[str], found: Iterable[Name], told: list[bool], titled: list[bool]
) -> list[Name]:
    """Further places of names already known, where the model saw none ("a pro-Trump mob")."""
    taken = [False] * len(doc)
    for name in found:
        _take(taken, name.start, name.end)
    by_first: dict[str, list[list[str]]] = {}
    for key in keys:
        words = key.split()
        if len(key) > 2:
            by_first.setdefault(words[0], []).append(words)
    for choices in by_first.values():
        choices.sort(key=len, reverse=True)
    again = []
    for token in doc:
        text = token.text
        if taken[token.i] or not told[token.i] or not (
            text[0].isupper() or text[0].isdigit() or titled[token.i]
        ):
            continue
        for words in by_first.get(text.replace(".", "").casefold(), ()):
            end = token.i + len(words)
            if end <= len(doc) and not any(taken[token.i : end]) and _spells(doc, token.i, words):
                if len(words) == 1 and _part_of_name(token):
                    continue
                again.append(_name(doc, token.i, end, None, titled=titled[token.i]))
                _take(taken, token.i, end)
                break
    return again


def _spells(doc: Doc, start: int, words: list[str]) -> bool:
    return all(
        doc[start + n].text.replace(".", "").casefold() == word for n, word in enumerate(words)
    )


def _part_of_name(token: Token) -> bool:
    """Whether a capitalised neighbour makes a longer name of it, which is another's."""
    after = token.nbor() if token.i + 1 < len(token.doc) else None
    return (
        after is not None
        and after.tag_ in _PROPER
        and token.dep_ == "compound"
        and token.head.i > token.i
        and token.head.tag_ in _PROPER
    )


def _name(doc: Doc, start: int, end: int, label: str | None, titled: bool = False) -> Name:
    span = doc[start:end]
    bracketed = start > 0 and doc[start - 1].text in ("(", "[")
    return Name(start, end, span.root.i, span.text, label, titled, bracketed)


def _take(taken: list[bool], start: int, end: int) -> None:
    for i in range(start, end):
        taken[i] = True


def _titled_tokens(doc: Doc) -> list[bool]:
    """For each token, whether its sentence is set in title case or capitals."""
    mask = [False] * len(doc)
    for sentence in doc.sents:
        if len(sentence) > _MAX_TITLE:
            continue
        words = [t for t in sentence if t.is_alpha and len(t.text) > 3]
        upper = sum(t.text[0].isupper() for t in words)
        verbal = any(t.pos_ in ("VERB", "AUX") or t.text.isupper() for t in words)
        enough = len(words) >= (4 if verbal else 6)
        if enough and upper >= 0.8 * len(words) and _ends_bare(sentence):
            _take(mask, sentence.start, sentence.end)
    return mask


def _ends_bare(sentence: Span) -> bool:
    """Whether a sentence ends without a full stop, as headlines do."""
    i = sentence.end - 1
    while i > sentence.start and sentence.doc[i].is_space:
        i -= 1
    return sentence.doc[i].text not in (".", "!", '"')


def _is_unit(doc: Doc, start: int, end: int, label: str | None) -> bool:
    """Whether a short name is a unit or a time zone after its number: "4 GB", "18:00 UTC"."""
    word = doc[start]
    if end - start > 1:
        return False
    if word.lower_ in _CALENDAR or _is_office(word.lower_.replace(".", "")):
        return True
    after_number = start > 0 and doc[start - 1].text[-1].isdigit()
    return label in PLACES and (
        word.text[0].isdigit() or (after_number and word.is_upper and len(word) < 4)
    )


def _rejoined(
    doc: Doc, spans: list[tuple[int, int, str | None]]
) -> list[tuple[int, int, str | None]]:
    """Neighbours that stand elsewhere as one name, made one here too."""
    whole = {name_key(doc[a:b].text): label for a, b, label in spans if b - a > 1}
    out: list[tuple[int, int, str | None]] = []
    for start, end, label in spans:
        if out and out[-1][1] == start:
            joint = name_key(doc[out[-1][0] : end].text)
            if joint in whole:
                out[-1] = (out[-1][0], end, whole[joint])
                continue
        out.append((start, end, label))
    return out


def _worth_keeping(
    doc: Doc, spans: list[tuple[int, int, str | None]]
) -> list[tuple[int, int, str | None]]:
    """Without the single words which nothing but a capital letter calls a name: those that
    neither recur nor fill a role."""
    counts = Counter(doc[a:b].text for a, b, _ in spans)
    return [
        (a, b, label)
        for a, b, label in spans
        if label
        or b - a > 1
        or counts[doc[a].text] > 1
        or _INNER_CAPITAL.match(doc[a].text)
        or (doc[a].dep_ in _ARGUMENT and not doc[a].is_sent_start and doc[a].tag_ in _PROPER)
    ]


_ARGUMENT = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "dative", "appos", "conj", "poss"})


def _trimmed(doc: Doc, entity: Span) -> list[tuple[int, int, str | None]]:
    """A labelled entity without determiner, possessive, brackets or line breaks; none if empty."""
    start, end = entity.start, entity.end
    for i in range(start, end):
        if doc[i].is_space or doc[i].text in "()[]":
            if i - start >= 1:
                end = i
                break
            start = i + 1
    while start < end and (
        doc[start].tag_ in ("DT", "PRP$", "POS", "CC", "IN", "``", "''", ",", ":", ".", "-LRB-")
        or (doc[start].is_lower and not _INNER_CAPITAL.match(doc[start].text))
        or not doc[start].text[0].isalnum()
        or (end - start > 1 and doc[start].text[0].isdigit() and doc[start].text[-1].islower())
        or (end - start > 1 and doc[start].lower_ in ("first", "last") and doc[start].tag_ == "JJ")
        or (end - start > 1 and doc[start].lower_ in TITLES and entity.label_ != "ORG")
    ):
        start += 1
    while start < end and (
        doc[end - 1].tag_ in ("POS", "``", "''", ",", ":", "-RRB-", "HYPH", "IN", "CC", "DT")
        or doc[end - 1].text in ("'", "'s", "-", "(", ")", "_", "--", '"')
    ):
        end -= 1
    if start >= end or not any(c.isalpha() for c in doc[start:end].text):
        return []
    if entity.label_ == "NORP" and not _stands_for_people(doc, doc[start:end].root):
        return []
    if end - start == 1 and start > 1 and doc[start - 1].lower_ == "of":
        # "Secretary of State", "Minister of Finance": the office, not the department.
        if doc[start - 2].lower_ in ("secretary", "minister") and not doc[start].is_upper:
            return []
    if not any(t.text[0].isupper() or _INNER_CAPITAL.match(t.text) for t in doc[start:end]):
        return []
    return [(start, end, NAMED[entity.label_])]


def _stands_for_people(doc: Doc, token: Token) -> bool:
    """Whether a nationality or party stands for its people ("Democrats", "the Irish"): not as
    an adjective, nor for somebody unnamed ("an American")."""
    if token.tag_ in ("NNPS", "NNS"):
        return True
    the = token.i > 0 and doc[token.i - 1].lower_ == "the"
    return the and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")


def _joined(
    doc: Doc, spans: list[tuple[int, int, str | None]]
) -> list[tuple[int, int, str | None]]:
    """Names in pieces made whole: "Northrop" + "Grumman", "Boeing" + "787", "iPhone" + "4"."""
    out: list[tuple[int, int, str | None]] = []
    for start, end, label in spans:
        if out and out[-1][1] == start:
            before = out[-1]
            model = _MODEL.fullmatch(doc[start].text)
            if model or (label == before[2] and doc[before[1] - 1].head.i in range(start, end)):
                out[-1] = (before[0], end, "PRODUCT" if model else label)
                continue
        out.append((start, end, label))
    return [_with_model(doc, *span) for span in out]


def _with_model(
    doc: Doc, start: int, end: int, label: str | None
) -> tuple[int, int, str | None]:
    """A maker's or product's name together with the model number that follows it."""
    if start > 0 and label != "PERSON" and doc[end - 1].tag_ == "NNP":
        before = doc[start - 1]
        if _MODEL.fullmatch(before.text) and start <= before.head.i < end:
            if len(before.text) > 2 and not _is_year(before.text):
                return start - 1, end, "PRODUCT"
    if end >= len(doc) or label in ("PERSON", "GPE", "LOC", "GROUP") or doc[end].is_space:
        return start, end, label
    number = doc[end]
    if not _MODEL.fullmatch(number.text) or _is_year(number.text):
        return start, end, label
    tied = start <= number.head.i < end or doc[end - 1].head.i == number.i
    plain = number.text.isdigit()
    followed = end + 1 < len(doc) and doc[end + 1].tag_ in ("NNS", "CD") and plain
    if (tied or not plain) and not followed:
        return start, end + 1, "PRODUCT"
    return start, end, label


def _extended(
    doc: Doc, span: tuple[int, int, str | None], taken: list[bool], titled: list[bool]
) -> tuple[int, int, str | None]:
    """A name with the capitalised words that the parse ties to it, where the model cut short."""
    start, end, label = span
    if titled[start] or label == "GROUP":
        return span
    while start > 0 and not taken[start - 1] and _belongs(doc[start - 1], doc[start]):
        start -= 1
    while end < len(doc) and not taken[end] and _belongs(doc[end], doc[end - 1]):
        end += 1
    _take(taken, start, end)
    return start, end, label


def _belongs(token: Token, beside: Token) -> bool:
    """Whether a word goes on with the name that its neighbour is part of."""
    if token.is_upper and beside.is_upper and token.is_alpha and min(len(token), len(beside)) > 3:
        return True
    left, right = sorted((token, beside), key=lambda t: t.i)
    tied = left.dep_ == "compound" and left.head.i == right.i
    return tied and _continues(token)


def _continues(token: Token) -> bool:
    return token.tag_ in _PROPER and _may_name(token) and not _is_office(token.lower_)


def _unlabelled(
    doc: Doc, taken: list[bool], titled: list[bool]
) -> list[tuple[int, int, str | None]]:
    """Runs of capitalised words which the model left out; the first word of a sentence only
    when it is tagged a name."""
    runs: list[tuple[int, int, str | None]] = []
    i, size = 0, len(doc)
    while i < size:
        if taken[i] or titled[i] or not _may_name(doc[i]):
            i += 1
            continue
        end = i + 1
        while end < size and not taken[end] and not doc[end].is_sent_start:
            joint = doc[end].lower_ == "of" and end + 1 < size and not taken[end + 1]
            if not _may_name(doc[end]) and not (joint and _continues(doc[end + 1])):
                break
            end += 1
        start = i
        i = end
        if doc[start].is_sent_start and doc[start].tag_ not in _PROPER:
            start += 1
        while start < end and (
            doc[start].lower_ in TITLES or doc[start].text.endswith("-") or doc[start].tag_ == "JJ"
            and end - start == 1
        ):
            start += 1
        if start == end or _is_office(doc[end - 1].lower_):
            continue
        proper = any(doc[k].tag_ in _PROPER for k in range(start, end))
        if proper or any(_INNER_CAPITAL.match(doc[k].text) for k in range(start, end)):
            runs.append(_with_model(doc, start, end, None))
    return runs


def _is_office(word: str) -> bool:
    """Whether a capitalised word is a title or an office, which names nobody by itself."""
    return word in TITLES or NOUN_TYPES.get(word) == "PERSON"


def _may_name(token: Token) -> bool:
    text = token.text
    if len(text) < 2 or not text[0].isalpha() or token.lower_ in _CALENDAR:
        return False
    if _INNER_CAPITAL.match(text):
        return True
    return text[0].isupper() and token.tag_ in _WORDY and not token.is_stop


def _split_title(doc: Doc, name: Name, known: set[str], common: set[str]) -> list[Name]:
    """A name in a title-cased headline, cut down to the names that the body knows inside it;
    none at all when the body uses its words as common ones."""
    if name.key in known:
        return [name]
    pieces: list[Name] = []
    start = name.start
    while start < name.end:
        for end in range(name.end, start, -1):
            if name_key(doc[start:end].text) in known:
                pieces.append(_name(doc, start, end, name.label, titled=True))
                start = end
                break
        else:
            start += 1
    if pieces:
        return pieces
    words = {t.lower_ for t in doc[name.start : name.end]}
    return [] if words & common and name.label not in ("PERSON", "GPE") else [name]
