"""One ecosystem laid over another: an office's register over the ecosystem that it speaks of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from graph.diagnostics import Diagnostic, InputError
from graph.linking import Identity
from graph.record import Location
from graph.schema import Schema
from loaders.ecosystem import Ecosystem, load_ecosystem
from loaders.sidecar import FILE_NAME, Sidecar


def load_layers(path: Path, office: Path | None, schema: Schema, shown: str = "") -> Ecosystem:
    """Read an ecosystem, and lay a register over it where one is given.

    The register is a folder of tables of its own. Its rows may name records of the ecosystem by
    identifier or name; places in its files are told with its folder, or with ``shown``.

    Raises:
        InputError: one of the two does not exist, or its sidecar cannot be read.
    """
    base = load_ecosystem(path, schema)
    if office is None:
        return base
    if not office.is_dir():
        raise InputError([Diagnostic("lost_register", Location(str(office)))])
    return lay_over(base, load_ecosystem(office, schema), shown or office.name)


def lay_over(base: Ecosystem, register: Ecosystem, name: str) -> Ecosystem:
    """Return the records of both under the sidecar of the first.

    Files of the second are told as ``name/file``, since both may have a table of the same name.
    """
    same = {**register.identity.same, **base.identity.same}
    different = base.identity.different | register.identity.different
    records = [replace(r, location=_within(name, r.location)) for r in register.records]
    faults = [replace(f, location=_within(name, f.location)) for f in register.faults]
    faults += _check_namespace(base.sidecar, register.sidecar, name)
    return Ecosystem(
        base.sidecar,
        base.records + records,
        Identity(same, different),
        base.faults + faults,
    )


def _within(name: str, location: Location) -> Location:
    return replace(location, file=f"{name}/{location.file}")


def _check_namespace(base: Sidecar, register: Sidecar, name: str) -> list[Diagnostic]:
    """Identifiers in two namespaces would never meet: the rows would be about nothing."""
    if register.namespace == base.namespace:
        return []
    where = Location(f"{name}/{FILE_NAME}")
    arguments = {"namespace": base.namespace}
    return [Diagnostic("other_namespace", where, value=register.namespace, arguments=arguments)]
