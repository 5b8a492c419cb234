"""`dateline query`: a SPARQL question on the command line."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from cli.failures import Exit, Failure
from cli.knowledge import opened
from cli.options import as_of_option, kb_option
from cli.output import print_table
from kb.querying import Answer

CSV = "text/csv"
TURTLE = "text/turtle"
# A query has results or a graph; each format serves one of them, a table serves both.
FORMATS = {
    "table": (CSV, TURTLE),
    "json": ("application/sparql-results+json",),
    "xml": ("application/sparql-results+xml",),
    "csv": (CSV,),
    "tsv": ("text/tab-separated-values",),
    "turtle": (TURTLE,),
    "ntriples": ("application/n-triples",),
    "jsonld": ("application/ld+json",),
    "rdfxml": ("application/rdf+xml",),
}


@click.command("query")
@click.argument("sparql", required=False)
@click.option(
    "--file",
    "-f",
    "file",
    type=click.File(encoding="utf-8"),
    help="Read the query from a file; - is standard input.",
)
@kb_option
@as_of_option
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="table",
    show_default=True,
    help="SELECT and ASK: table, json, xml, csv or tsv. CONSTRUCT and DESCRIBE: table (which "
    "is turtle), turtle, ntriples, jsonld or rdfxml.",
)
@click.option(
    "--prefixes", is_flag=True, help="Print the declarations of the prefixes, for other clients."
)
def command(
    sparql: str | None,
    file: Iterable[str] | None,
    kb_path: Path,
    as_of: str | None,
    form: str,
    prefixes: bool,
) -> None:
    """Ask the knowledge base a SPARQL 1.1 question.

    The default graph is the union of all graphs. The usual prefixes are declared: dl, sem, nif,
    gaf, prov, schema, dcterms, skos, owl, rdf, rdfs, xsd; and ent, event, article, graph and src
    for what this knowledge base holds.

    With --as-of the dataset is the graphs of the articles published up to that day: their
    claims, without the merged graph, which tells what is known today. Of the events there,
    dl:knownFrom gives the day of the first report.

    \b
    Examples:
      dateline query 'SELECT ?label WHERE { ?e a sem:Event ; rdfs:label ?label } LIMIT 5'
      dateline query --file question.rq --format csv > answer.csv
      echo 'DESCRIBE ent:amazon' | dateline query --file - --format turtle
    """
    if prefixes:
        print_prefixes(kb_path)
        return
    if (sparql is None) == (file is None):
        raise click.UsageError("Give a query, or --file with the name of its file.")
    text = sparql if sparql is not None else "".join(file or ())
    with opened(kb_path) as kb:
        try:
            graphs = kb.graphs_as_of(as_of) if as_of else ()
            answer = kb.query(
                text,
                FORMATS[form],
                default_graphs=graphs,
                named_graphs=graphs,
                preset_prefixes=True,
            )
        except LookupError as error:
            raise Failure(
                f"--format {form} does not fit this query: {error}", Exit.USAGE
            ) from error
        if form == "table" and answer.media_type == CSV:
            print_results(answer)
        else:
            write(answer.chunks)


def print_prefixes(kb_path: Path) -> None:
    """The prefixes of a knowledge base, as a query declares them."""
    with opened(kb_path) as kb:
        for name, iri in kb.prefixes().items():
            click.echo(f"PREFIX {name}: <{iri}>")


def write(chunks: Iterable[bytes]) -> None:
    """Bytes to standard output as they come."""
    out = sys.stdout.buffer
    for chunk in whole(chunks):
        out.write(chunk)
    out.flush()


def whole(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes; an answer that breaks off is a failure, not a shorter answer."""
    try:
        yield from chunks
    except (RuntimeError, ValueError) as error:
        raise Failure(f"The answer broke off: {error}", Exit.QUERY) from error


def print_results(answer: Answer) -> None:
    """Rows of a SELECT as a table; of an ASK, yes or no."""
    text = b"".join(whole(answer.chunks)).decode("utf-8")
    names, *rows = csv.reader(io.StringIO(text, newline=""))
    if not rows and names in (["true"], ["false"]):
        click.echo("yes" if names == ["true"] else "no")
    else:
        print_table(names, rows)
