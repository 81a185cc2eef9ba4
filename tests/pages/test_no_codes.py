"""No page says a code of ours where it has a name: sentences of errors in English, too, call things by their names.

Codes are for programs. On a page they stand in ``<code>``, in addresses and in what forms send, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from html.parser import HTMLParser
from typing import Final

import pytest
from flask.testing import FlaskClient

from graphsvc import decisions, facets, kinds
from graphsvc.access import rights, users
from graphsvc.analysis.measures import ACTOR_MEASURES, NETWORK_NUMBERS
from graphsvc.jobs import job
from graphsvc.render import redaction
from graphsvc.service import Service
from tests.pages import worked
from tests.pages.reading import LANGUAGES
from tests.pages.test_help import NUMBERLESS, SHOWN, asked
from tests.pages.test_said_on_pages import ASKED, SEND, SENT
from tests.pages.test_wrong_files_said import WRONG, looked_at, wrong_file

SETS: Final = [
    each
    for module in (kinds, facets, decisions, rights, users, job, redaction)
    for each in vars(module).values()
    if isinstance(each, type) and issubclass(each, StrEnum) and each is not StrEnum
]
CODES: Final = {value.value for each in SETS for value in each} | {*ACTOR_MEASURES, *NETWORK_NUMBERS}
SNAKE: Final = re.compile(r"(?<![\w/.@-])[a-z0-9]+(?:_[a-z0-9]+)+(?!\w)")
QUOTED: Final = re.compile(r"['\"`]([a-z][a-z_-]*)['\"`]")
HTML: Final = {"Accept": "text/html"}


class Seen(HTMLParser):
    """The words that a page shows, but for code."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("alt", "title", "aria-label", "placeholder") and value:
                self.words.append(value)
        if tag not in ("input", "meta", "link", "br", "hr", "img"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not {"code", "script", "textarea"} & {*self._open}:
            self.words.append(" ".join(data.split()))


def codes(text: str) -> list[str]:
    """Return the words of a page that are codes of ours, each with what stands around it."""
    return [
        f"{found.group()} in: {words[:200]}"
        for words in Seen(text).words
        for pattern in (SNAKE, QUOTED)
        for found in pattern.finditer(words)
        if pattern is SNAKE or found[1] in CODES
    ]


@pytest.mark.parametrize("path", [path for paths in (*SHOWN.values(), *NUMBERLESS.values()) for path in paths])
def test_a_page_calls_things_by_their_names(worked_client: FlaskClient, made: Mapping[str, str], path: str) -> None:
    assert codes(worked_client.get(asked(path.format(**made), "en"), headers=HTML).text) == []


@pytest.mark.usefixtures("made")
def test_so_does_what_would_be_published(worked_client: FlaskClient) -> None:
    assert codes(worked.preview(worked_client, "en")) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", ASKED)
def test_so_does_what_is_wrong_with_an_address(worked_client: FlaskClient, case: str, language: str) -> None:
    answer = worked_client.get(asked(ASKED[case][0], language), headers=HTML)
    assert answer.status_code == ASKED[case][1]
    assert codes(answer.text) == []


@pytest.mark.parametrize("case", SENT)
def test_so_does_what_is_wrong_with_a_form(worked_client: FlaskClient, case: str) -> None:
    path, filled, status, _ = SENT[case]
    answer = worked_client.post(f"{path}?lang=en", data=filled, headers=SEND)
    assert answer.status_code == status
    # What a person sent by hand is repeated as it was sent, in quotes.
    assert [each for each in codes(answer.text) if each.split(" in: ")[0].strip("'") not in filled.values()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_so_does_a_reply_that_does_not_fit(worked_client: FlaskClient, worked_service: Service, language: str) -> None:
    a, b = sorted(actor.id for actor in worked_service.snapshot().actors[:2])
    filled = {"a": a, "b": b, "answer": "accept:no_time", "by": "Maija"}
    answer = worked_client.post(f"/missing/replies?lang={language}", data=filled, headers=SEND)
    assert answer.status_code == 422
    assert codes(answer.text) == []


def test_so_does_what_is_wrong_with_a_file(worked_client: FlaskClient, worked_service: Service) -> None:
    page, found = looked_at(worked_client, worked_service, wrong_file("en"), "wrong.zip", "en")
    assert len(found.problems) >= 15
    columns = {f"'{column}'" for rows in WRONG.values() for row in rows for column in row}
    assert [each for each in codes(page) if each.split(" in: ")[0] not in columns] == []


def test_a_parameter_of_an_address_is_marked_as_code(worked_client: FlaskClient) -> None:
    page = worked_client.get("/network?colour=red&lang=en", headers=HTML).text
    assert "<code>colour</code>" in page and "<code>as_of</code>, <code>caption</code>" in page


def test_a_code_is_found() -> None:
    assert codes("<p>Kinds: research_organisation</p>") == ["research_organisation in: Kinds: research_organisation"]
    assert codes("<p>One of 'firm'.</p>") == ["'firm' in: One of 'firm'."]
    assert codes('<p>See <code>no_time</code>, /a/b_c, GRAPHSVC_HOME</p><img alt="a_b">') == ["a_b in: a_b"]
    assert {"betweenness", "no_time", "research_organisation", "not_now", "succeeded_by", "by_agreement"} <= CODES
