"""What a wheel carries beside Python modules: the ontology and the bundled front end.

setup.cfg names `BuildPy` as the build's `build_py` command. An editable install changes
nothing: there, ontology.ttl is found in the checkout and `make build` bundles the front end.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent


class BuildPy(build_py):
    """Bundles the front end before package data is collected, and adds ontology.ttl after."""

    def run(self) -> None:
        """Build all modules and data into the build folder.

        Raises web.build.BuildError when the front end can't be bundled.
        """
        if self.editable_mode:
            super().run()
            return
        bundle_front_end()
        super().run()
        self.copy_file(str(ROOT / "ontology.ttl"), str(self._ontology()))

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        """All files of the build, the ontology among them."""
        extra = [] if self.editable_mode else [str(self._ontology())]
        return [*super().get_outputs(include_bytecode), *extra]

    def _ontology(self) -> Path:
        return Path(self.build_lib) / "extractors" / "ontology.ttl"


def bundle_front_end() -> None:
    """Run web/build.py from its file: in an isolated build the checkout can't be imported."""
    spec = importlib.util.spec_from_file_location("front_end_build", ROOT / "web" / "build.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(ROOT / "web" / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.build()
