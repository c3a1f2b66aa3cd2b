"""Fictional networks of any size for the map: the same size, the same network.

Organisations belong to circles of different sizes, and mostly work with others of their circle,
those with many partners first (Barabási and Albert, "Emergence of Scaling in Random Networks",
Science 286, 1999). There are two ties for each organisation, and each tie has an evidence of its
own.
"""

from __future__ import annotations

from random import Random

from benchmarks.names import INDUSTRIES, STEMS, THEMES, WORKS, Names
from triplehelix.network_map.communities import divide
from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.map_rows import (
    Basis,
    Document,
    EvidenceItem,
    Initiative,
    Meta,
    Organization,
    Place,
    Rung,
    Sector,
    Theme,
    Tie,
    TieKind,
)

SECTORS = (
    (Sector("academia", "학계", "Academia"), "대학교", "University", 2),
    (Sector("industry", "산업계", "Industry"), "", "", 9),
    (Sector("research", "연구계", "Research"), " 연구원", "Research Institute", 2),
    (Sector("government", "공공", "Government"), "시청", "City Hall", 1),
    (Sector("intermediary", "중개·지원", "Intermediary"), " 지원센터", "Support Centre", 2),
)
RUNGS = (Rung("meeting", "접촉", "Contact"), Rung("programme", "사업 참여", "Programme"),
         Rung("agreement", "협약", "Agreement"))  # fmt: skip
KINDS = {TieKind.JOINT_WORK: 50, TieKind.AGREEMENT: 20, TieKind.GAP: 14, TieKind.MEETING: 12,
         TieKind.PLANNED: 4}  # fmt: skip
OUTSIDE = 0.12
"""The share of the ties that lead out of a circle."""
ALONE = 0.02
"""The share of the organisations that have no tie."""


def make_network(count: int, seed: int = 6) -> MapData:
    """Return a network of ``count`` organisations and twice as many ties, with communities.

    >>> data = make_network(50)
    >>> len(data.organizations), len(data.ties), data == make_network(50)
    (50, 100, True)
    """
    return divide(_Network(count, Random(seed)).data())


class _Network:
    def __init__(self, count: int, random: Random) -> None:
        self._random, self._names = random, Names(random)
        self._themes = list(THEMES)
        self._circles = self._draw_circles(count)
        self._rows = [self._organization(number) for number in range(count)]
        self._initiatives = [self._initiative(number) for number in range(max(1, count // 10))]
        circles = enumerate(self._circles)
        self._home = {member: number for number, circle in circles for member in circle}
        self._reached: list[list[int]] = [list(circle) for circle in self._circles]

    def _draw_circles(self, count: int) -> list[range]:
        """Return circles of 8 to some 300 organisations; the rest stays alone."""
        tied, start = count - int(count * ALONE), 0
        circles = []
        while start < tied:
            size = min(int(8 + self._random.paretovariate(1.1) * 22), 320)
            if tied - start - size < 8:
                size = tied - start
            circles.append(range(start, start + size))
            start += size
        return circles

    def _organization(self, number: int) -> Organization:
        looks = [look for look in SECTORS for _ in range(look[-1])]
        sector, suffix, suffix_en, _ = self._random.choice(looks)
        if not suffix:
            suffix, suffix_en = self._random.choice(INDUSTRIES)
        ko, en = self._names.draw(suffix, suffix_en)
        slug = f"{en.lower().replace(' ', '-')}-{number}"
        strength = round(self._random.paretovariate(1.2), 1)
        betweenness = round(self._random.random() ** 8 / 10, 5)
        return Organization(
            slug, ko, en, (), sector.id, sector.ko, sector.en,
            strength=strength, betweenness=betweenness, places=(f"place-{number % 12}",),
        )  # fmt: skip

    def _initiative(self, number: int) -> Initiative:
        theme = self._themes[number % len(self._themes)]
        ko, en = self._names.work(theme, "사업", "programme")
        year = 2016 + self._random.randrange(9)
        host = self._random.choice(self._rows).id
        return Initiative(
            f"programme-{number}", ko, en, themes=(theme,), hosts=(host,),
            since=f"{year}", until=f"{year + 3}-12",
        )  # fmt: skip

    def _tie(self, number: int) -> Tie:
        source = number % len(self._rows)
        circle = self._home.get(source)
        if circle is None or self._random.random() < OUTSIDE:
            if circle is None:
                circle = self._random.randrange(len(self._circles))
                source = self._random.choice(self._reached[circle])
            # Circles work with those beside them, and now and then with one far away.
            step = int(self._random.paretovariate(0.9)) * self._random.choice((-1, 1))
            circle = (circle + step) % len(self._circles)
        target = self._random.choice(self._reached[circle])
        if target == source:
            target = self._circles[circle][source == self._circles[circle][0]]
        self._reached[circle].append(target)
        return self._written(number, self._rows[source], self._rows[target])

    def _written(self, number: int, one: Organization, two: Organization) -> Tie:
        kind = self._random.choices(list(KINDS), list(KINDS.values()))[0]
        work = self._random.choice(self._initiatives)
        year, line = 2016 + self._random.randrange(9), self._random.randrange(4, 900)
        stem, task = self._random.choice(STEMS)[0], self._random.choice(WORKS)[0]
        quote = f"{year}년 {one.ko}은(는) {two.ko}와(과) {stem} {task} 사업을 함께 추진한다."
        item = EvidenceItem(f"document-{number % 40}", f"{line}–{line + 2}", quote, "stated")
        rung = {TieKind.AGREEMENT: "agreement", TieKind.MEETING: "meeting"}.get(kind, "programme")
        return Tie(
            one.id, two.id, kind, 1 + self._random.randrange(4), work.ko, work.en, rung,
            since=str(year) if kind is TieKind.AGREEMENT else "",
            initiatives=() if kind is TieKind.AGREEMENT else (work.id,),
            themes=work.themes if kind is TieKind.AGREEMENT else (), evidence=(item,),
        )  # fmt: skip

    def data(self) -> MapData:
        """Return the rows; the communities are still to be found."""
        count = len(self._rows)
        return MapData(
            Meta(f"기관 {count}곳의 관계망", f"A network of {count}", "2026-06-30",
                 "가상 자료", "Fictional data"),
            tuple(self._rows),
            tuple(self._tie(number) for number in range(2 * count)),
            tuple(look[0] for look in SECTORS),
            tuple(Document(f"document-{n}", f"협력 계획 {n}", f"Plan {n}") for n in range(40)),
            tuple(self._initiatives),
            tuple(Theme(name, *texts) for name, texts in THEMES.items()),
            tuple(Place(f"place-{n}", f"제{n}구", f"District {n}") for n in range(12)),
            RUNGS,
            bases=(Basis("stated", "명시", "Stated"),),
        )  # fmt: skip
