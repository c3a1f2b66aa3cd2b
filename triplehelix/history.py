"""The history in the folder of a build: carried on from the last one, or kept aside unread."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from graph.diagnostics import Diagnostic, InputError
from graph.findings import Finding
from graph.gaps import Holdings
from graph.history import Build, History, carry_on, is_of
from graph.history_file import HistoryError, decode_history, encode_history
from graph.record import Location
from triplehelix import __version__

FILE = "history.json"
_ASIDE = "history.aside-{}.json"


def read_changes(folder: Path) -> History:
    """Return the history that a build left in its folder.

    Its ``entries`` tell what changed from build to build, the first first; for the words of a
    change see :mod:`triplehelix.terminal.history_listing`.

    Raises:
        InputError: there is none, or it cannot be read.
    """
    path = folder / FILE
    if not path.is_file():
        raise InputError([Diagnostic("no_history", Location(str(path)))])
    try:
        return decode_history(path.read_bytes())
    except HistoryError as error:
        arguments = {"reason": str(error)}
        fault = Diagnostic("broken_history", Location(str(path)), arguments=arguments)
        raise InputError([fault]) from error


def renew_history(
    last: Path, folder: Path, holdings: Holdings, findings: Iterable[Finding], on: date
) -> tuple[History, list[Diagnostic]]:
    """Write the history of a build into its folder, and return it with what is to be told.

    ``last`` is the folder of the build before. A history there that cannot be read, or that tells
    of another ecosystem, is kept beside the new one and told as a warning; so are those that were
    kept before.
    """
    aside = sorted(last.glob(_ASIDE.format("*")))
    for path in aside:
        shutil.copyfile(path, folder / path.name)
    history, fault = _read_last(last / FILE, holdings)
    warnings = []
    if fault:
        kept = _free_name(folder)
        shutil.copyfile(last / FILE, folder / kept)
        arguments = {"reason": fault, "kept": kept}
        code = "foreign_history" if history else "unread_history"
        warnings = [Diagnostic(code, Location(FILE), severity="warning", arguments=arguments)]
        history = None
    build = Build(on, _today(), __version__)
    renewed = carry_on(history, holdings, findings, build)
    (folder / FILE).write_bytes(encode_history(renewed))
    return renewed, warnings


def _read_last(path: Path, holdings: Holdings) -> tuple[History | None, str]:
    """Return the last history, and why it cannot be carried on."""
    if not path.exists():
        return None, ""
    try:
        history = decode_history(path.read_bytes())
    except HistoryError as error:
        return None, str(error)
    return history, "" if is_of(history, holdings) else "of another ecosystem"


def _free_name(folder: Path) -> str:
    number = 1
    while (folder / _ASIDE.format(number)).exists():
        number += 1
    return _ASIDE.format(number)


def _today() -> date:
    """Return the day, or that of SOURCE_DATE_EPOCH, by which builds are made reproducible.

    See https://reproducible-builds.org/specs/source-date-epoch/.
    """
    stated = os.environ.get("SOURCE_DATE_EPOCH", "")
    if stated.isdecimal():
        return datetime.fromtimestamp(int(stated), UTC).date()
    return date.today()
