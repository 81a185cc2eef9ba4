"""Every number on a page has beside it what it means and when it misleads, in the reader's language.

Numbers are told by how they are written: as ``number`` and ``share`` of the templates write them, which the tests mark;
figures and chips; cells of class ``n`` and cells that hold nothing but a number; and a number in brackets.
Help is told by its markup: ``help`` of components.html, in the section of the number or, under it, in the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from graphsvc import wording
from tests.pages import worked
from tests.pages.reading import LANGUAGES

SHOWN: Mapping[str, tuple[str, ...]] = {
    "start": ("/",),
    "actors_page": ("/actors?q=yliopisto",),
    "actor_page": ("/actors/fi-2844561-8",),
    "network_page": ("/network?place=FI197",),
    "missing_page": (worked.HERE,),
    "what_if_page": ("/missing/what-if?pair=fi-2844561-8+pic-999994535",),
    "decisions_page": ("/missing/decisions",),
    "coverage_page": ("/coverage?place=FI197",),
    "coverage_actors_page": ("/coverage/actors?on=digitalisation-of-industry&group=industry",),
    "track_record_page": ("/track-record?until=2018-01-01&place=FI197",),
    "region_page": tuple(f"/regions/{view}" for view in ("startup_alliance", "ecosystem_agreements", "procurement")),
    "environments_page": ("/regions/rdi_environments", "/regions/rdi_environments?eu=yes"),
    "upload_page": ("/import/{upload}",),
    "found_page": ("/import/{upload}/found/{digest}",),
    "imported_page": ("/import/done/{import}",),
    "review_page": ("/review",),
    "publications_page": ("/publications",),
    "publication_page": ("/publications/region",),
    "settings_page": ("/settings",),
    "audit_page": ("/settings/audit",),
}
"""Page → addresses that show its numbers, each kind of them."""
NUMBERLESS: Mapping[str, tuple[str, ...]] = {
    "collaboration_page": ("/collaborations/cordis-636909", "/collaborations/{buses}"),
    "regions_page": ("/regions",),
    "import_page": ("/import",),
    "sign_in_page": ("/sign-in",),
    "password_page": ("/password",),
    "accessibility_page": ("/accessibility",),
    "problem": ("/problems/not-found",),
}
"""Page → addresses of a page that says things in words only; the test holds it to that."""
NO_PAGE = {
    *("static", "icon", "actor_picture"),
    *("docs", "openapi_document"),  # of the API, for programmers
    *("readying", "import_job_page", "report_page", "export_page"),  # how far work is, then another page
}
PLAIN = re.compile(r"[-+−]?[\d\s\N{NO-BREAK SPACE}.,]*\d\s*%?")
DAY = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}( \d{1,2}\.\d{2})?")
BRACKETED = re.compile(r"\([-+−]?\d[\d\s\N{NO-BREAK SPACE}]*%?\)")
MARK = "\ue000"
"""Stands before each number that a page writes."""
VOID = {"meta", "link", "input", "br", "img", "hr"}


@dataclass
class Element:
    """A section, or the page, with the numbers that stand in it and in no section of its own."""

    numbers: list[str] = field(default_factory=list)
    helped: bool = False


class Looked(HTMLParser):
    """Finds numbers that nothing explains."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found = 0
        self._open: list[tuple[str, dict[str, str]]] = []
        self._parts = [Element()]
        self._cell = ""
        self._help = ""
        self.feed(html)
        page = self._parts[0]
        self.bare = [] if page.helped else page.numbers

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        self._open.append((tag, {name: value or "" for name, value in attrs}))
        if tag == "section":
            self._parts.append(Element())
        if tag in ("td", "dd", "li"):
            self._cell = ""
        if tag == "details":
            self._help = ""

    def handle_data(self, data: str) -> None:
        self._cell += data
        tags = {tag for tag, _ in self._open}
        if self._is_in("details", "help"):
            self._help += "" if "summary" in tags else data
        elif "main" in tags and not self._says_what_to_write() and (MARK in data or BRACKETED.search(data)):
            self._number(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        opened, given = self._open.pop()
        assert opened == tag, f"<{opened}> ends as </{tag}>"
        names = given.get("class", "").split()
        if self._is_number(tag, names):
            self._number(self._cell)
        if tag == "details" and "help" in names and len(self._help.split()) > 8:
            self._parts[-1].helped = True
        if tag == "section":
            closed = self._parts.pop()
            self._parts[-1].numbers += [] if closed.helped else closed.numbers  # the page around may explain them

    def _number(self, text: str) -> None:
        self.found += 1
        self._parts[-1].numbers.append(" ".join(text.replace(MARK, "").split()))

    def _is_in(self, tag: str, name: str) -> bool:
        return any(opened == tag and name in given.get("class", "").split() for opened, given in self._open)

    def _says_what_to_write(self) -> bool:
        """Whether this is the hint of a field, or a choice in one."""
        return any(tag == "option" or given.get("id", "").endswith("-hint") for tag, given in self._open)

    def _is_number(self, tag: str, names: list[str]) -> bool:
        text = self._cell.replace(MARK, "").strip()
        if not re.search(r"\d", text) or DAY.fullmatch(text):
            return False
        if tag == "td":
            return "n" in names or bool(PLAIN.fullmatch(text))
        return (tag == "dd" and self._is_in("dl", "figures")) or (tag == "li" and self._is_in("ul", "chips"))


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every number that a page writes be known as one."""
    plain = wording.number
    monkeypatch.setattr(wording, "number", lambda *given: MARK + plain(*given))


def test_each_page_is_looked_at(worked_client: FlaskClient) -> None:
    rules = worked_client.application.url_map.iter_rules()
    pages = {rule.endpoint for rule in rules if rule.endpoint.startswith("pages.") and "GET" in (rule.methods or ())}
    assert pages == {f"pages.{name}" for name in (*SHOWN, *NUMBERLESS, *NO_PAGE)}


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", [path for paths in SHOWN.values() for path in paths])
def test_every_number_says_what_it_means(
    worked_client: FlaskClient, made: Mapping[str, str], path: str, language: str
) -> None:
    answer = worked_client.get(asked(path.format(**made), language), headers={"Accept": "text/html"})
    assert answer.status_code == 200
    looked = Looked(answer.text)
    assert looked.found, "the test sees the numbers"
    assert looked.bare == [], f"without help on {path}"


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize("path", [path for paths in NUMBERLESS.values() for path in paths])
def test_a_page_that_has_no_numbers_shows_none(worked_client: FlaskClient, made: Mapping[str, str], path: str) -> None:
    answer = worked_client.get(asked(path.format(**made), "fi"), headers={"Accept": "text/html"})
    assert answer.status_code in (200, 302, 303)
    assert Looked(answer.text).bare == [], f"numbers on {path}: it belongs to SHOWN"


@pytest.mark.usefixtures("marked", "made")
@pytest.mark.parametrize("language", LANGUAGES)
def test_so_does_every_number_of_what_would_be_published(worked_client: FlaskClient, language: str) -> None:
    looked = Looked(worked.preview(worked_client, language))
    assert looked.found > 2, "the test sees the numbers"
    assert looked.bare == []


def asked(path: str, language: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


def test_a_number_without_help_is_found() -> None:
    cell = '<section><table><tr><td class="n">17</td></tr></table></section>'
    aid = '<details class="help"><summary>?</summary><p>one two three four five six seven eight nine</p></details>'
    assert Looked(f"<main>{cell}</main>").bare == ["17"]
    assert Looked(f"<main>{cell}<section>{aid}</section></main>").bare == ["17"], (
        "another section's help is not its own"
    )
    assert Looked(f"<main>{cell}{aid}</main>").bare == []
    assert Looked("<main><table><tr><td> 1 234 </td></tr></table></main>").bare == ["1 234"]
    assert Looked("<main><h2>Startups <span>(12)</span></h2></main>").bare == ["(12)"]
    assert Looked(f"<main><p>There are {MARK}12 of them.</p></main>").bare == ["There are 12 of them."]
    assert Looked('<main><td>28.11.2026 6.00</td><p id="file-hint">at most (12)</p></main>').bare == []
