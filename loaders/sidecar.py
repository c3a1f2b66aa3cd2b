"""The sidecar ``ecosystem.yml``: what an ecosystem is, and which tables it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.diagnostics import Diagnostic, InputError
from graph.model import LANGUAGES
from graph.namespaces import ID
from graph.record import Location
from graph.yaml_text import read_yaml

FILE_NAME = "ecosystem.yml"


@dataclass(frozen=True, slots=True)
class Sidecar:
    """Title, publisher, licence, date, language, namespace, tables and expected counts."""

    title: Mapping[str, str]
    tables: tuple[str, ...]
    publisher: str = ""
    licence: str = ""
    date: str = ""
    language: str = "ko"
    namespace: str = str(ID)
    columns: Mapping[str, str] = field(default_factory=dict)
    expected: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    identity: str = ""


def read_sidecar(folder: Path) -> Sidecar:
    """Return the sidecar of a folder.

    Raises:
        InputError: the file is missing, is no YAML, or has a key that is unknown or misformed.
    """
    import yaml

    path = folder / FILE_NAME
    if not path.is_file():
        raise InputError([Diagnostic("missing_file", Location(str(path)))])
    try:
        loaded = read_yaml(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _broken(path, " ".join(str(error).split())) from error
    if not isinstance(loaded, dict):
        raise _broken(path, "not a mapping")
    return _check(path, loaded)


def _broken(path: Path, reason: str) -> InputError:
    return InputError(
        [Diagnostic("broken_sidecar", Location(path.name), arguments={"reason": reason})]
    )


def _check(path: Path, loaded: dict[str, Any]) -> Sidecar:
    known = {name: str(hint) for name, hint in Sidecar.__annotations__.items()}
    for key, value in loaded.items():
        if key not in known:
            raise _broken(path, f"unknown key {key}; keys: {', '.join(known)}")
        wanted = _wanted(known[key])
        if not isinstance(value, wanted):
            raise _broken(path, f"{key} is no {wanted.__name__}")
    for key in ("title", "tables"):
        if key not in loaded:
            raise _broken(path, f"{key} is missing")
    for language in LANGUAGES:
        if not isinstance(loaded["title"].get(language), str):
            raise _broken(path, f"title has no {language}")
    for table, bounds in loaded.get("expected", {}).items():
        if not isinstance(bounds, dict) or not all(isinstance(n, int) for n in bounds.values()):
            raise _broken(path, f"expected {table} is no mapping of min and max to numbers")
    return Sidecar(**{**loaded, "tables": tuple(map(str, loaded["tables"]))})


def _wanted(hint: str) -> type:
    if hint.startswith("Mapping"):
        return dict
    return list if hint.startswith("tuple") else str
