"""Region views as pages, in three languages: the same as the API says, with the way to each import sheet."""

from __future__ import annotations

from typing import get_args

import pytest
from flask.testing import FlaskClient

from graphsvc.api.regions import ViewKey
from graphsvc.regions.views import VIEWS
from graphsvc.wording import LANGUAGES, say
from tests.pages.reading import read


def test_the_document_names_each_view() -> None:
    assert get_args(ViewKey) == tuple(VIEWS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_leads_to_each_view_and_its_sheet(client: FlaskClient, language: str) -> None:
    page = read(client, f"/regions?lang={language}")
    listed = client.get(f"/api/v1/regions?lang={language}").get_json()["items"]
    assert [each["key"] for each in listed] == list(VIEWS)
    for each in listed:
        assert each["name"] in page.text
        assert client.get(f"/regions/{each['key']}?lang={language}").status_code == 200
        sheet = client.get(f"{each['template']}?lang={language}")
        assert sheet.data.startswith(b"PK")
        assert f'filename="{each["key"]}-{language}.xlsx"' in sheet.headers["Content-Disposition"]


def test_a_view_that_is_none_is_not_there(client: FlaskClient) -> None:
    assert client.get("/api/v1/regions/moon/template").status_code in (404, 422)
    assert client.get("/regions/moon").status_code in (404, 422)


@pytest.mark.parametrize("language", LANGUAGES)
def test_members_stand_with_the_sources_that_name_them(client: FlaskClient, language: str) -> None:
    told = client.get(f"/api/v1/regions/startup_alliance?lang={language}").get_json()
    (alliance,) = told["alliances"]
    page = read(client, f"/regions/startup_alliance?lang={language}").text
    for member in alliance["members"]:
        assert member["actor"]["name"] in page
    counts = {
        source["id"]: sum(source in [claim["source"] for claim in each["claims"]] for each in alliance["members"])
        for source in alliance["sources"]
    }
    assert counts == {"liitto-article-2020": 8, "liitto-page": 6}
    assert say("startup_alliance", "page.title", language) in page


def test_tables_are_a_workbook_or_csv(client: FlaskClient) -> None:
    rows = client.get("/api/v1/regions/startup_alliance?format=csv&lang=en").text.splitlines()
    assert rows[0] == "Alliance,Member,Named as,Role,Source,From,Until"
    assert len(rows) == 1 + 6 + 8
    assert client.get("/api/v1/regions/startup_alliance?format=xlsx").data.startswith(b"PK")
