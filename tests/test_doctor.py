"""The doctor: a well installation is well; what is wrong is found with what to do; nothing is changed."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from graphsvc import doctor
from graphsvc.access.installation import Access
from graphsvc.access.users import Duty, Role
from graphsvc.doctor import Finding, Grade, examine
from graphsvc.jobs.job import Wish
from graphsvc.service import Service
from graphsvc.settings import Settings
from tests.neo4j_server import RunningServer


def found(home: Path, environment: dict[str, str] | None = None, **settings: Any) -> tuple[Finding, ...]:
    return examine(Settings(home=home, **settings), environment or {})


def about(findings: tuple[Finding, ...], *grades: Grade) -> set[str]:
    return {each.about for each in findings if each.grade in grades}


@pytest.fixture
def home(sample_graph: Path, tmp_path: Path) -> Path:
    """The data folder of an installation with the sample."""
    (tmp_path / "graph.kgl").write_bytes(sample_graph.read_bytes())
    tmp_path.chmod(0o700)
    return tmp_path


def test_a_well_installation_is_well(home: Path) -> None:
    findings = found(home)
    assert about(findings, Grade.WRONG, Grade.NOTE) == set()
    assert {"program", "data folder", "graph", "import", "print", "door", "jobs"} <= about(findings, Grade.WELL)
    assert any("revision 2" in each.said for each in findings)


def test_nothing_is_made_where_nothing_is_yet(tmp_path: Path) -> None:
    home = tmp_path / "new"
    findings = found(home)
    assert about(findings, Grade.WRONG) == set()
    assert any("not there yet" in each.said for each in findings)
    assert not home.exists()


def test_a_setting_that_is_none_is_told_with_the_one_that_may_be_meant(home: Path) -> None:
    findings = found(home, {"GRAPHSVC_HOST_NAME": "x", "GRAPHSVC_TEST_REQUIRE": "neo4j", "GRAPHSVC_PORT": "8050"})
    notes = [each for each in findings if each.grade is Grade.NOTE]
    assert [(each.about, each.advice) for each in notes] == [("program", "Perhaps GRAPHSVC_HOST_NAMES is meant.")]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"host": "0.0.0.0"}, "neither a user nor a key"),  # noqa: S104
        ({"host": "0.0.0.0", "public": "admin"}, "may admin without a key"),  # noqa: S104
        ({"proxies": 1}, "neither a user nor a key"),
        ({"store": "bolt://127.0.0.1:1"}, ""),
        ({"store": "nosql://here"}, "no engine speaks"),
    ],
)
def test_what_is_wrong_is_found_with_what_to_do(home: Path, settings: dict[str, Any], said: str) -> None:
    wrong = [each for each in found(home, **settings) if each.grade is Grade.WRONG]
    assert wrong and all(each.advice for each in wrong)
    assert any(said in each.said for each in wrong)


def test_a_door_that_someone_can_open_is_well(home: Path) -> None:
    Access.of(home).users.make("Maija", Duty(Role.ADMINISTRATOR))
    findings = found(home, host="0.0.0.0", host_names="network.example.org")  # noqa: S104
    assert "door" not in about(findings, Grade.WRONG, Grade.NOTE)
    assert any(each.said == "1 users and 0 keys open it." for each in findings)


def test_a_service_for_others_is_told_whom_its_accessibility_statement_lacks(home: Path) -> None:
    def said(**settings: Any) -> list[tuple[Grade, str]]:
        findings = found(home, **settings)
        return [(each.grade, each.advice or each.said) for each in findings if each.about == "accessibility"]

    assert said() == [], "one's own machine owes nobody a statement"
    missing = said(proxies=1)
    assert [grade for grade, _ in missing] == [Grade.NOTE, Grade.NOTE]
    assert "GRAPHSVC_ORGANISATION" in missing[0][1] and "GRAPHSVC_ACCESSIBILITY_CONTACT" in missing[1][1]
    [(grade, advice)] = said(proxies=1, organisation="Mallikunta", accessibility_contact="javascript:alert(1)")
    assert grade is Grade.NOTE and "https://" in advice
    well = said(proxies=1, organisation="Mallikunta", accessibility_contact="palaute@kunta.example")
    assert well == [(Grade.WELL, "The statement leads to mailto:palaute@kunta.example")]


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has such modes")
def test_a_folder_that_everybody_can_read_is_told(home: Path) -> None:
    home.chmod(0o755)
    assert any("Everybody on this machine" in each.said for each in found(home))


def test_a_full_disk_is_wrong(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "ROOM", 10**18)
    assert about(found(home), Grade.WRONG) == {"data folder"}


def test_jobs_that_nobody_does_are_wrong(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(home=home)
    service = Service.open(settings)
    service.jobs.add(Wish("missing", '{"top":3}', "test"))
    service.close()
    assert about(found(home), Grade.WRONG) == set()
    monkeypatch.setattr(doctor, "WAITING", timedelta(seconds=-1))
    wrong = [each for each in found(home) if each.grade is Grade.WRONG]
    assert [each.about for each in wrong] == ["jobs"]
    assert "graphsvc worker" in wrong[0].advice


def test_an_old_file_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "OLD", datetime.now(UTC) - datetime.now(UTC))
    assert any("pirkanmaa.xlsx was last imported" in each.said for each in found(home))


@pytest.mark.neo4j
def test_a_server_without_anything_is_told(tmp_path: Path, neo4j_running: RunningServer) -> None:
    neo4j_running.wipe()
    findings = found(tmp_path, store=neo4j_running.uri, store_password=neo4j_running.password)
    assert "graph" not in about(findings, Grade.WRONG)
    assert any(each.said == "It is empty." for each in findings)


def test_a_way_to_a_server_that_is_not_encrypted_is_told() -> None:
    notes = list(doctor.CHECKS["way to the graph"](Settings(store="neo4j://graph.example.org"), {}))
    assert [each.grade for each in notes] == [Grade.NOTE, Grade.NOTE]
    assert "neo4j+s://" in notes[0].advice and "GRAPHSVC_STORE_PASSWORD" in notes[1].advice
    secret = Settings(store="neo4j+s://graph.example.org", store_password="x")  # noqa: S106
    assert list(doctor.CHECKS["way to the graph"](secret, {})) == []
