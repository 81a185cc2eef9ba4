"""The first job of each person of the product, in the browser, as that person does it.

The coordinator's main job is in ``test_by_keyboard.py``; here are the meeting that she prepares, the analyst, who must
trust a number, the author of the yearly report and its reader, the developer of another tool, and the administrator.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import networkx
import pytest
from playwright.sync_api import APIResponse, Browser, Page

from graphsvc.access.installation import Access
from graphsvc.access.users import Duty, Role
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.wording import say
from tests.browser.serving import worked
from tests.browser.test_by_keyboard import PATIENCE
from tests.browser.test_service_pages import watch

pytestmark = pytest.mark.browser
TAU = "fi-2844561-8"
OWN_WORDS = "correct horse battery"


@dataclass
class Served:
    """The sample, served: to whoever asks, and to those only who sign in."""

    open: str
    closed: str
    home: Path


@pytest.fixture(scope="module")
def at(sample_copy: Callable[[], str], browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    settings = Settings(store=sample_copy(), home=tmp_path_factory.mktemp("open"))
    closed = replace_home(settings, tmp_path_factory.mktemp("closed"))
    user, _ = Access.of(closed.home).users.make("Aino", Duty(Role.ADMINISTRATOR))
    Access.of(closed.home).users.choose(user.id, OWN_WORDS)
    service = Service.open(settings)
    try:
        with worked(settings, service) as one, worked(closed, service) as other:
            yield Served(one, other, closed.home)
    finally:
        service.close()


def replace_home(settings: Settings, home: Path) -> Settings:
    """Return settings of a service beside, which lets nobody in without a name."""
    return settings.model_copy(update={"home": home, "public": "nothing"})


@pytest.fixture
def page(browser: Browser, at: Served) -> Iterator[Page]:
    """A page that must keep quiet and ask nobody else."""
    context = browser.new_context(locale="fi-FI", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    said, asked = watch(page)
    yield page
    assert said == []
    own = (f"{at.open}/", f"{at.closed}/", "data:", "blob:", "file:")
    assert [each for each in asked if not each.startswith(own)] == []
    context.close()


def arrive(page: Page, heading: str) -> None:
    page.locator("h1", has_text=heading).wait_for()


def test_the_menu_is_one_line(page: Page, at: Served) -> None:
    for language in ("fi", "sv", "en"):
        page.goto(f"{at.open}/settings?lang={language}")
        tops = page.eval_on_selector_all("nav.menu a", "all => all.map(each => each.getBoundingClientRect().top)")
        assert len(tops) > 8
        assert len(set(tops)) == 1, f"the menu wraps in {language}"


def test_a_coordinator_is_prepared_for_a_meeting(page: Page, at: Served) -> None:
    page.goto(f"{at.open}/?lang=fi")
    page.fill("#q", "tampereen yliopisto")
    page.press("#q", "Enter")
    page.click("main table a:text-is('Tampereen yliopisto')")
    arrive(page, "Tampereen yliopisto")
    assert page.locator("#partners tbody tr").count() >= 5
    assert page.locator("#latest tbody tr").count() >= 5
    assert page.locator("section[aria-labelledby=openings] ul.cards > li").count() == 3
    assert page.locator("section[aria-labelledby=changes] li").count() >= 1
    assert page.locator("section[aria-labelledby=sources] li").count() >= 1
    picture = page.locator("img.picture")
    picture.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert picture.evaluate("each => each.naturalWidth") > 0
    page.locator("section[aria-labelledby=openings] ul.cards a").first.click()
    page.locator("h1").wait_for()
    assert "Tampereen yliopisto" not in page.locator("h1").inner_text()


def test_an_analyst_trusts_a_number_and_takes_it_along(page: Page, at: Served, tmp_path: Path) -> None:
    page.goto(f"{at.open}/?lang=fi")
    page.click("nav.menu a[href='/network']")
    page.select_option("#place", "FI197")
    page.click("details.more summary")
    page.fill("#as_of", "2023-06-30")
    page.click("main form.filters button.action")
    page.locator("#ranked").wait_for()
    assert "as_of=2023-06-30" in page.url
    assert "place=FI197" in page.url

    row = page.locator("section[aria-labelledby=ranked] tbody tr").first
    shown = row.locator("td.n").first.inner_text()
    actor = str(row.locator("th a").get_attribute("href")).rsplit("/", 1)[1]
    told = page.request.get(f"{at.open}/api/v1/measures?place=FI197&as_of=2023-06-30&measure=degree&limit=500").json()
    assert shown == str(int(value_of(told, actor))), "the page and the API say one number"

    helps = page.locator("section[aria-labelledby=ranked] details.help")
    helps.first.locator("summary").click()
    assert len(helps.first.inner_text()) > 200
    with page.expect_download() as coming:
        page.click("main .buttons a:text-is('GEXF')")
    path = tmp_path / "network.gexf"
    coming.value.save_as(path)
    taken = networkx.read_gexf(path)
    assert taken.degree(actor) == int(shown), "the file says the same"


def value_of(told: dict[str, object], actor: str) -> float:
    """Return the value of an actor in an answer of measures."""
    found = [each for each in told["items"] if each["actor"]["id"] == actor]  # type: ignore[attr-defined]
    return float(found[0]["values"]["degree"])


def test_a_published_map_reaches_the_reader_of_a_report(
    page: Page, at: Served, browser: Browser, tmp_path: Path
) -> None:
    page.goto(f"{at.open}/?lang=fi")
    page.click("nav.menu a[href='/publications']")
    form = page.locator("form[action='/publications']").first
    form.locator("select#place").select_option("FI197")
    page.fill("#title", "Pirkanmaan verkosto 2025")
    page.fill("#caption", "Kuka tekee työtä kenen kanssa.")
    page.fill("#by", "Maija Mäkinen")
    page.click("button[value=publish]")
    arrive(page, "Pirkanmaan verkosto 2025")
    with page.expect_download() as coming:
        page.click("main a[download]")
    path = tmp_path / "liite.html"
    coming.value.save_as(path)

    context = browser.new_context(locale="fi-FI", offline=True)  # the reader has the file, and no network
    context.set_default_timeout(PATIENCE)
    reader = context.new_page()
    said, asked = watch(reader)
    reader.goto(path.as_uri())
    reader.locator("html[data-ready]").wait_for()
    assert "Pirkanmaan verkosto 2025" in reader.locator("h1").first.inner_text()
    words = reader.locator("body").inner_text()
    assert "Kuka tekee työtä kenen kanssa." in words
    assert "Tampereen yliopisto" in reader.content()
    assert reader.locator("table tbody tr").count() > 10, "what the picture shows stands in a table"
    told = str(reader.locator("#map").get_attribute("aria-describedby")).split()[0]
    assert len(reader.locator(f"#{told}").text_content() or "") > 80, "what the picture shows is told in words"
    assert len(reader.pdf(format="A4")) > 20_000
    assert said == []
    assert [each for each in asked if not each.startswith(("file:", "data:", "blob:"))] == []
    context.close()


def test_a_developer_needs_nobody(page: Page, at: Served) -> None:
    page.goto(f"{at.open}/?lang=en")
    page.click("footer a[href='/api/v1/docs']")
    page.click("a[href='#list_missing_partnerships']")
    example = page.locator("section[aria-labelledby=list_missing_partnerships] a code").first.inner_text()
    answer = read(page, at.open + example)
    assert answer.json()["items"], "the example of the document answers"
    again = page.request.get(at.open + example, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status == 304
    first = read(page, f"{at.open}/api/v1/actors?limit=2").json()
    following = read(page, f"{at.open}/api/v1/actors?limit=2&cursor={first['next']}").json()
    assert {each["id"] for each in first["items"]}.isdisjoint(each["id"] for each in following["items"])
    wrong = page.request.get(f"{at.open}/api/v1/actors?limit=many")
    assert wrong.status == 422
    told = wrong.json()
    assert told["errors"][0]["field"] == "limit"
    page.goto(at.open + told["type"])
    assert page.url.startswith(f"{at.open}/api/v1/docs#problem-")
    page.goto(f"{at.open}/api/v1/docs")
    page.click("nav a[href='/api/v1/openapi.json']")
    document = json.loads(page.locator("pre").inner_text())
    assert document["openapi"].startswith("3.")
    assert "/api/v1/changes" in document["paths"]


def read(page: Page, address: str) -> APIResponse:
    """Return what an address answers, once it is ready."""
    for _ in range(60):
        answer = page.request.get(address)
        if answer.status != 202:
            assert answer.status == 200, answer.text()
            return answer
        page.wait_for_timeout(1000)
    raise AssertionError(f"{address} was never ready")


def test_an_administrator_lets_people_and_programs_in(page: Page, at: Served, tmp_path: Path) -> None:
    page.goto(f"{at.closed}/settings?lang=fi")
    page.fill("#name", "Aino")
    page.fill("#password", OWN_WORDS)
    page.click("main button.action")
    arrive(page, "Asetukset")
    page.fill("#user-name", "Vieno Virtanen")
    page.select_option("#user-role", "viewer")
    page.click("form[action='/settings/users'] button.action")
    page.locator("code.secret").wait_for()
    assert page.locator("tr", has_text="Vieno Virtanen").count() >= 1
    page.fill("#key-name", "kaupungin kartta")
    page.click("form[action='/settings/keys'] button.action")
    page.locator("tr", has_text="kaupungin kartta").first.wait_for()
    key = page.locator("code.secret").inner_text()

    program = page.context.browser.new_context()  # type: ignore[union-attr]  # a context of the browser has it
    assert program.request.get(f"{at.closed}/api/v1/actors?limit=1").status == 401
    with_key = {"Authorization": f"Bearer {key}"}
    assert program.request.get(f"{at.closed}/api/v1/actors?limit=1", headers=with_key).status == 200
    assert program.request.get(f"{at.closed}/health").status == 200
    program.close()

    with page.expect_download() as coming:
        page.click("main a[href='/api/v1/backup']")
    backup = tmp_path / "copy.graphsvc"
    coming.value.save_as(backup)
    rehearsed = Service.open(Settings(store=":memory:", home=tmp_path / "rehearsal"))
    rehearsed.restore(backup)
    assert any(each.id == TAU for each in rehearsed.snapshot().actors), "the backup can be put back"
    rehearsed.close()

    page.click("a[href='/settings/audit']")
    page.locator("table").wait_for()
    done = page.locator("main table tbody tr", has_text="Aino").all_inner_texts()
    for key in ("make_user", "make_key", "backup"):
        deed = say("happenings", f"act.{key}", "fi")
        assert any(deed in each for each in done), f"the trail has no {deed}"
