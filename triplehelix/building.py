"""In Python: build and check an ecosystem, and write an empty workbook for one of your own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from triplehelix.answers import tables
from triplehelix.answers.answer import Answer
from triplehelix.answers.arguments import Day, check_language, in_words, read_day
from triplehelix.terminal.wording import default_language

if TYPE_CHECKING:
    from triplehelix.pipeline import Summary


def build(
    path: str | Path | None = None,
    out: str | Path = "build",
    *,
    on: Day = None,
    office: str | Path | None = None,
) -> Summary:
    """Build the graph, the pages, the map and the tables of an ecosystem into a folder.

    The ecosystem is a workbook or a folder of tables, by default the shipped one; ``on`` is the
    date that it speaks for, by default its own; ``office`` is a register that is laid over it, by
    default the one that the last build into the folder used. Returns what was made.

    Raises:
        InputError: the ecosystem has violations (see :func:`validate`); the folder stays as it was.

    >>> build("no/such.xlsx", out="nowhere")
    Traceback (most recent call last):
    graph.diagnostics.InputError: no/such.xlsx: There is no such file or folder. Check the path.
    """
    from loaders.ecosystem import shipped_ecosystem
    from triplehelix.manifest import choose_register
    from triplehelix.pipeline import build as build_folder

    source = shipped_ecosystem() if path is None else Path(path)
    register = choose_register(Path(out), source, office)
    day = read_day(on) if isinstance(on, str) else on
    with in_words(default_language()):
        return build_folder(source, Path(out), on=day, office=register)


def validate(path: str | Path, *, language: str = "") -> Answer:
    """Return everything that is wrong with an ecosystem: what, where, and how to mend it.

    An answer without rows means that all is well.

    Raises:
        InputError: there is no such file, or it cannot be read at all.

    >>> from loaders.ecosystem import shipped_ecosystem
    >>> validate(shipped_ecosystem(), language="en").rows
    []
    """
    from triplehelix.pipeline import check

    chosen = check_language(language or default_language())
    with in_words(chosen):
        ecosystem, diagnostics = check(Path(path))
    return tables.tell_diagnostics(diagnostics, len(ecosystem.records), chosen)


def write_template(path: str | Path, *, language: str = "") -> Path:
    """Write an empty workbook with a sheet for every table, and return where.

    Raises:
        ValueError: there is no such language.

    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> write_template(Path(folder.name) / "city.xlsx", language="en").name
    'city.xlsx'
    >>> folder.cleanup()
    """
    from triplehelix.spreadsheets import template

    target = Path(path)
    template.write_template(target, check_language(language or default_language()))
    return target
