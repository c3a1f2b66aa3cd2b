"""Zip containers (XLSX) are measured by their directory before anything is unpacked."""

import zipfile
from pathlib import Path

from graph.diagnostics import Diagnostic, InputError
from graph.record import Location

MEMBER_LIMIT = 10_000
SIZE_LIMIT = 200 * 1024 * 1024
RATIO_LIMIT = 100


def check_archive(path: Path) -> None:
    """Return when a container is safe to unpack.

    Raises:
        InputError: it is no container, or it has too many members, unpacks to more than 200 MB,
            or to more than 100 times its size.
    """
    where = Location(path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile as error:
        raise InputError([Diagnostic("broken_archive", where)]) from error
    size = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    reasons = [
        f"{len(members):,} > {MEMBER_LIMIT:,}" if len(members) > MEMBER_LIMIT else "",
        f"{size / 2**20:,.0f} MB > 200 MB" if size > SIZE_LIMIT else "",
        f"{size // packed}:1 > {RATIO_LIMIT}:1" if size > RATIO_LIMIT * packed else "",
    ]
    if reason := ", ".join(filter(None, reasons)):
        raise InputError([Diagnostic("unsafe_archive", where, arguments={"reason": reason})])
