"""The networks that the pages measure, built once for a report, and the words that say which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.evidence import Evidence
from graph.measures import HubList, rank_hubs
from graph.network import Network, build_network
from graph.organizations import Organization
from graph.restriction import Restriction, describe
from graph.selection import describe_selection
from triplehelix.analysis_pages.blocks import Facts, Filter, Note, figure, words
from triplehelix.analysis_pages.texts import say, speak
from triplehelix.pages.texts import Text, concept, join
from triplehelix.report import Report


@dataclass(frozen=True, slots=True)
class Networks:
    """The network of organisations, that of what they take part in, and the hubs of the latter."""

    report: Report
    one_mode: Network
    hubs: HubList
    sectors: Mapping[str, str]

    @property
    def two_mode(self) -> Network:
        """Organisations and what they take part in."""
        return self.hubs.network

    def named(self, iris: Iterable[str]) -> list[Organization]:
        """Return the organisations among nodes that are no unnamed groups, by name."""
        known = (self.report.holdings.organizations[iri] for iri in iris)
        return sorted((o for o in known if not o.is_group), key=lambda o: (o.label("ko"), o.iri))

    def evidence(self) -> dict[str, tuple[Evidence, ...]]:
        """Return the evidence of what each hub takes part in."""
        return {hub.organization.iri: hub.evidence for hub in self.hubs.hubs}

    def undertakings(self) -> dict[str, list[str]]:
        """Return who takes part in each undertaking."""
        network = self.two_mode.graph
        things = (node for node, mode in network.nodes(data="bipartite") if mode)
        return {thing: sorted(network[thing]) for thing in sorted(things)}


def read_networks(report: Report) -> Networks:
    """Return the networks of actual ties as of the date of a report."""
    holdings, restriction = report.holdings, Restriction(on=report.on)
    return Networks(
        report,
        build_network(holdings, "organizations", restriction),
        rank_hubs(holdings, restriction),
        {iri: o.sector for iri, o in holdings.organizations.items() if o.sector},
    )


def tell_network(networks: Networks) -> tuple[Note, Facts]:
    """Return on which network, under which restriction, measures are taken."""
    network, graph = networks.one_mode, networks.one_mode.graph
    labels = networks.report.labels
    restriction = speak(lambda language: describe(network.restriction, labels, language))
    unknown = speak(lambda language: describe_selection(network.selection, language))
    said = [restriction, unknown] if unknown.ko else [restriction]
    groups = sum(networks.report.holdings.organizations[node].is_group for node in graph)
    facts = [
        (say("network_restriction"), words(join(said, "; "))),
        (say("network_nodes"), words(say("network_nodes_count", all=len(graph), groups=groups))),
        (say("network_ties"), figure(graph.number_of_edges())),
        (say("network_initiatives"), figure(len(network.initiatives))),
        (say("network_events"), figure(len(network.events))),
    ]
    return Note(say("network_note")), Facts(facts)


def tell_brief(networks: Networks) -> Text:
    """Return the same in one line, to stand above a table."""
    network = networks.one_mode
    labels = networks.report.labels
    return say(
        "network_brief",
        restriction=speak(lambda language: describe(network.restriction, labels, language)),
        nodes=len(network.graph),
        ties=network.graph.number_of_edges(),
        initiatives=len(network.initiatives),
        events=len(network.events),
    )


def sector_filter(networks: Networks, used: set[str]) -> Filter:
    """Return the choice among sectors."""
    options = [(sector, concept(networks.report, sector)) for sector in sorted(used - {""})]
    return Filter("sector", say("col_sector"), options)
