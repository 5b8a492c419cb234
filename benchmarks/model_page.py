"""The page docs/model.md: the model by example, written by the code from the samples.

    python -m benchmarks.model_page            # writes docs/model.md
    python -m benchmarks.model_page --check    # fails when the page is out of date

The page names the language model behind it; with another one the check has nothing to say.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import sys
import tempfile
from pathlib import Path

from rdflib import Graph

from extractors.articles import Article
from extractors.pipeline import Extractor
from extractors.sources import read_path
from kb.knowledge_base import KnowledgeBase
from kb.views import EventSummary, TimelineFilter

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "model.md"
ENTITY = "amazon"
QUERY = """\
SELECT ?what ?from ?to ?outlet ?said ?words WHERE {
  ?event a sem:Event ;
    dl:agent ent:amazon ;
    rdfs:label ?what ;
    dl:salience ?salience ;
    dl:claim ?claim .
  OPTIONAL { ?event sem:hasEarliestBeginTimeStamp ?from }
  OPTIONAL { ?event sem:hasLatestEndTimeStamp ?to }
  ?claim prov:wasDerivedFrom/schema:publisher/rdfs:label ?outlet ;
    dl:evidence/nif:anchorOf ?words .
  OPTIONAL { ?claim dl:attributedTo/rdfs:label ?said }
  FILTER(?salience >= 0.5)
} ORDER BY ?from ?to ?what ?outlet ?words LIMIT 12
"""
TEXT = """\
# The model by example

<!-- Written by `python -m benchmarks.model_page` from samples/: edit that, not this. -->

An *event* is one thing in the world, however many articles report it; a *claim* is what one
article says of it at one place in its text. Each article has a named graph of its own, which
knows of no other article: metadata, mentions with their offsets, entities, claims, and what
extracted them. One merged graph holds every event and entity once, and points to the claims and
mentions behind it. Queries see the union of all graphs. [ontology.md](ontology.md) describes the
terms; [architecture.md](architecture.md) the code that fills them.

| graph | holds |
|---|---|
| `graph:ARTICLE` | one article; replaced or forgotten as a whole |
| `graph:merged` | events and entities across articles; derived, rebuilt at will |
| `graph:knowledge-base` | the base of all IRIs, and the commit and fingerprint of each article |

Everything below was read from `samples/` with {model}.

## An event and its claims

{label} ({when}; {reports} reports by {sources} sources), as `DESCRIBE`d at its address:

```turtle
{turtle}```

- `nif:beginIndex` and `nif:endIndex` count Unicode code points of the article's `nif:isString`;
  the IRI of a mention says the same (RFC 5147).
- An open side of an interval has no stamp. A day runs from its first to its last second, in the
  time of the place that the article speaks of.
- `dl:disputed` marks what the reports disagree in; the claims keep every version.

## What did Amazon do, when, according to whom, in which words?

The prefixes are those that `dateline query` declares.

```sparql
{query}```

| what | from | to | outlet | said by | words |
|---|---|---|---|---|---|
{table}
"""


def main() -> int:
    """Write the page, or check it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true")
    check: bool = parser.parse_args().check
    page = render(Extractor())
    if not check:
        PAGE.write_text(page, encoding="utf-8")
        return 0
    if PAGE.read_text(encoding="utf-8") != page:
        print(f"{PAGE} is out of date: run python -m benchmarks.model_page", file=sys.stderr)
        return 1
    return 0


def render(extractor: Extractor) -> str:
    """The page as it should be."""
    with (
        tempfile.TemporaryDirectory() as folder,
        KnowledgeBase.open(Path(folder) / "kb", create=True) as kb,
    ):
        articles = [item for item in read_path(ROOT / "samples") if isinstance(item, Article)]
        for result in kb.ingest(articles, extractor):
            if result.status == "failed":
                raise RuntimeError(result.message)
        event = choose(kb)
        return TEXT.format(
            model=extractor.model,
            label=event.label,
            when=event.when.text,
            reports=event.reports,
            sources=event.sources,
            turtle=turtle(kb, event.slug),
            query=QUERY,
            table="\n".join(rows(kb)),
        )


def choose(kb: KnowledgeBase) -> EventSummary:
    """The event of the entity with the most sources, among those told in a few claims."""
    events = kb.timeline(TimelineFilter(entity=ENTITY), limit=500).events
    acted = [
        event for event in events
        if any(role == "agent" and ref and ref.slug == ENTITY for role, ref, _ in event.participants)
    ]  # fmt: skip
    few = [event for event in acted if event.reports <= 2] or acted
    return max(few, key=lambda event: (event.sources, event.salience, event.slug))


def turtle(kb: KnowledgeBase, slug: str) -> str:
    """The description of an event, subjects and properties in order, as rdflib writes it."""
    body = kb.describe("event", slug, "application/n-triples")
    graph = Graph().parse(data=(body or b"").decode(), format="nt")
    for prefix, iri in kb.prefixes().items():
        graph.bind(prefix, iri, replace=True)
    return graph.serialize(format="turtle").strip() + "\n"


def rows(kb: KnowledgeBase) -> list[str]:
    """The answer to the query as lines of a table."""
    answer = kb.query(QUERY, ["text/csv"], preset_prefixes=True)
    text = b"".join(answer.chunks).decode()
    return [
        "| " + " | ".join(map(_cell, row)) + " |" for row in list(csv.reader(io.StringIO(text)))[1:]
    ]


def _cell(value: str) -> str:
    """A value in a table of Markdown, which must not end the cell or the row."""
    value = re.sub(r"T(00:00:00|23:59:59)$", "", value)
    return " ".join(value.replace("|", "\\|").split())


if __name__ == "__main__":
    sys.exit(main())
