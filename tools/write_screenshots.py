"""Write pictures of maps, sheets and pages of the sample, and the page that shows them: ``make screenshots``.

The table below says what is pictured. A new picture is a new line of it; names of files are names of lines. Needs
Chromium, on the search path or named in GRAPHSVC_TEST_CHROMIUM. Names of lines as arguments: only these are made anew.
Pictures of CORDIS need the shared data folder, beside the repository or named in GRAPHSVC_SHARED, and are left out
without it.
"""

from __future__ import annotations

import io
import os
import secrets
import shutil
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from graphsvc.access.installation import Access
from graphsvc.access.keys import Wish
from graphsvc.access.users import Duty, Role
from graphsvc.drawing import MapAsk
from graphsvc.render.redaction import NOTHING
from graphsvc.render.story import Step, Story
from graphsvc.samples import sample_path
from graphsvc.service import Service
from graphsvc.settings import Settings

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a script, it has its own folder there only
from tests.browser.serving import worked  # noqa: E402

PICTURES: Final = ROOT / "docs" / "images" / "screenshots"
PAGE: Final = ROOT / "docs" / "reference" / "screenshots.md"
NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "chrome", "chromium-headless-shell")


@dataclass(frozen=True)
class Shot:
    """One picture; a sheet of several pages makes several."""

    name: str
    says: str
    """What is seen, for those who don't see it."""
    address: str
    """On the service with the data."""
    width: int = 1280
    height: int = 900
    scheme: Literal["light", "dark"] = "light"
    how: Literal["screen", "printed", "sheet"] = "screen"
    """As on a screen; as the browser prints it; or the PDF at the address."""
    pages: int = 3
    """Of what is printed, the first ones."""
    data: Literal["sample", "closed", "cordis"] = "sample"
    """``closed``: the sample, for those only who sign in."""
    presses: int | None = None
    """For a step of an import: a list is dropped in at the address, and the page's main button pressed so often."""


PHONE: Final[dict[str, Any]] = {"width": 360, "height": 740}
TAU: Final = "#fi-2844561-8"
CORDIS: Final = "data/cordis/cordis-h2020-assembled-csv.zip"
ACTORS: Final = 2_000
"""Of CORDIS: those of its first rows."""
LIST: Final = """\
Organisaatio;Hanke;Kotikunta
Vanhan Tehtaan Osuuskunta;Kiertotalous 2026;Tampere
Tampereen yliopisto;Kiertotalous 2026;Tampere
Tampereen ammattikorkeakoulu;Kiertotalous 2026;Tampere
"""
STORY: Final = Story(
    step=(
        Step(caption="Pirkanmaan tutkimus- ja kehitysverkosto kokonaisuutena."),
        Step(caption="Tampereen yliopisto yhdistää yritykset ja tutkimuslaitokset.", actor="fi-2844561-8"),
    )
)
SHOTS: Final = (
    Shot("map-fi", "The map of the sample in Finnish.", "/map?lang=fi"),
    Shot("map-sv", "The map of the sample in Swedish.", "/map?lang=sv"),
    Shot("map-en", "The map of the sample in English.", "/map?lang=en"),
    Shot("map-dark", "The map on a dark screen.", "/map?lang=fi", scheme="dark"),
    Shot("map-phone", "The map on a phone.", "/map?lang=fi", **PHONE),
    Shot("map-phone-dark", "The map on a phone, dark.", "/map?lang=fi", scheme="dark", **PHONE),
    Shot("map-selected", "One actor is selected; its neighbours stay.", f"/map?lang=fi{TAU}"),
    Shot("map-selected-dark", "One actor is selected, dark.", f"/map?lang=fi{TAU}", scheme="dark"),
    Shot("map-selected-phone", "One actor is selected, on a phone.", f"/map?lang=fi{TAU}", **PHONE),
    Shot("map-printed", "The page of the map as the browser prints it.", "/map?lang=fi", how="printed"),
    Shot("sheet-a4", "The map as a sheet of A4.", "/map?lang=fi&format=pdf&paper=a4", how="sheet"),
    Shot("sheet-a3", "The map as a sheet of A3.", "/map?lang=fi&format=pdf&paper=a3", how="sheet"),
    Shot("sheet-svg", "The map as a sheet in SVG.", "/map?lang=fi&format=svg&paper=a4"),
    Shot("story", "A step of a story.", "/published/tarina#step=2"),
    Shot("report", "The report.", "/api/v1/reports?place=FI197&lang=fi&format=html"),
    Shot("report-pdf", "The report on paper.", "/api/v1/reports?place=FI197&lang=fi&format=pdf", how="sheet", pages=1),
    Shot(
        "portrait",
        "The portrait of an actor on one A4.",
        "/api/v1/actors/fi-2844561-8/portrait?lang=fi&format=pdf",
        how="sheet",
    ),
    Shot("cordis", "Two thousand actors of CORDIS.", "/map?lang=fi", data="cordis"),
    Shot("cordis-dark", "Two thousand actors of CORDIS, dark.", "/map?lang=fi", scheme="dark", data="cordis"),
    Shot("cordis-phone", "Two thousand actors of CORDIS on a phone.", "/map?lang=fi", data="cordis", **PHONE),
    Shot("start", "The start page.", "/?lang=fi"),
    Shot("start-phone", "The start page on a phone.", "/?lang=fi", **PHONE),
    Shot("actors", "The list of actors after a search.", "/actors?q=yliopisto&lang=fi"),
    Shot("actor", "The page of one actor.", "/actors/fi-2844561-8?lang=fi"),
    Shot("network", "The page of the network.", "/network?place=FI197&lang=fi"),
    Shot("missing", "Missing partnerships.", "/missing?place=FI197&top=10&lang=fi"),
    Shot("decisions", "What was decided on missing partnerships.", "/missing/decisions?lang=fi"),
    Shot("coverage", "Coverage: themes and kinds of actors.", "/coverage?place=FI197&lang=fi"),
    Shot(
        "coverage-actors",
        "The actors behind one number of coverage.",
        "/coverage/actors?on=digitalisation-of-industry&group=industry&lang=fi",
    ),
    Shot("track-record", "The track record.", "/track-record?until=2018-01-01&place=FI197&lang=fi"),
    Shot("publications", "What is published.", "/publications?lang=fi"),
    Shot("review", "Entries that may be one body.", "/review?lang=fi"),
    Shot("import", "The page where files come in.", "/import?lang=fi"),
    Shot("import-columns", "What columns a file was found to have.", "/import?lang=fi", presses=1),
    Shot("import-found", "What would be saved of a file.", "/import?lang=fi", presses=2),
    Shot("import-done", "What was saved of a file.", "/import?lang=fi", presses=3),
    Shot("collaboration", "The page of one collaboration.", "/collaborations/cordis-636909?lang=fi"),
    Shot(
        "what-if",
        "What would change if two partnerships came true.",
        f"/missing/what-if?lang=fi&pair={TAU[1:]}+pic-999864555&pair=pic-969424403+pic-991207984",
    ),
    Shot("publication", "What was published under one name.", "/publications/tarina?lang=fi"),
    Shot("regions", "The region views.", "/regions?lang=fi"),
    *(
        Shot(
            f"region-{name.replace('_', '-')}", f"The region view {name.replace('_', ' ')}.", f"/regions/{name}?lang=fi"
        )
        for name in ("startup_alliance", "ecosystem_agreements", "rdi_environments", "procurement")
    ),
    Shot("problem", "The page for an address where nothing is.", "/nowhere?lang=fi"),
    Shot("docs", "The documentation of the API.", "/api/v1/docs"),
    Shot("accessibility", "The accessibility statement.", "/accessibility?lang=fi"),
    Shot("sign-in", "The page to sign in.", "/sign-in?lang=fi", data="closed"),
    Shot("password", "The page to choose a password.", "/password?lang=fi", data="closed"),
    Shot("settings", "The settings.", "/settings?lang=fi", data="closed"),
    Shot("audit", "Who did what.", "/settings/audit?lang=fi", data="closed"),
)


def peopled(home: Path) -> str:
    """Let an administrator, a viewer and a program in; return the session of the first."""
    access = Access.of(home)
    user, _ = access.users.make("Maija Mallikas", Duty(Role.ADMINISTRATOR))
    access.users.choose(user.id, secrets.token_urlsafe())
    access.users.make("Ville Virtanen", Duty(Role.VIEWER))
    access.keys.make(Wish("Kaupungin kartta"))
    return access.sessions.start(user.id)


@contextmanager
def serving(file: Path, home: Path, closed: bool) -> Iterator[str]:
    """Serve what a file holds, and a story of it where it is the sample; give the address."""
    public: Literal["nothing", "auto"] = "nothing" if closed else "auto"
    settings = Settings(
        store=":memory:",
        home=home,
        public=public,
        organisation="Mallikunta",
        accessibility_contact="saavutettavuus@mallikunta.example",
    )
    service = Service.open(settings)
    service.load(service.check(file))
    if file == sample_path():
        service.publish("tarina", MapAsk(language="fi", story=STORY), NOTHING, "Maija Mallikas")
    try:
        with worked(settings, service) as address:
            yield address
    finally:
        service.close()


def of_cordis(folder: Path) -> Path | None:
    """Write the first rows of CORDIS, and their projects, to a file; nothing where CORDIS isn't at hand."""
    whole = Path(os.environ.get("GRAPHSVC_SHARED") or ROOT.parent / "shared") / CORDIS
    if not whole.is_file():
        print(f"CORDIS: left out, there is no {CORDIS} in the folder that GRAPHSVC_SHARED names.")
        return None
    with zipfile.ZipFile(whole) as archive, zipfile.ZipFile(folder / "cordis.zip", "w") as cut:
        organisations, *others = sorted(archive.namelist(), key=lambda name: "organizations" not in name)
        header, *lines = archive.read(organisations).splitlines(keepends=True)
        kept: list[bytes] = []
        actors: set[bytes] = set()
        for line in lines:
            actors.add(line.split(b";")[4])
            if len(actors) > ACTORS:
                break
            kept.append(line)
        cut.writestr(organisations, b"".join([header, *kept]))
        projects = {line.split(b";")[0] for line in kept}
        for name in others:
            header, *lines = archive.read(name).splitlines(keepends=True)
            cut.writestr(name, b"".join([header, *(line for line in lines if line.split(b";")[0] in projects)]))
    return folder / "cordis.zip"


def answered(address: str) -> bytes:
    """Return what an address answers, once what takes long is done."""
    for _ in range(60):
        with urllib.request.urlopen(address, timeout=300) as answer:  # noqa: S310  # our own address
            if answer.status == 200:
                return bytes(answer.read())
        time.sleep(5)
    raise SystemExit(f"{address} was not ready in five minutes.")


def dropped(page: Page, presses: int) -> None:
    """Send a list in, and go so many steps on."""
    page.set_input_files(
        "input[type=file]", {"name": "lista.csv", "mimeType": "text/csv", "buffer": LIST.encode("utf-8")}
    )
    for step in range(presses):
        page.click("main button.action")
        page.locator("[data-job]").wait_for(state="detached")
        page.locator(("h2, table, .figures", ".figures", ".notice.good")[step]).first.wait_for()


def taken(shot: Shot, browser: Browser, address: str, session: str) -> list[Image.Image]:
    """Return the pictures of a line."""
    if shot.how == "sheet":
        return pages(answered(address + shot.address), shot.pages)
    if shot.address.startswith("/api/"):
        answered(address + shot.address)
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme=shot.scheme,
        reduced_motion="reduce",
        locale=f"{shot.address.partition('lang=')[2][:2] or 'en'}-FI",  # days in the browser's own fields
    )
    context.set_default_timeout(120_000)
    if session and shot.name != "sign-in":
        context.add_cookies([{"name": "session", "value": session, "domain": "127.0.0.1", "path": "/"}])
    try:
        page = context.new_page()
        answer = page.goto(address + shot.address)
        if answer is None or not (answer.ok or shot.name == "problem"):
            raise SystemExit(f"{shot.name}: {shot.address} answers {answer and answer.status}")
        if shot.presses is not None:
            dropped(page, shot.presses)
        if shot.address.startswith(("/map", "/published")) and "format=" not in shot.address:
            page.wait_for_selector("html[data-ready]")
        elif page.locator("iframe").count():
            page.frame_locator("iframe").first.locator("html[data-ready]").wait_for()
        page.wait_for_load_state("networkidle")  # pictures that are loaded late
        page.wait_for_timeout(600)  # until names are placed
        if shot.how == "printed":
            return pages(page.pdf(format="A4", print_background=True), shot.pages)
        return [Image.open(io.BytesIO(page.screenshot(animations="disabled")))]
    finally:
        context.close()


def pages(pdf: bytes, most: int) -> list[Image.Image]:
    """Return the first pages of a PDF as pictures of 90 dots per inch."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [document[number].render(scale=1.25).to_pil() for number in range(min(most, len(document)))]
    finally:
        document.close()


def kept(picture: Image.Image, path: Path) -> None:
    """Save a picture small: 128 colours are enough for pages."""
    picture.convert("RGB").quantize(128).save(path, optimize=True)


def shown() -> str:
    """Return the page that shows what is there."""
    lines = [
        "# What it looks like",
        "",
        "Written by `make screenshots` (`tools/write_screenshots.py`) from the sample,",
        "and from a part of CORDIS (European Union).",
        "",
    ]
    for shot in SHOTS:
        found = [PICTURES / f"{shot.name}.png", *sorted(PICTURES.glob(f"{shot.name}-page-?.png"))]
        links = [f"![{shot.says}](../images/screenshots/{each.name})" for each in found if each.exists()]
        lines += [f"## {shot.says.rstrip('.')}", "", f"`{shot.address}`", "", *links, ""] if links else []
    return "\n".join(lines)


def take(shots: list[Shot], browser: Browser, file: Path, home: Path) -> None:
    """Make the pictures of these lines, which show the same data."""
    closed = shots[0].data == "closed"
    session = peopled(home) if closed else ""
    with serving(file, home, closed) as address:
        for shot in shots:
            pictures = taken(shot, browser, address, session)
            for number, picture in enumerate(pictures, start=1):
                tail = "" if len(pictures) == 1 else f"-page-{number}"
                kept(picture, PICTURES / f"{shot.name}{tail}.png")
            print(f"{shot.name}: {len(pictures)}", flush=True)


def main(names: list[str]) -> None:
    """Make the pictures, all or those named, and the page."""
    path = os.environ.get("GRAPHSVC_TEST_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        raise SystemExit("Pictures need Chromium on the search path, or its path in GRAPHSVC_TEST_CHROMIUM.")
    PICTURES.mkdir(parents=True, exist_ok=True)
    wanted = [shot for shot in SHOTS if not names or shot.name in names]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        open_, closed, large = (
            [shot for shot in wanted if shot.data == data] for data in ("sample", "closed", "cordis")
        )
        for shots in filter(None, (open_, closed)):
            take(shots, browser, sample_path(), Path(folder, shots[0].data))
        if large and (part := of_cordis(Path(folder))):
            take(large, browser, part, Path(folder, "cordis"))
        browser.close()
    PAGE.write_text(shown(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
