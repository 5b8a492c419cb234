"""The command line, on the samples and on bad input."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner, Result

from cli.failures import MEANINGS, Exit
from cli.reference import PAGE, reference
from dateline import COMMANDS, commands
from extractors.extraction import Extraction

ROOT = Path(__file__).resolve().parent.parent
ANSI = re.compile(r"\x1b\[")
ARTICLE = """\
Harbour bridge reopens after repairs

Engineers reopened the harbour bridge on Monday. Mayor Lena Abara thanked the crews, and said
that the city would not close the bridge again this year. Northwind Ferries had cancelled its
services on Friday.
"""

Run = Callable[..., Result]


def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    """Run `dateline` in this process, without the settings of whoever runs the tests."""
    environ = dict.fromkeys(name for name in os.environ if name.startswith("DATELINE_"))
    return CliRunner(env=environ).invoke(commands, [str(a) for a in arguments], input=stdin)


def run_apart(*arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run `dateline` in a process of its own."""
    command = [sys.executable, ROOT / "dateline.py", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def lines(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def failed(result: Result, code: Exit, *words: str) -> None:
    """The command failed with this code and one clear message, and printed nothing else."""
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    for word in words:
        assert word in result.stderr


@pytest.fixture(scope="session")
def kb(tmp_path_factory: pytest.TempPathFactory, samples_path: Path) -> Path:
    """A knowledge base of the samples. Nobody writes to it."""
    path = tmp_path_factory.mktemp("cli") / "kb"
    result = run("ingest", samples_path, "--kb", path)
    assert result.exit_code == 0, result.output
    return path


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "bridge.txt"
    path.write_text(ARTICLE)
    return path


# --- help ---------------------------------------------------------------------------------


def test_help_lists_every_command_and_exit_code() -> None:
    text = run("--help").stdout
    for name, summary in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(summary)}$", text, re.MULTILINE)
    for code, meaning in MEANINGS.items():
        assert re.search(rf"^  {int(code)} +{re.escape(meaning)}$", text, re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_each_command_has_an_example_that_parses(name: str) -> None:
    text = run(name, "--help").stdout
    examples = re.findall(rf"dateline {name}\b.*", text.partition("Example")[2])
    assert examples


def test_reference_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == reference(), "run 'make docs'"


def test_settings_are_documented() -> None:
    documented = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    code = [ROOT / "dateline.py", *(f for d in ("cli", "extractors", "kb", "web")
                                    for f in (ROOT / d).glob("**/*.py"))]  # fmt: skip
    used = {name for file in code for name in re.findall(r"DATELINE_[A-Z_]+", file.read_text())}
    assert used
    assert {name for name in used if f"`{name}`" not in documented} == set()


@pytest.mark.parametrize("arguments", [["--help"], ["timeline", "--help"], ["query", "--help"]])
def test_help_does_not_load_the_language_library(arguments: list[str]) -> None:
    program = (
        "import sys, dateline\n"
        f"try: dateline.main({arguments})\n"
        "except SystemExit: print('spacy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("False\n")


def test_unknown_command_is_a_usage_error() -> None:
    failed(run("inquest"), Exit.USAGE, "No such command 'inquest'")


# --- extract ------------------------------------------------------------------------------


def test_extract_prints_one_line_an_article(samples_path: Path) -> None:
    files = sorted(samples_path.glob("*.txt"))[:2]
    result = run("extract", *files)
    assert result.exit_code == 0, result.output
    found = [Extraction.from_json(line) for line in result.stdout.splitlines()]
    assert len(found) == len(files)
    for extraction in found:
        assert extraction.events
        for event in extraction.events:
            assert extraction.text[event.trigger.start : event.trigger.end].strip()


def test_extract_reads_standard_input(article: Path) -> None:
    result = run("extract", "-", "--published", "2021-01-12", stdin=ARTICLE)
    (extraction,) = (Extraction.from_json(line) for line in result.stdout.splitlines())
    assert extraction.published == "2021-01-12"
    days = {e.time.earliest for e in extraction.events if e.lemma == "reopen" and e.time}
    assert "2021-01-11" in days


def test_extract_as_a_table_reads_well_in_a_pipe(article: Path) -> None:
    result = run("extract", article, "--published", "2021-01-12", "--format", "table")
    assert result.exit_code == 0
    assert not ANSI.search(result.stdout)
    assert re.search(r"2021-01-11 .*bridge", result.stdout)
    assert all(line == line.rstrip() or "  " in line for line in result.stdout.splitlines())


def test_unknown_publication_date_is_said(article: Path) -> None:
    result = run("extract", article)
    assert result.exit_code == 0
    assert "publication date unknown" in result.stderr
    extraction = Extraction.from_json(result.stdout)
    assert extraction.published is None
    assert all(event.time is None or event.time.earliest is None for event in extraction.events)


GERMAN = (
    "Die Bundesregierung hat am Freitag beschlossen, die Steuern im nächsten Jahr zu senken. "
    "Der Minister sagte, das sei ein wichtiger Schritt für das Land und seine Bürger."
)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (bytes(range(256)) * 8, "binary"),
        (GERMAN.encode(), "German"),
        (b"%PDF-1.7 ...", "PDF"),
    ],
)
def test_bad_input_gets_one_message_that_names_it(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    result = run("extract", path)
    failed(result, Exit.ARTICLE, "bad.txt", words)
    assert len(result.stderr.splitlines()) == 1


def test_force_reads_another_language(tmp_path: Path) -> None:
    path = tmp_path / "german.txt"
    path.write_text(GERMAN)
    assert run("extract", path, "--force").exit_code == 0


def test_missing_file_is_named() -> None:
    failed(run("extract", "no-such-file.txt"), Exit.ARTICLE, "no-such-file.txt")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--published", "2021-13-40"], "2021-13-40"),
        (["--published", "01/02/2021"], "day first or month first"),
        (["--format", "yaml"], "yaml"),
    ],
)
def test_wrong_options_are_usage_errors(article: Path, options: list[str], words: str) -> None:
    failed(run("extract", article, *options), Exit.USAGE, words)


def test_title_of_two_articles_is_a_usage_error(article: Path) -> None:
    failed(run("extract", article, article, "--title", "x"), Exit.USAGE, "give one input")


def test_missing_model_says_how_to_install_it(article: Path) -> None:
    result = run("extract", article, "--model", "en_no_such_model")
    failed(result, Exit.MODEL, "en_no_such_model", "pip install")


# --- ingest -------------------------------------------------------------------------------


def test_ingesting_twice_changes_nothing(tmp_path: Path, article: Path) -> None:
    path = tmp_path / "kb"
    first = run("ingest", article, "--published", "2021-01-12", "--kb", path)
    assert first.exit_code == 0, first.output
    assert "added" in first.stdout
    before = run("export", "--kb", path, "--format", "nquads").stdout
    second = run("ingest", article, "--published", "2021-01-12", "--kb", path)
    assert second.exit_code == 0
    assert "unchanged" in second.stdout
    assert sorted(run("export", "--kb", path, "--format", "nquads").stdout.splitlines()) == sorted(
        before.splitlines()
    )


def test_one_bad_article_stops_no_other(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a-empty.txt").write_bytes(b"")
    (news / "b-good.txt").write_text(ARTICLE)
    result = run("ingest", news, "--published", "2021-01-12", "--kb", tmp_path / "kb")
    assert result.exit_code == Exit.PARTLY
    assert "a-empty.txt" in result.stderr
    assert (
        json.loads(run("info", "--kb", tmp_path / "kb", "--format", "json").stdout)["articles"] == 1
    )


def test_nothing_readable_fails_and_makes_nothing_up(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    result = run("ingest", tmp_path / "empty.txt", "--kb", tmp_path / "kb")
    assert result.exit_code == Exit.ARTICLE
    assert "empty.txt" in result.stderr


def test_base_of_iris_is_chosen_once(tmp_path: Path, article: Path) -> None:
    path = tmp_path / "kb"
    run("ingest", article, "--kb", path, "--base", "https://news.example.org/")
    assert (
        "<https://news.example.org/event/"
        in run("export", "--kb", path, "--format", "nquads").stdout
    )
    again = run("ingest", article, "--kb", path, "--base", "https://other.example.org/")
    failed(again, Exit.STORE, "https://news.example.org/")


# --- timeline, show, info -------------------------------------------------------------------


def test_timeline_is_in_order_of_time(kb: Path) -> None:
    events = lines(run("timeline", "--kb", kb, "--all", "--format", "jsonl"))
    dated = [e["when"]["earliest"][:10] for e in events if e["when"]["earliest"]]  # type: ignore[index]
    assert len(dated) > 20
    assert dated == sorted(dated)
    newest = lines(run("timeline", "--kb", kb, "--order", "newest", "--format", "jsonl"))
    assert newest[0]["when"]["earliest"] >= newest[-1]["when"]["earliest"]  # type: ignore[index]


def test_timeline_filters_narrow_together(kb: Path) -> None:
    result = run("timeline", "--kb", kb, "--entity", "parler", "--from", "2021-01-08",
                 "--to", "2021-01-10", "--format", "jsonl")  # fmt: skip
    events = lines(result)
    assert events
    for event in events:
        slugs = {ref["slug"] for _, ref, _ in event["participants"] if ref}  # type: ignore[attr-defined]
        assert "parler" in slugs
        assert event["when"]["earliest"][:10] <= "2021-01-10"  # type: ignore[index]
        assert event["when"]["latest"][:10] >= "2021-01-08"  # type: ignore[index]


def test_timeline_as_csv_is_read_back(kb: Path) -> None:
    result = run("timeline", "--kb", kb, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    shown = lines(run("timeline", "--kb", kb, "--format", "jsonl"))
    assert [row["id"] for row in rows] == [event["slug"] for event in shown]
    assert all(row["quote"] for row in rows)


def test_timeline_says_how_much_is_left_out(kb: Path) -> None:
    result = run("timeline", "--kb", kb, "--limit", "3")
    total = len(lines(run("timeline", "--kb", kb, "--format", "jsonl")))
    assert len(result.stdout.splitlines()) == 4
    assert f"3 of {total} events" in result.stderr
    assert not ANSI.search(result.output)


@pytest.mark.parametrize(
    "words", [["--from", "2021-02-30"], ["--from", "2021-02", "--to", "2021-01"]]
)
def test_timeline_refuses_dates_that_cannot_be(kb: Path, words: list[str]) -> None:
    failed(run("timeline", "--kb", kb, *words), Exit.USAGE)


def test_show_event_gives_every_report_in_its_words(kb: Path, samples_path: Path) -> None:
    events = lines(run("timeline", "--kb", kb, "--format", "jsonl", "--all"))
    event = max(events, key=lambda e: int(str(e["reports"])))
    assert int(str(event["reports"])) > 1
    view = json.loads(run("show", str(event["slug"]), "--kb", kb, "--format", "json").stdout)
    assert len(view["reports"]) == event["reports"]
    text = run("show", str(event["slug"]), "--kb", kb).stdout
    for report in view["reports"]:
        assert report["trigger"] in text
        assert report["article"]["title"] in text
    assert run("show", view["iri"], "--kb", kb).stdout == text


def test_show_entity_lists_its_events(kb: Path) -> None:
    result = run("show", "amazon", "--kb", kb)
    assert result.exit_code == 0
    assert result.stdout.startswith("Amazon\n")
    assert "Parler" in result.stdout
    assert run("show", "entity/amazon", "--kb", kb).stdout == result.stdout


def test_show_article_lists_what_it_reports(kb: Path) -> None:
    event = lines(run("timeline", "--kb", kb, "--format", "jsonl", "--limit", "1"))[0]
    view = json.loads(run("show", str(event["slug"]), "--kb", kb, "--format", "json").stdout)
    article = view["reports"][0]["article"]
    text = run("show", f"article/{article['slug']}", "--kb", kb).stdout
    assert text.startswith(article["title"])
    assert str(event["label"]) in text


def test_show_of_nothing_known(kb: Path) -> None:
    failed(run("show", "atlantis", "--kb", kb), Exit.NOT_FOUND, "atlantis")


def test_info_counts_the_samples(kb: Path, samples_path: Path) -> None:
    overview = json.loads(run("info", "--kb", kb, "--format", "json").stdout)
    assert overview["articles"] == len([*samples_path.glob("*.txt"), *samples_path.glob("*.html")])
    assert str(overview["events"]) in run("info", "--kb", kb).stdout


def test_terminal_codes_of_an_article_are_not_passed_on(tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(
        "<html><head><title>Mayor opens \x9b31mbridge</title></head><body><article><p>Mayor Lena "
        "Abara opened the \x9b31m bridge\u202e on 4 March 2021. The city council praised the "
        "engineers who had built the bridge in two years.</p></article></body></html>"
    )
    run("ingest", path, "--kb", tmp_path / "kb")
    for command in (["timeline", "--all"], ["export", "--format", "csv"]):
        shown = run(*command, "--kb", tmp_path / "kb")
        assert "bridge" in shown.stdout
        if command[0] == "timeline":
            assert not re.search("[\x1b\x9b\u202e]", shown.stdout)


# --- query ----------------------------------------------------------------------------------

SELECT = "SELECT ?label WHERE { ?e a sem:Event ; rdfs:label ?label } ORDER BY ?label LIMIT 3"


def test_query_formats_agree(kb: Path) -> None:
    def answer(form: str) -> str:
        result = run("query", SELECT, "--kb", kb, "--format", form)
        assert result.exit_code == 0, result.output
        return result.stdout

    labels = [b["label"]["value"] for b in json.loads(answer("json"))["results"]["bindings"]]
    assert len(labels) == 3
    assert [row["label"] for row in csv.DictReader(io.StringIO(answer("csv")))] == labels
    assert [line.rstrip() for line in answer("table").splitlines()] == ["label", *labels]
    assert answer("tsv").splitlines()[0] == "?label"
    assert all(label in answer("xml").replace("&apos;", "'") for label in labels)


def test_query_from_file_and_standard_input(kb: Path, tmp_path: Path) -> None:
    direct = run("query", SELECT, "--kb", kb).stdout
    (tmp_path / "question.rq").write_text(SELECT)
    assert run("query", "--file", tmp_path / "question.rq", "--kb", kb).stdout == direct
    assert run("query", "--file", "-", "--kb", kb, stdin=SELECT).stdout == direct


def test_ask_is_answered_with_a_word(kb: Path) -> None:
    assert run("query", "ASK { ?e a sem:Event }", "--kb", kb).stdout == "yes\n"
    assert run("query", "ASK { ?e a dl:NoSuchClass }", "--kb", kb).stdout == "no\n"


@pytest.mark.parametrize(
    ("form", "parser"), [("turtle", "turtle"), ("ntriples", "nt"), ("jsonld", "json-ld")]
)
def test_constructed_graphs_are_read_by_others(kb: Path, form: str, parser: str) -> None:
    result = run("query", "DESCRIBE ent:amazon", "--kb", kb, "--format", form)
    graph = rdflib.Graph().parse(data=result.stdout, format=parser)
    assert len(graph) > 2


def test_malformed_query_is_told_by_line_and_column(kb: Path) -> None:
    result = run("query", "SELECT ?e WHERE {\n ?e a }", "--kb", kb)
    failed(result, Exit.QUERY)
    assert re.search(r"[Ll]ine 2, column \d+", result.stderr)


def test_updates_are_refused(kb: Path) -> None:
    failed(run("query", "DROP ALL", "--kb", kb), Exit.QUERY, "update")


def test_format_that_does_not_fit_the_query(kb: Path) -> None:
    failed(run("query", SELECT, "--kb", kb, "--format", "turtle"), Exit.USAGE, "turtle")


def test_query_and_file_are_either_or(kb: Path) -> None:
    failed(run("query", "--kb", kb), Exit.USAGE)


# --- export and reindex ---------------------------------------------------------------------


def test_export_holds_every_graph_and_is_read_by_others(kb: Path, tmp_path: Path) -> None:
    target = tmp_path / "all.trig"
    result = run("export", "--kb", kb, "-o", target)
    assert result.exit_code == 0, result.output
    dataset = rdflib.Dataset()
    dataset.parse(target, format="trig")
    quads = run("export", "--kb", kb, "--format", "nquads").stdout.splitlines()
    assert len(dataset) == len(set(quads))
    assert list(tmp_path.iterdir()) == [target]


def test_export_of_events(kb: Path) -> None:
    events = lines(run("export", "--kb", kb, "--format", "jsonl"))
    assert events == lines(run("timeline", "--kb", kb, "--all", "--format", "jsonl"))


def test_export_to_a_place_that_cannot_be_written(kb: Path, tmp_path: Path) -> None:
    failed(run("export", "--kb", kb, "-o", tmp_path / "no" / "x.trig"), Exit.USAGE, "x.trig")


def test_reindex_gives_the_same_timeline(tmp_path: Path, article: Path) -> None:
    path = tmp_path / "kb"
    run("ingest", article, "--published", "2021-01-12", "--kb", path)
    before = run("timeline", "--kb", path, "--all", "--format", "jsonl").stdout
    assert before
    for file in path.rglob("*.sqlite*"):
        file.unlink()
    assert run("reindex", "--kb", path).exit_code == 0
    assert run("timeline", "--kb", path, "--all", "--format", "jsonl").stdout == before


# --- knowledge bases that can't be opened ---------------------------------------------------


@pytest.mark.parametrize("name", ["timeline", "info", "export", "serve", "reindex"])
def test_absent_knowledge_base_is_named(tmp_path: Path, name: str) -> None:
    path = tmp_path / "nowhere"
    result = run(name, "--kb", path)
    failed(result, Exit.STORE, "nowhere")
    assert not path.exists()


def test_directory_of_something_else_is_left_alone(tmp_path: Path, article: Path) -> None:
    other = tmp_path / "photos"
    other.mkdir()
    (other / "holiday.jpg").write_bytes(b"\xff\xd8")
    failed(run("ingest", article, "--kb", other), Exit.STORE, "photos")
    assert [p.name for p in other.iterdir()] == ["holiday.jpg"]


# --- processes ------------------------------------------------------------------------------


def test_a_reader_that_stops_early_gets_no_traceback(kb: Path) -> None:
    command = [sys.executable, ROOT / "dateline.py", "timeline", "--all", "--format", "jsonl"]
    with subprocess.Popen(
        [*command, "--kb", kb], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_serve_answers_until_it_is_told_to_stop(kb: Path) -> None:
    command = [sys.executable, "-u", ROOT / "dateline.py", "serve", "--kb", kb, "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stderr
        first = process.stdout.readline()
        address = re.search(r"http://\S+", first)
        assert address, first + process.stderr.read()
        with urllib.request.urlopen(address.group()) as answer:
            assert answer.status == 200
            assert b"Parler" in answer.read()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


def test_serve_says_when_the_port_is_taken(kb: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = run("serve", "--kb", kb, "--port", str(port))
    failed(result, Exit.SERVER, str(port), "taken")
