"""Keys at the terminal: shown once, listed without the secret, taken back."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from graphsvc.access.keys import KeyRing
from graphsvc.cli import cli


def run(home: Path, *words: str, code: int = 0) -> str:
    done = CliRunner().invoke(cli, ["keys", *words], env={"GRAPHSVC_HOME": str(home)}, standalone_mode=code == 0)
    assert done.exit_code == code, done.output
    return done.stdout


def test_a_key_is_made_listed_and_taken_back(tmp_path: Path) -> None:
    made = json.loads(run(tmp_path, "make", "map of the city", "--theme", "health", "--json"))
    text, id_ = made["text"], made["key"]["id"]
    ring = KeyRing.of(tmp_path)
    assert ring.shown(text) is not None
    listed = run(tmp_path)
    assert id_ in listed
    assert text not in listed
    run(tmp_path, "revoke", id_)
    assert ring.shown(text) is None
    assert json.loads(run(tmp_path, "--json"))["keys"][0]["revoked"]


def test_the_key_alone_is_on_standard_output(tmp_path: Path) -> None:
    text = run(tmp_path, "make", "map of the city").strip()
    assert KeyRing.of(tmp_path).shown(text) is not None
