"""A page that waits for work: what failed or was cancelled is told, and begun anew only by who presses the button."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graphsvc import working
from graphsvc.access.keys import KeyRing
from graphsvc.access.keys import Wish as KeyWish
from graphsvc.app import create_app
from graphsvc.jobs.job import State, Wish
from graphsvc.service import Service
from graphsvc.settings import Settings
from tests.pages.reading import LANGUAGES, read, send

WAITING_FOR = {
    "missing": "/missing?place=FI197&top=10",
    "backtest": "/track-record?until=2018-01-01&place=FI197",
    "measures": "/network?place=FI197",
    "export": "/exports/kumu?place=FI197",
    "report": "/publications/report?place=FI197",
}
FULL = "The store has no room left."
REMEDY = "Make room on the disk."
AGAIN = {"fi": "Yritä uudelleen", "sv": "Försök igen", "en": "Try again"}
CANCELLED = {"fi": "keskeytettiin", "sv": "avbröts", "en": "was cancelled"}


@pytest.fixture(autouse=True)
def nothing_is_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "REQUEST_SECONDS", 0.0)


def fail(service: Service, kind: str) -> str:
    claim = service.jobs.claim("test", [kind])
    assert claim
    service.jobs.end(claim, State.FAILED, FULL, REMEDY)
    return claim.job.id


@pytest.mark.parametrize("kind", WAITING_FOR)
def test_what_failed_is_told_and_not_begun_by_looking(writer: FlaskClient, own: Service, kind: str) -> None:
    at = f"{WAITING_FOR[kind]}&lang=en"
    assert 'data-job="' in writer.get(at).text
    failed = fail(own, kind)
    for _ in range(3):
        text = writer.get(at).text
        assert FULL in text and REMEDY in text
        assert 'role="alert"' in text and f'data-job="/api/v1/jobs/{failed}"' not in text
    assert own.jobs.find(kind=kind)[1] == 1, "nobody has asked for it again"
    (form,) = (each for each in read(writer, at).forms if each.action.endswith("/again"))
    answer = send(writer, form)
    assert (answer.status_code, answer.location) == (303, at)
    assert 'data-job="' in writer.get(at).text
    assert own.jobs.find((State.QUEUED,), kind)[1] == 1
    assert send(writer, form).status_code == 303, "pressed twice"
    assert own.jobs.find(kind=kind)[1] == 2
    working.dispatcher(own, threads=0).drain()
    done = writer.get(at, follow_redirects=True)
    assert done.status_code == 200 and b"data-job" not in done.data and FULL.encode() not in done.data


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_cancelled_stays_so(writer: FlaskClient, own: Service, language: str) -> None:
    at = f"{WAITING_FOR['missing']}&lang={language}"
    writer.get(at)
    ((job,), _) = own.jobs.find(kind="missing")
    own.jobs.cancel(job.id)
    page = read(writer, at)
    assert CANCELLED[language] in page.text and AGAIN[language] in page.text
    assert own.jobs.find(kind="missing")[1] == 1


def test_only_questions_are_begun_anew_and_nobody_is_led_elsewhere(writer: FlaskClient, own: Service) -> None:
    job = own.jobs.add(Wish("undo", '{"import_id": "x"}'))
    own.jobs.cancel(job.id)
    origin = {"Origin": "http://localhost"}
    answer = writer.post(f"/jobs/{job.id}/again", data={"next": "https://evil.example/"}, headers=origin)
    assert (answer.status_code, answer.location) == (303, "/")
    assert own.jobs.find()[1] == 1
    assert writer.post(f"/jobs/{'0' * 24}/again", headers=origin).status_code == 404


def test_who_is_limited_to_a_part_begins_only_what_is_about_it(own: Service, tmp_path: Path) -> None:
    settings = Settings(store=":memory:", home=tmp_path, host="0.0.0.0", work_per_minute=0)  # noqa: S104
    client = create_app(settings, own).test_client()
    mine = {"Authorization": f"Bearer {KeyRing.of(tmp_path).make(KeyWish('part', place='FI197'))[1]}"}
    statuses = []
    for view in ("{}", '{"place": "FI197"}'):
        job = own.jobs.add(Wish("missing", f'{{"view": {view}}}', revision=own.revision()))
        fail(own, "missing")
        statuses.append(client.post(f"/jobs/{job.id}/again", headers=mine).status_code)
    assert statuses == [403, 303]
