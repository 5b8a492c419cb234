"""Where an article names something: the spans of proper names, before anyone asks what they are.

The model's named entities are the ground; their limits are repaired (determiners and possessives
trimmed, "Boeing" + "787" joined), and names that the model missed are found by their shape.
Headlines in title case or capitals are read last, with the names of the body in hand, since
there the letters tell nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from extractors.entities.name_shapes import (
    MAX_TITLE,
    MODEL,
    begins_longer_name,
    is_unit,
    is_year,
    name_key,
    take,
    titled_tokens,
)
from extractors.entities.name_spans import (
    Piece,
    extended,
    joined,
    rejoined,
    trimmed,
    unlabelled,
    worth_keeping,
)
from extractors.entities.types import NAMED
from extractors.extraction import Mention


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name in the text: tokens [start, end), the token that heads it, its text.

    `label` is the model's label in our types, None where the model saw no name. `titled` says
    that it stands in a headline in title case or capitals. `bracketed` names stand in brackets,
    `headline` names in the text's first line when it is no sentence.
    """

    start: int
    end: int
    head: int
    text: str
    label: str | None
    titled: bool = False
    bracketed: bool = False
    headline: bool = False

    @property
    def key(self) -> str:
        """What two names must share to be one: case, dots and white space aside."""
        return name_key(self.text)


def find_names(doc: Doc, story: Sequence[Mention] = ()) -> list[Name]:
    """The proper names in the story, in order, none overlapping.

    `story` are stretches of characters; none means the whole text.
    """
    told = story_mask(doc, story)
    titled = titled_tokens(doc)
    taken = [False] * len(doc)
    spans: list[Piece] = []
    for entity in doc.ents:
        if entity.label_ in NAMED:
            spans += trimmed(doc, entity)
        if entity.label_ not in NAMED or entity.label_ == "NORP":
            take(taken, entity.start, entity.end)
    spans = joined(doc, [span for span in spans if not is_unit(doc, *span)])
    for start, end, _ in spans:
        take(taken, start, end)
    spans = [extended(doc, span, taken, titled) for span in spans]
    spans += unlabelled(doc, taken, titled)
    spans = [span for span in sorted(spans, key=lambda s: s[0]) if told[span[0]]]
    spans = worth_keeping(doc, rejoined(doc, spans))
    body = [_name(doc, *span) for span in spans if not titled[span[0]]]
    known = {name.key for name in body}
    surnames = {n.key.rsplit(" ", 1)[-1] for n in body if n.label == "PERSON" and " " in n.key}
    common = {t.lower_ for t in doc if t.is_lower and len(t.text) > 3} if any(titled) else set()
    heads = [_name(doc, *span, titled=True) for span in spans if titled[span[0]]]
    body += [piece for name in heads for piece in _split_title(doc, name, known, common)]
    body += _again(doc, known | surnames | _model_numbers(known), body, told, titled)
    opening = _headline_end(doc)
    found = (replace(n, headline=True) if n.end <= opening else n for n in body)
    return sorted(found, key=lambda name: name.start)


def _headline_end(doc: Doc) -> int:
    """The token that ends a first line without a full stop; 0 when the text opens otherwise."""
    for token in doc[:MAX_TITLE]:
        if token.is_space and "\n" in token.text and token.i:
            return 0 if doc[token.i - 1].text in (".", "!", '"') else int(token.i)
    return 0


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
    numbers = {n for n in numbers if MODEL.fullmatch(n) and len(n) > 2 and not is_year(n)}
    return numbers | {f"{n}s" for n in numbers}


def _again(
    doc: Doc, keys: Iterable[str], found: Iterable[Name], told: list[bool], titled: list[bool]
) -> list[Name]:
    """Further places of names already known, where the model saw none ("a pro-Trump mob")."""
    taken = [False] * len(doc)
    for name in found:
        take(taken, name.start, name.end)
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
        if (
            taken[token.i]
            or not told[token.i]
            or not (text[0].isupper() or text[0].isdigit() or titled[token.i])
        ):
            continue
        for words in by_first.get(text.replace(".", "").casefold(), ()):
            end = token.i + len(words)
            if end <= len(doc) and not any(taken[token.i : end]) and _spells(doc, token.i, words):
                if len(words) == 1 and begins_longer_name(token):
                    continue
                again.append(_name(doc, token.i, end, None, titled=titled[token.i]))
                take(taken, token.i, end)
                break
    return again


def _spells(doc: Doc, start: int, words: list[str]) -> bool:
    return all(
        doc[start + n].text.replace(".", "").casefold() == word for n, word in enumerate(words)
    )


def _name(doc: Doc, start: int, end: int, label: str | None, titled: bool = False) -> Name:
    span = doc[start:end]
    bracketed = start > 0 and doc[start - 1].text in ("(", "[")
    return Name(start, end, span.root.i, span.text, label, titled, bracketed)


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
