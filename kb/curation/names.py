"""What the decisions about a name come to: the latest that stands holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from kb.curation.decisions import (
    Decision,
    MergeEntities,
    RenameEntity,
    RetypeEntity,
    SplitEntity,
)


@dataclass(frozen=True, slots=True)
class DecidedName:
    """What people have decided about a name; the moments say when."""

    parent: str | None = None
    """The key that it stands for, its own where it was set apart."""
    label: str | None = None
    labelled: str | None = None
    type: str | None = None
    typed: str | None = None


def decided_name(key: str, decisions: Iterable[Decision]) -> DecidedName:
    """What decisions, which stand and come in their order, say of a name."""
    found = DecidedName()
    for decision in decisions:
        moment = "|".join(decision.order)
        match decision.what:
            case MergeEntities(names, into) if key in names:
                found = replace(found, parent=into)
            case SplitEntity(_, names, entity, into):
                if key in names:
                    found = replace(found, parent=key)
                if entity is not None and key == entity.key:
                    found = replace(found, parent=into or key)
            case RenameEntity(name, label) if name == key:
                found = replace(found, label=label, labelled=moment)
            case RetypeEntity(name, kind) if name == key:
                found = replace(found, type=kind, typed=moment)
    return found


def circle(keys: Iterable[str], parent_of: Callable[[str], str | None]) -> list[str] | None:
    """Names that would stand for each other in a circle, None where these lead into none."""
    for key in sorted(keys):
        path = [key]
        while (following := parent_of(path[-1])) not in (None, path[-1]):
            assert following is not None
            if following in path:
                return path[path.index(following) :]
            path.append(following)
    return None
