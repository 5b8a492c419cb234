"""Which article a person means: by its id, its IRI, its identifier when read, or its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import QuerySolutions

from kb.iris import article_slug
from kb.mapping import address
from kb.terms import SCHEMA

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase


def find_articles(kb: KnowledgeBase, name: str) -> list[str]:
    """The slugs of the articles that go by a name; none where there are none.

    An address may be that of several: a page whose title was corrected is another article.
    """
    slugs = [name, article_slug(name)]
    slugs += [slug for kind in ("article", "graph") if (slug := kb.iris.name(kind, name))]
    slugs += [name.rpartition("/")[2]] if name.startswith("article/") else []
    known = kb.writer.index.fingerprints(slugs)
    found = next((slug for slug in slugs if slug in known), None)
    if found is not None:
        return [found]
    node = address(name)
    if node is None:
        return []
    result = kb.store.query(f"SELECT ?article WHERE {{ ?article {SCHEMA.url} {node} }}")
    assert isinstance(result, QuerySolutions)
    named = {kb.iris.name("article", row[0].value) for row in result}
    return sorted(kb.writer.index.fingerprints(slug for slug in named if slug))
