"""``openings`` as a person runs it: on screen, and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from graphsvc.cli import cli


def test_screen_and_json_say_the_same(home: Path) -> None:
    runner = CliRunner(env={"GRAPHSVC_HOME": str(home), "COLUMNS": "200"})
    days = ["openings", "--since", "2018-01-01", "--until", "1.1.2019"]
    told = json.loads(runner.invoke(cli, [*days, "--json"], catch_exceptions=False).stdout)
    shown = runner.invoke(cli, [*days, "--language", "fi"], catch_exceptions=False).stdout
    assert "Uudet avaukset 1.1.2018 – 1.1.2019" in shown
    assert f"{len(told['opened']['actors'])} uusia toimijoita" in shown
    assert told["names"][told["opened"]["actors"][0]] in shown
    narrowed = json.loads(runner.invoke(cli, [*days, "--place", "FI197", "--json"], catch_exceptions=False).stdout)
    assert 0 < len(narrowed["opened"]["pairs"]) <= len(told["opened"]["pairs"])


def test_what_cannot_be_asked_is_said(home: Path) -> None:
    runner = CliRunner(env={"GRAPHSVC_HOME": str(home)})
    refused = runner.invoke(cli, ["openings", "--since", "2019-01-01", "--until", "2018-01-01"])
    assert "2018-01-01 is not after 2019-01-01." in str(refused.exception)
