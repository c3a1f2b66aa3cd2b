"""Organisations in a store: their names, sectors and places in a hierarchy."""

from __future__ import annotations

from dataclasses import dataclass, field

from rdflib import Dataset

from graph.concepts import nearest, read_broader, widen
from graph.namespaces import slug
from graph.references import find_reference
from graph.store import select

_QUERY = """
SELECT ?organization ?type ?label ?alias ?sector ?parent WHERE {
  ?organization a th:Organization ; rdfs:label ?label .
  GRAPH ?source { ?organization a ?type . }
  FILTER(?source != g:inferred)
  OPTIONAL { ?organization skos:altLabel ?alias }
  OPTIONAL { ?organization th:sector ?sector }
  OPTIONAL { ?organization th:unitOf ?parent }
}
"""
_PLACES = """
SELECT DISTINCT ?organization ?place WHERE { ?organization a th:Organization ; th:place ?place }
"""


@dataclass(slots=True)
class Organization:
    """An organisation: its names by language, type, sector, and the bodies it is a unit of.

    ``places`` are the stated ones; ``all_places`` those it lies in: its own, or where it states
    none those of the nearest body above it, with the wider ones.
    """

    iri: str
    type: str
    names: dict[str, str] = field(default_factory=dict)
    aliases: set[str] = field(default_factory=set)
    sector: str = ""
    parents: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    all_places: set[str] = field(default_factory=set)

    @property
    def id(self) -> str:
        """The identifier in the tables."""
        return slug(self.iri)

    @property
    def is_group(self) -> bool:
        """Whether it is an unnamed group."""
        return self.type.endswith("Group")

    def label(self, language: str) -> str:
        """Return the name in a language, or in Korean when there is none."""
        return self.names.get(language) or self.names.get("ko") or self.id


def read_organizations(dataset: Dataset) -> dict[str, Organization]:
    """Return all organisations by IRI, sorted; parents are transitive."""
    found: dict[str, Organization] = {}
    for row in select(dataset, _QUERY):
        iri, type_, label, alias, sector, parent = row
        known = found.setdefault(str(iri), Organization(str(iri), slug(type_)))
        known.names[label.language or "ko"] = str(label)
        if alias is not None:
            known.aliases.add(str(alias))
        if sector is not None:
            known.sector = slug(sector)
        if parent is not None:
            known.parents.add(str(parent))
    for iri, place in select(dataset, _PLACES):
        if str(iri) in found:
            found[str(iri)].places.add(str(place))
    _place_in_wider(found, read_broader(dataset))
    return dict(sorted(found.items()))


def _place_in_wider(found: dict[str, Organization], broader: dict[str, set[str]]) -> None:
    parents = {iri: organization.parents for iri, organization in found.items()}
    places = {iri: organization.places for iri, organization in found.items()}
    for iri, organization in found.items():
        organization.all_places = widen(nearest(iri, places, parents), broader)


def find_organization(dataset: Dataset, name: str) -> str:
    """Return the IRI of the organisation that an identifier, full name or alias names.

    Raises:
        InputError: no organisation has the name, or several have it; candidates are told.
    """
    return find_reference(dataset, "organization", name)
