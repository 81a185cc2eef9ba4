"""Jobs over HTTP: what takes long is answered with 202 and a job, never with a request that hangs."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from graphsvc import serving, working
from graphsvc.analysis.effort import Cancelled
from graphsvc.api import job_events, openapi, routes
from graphsvc.api.jobs import EXAMPLE
from graphsvc.app import create_app
from graphsvc.jobs import table
from graphsvc.jobs.job import Wish
from graphsvc.jobs.report import Report
from graphsvc.samples import sample_path
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.opening import open_store
from graphsvc.wishes import MeasuresAsked, MissingAsked
from graphsvc.working import UNWATCHED, Kind

SETTINGS = Settings(store=":memory:")
COSTLY = {
    "measures": "/api/v1/measures?limit=11&sort=betweenness",
    "over-time": "/api/v1/measures/over-time?first=2016&last=2018",
    "change": "/api/v1/measures/change?earlier=2016-12-31&later=2018-12-31&measure=degree",
    "backtest": "/api/v1/backtests?until=2018-01-01",
    "missing": "/api/v1/partnerships/missing?top=7",
}


@pytest.fixture(scope="module")
def graph() -> Iterator[GraphStore]:
    store = open_store(SETTINGS)
    service = Service(store)
    service.load(service.check(sample_path()))
    yield store
    service.close()


@pytest.fixture
def service(graph: GraphStore) -> Iterator[Service]:
    """A service that remembers nothing and has no jobs, on a graph that nobody changes."""
    service = Service(graph)
    yield service
    service.jobs.close()


@pytest.fixture
def client(service: Service) -> FlaskClient:
    return create_app(SETTINGS, service).test_client()


@pytest.fixture
def nothing_is_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "REQUEST_SECONDS", 0.0)


def work(service: Service) -> None:
    working.dispatcher(service, threads=0).drain()


def told(response: TestResponse, status: int = 200) -> Any:
    assert response.status_code == status, response.text
    return response.json


@pytest.mark.usefixtures("nothing_is_quick")
@pytest.mark.parametrize("kind", COSTLY)
def test_what_takes_long_becomes_a_job_and_then_an_answer(client: FlaskClient, service: Service, kind: str) -> None:
    response = client.get(COSTLY[kind])
    job = told(response, 202)
    assert (job["kind"], job["state"], job["by"]) == (kind, "queued", "public")
    assert response.headers["Location"] == job["href"] == f"/api/v1/jobs/{job['id']}"
    assert int(response.headers["Retry-After"]) > 0
    assert told(client.get(COSTLY[kind]), 202)["id"] == job["id"], "asked twice is one job"
    work(service)
    done = told(client.get(job["href"]))
    assert (done["state"], done["error"]) == ("done", None)
    answer = told(client.get(COSTLY[kind]))
    assert answer["revision"] == service.revision() == told(client.get(done["result"]))["revision"]


@pytest.mark.parametrize("kind", COSTLY)
def test_what_is_quick_is_the_same_answer_without_a_job(
    client: FlaskClient, service: Service, graph: GraphStore, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = told(client.get(COSTLY[kind]))
    assert service.jobs.find()[1] == 0
    other = Service(graph)
    monkeypatch.setattr(working, "REQUEST_SECONDS", 0.0)
    asking = create_app(SETTINGS, other).test_client()
    told(asking.get(COSTLY[kind]), 202)
    work(other)
    assert told(asking.get(COSTLY[kind])) == at_once
    other.jobs.close()


@pytest.mark.usefixtures("nothing_is_quick")
def test_a_request_never_waits_for_the_job_that_is_at_it(
    client: FlaskClient, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, go_on = threading.Event(), threading.Event()
    measured = service.measures

    def slow(*arguments: Any, **how: Any) -> Any:
        def make(_view: Any) -> Any:
            inside.set()
            go_on.wait(30)
            return measured(*arguments, **how)

        question = working.KINDS["measures"].question
        assert question
        return service.outlook.share(question.shared(MeasuresAsked()), make)

    told(client.get("/api/v1/measures"), 202)
    monkeypatch.setattr(service, "measures", slow)
    dispatcher = working.dispatcher(service, threads=1)
    dispatcher.start()
    try:
        inside.wait(20)
        began = time.monotonic()
        assert told(client.get("/api/v1/measures"), 202)["state"] == "running"
        assert time.monotonic() - began < 2
    finally:
        monkeypatch.undo()
        go_on.set()
        dispatcher.stop()


def test_a_wish_is_queued_done_and_read(client: FlaskClient, service: Service) -> None:
    wish = {"kind": "missing", "arguments": {"top": 3, "view": {"place": "FI197"}}, "by": "Maija"}
    response = client.post("/api/v1/jobs", json=wish)
    job = told(response, 202)
    assert (job["state"], job["by"], job["arguments"]["top"]) == ("queued", "Maija", 3)
    waiting = client.get(job["href"])
    assert waiting.headers["Retry-After"] == "1"
    assert client.get(f"{job['href']}/result").status_code == 202
    same = client.get(job["href"], headers={"If-None-Match": waiting.headers["ETag"]})
    assert (same.status_code, same.headers["Retry-After"]) == (304, "1")
    work(service)
    done = client.get(job["href"], headers={"If-None-Match": waiting.headers["ETag"]})
    assert (told(done)["state"], done.headers.get("Retry-After")) == ("done", None)
    assert [each["rank"] for each in told(client.get(told(done)["result"]))["partnerships"]] == [1, 2, 3]


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"kind": "paint", "arguments": {}}, "paint"),
        ({"kind": "missing", "arguments": {"top": 0}}, "top"),
        ({"kind": "missing", "arguments": {"bottom": 1}}, "bottom"),
        ({"kind": "measures", "arguments": {"measures": ["fame"]}}, "measures"),
        ({"kind": "over-time", "arguments": {"first": 2019, "last": 2014}}, "in order"),
        ({"kind": "missing", "arguments": {"view": {"since": "2020-01-01", "until": "2019-01-01"}}}, "until"),
    ],
)
def test_what_can_t_be_wished_for(client: FlaskClient, wish: dict[str, Any], field: str) -> None:
    response = client.post("/api/v1/jobs", json=wish)
    assert response.status_code == 422
    assert field in response.text


def test_a_job_that_failed_says_why(client: FlaskClient, service: Service) -> None:
    wish = {"kind": "measures", "arguments": {"view": {"theme": "no-such-theme"}}}
    job = told(client.post("/api/v1/jobs", json=wish), 202)
    work(service)
    failed = told(client.get(job["href"]))
    assert failed["state"] == "failed"
    assert "no-such-theme" in failed["error"]
    assert failed["remedy"]
    problem = told(client.get(f"{job['href']}/result"), 409)
    assert problem["type"] == "/problems/no-result"
    assert "no-such-theme" in problem["detail"]


def test_cancelling(client: FlaskClient, service: Service) -> None:
    job = told(client.post("/api/v1/jobs", json={"kind": "measures", "arguments": {}}), 202)
    assert told(client.delete(job["href"]))["state"] == "cancelled"
    assert told(client.delete(job["href"]))["state"] == "cancelled", "twice is once"
    assert client.get(f"{job['href']}/result").status_code == 409
    assert client.delete(f"/api/v1/jobs/{EXAMPLE}").status_code == 404


def test_lists(client: FlaskClient, service: Service) -> None:
    for top in range(1, 6):
        service.jobs.add(Wish("missing", json.dumps({"top": top})))
    first = told(client.get("/api/v1/jobs?limit=2"))
    assert ([each["arguments"]["top"] for each in first["items"]], first["total"]) == ([5, 4], 5)
    rest = told(client.get(f"/api/v1/jobs?limit=3&cursor={first['next']}"))
    assert [each["arguments"]["top"] for each in rest["items"]] == [3, 2, 1]
    assert told(client.get("/api/v1/jobs?state=done&kind=missing"))["total"] == 0
    strange = told(client.get("/api/v1/actors?limit=1"))["next"]
    assert client.get(f"/api/v1/jobs?cursor={strange}").status_code == 422


def events(client: FlaskClient, job: str, **headers: str) -> TestResponse:
    return client.get(f"/api/v1/jobs/{job}/events", headers=headers)


def test_a_job_is_watched_until_its_end(client: FlaskClient, service: Service) -> None:
    job = told(client.post("/api/v1/jobs", json={"kind": "missing", "arguments": {"top": 3}}), 202)
    stream = events(client, job["id"])
    assert stream.mimetype == "text/event-stream"
    timer = threading.Timer(0.8, work, [service])
    timer.start()
    text = stream.get_data(as_text=True)
    timer.join()
    states = [json.loads(line[6:])["state"] for line in text.splitlines() if line.startswith("data: ")]
    assert (states[0], states[-1]) == ("queued", "done")
    last = [line[4:] for line in text.splitlines() if line.startswith("id: ")][-1]
    assert events(client, job["id"], **{"Last-Event-ID": last}).status_code == 204


def test_streams_leave_threads_for_others_and_end(
    client: FlaskClient, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert serving.THREADS // 2 == job_events.STREAMS
    monkeypatch.setattr(job_events, "SECONDS", 0.0)
    job = service.jobs.add(Wish("missing", "{}"))
    streams = [events(client, job.id) for _ in range(job_events.STREAMS)]
    refused = events(client, job.id)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert client.get(f"/api/v1/jobs/{job.id}").status_code == 200
    streams[0].close()  # one that was never read
    assert events(client, job.id).get_data(), "its place is free again, and a stream ends by itself"
    for stream in streams[1:]:
        stream.close()


def test_streams_end_when_the_process_does(client: FlaskClient, service: Service) -> None:
    stream = events(client, service.jobs.add(Wish("missing", "{}")).id)
    service.jobs.leaving.set()
    began = time.monotonic()
    assert b"queued" in stream.get_data()
    assert time.monotonic() - began < 5


def test_a_full_queue_asks_to_come_back(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "WAITING", 0)
    response = client.post("/api/v1/jobs", json={"kind": "measures", "arguments": {}})
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")


def test_a_kind_is_one_entry(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a newcomer adds one: a model, a function, an entry."""

    def count(service: Service, asked: MissingAsked, watch: working.Watch) -> Any:
        watch(1, 2)
        return {"actors": len(service.snapshot().actors), "top": asked.top}

    monkeypatch.setattr(working, "KINDS", {**working.KINDS, "count": Kind(MissingAsked, count)})
    assert working.at_once(service, "count", MissingAsked()) is None
    job = working.queue(service, "count", MissingAsked(top=4), by="Maija")
    work(service)
    assert json.loads(service.jobs.result(job.id) or "") == {"actors": len(service.snapshot().actors), "top": 4}
    assert job.revision is None


@pytest.mark.parametrize("kind", COSTLY)
def test_the_result_of_a_job_is_json_of_the_answer(service: Service, kind: str) -> None:
    arguments = {
        "over-time": {"first": 2016, "last": 2017},
        "change": {"earlier": "2016-12-31", "later": "2017-12-31", "measure": "degree"},
        "backtest": {"until": "2018-01-01"},
    }.get(kind, {})
    asked = working.KINDS[kind].arguments.model_validate(arguments, strict=False)
    result = working.KINDS[kind].work(service, asked, UNWATCHED)
    assert json.loads(json.dumps(result, allow_nan=False))["revision"] == service.revision()


def test_measures_stop_within_two_seconds(service: Service) -> None:
    """The measures ask whether to stop; here the one who asks says yes at once."""
    job = working.queue(service, "measures", MeasuresAsked(measures=("betweenness", "closeness")))
    claim = service.jobs.claim("one", ["measures"])
    assert claim
    service.jobs.cancel(job.id)
    report = Report(service.jobs, claim)
    report.hear(service.jobs.renew(claim))
    with pytest.raises(Cancelled):
        working.KINDS["measures"].work(service, MeasuresAsked(measures=("betweenness",)), report)


def test_the_document_tells_of_both_answers() -> None:
    document = openapi.document(each for noun in routes.NOUNS for each in noun)
    for path in COSTLY.values():
        responses = document["paths"][path.partition("?")[0]]["get"]["responses"]
        assert {"200", "202"} <= responses.keys()
    accepted = document["components"]["responses"]["202"]
    assert accepted["headers"].keys() == {"Location", "Retry-After"}
    kinds = document["paths"]["/api/v1/jobs"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    wanted = document["components"]["schemas"][kinds["$ref"].rsplit("/", 1)[-1]]
    questions = {name for name, kind in working.KINDS.items() if kind.question}
    assert wanted["discriminator"]["mapping"].keys() == questions
    Draft202012Validator.check_schema(wanted)
