"""Text from data and from persons never runs on a page: every field of the model, every page.

What is said goes into the graph through one door of the store (``GraphStore.apply``), so this stands there and adds a
payload to each text that says something; identifiers, which have a form of their own, stay as they are.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page
from pydantic import BaseModel

from graphsvc.access.audit import Deed
from graphsvc.access.installation import Access
from graphsvc.access.keys import Wish
from graphsvc.access.users import Duty, Role
from graphsvc.app import create_app
from graphsvc.samples import sample_path
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.store.change import Change
from graphsvc.store.graph_store import GraphStore
from tests.browser.serving import served
from tests.pages import worked
from tests.pages.reading import read, send
from tests.pages.test_help import NUMBERLESS, SHOWN

pytestmark = pytest.mark.browser
PATIENCE: Final = 60_000
"""Milliseconds: a map is made on first asking, beside other tests."""
MARK: Final = "class=struck"
PAYLOADS: Final = (
    f'</script></title></textarea><img src=x {MARK} onerror="window.struck=1">',
    f"\"'><svg {MARK} onload=window.struck=1>",
    f"'/onmouseover=window.struck=1 {MARK} x='",
    f"{{{{ 7 * 7 }}}}{{% raw %}}<!--<script {MARK}>window.struck=1</script>",
    f"]]>&lt;i {MARK}&gt;<a href=javascript:window.struck=1 {MARK}>",
)
"""Ways out of an element, of an attribute in either quotes or in none, of a comment, a template and a CDATA section."""
TEXTS: Final = {
    *("name", "text", "publisher", "terms", "name_fi", "name_sv", "name_en", "description", "title", "programme"),
    *("topic", "role", "purpose", "reason", "by"),
}
"""Fields of the model that hold free text, and whatever is in ``values`` and ``attributes``."""
LINK: Final = "https://example.org/\"'><svg/onload=window.struck=1//class=struck"
"""No address with a scheme other than these is taken; see :class:`graphsvc.model.WebAddress`."""
SPOKEN: Final = {
    *("/", "/actors", "/actors/fi-2844561-8", "/missing/decisions", "/review", "/settings", "/publications"),
    worked.HERE,
}
"""Pages on which names stand for sure, so that the test is known to see what it looks for."""


class Hostile:
    """Adds a payload to all free texts of what is written, the same where texts begin alike, so that names match."""

    def text(self, text: str) -> str:
        return f"{text} {PAYLOADS[len(text.split()[0]) % len(PAYLOADS)]}"

    def said(self, each: Any) -> Any:
        if isinstance(each, tuple):
            return tuple(map(self.said, each))
        if not isinstance(each, BaseModel):
            return each
        changed: dict[str, Any] = {}
        for name in type(each).model_fields:
            value = getattr(each, name)
            if isinstance(value, str) and value and name in TEXTS:
                changed[name] = self.text(value)
            elif name in ("address", "website") and value:
                changed[name] = LINK
            elif name in ("values", "attributes"):
                changed[name] = {key: self.text(item) if isinstance(item, str) else item for key, item in value.items()}
            elif isinstance(value, BaseModel | tuple):
                changed[name] = self.said(value)
        return each.model_copy(update=changed)

    def change(self, change: Change) -> Change:
        return replace(
            change,
            claims=[self.said(each) for each in change.claims],
            records=[self.said(each) for each in change.records],
            content="",
            reason=change.reason and self.text(change.reason),
        )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def settings(home: Path) -> Settings:
    return Settings(store=str(home / "graph.kgl"), home=home, work_per_minute=0, contacts=True)


@pytest.fixture(scope="module")
def service(settings: Settings) -> Iterator[Service]:
    """The sample and all that can be done with it, each text hostile."""
    hostile, apply = Hostile(), GraphStore.apply
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(GraphStore, "apply", lambda store, change: apply(store, hostile.change(change)))
        service = Service.open(settings)
        service.load(service.check(sample_path()))
        yield service
        service.close()


@pytest.fixture(scope="module")
def made(settings: Settings, service: Service) -> Mapping[str, str]:
    home, client = settings.home, create_app(settings, service).test_client()
    made = worked.do_everything(client, service, home)
    access, bad = Access.of(home), PAYLOADS[1]
    access.users.make(f"Maija {bad}", Duty(Role.VIEWER))
    access.keys.make(Wish(f"tool {bad}"))
    access.trail.note(Deed(f"caller {bad}", f"POST /{bad}", origin="192.0.2.0/24"))
    send(client, read(client, worked.HERE).form("/missing/replies"), answer="no:competitors", by=f"Maija {bad}")
    form = read(client, "/missing/decisions").form("/follow-ups")
    send(client, form, event="met", on="2026-01-15", words=f"in {bad}", by=f"Maija {bad}")
    known = next(each.name for each in service.snapshot().actors if each.name.startswith("Techila Technologies"))
    with (home / "slip.csv").open("w", encoding="utf-8", newline="") as file:
        slip = known.replace("Technologies", "Technologie")
        csv.writer(file, delimiter=";").writerows([("Organisaatio", "Hanke", "Kotikunta"), (slip, bad, "Nokia")])
    service.load(service.check(home / "slip.csv"))
    send(client, read(client, "/review").form("/review"), verdict="unsure", by=f"Maija {bad}", reason=bad)
    form = read(client, "/publications?place=FI197").form("/publications")
    words = {"title": bad, "caption": f"caption {bad}", "licence": f"licence {bad}", "alternative": bad}
    answer = send(client, form, name="bad", action="publish", by=f"Maija {bad}", **words)
    assert answer.status_code == 303, answer.text
    return made


@pytest.fixture(scope="module")
def address(settings: Settings, service: Service, made: Mapping[str, str]) -> Iterator[str]:
    with served(create_app(settings, service)) as address:
        yield address


@dataclass
class Opened:
    """A page in a browser, and what was amiss with it."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def check(self, where: str) -> None:
        assert self.page.evaluate("window.struck") is None, where
        assert self.page.locator(".struck").count() == 0, f"markup from data on {where}"
        assert self.page.locator("[onload], [onerror], [onmouseover]").count() == 0, where
        led = self.page.eval_on_selector_all("a[href], form[action]", "all => all.map(each => each.protocol || '')")
        assert set(led) <= {"http:", "https:", "mailto:", ""}, where
        refused = [each for each in self.said if "status of 4" not in each]  # what is not found is told there, too
        assert refused == [], where


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    opened = Opened(context.new_page())
    opened.page.on("console", lambda message: opened.said.append(message.text))
    opened.page.on("pageerror", lambda error: opened.said.append(str(error)))
    opened.page.on("request", lambda request: opened.asked.append(request.url))
    yield opened
    context.close()


ADDRESSES: Final = (
    *(path for paths in (*SHOWN.values(), *NUMBERLESS.values()) for path in paths),
    *("/publications/bad", "/actors", "/actors?sort=-partners", "/readying", "/nowhere"),
)
"""Every page, by the list that a test of its own holds to be whole."""


@pytest.mark.parametrize("path", ADDRESSES)
def test_nothing_from_data_runs(opened: Opened, address: str, made: Mapping[str, str], path: str) -> None:
    answer = opened.page.goto(address + path.format(**made))
    assert answer
    assert answer.status == (404 if path == "/nowhere" else 200)
    opened.page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true; })")
    opened.check(path)
    assert [each for each in opened.asked if not each.startswith((f"{address}/", "data:", "blob:"))] == []
    if path in SPOKEN:
        assert MARK in opened.page.locator("main").inner_text(), "the test sees no text of the data"
