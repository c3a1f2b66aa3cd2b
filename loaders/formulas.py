"""Texts that a spreadsheet would take for formulas, and the apostrophe that keeps them texts."""

DANGEROUS = tuple("=+-@＝＋－＠\t\r\n")
"""Beginnings that make a spreadsheet take a text for a formula (OWASP, CSV injection)."""


def guard(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula when it reads it from CSV.

    >>> guard("=1+1"), guard("＠name"), guard("1-2")
    ("'=1+1", "'＠name", '1-2')
    """
    return f"'{text}" if text.startswith(DANGEROUS) else text


def unguard(text: str) -> str:
    """Return the text that :func:`guard` was given.

    >>> unguard("'=1+1"), unguard("'22. 10."), unguard("'quoted'")
    ('=1+1', "'22. 10.", "'quoted'")
    """
    return text[1:] if text.startswith("'") and text[1:].startswith(DANGEROUS) else text
