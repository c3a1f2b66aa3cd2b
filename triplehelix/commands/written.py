"""What is told when a file was written."""

from pathlib import Path

from triplehelix.output import Heading, Listing
from triplehelix.wording import say


def list_written(path: Path) -> Listing:
    """Return the listing of one file that was written."""
    told = say("written", path=path)
    return Listing(told, (Heading(say("columns.file")),), [], {"file": str(path)})
