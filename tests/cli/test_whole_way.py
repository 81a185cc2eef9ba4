"""From a file to the map by commands alone: the coordinator's day, hostile cells included."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.here import here

NAMES = {
    "markup": "</script><img src=x onerror=alert(1)>",
    "formula": '=HYPERLINK("http://x.example";"klikkaa")',
    "plain": "Särkänsalmen Sensorit Oy",
    "hub": "Åkerlund & Söner Ab",
}
Ask = Callable[..., "subprocess.CompletedProcess[str]"]


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GRAPHSVC_")}
    return {**kept, "GRAPHSVC_HOME": str(home)}


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        done = here(tmp_path / "home", *arguments, folder=tmp_path)
        assert done.returncode == 0, done.stderr
        return done

    return run


def finnish_excel(folder: Path, table: str, rows: list[list[str]]) -> None:
    """Write a table as Finnish Excel saves CSV: Windows-1252, semicolons."""
    folder.mkdir(exist_ok=True)
    with (folder / f"{table}.csv").open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)


def network(folder: Path) -> None:
    """A ring with the hub in each collaboration: every other pair lacks a partnership."""
    others = [name for key, name in NAMES.items() if key != "hub"]
    finnish_excel(
        folder,
        "Toimijat",
        [
            ["nimi", "laji", "kunta"],
            *([name, "Yritys", "Ylöjärvi"] for name in others),
            [NAMES["hub"], "yhdistys", "Nokia"],
        ],
    )
    finnish_excel(
        folder,
        "Yhteistyöt",
        [["nimi", "laji", "alku", "teemat"], *([f"Hanke {n}", "hanke", f"1.{n + 1}.2024", "vesi"] for n in range(3))],
    )
    taking = [[who, f"Hanke {n}", "1 234,50"] for n, name in enumerate(others) for who in (name, NAMES["hub"])]
    finnish_excel(folder, "Osallistumiset", [["toimija", "yhteistyö", "summa"], *taking])


def test_a_finnish_csv_goes_all_the_way_and_its_text_stays_text(ask: Ask, tmp_path: Path) -> None:
    network(tmp_path / "verkosto")
    assert "none is wrong" in ask("import", "verkosto", "--yes").stdout
    told = json.loads(ask("missing", "--json", "--csv", "missing.csv", "--language", "fi").stdout)["missing"]
    assert {name for line in told for name in (line["a_name"], line["b_name"])} == set(NAMES.values()) - {NAMES["hub"]}
    cells = list(csv.reader((tmp_path / "missing.csv").read_text("utf-8").splitlines()))
    assert not [cell for row in cells for cell in row if cell.startswith(("=", "+", "-", "@"))]

    ask("map", "--output", "map.html", "--language", "fi")
    page = (tmp_path / "map.html").read_text("utf-8")
    assert NAMES["hub"].replace("&", "&amp;") in page
    assert "<img" not in page
    assert page.count("</script>") == 3, "data, vis-network and ours: no name ends a script"

    ask("export", "--format", "graphml", "--output", "net.graphml")
    tree = ElementTree.parse(tmp_path / "net.graphml")  # noqa: S314  # ours
    assert set(NAMES.values()) <= {element.text for element in tree.iter()}
    ask("export", "--format", "csv", "--output", "net.csv")
    ties = list(csv.DictReader((tmp_path / "net.csv").read_text("utf-8-sig").splitlines()))
    assert not [value for tie in ties for value in tie.values() if value.startswith("=")]


def test_the_demo_serves_while_other_commands_work(ask: Ask, tmp_path: Path) -> None:
    network(tmp_path / "verkosto")
    with subprocess.Popen(
        [sys.executable, "-m", "graphsvc", "demo", "--output", "map.html"],
        env={**environment(tmp_path / "home"), "GRAPHSVC_PORT": "0"},
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as demo:
        try:
            assert demo.stderr is not None
            address = next(found[0] for line in demo.stderr if (found := re.findall(r"http://127\.0\.0\.1:\d+", line)))
            ask("import", "verkosto", "--yes")
            assert json.loads(ask("status", "--json").stdout)["actors"] == {"civil_society": 1, "firm": 3}
            with urllib.request.urlopen(f"{address}/api/v1/status", timeout=30) as answer:  # loopback
                assert sum(json.load(answer)["actors"].values()) > 300, "the sample, and only the sample, is served"
        finally:
            demo.terminate()
            assert demo.wait(30) == 0
    assert (tmp_path / "map.html").stat().st_size > 100_000
