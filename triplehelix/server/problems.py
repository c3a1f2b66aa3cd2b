"""What the server says when it does not answer: problem details (RFC 9457) in two languages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from graph.yaml_text import read_yaml

RETRY_AFTER = {"timeout": "5", "busy": "1", "lost": "1"}
"""Seconds after which to ask again, for the faults that pass."""
_LANGUAGES = ("en", "ko")


class Fault(Exception):
    """A request that is not answered; the words and the status are in ``problems.yml``."""

    def __init__(self, code: str, *, parser: str = "", **arguments: object) -> None:
        """Keep the code, what a parser said, and what the words have blanks for."""
        super().__init__(code)
        self.code, self.parser, self.arguments = code, parser, arguments

    @property
    def status(self) -> int:
        """The status of HTTP."""
        status: int = _problems()[self.code]["status"]
        return status


@cache
def _problems() -> Mapping[str, Any]:
    text = files("triplehelix.server").joinpath("problems.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = read_yaml(text)
    return loaded


def read_language(accept: str) -> str:
    """Return the language that a reader prefers, English where it is neither.

    >>> read_language("ko-KR,ko;q=0.9,en;q=0.8"), read_language("de, ko;q=0.2, en;q=0.5")
    ('ko', 'en')
    """
    from triplehelix.server.negotiation import read_preferences

    for name, quality in read_preferences(accept):
        if quality > 0 and (language := name.split("-")[0]) in _LANGUAGES:
            return language
    return _LANGUAGES[0]


def describe_fault(fault: Fault, language: str) -> dict[str, object]:
    """Return the members of a problem: type, title, status, detail, and what the parser said."""
    words = _problems()[fault.code]
    problem: dict[str, object] = {
        "type": f"https://w3id.org/triplehelix/problem/{fault.code.replace('_', '-')}",
        "title": words["title"][language],
        "status": words["status"],
        "detail": words["detail"][language].format_map(fault.arguments),
    }
    return problem | ({"parser": fault.parser} if fault.parser else {})


def tell_fault(request: Request, fault: Fault) -> Response:
    """Return the response that tells a fault in the language of the reader."""
    language = read_language(request.headers.get("accept-language", ""))
    headers = {
        "Content-Language": language,
        "Cache-Control": "no-store",
        "Vary": "Accept, Accept-Language",
    }
    if fault.code in RETRY_AFTER:
        headers["Retry-After"] = RETRY_AFTER[fault.code]
    if fault.code == "method":
        headers["Allow"] = "GET, HEAD, POST, OPTIONS"
    return Response(
        json.dumps(describe_fault(fault, language), ensure_ascii=False),
        fault.status,
        headers,
        "application/problem+json",
    )
