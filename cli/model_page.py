"""Writes docs/model.md, the graph of one event of the samples: `python -m cli.model_page`."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rdflib import Graph

from extractors.articles import Article
from extractors.pipeline import Extractor
from extractors.sources import read_path
from kb.knowledge_base import KnowledgeBase
from kb.terms import PREFIXES
from kb.views import MAIN_LINE

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "model.md"
ACTOR = "amazon"

HEAD = """\
# The graph

Made from the sample articles by `make docs`; a test keeps it up to date.

There are two layers, as in SEM and GAF. An *event* is one thing in the world, however many
articles report it; a *claim* is what one article says of it at one place in its text. Each article
has a named graph of its own, a pure function of the article and the extractor: the article's text
and metadata, its mentions (offsets in Unicode code points, and the quote), its entities, its
claims, and the provenance of the extraction. One merged graph holds each event and entity once,
and links it to the claims and to the articles' entities. Queries see the union of all graphs.

`ontology.ttl` defines every term with its domain, range and alignments; docs/ontology.md explains
it. The SHACL shapes at its end describe the graph; the tests check the samples against them.
"""

EVENT = """
CONSTRUCT { ?event ?p ?o . ?claim ?q ?v . ?mention ?r ?w } WHERE {
  { SELECT ?event (MIN(?c) AS ?claim) WHERE {
      ?event a sem:Event ; rdfs:label ?label ; dl:claim ?c .
      ?c dl:timeExpression ?time
      FILTER(STR(?label) = "Parler goes offline") } GROUP BY ?event }
  { ?event ?p ?o } UNION { ?claim ?q ?v }
  UNION { ?claim gaf:denotedBy|dl:timeExpression ?mention . ?mention ?r ?w }
}"""

QUESTION = f"""\
SELECT DISTINCT ?what ?from ?to ?outlet ?words WHERE {{
  ?event a sem:Event ; dl:agent ent:{ACTOR} ; rdfs:label ?what ; dl:salience ?salience ;
         dl:claim ?claim .
  OPTIONAL {{ ?event sem:hasEarliestBeginTimeStamp ?from }}
  OPTIONAL {{ ?event sem:hasLatestEndTimeStamp ?to }}
  ?claim dl:evidence/nif:anchorOf ?words ;
         prov:wasDerivedFrom/schema:publisher/rdfs:label ?outlet .
  FILTER(?salience >= {MAIN_LINE})
}} ORDER BY ?from ?what ?outlet ?words"""


def page() -> str:
    """The whole of docs/model.md."""
    with (
        tempfile.TemporaryDirectory() as place,
        KnowledgeBase.open(Path(place) / "kb", create=True) as kb,
    ):
        articles = [a for a in read_path(ROOT / "samples") if isinstance(a, Article)]
        list(kb.ingest(articles, Extractor()))
        prefixes = {**PREFIXES, "ent": f"{kb.base}entity/"}
        turtle = _turtle(_asked(kb, EVENT, "application/n-triples", prefixes), prefixes)
        rows = list(csv.DictReader(io.StringIO(_asked(kb, QUESTION, "text/csv", prefixes))))
    return "\n".join(
        [
            HEAD,
            "## An event, with the first of its claims\n",
            f"```turtle\n{turtle}```\n",
            f"## What did {ACTOR.title()} do, when, according to whom, in which words?\n",
            f"```sparql\n{_declared(QUESTION, prefixes)}\n```\n",
            _table(rows[:12]),
            f"\n(The first 12 of {len(rows)} rows.)\n",
        ]
    )


def _declared(query: str, prefixes: dict[str, str]) -> str:
    """The query with the prefixes that it uses."""
    used = [f"PREFIX {name}: <{iri}>" for name, iri in prefixes.items() if f"{name}:" in query]
    return "\n".join([*used, query])


def _asked(kb: KnowledgeBase, query: str, media_type: str, prefixes: dict[str, str]) -> str:
    answer = kb.query(_declared(query, prefixes), [media_type])
    return b"".join(answer.chunks).decode("utf-8")


def _turtle(triples: str, prefixes: dict[str, str]) -> str:
    graph = Graph().parse(data=triples, format="nt")
    for name, iri in prefixes.items():
        graph.bind(name, iri)
    return graph.serialize(format="turtle").lstrip()


def _table(rows: Sequence[dict[str, str]]) -> str:
    names = list(rows[0]) if rows else []
    lines = [names, ["---"] * len(names)]
    lines += [[row[name].replace("|", "/").replace("\n", " ") for name in names] for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
