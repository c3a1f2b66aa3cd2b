"""What a measure is taken from: an opened store, a date, and a restriction with its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.gaps import Holdings
from graph.restriction import Labels, Restriction, describe
from triplehelix.reading import Reading

if TYPE_CHECKING:
    from graph.network import Network, NetworkKind
    from graph.projection import Weighting


@dataclass(frozen=True, slots=True)
class Scope:
    """A store, the restriction that is asked for, and the names of the records it names."""

    reading: Reading
    restriction: Restriction
    names: Labels

    def holdings(self) -> Holdings:
        """Return organisations, undertakings, agreements, ties and evidence of the store."""
        return self.reading.holdings()

    def network(
        self,
        kind: NetworkKind,
        weighting: Weighting = "count",
        holdings: Holdings | None = None,
    ) -> Network:
        """Return a network of the store under the restriction.

        ``holdings`` saves reading them again.
        """
        from graph.network import build_network

        return build_network(holdings or self.holdings(), kind, self.restriction, weighting)

    def tell(self, language: str) -> str:
        """Return the restriction in words."""
        return describe(self.restriction, self.names, language)
