"""Which components read articles, in which order: a spaCy config, and the pipeline it describes.

The format is spaCy's (https://spacy.io/usage/training#config): a list of names under ``[nlp]``,
and a section for each name with its factory and settings. default.cfg is what is used when
nothing else is named.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.util import load_config

import extractors.components  # noqa: F401  (registers the factories)
from extractors.actions.lexicon import ontology_path
from extractors.language import derive, load_model
from extractors.reader.components import READERS
from extractors.reader.tiers import weights_files

DEFAULT = Path(__file__).parent / "default.cfg"
LAST = "dateline_assembly"

Settings = dict[str, dict[str, Any]]
"""The settings of each component by its name, in the order of the pipeline."""


class ConfigurationError(ValueError):
    """A pipeline's config that can't be used. The message names the file and the remedy."""


def config_path(requested: Path | None = None) -> Path:
    """The config to use: as asked, else DATELINE_CONFIG, else Dateline's own."""
    chosen = requested or os.environ.get("DATELINE_CONFIG")
    return Path(chosen) if chosen else DEFAULT


def read_settings(path: Path, reader: str | None = None) -> Settings:
    """The components that a config lists, with their settings.

    `reader` names the weights of the trained reader ("light", "accurate" or a folder) in place
    of those of the config; "none" leaves the reader out.

    Raises ConfigurationError when the file is missing or no config, when it lists a component
    that it does not describe, and when it lists none that puts the extraction together.
    """
    try:
        config = load_config(path, interpolate=True)
        names: list[str] = config["nlp"]["pipeline"]
        sections = config["components"]
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"The config {path} can't be read: {error}") from error
    except KeyError as error:
        raise ConfigurationError(
            f"The config {path} has no {error}: it needs 'pipeline' under [nlp], and [components]."
        ) from error
    missing = [name for name in names if name not in sections]
    if missing:
        raise ConfigurationError(
            f"The config {path} lists {', '.join(missing)} without a section "
            f"[components.{missing[0]}]: add it, with a factory."
        )
    settings = {name: dict(sections[name]) for name in names}
    if not any(LAST in (name, section.get("factory")) for name, section in settings.items()):
        raise ConfigurationError(
            f"The config {path} lists no {LAST}: it puts the extraction together."
        )
    chosen = reader or os.environ.get("DATELINE_READER")
    if chosen == "none":
        return {name: one for name, one in settings.items() if one.get("factory") not in READERS}
    if chosen:
        for section in settings.values():
            if "weights" in section:
                section["weights"] = chosen
    return settings


def digest(settings: Settings) -> str:
    """What an extraction depends on besides article, code and model, in sixteen digits.

    It covers the ontology, the components with their order and settings, and the weights.
    """
    written = json.dumps(list(settings.items()), sort_keys=True, default=str).encode()
    summed = hashlib.blake2b(ontology_path().read_bytes() + written, digest_size=8)
    for section in settings.values():
        for file in weights_files(section.get("weights", "")):
            summed.update(file.read_bytes())
    return summed.hexdigest()


def compose(model: str | None, settings: Settings) -> Language:
    """The whole pipeline: a model's own components, then those of the settings.

    Raises ConfigurationError when a component can't be made, and ModelError when a model can't
    be loaded.
    """
    nlp = derive(load_model(model))
    for name, section in settings.items():
        options = dict(section)
        source, factory = options.pop("source", None), options.pop("factory", name)
        place = nlp.pipe_names.index(name) if name in nlp.pipe_names else None
        if place is not None:
            nlp.remove_pipe(name)
        try:
            if source is not None:
                original = options.pop("component", name)
                nlp.add_pipe(original, name=name, source=load_model(source), before=place)
            else:
                nlp.add_pipe(factory, name=name, config=options, before=place)
        except (ValueError, KeyError, TypeError) as error:
            raise ConfigurationError(f"The component {name!r} can't be made: {error}") from error
    return nlp
