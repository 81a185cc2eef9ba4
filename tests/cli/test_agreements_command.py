"""``regions ecosystem_agreements`` as a person runs it: on screen, as JSON, as files that can be filled in further."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from graphsvc.cli import cli
from graphsvc.errors import InvalidValue, NotFound


@pytest.fixture
def runner(home: Path) -> CliRunner:
    return CliRunner(env={"GRAPHSVC_HOME": str(home), "COLUMNS": "200"})


def ask(runner: CliRunner, *arguments: str) -> Result:
    done = runner.invoke(cli, ["regions", "ecosystem_agreements", *arguments])
    assert done.exit_code == 0, done.output
    return done


def test_the_agreement_of_the_sample_with_its_coordinator(runner: CliRunner) -> None:
    shown = ask(runner, "--language", "fi").stdout
    assert "Pirkanmaan liitto" in shown
    assert "ei tiedossa" in shown, "no project of two places, and so on"
    told = json.loads(ask(runner, "--json").stdout)
    assert [each["id"] for each in told["agreements"]] == ["ekosysteemisopimukset"]
    assert list(told["actors"]) == ["fi-0828308-4"]


def test_one_agreement_is_written_as_its_import_sheet(runner: CliRunner, tmp_path: Path) -> None:
    ask(runner, "--agreement", "Ekosysteemisopimukset", "--language", "fi", "--output", str(tmp_path / "a.csv"))
    rows = list(csv.DictReader((tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()))
    assert [(row["sopimus"], row["hanke"], row["toimijat"], row["rooli"]) for row in rows] == [
        ("Ekosysteemisopimukset", "–", "Pirkanmaan liitto (0828308-4)", "national coordinator")
    ]
    ask(runner, "--agreement", "ekosysteemisopimukset", "--language", "fi", "--output", str(tmp_path / "a.xlsx"))
    assert load_workbook(tmp_path / "a.xlsx").sheetnames == ["Ekosysteemisopimukset", "Lähteet", "Teemat", "Toimijat"]


def test_what_is_no_agreement_is_refused(runner: CliRunner) -> None:
    wrong = runner.invoke(cli, ["regions", "ecosystem_agreements", "--agreement", "pirkanmaan-startup-allianssi"])
    assert isinstance(wrong.exception, NotFound)
    assert "ekosysteemisopimukset" in wrong.exception.remedy
    other = runner.invoke(cli, ["regions", "startup_alliance", "--agreement", "ekosysteemisopimukset"])
    assert isinstance(other.exception, InvalidValue)
