"""What a large graph's answers stand on is made aside: who asks goes in time, and finds it when it comes again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from graphsvc import outlook as seen
from graphsvc.app import create_app
from graphsvc.model import EVERYTHING, View
from graphsvc.refolding import refolded
from graphsvc.remembering import _Entry
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.store import whole
from graphsvc.store.opening import open_store

SECONDS = 1.5


@pytest.fixture
def settings(sample_copy: Callable[[], str], tmp_path: Path) -> Settings:
    return Settings.load(store=sample_copy(), home=tmp_path, request_seconds=SECONDS)


@pytest.fixture
def service(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setattr(whole, "LARGE", 0)
    found = Service(open_store(settings))
    yield found
    found.close()


def test_who_asks_after_its_own_word_is_told_to_come_again_and_then_sees_it(
    settings: Settings, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = create_app(settings, service).test_client()
    a, b = sorted(service.network().actors)[:2]
    go, begun = Event(), list[View]()

    def slowly(*of: Any) -> Any:
        begun.append(of[0].view)
        assert go.wait(60)
        return refolded(*of)

    monkeypatch.setattr(seen, "refolded", slowly)
    word = {"a": a, "b": b, "verdict": "same", "by": "Maija"}
    assert client.post("/api/v1/judgements", json=word).status_code == 200
    for _ in range(2):
        answer = client.get("/api/v1/network")
        assert answer.status_code == 504
        assert answer.json and answer.json["type"].endswith("out-of-time")
        assert int(answer.headers["Retry-After"]) > 0
    assert not service.outlook.has("network", EVERYTHING)
    go.set()
    while not service.outlook.has("network", EVERYTHING):
        assert begun
    answer = client.get("/api/v1/network")
    assert answer.status_code == 200
    assert answer.json and len([each for each in answer.json["nodes"] if each["id"] in (a, b)]) == 1
    assert begun == [EVERYTHING], "it is made once"


def test_a_small_graphs_answers_are_made_by_who_asks(
    settings: Settings, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, "LARGE", 1_000_000)
    monkeypatch.setattr(_Entry, "_wait", None)
    answer = create_app(settings, service).test_client().get("/api/v1/measures?place=FI197")
    assert answer.status_code == 200
