"""Gaps over HTTP: the numbers of the service, the names behind them, pages, languages and what is refused."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from flask.testing import FlaskClient

from graphsvc.analysis.coverage import Threshold
from graphsvc.analysis.gaps import GapKind
from graphsvc.samples import sample_view
from graphsvc.service import Service
from graphsvc.spotting import AbsentAsk, CoverageAsk, GapsAsk
from graphsvc.wording import LANGUAGES


def ask(client: FlaskClient, path: str, **query: Any) -> Any:
    response = client.get(f"/api/v1/{path}", query_string={"place": "FI197", **query})
    assert response.status_code == 200, response.text
    return response.json


def pages(client: FlaskClient, path: str, **query: Any) -> list[Any]:
    items: list[Any] = []
    cursor: dict[str, str] = {}
    while True:
        told = ask(client, path, limit=7, **query, **cursor)
        items += told["items"]
        assert told["total"] >= len(items)
        if told["next"] is None:
            assert told["total"] == len(items)
            return items
        cursor = {"cursor": told["next"]}


@pytest.mark.parametrize("by", ["helix", "area"])
def test_each_count_is_the_length_of_the_list_behind_it(client: FlaskClient, service: Service, by: Any) -> None:
    found = service.coverage(sample_view(), CoverageAsk(by, threshold=Threshold(3, 4)))
    items = pages(client, "coverage", by=by, fewest=3, elsewhere=4)
    assert [(each["theme"], each["group"], each["standing"]) for each in items] == [
        (cell.theme, cell.group, cell.standing) for cell in found.cells
    ]
    for each, cell in zip(items, found.cells, strict=True):
        assert each["count"] == len(each["actors"]) == len(cell.actors)
        assert [actor["id"] for actor in each["actors"]] == list(cell.actors)
    for actor in items[0]["actors"] + items[-1]["actors"]:
        assert client.get(actor["href"]).status_code == 200


def test_every_group_is_named_also_an_empty_one(client: FlaskClient) -> None:
    told = ask(client, "coverage", by="area", lang="fi")
    groups = {each["id"]: each for each in told["groups"]}
    assert groups["fi-juupajoki"] == {"id": "fi-juupajoki", "name": "Juupajoki", "actors": 0}
    assert told["standings"]["empty"] > 0
    told = ask(client, "coverage", lang="sv")
    assert "civilsamhälle" in [each["name"] for each in told["groups"]]
    assert told["method"].startswith("En ruta är tom")


def test_coverage_as_csv_has_all_cells(client: FlaskClient) -> None:
    response = client.get("/api/v1/coverage?place=FI197&format=csv&lang=fi")
    assert response.content_type == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert len(rows) == ask(client, "coverage")["total"]
    assert {"Teollisuuden digitalisaatio"} <= {row["theme_name"] for row in rows}
    same = client.get("/api/v1/coverage?place=FI197&lang=fi", headers={"Accept": "text/csv"})
    assert same.data == response.data


@pytest.mark.parametrize("language", LANGUAGES)
def test_gaps_tell_why_with_the_address_of_each_fact(client: FlaskClient, service: Service, language: str) -> None:
    found = service.gaps(sample_view(), GapsAsk(top=2))
    items = pages(client, "gaps", top=2, lang=language)
    assert [(each["kind"], each["rank"], each["score"]) for each in items] == [
        (gap.kind, gap.rank, gap.score) for gap in found.gaps
    ]
    for each in items:
        assert each["title"]
        assert bool(each["advice"]) == bool(each["pair"])
        for reason in each["reasons"]:
            assert reason["sentence"].endswith(".")
            for ref in reason["refs"]:
                assert client.get(ref["href"]).status_code == 200


def test_only_some_kinds_and_another_hub(client: FlaskClient) -> None:
    told = ask(client, "gaps", only=["door", "broker"], hub=12)
    assert set(told["found"]) == {"door", "broker"}
    assert told["numbers"] == {"hub": 12}


def test_who_is_absent_from_a_theme_and_from_collaborations(client: FlaskClient, service: Service) -> None:
    theme = "digitalisation-of-industry"
    told = ask(client, "absent", theme=theme, collaboration="pirkanmaan-startup-allianssi", lang="fi")
    found = service.absent(
        sample_view().model_copy(update={"theme": theme}), AbsentAsk((theme,), ("pirkanmaan-startup-allianssi",))
    )
    assert [each["about"][0]["id"] for each in told["items"]] == [gap.about[0].id for gap in found.gaps]
    assert told["found"] == {GapKind.PARTICIPANT: found.found[GapKind.PARTICIPANT]}


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("absent", 422, "a theme or a collaboration"),
        ("absent?collaboration=nothing", 404, "collaboration"),
        ("gaps?only=participant", 422, "only"),
        ("gaps?top=0", 422, "top"),
        ("gaps?cursor=WyJhIiwiYiJd", 422, "another list"),
        ("coverage?format=xlsx", 422, "format"),
        ("coverage?place=nowhere", 404, "place"),
        ("coverage?level=0", 422, "level"),
    ],
)
def test_what_is_refused_is_told(client: FlaskClient, path: str, status: int, words: str) -> None:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == status
    assert words in response.text
