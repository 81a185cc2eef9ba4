"""Settings come from the environment; a wrong one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphsvc.errors import SettingsError
from graphsvc.settings import Settings


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(f"GRAPHSVC_{field.upper()}", raising=False)


def test_the_store_lives_in_the_data_folder_unless_said_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPHSVC_HOME", "somewhere")
    assert Settings.load().store_uri == str(Path("somewhere") / "graph.kgl")
    monkeypatch.setenv("GRAPHSVC_STORE", "neo4j://db:7687")
    assert Settings.load().store_uri == "neo4j://db:7687"


def test_an_argument_wins_over_the_environment_and_none_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPHSVC_PORT", "9000")
    assert Settings.load(port=None).port == 9000
    assert Settings.load(port=0).port == 0


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "high"), ("PORT", "70000"), ("LANGUAGE", "de"), ("LOG_LEVEL", "loud")]
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"GRAPHSVC_{name}", value)
    with pytest.raises(SettingsError, match=f"GRAPHSVC_{name}"):
        Settings.load()


def test_the_password_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPHSVC_STORE_PASSWORD", "hunter2")
    assert "hunter2" not in repr(Settings.load())
