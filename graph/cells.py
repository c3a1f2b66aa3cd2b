"""How a cell becomes terms: each kind of column has one reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import cache

from graph.dates import DateError, parse_date
from graph.names import fold_digits
from graph.schema import Choice, Column, fold_header

XSD = "http://www.w3.org/2001/XMLSchema#"
_compile = cache(re.compile)
_SPECIAL = re.compile(r'["\\\n\r]')
_ESCAPES = {ord('"'): '\\"', ord("\\"): "\\\\", ord("\n"): "\\n", ord("\r"): "\\r"}
_NUMBER = re.compile(r"[-−]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?|[-−]?\.\d+", re.ASCII)
DASHES = frozenset("-–—―")
"""What documents print for a value that they do not give; never zero."""


class CellError(ValueError):
    """A cell cannot be read; carries the code of the message and its arguments."""

    def __init__(self, code: str, **arguments: str) -> None:
        """Keep code and arguments."""
        super().__init__(code)
        self.code, self.arguments = code, arguments


def literal(text: str, datatype: str = "", language: str = "") -> str:
    r"""Return a literal in N-Triples form.

    >>> literal("가\n\"나\"", language="ko")
    '"가\\n\\"나\\""@ko'
    """
    quoted = f'"{text.translate(_ESCAPES) if _SPECIAL.search(text) else text}"'
    if language:
        return f"{quoted}@{language}"
    return f"{quoted}^^<{XSD}{datatype}>" if datatype else quoted


def read_number(text: str) -> Decimal:
    """Read a number as printed, with thousands separators and full-width digits.

    Raises:
        CellError: it is no number.

    >>> read_number("20,792")
    Decimal('20792')
    """
    folded = fold_digits(text)
    if not _NUMBER.fullmatch(folded):
        raise CellError("wrong_number")
    try:
        return Decimal(folded.replace(",", "").replace("−", "-"))
    except InvalidOperation as error:
        raise CellError("wrong_number") from error


def _read_integer(column: Column, text: str) -> str:
    folded = fold_digits(text)
    if not re.fullmatch(r"\d+|\d{1,3}(,\d{3})+", folded, re.ASCII):
        raise CellError("wrong_integer")
    return literal(str(int(folded.replace(",", ""))), "integer")


def _read_year(column: Column, text: str) -> str:
    folded = fold_digits(text).removesuffix("년")
    if not re.fullmatch(r"\d{4}", folded, re.ASCII) or folded == "0000":
        raise CellError("wrong_year")
    return literal(folded, "gYear")


def _read_date(column: Column, text: str) -> str:
    try:
        found = parse_date(text)
    except DateError as error:
        raise CellError("wrong_date") from error
    return literal(found.lexical, found.datatype)


def _read_identifier(column: Column, text: str) -> str:
    if not _compile(column.pattern).search(text):
        raise CellError("wrong_identifier")
    return literal(text)


def _read_text(column: Column, text: str) -> str:
    if column.pattern and not _compile(column.pattern).search(text):
        raise CellError("wrong_pattern")
    return literal(text, language=column.language)


def _read_number(column: Column, text: str) -> str:
    return literal(format_decimal(read_number(text)), "decimal")


def format_decimal(number: Decimal) -> str:
    """Return the canonical lexical form of xsd:decimal that Oxigraph keeps.

    >>> format_decimal(Decimal("1.50")), format_decimal(Decimal("2E+3"))
    ('1.5', '2000')
    """
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def find_choice(column: Column, text: str) -> Choice:
    """Return the allowed value that a cell names by notation or label, in any language.

    Raises:
        CellError: the value is not allowed.
    """
    found = column.lookup.get(fold_header(text))
    if found is None:
        allowed = ", ".join(choice.notation for choice in column.choices)
        raise CellError("wrong_code", allowed=allowed)
    return found


def read_literal(column: Column, text: str) -> str:
    """Return the literal, in N-Triples form, that a cell of a column stands for.

    Raises:
        CellError: the cell cannot be read.
    """
    return _READERS[column.kind](column, text)


_READERS: dict[str, Callable[[Column, str], str]] = {
    "identifier": _read_identifier,
    "integer": _read_integer,
    "year": _read_year,
    "date": _read_date,
    "text": _read_text,
    "number": _read_number,
}
