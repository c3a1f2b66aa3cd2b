"""Coroutines in tests, which may run in one process with those of a browser."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Given = TypeVar("Given")


def wait_for(coroutine: Coroutine[Any, Any, Given]) -> Given:
    """Return what a coroutine returns.

    Playwright keeps a loop running in the main thread, so this takes another.
    """
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()
