"""A measure over a series of dates as a listing: a line for each node, a column for each date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from graph.namespaces import slug
from triplehelix.contracts import Json
from triplehelix.measures.measure_contracts import write_network, write_restriction
from triplehelix.terminal.listings import concept
from triplehelix.terminal.output import Heading, Listing
from triplehelix.terminal.scope_words import tell_scope, tell_value
from triplehelix.terminal.wording import knows, say

if TYPE_CHECKING:
    from triplehelix.measures.scope import Scope
    from triplehelix.measures.series import Series
    from triplehelix.terminal.definition_listing import Definition

SHOWN = 6
"""So many dates have room on a terminal."""
Values = Sequence[float | None]


def list_series(
    found: Series, about: Definition, scope: Scope, top: int | None, language: str
) -> Listing:
    """Return the nodes and ties of each date, and under them the values of each line."""
    facts = _gather_facts(found)
    order = sorted(found.lines, key=lambda name: _place(name, found, facts))
    names = order[:top]
    label = about.label[language]
    shown = _choose_days(found.days)
    notes = [say("series.note", language, name=about.name.replace("_", "-"))]
    if len(shown) < len(found.days):
        notes.insert(0, say("series.hidden", language, shown=len(shown)))
    return Listing(
        say(
            "series.title",
            language,
            label=label,
            first=found.days[0],
            last=found.days[-1],
            days=len(found.days),
            count=len(names),
            total=len(order),
        ),
        (
            Heading(say("columns.kind", language)),
            Heading(say("columns.name", language), share=1),
            Heading(say("columns.id", language), hidden=True),
            *(Heading(f"{day}", right=True, hidden=day not in shown) for day in found.days),
        ),
        [
            *_size_rows(found, language),
            *(_row(label, name, found, facts, language) for name in names),
        ]
        if names
        else [],
        {
            "measure": about.name,
            "label": label,
            "restriction": write_restriction(scope, language),
            "dates": [day.isoformat() for day in found.days],
            "networks": [write_network(network) for network in found.networks],
            "series": [
                {**_write_name(name, facts, language), "values": list(found.lines[name])}
                for name in names
            ],
        },
        groups={},
        empty=say("series.empty", language),
        note="\n".join(notes),
        lead=tell_scope(scope, language),
    )


def _gather_facts(found: Series) -> dict[str, dict[str, Any]]:
    """Return what the networks say of each node."""
    return {
        node: facts for network in found.networks for node, facts in network.graph.nodes.items()
    }


def _place(name: str, found: Series, facts: dict[str, dict[str, Any]]) -> tuple[Any, ...]:
    """Nodes stand by their last value, the highest first; what is told of networks as it comes."""
    if name not in facts:
        return (0,)
    latest = [(value is None, -(value or 0.0)) for value in reversed(found.lines[name])]
    return 1, latest, facts[name]["label_ko"], name


def _choose_days(days: Sequence[date]) -> list[date]:
    """Return the dates that have room on a terminal: the first, the last, and some between."""
    if len(days) <= SHOWN:
        return list(days)
    return [days[round(number * (len(days) - 1) / (SHOWN - 1))] for number in range(SHOWN)]


def _size_rows(found: Series, language: str) -> list[tuple[str, ...]]:
    group = say("series.networks", language)
    graphs = [network.graph for network in found.networks]
    return [
        (group, say("series.nodes", language), "nodes", *(f"{len(graph):,}" for graph in graphs)),
        (
            group,
            say("series.ties", language),
            "ties",
            *(f"{graph.number_of_edges():,}" for graph in graphs),
        ),
    ]


def _row(
    label: str, name: str, found: Series, facts: dict[str, dict[str, Any]], language: str
) -> tuple[str, ...]:
    written = _write_name(name, facts, language)
    values = ("" if value is None else tell_value(value) for value in found.lines[name])
    return (label, written["label"], written["id"], *values)


def _write_name(name: str, facts: dict[str, dict[str, Any]], language: str) -> Json:
    if node := facts.get(name):
        return {
            "id": slug(name),
            "label": node[f"label_{language}"],
            "kind": node["kind"],
            "sector": node["sector"] or None,
        }
    return {"id": name, "label": _tell_name(name, language), "kind": None, "sector": None}


def _tell_name(name: str, language: str) -> str:
    """Return the words of what is told of a network: a count, or a pair of sectors."""
    if knows(f"series.names.{name}"):
        return say(f"series.names.{name}", language)
    unknown = say("sector_pairs.unknown", language)
    return " – ".join(concept(sector, language) or unknown for sector in name.split("|"))
