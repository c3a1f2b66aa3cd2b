"""The values in the rows of an answer: records with their names, numbers as numbers, and nothing.

Nothing (``None``) is what no document says; it is never zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from rdflib import BNode, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.term import Node

from graph.description import qualify
from graph.evidence import Evidence
from graph.names import fold_digits
from graph.namespaces import ID, slug
from triplehelix.contracts import Labels

RECORDS = frozenset(
    {"organization", "agreement", "initiative", "event", "document", "theme", "place", "record"}
)
WHOLE = frozenset({"integer", "year"})
SEPARATOR = "; "
NUMBERS = frozenset({"integer", "year", "decimal", "money", "percent"})


@dataclass(frozen=True, slots=True)
class Record:
    """Something that has an identifier of its own, with its name in the language of the graph.

    >>> univ = Record("https://w3id.org/triplehelix/id/konkuk-univ", "건국대학교")
    >>> univ.id, str(univ)
    ('konkuk-univ', '건국대학교')
    """

    iri: str
    label: str

    @property
    def id(self) -> str:
        """The identifier in the tables; outside of them, the name with its prefix."""
        return slug(self.iri) if self.iri.startswith(ID) else qualify(self.iri)

    def __str__(self) -> str:
        """Return the name."""
        return self.label


Value = Record | tuple[Record, ...] | tuple[Evidence, ...] | str | int | Decimal | bool | None
Row = dict[str, Value]


def name_record(iri: str, labels: Labels, language: str) -> Record:
    """Return a record with its name: in the language, else in Korean, else its identifier."""
    names = labels.get(iri, {})
    label = names.get(language) or names.get("ko") or names.get("en") or names.get("")
    return Record(iri, label or Record(iri, "").id)


def read_value(term: Node | None, type_: str, labels: Labels, language: str) -> Value:
    """Return the value of a term in a column of a type; an empty text says nothing.

    >>> read_value(Literal("2019", datatype=XSD.gYear), "year", {}, "ko")
    2019
    >>> read_value(Literal("12.50", datatype=XSD.decimal), "decimal", {}, "ko")
    Decimal('12.50')
    >>> read_value(Literal(""), "date", {}, "ko") is None
    True
    """
    if isinstance(term, URIRef):
        return name_record(str(term), labels, language)
    if isinstance(term, BNode) or term is None or not str(term):
        return None
    if type_ == "boolean":
        return str(term) in ("true", "1")
    return read_number(str(term)) if type_ in NUMBERS else str(term)


def read_number(text: str) -> int | Decimal:
    """Return a number as it is: a whole one without a point.

    >>> read_number("2019"), read_number("0.5")
    (2019, Decimal('0.5'))
    """
    number = Decimal(fold_digits(text))
    return (
        int(number) if number.is_finite() and number == int(number) and _is_bare(text) else number
    )


def _is_bare(text: str) -> bool:
    return "." not in text and "e" not in text.lower()


_DATATYPES = {
    XSD.integer: "integer",
    XSD.gYear: "year",
    XSD.decimal: "decimal",
    XSD.double: "decimal",
    XSD.float: "decimal",
    XSD.boolean: "boolean",
    XSD.date: "date",
    XSD.gYearMonth: "date",
}


def guess_type(terms: Iterable[Node | None]) -> str:
    """Return the type of a column of which only the terms are known; mixed ones are text.

    >>> guess_type([Literal(1), None]), guess_type([Literal(1), Literal("a")]), guess_type([])
    ('integer', 'text', 'text')
    >>> years = [Literal(text, datatype=XSD[name]) for text, name in
    ...          (("2019", "gYear"), ("2019-02", "gYearMonth"))]
    >>> guess_type(years)
    'date'
    """
    found = {
        "record" if isinstance(term, URIRef) else _type_of(term)
        for term in terms
        if term is not None
    }
    if len(found) > 1 and found <= {"integer", "decimal"}:
        return "decimal"
    if len(found) > 1 and found <= {"year", "date"}:
        return "date"
    return found.pop() if len(found) == 1 else "text"


def _type_of(term: Node) -> str:
    if not isinstance(term, Literal) or term.datatype is None:
        return "text"
    return _DATATYPES.get(term.datatype, "text")


def show_value(value: Value, type_: str, words: tuple[str, str]) -> str:
    """Return a value as people read it; ``words`` are those for yes and no.

    >>> show_value(12500000, "money", ("yes", "no")), show_value(2019, "year", ("yes", "no"))
    ('12,500,000', '2019')
    >>> show_value(None, "money", ("yes", "no")), show_value(True, "boolean", ("yes", "no"))
    ('–', 'yes')
    """
    if value is None or value == ():
        return "–"
    if isinstance(value, bool):
        return words[0] if value else words[1]
    if isinstance(value, tuple):
        return join_values(value)
    if isinstance(value, int | Decimal):
        return str(value) if type_ == "year" else f"{value:,}{' %' if type_ == 'percent' else ''}"
    return str(value)


def join_values(values: Iterable[Record | Evidence]) -> str:
    """Return the names of records, or the places of evidence, each once.

    >>> join_values([Evidence("plan", "7", "", "", "stated"), Evidence("plan", "7", "", "", "a")])
    'plan:7'
    """
    told = (value.place if isinstance(value, Evidence) else str(value) for value in values)
    return SEPARATOR.join(dict.fromkeys(told))
