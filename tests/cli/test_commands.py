"""The commands as a person runs them, on a data folder of their own.

What a process alone can show is shown with one: that the command starts and says its mistakes, that one holds the graph
while another asks, that one is killed.
"""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from graphsvc.samples import sample_path
from tests.cli.here import here

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GRAPHSVC_")}
    return {**kept, "GRAPHSVC_HOME": str(home), **more}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "graphsvc", *arguments]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def run(home: Path, tmp_path: Path) -> Run:
    def run_(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return here(home, *arguments, folder=tmp_path, **more)

    return run_


@pytest.fixture
def process(home: Path, tmp_path: Path) -> Run:
    """The command in a process of its own."""

    def run_(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command(*arguments),
            env=environment(home, **more),
            cwd=tmp_path,
            capture_output=True,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            timeout=240,
            check=False,
        )

    return run_


@pytest.fixture(scope="module")
def loaded(sample_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that holds the sample."""
    home = tmp_path_factory.mktemp("loaded")
    (home / "graph.kgl").write_bytes(sample_graph.read_bytes())
    return home


def on(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return here(home, *arguments)


def test_the_demo_writes_its_map_and_a_second_run_changes_nothing(run: Run, process: Run, tmp_path: Path) -> None:
    first = process("demo", "--no-serve", "--output", "map.html")
    assert first.returncode == 0, first.stderr
    page = (tmp_path / "map.html").read_bytes()
    store = str(tmp_path / "home" / "demo.kgl")
    revision = json.loads(run("status", "--json", GRAPHSVC_STORE=store).stdout)["revision"]
    assert revision > 0
    second = process("demo", "--no-serve", "--output", "map.html")
    assert "nothing changed" in second.stderr
    assert (tmp_path / "map.html").read_bytes() == page
    assert json.loads(run("status", "--json", GRAPHSVC_STORE=store).stdout)["revision"] == revision
    empty = run("missing")
    assert empty.returncode == 0
    assert "The graph is empty" in empty.stderr
    assert store in empty.stderr, "who asks after the demo learns where its sample is"


@pytest.mark.parametrize("named", [False, True])
def test_the_demo_never_mixes_with_data_of_ones_own(run: Run, tmp_path: Path, named: bool) -> None:
    store = {"GRAPHSVC_STORE": str(tmp_path / "own.kgl")} if named else {}
    assert run("template", "own.xlsx").returncode == 0
    book = load_workbook(tmp_path / "own.xlsx")
    sheet = book["Actors"]
    header = [str(cell.value).lower() for cell in sheet[1]]
    sheet.cell(2, header.index("name") + 1, "Oma yhdistys ry")
    book.save(tmp_path / "own.xlsx")
    if not named:
        assert run("demo", "--no-serve", "--output", "map.html").returncode == 0
    saved = run("import", "own.xlsx", "--yes", **store)
    assert saved.returncode == 0, saved.stderr
    before = run("status", "--json", **store).stdout
    assert json.loads(before)["actors"] == {"unknown": 1}
    assert run("demo", "--no-serve", "--output", "map.html", **store).returncode == 0
    assert run("status", "--json", **store).stdout == before


def test_the_demo_goes_where_the_store_is_named(run: Run, tmp_path: Path) -> None:
    store = str(tmp_path / "named.kgl")
    assert run("demo", "--no-serve", "--output", "map.html", GRAPHSVC_STORE=store).returncode == 0
    assert json.loads(run("status", "--json", GRAPHSVC_STORE=store).stdout)["revision"] > 0
    assert not (tmp_path / "home" / "demo.kgl").exists()


def test_without_a_terminal_nothing_is_saved_unless_told(run: Run) -> None:
    looked = run("import", str(sample_path()))
    assert looked.returncode == 0
    assert "Nothing was saved" in looked.stderr
    assert json.loads(run("status", "--json").stdout)["actors"] == {}
    dry = run("import", str(sample_path()), "--dry-run", "--yes")
    assert dry.returncode == 0
    assert json.loads(run("status", "--json").stdout)["revision"] == 0


def test_a_wrong_row_is_named_and_the_rest_is_saved(run: Run, tmp_path: Path) -> None:
    (tmp_path / "net").mkdir()
    (tmp_path / "net" / "Actors.csv").write_text(
        "id;name;kind;business id\nhyva;Hyvä Oy;firm;\nhuono;Huono Oy;firm;2844561-9\n", encoding="cp1252"
    )
    done = run("import", "net", "--yes", "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["problem_count"] == {"error": 1}
    problem = report["problems"][0]
    assert (problem["row"], problem["value"]) == (3, "2844561-9")
    assert "business" in problem["column"].lower()
    assert problem["remedy"]
    assert json.loads(run("status", "--json").stdout)["actors"] == {"firm": 1}


def test_a_dry_run_says_what_a_newer_version_would_take_away(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "net"
    folder.mkdir()
    (folder / "Actors.csv").write_text("name;kind\nYksi Oy;firm\nKaksi Oy;firm\n", encoding="utf-8")
    first = run("import", "net", "--yes")
    assert "2 rows can be read, none is wrong" in first.stdout
    assert "no longer" not in first.stdout
    (folder / "Actors.csv").write_text("name;kind\nYksi Oy;firm\nKolme Oy;velho\n", encoding="utf-8")
    looked = run("import", "net", "--dry-run")
    assert "1 row can be read, 1 is wrong and left out" in looked.stdout
    assert "no longer in it: 1 actor" in looked.stdout
    assert "nothing was saved" in looked.stderr
    (folder / "Actors.csv").write_text("organisaatiot;kind\nYksi Oy;firm\n", encoding="utf-8")
    refused = run("import", "net", "--yes")
    assert refused.returncode == 2
    assert "not read at all: Actors" in refused.stdout
    assert "would be lost" in refused.stderr
    assert json.loads(run("status", "--json").stdout)["actors"] == {"firm": 2}


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["import", "nowhere.xlsx"], 2, "nowhere.xlsx"),
        (["import", "broken.zip", "--yes"], 2, "zip"),
        (["import", "text.xlsx", "--yes"], 2, "text.xlsx"),
        (["missing", "--place", "atlantis"], 3, "There is no place 'atlantis'"),
        (["missing", "--as-of", "someday"], 2, "31.12.2024"),
        (["measures", "--by", "beauty"], 2, "beauty"),
        (["measures", "--since", "2020-01-01", "--until", "2019-01-01"], 2, "before"),
        (["template", "no/such/folder/x.xlsx"], 2, "folder"),
        (["map", "--output", "no/such/folder/map.html"], 2, "folder"),
    ],
)
def test_a_mistake_ends_in_a_sentence(run: Run, tmp_path: Path, arguments: list[str], code: int, says: str) -> None:
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 not really")
    (tmp_path / "text.xlsx").write_text("I am no workbook", encoding="utf-8")
    done = run(*arguments)
    assert done.returncode == code, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_server_that_is_not_there_says_what_to_check(process: Run) -> None:
    done = process("status", GRAPHSVC_STORE="bolt://127.0.0.1:9")
    assert done.returncode == 4
    assert "127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_lists_speak_for_people_and_for_machines(loaded: Path, tmp_path: Path) -> None:
    told = on(loaded, "missing", "--top", "3", "--language", "fi", "--csv", str(tmp_path / "missing.csv"))
    assert told.returncode == 0, told.stderr
    assert told.stdout.count("   + ") >= 6, "each suggestion has at least two reasons"
    assert "Method: puoltavien seikkojen painotettu summa" in told.stdout
    rows = list(csv.reader((tmp_path / "missing.csv").read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 4
    answer = json.loads(on(loaded, "missing", "--top", "3", "--json").stdout)
    assert [(line["a"], line["b"]) for line in answer["missing"]] == [(row[6], row[7]) for row in rows[1:]]
    assert rows[0][:4] == ["rank", "actor_a", "actor_b", "score"]
    assert [f"{line['score']:.6f}" for line in answer["missing"]] == [row[3] for row in rows[1:]]
    on(loaded, "missing", "--top", "3", "--excel", "--csv", str(tmp_path / "excel.csv"))
    finnish = list(csv.reader((tmp_path / "excel.csv").read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert [row[3].replace(",", ".") for row in finnish] == [row[3] for row in rows]
    measures = json.loads(on(loaded, "measures", "--json").stdout)
    assert set(measures["measures"]) >= {"degree", "strength", "betweenness", "pagerank", "core_number", "constraint"}


@pytest.mark.parametrize(
    ("named", "by_id"),
    [
        (["--place", "pirkanmaa"], ["--place", "FI197"]),
        (["--theme", "ymparisto ja ilmasto"], ["--theme", "environment-and-climate"]),
    ],
)
def test_places_and_themes_go_by_their_names(loaded: Path, named: list[str], by_id: list[str]) -> None:
    one, other = (on(loaded, "missing", *each, "--top", "5", "--json") for each in (named, by_id))
    assert one.returncode == 0, one.stderr
    assert one.stdout == other.stdout


def test_a_name_that_is_none_is_answered_with_those_that_are(loaded: Path) -> None:
    place = on(loaded, "missing", "--place", "Pirkanmaaa")
    assert place.returncode == 3
    assert "Pirkanmaa (FI197)" in place.stderr
    theme = on(loaded, "map", "--theme", "Ilmasto ja ympäristö")
    assert theme.returncode == 3
    assert "There are" in theme.stderr


def test_as_of_shows_the_past(loaded: Path) -> None:
    then = json.loads(on(loaded, "missing", "--as-of", "2016-01-01", "--json").stdout)
    now = json.loads(on(loaded, "missing", "--json").stdout)
    assert then["missing"] != now["missing"]
    assert then["left_out"]["future"] > 0


@pytest.mark.parametrize("form", ["json", "graphml", "gexf", "csv"])
def test_exports_are_written(loaded: Path, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"network.{form}"
    assert on(loaded, "export", "--format", form, "--output", str(file)).returncode == 0
    assert file.stat().st_size > 10_000


@pytest.mark.skipif(sys.platform == "win32", reason="kills a process the POSIX way")
def test_an_import_killed_in_the_middle_is_finished_by_the_same_command(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "net"
    folder.mkdir()
    rows = "".join(f"a{n};Toimija {n} Oy;firm\n" for n in range(10_000))
    (folder / "Actors.csv").write_text("id;name;kind\n" + rows, encoding="utf-8")
    process = subprocess.Popen(
        command("import", str(folder), "--yes"),
        env=environment(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 300  # on a busy machine
    store = home / "graph.kgl"
    while not (any(home.glob("graph.kgl*")) and _bytes(home) > 1_000_000) and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    middle = json.loads(on(home, "status", "--json").stdout)
    assert 0 < middle["actors"]["firm"] < 10_000
    assert middle["actors"]["firm"] % 2000 == 0, "a batch is there whole or not at all"
    again = on(home, "import", str(folder), "--yes")
    assert again.returncode == 0, again.stderr
    after = json.loads(on(home, "status", "--json").stdout)
    assert after["actors"] == {"firm": 10_000}
    assert after["revision"] == 6, "5 batches and the finish, each once"
    assert store.exists()


def _bytes(home: Path) -> int:
    return sum(file.stat().st_size for file in home.rglob("*") if file.is_file())


def test_a_store_in_use_names_the_process(loaded: Path) -> None:
    server = subprocess.Popen(
        command("serve", "--port", "0"),
        env=environment(loaded),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        assert server.stderr is not None
        said = server.stderr.readline()
        assert "running at http://127.0.0.1:" in said
        done = on(loaded, "status")
        assert done.returncode == 4
        assert str(server.pid) in done.stderr
        assert said.split("running at ")[1].split()[0] in done.stderr
    finally:
        server.terminate()
        assert server.wait(30) == 0
        assert server.stderr is not None
        server.stderr.close()


def test_every_command_helps_with_an_example() -> None:
    from graphsvc.cli import cli

    for name, each in cli.imported().items():
        assert f"graphsvc {name}" in (each.help or ""), f"{name} has no example"
        for parameter in each.params:
            if getattr(parameter, "opts", ["--"])[0].startswith("--"):
                assert getattr(parameter, "help", ""), f"{name} {parameter.name} has no help"


def test_help_loads_no_numerical_library() -> None:
    program = """
import sys
from click.testing import CliRunner
from graphsvc.cli import COMMANDS, cli
answer = CliRunner().invoke(cli, ["--help"])
assert answer.exit_code == 0, answer.output
assert all(f"  {name} " in answer.output for name in COMMANDS), answer.output
heavy = {"numpy", "scipy", "networkx", "igraph", "kglite", "neo4j", "flask", "pyvis", "openpyxl", "python_calamine"}
print(sorted(heavy & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_the_list_of_commands_says_what_each_command_says_of_itself() -> None:
    from graphsvc.cli import cli

    listed = CliRunner().invoke(cli, ["--help"], terminal_width=400).output
    for name, command in cli.imported().items():
        first, _, _ = (command.help or "").partition("\n\n")
        assert " ".join(first.split()) in " ".join(listed.split()), name


def test_an_import_is_undone_by_its_id(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "net"
    folder.mkdir()
    assert on(home, "import", str(sample_path()), "--yes").returncode == 0
    before = json.loads(on(home, "status", "--json").stdout)
    (folder / "Actors.csv").write_text("id;name;kind\nnew;Uusi [Oy];firm\n", encoding="utf-8")
    assert on(home, "import", str(folder), "--yes").returncode == 0
    runs = json.loads(on(home, "imports", "--json").stdout)
    (mine,) = (each["id"] for each in runs if each["name"] == "net")
    (sample,) = (each["id"] for each in runs if each["name"] != "net")
    unsure = on(home, "undo", mine)
    assert "--yes" in unsure.stderr
    assert json.loads(on(home, "status", "--json").stdout)["actors"]["firm"] == before["actors"]["firm"] + 1
    done = on(home, "undo", mine, "--yes")
    assert done.returncode == 0, done.stderr
    assert f"import {mine} undone" in done.stderr
    after = json.loads(on(home, "status", "--json").stdout)
    assert {**after, "revision": 0} == {**before, "revision": 0}
    again = on(home, "undo", mine, "--yes")
    assert again.returncode == 2
    assert "nothing to undo" in again.stderr
    assert on(home, "undo", "nobody", "--yes").returncode == 3
    listed = on(home, "imports").stdout
    assert f"undoes {mine}" in listed
    assert sample in listed
