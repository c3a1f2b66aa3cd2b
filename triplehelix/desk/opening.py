"""A build opened for the desk: its store, where it came from, and the register laid over it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from graph.budgets import read_budget_cells
from graph.diagnostics import Diagnostic, InputError
from graph.gaps import local_governments
from graph.record import Location
from graph.references import find_reference
from graph.shapes import read_schema
from graph.store import close
from triplehelix.desk.register import read_register
from triplehelix.desk.workbook_rows import Desk
from triplehelix.manifest import Manifest, read_manifest
from triplehelix.reading import open_reading


def find_manifest(build: Path) -> Manifest:
    """Return where a build came from.

    Raises:
        InputError: there is no build, or it does not say.
    """
    if not build.is_dir():
        raise InputError(
            [Diagnostic("unknown_store", Location(""), arguments={"path": str(build)})]
        )
    manifest = read_manifest(build)
    if manifest is None:
        raise InputError([Diagnostic("missing_manifest", Location(str(build)))])
    if manifest.office and not manifest.office.is_dir():
        raise InputError([Diagnostic("lost_register", Location(str(manifest.office)))])
    return manifest


def open_desk(build: Path, host: str | None, on: date | None, language: str) -> Desk:
    """Return the desk of a host; it may be left out where the build has only one.

    Raises:
        InputError: there is no build, or no such host, or several to choose from.
    """
    manifest = find_manifest(build)
    reading = open_reading(manifest.store or str(build / "store"), on)
    try:
        schema = read_schema()
        holdings = reading.holdings()
        if host is not None:
            chosen = find_reference(reading.dataset, "organization", host)
        else:
            hosts = local_governments(holdings)
            if len(hosts) != 1:
                names = ", ".join(holdings.organizations[iri].label(language) for iri in hosts)
                raise InputError(
                    [Diagnostic("host_needed", Location(""), arguments={"names": names})]
                )
            chosen = hosts[0]
        budgets = read_budget_cells(reading.dataset)
    finally:
        close(reading.dataset)
    register = read_register(manifest.office, schema)
    return Desk(holdings, budgets, register, schema, chosen, reading.on, language)
