"""Where a file may be written, and what is told when it was."""

from pathlib import Path

from graph.diagnostics import Diagnostic, InputError
from graph.record import Location
from triplehelix.terminal.output import Heading, Listing
from triplehelix.terminal.wording import say


def find_target(name: str, *, overwrite: bool) -> Path:
    """Return the path of a file to write.

    Raises:
        InputError: its folder does not exist, or the file does and is not to be overwritten.
    """
    path = Path(name)
    if not path.parent.is_dir():
        raise InputError([Diagnostic("missing_file", Location(str(path.parent)))])
    if path.exists() and not overwrite:
        raise InputError([Diagnostic("file_exists", Location(str(path)))])
    return path


def list_written(path: Path) -> Listing:
    """Return the listing of one file that was written."""
    told = say("written", path=path)
    return Listing(told, (Heading(say("columns.file")),), [], {"file": str(path)})
