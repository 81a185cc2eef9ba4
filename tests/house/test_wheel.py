"""What is installed from the wheel has all it needs: statements, wordings, templates, scripts and the sample."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from tests.house.conftest import Installed


def files_below(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"
    }


def test_the_wheel_holds_the_package_and_the_statements_and_nothing_else(root: Path, installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as wheel:
        packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    expected = {f"graphsvc/{name}" for name in files_below(root / "graphsvc")}
    expected |= {f"graphsvc/cypher/{name}" for name in files_below(root / "cypher")}
    assert packed == expected


def test_it_is_the_wheel_that_is_tried(root: Path, installed: Installed) -> None:
    where = Path(installed.run("-c", "import graphsvc; print(graphsvc.__file__)").strip())
    assert where.is_relative_to(installed.home)
    assert not where.is_relative_to(root)


def test_every_statement_and_wording_loads(root: Path, installed: Installed) -> None:
    code = """
import json
from importlib import resources
from graphsvc import wording
from graphsvc.store import queries
tables = [path.name[:-5] for path in resources.files("graphsvc").joinpath("wordings").iterdir()]
print(json.dumps({"statements": sorted(queries.names()), "tables": sorted(t for t in tables if wording.table(t))}))
"""
    loaded = json.loads(installed.run("-c", code))
    statements = {name.removesuffix(".cypher") for name in files_below(root / "cypher") if name.endswith(".cypher")}
    assert {name for name in statements if not name.startswith("schema/")} <= set(loaded["statements"]) <= statements
    assert loaded["tables"] == sorted(path.stem for path in (root / "graphsvc" / "wordings").glob("*.toml"))


def test_the_demo_runs_from_the_wheel(installed: Installed) -> None:
    installed.run("-m", "graphsvc", "demo", "--no-serve", "--output", "map.html", GRAPHSVC_HOME="demo-home")
    page = (installed.home / "map.html").read_text(encoding="utf-8")
    assert "vis-network" in page or "vis.Network" in page
    assert "Tampere" in page


def test_the_calls_come_along(installed: Installed) -> None:
    loaded = json.loads(installed.run("-m", "graphsvc", "calls", "--json", GRAPHSVC_HOME="calls-home"))
    assert len(loaded["calls"]) == 4
    assert not loaded["faults"]
