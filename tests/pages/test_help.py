"""Every number on a page has beside it what it means and when it misleads, in the reader's language.

Numbers are told by their markup: figures and chips, cells of class ``n``, and cells that hold nothing but a number.
Help is told by its markup, too: ``help`` of components.html, in the section of the number or, under it, in the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from tests.pages.reading import LANGUAGES

PATHS = (
    "/?",
    "/actors?q=yliopisto",
    "/actors/fi-2844561-8?",
    "/collaborations/cordis-636909?",
    "/network?place=FI197",
    "/missing?place=FI197&top=10",
    "/missing/what-if?pair=fi-2844561-8+pic-999994535",
    "/coverage?place=FI197",
    "/track-record?until=2018-01-01&place=FI197",
)
IN_WORDS = {"/collaborations/cordis-636909?": False, "/missing?place=FI197&top=10": True}
"""Pages whose numbers stand in sentences, if any do: with whether there are some."""
PLAIN = re.compile(r"[-+−]?[\d\s\N{NO-BREAK SPACE}.,]*\d\s*%?")
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
        self._open: list[tuple[str, str]] = []
        self._parts = [Element()]
        self._cell = ""
        self._help = ""
        self.feed(html)
        page = self._parts[0]
        self.helped = page.helped
        self.bare = [] if page.helped else page.numbers

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        names = dict(attrs).get("class") or ""
        self._open.append((tag, names))
        if tag == "section":
            self._parts.append(Element())
        if tag in ("td", "dd", "li"):
            self._cell = ""
        if tag == "details":
            self._help = ""

    def handle_data(self, data: str) -> None:
        self._cell += data
        if ("details", "help") in self._open and not any(tag == "summary" for tag, _ in self._open):
            self._help += data

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        opened, names = self._open.pop()
        assert opened == tag, f"<{opened}> ends as </{tag}>"
        if self._is_number(tag, names):
            self.found += 1
            self._parts[-1].numbers.append(" ".join(self._cell.split()))
        if tag == "details" and names == "help" and len(self._help.split()) > 8:
            self._parts[-1].helped = True
        if tag == "section":
            closed = self._parts.pop()
            self._parts[-1].numbers += [] if closed.helped else closed.numbers  # the page around may explain them

    def _is_number(self, tag: str, names: str) -> bool:
        inside = {each for _, classes in self._open for each in classes.split()}
        if not re.search(r"\d", self._cell):
            return False
        if tag == "td":
            return "n" in names.split() or bool(PLAIN.fullmatch(self._cell.strip()))
        return (tag == "dd" and "figures" in inside) or (tag == "li" and "chips" in inside)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_every_number_says_what_it_means(client: FlaskClient, path: str, language: str) -> None:
    answer = client.get(f"{path}&lang={language}".replace("?&", "?"), headers={"Accept": "text/html"})
    assert answer.status_code == 200
    looked = Looked(answer.text)
    if path not in IN_WORDS:
        assert looked.found > 2, "the test sees the numbers"
    elif IN_WORDS[path]:
        assert looked.helped, "what the sentences count is explained"
    assert looked.bare == [], f"without help on {path}"


def test_a_number_without_help_is_found() -> None:
    cell = '<section><table><tr><td class="n">17</td></tr></table></section>'
    aid = '<details class="help"><summary>?</summary><p>one two three four five six seven eight nine</p></details>'
    assert Looked(f"<main>{cell}</main>").bare == ["17"]
    assert Looked(f"<main>{cell}<section>{aid}</section></main>").bare == ["17"], (
        "another section's help is not its own"
    )
    assert Looked(f"<main>{cell}{aid}</main>").bare == []
    assert Looked("<main><table><tr><td> 1 234 </td></tr></table></main>").bare == ["1 234"]
