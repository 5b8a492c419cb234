"""What an event's participants are called, and which of them are entities.

Arguments are words of the parse; this turns them into the roles of the record: a pronoun
becomes what it takes up, and what "and" joins without names becomes one participant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Token

from extractors.attribution.attributing import Attribution
from extractors.extraction import Mention, Role
from extractors.findings import Findings
from extractors.grammar import noun_phrase, text_span
from extractors.roles import Argument


class Participants:
    """The participants of one article, by the words that speak of them."""

    def __init__(self, found: Findings) -> None:
        self._found = found
        self._names = {entity.id: entity.name for entity in found.entities}
        self._read: dict[tuple[int, int], tuple[str, ...]] = {}

    def name(self, token: Token) -> str | None:
        """The canonical name of what a token speaks of; several names joined.

        A pronoun that speaks of something unnamed gives the words for it.
        """
        names = [self._names[one] for one in self._found.index.all_of_token(token.i)]
        noun = None if names else self._noun_behind(token.i)
        if noun is not None:
            start, end = noun_phrase(noun, self._found.time_tokens)
            return self._found.parse[start:end].text
        return " and ".join(names) or None

    def entity(self, span: Mention | None) -> str | None:
        """The entity of a noun phrase, the first of several."""
        found = self._found.index.entities_at(span.start, span.end) if span else ()
        return found[0] if found else None

    def speaker(self, said: Attribution) -> str | None:
        """Who says so: the innermost source that is an entity."""
        return next((e for span in said.sources if (e := self.entity(span)) is not None), None)

    def roles(self, arguments: Iterable[Argument], events: Mapping[int, str]) -> Iterator[Role]:
        """The roles that arguments fill: one for each entity that "they" and the like speak of.

        `events` are the ids of events by the token of their trigger. A participant fills a role
        once, though two phrases of the sentence speak of it.
        """
        seen: set[tuple[str, str]] = set()
        for argument in self._joint(map(self._antecedent, arguments), events):
            start, end = text_span(self._found.parse, *argument.whole)
            pronoun = self._pronoun(argument)
            for entity in self._entities(argument) or (None,):
                if entity is None:
                    event = events.get(argument.head)
                    yield Role(
                        argument.role, None, start, end, event, self._words(argument), pronoun
                    )
                elif (argument.role, entity) not in seen:
                    seen.add((argument.role, entity))
                    yield Role(argument.role, entity, start, end, pronoun=pronoun)

    def _entities(self, argument: Argument) -> tuple[str, ...]:
        place = argument.start, argument.end
        if place not in self._read:
            span = text_span(self._found.parse, *place)
            self._read[place] = self._found.index.entities_at(*span)
        return self._read[place]

    def _noun_behind(self, token: int) -> Token | None:
        """The noun that a pronoun takes up where that names no entity."""
        reading = self._found.reading
        noun = reading.noun_behind(token) if reading is not None else None
        return None if noun is None else self._found.parse[noun]

    def _antecedent(self, argument: Argument) -> Argument:
        """The argument with the noun phrase that its pronoun takes up, where that is unnamed."""
        noun = self._noun_behind(argument.head)
        if noun is None or self._entities(argument):
            return argument
        start, end = noun_phrase(noun, self._found.time_tokens)
        return replace(argument, start=start, end=end, whole=(start, end), pronoun=argument.head)

    def _joint(
        self, arguments: Iterable[Argument], events: Mapping[int, str]
    ) -> Iterator[Argument]:
        """Unnamed participants that "and" or "or" joins made one: "fines and bans".

        Named ones stay apart, each an entity of its own, and so do events.
        """
        kept: list[Argument] = []
        place: dict[int, int] = {}
        for argument in arguments:
            if argument.head in events or self._entities(argument):
                kept.append(argument)
                continue
            head = self._found.parse[argument.head]
            before = place.get(head.head.i) if head.dep_ == "conj" else None
            if before is not None and kept[before].role == argument.role:
                kept[before] = _union(kept[before], argument)
                place[argument.head] = before
            else:
                place[argument.head] = len(kept)
                kept.append(argument)
        yield from kept

    def _words(self, argument: Argument) -> str | None:
        """What to call an unnamed participant where its span says more."""
        if argument.whole == (argument.start, argument.end):
            return None
        start, end = text_span(self._found.parse, argument.start, argument.end)
        return self._found.article.text[start:end]

    def _pronoun(self, argument: Argument) -> Mention | None:
        if argument.pronoun is None:
            return None
        token = self._found.parse[argument.pronoun]
        return Mention(token.idx, token.idx + len(token.text))


def _union(first: Argument, second: Argument) -> Argument:
    """The first argument, spanning both."""
    start, end = min(first.start, second.start), max(first.end, second.end)
    whole = min(start, first.whole[0]), max(first.whole[1], second.whole[1])
    return replace(first, start=start, end=end, whole=whole)
