"""What the reference of the ontology tells: terms, rules, tables and alignments, as plain values.

pyLODE was considered (3.4, BSD-3-Clause; 2.x is GPL): it writes one label of each term, knows
nothing of SHACL columns, and brings an HTTP client, so the reference is made from
:mod:`graph.description`, which the command line tells, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from rdflib import URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from graph.description import Description, FactKind, Mention, describe_model, qualify
from graph.model import labels, ontology_folder, read_model
from graph.namespaces import TH, THV, slug
from graph.schema import Column as TableColumn
from graph.schema import Table
from graph.shapes import read_schema
from graph.store import read_turtle
from triplehelix.pages.texts import Text, plain
from triplehelix.record_pages.facts import column_name
from triplehelix.record_pages.sections import Cell, Fact, Piece, Row, Section, columns
from triplehelix.record_pages.texts import say

TOLD: tuple[FactKind, ...] = (
    "parents", "parts", "implies", "domain", "range", "inverse", "chain", "traits", "properties",
    "tables", "columns", "notation", "rank",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property or concept as the page shows it; ``depth`` is its place in the tree."""

    anchor: str
    name: str
    label: Text
    definition: Text
    facts: list[Fact]
    depth: int = 0


def both(names: Mapping[str, str], otherwise: str = "") -> Text:
    """Return names by language as a text; one language stands for the other."""
    ko = names.get("ko") or names.get("en") or names.get("") or otherwise
    return Text(ko, names.get("en") or ko)


@cache
def described_terms() -> tuple[Description, ...]:
    """Return the descriptions of the model, which take long to make."""
    return tuple(describe_model())


@cache
def anchors() -> Mapping[str, str]:
    """Return the anchor of every term by IRI: its name; a class or property comes before a code."""
    found = {d.iri: slug(d.iri) for d in described_terms() if d.iri.startswith(str(TH))}
    taken = {*found.values()}
    for described in described_terms():
        if described.iri.startswith(str(THV)):
            local = slug(described.iri)
            found[described.iri] = f"thv-{local}" if local in taken else local
    return found


def list_classes() -> list[Term]:
    """Return the classes as a tree: each below its first parent."""
    known = {d.iri: d for d in described_terms() if d.kind == "class"}
    below: dict[str, list[str]] = {}
    for iri in known:
        parents = [str(p) for p in read_model().objects(URIRef(iri), RDFS.subClassOf)]
        above = min((p for p in parents if p in known), default="")
        below.setdefault(above, []).append(iri)

    def walk(iri: str, depth: int) -> Iterator[Term]:
        yield _term(known[iri], depth)
        for part in sorted(below.get(iri, [])):
            yield from walk(part, depth + 1)

    return [term for top in sorted(below[""]) for term in walk(top, 0)]


def list_properties() -> list[Term]:
    """Return the properties by name."""
    return [_term(d) for d in described_terms() if d.kind == "property"]


def list_schemes() -> list[tuple[Text, list[Term]]]:
    """Return the vocabulary: the name of each scheme with its concepts."""
    found: dict[str, tuple[Text, list[Term]]] = {}
    for described in described_terms():
        if described.kind != "concept":
            continue
        scheme = described.facts["scheme"][0]
        _, concepts = found.setdefault(scheme.name, (both(scheme.labels, scheme.name), []))
        concepts.append(_term(described))
    return [found[name] for name in sorted(found)]


def _term(described: Description, depth: int = 0) -> Term:
    facts = [
        Fact(say(f"fact_{kind}"), [_mention(m) for m in described.facts[kind]])
        for kind in TOLD
        if described.facts.get(kind)
    ]
    facts += _aligned(described.iri)
    return Term(
        anchors()[described.iri],
        described.name,
        both(described.labels, described.name),
        both(described.definitions),
        facts,
        depth,
    )


def _mention(mention: Mention) -> Piece:
    """Return a term with its name, leading to where it stands."""
    if not mention.labels:
        return Piece(plain(mention.name), style="axiom")
    label, href = both(mention.labels), _where(mention.name)
    shown = mention.name
    return Piece(Text(f"{label.ko} ({shown})", f"{label.en} ({shown})"), href)


def _where(name: str) -> str:
    prefix, _, local = name.partition(":")
    iri = {"th": TH, "thv": THV}.get(prefix, "") + local
    if iri in anchors():
        return f"#{anchors()[iri]}"
    table = name.split(".")[0]
    return f"#table-{table}" if table in read_schema().tables else ""


def list_rules() -> Section:
    """Return what follows from what: chains, inverses, symmetry, transitivity, implied values."""
    model = read_model()
    rows = []
    for described in described_terms():
        shown = _mention(Mention(described.name, described.labels))
        if chain := described.facts.get("chain"):
            rows.append(_rule("rule_chain", [_mention(m) for m in chain], [shown]))
        for trait in described.facts.get("traits", ()):
            if trait.name in ("Symmetric", "Transitive"):
                rows.append(_rule(f"rule_{trait.name.lower()}", [shown], [shown]))
        for inverse in model.objects(URIRef(described.iri), OWL.inverseOf):
            other = Mention(qualify(str(inverse)), labels(model, URIRef(str(inverse))))
            rows.append(_rule("rule_inverse", [shown], [_mention(other)]))
        if implied := described.facts.get("implies"):
            rows.append(_rule("rule_value", [shown], [_mention(m) for m in implied]))
    headings = columns("rule_kind", "rule_from", "rule_to")
    order = [say(f"rule_{kind}").ko for kind in ("chain", "inverse", "symmetric", "transitive")]
    rows.sort(key=lambda r: (*order, r.cells[0][0].text.ko).index(r.cells[0][0].text.ko))
    return Section("rules", say("h_rules"), headings, rows, say("rules_note"))


def _rule(kind: str, premises: Cell, conclusions: Cell) -> Row:
    return Row([[Piece(say(kind))], premises, conclusions])


def list_tables() -> list[Section]:
    """Return the tables with their columns."""
    headings = columns("column", "key", "property", "datatype", "required", "meaning")
    return [
        Section(
            f"table-{table.name}",
            both(table.labels),
            headings,
            [_column_row(column) for column in table.columns],
            say("table_note", name=table.name, classes=_class_names(table)),
        )
        for table in read_schema().tables.values()
    ]


def _class_names(table: Table) -> Text:
    names = [both(labels(read_model(), URIRef(c))) for c in table.classes]
    return Text(", ".join(n.ko for n in names), ", ".join(n.en for n in names))


def _column_row(column: TableColumn) -> Row:
    path = URIRef(column.path)
    name = _mention(Mention(qualify(column.path), labels(read_model(), path)))
    meaning = both({**column.messages, **column.descriptions})
    told = [Piece(meaning)] if meaning.ko else []
    if column.choices:
        values = (f"{choice.notation}" for choice in column.choices)
        told.append(Piece(say("allowed", values=", ".join(values)), style="remark"))
    if column.multiple:
        told.append(Piece(say("several", separator=column.separator), style="remark"))
    targets = [
        _mention(Mention(qualify(c), labels(read_model(), URIRef(c)))) for c in column.classes
    ]
    return Row(
        [
            [Piece(column_name(column))],
            [Piece(plain(column.key), style="place")],
            [name],
            [Piece(say(f"datatype_{column.kind}")), *targets],
            [Piece(say("is_required"))] if column.required else [],
            told,
        ]
    )


@cache
def _alignments() -> Mapping[str, list[tuple[str, str]]]:
    """Return relation and foreign term, with its prefix, by our term."""
    path = ontology_folder() / "alignment.ttl"
    prefixes = re.findall(r"^@prefix (\w+): <([^>]+)>", path.read_text(encoding="utf-8"), re.M)
    relations = (RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch, SKOS.relatedMatch)
    found: dict[str, list[tuple[str, str]]] = {}
    for relation in relations:
        for subject, other in sorted(read_turtle(path).subject_objects(relation)):
            if str(subject).startswith(str(TH)):
                shown = _shorten(str(other), prefixes)
                found.setdefault(str(subject), []).append((slug(str(relation)), shown))
    return found


def _shorten(iri: str, prefixes: Iterable[tuple[str, str]]) -> str:
    return next((f"{p}:{iri.removeprefix(n)}" for p, n in prefixes if iri.startswith(n)), iri)


def _aligned(iri: str) -> list[Fact]:
    found: dict[str, Cell] = {}
    for relation, other in _alignments().get(iri, ()):
        found.setdefault(relation, []).append(Piece(plain(other), style="place"))
    return [Fact(say(f"align_{relation}"), cell) for relation, cell in found.items()]
