"""Our map beside the page that pyvis makes of the same nodes and edges, in the same Chromium.

Time runs from the start of the navigation to a picture in which nothing moves: ours stands when it
is first drawn; of pyvis the event ``stabilizationIterationsDone`` counts, after which it may still
move. CPU is the browser's own account of the page's main thread (``TaskDuration`` of the DevTools
protocol, in ticks of the thread), or that of its process where a page did not come to rest; the
heap is that of JavaScript after a collection. A step of panning is a drag of the mouse by eight
pixels. There is no network.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import CDPSession, Page, sync_playwright
from playwright.sync_api import TimeoutError as Late
from pyvis.network import Network

from benchmarks.compare import check
from benchmarks.map_networks import make_network
from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.planner_map import PlannerMap

STEPS = 60
LONGEST_S = 120
# Ours stands with the second frame after it has loaded; pyvis tells its network when it has come to
# rest.
WATCH = """
const tell = () => { document.documentElement.dataset.stable = performance.now(); };
addEventListener("load", () => {
  if (window.tripleHelixMap) requestAnimationFrame(() => requestAnimationFrame(tell));
});
let held;
Object.defineProperty(window, "network", {
  get: () => held,
  set: (network) => {
    held = network;
    network?.once("stabilizationIterationsDone", tell);
  },
});
"""
FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@dataclass(slots=True)
class Figures:
    """What a page cost; None is what there is not, as it did not come to rest in time."""

    size: int
    stable: float | None = None
    cpu: float | None = None
    heap: float | None = None
    step: float | None = None


def write_ours(data: MapData, path: Path) -> None:
    """Write our page; what is told is the CPU time of layout and writing."""
    begun = time.process_time()
    PlannerMap(data).save(path)
    print(f"  layout and page of {len(data.organizations):,}: {time.process_time() - begun:.1f} s")


def write_plain(data: MapData, path: Path) -> None:
    """Write the page of pyvis with its defaults and all its resources in line."""
    network = Network(height="900px", cdn_resources="in_line")
    network.add_nodes(
        [row.id for row in data.organizations], label=[r.ko for r in data.organizations]
    )
    # ``add_edge`` reads through all edges for each and drops the second of a pair.
    network.edges = [{"from": tie.source, "to": tie.target} for tie in data.ties]
    path.write_text(network.generate_html(notebook=False), encoding="utf-8")


def measure(path: Path, executable: str) -> Figures:
    """Return the figures of a page, opened in a browser of its own."""
    figures = Figures(path.stat().st_size)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
        page = context.new_page()
        page.add_init_script(WATCH)
        page.set_default_timeout(LONGEST_S * 1000)
        session = context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        with suppress(Late):
            _watch(page, session, path, figures)
        if figures.stable is None:  # then it may not even answer: the browser tells what it took
            whole = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
            processes = [one for one in whole["processInfo"] if one["type"] == "renderer"]
            figures.cpu = sum(float(one["cpuTime"]) for one in processes)
        browser.close()
    return figures


def _watch(page: Page, session: CDPSession, path: Path, figures: Figures) -> None:
    page.goto(path.as_uri(), wait_until="commit")
    told = page.wait_for_selector("html[data-stable]", state="attached")
    figures.stable = float((told and told.get_attribute("data-stable")) or 0) / 1000
    figures.cpu = _read_metric(session, "TaskDuration")
    session.send("HeapProfiler.collectGarbage")
    figures.heap = _read_metric(session, "JSHeapUsedSize") / 1e6
    figures.step = _pan(page, session)


def _pan(page: Page, session: CDPSession) -> float:
    """Return the milliseconds of a step of panning."""
    picture = page.locator("#map" if page.locator("#map").count() else "canvas").last
    box = picture.bounding_box() or {"x": 0.0, "y": 0.0, "height": 0.0}
    x, y = box["x"] + 12, box["y"] + box["height"] - 12
    page.mouse.move(x, y)
    page.mouse.down()
    before = _read_metric(session, "TaskDuration")
    for step in range(1, STEPS + 1):
        page.mouse.move(x + 8 * step, y - 4 * step)
        page.evaluate(FRAMES)
    spent = _read_metric(session, "TaskDuration") - before
    page.mouse.up()
    return spent / STEPS * 1000


def _read_metric(session: CDPSession, name: str) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == name))


COLUMNS: tuple[tuple[str, Callable[[Figures], float | None], str], ...] = (
    ("file, MB", lambda figures: figures.size / 1e6, "{:.2f}"),
    ("stable after s", lambda figures: figures.stable, "{:.1f}"),
    ("CPU s", lambda figures: figures.cpu, "{:.1f}"),
    ("heap, MB", lambda figures: figures.heap, "{:.0f}"),
    ("a step, ms", lambda figures: figures.step, "{:.0f}"),
)


def report(count: int, ours: Figures, plain: Figures) -> None:
    """Print a line for each side, and how many times more pyvis takes."""
    for name, figures in (("ours", ours), ("pyvis", plain)):
        values = [(read(figures), form) for _, read, form in COLUMNS]
        shown = [form.format(value) if value is not None else "–" for value, form in values]
        note = "" if figures.stable else f", not stable after {LONGEST_S} s"
        print(f"| {count:,} | {name}{note} | {' | '.join(shown)} |", flush=True)
    pairs = [(read(plain), read(ours)) for _, read, _ in COLUMNS]
    ratios = [f"{one / two:.1f} ×" if one is not None and two else "–" for one, two in pairs]
    print(f"| {count:,} | **ratio** | {' | '.join(ratios)} |", flush=True)


def main() -> None:
    """Measure both pages at each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[200, 1_000, 1_500, 5_000, 20_000])
    arguments = parser.parse_args()
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
    check(bool(executable), "no Chromium: name it in the environment variable CHROMIUM")
    print(f"{platform.platform()}, Python {platform.python_version()}, pyvis {version('pyvis')}")
    print(f"| organisations | | {' | '.join(name for name, *_ in COLUMNS)} |")
    print(f"|---|---|{'---|' * len(COLUMNS)}")
    with TemporaryDirectory() as folder:
        for count in arguments.sizes:
            data = make_network(count)
            ours, plain = Path(folder, f"ours-{count}.html"), Path(folder, f"plain-{count}.html")
            write_ours(data, ours)
            write_plain(data, plain)
            report(count, measure(ours, executable), measure(plain, executable))


if __name__ == "__main__":
    main()
