"""Users and the audit trail at the terminal: the first password is shown once, and all that is done is noted."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path

from click.testing import CliRunner

from graphsvc.access.database import FILE
from graphsvc.access.installation import Access
from graphsvc.access.users import Duty, Role
from graphsvc.cli import cli


def run(home: Path, *words: str, fails: bool = False) -> str:
    done = CliRunner().invoke(cli, words, env={"GRAPHSVC_HOME": str(home)}, standalone_mode=False)
    assert (done.exit_code != 0) is fails, done.output
    return str(done.exception) if fails else done.stdout


def test_a_user_is_made_listed_changed_disabled_and_reset(tmp_path: Path) -> None:
    first = run(tmp_path, "users", "make", "Maija Mäkinen", "--role", "editor").strip()
    access = Access.of(tmp_path)
    assert access.users.known_by("Maija Mäkinen", first) is not None
    listed = run(tmp_path, "users", "--json")
    assert first not in listed
    assert json.loads(listed)["users"][0]["name"] == "Maija Mäkinen"
    run(tmp_path, "users", "role", "maija mäkinen", "viewer", "--place", "FI197")
    assert access.users.meant("Maija Mäkinen").duty == Duty(Role.VIEWER, None, "FI197")
    run(tmp_path, "users", "disable", "Maija Mäkinen")
    assert access.users.known_by("Maija Mäkinen", first) is None
    again = json.loads(run(tmp_path, "users", "reset", "Maija Mäkinen", "--json"))["password"]
    assert access.users.known_by("Maija Mäkinen", again) is not None
    assert "no user 'Pekka'" in run(tmp_path, "users", "disable", "Pekka", fails=True)


def test_a_forgotten_user_is_only_an_id(tmp_path: Path) -> None:
    run(tmp_path, "users", "make", "Maija Mäkinen")
    id_ = Access.of(tmp_path).users.meant("Maija Mäkinen").id
    run(tmp_path, "users", "forget", "Maija Mäkinen")
    assert "Mäkinen" not in run(tmp_path, "users", "--json") + run(tmp_path, "audit", "--json")
    assert id_ in run(tmp_path, "audit", "--json")


def test_the_trail_is_told_written_and_checked(tmp_path: Path) -> None:
    run(tmp_path, "users", "make", "Maija Mäkinen")
    key = json.loads(run(tmp_path, "keys", "make", "map", "--json"))["key"]["id"]
    run(tmp_path, "keys", "revoke", key)
    entries = json.loads(run(tmp_path, "audit", "--json"))["entries"]
    assert [each["entry"]["deed"]["act"] for each in entries] == ["keys revoke", "keys make", "users make"]
    run(tmp_path, "audit", "--output", str(tmp_path / "audit.csv"))
    rows = list(csv.DictReader(io.StringIO((tmp_path / "audit.csv").read_text(encoding="utf-8-sig"))))
    assert [(each["thing"], each["thing_name"]) for each in rows][:2] == [(key, "map"), (key, "map")]
    assert [each["thing_name"] for each in entries] == ["map", "map", "Maija Mäkinen"]
    assert f"map {key}" in " ".join(run(tmp_path, "audit").split())
    assert json.loads(run(tmp_path, "audit", "--since", "2999-01-01", "--json"))["entries"] == []
    assert json.loads(run(tmp_path, "audit", "--who", "nobody", "--json"))["entries"] == []
    assert json.loads(run(tmp_path, "audit", "--check", "--json"))["rows"] == 3
    database = sqlite3.connect(tmp_path / FILE)
    with database:
        database.execute("UPDATE audit SET caller = 'somebody' WHERE number = 2")
    database.close()
    assert "row 2" in run(tmp_path, "audit", "--check", fails=True)
