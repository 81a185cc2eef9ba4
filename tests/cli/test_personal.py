"""What is held of a person is told and copied; the name goes from everywhere; what is left is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from graphsvc.access.audit import Deed
from graphsvc.access.installation import Access
from graphsvc.cli import cli
from graphsvc.service import Service
from graphsvc.settings import Settings
from tests.contract.test_loading import tables

NAME = "Maija Mäkinen"


def run(home: Path, *words: str) -> str:
    done = CliRunner(env={"GRAPHSVC_HOME": str(home)}).invoke(cli, words, standalone_mode=False)
    assert done.exit_code == 0, (done.output, done.exception)
    return done.stdout


def told(home: Path, name: str = NAME) -> set[tuple[str, str]]:
    found = json.loads(run(home, "person", name, "--json"))
    return {(each["where"], each["fate"]) for each in found["held"]}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An installation in which one person did what persons can do, and a file names a sole trader."""
    home = tmp_path / "home"
    list_ = tables(tmp_path / "one", actors="x;Toiminimi Maija Mäkinen;;;\ny;Yy;;;\n")
    run(home, "import", str(list_), "--yes")
    run(home, "users", "make", NAME, "--role", "editor")
    access = Access.of(home)
    user = access.users.meant(NAME)
    access.sessions.start(user.id)
    access.trail.note(Deed(user.id, "sign in"))
    run(home, "keys", "make", f"test of {NAME}")
    run(home, "unmerge", "x", "y", "--by", NAME, "--reason", "two bodies")
    run(home, "publish", "all", "--by", NAME)
    (tmp_path / "backups").mkdir()
    run(home, "backup", str(tmp_path / "backups" / "before.graphsvc"))
    (tmp_path / "backups" / "notes.txt").write_text("no backup", encoding="utf-8")
    return home


def test_all_that_is_held_is_told_with_what_becomes_of_it(home: Path) -> None:
    assert told(home) == {
        ("judgement", "replaced"),
        ("change", "replaced"),
        ("user", "deleted"),
        ("session", "deleted"),
        ("audit", "passes"),
        ("key", "replaced"),
        ("publication", "withdraw"),
        ("actor", "from the file"),
        ("description", "from the file"),
        ("record", "from the file"),
        ("content", "from the file"),
    }
    assert told(home, Access.of(home).users.meant(NAME).id) == told(home), "a user is meant by id as well"
    assert told(home, "Matti Meikäläinen") == set()


def test_the_name_goes_and_what_is_left_is_named(home: Path, tmp_path: Path) -> None:
    done: dict[str, Any] = json.loads(
        run(home, "forget", NAME, "--as", "somebody", "--yes", "--backups", str(tmp_path / "backups"), "--json")
    )
    assert (done["acts"], done["users"], done["keys"], done["publications"]) == (2, 1, 1, 1)
    assert [Path(path).name for path in done["backups"]] == ["before.graphsvc"]
    left = {("publication", "withdraw")} | {
        (where, "from the file") for where in ("actor", "description", "record", "content")
    }
    assert {(each["where"], each["fate"]) for each in done["left"]} == left
    assert told(home) == left
    assert "Mäkinen" not in run(home, "users", "--json") + run(home, "keys", "--json") + run(home, "audit", "--json")
    assert '"by": "somebody"' in run(home, "judgements", "--json")


def test_twice_is_as_once_and_after_the_pages_are_withdrawn_only_files_name_the_person(home: Path) -> None:
    run(home, "forget", NAME, "--yes")
    service = Service.open(Settings(home=home))
    revision = service.revision()
    service.publications.withdraw("all", 1)
    service.close()
    again = json.loads(run(home, "forget", NAME, "--yes", "--json"))
    assert (again["acts"], again["users"], again["keys"], again["publications"]) == (0, 0, 0, 0)
    assert {each["fate"] for each in again["left"]} == {"from the file"}
    service = Service.open(Settings(home=home))
    assert service.revision() == revision
    service.close()


def test_it_says_so_at_the_terminal(home: Path) -> None:
    assert "withdraw" in run(home, "person", NAME)
    assert CliRunner(env={"GRAPHSVC_HOME": str(home)}).invoke(cli, ["forget", NAME], input="n\n").exit_code == 1
    assert ("user", "deleted") in told(home), "nothing is done where somebody says no"
    run(home, "forget", NAME, "--yes")
    assert json.loads(run(home, "retain", "--json"))["jobs"] == 0


def test_a_probably_inflected_name_is_shown_and_left_as_it_is(home: Path) -> None:
    run(home, "unmerge", "x", "y", "--by", "Liisa", "--reason", "Mäkisen Maijan mukaan kaksi")
    shown = json.loads(run(home, "person", NAME, "--json"))["held"]
    looked = {(each["where"], each["form"]) for each in shown if each["fate"] == "look"}
    assert looked >= {("judgement", "mäkisen maijan")}
    assert all(each["form"] == "" for each in shown if each["fate"] != "look")
    assert "“mäkisen maijan”?" in run(home, "person", NAME)
    done = json.loads(run(home, "forget", NAME, "--yes", "--json"))
    left = [each for each in done["left"] if each["fate"] == "look" and each["where"] == "judgement"]
    assert [each["what"]["reason"] for each in left] == ["Mäkisen Maijan mukaan kaksi"]
    again = CliRunner(env={"GRAPHSVC_HOME": str(home)}).invoke(cli, ["forget", NAME, "--yes"])
    assert "mäkisen maijan" in again.stderr
    assert told(home, "Maija Mäkilä") == set(), "another name"
