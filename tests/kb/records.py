"""Records of articles with entities alone, for what does not hang on claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from sqlite3 import Connection, connect

from kb.iris import DEFAULT_BASE, Iris
from kb.merging import Merger
from kb.records import ArticleRecord, LocalEntity
from kb.schema import TABLES

Row = tuple[object, ...]


def entity(
    name: str,
    kind: str = "PERSON",
    *aliases: str,
    description: str | None = None,
    sense: str | None = None,
) -> LocalEntity:
    """An entity of an article; `article` gives it its local name."""
    return LocalEntity("", name, kind, aliases, description, (), sense)


def article(slug: str, *entities: LocalEntity, published: str = "2021-01-08") -> ArticleRecord:
    """An article in which these entities are mentioned."""
    numbered = tuple(
        LocalEntity(f"e{n}", e.name, e.type, e.aliases, e.description, (), e.sense)
        for n, e in enumerate(entities, 1)
    )
    return ArticleRecord(
        slug=slug, title=None, published=published, publisher=None, url=None, authors=(),
        language="en", text="", story=(), extractor="", entities=numbered, claims=(),
    )  # fmt: skip


@contextmanager
def index(records: Iterable[ArticleRecord] = ()) -> Iterator[Connection]:
    """The tables of an index, with these articles put in one by one."""
    connection = connect(":memory:")
    connection.executescript(TABLES)
    try:
        for record in records:
            change(connection, added=[record])
        yield connection
    finally:
        connection.close()


def change(
    connection: Connection, *, removed: Iterable[str] = (), added: Iterable[ArticleRecord] = ()
) -> None:
    """Take articles out and put articles in, in one change."""
    Merger(connection, Iris(DEFAULT_BASE)).apply(removed, [(one, 1, one.slug) for one in added])


def entities(connection: Connection) -> dict[str, list[str]]:
    """The address of each entity, with "article name" of each of its mentions."""
    rows = connection.execute(
        "SELECT entities.slug, articles.slug, label FROM local_entities"
        " JOIN articles ON articles.id = article JOIN names ON names.id = local_entities.name"
        " JOIN entities ON entities.root = names.root ORDER BY 1, 2, 3"
    )
    found: dict[str, list[str]] = {}
    for slug, told, label in rows:
        found.setdefault(slug, []).append(f"{told} {label}")
    return found


def state(connection: Connection) -> tuple[list[Row], ...]:
    """All that the index knows of entities, without the numbers of its rows."""
    queries = (
        "SELECT entities.slug, entities.name, entities.type, entities.aliases,"
        " entities.description, articles FROM entities ORDER BY 1",
        "SELECT articles.slug, local, names.key, entities.slug FROM local_entities"
        " JOIN articles ON articles.id = article JOIN names ON names.id = local_entities.name"
        " JOIN entities ON entities.root = names.root ORDER BY 1, 2",
        "SELECT names.key, upper.key, names.uses FROM names LEFT JOIN names AS upper"
        " ON upper.id = names.parent WHERE names.uses > 0 ORDER BY 1",
        "SELECT forms.*, key FROM (SELECT name, form, type, own, n FROM name_forms) AS forms"
        " JOIN names ON names.id = name ORDER BY key, form, type, forms.own",
    )
    found = [connection.execute(query).fetchall() for query in queries]
    found[3] = [row[1:] for row in found[3]]
    return tuple(found)
