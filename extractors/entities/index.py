"""Which entity a stretch of text speaks of: the lookup that other readers of a Doc use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Span

from extractors.extraction import Entity


class EntityIndex:
    """The entities of one Doc, by token and by noun phrase.

    A noun phrase speaks of an entity when its head does: "President Trump" of Trump, "the
    company" of what it was resolved to; "Trump's accounts" and "Amazon's spokesman" of nobody
    named.
    """

    def __init__(self, doc: Doc, entities: Sequence[Entity]) -> None:
        self._doc = doc
        self._phrases: dict[tuple[int, int], tuple[str, ...]] = {}
        self._owners: list[tuple[str, ...]] = [()] * len(doc)
        lengths = [len(doc) + 1] * len(doc)
        for entity in entities:
            for mention in entity.mentions:
                span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
                if span is None:
                    continue
                key = (mention.start, mention.end)
                self._phrases[key] = (*self._phrases.get(key, ()), entity.id)
                for i in range(span.start, span.end):
                    # The shortest mention wins: in "Parler's chief executive" Parler is Parler.
                    if len(span) < lengths[i]:
                        lengths[i] = len(span)
                        self._owners[i] = (entity.id,)
                    elif len(span) == lengths[i] and entity.id not in self._owners[i]:
                        self._owners[i] = (*self._owners[i], entity.id)

    def of_token(self, token: int) -> str | None:
        """The entity that the word speaks of; None for none or for several."""
        owners = self._owners[token]
        return owners[0] if len(owners) == 1 else None

    def all_of_token(self, token: int) -> tuple[str, ...]:
        """All entities that the word speaks of: several for "they" of "Google and Apple"."""
        return self._owners[token]

    def entity_at(self, start: int, end: int) -> str | None:
        """The entity of the noun phrase ``text[start:end]`` (characters), None if not one."""
        found = self.entities_at(start, end)
        return found[0] if len(found) == 1 else None

    def entities_at(self, start: int, end: int) -> tuple[str, ...]:
        """The entities of the noun phrase ``text[start:end]`` (characters), by its head."""
        found = self._phrases.get((start, end))
        if found is None:
            span = self._doc.char_span(start, end, alignment_mode="expand")
            found = self._owners[_head(span)] if span is not None and len(span) else ()
            self._phrases[start, end] = found
        return found

    def tokens_of(self, ids: Iterable[str]) -> list[int]:
        """The tokens that speak of any of these entities, in order."""
        wanted = set(ids)
        return [i for i, owners in enumerate(self._owners) if wanted.intersection(owners)]


def _head(span: Span) -> int:
    """The head token of a noun phrase, past line breaks and punctuation at its ends."""
    root = span.root
    if root.is_space or root.is_punct:
        words = [t for t in span if not (t.is_space or t.is_punct)]
        return words[-1].i if words else root.i
    return int(root.i)
