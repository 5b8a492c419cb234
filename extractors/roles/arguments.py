"""The arguments of every action of an article: their roles, heads and spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extractors.actions.finding import Action
from extractors.actions.lexicon import Lexicon
from extractors.extraction import RoleName
from extractors.grammar import NOMINAL, full_extent, noun_phrase, relative_pronouns
from extractors.roles.denotations import Denotations
from extractors.roles.nouns import noun_arguments
from extractors.roles.verbs import verb_arguments

TIME_TYPES = frozenset({"DATE", "TIME"})


@dataclass(frozen=True, slots=True)
class Argument:
    """A participant of an action: its role, its head token and its span of tokens [start, end).

    `whole` is the span with the appositions and participles that describe the head, `pronoun`
    the pronoun that speaks of it within the action's own clause.
    """

    role: RoleName
    head: int
    start: int
    end: int
    whole: tuple[int, int]
    pronoun: int | None = None


def find_arguments(
    doc: Doc,
    actions: Iterable[Action],
    lexicon: Lexicon,
    entity_types: Mapping[int, str] | None = None,
    times: frozenset[int] = frozenset(),
) -> dict[int, tuple[Argument, ...]]:
    """The arguments of each action, by the action's trigger token.

    `entity_types` tells places from other objects of prepositions; `times` are the tokens of
    time expressions, which fill no other role.
    """
    actions = tuple(actions)
    denotations = Denotations(
        lexicon, entity_types or {}, {action.token: action.type for action in actions}
    )
    found: dict[int, tuple[Argument, ...]] = {}
    for action in actions:
        token = doc[action.token]
        pairs = (
            verb_arguments(token, action, denotations)
            if action.kind == "verb"
            else noun_arguments(token, denotations)
        )
        found[action.token] = tuple(_arguments(token, pairs, times))
    return found


def _arguments(
    trigger: Token, pairs: Iterable[tuple[RoleName, Token]], times: frozenset[int]
) -> Iterator[Argument]:
    """Each participant once, with its phrase; never a time, never the trigger itself."""
    seen: set[int] = set()
    pronouns = relative_pronouns(trigger)
    for role, head in pairs:
        if head.i in seen or head == trigger or head.i in times or head.ent_type_ in TIME_TYPES:
            continue
        if (head.pos_ not in NOMINAL and not head.ent_type_) or not _is_word(head):
            continue
        seen.add(head.i)
        found = argument(role, trigger, head, times, pronouns.get(head.i))
        if found is not None:
            yield found


def argument(
    role: RoleName,
    trigger: Token,
    head: Token,
    times: frozenset[int] = frozenset(),
    pronoun: Token | None = None,
) -> Argument | None:
    """A participant with its phrase; None where the phrase holds the trigger itself."""
    start, end = noun_phrase(head, times)
    if start <= trigger.i < end:
        return None
    last = full_extent(head, end)
    whole = (start, end) if start <= trigger.i < last else (start, last)
    return Argument(role, head.i, start, end, whole, pronoun.i if pronoun is not None else None)


def _is_word(token: Token) -> bool:
    return any(character.isalnum() for character in token.text)
