"""``graphsvc measures`` as a person runs it: by choice, explained, as files, over time."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from graphsvc.analysis.catalogue import CATALOGUE
from graphsvc.analysis.measures import ACTOR_MEASURES, NETWORK_NUMBERS
from graphsvc.cli import cli
from graphsvc.errors import GraphsvcError, InvalidValue, UnknownFormat
from graphsvc.wording import say

Ask = Callable[..., Result]
TAMPERE = "fi-2844561-8"


@pytest.fixture
def ask(home: Path) -> Ask:
    def ask_(*arguments: str) -> Result:
        runner = CliRunner(env={"GRAPHSVC_HOME": str(home), "COLUMNS": "200"})
        return runner.invoke(cli, ["measures", *arguments], catch_exceptions=True)

    return ask_


def error(done: Result) -> str:
    assert isinstance(done.exception, GraphsvcError), done.output
    return str(done.exception)


def values(done: Result) -> dict[str, list[str]]:
    """The rows of a printed table: first cell → the others."""
    rows = [re.split(r"\s{2,}", line.strip()) for line in done.stdout.splitlines()]
    return {cells[0]: cells[1:] for cells in rows if len(cells) > 1}


def test_only_what_is_asked_for_is_measured(ask: Ask) -> None:
    found = json.loads(ask("--measure", "closeness", "--measure", "density", "--json").stdout)
    assert set(found["measures"]) == {"closeness"}
    assert set(found["numbers"]) == {"density"}
    assert not found["communities"]


def test_all_is_the_whole_catalogue(ask: Ask) -> None:
    found = json.loads(ask("--all", "--json").stdout)
    assert set(found["measures"]) == set(ACTOR_MEASURES)
    assert set(found["numbers"]) == set(NETWORK_NUMBERS)
    assert found["bridges"]


def test_actors_stand_in_the_order_that_is_asked_for(ask: Ask) -> None:
    found = json.loads(ask("--measure", "degree", "--by", "closeness", "--json").stdout)["measures"]
    assert set(found) == {"degree", "closeness"}, "what sorts is measured too"
    nearest = max(found["closeness"]["values"], key=found["closeness"]["values"].__getitem__)
    first = ask("--by", "closeness", "--top", "1").stdout
    assert nearest == TAMPERE
    assert "Tampereen yliopisto" in first
    assert f"{found['closeness']['values'][nearest]:.4g}" in first


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_numbers_of_the_network_say_what_they_mean(ask: Ask, language: str) -> None:
    shown = " ".join(ask("--network", "--language", language).stdout.split())
    for id_ in NETWORK_NUMBERS:
        assert say("measures", f"{id_}.name", language) in shown
        assert say("measures", f"{id_}.meaning", language).split()[0] in shown


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("measure", list(CATALOGUE))
def test_every_measure_is_explained(ask: Ask, measure: str, language: str) -> None:
    shown = " ".join(ask("--explain", measure, "--language", language).stdout.split())
    about = CATALOGUE[measure]
    said = [say("measures", f"{measure}.{key}", language) for key in ("name", "meaning", "high", "low", "misleads")]
    for text in (*said, about.formula, about.source):
        assert " ".join(text.split()) in shown


def test_a_workbook_has_the_same_numbers_and_how_they_were_made(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "measures.xlsx"
    found = json.loads(ask("--all", "--place", "FI197", "--json", "--output", str(file)).stdout)
    book = load_workbook(file)
    assert book.sheetnames == ["actors", "network", "bridges", "methods", "view"]
    titles, *rows = book["actors"].iter_rows(values_only=True)
    assert len(rows) == len(found["measures"]["degree"]["values"])
    for row in rows:
        cells = dict(zip(titles, row, strict=True))
        for id_ in ACTOR_MEASURES:
            value = found["measures"][id_]["values"].get(cells["actor"])
            exactly = None if value is None else pytest.approx(value, rel=1e-14)  # a workbook keeps 16 digits
            assert cells[id_] == exactly
    methods = {row[0]: row for row in book["methods"].iter_rows(min_row=2, values_only=True)}
    assert set(methods) == {*ACTOR_MEASURES, *NETWORK_NUMBERS}
    assert methods["betweenness"][2] == found["measures"]["betweenness"]["method"]
    assert methods["betweenness"][3] is True
    view = dict(book["view"].iter_rows(min_row=2, values_only=True))
    assert view["place"] == "FI197"
    assert view["revision"] == str(found["revision"])


def test_csv_has_a_file_for_each_table(ask: Ask, tmp_path: Path) -> None:
    assert ask("--measure", "degree", "--output", str(tmp_path / "out.csv")).exit_code == 0
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out-methods.csv", "out-view.csv", "out.csv"]
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    degrees = [float(row["degree"]) for row in rows]
    assert degrees == sorted(degrees, reverse=True)
    assert rows[0]["actor"] == TAMPERE


def test_the_same_question_gives_the_same_bytes(ask: Ask, tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        ask("--measure", "degree", "--output", str(tmp_path / name))
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


@pytest.mark.skipif(find_spec("pyarrow") is None, reason="needs graphsvc[parquet]")
def test_parquet_keeps_types(ask: Ask, tmp_path: Path) -> None:
    import pyarrow.parquet

    assert ask("--measure", "degree", "--output", str(tmp_path / "out.parquet")).exit_code == 0
    found = json.loads(ask("--measure", "degree", "--json").stdout)["measures"]["degree"]["values"]
    table = pyarrow.parquet.read_table(tmp_path / "out.parquet").to_pydict()
    assert dict(zip(table["actor"], table["degree"], strict=True)) == found


def test_parquet_without_its_library_says_what_to_install(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = ask("--output", str(tmp_path / "out.parquet"))
    assert isinstance(done.exception, UnknownFormat)
    assert "graphsvc[parquet]" in error(done)
    assert not list(tmp_path.iterdir())


def test_year_by_year_is_what_each_day_says(ask: Ask) -> None:
    course = ask("--over-time", "2015-2017", "--measure", "degree", "--measure", "density", "--actor", TAMPERE)
    told = values(course)
    days = [json.loads(ask("--as-of", f"{year}-12-31", "--all", "--json").stdout) for year in (2015, 2016, 2017)]
    assert told[say("measures", "degree.name", "en")] == [
        f"{each['measures']['degree']['values'][TAMPERE]:.4g}" for each in days
    ]
    assert told[say("measures", "density.name", "en")] == [
        f"{each['numbers']['density']['value']:.4g}" for each in days
    ]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_what_changed_is_told_with_its_causes(ask: Ask, language: str, tmp_path: Path) -> None:
    days = ("--between", "2016-12-31", "31.12.2019", "--measure", "degree", "--actor", TAMPERE)
    shown = ask(*days, "--language", language, "--output", str(tmp_path / "change.xlsx"))
    found = json.loads(ask(*days, "--json").stdout)
    (explained,) = found["explanations"]
    assert f"{explained['own']:+.4g}" in shown.stdout
    assert say("change", "explained.how", language) in " ".join(shown.stdout.split())
    book = load_workbook(tmp_path / "change.xlsx")
    assert book.sheetnames == ["degree", "changes", "causes"]
    causes = list(book["causes"].iter_rows(min_row=2, values_only=True))
    assert [(row[2], row[6]) for row in causes] == [(c["collaboration"], c["effect"]) for c in explained["causes"]]
    assert all(str(row[3]) in shown.stdout for row in causes[:3])


def test_what_costs_much_is_not_begun_unasked(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    from graphsvc.commands import measuring

    monkeypatch.setattr(measuring, "SECONDS", 1e-6)
    for more in ((), ("--over-time", "2014-2019"), ("--between", "2016-12-31", "2019-12-31")):
        assert "--yes" in error(ask(*more))
        assert ask(*more, "--yes").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--by", "density"), "no measure 'density'"),
        (("--over-time", "2014-2019", "--as-of", "2016-01-01"), "Leave out as_of"),
        (("--between", "2019-01-01", "2018-01-01"), "is not after"),
        (("--output", "measures.docx"), "End it with .xlsx"),
    ],
)
def test_mistakes_are_told(ask: Ask, arguments: tuple[str, ...], sentence: str) -> None:
    done = ask(*arguments)
    assert isinstance(done.exception, (InvalidValue, UnknownFormat))
    assert sentence in error(done)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--over-time", "lately"), "write 2014-2019"),
        (("--measure", "fame"), "'fame' is not one of"),
        (("--actor", TAMPERE), "go with --over-time or --between"),
        (("--over-time", "2014", "--between", "2015-01-01", "2016-01-01"), "not both"),
    ],
)
def test_misuse_is_told(ask: Ask, arguments: tuple[str, ...], sentence: str) -> None:
    done = ask(*arguments)
    assert done.exit_code == 2
    assert sentence in done.output
