"""The tutorial and the README do what they say: their commands are run, in their order, on what they tell to type."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import openpyxl

from tests.cli.here import here

ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = ROOT / "docs" / "tutorial" / "from-excel-to-map.md"


def graphsvc(command: str, folder: Path) -> str:
    """Run a command of the page in ``folder``, without run.py and its environment; return all it says."""
    done = here(folder / "home", *shlex.split(command.removeprefix("python3 run.py ")), folder=folder)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def tables(page: str) -> dict[str, list[dict[str, str]]]:
    """Return what the page tells to type: sheet → rows, each column → cell."""
    found: dict[str, list[dict[str, str]]] = {}
    for sheet, table in re.findall(r"n the sheet \*\*(\w+)\*\*:\n\n((?:\|.*\n)+)", page):
        header, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines())
        found[sheet] = [dict(zip(header, row, strict=True)) for row in rows]
    return found


def type_into(workbook: Path, typed: dict[str, list[dict[str, str]]]) -> None:
    """Type the rows below the headers of the template, as a person does."""
    book = openpyxl.load_workbook(workbook)
    for sheet, rows in typed.items():
        columns = {str(cell.value).strip(" *"): cell.column for cell in book[sheet][1]}
        for number, row in enumerate(rows, start=2):
            for column, value in row.items():
                book[sheet].cell(number, columns[column]).value = value or None
    book.save(workbook)
    book.close()


def test_the_tutorial_leads_from_an_empty_workbook_to_a_map(tmp_path: Path) -> None:
    page = TUTORIAL.read_text(encoding="utf-8")
    template, *others = re.findall(r"^```sh\n(.*?)\n```$", page, flags=re.DOTALL | re.MULTILINE)
    graphsvc(template, tmp_path)
    type_into(tmp_path / "network.xlsx", tables(page))

    dry, load, missing, draw = others
    said = graphsvc(dry, tmp_path)
    assert "7 new" in said
    assert "error" not in said
    graphsvc(load, tmp_path)
    assert "exactly this file already" in graphsvc(load, tmp_path)
    said = graphsvc(missing, tmp_path)
    pair = re.search(r"^(.+) and (.+), say, both work with", page, flags=re.MULTILINE)
    assert pair
    assert f"{pair[1]} – {pair[2]}" in said
    graphsvc(draw, tmp_path)
    assert "<title>Our network" in (tmp_path / "map.html").read_text(encoding="utf-8")


def test_a_misspelt_kind_is_named_as_the_tutorial_says(tmp_path: Path) -> None:
    page = TUTORIAL.read_text(encoding="utf-8")
    graphsvc("template network.xlsx", tmp_path)
    typed = tables(page)
    typed["Actors"][2]["kind"] = "frim"
    type_into(tmp_path / "network.xlsx", typed)
    said = graphsvc("import network.xlsx --dry-run", tmp_path)
    assert "frim" in said
    assert "row 4" in said
    assert "kind" in said


def test_the_readme_begins_with_the_two_commands(tool: Callable[[str], ModuleType]) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert tool("try_readme").first_commands(readme)[:2] == ["python3 run.py demo", "python3 run.py test"]
    assert readme.index("```") < 600, "the commands stand at the top"


def test_ci_runs_what_the_readme_says_and_tests_last() -> None:
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    lanes = re.search(r'for verbs in "([\w ]+)" "([\w ]+)"; do', ci)
    assert lanes
    assert sorted(" ".join(lanes.groups()).split()) == ["imports", "lint", "notebooks", "readme", "types"]
    assert (
        ci.index("for verbs in")
        < ci.index("wait ")
        < ci.index("GRAPHSVC_TEST_REQUIRE=neo4j,browser")
        < ci.index("make --no-print-directory test")
    )
