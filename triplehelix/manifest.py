"""``build.json``: where a build came from, so that it can be made again and goes on the same way.

It holds no time and no version: the same input gives the same bytes.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from graph.diagnostics import Diagnostic, InputError
from graph.protocol import show_location
from graph.record import Location
from loaders.ecosystem import shipped_ecosystem

FILE_NAME = "build.json"
_SHIPPED = "shipped"
_KEYS = ("ecosystem", "office", "as_of", "store")


@dataclass(frozen=True, slots=True)
class Manifest:
    """The ecosystem, the office register laid over it, the date told for, and the store."""

    ecosystem: Path
    office: Path | None = None
    on: date | None = None
    store: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """An office register to lay over an ecosystem, and where it lies once all went well."""

    folder: Path
    home: Path


def write_manifest(manifest: Manifest, folder: Path, home: Path) -> None:
    """Write the manifest into a folder that will be moved to its home.

    Paths beside the home are kept relative, so that all of them can be moved together; a name and
    password in the address of a store are left out.
    """
    shipped = manifest.ecosystem.resolve() == shipped_ecosystem().resolve()
    store = show_location(manifest.store)
    if store and "://" not in store:
        store = _shorten(Path(store), home)
    told = {
        "ecosystem": {_SHIPPED: True} if shipped else _shorten(manifest.ecosystem, home),
        "office": _shorten(manifest.office, home) if manifest.office else None,
        "as_of": manifest.on.isoformat() if manifest.on else None,
        "store": store or None,
    }
    text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    (folder / FILE_NAME).write_text(text, encoding="utf-8")


def read_manifest(home: Path) -> Manifest | None:
    """Return the manifest of a folder, or nothing where there is none.

    Raises:
        InputError: the file is not one of ours.
    """
    path = home / FILE_NAME
    if not path.is_file():
        return None
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        ecosystem, office, on, store = (told[key] for key in _KEYS)
        shipped = isinstance(ecosystem, dict)
        return Manifest(
            shipped_ecosystem() if shipped else _expand(ecosystem, home),
            _expand(office, home) if office else None,
            date.fromisoformat(on) if on else None,
            _expand_store(store or "", home),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError([Diagnostic("broken_manifest", Location(str(path)))]) from error


def choose_register(
    out: Path, ecosystem: Path, asked: str | Path | None = None, *, without: bool = False
) -> Register | None:
    """Return the register that a build into a folder uses: the one asked for, or the last one.

    A register that was used stays in use until it is left out on purpose; it is never dropped
    because it is gone, or because another ecosystem is built.

    Raises:
        InputError: the register is gone, or lies over another ecosystem.
    """
    if asked:
        if not Path(asked).is_dir():
            raise InputError([Diagnostic("missing_file", Location(str(asked)))])
        return Register(Path(asked), Path(asked))
    known = None if without else read_manifest(out)
    if known is None or known.office is None:
        return None
    where = Location(str(known.office))
    if not known.office.is_dir():
        raise InputError([Diagnostic("lost_register", where)])
    if known.ecosystem.resolve() != ecosystem.resolve():
        names = {"ecosystem": str(known.ecosystem), "asked": str(ecosystem)}
        raise InputError([Diagnostic("register_of_other", where, arguments=names)])
    return Register(known.office, known.office)


def _shorten(path: Path, home: Path) -> str:
    """Return a path relative to the home where it lies beside or below it, else whole."""
    path, home = path.absolute(), home.absolute()
    if not path.is_relative_to(home.parent):
        return path.as_posix()
    return Path(os.path.relpath(path, home)).as_posix()


def _expand_store(text: str, home: Path) -> str:
    return str(_expand(text, home)) if text and "://" not in text else text


def _expand(text: str, home: Path) -> Path:
    """Return the path that was shortened; it keeps the form in which the home is given."""
    return Path(os.path.normpath(home / text))
