"""Example queries of the SPARQL page. Each one answers a question that analysts ask."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kb.terms import NAMESPACES


@lru_cache(maxsize=1)
def offered_terms() -> tuple[str, ...]:
    """The terms that a query may want, as prefixed names: the ontology's, and those it reuses."""
    from kb.vocabulary import terms  # noqa: PLC0415 - it reads the ontology: not at start-up

    used = {
        f"{prefix}:{name}" for prefix, namespace in NAMESPACES.items() for name in namespace.names
    }
    return tuple(sorted(used | {f"dl:{name}" for name in terms()}))


@dataclass(frozen=True, slots=True)
class Example:
    """A question and the query that answers it."""

    question: str
    query: str


PREFIXES = """\
PREFIX dl: <https://w3id.org/dateline/ontology#>
PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


def examples(base: str) -> tuple[Example, ...]:
    """The examples over a knowledge base whose IRIs begin with `base`."""
    return (
        Example(
            "What did Amazon do, and when?",
            f"""{PREFIXES}PREFIX ent: <{base}entity/>

SELECT ?event ?label ?from ?to WHERE {{
  ?event a sem:Event ; dl:agent ent:amazon ; rdfs:label ?label .
  OPTIONAL {{ ?event sem:hasEarliestBeginTimeStamp ?from }}
  OPTIONAL {{ ?event sem:hasLatestEndTimeStamp ?to }}
}} ORDER BY ?from
""",
        ),
        Example(
            "What happened in the week of 4 January 2021?",
            f"""{PREFIXES}
# A time is an interval: what lies inside the week happened in it, what only overlaps may have
# (dl:overlapping). A period is a year, a month, a week, a day, or from one to another.
SELECT ?event ?label ?from ?to WHERE {{
  ?event dl:during "2021-W01" ; a sem:Event ; rdfs:label ?label ;
    sem:hasEarliestBeginTimeStamp ?from ; sem:hasLatestEndTimeStamp ?to .
}} ORDER BY ?from ?label
""",
        ),
        Example(
            "Which events speak of an app store?",
            f"""{PREFIXES}
# All words must occur in the labels or quotes of an event; the last may be a beginning.
SELECT ?event ?label WHERE {{
  ?event dl:matches "app store" ; a sem:Event ; rdfs:label ?label .
}}
""",
        ),
        Example(
            "Who acts on whom?",
            f"""{PREFIXES}
SELECT ?agent ?patient (COUNT(DISTINCT ?event) AS ?events) WHERE {{
  ?event a sem:Event ; dl:agent ?a ; dl:patient ?p .
  ?a dl:mentionedAs ?m ; rdfs:label ?agent .
  ?p dl:mentionedAs ?n ; rdfs:label ?patient .
}} GROUP BY ?agent ?patient ORDER BY DESC(?events) LIMIT 30
""",
        ),
        Example(
            "How many events a day?",
            f"""{PREFIXES}
SELECT ?day (COUNT(?event) AS ?events) WHERE {{
  ?event a sem:Event ; dl:timePrecision "day" ; sem:hasEarliestBeginTimeStamp ?from .
  BIND(SUBSTR(STR(?from), 1, 10) AS ?day)
}} GROUP BY ?day ORDER BY ?day
""",
        ),
        Example(
            "What is denied, and by whom?",
            f"""{PREFIXES}
SELECT ?label ?speaker ?event WHERE {{
  ?event a sem:Event ; rdfs:label ?label ; dl:claim ?claim .
  ?claim dl:polarity dl:negative .
  OPTIONAL {{ ?claim dl:attributedTo/rdfs:label ?speaker }}
}} ORDER BY ?label
""",
        ),
        Example(
            "What was planned, and may still come?",
            f"""{PREFIXES}
SELECT ?event ?label ?from ?to WHERE {{
  ?event a sem:Event ; dl:factuality dl:planned ; rdfs:label ?label .
  OPTIONAL {{ ?event sem:hasEarliestBeginTimeStamp ?from }}
  OPTIONAL {{ ?event sem:hasLatestEndTimeStamp ?to }}
}} ORDER BY ?from ?label
""",
        ),
        Example(
            "Which kinds of action are told most?",
            f"""{PREFIXES}
SELECT ?action (COUNT(?event) AS ?events) WHERE {{
  ?event a sem:Event ; sem:eventType ?type .
  BIND(STRAFTER(STR(?type), "#") AS ?action)
}} GROUP BY ?action ORDER BY DESC(?events) LIMIT 25
""",
        ),
        Example(
            "Who says most, and in how many articles?",
            f"""{PREFIXES}PREFIX prov: <http://www.w3.org/ns/prov#>

SELECT ?speaker (COUNT(?claim) AS ?claims) (COUNT(DISTINCT ?article) AS ?articles) WHERE {{
  ?claim a dl:Claim ; dl:attributedTo ?who ; prov:wasDerivedFrom ?article .
  ?entity dl:mentionedAs ?who ; rdfs:label ?speaker .
}} GROUP BY ?entity ?speaker ORDER BY DESC(?claims) LIMIT 20
""",
        ),
        Example(
            "Which outlets report an event alike?",
            f"""{PREFIXES}PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX schema: <https://schema.org/>

SELECT ?label (GROUP_CONCAT(DISTINCT ?outlet; separator=", ") AS ?outlets) WHERE {{
  ?event a sem:Event ; rdfs:label ?label ; dl:sourceCount ?sources ; dl:claim ?claim .
  FILTER(?sources > 1)
  ?claim prov:wasDerivedFrom/schema:publisher/rdfs:label ?outlet .
}} GROUP BY ?event ?label ?sources ORDER BY DESC(?sources) ?label
""",
        ),
        Example(
            "In whose words, in which article?",
            f"""{PREFIXES}PREFIX ent: <{base}entity/>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX schema: <https://schema.org/>

SELECT ?label ?publisher ?speaker ?quote WHERE {{
  ?event a sem:Event ; dl:agent ent:amazon ; rdfs:label ?label ; dl:claim ?claim .
  ?claim dl:evidence/nif:anchorOf ?quote ; prov:wasDerivedFrom ?article .
  OPTIONAL {{ ?article schema:publisher/rdfs:label ?publisher }}
  OPTIONAL {{ ?claim dl:attributedTo/rdfs:label ?speaker }}
}} ORDER BY ?label LIMIT 50
""",
        ),
        Example(
            "What do reports disagree on?",
            f"""{PREFIXES}
SELECT ?event ?label ?point WHERE {{
  ?event a sem:Event ; rdfs:label ?label ; dl:disputed ?point .
}} ORDER BY ?label
""",
        ),
        Example(
            "Who acts most often?",
            f"""{PREFIXES}
SELECT ?name (COUNT(DISTINCT ?event) AS ?events) WHERE {{
  ?event a sem:Event ; dl:agent ?who .
  ?who rdfs:label ?name ; dl:mentionedAs ?mentioned .
}} GROUP BY ?who ?name ORDER BY DESC(?events) LIMIT 20
""",
        ),
        Example(
            "Everything about one event, as a graph",
            f"""{PREFIXES}
CONSTRUCT {{ ?event ?p ?o . ?claim ?q ?r }} WHERE {{
  {{ SELECT ?event WHERE {{ ?event a sem:Event ; dl:reportCount ?n }} ORDER BY DESC(?n) LIMIT 1 }}
  ?event ?p ?o ; dl:claim ?claim .
  ?claim ?q ?r .
}}
""",
        ),
    )
