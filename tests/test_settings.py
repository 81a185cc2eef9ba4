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


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("", ""),
        (" saavutettavuus@kunta.example ", "mailto:saavutettavuus@kunta.example"),
        ("https://kunta.example/palaute?lang=fi&x=1", "https://kunta.example/palaute?lang=fi&x=1"),
        *((wrong, "") for wrong in ("09 123 4567", "http://kunta.example", "javascript:alert(1)", "//kunta.example")),
        *((wrong, "") for wrong in ("https://", "https://a.example/ b", 'https://a.example/"onclick="x', "@a.example")),
        *((wrong, "") for wrong in ("a@b.example?bcc=c@d.example", "a@b.example\nbcc:c", "<b>a@b.example</b>", "a@b")),
    ],
)
def test_a_contact_leads_to_an_email_address_or_a_page_and_nowhere_else(contact: str, link: str) -> None:
    assert Settings(accessibility_contact=contact).accessibility_link == link


@pytest.mark.parametrize(
    ("host", "proxies", "alone"), [("127.0.0.1", 0, True), ("LOCALHOST", 0, True), ("::1", 1, False), ("h", 0, False)]
)
def test_only_this_machine_reaches_what_listens_on_loopback_with_nothing_in_front(
    host: str, proxies: int, alone: bool
) -> None:
    assert Settings(host=host, proxies=proxies).only_here is alone


def test_the_password_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPHSVC_STORE_PASSWORD", "hunter2")
    assert "hunter2" not in repr(Settings.load())
