"""A matrix of many actors has no names of them: each number leads to those behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from graphsvc.pages import coverage
from tests.pages.reading import LANGUAGES, Read, read

ASKED = ("", "by=area&", "place=FI197&level=2&", "as_of=2018-12-31&kind=firm&kind=university&")


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Any matrix is too large for names."""
    monkeypatch.setattr(coverage, "NAMES", 10)
    yield


def _cells(client: FlaskClient, asked: str) -> dict[tuple[str, str], list[str]]:
    """The names behind each cell, as the API has them."""
    found: dict[tuple[str, str], list[str]] = {}
    cursor: str | None = ""
    while cursor is not None:
        more = f"&cursor={cursor}" if cursor else ""
        told: dict[str, Any] = client.get(f"/api/v1/coverage?{asked}limit=500{more}").get_json()
        found |= {(each["theme"], each["group"]): [one["id"] for one in each["actors"]] for each in told["items"]}
        cursor = told["next"]
    return found


def _actors(page: Read) -> list[str]:
    return [href.removeprefix("/actors/").partition("?")[0] for href in page.hrefs if href.startswith("/actors/")]


@pytest.mark.parametrize("asked", ASKED)
def test_each_number_leads_to_the_actors_behind_it(client: FlaskClient, large: None, asked: str) -> None:
    cells = {key: ids for key, ids in _cells(client, asked).items() if ids}
    page = read(client, f"/coverage?{asked}lang=fi")
    leading = [href for href in page.hrefs if href.startswith("/coverage/actors?")]
    assert len(leading) == len(cells) > 3
    assert not _actors(page), "no names in the matrix itself"
    for (_, ids), href in zip(sorted(cells.items()), sorted(leading, key=_of_cell), strict=True):
        behind = read(client, href)
        assert sorted(_actors(behind)) == sorted(ids), href
        assert behind.links["Takaisin kattavuuteen"].partition("?")[2].strip("&") == f"{asked}lang=fi".strip("&")


def _of_cell(href: str) -> tuple[str, str]:
    given = dict(part.partition("=")[::2] for part in href.partition("?")[2].split("&"))
    return given["on"], given.get("group", "")


def test_the_page_grows_with_the_cells_and_not_with_the_actors(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = len(client.get("/coverage").data)
    monkeypatch.setattr(coverage, "NAMES", 10)
    assert len(client.get("/coverage").data) < names * 2 / 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_list_comes_in_pages_by_name(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    (on, group), ids = max(_cells(client, "").items(), key=lambda cell: len(cell[1]))
    address = f"/coverage/actors?on={on}&group={group}&lang={language}"
    whole = _actors(read(client, address))
    assert sorted(whole) == sorted(ids)
    monkeypatch.setattr(coverage, "LISTED_AT_ONCE", len(ids) // 3)
    seen: list[str] = []
    page = read(client, address)
    for _ in range(5):
        seen += _actors(page)
        following = [href for href in page.hrefs if "page=" in href and "/coverage/actors" in href]
        if not following or len(seen) >= len(ids):
            break
        page = read(client, following[-1])
    assert seen == whole


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", ["on=nothing&group=industry", "on=digitalisation-of-industry&group=nothing"])
def test_a_cell_that_is_not_there_is_told(client: FlaskClient, asked: str, language: str) -> None:
    page = read(client, f"/coverage/actors?{asked}&lang={language}", 404)
    assert "nothing" in page.text


def test_a_cell_without_anybody_is_a_page_too(client: FlaskClient) -> None:
    (on, group), _ = next(cell for cell in _cells(client, "").items() if not cell[1] and cell[0][1])
    assert "0 actors" in read(client, f"/coverage/actors?on={on}&group={group}&lang=en").text
