"""``actor`` and ``sources`` at the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_commands import on

ONE = "id;name;kind;business id\na;Aalto;university;2228357-4\nb;Bee Oy;firm;\n"
TWO = "id;name;kind;business id\na;AALTO;firm;2228357-4\n"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a graph of two files that contradict each other."""
    home = tmp_path_factory.mktemp("home")
    for name, text in (("one", ONE), ("two", TWO)):
        folder = home / name
        folder.mkdir()
        (folder / "Actors.csv").write_text(text, encoding="utf-8")
        done = on(home, "import", str(folder), "--yes")
        assert done.returncode == 0, done.stderr
    return home


@pytest.mark.parametrize("who", ["a", "2228357-4", "fi22283574", "aalto"])
def test_one_page_about_an_actor_by_id_identifier_or_name(loaded: Path, who: str) -> None:
    done = on(loaded, "actor", who)
    assert done.returncode == 0, done.stderr
    assert "2 sources differ on the kind: University (one); Firm (two). Shown: University." in done.stdout
    assert "Rows it comes from (2)" in done.stdout
    assert "2228357-4" in done.stdout


def test_an_actor_for_machines(loaded: Path) -> None:
    told = json.loads(on(loaded, "actor", "a", "--json").stdout)
    assert told["profile"]["said_by"]["values"]["kind"] == ["file-one"]
    assert [row["record"]["source"] for row in told["records"]["items"]] == ["file-one", "file-two"]


def test_who_is_not_there_is_said(loaded: Path) -> None:
    done = on(loaded, "actor", "bee")
    assert done.returncode == 0, "part of one name only"
    nobody = on(loaded, "actor", "nobody at all")
    assert nobody.returncode == 3
    assert "no actor 'nobody at all'" in nobody.stderr


def test_the_order_of_sources_is_listed_and_set(loaded: Path) -> None:
    assert [each["id"] for each in json.loads(on(loaded, "sources", "--json").stdout)["sources"]] == [
        "file-one",
        "file-two",
    ]
    done = on(loaded, "sources", "prefer", "two", "--over", "file-one", "--by", "Aino", "--reason", "the register")
    assert done.returncode == 0, done.stderr
    assert "Order: file-two, file-one" in done.stderr
    assert "Nothing changed" in on(loaded, "sources", "prefer", "two", "--first").stderr
    listed = on(loaded, "sources").stdout
    assert listed.index("file-two") < listed.index("file-one")
    assert "Aino" in listed
    assert "the register" in listed
    assert "AALTO" in on(loaded, "actor", "a").stdout
    assert on(loaded, "sources", "prefer", "two").returncode == 2
    assert on(loaded, "sources", "prefer", "three", "--first").returncode == 3
    assert on(loaded, "sources", "prefer", "two", "--last").returncode == 0
