"""The JSON contracts of measures: hubs, brokers, communities, comparisons, values, definitions.

As in :mod:`triplehelix.contracts` fields may be added, never renamed. Every result names the
restriction it was found under, in words and field by field, and the network it was measured on.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from graph.gaps import Holdings
from graph.namespaces import slug
from graph.organizations import Organization
from triplehelix.contracts import Json, write_organization
from triplehelix.measures.scope import Scope

if TYPE_CHECKING:
    from graph.network import Network
    from graph.structure import Parts


def write_restriction(scope: Scope, language: str) -> Json:
    """Return a restriction in words and by field; what is not restricted is left out."""
    fields = scope.restriction.to_json()
    fields |= {name: slug(fields[name]) for name in ("host", "theme", "place") if name in fields}
    return {"words": scope.tell(language), **fields}


def write_network(network: Network) -> Json:
    """Return which network it is, its size, and how many ties were left out or are not dated."""
    return {
        "kind": network.kind,
        "nodes": len(network.graph),
        "ties": network.graph.number_of_edges(),
        "initiatives": len(network.initiatives),
        "events": len(network.events),
        "agreements": len(network.agreements),
        "undated": network.selection.undated,
        "uncertain": network.selection.uncertain,
        "left_out": dict(network.selection.left_out),
        "unknown": dict(network.selection.unknown),
    }


def write_body(organization: Organization, language: str) -> Json:
    """Return an organisation as identifier, label and sector."""
    return {
        "id": organization.id,
        "label": organization.label(language),
        "sector": organization.sector or None,
    }


def write_bodies(holdings: Holdings, iris: Iterable[str], language: str) -> list[Json]:
    """Return organisations as identifiers and labels, in the order of their identifiers."""
    return [write_organization(holdings, iri, language) for iri in sorted(iris)]


def write_parts(holdings: Holdings, parts: Parts, language: str) -> list[list[Json]]:
    """Return the parts that are cut off, each as its organisations."""
    return [write_bodies(holdings, part, language) for part in parts]
