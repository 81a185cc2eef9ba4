"""Each example does what it says, against a real service."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"


def run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as answer:
        text: bytes = answer.read()
        return text.decode("utf-8")


def test_partners(address: str) -> None:
    lines = run(sys.executable, str(EXAMPLES / "partners.py"), address, "FI197").splitlines()
    counts = [int(line.split("\t")[1].split()[0]) for line in lines[1:]]
    assert lines[0] == "Pirkanmaa"
    assert len(counts) == 10
    assert counts == sorted(counts, reverse=True)


def test_a_copy_keeps_in_step(address: str, tmp_path: Path) -> None:
    command = (sys.executable, str(EXAMPLES / "keep_in_step.py"), address, str(tmp_path / "copy.json"))
    first = run(*command)
    copy = json.loads((tmp_path / "copy.json").read_text(encoding="utf-8"))
    status = json.loads(read(f"{address}/api/v1/status"))
    assert copy["revision"] == status["revision"]
    assert len(copy["actors"]) == sum(status["actors"].values())
    assert f"{len(copy['actors'])} actors" in first
    assert run(*command).endswith(" 0 asked for\n"), "nothing changed"


def test_javascript(address: str) -> None:
    node = shutil.which("node")
    if node is None:
        if "node" in os.environ.get("GRAPHSVC_TEST_REQUIRE", ""):
            pytest.fail("needs node on the search path")
        pytest.skip("needs node on the search path")
    lines = run(node, str(EXAMPLES / "network.mjs"), address).splitlines()
    network = json.loads(read(f"{address}/api/v1/network?identity=organisation"))
    universities = json.loads(read(f"{address}/api/v1/actors?kind=university"))["total"]
    assert lines == [
        f"{len(network['nodes'])} organisations, {len(network['edges'])} ties",
        "nothing changed",
        f"{universities} universities",
    ]


def test_power_query_gets_the_columns_that_it_names(address: str) -> None:
    text = (EXAMPLES / "actors.pq").read_text(encoding="utf-8")
    path = re.search(r'RelativePath = "([^"]+)"', text)
    asked = re.search(r"Query = \[([^\]]+)\]", text)
    mark = re.search(r'Delimiter = "([^"]+)"', text)
    assert path
    assert asked
    assert mark
    query = dict(re.findall(r'(\w+) = "([^"]*)"', asked[1]))
    table = read(f"{address}/{path[1]}?{urlencode(query)}")
    assert table.startswith("\ufeff"), "Excel takes it for UTF-8"
    rows = list(csv.reader(io.StringIO(table[1:]), delimiter=mark[1]))
    assert rows[0] == query["fields"].split(",")
    assert len(rows) - 1 == json.loads(read(f"{address}/api/v1/actors?limit=1"))["total"]


@pytest.mark.parametrize("number", [0, 1])
def test_the_addresses_for_a_spreadsheet_are_tables(address: str, number: int) -> None:
    page = (ROOT / "docs" / "how-to" / "use-the-api.md").read_text(encoding="utf-8")
    named = re.findall(r"http://127\.0\.0\.1:8050(/api/v1/\S+?)[\"\s)]", page.partition("## A spreadsheet")[2])
    table = read(address + named[number])
    fields = re.search(r"fields=([\w,]+)", named[number])
    assert fields
    rows = list(
        csv.reader(io.StringIO(table.removeprefix("\ufeff")), delimiter=";" if "finnish" in named[number] else ",")
    )
    assert rows[0] == fields[1].split(",")
    assert len(rows) > 1
