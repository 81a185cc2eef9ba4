"""``graphsvc consortium``, ``check-consortium`` and ``calls`` as a person runs them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from graphsvc.cli import cli
from graphsvc.errors import UnknownFormat

Ask = Callable[..., Result]
TAU = "Tampereen yliopisto"


@pytest.fixture
def ask(home: Path) -> Ask:
    def ask_(*arguments: str) -> Result:
        runner = CliRunner(env={"GRAPHSVC_HOME": str(home), "COLUMNS": "200"})
        return runner.invoke(cli, arguments, catch_exceptions=True)

    return ask_


def test_a_consortium_is_proposed_in_finnish(ask: Ask) -> None:
    done = ask(
        "consortium", "Digitalisation of industry", "--call", "horizon-europe", "--with", TAU, "--language", "fi"
    )
    assert done.exit_code == 0, done.output
    for said in (
        "Ehdotus",
        "Tampereen yliopisto",
        "pääkumppani; mukana jo",
        "ehto, täyttyy",
        "Ehdokkaat",
        "luettu 27.11.2026",
    ):
        assert said in done.stdout


def test_json_and_workbook_hold_the_same(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "list.xlsx"
    options = ("digitalisation-of-industry", "--call", "interreg-europe", "--place", "Pirkanmaa", "--top", "7")
    found = json.loads(ask("consortium", *options, "--json", "--output", str(file)).stdout)
    book = load_workbook(file)
    assert book.sheetnames == ["proposal", "shortlist", "rules", "roles"]
    rows = list(book["shortlist"].iter_rows(min_row=2, values_only=True))
    assert [row[-1] for row in rows] == [line["id"] for line in found["lines"]]
    assert len(rows) == 7
    assert [row[6] for row in book["proposal"].iter_rows(min_row=2, values_only=True)] == [
        seat["id"] for seat in found["proposal"]["seats"]
    ]
    assert sum(found["weights"].values()) > 0


def test_a_check_ends_with_1_where_a_rule_is_not_met(ask: Ask, tmp_path: Path) -> None:
    firm = "Nokian Renkaat Oyj"
    arguments = ("check-consortium", "--call", "interreg-europe", "--lead", "Pirkanmaan liitto", TAU)
    done = ask(*arguments, "--json", "--output", str(tmp_path / "check.csv"))
    found = json.loads(done.stdout)
    assert done.exit_code == (1 if found["fails"] else 0)
    assert found["partners"] == ["fi-0828308-4", "fi-2844561-8"]
    assert (tmp_path / "check.csv").read_text(encoding="utf-8").startswith("weight,verdict,rule")
    assert found["fails"], f"two countries are missing; {firm} would be flagged"
    assert ask(*arguments).exit_code == 1


def test_calls_are_listed_and_ones_own_are_checked(ask: Ask, home: Path) -> None:
    folder = home / "calls"
    folder.mkdir()
    try:
        done = ask("calls", "--template", str(folder / "my-call.toml"))
        assert done.exit_code == 0, done.output
        assert ask("calls", "--template", str(folder / "my-call.toml")).exit_code != 0, "nothing is overwritten"
        found = json.loads(ask("calls", "--json").stdout)
        assert [each["id"] for each in found["calls"]][-1] == "my-call"
        assert not found["faults"]
        (folder / "bad.toml").write_text("name = 1", encoding="utf-8")
        done = ask("calls")
        assert done.exit_code == 2
        assert "bad.toml: name" in done.stderr
        assert "my-call" in done.stdout
    finally:
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()


def test_an_ending_is_refused_before_anything_is_asked(ask: Ask) -> None:
    done = ask("consortium", "urbanisation", "--call", "horizon-europe", "--output", "list.docx")
    assert isinstance(done.exception, UnknownFormat)
