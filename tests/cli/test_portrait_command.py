"""The portrait at the terminal: in each form, of an actor by its name, and what it says of other endings."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graphsvc.cli import cli
from graphsvc.errors import UnknownFormat


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, words, env={"GRAPHSVC_HOME": str(home)})


@pytest.mark.parametrize(("ending", "begins"), [("html", b"<!doctype html>"), ("pdf", b"%PDF"), ("json", b"{")])
def test_each_form_is_written(home: Path, tmp_path: Path, ending: str, begins: bytes) -> None:
    output = tmp_path / f"tau.{ending}"
    done = run(home, "portrait", "Tampereen yliopisto", "--language", "fi", "--output", str(output))
    assert done.exit_code == 0, done.output
    assert output.read_bytes().startswith(begins)
    assert "Portrait written" in done.output


def test_another_ending_is_declined_with_those_there_are(home: Path, tmp_path: Path) -> None:
    done = run(home, "portrait", "2844561-8", "--output", str(tmp_path / "tau.docx"))
    assert isinstance(done.exception, UnknownFormat)
    assert ".pdf" in done.exception.remedy
