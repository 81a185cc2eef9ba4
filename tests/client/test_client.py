"""The client against a real service, and against a small one that fails as it is told."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from graphsvc.client import Busy, Client, GoneOn, JobFailed, NotFound, TooSlow, Unreachable, WrongInput

TAU = "fi-2844561-8"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def graph(address: str) -> Iterator[Client]:
    with Client(address) as client:
        yield client


def test_the_files_are_made_of_the_promise() -> None:
    command = [sys.executable, "-c", "import json, write_client; print(json.dumps(write_client.files()))"]
    made = subprocess.run(command, cwd=ROOT / "tools", capture_output=True, text=True, check=True).stdout
    for name, text in json.loads(made).items():
        assert (ROOT / "graphsvc" / "client" / name).read_text(encoding="utf-8") == text, f"{name}: make reference"


def test_nothing_of_the_service_comes_with_it() -> None:
    program = "import sys, graphsvc.client; print(sorted(name.split('.')[0] for name in sys.modules))"
    loaded = ast.literal_eval(
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    )
    assert not {"flask", "neo4j", "kglite", "networkx", "numpy", "scipy", "click"} & set(loaded)


def test_a_list_is_gone_through_page_by_page(graph: Client) -> None:
    few, many = graph.list_actors(limit=20), graph.list_actors(limit=500)
    ids = [actor.id for actor in few]
    assert len(ids) == few.first().total > 100
    assert ids == [actor.id for actor in many]


def test_an_answer_is_typed(graph: Client) -> None:
    actor = graph.get_actor(TAU)
    assert actor.id == TAU
    assert actor.partners[0].shared >= actor.partners[-1].shared > 0
    found = graph.list_actors(business_id=actor.business_id).first()
    assert [each.id for each in found.items] == [TAU]
    assert b"<graphml" in graph.get_network_file(format="graphml")


def test_what_did_not_change_is_the_same_answer(graph: Client) -> None:
    assert graph.get_actor(TAU) is graph.get_actor(TAU)


def test_errors_say_what_the_service_says(graph: Client) -> None:
    with pytest.raises(NotFound, match="nobody") as gone:
        graph.get_actor("nobody")
    assert gone.value.type.endswith("not-found")
    assert gone.value.request_id
    with pytest.raises(WrongInput) as wrong:
        graph.list_actors(limit=0).first()
    assert list(wrong.value.errors) == ["limit"]


def test_what_takes_long_is_waited_for(graph: Client) -> None:
    found = graph.list_missing_partnerships(top=5, place="FI197")
    assert len(found.items) == 5
    assert found.items[0].reasons


def test_a_change_is_made_and_taken_back(graph: Client) -> None:
    ids = [actor.id for actor in graph.list_actors(limit=2).first().items]
    before = graph.get_status().revision
    done = graph.judge({"a": min(ids), "b": max(ids), "verdict": "different", "by": "Maija", "reason": "register"})
    assert graph.get_status().revision == before + 1
    (change,) = graph.list_changes(before).items
    assert (change.kind, change.by, set(change.changed.actors)) == ("judgement", "Maija", set(ids))
    assert done.act
    graph.withdraw_judgement(done.act, {"by": "Maija", "reason": "a test"})
    assert graph.get_status().revision == before + 2


def test_no_service_is_said_so() -> None:
    with Client("http://127.0.0.1:9", attempts=1) as client, pytest.raises(Unreachable, match="gave no answer"):
        client.get_health()


# ---- a service that does as it is told

Told = Callable[[str, str, int], tuple[int, dict[str, str], Any]]


@pytest.fixture
def told() -> Iterator[Callable[[Told], tuple[Client, list[tuple[str, str, dict[str, str]]]]]]:
    """Start a service that answers as a function of method, path and number of the request says."""
    servers: list[ThreadingHTTPServer] = []
    clients: list[Client] = []

    def start(answer: Told) -> tuple[Client, list[tuple[str, str, dict[str, str]]]]:
        seen: list[tuple[str, str, dict[str, str]]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                seen.append((self.command, self.path, dict(self.headers.items())))
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, headers, body = answer(self.command, self.path, len(seen))
                data = b"" if body is None else json.dumps(body).encode()
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(data))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

            do_POST = do_GET  # noqa: N815

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        Thread(target=server.serve_forever, daemon=True).start()
        client = Client(f"http://127.0.0.1:{server.server_port}", "gsv_key", patience=3)
        clients.append(client)
        return client, seen

    yield start
    for each in clients:
        each.close()
    for server in servers:
        server.shutdown()
        server.server_close()


HEALTH = {"status": "ok", "version": "1", "revision": 3, "more": "of a newer service"}
AWAY = {"type": "/problems/store-unavailable", "title": "Away", "status": 503, "detail": "Away.", "request_id": "r"}


def test_a_service_that_is_away_for_a_moment_is_asked_again(told: Any) -> None:
    client, seen = told(lambda _m, _p, n: (503, {"Retry-After": "0"}, AWAY) if n < 3 else (200, {}, HEALTH))
    assert client.get_health().revision == 3
    assert len(seen) == 3
    assert all(headers["Authorization"] == "Bearer gsv_key" for _, _, headers in seen)


def test_a_service_that_stays_away_is_an_error(told: Any) -> None:
    client, _ = told(lambda *_: (503, {"Retry-After": "60"}, AWAY))
    with pytest.raises(Busy, match="Away") as away:
        client.get_health()
    assert away.value.status == 503


def test_a_change_has_one_key_however_often_it_is_sent(told: Any) -> None:
    answer = {"detail": "Gone on."}
    client, seen = told(lambda _m, _p, n: (503, {"Retry-After": "0"}, AWAY) if n < 3 else (409, {}, answer))
    with pytest.raises(GoneOn, match="Gone on"):
        client.withdraw_judgement("x", {"by": "Maija"})
    assert [method for method, _, _ in seen] == ["POST"] * 3
    assert len({headers["Idempotency-Key"] for _, _, headers in seen}) == 1


def test_the_same_is_not_sent_twice(told: Any) -> None:
    client, seen = told(lambda _m, _p, n: (200, {"ETag": '"7-a"'}, HEALTH) if n == 1 else (304, {}, None))
    assert client.get_health() is client.get_health()
    assert seen[1][2]["If-None-Match"] == '"7-a"'


def test_a_job_is_waited_for_and_its_failure_told(told: Any) -> None:
    def done(_method: str, path: str, number: int) -> tuple[int, dict[str, str], Any]:
        if path.startswith("/api/v1/jobs"):
            return 200, {"Retry-After": "0"}, {"state": "running" if number < 4 else "done"}
        return (202, {"Location": "/api/v1/jobs/j", "Retry-After": "0"}, {}) if number == 1 else (200, {}, HEALTH)

    client, seen = told(done)
    assert client.get_health().revision == 3
    assert [path for _, path, _ in seen] == ["/health", *["/api/v1/jobs/j"] * 3, "/health"]

    def failed(_method: str, path: str, _number: int) -> tuple[int, dict[str, str], Any]:
        if path.startswith("/api/v1/jobs"):
            return 200, {}, {"state": "failed", "error": "Too large.", "remedy": "Ask for less."}
        return 202, {"Location": "/api/v1/jobs/j", "Retry-After": "0"}, {}

    with pytest.raises(JobFailed, match=r"Too large\. Ask for less\."):
        told(failed)[0].get_health()


def test_patience_ends(told: Any) -> None:
    client, _ = told(lambda _m, _p, _n: (202, {"Location": "/api/v1/jobs/j", "Retry-After": "60"}, {}))
    with pytest.raises(TooSlow, match="goes on"):
        client.get_health()
