"""``triplehelix map``: the map page alone."""

from typing import Annotated

import typer

from triplehelix.commands.options import (
    STORE,
    DayOption,
    FormatOption,
    LanguageOption,
    StoreOption,
)
from triplehelix.terminal.output import show

OutOption = Annotated[str, typer.Option("--out", metavar="file", help="map_out")]


def write_map(
    out: OutOption = "map.html",
    as_of: DayOption = None,
    store: StoreOption = STORE,
    lang: LanguageOption = None,
    form: FormatOption = None,
) -> None:
    """Write the map page alone."""
    from graph.findings import read_findings
    from loaders.sidecar import Sidecar
    from triplehelix.commands.written import find_target, list_written
    from triplehelix.pages import site
    from triplehelix.reading import open_reading
    from triplehelix.report import read_report

    path = find_target(out, overwrite=True)
    reading = open_reading(store, as_of)
    sidecar = Sidecar(reading.edition.title, ())
    report = read_report(reading.dataset, sidecar, read_findings(reading.dataset), reading.on)
    # A map that stands alone has no other pages to lead to.
    site.write_map(report, path, in_site=(path.parent / "index.html").is_file())
    show(list_written(path), form)
