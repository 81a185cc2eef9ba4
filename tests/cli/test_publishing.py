"""Publishing at the terminal: previewed, published, listed, withdrawn."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from graphsvc.cli import cli
from graphsvc.samples import sample_path


def run(home: Path, *words: str) -> Result:
    done = CliRunner().invoke(cli, words, env={"GRAPHSVC_HOME": str(home)})
    assert done.exit_code == 0, done.output
    return done


def test_a_map_is_published_and_withdrawn(tmp_path: Path) -> None:
    home, hide = tmp_path / "home", tmp_path / "hide.toml"
    run(home, "import", str(sample_path()), "--yes")
    hide.write_text('kinds = ["firm"]\nfields = ["websites"]\n', encoding="utf-8")
    preview = run(home, "publish", "region", "--place", "Pirkanmaa", "--hide", str(hide), "--preview")
    assert "Left out" in preview.stderr
    assert "websites" in preview.stderr
    assert "Nothing is published" in run(home, "published").stderr
    run(home, "publish", "region", "--place", "Pirkanmaa", "--hide", str(hide))
    told = run(home, "publish", "region", "--place", "Pirkanmaa", "--by", "Liisa")
    assert "version 2 of region" in told.stderr
    assert "actors more" in told.stderr
    versions = json.loads(run(home, "published", "region", "--json").stdout)["versions"]
    assert [each["number"] for each in versions] == [2, 1]
    assert versions[0]["by"] == "Liisa"
    run(home, "unpublish", "region", "2")
    assert "withdrawn" in run(home, "published", "region").stdout
    assert json.loads(run(home, "published", "--json").stdout)["versions"][0]["number"] == 1
