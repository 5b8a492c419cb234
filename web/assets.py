"""The bundled style sheet and scripts: which hashed file stands for which name."""

from __future__ import annotations

import json
from pathlib import Path

DIST = Path(__file__).resolve().parent / "static" / "dist"
NAMES = ("dateline.css", "dateline.js", "sparql.css", "sparql.js")


class MissingBundleError(RuntimeError):
    """The front end has not been built. The message says how to build it."""


def load_manifest(dist: Path = DIST) -> dict[str, str]:
    """The path below ``static/`` of each bundled file, by its name.

    Raises MissingBundleError when the bundle is absent or incomplete.
    """
    try:
        files = json.loads((dist / "manifest.json").read_text("utf-8"))
        manifest = {name: f"dist/{files[name]}" for name in NAMES}
        missing = [name for name in NAMES if not (dist / files[name]).is_file()]
    except (OSError, ValueError, KeyError) as error:
        raise MissingBundleError(_remedy(dist)) from error
    if missing:
        raise MissingBundleError(_remedy(dist))
    return manifest


def _remedy(dist: Path) -> str:
    return (
        f"The pages' style sheet and scripts are not built ({dist} is missing or incomplete): "
        "run 'make build' (or 'python -m web.build') in the checkout, or reinstall the package."
    )
