"""Candidates: things at an endpoint that bear one of an entity's names, and what is said of them.

Many names, and many things, go into one request (VALUES); what was once answered comes from the
cache. Names are looked up as they are written, in each of the profile's variants of language.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pyoxigraph import Literal, NamedNode

from kb.linking.cache import Cache
from kb.linking.profiles import Profile
from kb.store.asking import Endpoint

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing at an endpoint, with what it is ranked by."""

    target: str
    label: str
    names: tuple[str, ...]
    """All its names, the label first."""
    description: str | None
    classes: frozenset[str]
    """Those of the profile's classes that it belongs to, by itself or through narrower ones."""
    typed: bool
    """Whether the endpoint says anything of its class."""
    popularity: int | None
    near: frozenset[str] = frozenset()
    """Names of our entity's companions that things next to it bear."""


class Finder:
    """Looks names and things up at one endpoint, no faster than the profile allows."""

    def __init__(
        self,
        endpoint: Endpoint,
        profile: Profile,
        cache: Cache,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.endpoint, self.profile, self.cache = endpoint, profile, cache
        self._sleep, self._next = sleep, 0.0
        self.requests = 0
        """How many requests were sent."""

    def candidates(
        self, names: Iterable[str], companions: Iterable[str]
    ) -> dict[str, list[Candidate]]:
        """The things that bear each of these names; `companions` are looked for next to them."""
        found = self._named(sorted(set(names)))
        targets = sorted({target for all_of in found.values() for target in all_of})
        things = self._things(targets)
        near = self._near(targets, sorted(set(companions)))
        return {
            name: [
                self._candidate(target, things[target], near[target])
                for target in targets
                if not self.profile.never.intersection(things[target]["kinds"])
            ]
            for name, targets in found.items()
        }

    def _candidate(self, target: str, thing: dict[str, Any], near: set[str]) -> Candidate:
        return Candidate(
            target=target,
            label=thing["label"],
            names=tuple(thing["names"]),
            description=thing["description"],
            classes=frozenset(thing["classes"]),
            typed=bool(thing["kinds"]),
            popularity=thing["popularity"],
            near=frozenset(near),
        )

    # Requests

    def _rows(self, query: str) -> Iterator[Row]:
        wait = self._next - time.monotonic()
        if wait > 0:
            self._sleep(wait)
        self.requests += 1
        self._next = time.monotonic() + 1 / self.profile.rate
        rows = self.endpoint.select(query)
        variables = [variable.value for variable in rows.variables]
        for row in rows:
            yield {name: row[name] for name in variables}

    def _batches(self, values: Sequence[str]) -> Iterator[list[str]]:
        waiting = iter(values)
        while batch := list(islice(waiting, self.profile.batch)):
            yield batch

    def _named(self, names: list[str]) -> dict[str, list[str]]:
        known: dict[str, list[str]] = self.cache.get("name", names)
        predicates = _nodes((*self.profile.labels, *self.profile.aliases))
        for batch in self._batches([name for name in names if name not in known]):
            query = (
                f"SELECT DISTINCT ?name ?item WHERE {{ VALUES ?name {{ {self._literals(batch)} }} "
                f"VALUES ?p {{ {predicates} }} ?item ?p ?name FILTER(isIRI(?item)) }}"
            )
            found: dict[str, set[str]] = {name: set() for name in batch}
            for row in self._rows(query):
                if row["name"].value in found:
                    found[row["name"].value].add(row["item"].value)
            fresh = {name: sorted(targets) for name, targets in found.items()}
            self.cache.put("name", fresh)
            known |= fresh
        return known

    def _things(self, targets: list[str]) -> dict[str, dict[str, Any]]:
        known: dict[str, dict[str, Any]] = self.cache.get("thing", targets)
        for batch in self._batches([target for target in targets if target not in known]):
            fresh = self._described(batch)
            for row in self._rows(self._classes(batch)):
                fresh[row["item"].value]["classes"].append(row["class"].value)
            self.cache.put("thing", fresh)
            known |= fresh
        return known

    def _described(self, batch: list[str]) -> dict[str, dict[str, Any]]:
        terms = self.profile
        predicates = (
            *terms.labels, *terms.aliases, *terms.descriptions, *terms.popularity, terms.instance,
        )  # fmt: skip
        languages = ", ".join(str(Literal(language)) for language in terms.languages)
        query = (
            f"SELECT ?item ?p ?o WHERE {{ VALUES ?item {{ {_nodes(batch)} }} "
            f"VALUES ?p {{ {_nodes(predicates)} }} ?item ?p ?o "
            f"FILTER(!isLiteral(?o) || LCASE(LANG(?o)) IN ({languages})) }}"
        )
        said: dict[str, dict[str, list[Any]]] = {item: defaultdict(list) for item in batch}
        for row in self._rows(query):
            if row["item"].value in said:
                said[row["item"].value][row["p"].value].append(row["o"])
        return {item: self._thing(item, of) for item, of in said.items()}

    def _thing(self, item: str, said: dict[str, list[Any]]) -> dict[str, Any]:
        rank = {language: n for n, language in enumerate(self.profile.languages)}

        def texts(predicates: Iterable[str]) -> list[str]:
            """Values, those of the preferred predicates and languages first."""
            found = [
                (n, rank.get((value.language or "").lower(), len(rank)), value.value)
                for n, predicate in enumerate(predicates)
                for value in said.get(predicate, ())
                if isinstance(value, Literal)
            ]
            return list(dict.fromkeys(text for _, _, text in sorted(found)))

        labels = texts(self.profile.labels)
        numbers = [int(text) for text in texts(self.profile.popularity) if text.isdecimal()]
        return {
            "label": labels[0] if labels else re.split(r"[/#]", item)[-1],
            "names": list(dict.fromkeys((*labels[:1], *labels, *texts(self.profile.aliases)))),
            "description": next(iter(texts(self.profile.descriptions)), None),
            "popularity": max(numbers, default=None),
            "kinds": sorted(
                value.value
                for value in said.get(self.profile.instance, ())
                if isinstance(value, NamedNode)
            ),
            "classes": [],
        }

    def _classes(self, batch: list[str]) -> str:
        classes = sorted({cls for of in self.profile.classes.values() for cls in of})
        path = f"<{self.profile.instance}>/<{self.profile.narrower}>*"
        return (
            f"SELECT DISTINCT ?item ?class WHERE {{ VALUES ?item {{ {_nodes(batch)} }} "
            f"VALUES ?class {{ {_nodes(classes)} }} ?item {path} ?class }}"
        )

    def _near(self, targets: list[str], companions: list[str]) -> dict[str, set[str]]:
        """Which companions' names things next to each target bear."""
        near: dict[str, set[str]] = {target: set() for target in targets}
        pairs = {f"{target} {name}": (target, name) for target in targets for name in companions}
        known = self.cache.get("near", pairs)
        missing = sorted({pairs[key][0] for key in pairs.keys() - known.keys()})
        for batch in self._batches(missing if companions else []):
            query = (
                f"SELECT DISTINCT ?item ?name WHERE {{ VALUES ?item {{ {_nodes(batch)} }} "
                f"VALUES ?name {{ {self._literals(companions)} }} "
                f"VALUES ?l {{ {_nodes(self.profile.labels)} }} "
                f"?item ?p ?other . ?other ?l ?name }}"
            )
            fresh = {f"{target} {name}": False for target in batch for name in companions}
            fresh |= {f"{row['item'].value} {row['name'].value}": True for row in self._rows(query)}
            self.cache.put("near", fresh)
            known |= fresh
        for key, found in known.items():
            if found and key in pairs:
                target, name = pairs[key]
                near[target].add(name)
        return near

    def _literals(self, names: Iterable[str]) -> str:
        return " ".join(
            str(Literal(name, language=language) if language else Literal(name))
            for name in names
            for language in self.profile.languages
        )


def _nodes(iris: Iterable[str]) -> str:
    return " ".join(str(NamedNode(iri)) for iri in dict.fromkeys(iris))
