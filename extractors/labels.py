"""A short headline for each event, as a person would write it.

Present tense, canonical names, no pronouns that point outside: "Google and Apple remove Parler
from their app stores". What did not happen is said so ("does not comply"), and so is what is only
planned ("Apple to open a store") or possible ("Apple may open a store").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from spacy.tokens import Token

from extractors.actions.finding import Action
from extractors.extraction import Factuality, Polarity
from extractors.grammar import is_passive, noun_phrase
from extractors.roles import Argument

Namer = Callable[[Token], str | None]
"""The canonical name of the entity that a token heads or stands for, None for no entity."""

LIMIT = 14
COLLECTIVE = frozenset({"police", "people", "cattle", "staff", "crew"})
FIRST_PERSON = frozenset({"my", "our", "your"})
IRREGULAR = {"be": "is", "have": "has", "do": "does", "go": "goes"}
PLURAL_IRREGULAR = {"be": "are"}
MODAL: dict[str, str] = {
    "planned": "to",
    "possible": "may",
    "hypothetical": "could",
    "conditional": "would",
    "requested": "should",
    "attempted": "tries to",
    "prevented": "is kept from",
}
TAIL_DEPS = frozenset({"prt", "dobj", "dative", "acomp", "attr", "oprd", "prep", "advmod", "agent"})
OBJECTS = frozenset({"dobj", "attr", "oprd"})
SEPARATORS = frozenset({",", ";", ":", "–", "—", "--"})
CLAUSES = frozenset({"xcomp", "ccomp"})
PLAIN_ADVERBS = frozenset(
    {"offline", "online", "down", "back", "away", "home", "abroad", "together", "apart"}
)


def headline(
    trigger: Token,
    action: Action,
    arguments: Sequence[Argument],
    namer: Namer,
    times: frozenset[int],
    polarity: Polarity = "positive",
    factuality: Factuality = "asserted",
) -> str:
    """The headline of an event. `times` are the tokens of time expressions, which it leaves out."""
    writer = _Writer(namer, times)
    if action.kind == "noun":
        return _capital(writer.nominal(trigger, arguments))
    return _capital(writer.verbal(trigger, arguments, polarity, factuality))


def third_person(lemma: str, plural: bool) -> str:
    """The present tense of a verb.

    >>> third_person("push", plural=False), third_person("try", plural=False)
    ('pushes', 'tries')
    >>> third_person("be", plural=True)
    'are'
    """
    if plural:
        return PLURAL_IRREGULAR.get(lemma, lemma)
    if lemma in IRREGULAR:
        return IRREGULAR[lemma]
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{lemma}es"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return f"{lemma[:-1]}ies"
    return f"{lemma}s"


class _Writer:
    """Words of one headline; holds what every step needs."""

    def __init__(self, namer: Namer, times: frozenset[int]) -> None:
        self.namer = namer
        self.times = times
        self.subject: str | None = None

    def verbal(
        self, verb: Token, arguments: Sequence[Argument], polarity: Polarity, factuality: Factuality
    ) -> str:
        agents = [verb.doc[a.head] for a in arguments if a.role == "agent"]
        patients = [verb.doc[a.head] for a in arguments if a.role == "patient"]
        passive = is_passive(verb) and not agents
        heads = [t for t in (patients if passive else agents) if t != verb] or (
            [t for t in patients if t.dep_.startswith("nsubj")] if not agents else []
        )
        subject = self.joined(heads)
        self.subject = subject or None
        plural = len(heads) > 1 or any(self.is_plural(t) for t in heads)
        if any(
            t.lower_ == "no" and t.dep_ == "det" for child in verb.rights for t in child.children
        ):
            polarity = "positive"  # "gives no ruling" says so already
        words = [subject, self.predicate(verb, plural, passive, polarity, factuality)]
        shown = set(heads) | (set(agents) if passive else set())
        tail = self.tail(verb, shown)
        missing = [t for t in patients if t not in shown and not _in_tail(t, verb)]
        if missing and not passive:
            stranded = [c.text for c in verb.rights if c.dep_ == "prep" and not any(c.children)]
            words += [*stranded[:1], self.joined(missing)]
        return _fit([*filter(None, words), *tail])

    def predicate(
        self, verb: Token, plural: bool, passive: bool, polarity: Polarity, factuality: Factuality
    ) -> str:
        lemma = verb.lemma_.lower()
        negative = "not " if polarity == "negative" else ""
        if factuality in MODAL:
            modal = MODAL[factuality]
            if factuality == "prevented":
                return f"{modal} {_gerund(lemma)}"
            return (
                f"{negative if modal == 'to' else ''}{modal} {negative if modal != 'to' else ''}"
                + (f"be {verb.lower_}" if passive else lemma)
            )
        be = "are" if plural else "is"
        if passive:
            return f"{be} {negative}{verb.lower_}"
        if lemma == "be":
            return f"{be} {negative}".strip()
        if negative:
            return f"{'do' if plural else 'does'} not {lemma}"
        return third_person(lemma, plural)

    def tail(self, verb: Token, shown: set[Token]) -> list[str]:
        """What follows the verb and is neither a time nor a clause, in text order."""
        words: list[str] = []
        for child in verb.rights:
            if (child.dep_ not in TAIL_DEPS and not _is_short_clause(child)) or self.is_time(child):
                continue
            if child.dep_ == "prep" and not any(child.children):
                continue
            if child.dep_ == "advmod" and child.lower_ not in PLAIN_ADVERBS:
                continue
            if child.dep_ == "agent" and any(g in shown for g in child.children):
                continue
            if child.dep_ in ("agent",) and not is_passive(verb):
                continue
            words.append(self.clause(child) if child.dep_ in CLAUSES else self.phrase(child))
        return words

    def clause(self, verb: Token) -> str:
        """A short clause as it stands ("certifying the result", "that sales had fallen")."""
        return self.words(t for t in verb.subtree if t.text not in SEPARATORS)

    def is_plural(self, head: Token) -> bool:
        name = self.namer(head)
        if name is not None and " and " in name:
            return True
        return _is_plural(head) and (name is None or name.endswith("s"))

    def is_time(self, token: Token) -> bool:
        if token.dep_ in OBJECTS:
            return False
        return token.i in self.times or any(
            child.i in self.times
            for child in token.children
            if child.dep_ in ("pobj", "pcomp", "npadvmod")
        )

    def nominal(self, noun: Token, arguments: Sequence[Argument]) -> str:
        start, end = noun_phrase(noun, self.times)
        inside = {a.head for a in arguments if start <= a.head < end}
        agents = [noun.doc[a.head] for a in arguments if a.role == "agent" and a.head not in inside]
        text = self.words(
            t for t in noun.doc[start:end] if not (t.head == noun and t.dep_ == "det")
        )
        return f"{self.joined(agents)}: {text}" if agents else text

    def joined(self, heads: Sequence[Token]) -> str:
        names = list(dict.fromkeys(self.name(head) for head in heads))
        if len(names) > 3:
            names = [*names[:2], "others"]
        return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)

    def name(self, head: Token) -> str:
        """The participant's canonical name, else the words that name it."""
        name = self.namer(head)
        return name if name else self.phrase(head)

    def phrase(self, head: Token) -> str:
        start, end = noun_phrase(head, self.times)
        return self.words(head.doc[start:end])

    def words(self, tokens: Iterable[Token]) -> str:
        """The tokens as text: names for pronouns, times and quotation marks left out."""
        parts: list[str] = []
        for token in tokens:
            if token.is_space or token.lower_ in ('"', "``", "''") or self.is_dropped(token):
                continue
            parts.append(self.word(token) + token.whitespace_)
        return "".join(parts).strip(" ,;:-–")

    def is_dropped(self, token: Token) -> bool:
        """Whether it tells a time that the timeline shows anyway; "Monday's edition" stays."""
        if token.i not in self.times or token.dep_ in OBJECTS or token.head.dep_ in OBJECTS:
            return False
        owns = token.dep_ == "poss" or token.head.dep_ == "poss"
        return not owns

    def word(self, token: Token) -> str:
        if token.pos_ != "PRON" or token.dep_ == "expl":
            first = token.i == token.sent.start and token.pos_ not in ("PROPN", "NOUN")
            return token.lower_ if first else token.text
        name = self.namer(token)
        if name is None:
            return token.text
        if token.tag_ != "PRP$":
            return name
        own = name in (self.subject or "") and token.lower_ not in FIRST_PERSON
        return token.text if own else _possessive(name)


def _possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _is_plural(token: Token) -> bool:
    return (
        token.lower_ in COLLECTIVE
        or "Plur" in token.morph.get("Number", [])
        or token.lower_ in ("they", "we", "you", "i", "those")
    )


def _is_short_clause(token: Token) -> bool:
    """Whether a complement clause is short enough for a headline."""
    if token.dep_ not in CLAUSES or token.i < token.head.i:
        return False
    return sum(1 for t in token.subtree if not t.is_punct and not t.is_space) <= LIMIT - 4


def _in_tail(token: Token, verb: Token) -> bool:
    return token.i > verb.i and verb in list(token.ancestors)[:3]


def _gerund(lemma: str) -> str:
    if lemma.endswith("e") and not lemma.endswith(("ee", "ye", "oe")) and len(lemma) > 2:
        return f"{lemma[:-1]}ing"
    return f"{lemma}ing"


def _fit(parts: list[str]) -> str:
    """The parts that fit a headline: at least the first three, then whole parts up to the limit."""
    kept: list[str] = []
    for part in parts:
        if len(kept) >= 3 and len(" ".join([*kept, part]).split()) > LIMIT:
            break
        kept.append(part)
    words = " ".join(kept).split()
    return " ".join(words[: LIMIT + 6])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
