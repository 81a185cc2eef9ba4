"""What a map of a large network costs its reader: CPU per frame, time until it answers, size; in a real Chromium.

``python -m benchmarks.map_big [actors …]``. Needs Chromium on the search path and Linux; with the data folder it draws
Horizon 2020 around Pirkanmaa, too. Times are processor
milliseconds of the page's main thread, from the kernel's account of that thread, so that other work on the machine
changes them little; frames per second would tell of the machine. Baseline: plain pyvis drawing the same actors and ties
at the same fixed places, as its documentation shows.
"""

from __future__ import annotations

import gzip
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks.common import CORDIS, shared, show
from benchmarks.networks import horizon_2020_network
from graphsvc.analysis.measures import measure
from graphsvc.analysis.results import Missing
from graphsvc.render.content import MapContent
from graphsvc.render.gather import Heading, build_content
from graphsvc.render.map import render_map
from graphsvc.render.page import Page as Numbers
from graphsvc.render.page import radii
from tests.browser.conftest import FLAGS, NAMES
from tests.render.made_up_map import made_up_map

FRAMES = 45
SIZES = (150, 400, 1000, 2000, 5000)
MOVE = """([kind, frames]) => new Promise((done) => {
  const canvas = document.querySelector("canvas");
  const box = canvas.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const point = (type, dx) => canvas.dispatchEvent(new PointerEvent(type, {
    pointerId: 1, pointerType: "mouse", isPrimary: true, bubbles: true, cancelable: true,
    button: type === "pointermove" ? -1 : 0, buttons: type === "pointerup" ? 0 : 1, clientX: x + dx, clientY: y }));
  let frame = 0;
  if (kind === "pan") point("pointerdown", 0);
  const step = () => {
    if (frame === frames) {
      if (kind === "pan") point("pointerup", 0);
      done();
      return;
    }
    const there = frame < frames / 2 ? frame : frames - frame;
    if (kind === "pan") point("pointermove", 20 + 3 * there);
    if (kind === "zoom") canvas.dispatchEvent(new WheelEvent("wheel", {
      deltaY: frame % 2 ? 40 : -40, ctrlKey: true, clientX: x, clientY: y, bubbles: true, cancelable: true }));
    frame += 1;
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""
PAINTED = "(act) => new Promise((done) => { act(); requestAnimationFrame(() => requestAnimationFrame(done)); })"


class Reader:
    """A page with the processor time of its main thread."""

    def __init__(self, browser: Browser, session: CDPSession) -> None:
        self._session = session
        self._before = self._renderers()
        self.page: Page = browser.new_page(viewport={"width": 1280, "height": 900})
        self.page.goto("about:blank")

    def _renderers(self) -> set[int]:
        found = self._session.send("SystemInfo.getProcessInfo")["processInfo"]
        return {each["id"] for each in found if each["type"] == "renderer"}

    def spent(self) -> float:
        """Return the milliseconds that the page's main thread has run so far."""
        # A page that is opened moves to a process of its own: asked anew each time.
        new = self._renderers() - self._before
        return sum(float(Path(f"/proc/{pid}/task/{pid}/schedstat").read_text().split()[0]) for pid in new) / 1e6

    def cost(self, script: str, argument: object = None) -> float:
        """Return the milliseconds of a script and what it sets off."""
        before = self.spent()
        self.page.evaluate(script, argument)
        return self.spent() - before


@contextmanager
def reader(file: Path, ready: str) -> Iterator[tuple[Reader, float, float]]:
    """Open a file; give the page, the milliseconds of CPU and the seconds until it was ready."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        sys.exit("This benchmark needs Chromium on the search path.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        opened = Reader(browser, browser.new_browser_cdp_session())
        began = time.perf_counter()
        opened.page.goto(file.as_uri())
        opened.page.wait_for_selector(ready, state="attached", timeout=120_000)
        seconds = time.perf_counter() - began
        cpu = opened.spent()
        opened.page.wait_for_timeout(700)
        yield opened, cpu, seconds
        browser.close()


def frames(opened: Reader) -> list[float]:
    """Return the milliseconds of a frame while panning and while zooming."""
    return [opened.cost(MOVE, [kind, FRAMES]) / FRAMES for kind in ("pan", "zoom")]


def ours(content: MapContent, folder: Path) -> list[list[object]]:
    """Measure our map as it opens, with its largest group opened where it has to be, and with an actor chosen."""
    began = time.perf_counter()
    text = render_map(content)
    built = time.perf_counter() - began
    file = folder / "ours.html"
    file.write_text(text, "utf-8")
    with reader(file, "html[data-ready]") as (opened, cpu, seconds):
        row = [*frames(opened), cpu, seconds]
        key = content.actors[5].id
        chosen = opened.cost(f"""() => ({PAINTED})(() => {{ location.hash = "#{key}"; }})""")
        opened.page.evaluate("location.hash = ''")
        opened.page.wait_for_timeout(500)
        largest: list[object] = []
        if opened.page.locator("[data-group]").count():
            opened.page.eval_on_selector("[data-group]", "button => button.click()")
            opened.page.wait_for_timeout(900)
            largest = [*frames(opened)]
        heap = opened.page.evaluate("performance.memory.usedJSHeapSize") / 1e6
    size = len(text.encode())
    zipped = len(gzip.compress(text.encode(), 9)) / 1000
    name = f"{len(content.actors):,} / {len(content.ties):,}"
    return [[name, built, size / 1000, zipped, *row, chosen, *(largest or ("–", "–")), heap]]


def plain(content: MapContent, folder: Path) -> list[object]:
    """Measure plain pyvis with the same places, its physics off."""
    from pyvis.network import Network

    page = Numbers(content)
    places = page.places(radii([each.importance for each in content.actors]))
    network = Network(cdn_resources="in_line")
    network.toggle_physics(False)
    for actor in content.actors:
        x, y = places.get(actor.id, (0, 0))
        network.add_node(actor.id, label=actor.name, x=x, y=y)
    # Its add_edge looks through all edges each time.
    network.edges.extend({"from": tie.a, "to": tie.b, "value": tie.weight} for tie in content.ties)
    text = network.generate_html()
    file = folder / "plain.html"
    file.write_text(text, "utf-8")
    with reader(file, "canvas") as (opened, cpu, seconds):
        row = [*frames(opened), cpu, seconds]
    return [f"{len(content.actors):,} / {len(content.ties):,}", len(text.encode()) / 1000, *row]


def cordis(place: str) -> MapContent:
    """Return the map of the Horizon 2020 projects that touch a place, without suggestions."""
    network = horizon_2020_network(place)
    measured = measure(network.arrays, network.revision)
    nothing = Missing(network.revision, "", 0, (), {})
    return build_content(Heading("en", title=place), network, measured, nothing, lambda *_: "")


def contents(sizes: list[int]) -> Iterator[MapContent]:
    """Yield made-up networks of these sizes, and Horizon 2020 around Pirkanmaa where the data folder is."""
    for actors in sizes:
        yield made_up_map(actors, max(8, actors // 50), 20)
    if shared(CORDIS).exists():
        yield cordis("Pirkanmaa")


def main(sizes: list[int]) -> None:
    """Measure networks and print the tables."""
    mine, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        for content in contents(sizes):
            mine += ours(content, Path(folder))
            theirs.append(plain(content, Path(folder)))
    each = ["pan ms", "zoom ms", "ready, CPU ms", "ready, s"]
    group = ["actor chosen ms", "group: pan ms", "group: zoom ms", "heap MB"]
    show("Our map", ["actors / ties", "built s", "kB", "gzip kB", *each, *group], mine)
    show("Plain pyvis, physics off", ["actors / ties", "kB", *each], theirs)


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or list(SIZES))
