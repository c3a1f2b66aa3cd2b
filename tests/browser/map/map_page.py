"""An opened map, as the tests use it."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.map_rows import TieKind
from triplehelix.network_map.planner_map import PlannerMap


class MapPage:
    """An opened map, with everything it asked for or complained about."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page, self.folder = page, folder
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self.complaints.append(message.text))

    def open(self, data: MapData | PlannerMap, fragment: str = "") -> "MapPage":
        made = data if isinstance(data, PlannerMap) else PlannerMap(data)
        self.address = made.save(self.folder / "지도.html").as_uri()
        return self.go(fragment)

    def go(self, fragment: str) -> "MapPage":
        self.page.goto("about:blank")
        self.page.goto(self.address + fragment)
        return self

    def ask(self, call: str) -> Any:
        return self.page.evaluate(f"tripleHelixMap.{call}")

    def click_on(self, identifier: str) -> None:
        place = self.ask(f"place('{identifier}')")
        self.page.locator("#map").click(position={"x": place["x"], "y": place["y"]})

    @property
    def panel(self) -> Locator:
        return self.page.locator("#panel")

    @property
    def status(self) -> Locator:
        return self.page.locator("#status")


def counted(data: MapData, **change: int) -> str:
    """What the page says is shown."""
    kinds = [tie.kind for tie in data.ties]
    numbers = {
        "organizations": len(data.organizations),
        "ties": len(data.ties),
        "gaps": kinds.count(TieKind.GAP),
    } | change
    return (
        f"기관 {numbers['organizations']}/{len(data.organizations)}"
        f" · 관계 {numbers['ties']}/{len(data.ties)} · 협약 공백 {numbers['gaps']}"
    )


def sorted_by_degree(data: MapData) -> list[Any]:
    """The organisations of a map, best connected first."""
    degrees = dict(zip((row.id for row in data.organizations), data.degrees, strict=True))
    return sorted(data.organizations, key=lambda row: -degrees[row.id])
