"""What the ties of the map are about: initiatives, and the themes and places of these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.namespaces import slug
from graph.stated_money import MoneyIndex
from triplehelix.network_map import map_rows as rows
from triplehelix.pages.money import Amount
from triplehelix.pages.texts import Text, concept, join, name, plain, say
from triplehelix.report import Report


class Subjects:
    """What the ties are about: initiatives, and the themes and places of these and of others."""

    def __init__(self, report: Report, taken: set[str], drawn: set[str]) -> None:
        """Take the identifiers of the initiatives of ties, and of the organisations on the map."""
        self._report = report
        self._drawn = drawn
        holdings = report.holdings
        self._taken = [i for i in holdings.initiatives.values() if i.id in taken]
        self._index = MoneyIndex(report.cells(), holdings.initiatives)
        self._organizations = [o for o in holdings.organizations.values() if o.id in drawn]

    def initiatives(self) -> Iterator[rows.Initiative]:
        """Yield what ties stand for; hosts that the map does not show are left out."""
        for known in self._taken:
            names = name(self._report, known.iri)
            yield rows.Initiative(
                known.id,
                names.ko,
                names.en,
                known.is_event,
                slugs(known.all_themes),
                slugs(known.all_places),
                tuple(host for host in slugs(known.hosts) if host in self._drawn),
                known.start,
                known.end,
                *self._money(known.iri),
            )

    def _money(self, initiative: str) -> Text:
        """Return what is printed for it in each phase, in million won."""
        found = self._index.find([initiative], self._report.on)
        return join(
            say(
                "map_money",
                phase=concept(self._report, money.phase),
                million=plain(Amount(money.amount).million),
                year=plain(f" ({money.year})" if money.year else ""),
            )
            for money in found
            if not money.above
        )

    def themes(self) -> list[str]:
        """Return the themes of initiatives and agreements."""
        agreements = self._report.holdings.agreements.values()
        return sorted(
            set().union(*(i.all_themes for i in self._taken), *(a.themes for a in agreements))
        )

    def places(self) -> list[str]:
        """Return the places of initiatives and organisations."""
        return sorted(
            set().union(
                *(i.all_places for i in self._taken), *(o.all_places for o in self._organizations)
            )
        )


def slugs(iris: Iterable[str]) -> tuple[str, ...]:
    """Return identifiers, sorted."""
    return tuple(sorted(map(slug, iris)))
