"""The templates of pages, each compiled once in a process, whichever environment renders it."""

from __future__ import annotations

from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket


class _Compiled(BytecodeCache):
    """Keeps in memory what the templates were compiled to."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


def open_templates(*folders: Path) -> Environment:
    """Return an environment with the templates of folders; what is shown is escaped."""
    return Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_COMPILED,
    )


def compile_templates(*folders: Path) -> None:
    """Compile the templates of folders before they are needed, while there is nothing else to do.

    To compile those of the pages of records takes as long as to write a hundred pages.
    """
    environment = open_templates(*folders)
    for name in environment.list_templates(extensions=["j2"]):
        environment.get_template(name)
