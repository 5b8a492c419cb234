"""Why names stand for one entity, in words: from the same tables by which they were joined."""

from __future__ import annotations

import json
from sqlite3 import Connection

from kb.names import FIELD, MEANT, alias_keys, is_short_form, plain_key
from kb.naming.variants import Reason, variant
from kb.views import NameReason

SHOWN = 100
"""Names of one entity that are explained, the most usual first."""

LOOKED_AT = 200
"""Articles in which one that gives a name as another one is looked for."""

_VARIANTS: dict[Reason, str] = {
    "initials": "initials of {}",
    "nickname": "a short form of the given name of {}",
    "middle name": "{} with more or less of the name given",
    "full name": "a short form of {}, in the same company",
    "spelling": "another spelling of {}, in the same story",
    "plural": "the plural or singular of {}",
    "acronym": "an acronym of {}, in the same company",
    "type": "{} taken for something of another class",
}


def name_reasons(connection: Connection, root: int) -> tuple[NameReason, ...]:
    """The names of an entity, and why each stands for it; its own names first."""
    rows = connection.execute(
        "SELECT names.id, names.key, names.base, upper.id, upper.key,"
        " curated_names.parent IS NOT NULL, total(name_forms.n)"
        " FROM names LEFT JOIN names AS upper ON upper.id = names.parent"
        " LEFT JOIN curated_names ON curated_names.key = names.key"
        " LEFT JOIN name_forms ON name_forms.name = names.id AND name_forms.own = 1"
        " WHERE names.root = ? GROUP BY names.id"
        " ORDER BY names.id != ?1, total(name_forms.n) DESC, names.key LIMIT ?",
        (root, SHOWN),
    ).fetchall()
    found = []
    for name, key, base, above, upper, curated, n in rows:
        query = "SELECT DISTINCT form FROM name_forms WHERE name = ? AND own = 1 ORDER BY n DESC, 1"
        forms = tuple(form for (form,) in connection.execute(query, (name,)))
        target = (above, upper) if upper is not None else None
        article, reason = _reason(connection, (base, key), target, curated=bool(curated))
        if forms or above is not None:
            found.append(NameReason(forms or (_written(key),), int(n), reason, article))
    return tuple(found)


def _reason(
    connection: Connection, one: tuple[int, str], other: tuple[int, str] | None, *, curated: bool
) -> tuple[str | None, str]:
    """An article that shows why, if one does, and why."""
    base, key = one
    if curated:
        return None, "as a person has decided"
    if FIELD in key.partition(MEANT)[0]:
        field = key.partition(FIELD)[2]
        return _uses(connection, key), f"articles place it in the field '{field}'"
    if other is None:
        return None, "its own name"
    above, upper = other
    target = _written(upper)
    if MEANT in key:
        return _uses(connection, key), f"means {target} by the company of its articles"
    query = "SELECT n FROM name_links WHERE alias = ? AND target = ?"
    row = connection.execute(query, (base, above)).fetchone()
    if row:
        short = ", its short form" if is_short_form(key, upper) else ""
        times = "an article gives" if row[0] == 1 else f"{row[0]} articles give"
        article = _giving(connection, key, above)
        return article, f"{times} it as another name of {target}{short}"
    reason = variant(plain_key(key), plain_key(upper))
    return None, _VARIANTS[reason].format(target) if reason else f"stands for {target}"


def _uses(connection: Connection, key: str) -> str | None:
    """The first article that uses a row of names."""
    row = connection.execute(
        "SELECT articles.slug FROM local_entities JOIN articles ON articles.id = article"
        " WHERE name = (SELECT id FROM names WHERE key = ?) ORDER BY ordering LIMIT 1",
        (key,),
    ).fetchone()
    return row[0] if row else None


def _giving(connection: Connection, key: str, target: int) -> str | None:
    """The first article that gives a key as another name of a row of names."""
    rows = connection.execute(
        "SELECT articles.slug, label, type, aliases, sense FROM local_entities"
        " JOIN articles ON articles.id = article WHERE bare = ? AND aliases != '[]'"
        " ORDER BY ordering LIMIT ?",
        (target, LOOKED_AT),
    )
    for slug, label, kind, aliases, sense in rows:
        if key in alias_keys(label, json.loads(aliases), kind, sense):
            return str(slug)
    return None


def _written(key: str) -> str:
    """A key as words."""
    own = key.rpartition(MEANT)[2]
    name = plain_key(own).partition(":")[2].replace("-", " ")
    field = own.partition(FIELD)[2]
    return f"'{name}' ({field})" if field else f"'{name}'"
