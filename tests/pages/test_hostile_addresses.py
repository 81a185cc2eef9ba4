"""Text from an address is text on the page that comes, whether the page knows the parameter, keeps it or refuses it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final
from urllib.parse import parse_qs

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from tests.pages.test_choices_kept import ASKED, ELSEWHERE, FORMLESS

HOSTILE: Final = (
    "</title></textarea></select><img src=x class=struck onerror=window.struck=1>"
    "\"'><svg class=struck onload=window.struck=1> ' onmouseover=window.struck=1 class=struck x=' {{ 7 * 7 }}{% raw %}"
)
NAMES: Final = ("q", "by", "name", "theme", "place", "sort", "since", "pair", "cursor", "lang", "<b>name</b>")
"""Parameters of pages, whichever each knows, and one that none has and whose name is markup."""


PLAIN: Final = {"/favicon.ico", "/api/v1/docs", "/api/v1/openapi.json"}
"""What takes no parameter but the language, and is no page or a very long one."""


class Struck(HTMLParser):
    """Finds what came out of its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [(tag, name) for name, value in attrs if name.startswith("on") or value == "struck"]


@pytest.mark.parametrize("path", sorted({*ASKED, *ELSEWHERE, *FORMLESS, "/nowhere", "/actors/nobody", "/map"} - PLAIN))
def test_text_from_an_address_is_text(client: FlaskClient, path: str) -> None:
    known = parse_qs(ASKED.get(path, ""))
    for name in dict.fromkeys((*known, *NAMES)):
        answer = client.get(path, query_string={name: HOSTILE}, headers={"Accept": "text/html"})
        if answer.mimetype == "text/html":
            assert Struck(answer.text).found == [], f"{path}?{name}="
        answer.close()


def test_what_comes_out_is_seen() -> None:
    assert len(Struck(f'<input value="{HOSTILE}">').found) == 2
    assert Struck(f'<input value="{escape(HOSTILE)}">').found == []
