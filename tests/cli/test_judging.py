"""Deciding at the command line which entries are one body."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from graphsvc.cli import cli
from tests.contract.test_loading import tables

ROWS = "a;Techila Technologies Oy;firm;;\nb;Techila Technologies;other;;\nc;Vaisala Oyj;firm;0124416-2;\n"


def graphsvc(home: Path, *arguments: str, keys: str = "") -> Result:
    environment = {"GRAPHSVC_HOME": str(home), "GRAPHSVC_STORE": str(home / "graph.kgl"), "GRAPHSVC_LANGUAGE": "en"}
    return CliRunner().invoke(cli, arguments, env=environment, input=keys)


def imported(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    done = graphsvc(home, "import", str(tables(tmp_path / "net", actors=ROWS)), "--yes")
    assert done.exit_code == 0, done.output
    return home


def test_an_import_says_what_needs_a_person(tmp_path: Path) -> None:
    home = tmp_path / "home"
    looked = graphsvc(home, "import", str(tables(tmp_path / "net", actors=ROWS)), "--dry-run")
    assert "1 pair needs you" in looked.stdout
    assert "Techila Technologies Oy (a)" in " ".join(looked.stdout.split())
    assert "The same name" in " ".join(looked.stdout.split())
    report = graphsvc(home, "import", str(tmp_path / "net"), "--dry-run", "--json").stdout
    (pair,) = json.loads(report)["doubtful_matches"]
    assert (pair["a"]["id"], pair["b"]["id"]) == ("a", "b")
    assert all(ground["sentence"] for ground in pair["grounds"])
    saved = graphsvc(home, "import", str(tmp_path / "net"), "--yes")
    assert "1 pair needs you" in saved.stderr
    assert "graphsvc review" in saved.stderr
    again = graphsvc(home, "import", str(tmp_path / "net"), "--yes")
    assert "exactly this file" in again.stdout


def test_the_queue_is_listed_and_emptied_by_merging(tmp_path: Path) -> None:
    home = imported(tmp_path)
    listed = graphsvc(home, "review")
    assert "for review by matching" in listed.stdout
    assert "firm" in listed.stdout
    assert "other" in listed.stdout
    merged = graphsvc(home, "merge", "b", "a", "--reason", "one firm", "--by", "Maija")
    assert "a and b are one body now, as Maija says" in merged.stderr
    assert json.loads(graphsvc(home, "review", "--json").stdout)["total"] == 0
    (said,) = json.loads(graphsvc(home, "judgements", "--json").stdout)["items"]
    assert (said["verdict"], said["by"], said["reason"]) == ("same", "Maija", "one firm")
    again = graphsvc(home, "merge", "a", "b", "--reason", "one firm", "--by", "Maija")
    assert "nothing changed" in again.stderr
    undone = graphsvc(home, "unmerge", "a", "b", "--reason", "two firms")
    assert "are two bodies now, as matching says and wait for a decision" in undone.stderr
    assert json.loads(graphsvc(home, "review", "--json").stdout)["total"] == 1
    apart = graphsvc(home, "unmerge", "a", "b", "--reason", "two firms", "--by", "Matti")
    assert "are two bodies now, as Matti says" in apart.stderr
    back = graphsvc(home, "withdraw", "a", "b", "--reason", "not so sure")
    assert "wait for a decision" in back.stderr


def test_mistakes_are_said_in_a_sentence(tmp_path: Path) -> None:
    home = imported(tmp_path)
    graphsvc(home, "unmerge", "a", "c", "--reason", "two")
    graphsvc(home, "merge", "a", "b", "--reason", "one")
    refused = graphsvc(home, "merge", "b", "c", "--reason", "all one")
    assert refused.exception is not None
    assert "told apart" in str(refused.exception)
    unknown = graphsvc(home, "merge", "a", "nobody", "--reason", "x")
    assert "nobody" in str(unknown.exception)
    assert graphsvc(home, "merge", "a", "b").exit_code == 2, "a reason is asked for"


def test_a_name_is_resolved(tmp_path: Path) -> None:
    home = imported(tmp_path)
    found = json.loads(graphsvc(home, "who", "VAISALA", "--json").stdout)
    assert [each["id"] for each in found] == ["c"]
    assert found[0]["reasons"]
    assert "Vaisala Oyj" in graphsvc(home, "who", "Vaisalla").stdout
    assert "No name is like it" in graphsvc(home, "who", "Xyzzy Qwerty").stdout
