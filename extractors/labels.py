"""A short headline for each event, as a person would write it.

Present tense, canonical names, no pronouns that point outside: "Google and Apple remove Parler
from their app stores". What did not happen is said so ("does not comply"), and so is what is only
planned ("Apple to open a store") or possible ("Apple may open a store").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice, takewhile

from spacy.tokens import Token

from extractors.actions.finding import Action
from extractors.entities.types import NOUN_TYPES
from extractors.extraction import Factuality, Polarity
from extractors.grammar import SUBJECTS, antecedent, expand, is_passive, noun_phrase
from extractors.roles import Argument

Namer = Callable[[Token], str | None]
"""The canonical name of the entity that a token heads or stands for, None for no entity."""

LIMIT = 14
LONGEST_LIST = 8
COLLECTIVE = frozenset({"police", "people", "cattle", "staff", "crew"})
FIRST_PERSON = frozenset("i me my we us our you your".split())
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
CLAUSE_OPENERS = frozenset({"aux", "auxpass", "neg", "mark", "nsubj", "nsubjpass", "expl"})
CIRCUMSTANCES = frozenset({"after", "before", "because", "when", "until"})
NOUN_FOR: dict[str, str] = {"planned": "plan", "requested": "call", "attempted": "attempt"}
ACTING = frozenset({"PERSON", "ORG", "GROUP", "GPE"})
PARTICLES = frozenset({"off", "out"})
UNSAID = frozenset({"according", "per"})
MODIFIERS = frozenset({"compound", "amod", "nmod", "nummod"})
NOBODY = frozenset({"nobody", "none", "nothing", "neither"})
QUOTES = frozenset({'"', "'", "``", "''"})
ARTICLES = frozenset({"a", "an", "the", "that"})
# Words that no headline ends with.
DANGLING = frozenset(
    "a after an and as at because before between by during for from in into of on or over that "
    "the to until which who with".split()
)
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
    writer = _Writer(namer, times, action.lemma)
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

    def __init__(self, namer: Namer, times: frozenset[int], lemma: str) -> None:
        self.namer = namer
        self.lemma = lemma
        self.times = times
        self.said: set[str] = set()

    def verbal(
        self, verb: Token, arguments: Sequence[Argument], polarity: Polarity, factuality: Factuality
    ) -> str:
        subjectless = not any(a.role in ("agent", "patient") for a in arguments)
        exists = any(c.dep_ == "expl" for c in verb.children)
        if (exists or (verb.lemma_ == "be" and subjectless)) and (there := self.existing(verb)):
            return there
        agents = [verb.doc[a.head] for a in arguments if a.role == "agent"]
        patients = [verb.doc[a.head] for a in arguments if a.role == "patient"]
        given = [verb.doc[a.head] for a in arguments if a.role == "recipient"]
        stays_passive = not agents or not any(map(self.acts, agents))
        passive = is_passive(verb) and stays_passive
        undergoers = [t for t in (*patients, *given) if _is_subject(t)]
        heads = [t for t in agents if t != verb] if not passive else undergoers or patients
        heads = heads or ([] if agents else undergoers)
        subject = self.joined(heads)
        plural = len(heads) > 1 or any(self.is_plural(t) for t in heads)
        if polarity == "negative" and _says_no([*heads, *verb.rights]):
            polarity = "positive"  # "gives no ruling", "nobody signs" say so already
        predicate = (
            self.predicate(verb, plural, passive, polarity, factuality)
            if subject
            else _bare(self.lemma, polarity, factuality)
        )
        shown = {*heads, *(() if passive else agents)}
        objects_ = () if passive else (*(given if is_passive(verb) else ()), *patients)
        missing = [t for t in objects_ if t not in shown and _elsewhere(t, verb)]
        stranded = [c.text for c in verb.rights if c.dep_ == "prep" and not any(c.children)]
        objects = [*stranded[:1], self.joined(missing)] if missing else []
        tail = self.tail(verb, shown)
        if not tail and not objects:
            tail = self.circumstance(verb)
        return _fit([*filter(None, [subject, predicate, *objects]), *tail])

    def existing(self, verb: Token) -> str:
        """What there is, with its place: "there was a strike" gives "a strike"."""
        words = [self.phrase(c) for c in verb.rights if c.dep_ in (*OBJECTS, "nsubj")]
        places = [self.phrase(c) for c in verb.rights if c.dep_ == "prep" and not self.is_time(c)]
        return _fit([*words, *places])

    def acts(self, head: Token) -> bool:
        """Whether a passive reads better turned round, with this agent as the subject."""
        return (
            head.pos_ in ("PROPN", "PRON")
            or self.namer(head) is not None
            or head.dep_ != "pobj"
            or (NOUN_TYPES.get(head.lemma_.lower()) in ACTING)
        )

    def predicate(
        self, verb: Token, plural: bool, passive: bool, polarity: Polarity, factuality: Factuality
    ) -> str:
        lemma = self.lemma
        negative = "not " if polarity == "negative" else ""
        if factuality in MODAL:
            modal = MODAL[factuality]
            if factuality == "prevented":
                ends = _own_end(verb)
                start = third_person(ends.lemma_.lower(), plural) if ends is not None else modal
                return f"{start} {_gerund(lemma)}"
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

    def tail(self, verb: Token, shown: set[Token], depth: int = 2) -> list[str]:
        """What follows the verb and is neither a time nor a long clause, in text order."""
        words: list[str] = []
        for child in verb.rights:
            if child.dep_ in CLAUSES and child.i > verb.i and depth:
                words += self.clause(child, depth)
            elif child.lower_ in PARTICLES and child.dep_ == "prep" and shown & set(child.children):
                words.append(child.lower_)
            elif self.is_shown(child, verb, shown):
                heads = expand([child]) if child.dep_ in OBJECTS else [child]
                words.append(self.joined(heads) if len(heads) > 1 else self.phrase(child))
        return words

    def is_shown(self, child: Token, verb: Token, shown: set[Token]) -> bool:
        """Whether a dependent of the verb belongs into its headline."""
        if child.dep_ == "npadvmod":
            return _is_amount_of_time(child)
        if child.dep_ not in TAIL_DEPS or self.is_time(child):
            return False
        if child.dep_ == "advmod":
            return child.lower_ in PLAIN_ADVERBS
        if child.dep_ == "agent" and not is_passive(verb):
            return False
        below = list(child.children)
        if child.dep_ in ("prep", "agent"):
            return bool(below) and child.lower_ not in UNSAID and not shown & set(below)
        return True

    def circumstance(self, verb: Token) -> list[str]:
        """What a verb without complement happened after, before or because of."""
        for child in verb.rights:
            if child.dep_ == "advcl" and any(c.lower_ in CIRCUMSTANCES for c in child.lefts):
                words = [
                    t
                    for t in child.subtree
                    if not (t.i in self.times or t.head.i in self.times or t.text in SEPARATORS)
                ]
                if len(words) <= LIMIT:
                    return [self.words(words)]
        return []

    def clause(self, verb: Token, depth: int) -> list[str]:
        """A clause as it stands if it is short, else its subject and verb, then what follows."""
        told = (t for t in verb.subtree if t.text not in SEPARATORS)
        words = list(islice(told, LIMIT - 3))
        if len(words) <= LIMIT - 4:
            return [self.words(words)]
        before = [
            t
            for c in verb.lefts
            if c.dep_ in CLAUSE_OPENERS
            for t in (c.subtree if c.dep_ in SUBJECTS else (c,))
        ]
        return [self.words([*before, verb]), *self.tail(verb, set(), depth - 1)]

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
        names = self.joined(agents)
        text = self.words(
            t for t in noun.doc[start:end] if not (t.head == noun and t.dep_ == "det")
        )
        if not agents:
            return text
        owned = any(t.dep_ == "poss" for t in noun.children)
        return f"{names}: {text}" if owned or len(agents) > 2 else f"{_possessive(names)} {text}"

    def joined(self, heads: Sequence[Token]) -> str:
        names = list(dict.fromkeys(self.name(head) for head in heads))
        if len(names) > 3:
            names = [*names[:2], "others"]
        return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)

    def name(self, head: Token) -> str:
        """The participant's canonical name, else the words that name it."""
        head = antecedent(head)
        name = self.namer(head)
        if not name:
            name = self.phrase(head)
        self.said.add(name.lower())
        return name

    def phrase(self, head: Token) -> str:
        start, end = noun_phrase(head, frozenset() if head.i in self.times else self.times)
        for child in head.rights:
            if _is_purpose(child):
                end = max(end, child.right_edge.i + 1)
        return self.words(head.doc[start:end])

    def words(self, tokens: Iterable[Token]) -> str:
        """The tokens as text: names for pronouns, times and quotation marks left out."""
        parts: list[str] = []
        for token in tokens:
            if token.is_space or _is_quote(token) or self.is_dropped(token):
                continue
            if parts and parts[-1] and not parts[-1][-1].isspace() and _stands_apart(token):
                parts.append(" ")
            parts.append(self.word(token) + token.whitespace_)
        return "".join(parts).strip(" ,;:-–")

    def is_dropped(self, token: Token) -> bool:
        """Whether it tells a time that the timeline shows anyway; "Monday's edition" stays."""
        if token.i not in self.times or token.dep_ in OBJECTS or token.head.dep_ in OBJECTS:
            return False
        top = token
        while top.head.i in self.times and top.head is not top:
            top = top.head
        if top.dep_ == "npadvmod" and _is_amount_of_time(top):
            return False
        modifies = top.dep_ in MODIFIERS and top.i < top.head.i
        return not (modifies or token.dep_ == "poss" or token.head.dep_ == "poss")

    def word(self, token: Token) -> str:
        if token.pos_ != "PRON" or token.dep_ == "expl":
            if token.pos_ == "PROPN" and (named := self.namer(token)):
                self.said.add(named.lower())
            opens = token.pos_ not in ("PROPN", "NOUN") and token.is_sent_start
            return token.lower_ if opens else token.text
        name = self.namer(token)
        if name is None or (token.lower_ not in FIRST_PERSON and self.is_said(name)):
            return token.text
        self.said.add(name.lower())
        return name if token.tag_ != "PRP$" else _possessive(name)

    def is_said(self, name: str) -> bool:
        """Whether the headline has named somebody already, so that a pronoun is clear."""
        return all(part in self.said for part in name.lower().split(" and "))


def _possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _is_plural(token: Token) -> bool:
    return (
        token.lower_ in COLLECTIVE
        or token.tag_ in ("NNS", "NNPS")
        or token.lower_
        in ("they", "we", "you", "i", "these", "those", "both", "few", "many", "several")
    )


def _is_quote(token: Token) -> bool:
    return token.text in QUOTES and token.pos_ != "PART"


def _stands_apart(token: Token) -> bool:
    """Whether white space or something left out comes before a word in the text."""
    before = token.doc[token.i - 1] if token.i else token
    return bool(before.whitespace_) or before.is_space


def _elsewhere(head: Token, verb: Token) -> bool:
    """Whether an object stands where the verb's own words do not: before it, or after another."""
    shared = head.dep_ == "dobj" and head.head.dep_ == "conj" and head.head.head == verb
    return head.i < verb.i or shared or (head.dep_ == "npadvmod" and head.head == verb)


def _own_end(verb: Token) -> Token | None:
    """The verb by which the subject itself ends what it does: "stopped" of "stopped hosting"."""
    governor = verb.head
    if verb.dep_ != "xcomp" or verb.tag_ != "VBG" or governor.pos_ != "VERB":
        return None
    return None if any(c.dep_ == "dobj" for c in governor.children) else governor


def _is_subject(noun: Token) -> bool:
    """Whether a noun is a verb's subject, or joined to one."""
    for _ in range(LONGEST_LIST):
        if noun.dep_ != "conj":
            break
        noun = noun.head
    return noun.dep_.startswith("nsubj")


def _says_no(nouns: Iterable[Token]) -> bool:
    """Whether one of the nouns denies by itself: "nobody", "no ruling"."""
    return any(
        noun.lower_ in NOBODY or any(c.lower_ == "no" and c.dep_ == "det" for c in noun.children)
        for noun in nouns
    )


def _is_purpose(clause: Token) -> bool:
    """Whether it is a short infinitive that a noun needs: "an attempt to block the merger"."""
    if clause.dep_ != "acl" or clause.tag_ != "VB":
        return False
    return sum(1 for _ in clause.subtree) <= LIMIT - 5


def _is_amount_of_time(noun: Token) -> bool:
    """Whether it is a plain amount, as in "gave them 24 hours", not a date."""
    children = list(noun.children)
    return any(c.dep_ == "nummod" for c in children) and all(
        c.dep_ in ("nummod", "amod") for c in children
    )


def _bare(lemma: str, polarity: Polarity, factuality: Factuality) -> str:
    """The predicate of a headline whose subject nobody names."""
    if factuality in NOUN_FOR:
        return f"{NOUN_FOR[factuality]} {'not ' if polarity == 'negative' else ''}to {lemma}"
    return f"{'not ' if polarity == 'negative' else ''}{_gerund(lemma)}"


def _gerund(lemma: str) -> str:
    if lemma.endswith("e") and not lemma.endswith(("ee", "ye", "oe")) and len(lemma) > 2:
        return f"{lemma[:-1]}ing"
    return f"{lemma}ing"


def _fit(parts: list[str]) -> str:
    """The parts that fit a headline: at least the first three, then whole parts up to the limit."""
    kept: list[str] = []
    for part in parts:
        if len(kept) >= 3 and len(" ".join([*kept, part]).split()) > LIMIT:
            core = list(takewhile(lambda word: word not in DANGLING - ARTICLES, part.split()))
            if core and len(" ".join(kept).split()) + len(core) <= LIMIT:
                kept.append(" ".join(core))
            break
        kept.append(part)
    words = " ".join(kept).split()[: LIMIT + 6]
    while len(words) > 2 and words[-1].lower() in DANGLING:
        words.pop()
    return " ".join(words)


def _capital(text: str) -> str:
    """The text with a capital, but for names such as "iPhone"."""
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]
