"""What a release tells of its parts: all of them, and never that nothing is known where nobody could look."""

from __future__ import annotations

import hashlib
import importlib.resources
import json
import os
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from graphsvc.render.vis import VIS_FILE

PARTS = {"flask": "3.1.3", "Jinja2": "3.1.6", "typing_extensions": "4.15.0"}
BILL: dict[str, Any] = {
    "components": [
        {"name": "graphsvc", "version": "0.1.0", "purl": "pkg:pypi/graphsvc@0.1.0"},
        {"name": "pyvis", "version": "0.3.2", "purl": "pkg:pypi/pyvis@0.3.2"},
    ],
    "dependencies": [{"ref": "pyvis==0.3.2", "dependsOn": ["jinja2==3.1.6"]}, {"ref": "graphsvc==0.1.0"}],
}


@pytest.fixture(scope="module")
def release(tool: Callable[[str], ModuleType]) -> ModuleType:
    return tool("release")


def test_a_statement_older_than_what_it_speaks_of_is_refused(release: ModuleType) -> None:
    day, later = date(2026, 11, 28), date(2026, 11, 29)
    assert list(release.statement_faults(day, day, later)) == [], "compared on the day of the change"
    assert list(release.statement_faults(later, day, later)) == []
    (told,) = release.statement_faults(day, later, later)
    assert "of 2026-11-28" in told and "of 2026-11-29" in told and "WRITTEN" in told
    assert list(release.statement_faults(later, day, day)), "of a day to come"


def test_what_the_statement_speaks_of_changes_with_a_commit_or_a_file_that_waits_for_one(
    release: ModuleType, tmp_path: Path
) -> None:
    def git(*order: str, day: str = "") -> None:
        dated = {"GIT_COMMITTER_DATE": f"{day}T12:00:00+02:00", "GIT_AUTHOR_DATE": "2020-01-01T12:00:00+02:00"}
        who = ("-c", "user.name=Maija", "-c", "user.email=maija@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, *order], cwd=tmp_path, check=True, env={**os.environ, **dated})

    def change(path: str, day: str) -> None:
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(day, encoding="utf-8")
        git("add", path)
        git("commit", "--quiet", "-m", path, day=day)

    today = date(2026, 6, 1)
    git("init", "--quiet")
    change("graphsvc/render/static/map.css", "2026-03-01")
    assert release.last_change(tmp_path, today) == date(2026, 3, 1)
    change("graphsvc/pages/templates/start.html", "2026-04-01")
    change("docs/README.md", "2026-05-01")
    assert release.last_change(tmp_path, today) == date(2026, 4, 1), "the docs are nothing that it speaks of"
    (tmp_path / "graphsvc" / "pages" / "static.css").write_text("", encoding="utf-8")
    assert release.last_change(tmp_path, today) == today


def test_a_release_with_an_old_statement_makes_nothing(
    release: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(release, "WRITTEN", date(2020, 1, 1))
    monkeypatch.setattr(release, "_wheel", lambda: pytest.fail("a wheel was made"))
    assert release.main() == 1
    assert "of 2020-01-01" in capsys.readouterr().out


def report(**changed: object) -> str:
    """Return what pip-audit writes of the parts, in its spelling, with some of them otherwise."""
    looked_at = {"flask": "3.1.3", "jinja2": "3.1.6", "typing-extensions": "4.15.0"}
    found = [
        changed.get(name.replace("-", "_"), {"name": name, "version": version, "vulns": []})
        for name, version in looked_at.items()
    ]
    return json.dumps({"dependencies": [each for each in found if each], "fixes": []})


def test_parts_that_were_all_looked_up_and_of_which_nothing_is_known(release: ModuleType) -> None:
    assert list(release.faults_of(PARTS, report(), "")) == []


def test_what_is_known_is_told_with_the_version_that_mends_it(release: ModuleType) -> None:
    known = {"id": "PYSEC-1", "fix_versions": ["3.1.4"]}, {"id": "GHSA-2", "fix_versions": []}
    told = list(release.faults_of(PARTS, report(flask={"name": "flask", "version": "3.1.3", "vulns": known}), ""))
    assert told == ["flask 3.1.3: PYSEC-1; mended in 3.1.4", "flask 3.1.3: GHSA-2; mended in no version yet"]


@pytest.mark.parametrize(
    "jinja2",
    [
        None,
        {"name": "jinja2", "skip_reason": "not found"},
        {"name": "jinja2", "version": "3.0.0", "vulns": []},
    ],
)
def test_a_part_that_was_not_looked_up_is_a_fault(release: ModuleType, jinja2: object) -> None:
    (told,) = release.faults_of(PARTS, report(jinja2=jinja2), "")
    assert told.startswith("Jinja2 3.1.6 could not be looked up")


@pytest.mark.parametrize("answer", ["", "No known vulnerabilities found", "[]", "null", '{"dependencies": null}'])
def test_no_report_is_not_good_news(release: ModuleType, answer: str) -> None:
    (told,) = release.faults_of(PARTS, answer, "WARNING: x\nERROR: the service can't be reached\n")
    assert told == "None of 3 packages could be looked up: ERROR: the service can't be reached"


def test_the_script_in_every_map_is_among_the_parts(release: ModuleType) -> None:
    bill = release.with_scripts(BILL)
    (script,) = (each for each in bill["components"] if each["name"] == "vis-network")
    shipped = importlib.resources.files("pyvis").joinpath(VIS_FILE).read_bytes()
    assert script["hashes"] == [{"alg": "SHA-256", "content": hashlib.sha256(shipped).hexdigest()}]
    assert f"@version {script['version']}" in shipped.decode()
    needed = {each["ref"]: each.get("dependsOn", []) for each in bill["dependencies"]}
    assert needed["pyvis==0.3.2"] == ["jinja2==3.1.6", script["bom-ref"]]
    assert needed[script["bom-ref"]] == [], "each part has its line"
    assert release.python_parts(bill) == {"pyvis": "0.3.2"}, "graphsvc is looked up nowhere, and the script by hand"


def test_what_makes_a_bill_is_named_in_its_version(root: Path) -> None:
    lines = (root / "tools" / "release-tools.txt").read_text(encoding="utf-8").splitlines()
    named = [line for line in lines if line and not line.startswith("#")]
    assert [line.partition("==")[0] for line in named] == ["cyclonedx-bom", "pip-audit"]
    assert all(line.partition("==")[2] for line in named)
