"""The templates of pages, each compiled once, whichever environment and process renders it."""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

_OPTIONS: dict[str, Any] = {
    "autoescape": True,
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "auto_reload": False,
}


class _Compiled(FileSystemBytecodeCache):
    """Keeps what the templates were compiled to, in memory and where Python keeps its own.

    To compile all of them takes half a second, to load them a hundredth. They stand with the
    bytecode of this module: who could write there could change what Python runs anyway.
    """

    def __init__(self) -> None:
        super().__init__(str(Path(cache_from_source(__file__)).parent), "%s.j2c")
        self._code: dict[tuple[str, str], CodeType | None] = {}

    def get_source_checksum(self, source: str) -> str:
        """Return what tells a template from its older versions and from other ways to compile."""
        return super().get_source_checksum(f"{_compiler()}\n{source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))
        if not bucket.code:
            super().load_bytecode(bucket)
            self._code[bucket.key, bucket.checksum] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key, bucket.checksum] = bucket.code
        if not sys.dont_write_bytecode:
            with suppress(OSError):  # As Python does: without a place for it, it is not kept.
                super().dump_bytecode(bucket)


@cache
def _compiler() -> str:
    return f"{version('jinja2')} {_OPTIONS}"


_COMPILED = _Compiled()


def open_templates(*folders: Path) -> Environment:
    """Return an environment with the templates of folders; what is shown is escaped."""
    return Environment(loader=FileSystemLoader(folders), bytecode_cache=_COMPILED, **_OPTIONS)


def compile_templates(*folders: Path) -> None:
    """Compile the templates of folders before they are needed, while there is nothing else to do.

    To compile those of the pages of records takes as long as to write a hundred pages.
    """
    environment = open_templates(*folders)
    for name in environment.list_templates(extensions=["j2"]):
        environment.get_template(name)
