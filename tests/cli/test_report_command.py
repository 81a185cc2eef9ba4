"""The command ``report``, as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from graphsvc.cli import cli, main


def run(home: Path, *arguments: str) -> str:
    done = CliRunner(env={"GRAPHSVC_HOME": str(home)}).invoke(cli, ["report", *arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_a_report_and_the_next_one(home: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "2016.html", tmp_path / "now.html"
    place = ("--place", "Pirkanmaa", "--language", "en", "--suggestions", "3")
    assert "Report written" in run(home, *place, "--as-of", "31.12.2016", "--output", str(first))
    run(home, *place, "--changes-since", str(first), "--output", str(second))
    text = second.read_text(encoding="utf-8")
    assert "Compared with the earlier report (as of 2016-12-31" in text


def test_tables_of_an_actor_as_a_workbook_and_json(home: Path, tmp_path: Path) -> None:
    book, said = tmp_path / "a.xlsx", tmp_path / "a.json"
    for file in (book, said):
        run(home, "--actor", "Tampereen kaupunki", "--language", "fi", "--output", str(file))
    assert "Kumppanit" in openpyxl.load_workbook(book).sheetnames
    assert json.loads(said.read_text(encoding="utf-8"))["title"] == "Verkostoraportti: Tampereen kaupunki"


def test_hidden_actors_are_not_in_the_file(home: Path, tmp_path: Path) -> None:
    hide, file = tmp_path / "hide.toml", tmp_path / "r.json"
    hide.write_text('kinds = ["public_body"]\n', encoding="utf-8")
    run(home, "--place", "Pirkanmaa", "--hide", str(hide), "--output", str(file))
    assert "Tampereen kaupunki" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--output", "r.docx"), "End it with .html, .pdf, .xlsx, .json"),
        (("--changes-since", "gone.html"), "gone.html can't be read"),
        (("--changes-since", "soon"), "is not a day"),
        (("--actor", "Nobody at all"), "Nobody at all"),
    ],
)
def test_mistakes_end_in_a_sentence(
    home: Path,
    arguments: tuple[str, ...],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("GRAPHSVC_HOME", str(home))
    monkeypatch.setattr("sys.argv", ["graphsvc", "report", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code in (2, 3)
    assert said in " ".join(capsys.readouterr().err.split())
