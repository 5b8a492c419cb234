"""The parse of an article as plain Python objects, which rules walk several times as fast.

spaCy makes a new Token each time that one is asked for, and looks its strings up anew; a rule
that asks each child of each verb for its label pays for that alone. `snapshot` reads a parsed
Doc once into words that know their heads, children and strings. It has the interface of spaCy's
Doc, Token and Span as far as the rules use it; what is rare is asked of spaCy's own objects.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property, wraps
from typing import Any, TypeVar, cast, overload

from spacy.tokens import Doc, Span, Token

STRINGS = ("ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE")
NUMBERS = ("HEAD", "IDX", "SPACY", "IS_SPACE", "IS_PUNCT")
SIGNED = 1 << 63

T = TypeVar("T")


def snapshot(doc: Doc) -> Doc:
    """A Doc for rules to read: what is changed in `doc` afterwards is not seen in it.

    >>> words = snapshot(nlp("The company closed its ferry line."))  # doctest: +SKIP
    >>> [child.text for child in words[2].children]  # doctest: +SKIP
    ['company', 'line', '.']
    """
    # To the type checker it is a Doc, so that rules can be tried on either.
    return cast(Doc, Words(doc))


def once(rule: Callable[[Token], T]) -> Callable[[Token], T]:
    """A rule that depends on the parse alone, asked once for each word of a snapshot.

    What it gives is shared by all who ask, and must not be changed.
    """

    @wraps(rule)
    def answer(word: Any) -> T:
        if not isinstance(word, Word):
            return rule(word)
        known: dict[int, T] = word.doc.answers[rule]
        if word.i not in known:
            known[word.i] = rule(cast(Token, word))
        return known[word.i]

    return answer


class Word:
    """A token; `children`, `lefts` and `rights` are tuples in the order of the text."""

    __slots__ = (
        "children", "dep_", "doc", "ent_type_", "head", "i", "idx", "is_punct", "is_space",
        "lefts", "lemma_", "lower_", "pos_", "rights", "tag_", "text", "whitespace_",
    )  # fmt: skip

    def __init__(
        self,
        doc: Words,
        i: int,
        text: str,
        lower: str,
        lemma: str,
        pos: str,
        tag: str,
        dep: str,
        entity: str,
        idx: int,
        space: int,
        is_space: int,
        is_punct: int,
    ) -> None:
        self.doc = doc
        self.i = i
        self.text = text
        self.lower_ = lower
        self.lemma_ = lemma
        self.pos_ = pos
        self.tag_ = tag
        self.dep_ = dep
        self.ent_type_ = entity
        self.idx = idx
        self.whitespace_ = " " if space else ""
        self.is_space = is_space == 1
        self.is_punct = is_punct == 1
        self.head = self
        self.children: tuple[Word, ...] = ()
        self.lefts: tuple[Word, ...] = ()
        self.rights: tuple[Word, ...] = ()

    def __len__(self) -> int:
        return len(self.text)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text

    def __getattr__(self, name: str) -> Any:
        return getattr(self.token, name)

    @property
    def is_alpha(self) -> bool:
        """Whether it is all letters."""
        return self.text.isalpha()

    @property
    def is_upper(self) -> bool:
        """Whether all its letters are capitals."""
        return self.text.isupper()

    @property
    def is_lower(self) -> bool:
        """Whether all its letters are small."""
        return self.text.islower()

    @property
    def token(self) -> Token:
        """spaCy's own token."""
        return self.doc.source[self.i]

    @property
    def sent(self) -> Stretch:
        """The sentence that holds it."""
        return self.doc.sentence(self.i)

    @property
    def is_sent_start(self) -> bool:
        """Whether it opens a sentence."""
        return self.i in self.doc.openings

    @property
    def left_edge(self) -> Word:
        """The first word of what it governs."""
        return self if not self.lefts else self.doc.words[self.token.left_edge.i]

    @property
    def right_edge(self) -> Word:
        """The last word of what it governs."""
        return self if not self.rights else self.doc.words[self.token.right_edge.i]

    @property
    def ancestors(self) -> Iterator[Word]:
        """The words above it, nearest first."""
        word = self
        while word.head is not word:
            word = word.head
            yield word

    @property
    def subtree(self) -> Iterator[Word]:
        """It and all that it governs, in the order of the text."""
        # A stack, for a sentence of thousands of words nests deeper than Python calls can.
        waiting: list[tuple[Word, bool]] = [(self, False)]
        while waiting:
            word, is_open = waiting.pop()
            if is_open or not word.children:
                yield word
                continue
            waiting.extend((right, False) for right in reversed(word.rights))
            waiting.append((word, True))
            waiting.extend((left, False) for left in reversed(word.lefts))

    def nbor(self, distance: int = 1) -> Word:
        """The word so many places on; raises IndexError beyond the text."""
        place = self.i + distance
        if not 0 <= place < len(self.doc.words):
            raise IndexError(f"no word stands {distance} from word {self.i}")
        return self.doc.words[place]


class Words:
    """A Doc as words. `source` is spaCy's own."""

    def __init__(self, source: Doc) -> None:
        self.source = source
        strings = source.vocab.strings
        columns = source.to_array([*STRINGS, *NUMBERS]).T.tolist() if len(source) else [[]] * 12
        texts = {key: strings[key] for column in columns[:7] for key in set(column)}
        read = [[texts[key] for key in column] for column in columns[:7]]
        heads, self.starts = columns[7], cast(list[int], columns[8])
        self.words = [
            Word(self, i, *values)
            for i, values in enumerate(zip(*read, self.starts, *columns[9:], strict=True))
        ]
        self._connect(heads)
        self.answers: defaultdict[object, dict[int, Any]] = defaultdict(dict)

    def _connect(self, heads: list[int]) -> None:
        """Set heads and children from distances, which are unsigned in spaCy's arrays."""
        words = self.words
        lefts: dict[int, list[Word]] = {}
        rights: dict[int, list[Word]] = {}
        for i, distance in enumerate(heads):
            if distance:
                at = i + (distance if distance < SIGNED else distance - 2 * SIGNED)
                words[i].head = words[at]
                (lefts if i < at else rights).setdefault(at, []).append(words[i])
        for at, found in lefts.items():
            words[at].lefts = words[at].children = tuple(found)
        for at, found in rights.items():
            word = words[at]
            word.rights = tuple(found)
            word.children = word.lefts + word.rights

    @overload
    def __getitem__(self, place: int) -> Word: ...
    @overload
    def __getitem__(self, place: slice) -> Stretch: ...
    def __getitem__(self, place: int | slice) -> Word | Stretch:
        if not isinstance(place, slice):
            return self.words[place]
        start, end, _ = place.indices(len(self.words))
        return Stretch(self, start, max(start, end))

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.source, name)

    @cached_property
    def text(self) -> str:
        """The text that was parsed."""
        return "".join(word.text + word.whitespace_ for word in self.words)

    @cached_property
    def sents(self) -> tuple[Stretch, ...]:
        """The sentences."""
        return tuple(Stretch(self, s.start, s.end) for s in self.source.sents)

    @cached_property
    def ents(self) -> tuple[Stretch, ...]:
        """The model's named entities."""
        return tuple(Stretch(self, e.start, e.end, e.label_) for e in self.source.ents)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sents]

    @cached_property
    def openings(self) -> frozenset[int]:
        """The words that open a sentence."""
        return frozenset(self._sentence_starts)

    def close(self) -> None:
        """Let go of the words, which hold each other: memory is free without a collection.

        Each article would leave thousands of objects to the collector of cycles, whose walks
        through all that is loaded took a third of the time that the rules take.
        """
        for word in self.words:
            del word.head  # what is left are references downwards, which end
        self.__dict__ = {"source": self.source}

    def sentence(self, i: int) -> Stretch:
        """The sentence of a word."""
        return self.sents[bisect_right(self._sentence_starts, i) - 1]

    def char_span(self, start: int, end: int, alignment_mode: str = "strict") -> Stretch | None:
        """The words of ``text[start:end]``, as spaCy's method finds them."""
        if alignment_mode != "expand":
            found = self.source.char_span(start, end, alignment_mode=alignment_mode)
            return Stretch(self, found.start, found.end) if found is not None else None
        first, last = self._at(start), self._at(end - 1)
        if first is None or last is None:
            return None
        word = self.words[first]
        if start == word.idx + len(word.text):  # the space after a word is no part of it
            first += 1
        return Stretch(self, first, max(first, last + 1))

    def _at(self, offset: int) -> int | None:
        """The word that a character belongs to, or follows as a space."""
        place = bisect_right(self.starts, offset) - 1
        if place < 0:
            return None
        word = self.words[place]
        return place if offset < word.idx + len(word.text) + len(word.whitespace_) else None


class Stretch:
    """A Span: the words from `start` to `end`, exclusive."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Words, start: int, end: int, label: str = "") -> None:
        self.doc = doc
        self.start = start
        self.end = end
        self.label_ = label

    @overload
    def __getitem__(self, place: int) -> Word: ...
    @overload
    def __getitem__(self, place: slice) -> Stretch: ...
    def __getitem__(self, place: int | slice) -> Word | Stretch:
        if isinstance(place, slice):
            start, end, _ = place.indices(self.end - self.start)
            return Stretch(self.doc, self.start + start, self.start + max(start, end))
        size = self.end - self.start
        if not -size <= place < size:
            raise IndexError(f"no word {place} in {size} words")
        return self.doc.words[self.start + place if place >= 0 else self.end + place]

    def __iter__(self) -> Iterator[Word]:
        return iter(self.doc.words[self.start : self.end])

    def __len__(self) -> int:
        return self.end - self.start

    def __str__(self) -> str:
        return self.text

    def __getattr__(self, name: str) -> Any:
        return getattr(self.span, name)

    @property
    def span(self) -> Span:
        """spaCy's own span."""
        return Span(self.doc.source, self.start, self.end, label=self.label_)

    @property
    def text(self) -> str:
        """Its words, without the space after the last."""
        return self.doc.text[self.start_char : self.end_char] if self.end > self.start else ""

    @property
    def start_char(self) -> int:
        """Its first character."""
        return self.doc.words[self.start].idx

    @property
    def end_char(self) -> int:
        """The character after its last."""
        last = self.doc.words[self.end - 1]
        return last.idx + len(last.text)

    @property
    def sent(self) -> Stretch:
        """The sentence that it begins in."""
        return self.doc.sentence(self.start)

    @property
    def root(self) -> Word:
        """The word nearest to the root of its sentence, the first of several."""
        start, end = self.start, self.end
        above: list[Word] = []
        for word in self:
            head = word.head
            if head is word:
                return word
            if not start <= head.i < end:
                above.append(word)
        if len(above) > 1:
            return min(above, key=_depth)
        return above[0] if above else self.doc.words[start]


def _depth(word: Word) -> int:
    """How far a word is from the root; a mark or space that governs nothing is the farthest."""
    if not word.children and (word.is_space or word.is_punct):
        return len(word.doc)
    return sum(1 for _ in word.ancestors)
