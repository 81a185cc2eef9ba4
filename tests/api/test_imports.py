"""The upload door: a file is sent in, recognised, checked, saved just as it was checked, told of, and taken back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from graphsvc.access.keys import KeyRing, Wish
from graphsvc.access.rights import Right
from graphsvc.app import create_app
from graphsvc.importing import Confirmed
from graphsvc.jobs.report import Report, Stop, Stopped
from graphsvc.samples import sample_path
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.uploads import LIFE, Uploads
from graphsvc.working import dispatcher, handlers
from tests.ingest.hostile.case import Case, Refused
from tests.ingest.hostile.every import CASES

LIST = "Organisation;Project;Municipality\nAlfa Oy;Project one;Tampere\nBeta ry;Project one;Nokia\n"
MORE = LIST + "Gamma ky;Project two;Ylöjärvi\n"
HOSTILE = [case for case in CASES if Path(case.file).suffix and case.file.isprintable()][::5]
"""A part of the kinds that tests/ingest tries: the reader is the same, and what is tried here is the door."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(store=str(tmp_path / "graph.kgl"), home=tmp_path / "home", upload_megabytes=1)


@pytest.fixture
def service(settings: Settings) -> Iterator[Service]:
    service = Service.open(settings)
    yield service
    service.close()


@pytest.fixture
def client(settings: Settings, service: Service) -> FlaskClient:
    return create_app(settings, service).test_client()


def send(client: FlaskClient, content: str | bytes, name: str = "list.csv", **headers: str) -> dict[str, Any]:
    data = content.encode() if isinstance(content, str) else content
    answer = client.post(
        "/api/v1/uploads",
        query_string={"name": name},
        data=data,
        content_type="application/octet-stream",
        headers=headers,
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def work(service: Service) -> None:
    dispatcher(service, threads=0).drain()


def result(client: FlaskClient, answer: TestResponse) -> dict[str, Any]:
    """What became of the job that an answer names."""
    assert answer.status_code == 202, answer.text
    found = client.get(f"{answer.headers['Location']}/result")
    assert found.status_code == 200, found.text
    values: dict[str, Any] = found.get_json()
    return values


def check(client: FlaskClient, service: Service, upload: str, mapping: Any = None) -> dict[str, Any]:
    asked = client.post(f"/api/v1/uploads/{upload}/check", json={"mapping": mapping})
    if asked.status_code == 200:
        kept: dict[str, Any] = asked.get_json()
        return kept
    work(service)
    digest = result(client, asked)["digest"]
    again = client.post(f"/api/v1/uploads/{upload}/check", json={"mapping": mapping})
    assert again.status_code == 200, "asked again, the answer is there"
    assert again.get_json() == client.get(f"/api/v1/uploads/{upload}/checks/{digest}").get_json()
    found: dict[str, Any] = again.get_json()
    return found


def bring(client: FlaskClient, service: Service, upload: str, digest: str, mapping: Any = None) -> dict[str, Any]:
    asked = client.post("/api/v1/imports", json={"upload": upload, "digest": digest, "mapping": mapping})
    work(service)
    return result(client, asked)


def whole_way(client: FlaskClient, service: Service, content: str, name: str = "list.csv") -> dict[str, Any]:
    upload = send(client, content, name)["id"]
    return bring(client, service, upload, check(client, service, upload)["digest"])


def files(settings: Settings) -> list[str]:
    return sorted(path.name for path in settings.home.glob("uploads-*/*") if "sqlite" not in path.name)


# ---- the whole way


def test_a_list_comes_in_and_goes_out_again(client: FlaskClient, service: Service) -> None:
    empty = service._store.graph_hash()
    upload = send(client, LIST)
    columns = client.get(f"/api/v1/uploads/{upload['id']}/columns").get_json()
    assert columns["format"] == "list of affiliations", "what it is by itself"
    read = {each["title"]: each["field"] for each in columns["mapping"]["sheets"][0]["columns"]}
    assert read == {"Organisation": "actor.name", "Project": "collaboration.name", "Municipality": "actor.municipality"}
    looked = check(client, service, upload["id"], columns["mapping"])
    assert (looked["rows"], looked["new_actors"], looked["compared"]["new"]["participation"]) == (2, 2, 2)
    assert service.revision() == 0, "nothing is saved by a dry run"
    done = bring(client, service, upload["id"], looked["digest"], columns["mapping"])
    assert {actor.name for actor in service.snapshot().actors} == {"Alfa Oy", "Beta ry"}
    told = client.get(f"/api/v1/imports/{done['import']}").get_json()
    assert told["name"] == "list.csv"
    assert told["changed"]["new"]["actor"] == 2
    assert (told["state"], told["undoable"], told["undone"]) == ("finished", True, False)
    undone = client.post(f"/api/v1/imports/{done['import']}/undo")
    work(service)
    assert result(client, undone)["restored"] is None
    assert service._store.graph_hash() == empty
    newest, oldest = client.get("/api/v1/imports").get_json()["items"]
    assert (newest["undoes"], oldest["undone"], oldest["undoable"]) == (done["import"], True, False)
    back = client.get(newest["href"]).get_json()
    assert back["changed"]["gone"]["actor"] == 2


def test_the_sample_comes_in_as_the_command_line_brings_it(client: FlaskClient, service: Service) -> None:
    upload = send(client, sample_path().read_bytes(), sample_path().name)
    looked = check(client, service, upload["id"])
    bring(client, service, upload["id"], looked["digest"])
    other = Service.open(Settings(store=":memory:", home=Path("unused")))
    other.load(other.check(sample_path()))
    assert service._store.graph_hash() == other._store.graph_hash()
    other.close()


def test_the_next_version_of_a_file_is_held_against_the_one_before(client: FlaskClient, service: Service) -> None:
    first = whole_way(client, service, LIST)
    upload = send(client, MORE)["id"]
    looked = check(client, service, upload)
    assert looked["compared"]["new"]["actor"] == 1
    assert looked["compared"]["unchanged"]["actor"] == 2
    second = bring(client, service, upload, looked["digest"])
    told = client.get(f"/api/v1/imports/{second['import']}").get_json()
    assert told["changed"] == looked["compared"], "what the check said is what was done"
    early = client.post(f"/api/v1/imports/{first['import']}/undo")
    assert early.status_code == 422
    assert "followed by" in early.get_json()["detail"]


def test_a_corrected_reading_of_columns_is_followed_and_remembered(client: FlaskClient, service: Service) -> None:
    upload = send(client, LIST)["id"]
    mapping = client.get(f"/api/v1/uploads/{upload}/columns").get_json()["mapping"]
    for column in mapping["sheets"][0]["columns"]:
        if column["title"] == "Municipality":
            column["field"] = "ignore"
    bring(client, service, upload, check(client, service, upload, mapping)["digest"], mapping)
    assert all(actor.place is None for actor in service.snapshot().actors)
    other = send(client, MORE, "next.csv")["id"]
    again = client.get(f"/api/v1/uploads/{other}/columns").get_json()["mapping"]
    assert {each["field"] for each in again["sheets"][0]["columns"]} >= {"ignore", "actor.name"}


def test_a_field_that_there_is_not_is_said(client: FlaskClient) -> None:
    upload = send(client, LIST)["id"]
    mapping = client.get(f"/api/v1/uploads/{upload}/columns").get_json()["mapping"]
    mapping["sheets"][0]["columns"][0]["field"] = "actor.nothing"
    answer = client.post(f"/api/v1/uploads/{upload}/check", json={"mapping": mapping})
    assert answer.status_code == 422
    assert "actor.nothing" in answer.get_json()["detail"]


# ---- what is confirmed is what was checked


def test_nothing_is_saved_that_was_not_checked(client: FlaskClient, service: Service) -> None:
    upload = send(client, LIST)["id"]
    answer = client.post("/api/v1/imports", json={"upload": upload, "digest": "0" * 32})
    assert answer.status_code == 409
    assert answer.get_json()["type"] == "/problems/not-as-checked"


def test_columns_read_otherwise_than_checked_are_refused(client: FlaskClient, service: Service) -> None:
    upload = send(client, LIST)["id"]
    mapping = client.get(f"/api/v1/uploads/{upload}/columns").get_json()["mapping"]
    digest = check(client, service, upload)["digest"]
    answer = client.post("/api/v1/imports", json={"upload": upload, "digest": digest, "mapping": mapping})
    assert answer.status_code == 409
    assert "columns" in answer.get_json()["detail"]


def test_a_graph_that_went_on_is_named(client: FlaskClient, service: Service) -> None:
    upload = send(client, LIST)["id"]
    digest = check(client, service, upload)["digest"]
    whole_way(client, service, MORE, "other.csv")
    answer = client.post("/api/v1/imports", json={"upload": upload, "digest": digest})
    assert answer.status_code == 409
    assert "other" in answer.get_json()["detail"]


def test_a_graph_that_goes_on_while_the_import_waits_ends_it_with_a_sentence(
    client: FlaskClient, service: Service
) -> None:
    first, second = send(client, LIST)["id"], send(client, MORE, "other.csv")["id"]
    digests = [check(client, service, upload)["digest"] for upload in (first, second)]
    asked = [
        client.post("/api/v1/imports", json={"upload": upload, "digest": digest})
        for upload, digest in zip((first, second), digests, strict=True)
    ]
    work(service)
    jobs = [client.get(each.headers["Location"]).get_json() for each in asked]
    assert [each["state"] for each in jobs] == ["done", "failed"]
    assert "list.csv" in jobs[1]["error"] or "file-list" in jobs[1]["error"]
    assert {source.id for source in service.snapshot().sources} == {"file-list-csv"}


def test_an_import_that_was_cut_goes_on_under_its_check(client: FlaskClient, service: Service) -> None:
    """The job is begun again after a kill: the graph has gone on by its own first batch."""
    upload = send(client, LIST)["id"]
    digest = check(client, service, upload)["digest"]
    client.post("/api/v1/imports", json={"upload": upload, "digest": digest})
    claim = service.jobs.claim("killed", ["import"])
    assert claim
    store, applied = service._store, list[Any]()

    class Killed(Exception):
        pass

    apply = store.apply

    def cut(change: Any) -> bool:
        if applied:
            raise Killed
        applied.append(change)
        return apply(change)

    store.apply = cut  # type: ignore[method-assign]  # a kill between two transactions
    with pytest.raises(Killed):
        service.bring(Confirmed(upload, digest))
    store.apply = apply  # type: ignore[method-assign]
    assert service.revision() == 1
    service.jobs.give_back(claim)
    work(service)
    (job,), _ = service.jobs.find(kind="import")
    assert job.state == "done", job.error
    assert len(service.snapshot().actors) == 2


def test_an_import_that_is_cancelled_in_the_middle_leaves_nothing(client: FlaskClient, service: Service) -> None:
    rows = "".join(f"Firm {n};Project {n % 40};Tampere\n" for n in range(6_000))
    upload = send(client, "Organisation;Project;Municipality\n" + rows)["id"]
    digest = check(client, service, upload)["digest"]
    empty, apply = service._store.graph_hash(), service._store.apply
    client.post("/api/v1/imports", json={"upload": upload, "digest": digest})
    claim = service.jobs.claim("test", ["import"])
    assert claim
    report = Report(service.jobs, claim)

    def cancelling(change: Any) -> bool:
        report.ask(Stop.CANCELLED)
        return apply(change)

    service._store.apply = cancelling  # type: ignore[method-assign]  # somebody cancels while the first batch is written
    with pytest.raises(Stopped):
        handlers(service)["import"]({"upload": upload, "digest": digest}, report)
    assert service.revision() > 1, "it had begun"
    assert service._store.graph_hash() == empty


# ---- what comes to the door


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FlaskClient, Service, Settings]]:
    """One service for all hostile files."""
    home = tmp_path_factory.mktemp("home")
    settings = Settings(store=str(home / "graph.kgl"), home=home, upload_megabytes=1)
    service = Service.open(settings)
    yield create_app(settings, service).test_client(), service, settings
    service.close()


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case.name)
def test_a_hostile_file_is_a_sentence(case: Case, one: tuple[FlaskClient, Service, Settings], tmp_path: Path) -> None:
    client, service, settings = one
    path = tmp_path / "made" / case.file
    path.parent.mkdir(parents=True)
    case.make(path)
    if not path.is_file() or path.stat().st_size > 1024 * 1024:
        pytest.skip("no single file, or too large for the door")
    upload = send(client, path.read_bytes(), path.name.encode("utf-8", "replace").decode())["id"]
    columns = client.get(f"/api/v1/uploads/{upload}/columns")
    assert columns.status_code in (200, 415, 422), columns.text
    looked = check(client, service, upload)
    assert bool(looked["refused"]) == isinstance(case.outcome, Refused), looked["refused"]
    if looked["refused"]:
        answer = client.post("/api/v1/imports", json={"upload": upload, "digest": looked["digest"]})
        assert answer.status_code == 422
        assert looked["refused"] in answer.get_json()["detail"]
    client.delete(f"/api/v1/uploads/{upload}")
    assert not files(settings)
    assert service.revision() == 0


def test_rows_that_are_wrong_are_told_with_their_place_in_pages(client: FlaskClient, service: Service) -> None:
    rows = "".join(f"Firm {n};31.2.20{n:02d}\n" for n in range(60))
    upload = send(client, "name;start\n" + rows, "collaborations.csv")["id"]
    first = check(client, service, upload)
    assert len(first["problems"]) == 50
    one = first["problems"][0]
    assert (one["file"], one["row"], one["column"]) == ("collaborations.csv", 2, "start")
    at = f"/api/v1/uploads/{upload}/checks/{first['digest']}"
    second = client.get(at, query_string={"cursor": first["next"]}).get_json()
    assert [each["row"] for each in second["problems"]] == list(range(52, 62))
    assert second["next"] is None
    assert second["total"] == 60


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\fake path\\list.csv", "list.csv"),
        ("a\u202egpj.csv", "agpj.csv"),
        ("CON.csv", "CON.csv"),
        ("Hämeen  hankkeet.csv", "Hämeen hankkeet.csv"),
    ],
)
def test_the_name_given_is_data_and_never_a_path(
    client: FlaskClient, settings: Settings, name: str, shown: str
) -> None:
    upload = send(client, LIST, name)
    assert upload["name"] == shown
    assert files(settings) == [f"{upload['id']}.upload"]


@pytest.mark.parametrize("name", ["", "...", "/", "x" * 201])
def test_a_name_that_is_none_is_refused_and_leaves_nothing(client: FlaskClient, settings: Settings, name: str) -> None:
    answer = client.post(
        "/api/v1/uploads", query_string={"name": name}, data=b"a", content_type="application/octet-stream"
    )
    assert answer.status_code == 422
    assert not files(settings)


def test_a_form_brings_a_file_with_its_name(client: FlaskClient) -> None:
    answer = client.post("/api/v1/uploads", data={"file": (io.BytesIO(LIST.encode()), "list.csv")})
    assert answer.status_code == 200, answer.text
    assert answer.get_json()["size"] == len(LIST.encode())


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b"x" * (1024 * 1024 + 20_000), "application/octet-stream", 413),
        (b"x" * (1024 * 1024 + 1), "application/octet-stream", 413),
        (b"{}", "application/json", 415),
        (b"a=b", "application/x-www-form-urlencoded", 415),
        (b"a", "", 415),
        (b"a", "multipart/form-data", 400),
        (b"--b\r\nrubbish", "multipart/form-data; boundary=b", 400),
        (
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\na;b\r\n',
            "multipart/form-data; boundary=b",
            400,
        ),
        (
            b'--b\r\nContent-Disposition: form-data; name="other"; filename="a.csv"\r\n\r\na\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
            400,
        ),
        (
            b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\na\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
            400,
        ),
    ],
)
def test_a_broken_envelope_has_its_answer_and_leaves_nothing(
    client: FlaskClient, settings: Settings, data: bytes, kind: str, status: int
) -> None:
    answer = client.post("/api/v1/uploads", query_string={"name": "a.csv"}, data=data, content_type=kind)
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"
    assert not files(settings)


def test_two_files_in_a_form_are_refused(client: FlaskClient, settings: Settings) -> None:
    both = [(io.BytesIO(b"a"), "a.csv"), (io.BytesIO(b"b"), "b.csv")]
    assert client.post("/api/v1/uploads", data={"file": both}).status_code == 400
    assert not files(settings)


def test_a_page_of_another_site_sends_nothing(client: FlaskClient) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        form = {"file": (io.BytesIO(LIST.encode()), "list.csv")}
        assert client.post("/api/v1/uploads", data=form, headers=headers).status_code == 403


# ---- whose it is, and for how long


def test_uploads_die_after_a_day(settings: Settings) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    uploads = Uploads(settings.home / "uploads-x", 100, lambda: now)
    with uploads.receiving() as file:
        file.write(b"a")
        kept = uploads.add(uploads.received(file), "a.csv", "somebody")
    uploads.find(kept.id, "0" * 32, "{}")
    now += LIFE - timedelta(seconds=1)
    uploads.sweep()
    assert files(settings) == [f"{kept.id}.upload"]
    now += timedelta(seconds=1)
    assert not uploads.all()
    uploads.sweep()
    assert not files(settings)
    assert uploads.finding(kept.id, "0" * 32) is None


def test_uploads_belong_to_who_sent_them(tmp_path: Path) -> None:
    settings = Settings(store=":memory:", home=tmp_path, public="nothing", work_per_minute=0)
    service, ring = Service.open(settings), KeyRing.of(tmp_path)
    client = create_app(settings, service).test_client()

    def key(name: str, right: Right, place: str | None = None) -> dict[str, str]:
        return {"Authorization": f"Bearer {ring.make(Wish(name, right, place=place))[1]}"}

    mine, other = key("mine", Right.WRITE), key("other", Right.WRITE)
    admin, reader, limited = key("admin", Right.ADMIN), key("reader", Right.READ), key("part", Right.READ, "FI197")
    upload = send(client, LIST, **mine)["id"]
    for headers, seen in ((mine, 1), (other, 0), (admin, 1)):
        assert len(client.get("/api/v1/uploads", headers=headers).get_json()["items"]) == seen
    for headers, status in ((other, 404), (reader, 403), (limited, 403), ({}, 401), (mine, 200), (admin, 200)):
        assert client.get(f"/api/v1/uploads/{upload}/columns", headers=headers).status_code == status
    for headers, status in ((other, 404), (reader, 403), (limited, 403)):
        wish = {"upload": upload, "digest": "0" * 32}
        assert client.post("/api/v1/imports", json=wish, headers=headers).status_code == status
        assert client.delete(f"/api/v1/uploads/{upload}", headers=headers).status_code == status
    assert client.delete(f"/api/v1/uploads/{upload}", headers=admin).status_code == 200
    assert client.get(f"/api/v1/uploads/{upload}/columns", headers=mine).status_code == 404
    service.close()


def test_imports_come_in_pages(client: FlaskClient, service: Service) -> None:
    for name in ("a.csv", "b.csv", "c.csv"):
        whole_way(client, service, LIST.replace("Alfa", name), name)
    seen, cursor = [], None
    while True:
        page = client.get("/api/v1/imports", query_string={"limit": "1", **({"cursor": cursor} if cursor else {})})
        seen += [each["name"] for each in page.get_json()["items"]]
        cursor = page.get_json()["next"]
        if cursor is None:
            break
    assert sorted(seen) == ["a.csv", "b.csv", "c.csv"]


def test_only_questions_can_be_asked_for_at_the_door_of_jobs(client: FlaskClient) -> None:
    wish = {"kind": "undo", "arguments": {"import_id": "0" * 16}}
    assert client.post("/api/v1/jobs", json=wish).status_code == 422
