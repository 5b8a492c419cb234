"""Made-up people and firms, called by many names, some of them namesakes; and who is who.

They live in circles that news tells of together. An article calls each by one of the forms that
articles use: in full, with initials, by a nickname, by the surname alone, misspelt, abbreviated,
with or without what they are. The same seed gives the same articles.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.synthetic import START
from kb.records import ArticleRecord, LocalEntity

CIRCLE = 14
"""People and firms of one circle."""
FIELDS = (
    ("golfer", "swimmer"), ("senator", "congressman"), ("physicist", "biologist"),
    ("bishop", "pastor"),
)  # fmt: skip
"""What people of a circle are called; nobody belongs to two of these."""
GIVEN = (
    ("Joseph", "Joe"), ("William", "Bill"), ("Robert", "Bob"), ("Thomas", "Tom"),
    ("Margaret", "Peggy"), ("Elizabeth", "Liz"), ("Katherine", "Kate"), ("Andrew", "Andy"),
    ("Ruth", "Ruth"), ("Paul", "Paul"), ("Nadia", "Nadia"), ("Omar", "Omar"),
)  # fmt: skip
_STARTS = ("Bal", "Cor", "Dav", "Fen", "Gar", "Hol", "Kes", "Lam", "Mor", "Nor", "Pel", "Ros")
_ENDS = ("anger", "berton", "dowski", "ellini", "foster", "granov", "hurst", "ington", "kalides")
_TRADES = ("Freight", "Mining", "Software", "Shipping", "Power", "Foods", "Steel", "Media")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody or something: its names, the first in full, and what it is called."""

    id: int
    type: str
    names: tuple[str, ...]
    short: str
    """What an article calls it after its full name, or by itself."""
    words: tuple[str, ...]


class Population:
    """A source of articles that mention members of one circle each."""

    def __init__(self, circles: int = 60, namesakes: float = 0.08, seed: int = 7) -> None:
        self.random = random.Random(seed)
        self.circles: list[list[Member]] = []
        people: list[Member] = []
        for n in range(circles):
            circle: list[Member] = []
            for _ in range(CIRCLE):
                known = len(people) + sum(map(len, self.circles)) + len(circle)
                words = FIELDS[n % len(FIELDS)]
                others = [one for one in people if one.words != words]
                if others and self.random.random() < namesakes:
                    like = self.random.choice(others)
                    member = Member(known * 2, like.type, like.names, like.short, words)
                elif self.random.random() < 0.6:
                    member = self._person(known * 2, words)
                    people.append(member)
                else:
                    member = self._firm(known * 2 + 1)
                circle.append(member)
            self.circles.append(circle)

    def _surname(self) -> str:
        return self.random.choice(_STARTS) + self.random.choice(_ENDS)

    def _person(self, number: int, words: tuple[str, ...]) -> Member:
        full, nick = self.random.choice(GIVEN)
        surname, middle = self._surname(), self.random.choice("ABCDEFGHJKLMNPRSTVW")
        slip = self.random.randrange(2, len(surname) - 2)
        wrong = surname[:slip] + surname[slip] + surname[slip:]
        names = (
            f"{full} {surname}", f"{nick} {surname}", f"{full} {middle}. {surname}",
            f"{full[0]}. {surname}", f"Mr. {full} {surname}", f"{full} {wrong}",
        )  # fmt: skip
        return Member(number, "PERSON", names, surname, words)

    def _firm(self, number: int) -> Member:
        name = f"{self._surname()} & {self._surname()} {self.random.choice(_TRADES)}"
        plain = name.replace("&", "and")
        short = "".join(word[0] for word in name.split() if word != "&")
        return Member(
            number, "ORG", (name, f"{name} Inc.", f"The {plain}", f"{plain} Co."), short, ()
        )

    def articles(self, count: int, days: int = 365) -> Iterator[tuple[ArticleRecord, list[int]]]:
        """Articles, and for each of their entities who it is."""
        for n in range(count):
            circle = self.circles[self.random.randrange(len(self.circles))]
            members = self.random.sample(circle, self.random.randint(3, 7))
            day = START + timedelta(days=n * days // max(count, 1))
            found = [self._entity(f"e{i}", member) for i, member in enumerate(members)]
            yield _record(f"population-{n}", day, tuple(found)), [one.id for one in members]

    def _entity(self, local: str, member: Member) -> LocalEntity:
        chance = self.random.random()
        told = self.random.choice(member.words) if member.words and chance < 0.3 else None
        if chance > 0.85:
            return LocalEntity(local, member.short, member.type, (), told, ())
        name = member.names[0]
        if self.random.random() < 0.4:
            name = self.random.choice(member.names)
        aliases = (member.short,) if self.random.random() < 0.5 else ()
        return LocalEntity(local, name, member.type, aliases, told, ())


def _record(slug: str, day: date, entities: tuple[LocalEntity, ...]) -> ArticleRecord:
    return ArticleRecord(
        slug=slug, title=None, published=day.isoformat(), publisher=None, url=None, authors=(),
        language="en", text="", story=(), extractor="", entities=entities, claims=(),
    )  # fmt: skip
