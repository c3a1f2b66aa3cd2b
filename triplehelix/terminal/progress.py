"""Progress on the standard error stream: a spinner on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from triplehelix.terminal.wording import say

STEPS = (
    "loading",
    "mapping",
    "linking",
    "validation",
    "reasoning",
    "store",
    "findings",
    "exports",
    "measures",
    "tables",
    "site",
    "publishing",
)


@contextmanager
def show_progress(last: str = "site") -> Iterator[Callable[[str], None]]:
    """Yield a function to call with the name of each step as it begins; ``last`` ends the count."""
    total = STEPS.index(last) + 1

    def tell(step: str) -> str:
        return f"[{STEPS.index(step) + 1}/{total}] {say(f'steps.{step}')}"

    if sys.stderr.isatty():
        from triplehelix.terminal.screen import make_console

        with make_console(stderr=True).status("…", spinner="line") as status:
            yield lambda step: status.update(tell(step))
    else:
        yield lambda step: print(tell(step), file=sys.stderr)


@contextmanager
def show_waiting() -> Iterator[None]:
    """Turn a spinner on a terminal while something is measured; a pipe is told nothing."""
    if not sys.stderr.isatty():
        yield
        return
    from triplehelix.terminal.screen import make_console

    with make_console(stderr=True).status(say("steps.measuring"), spinner="line"):
        yield
