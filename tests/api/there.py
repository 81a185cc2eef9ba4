"""What the API can speak of: ids drawn from a pattern name nothing, and who asks for nothing learns no more than 404.

``spoken_of`` puts ids of the sample where ids were drawn; for things that a write uses up (a contact, a key, an import
that is undone …) a stand-in, for which ``named`` makes one anew on the service that is about to be asked.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from typing import Any, Final

from flask import Flask
from schemathesis.core.parameters import ParameterLocation

from graphsvc.api.uploads import EXAMPLE as UPLOAD
from graphsvc.api.uploads import EXAMPLE_DIGEST
from graphsvc.drawing import MapAsk
from graphsvc.importing import Look
from graphsvc.jobs.job import Wish
from graphsvc.model import ActorKind, View
from graphsvc.render.redaction import NOTHING
from graphsvc.service import Service
from tests.api.conftest import upload

ACTORS: Final = ("fi-2844561-8", "business-tampere", "fi-0211675-2", "fi-3221308-6")
THEMES: Final = ("digitalisation-of-industry", "urbanisation")
PLACES: Final = ("FI197", "FI1B1")
COLLABORATIONS: Final = ("cordis-643708",)
SOURCES: Final = ("file-pirkanmaa",)
NAMED: Final[dict[str, tuple[str, ...]]] = {
    "a": ACTORS[:2],
    "b": ACTORS[2:],
    "actor": ACTORS,
    "lead": ACTORS,
    "owner": ACTORS,
    "theme": THEMES,
    "themes": THEMES,
    "place": PLACES,
    "collaboration": COLLABORATIONS,
    "joins": COLLABORATIONS,
    "source": SOURCES,
    "call": ("interreg-europe",),
    "upload": (UPLOAD,),
    "digest": (EXAMPLE_DIGEST,),
}
"""Ids that are there, by the name of a parameter or of a field of a body."""
SAID: Final = {"email": ("liisa.laine@example.org",), "phone": ("03 123 4567",), "until": ("2099-12-31",)}
"""What else a body may say that a rule would hold up: a day to come."""
OF_NOUN: Final[dict[str, tuple[str, ...]]] = {
    "actors": ACTORS,
    "collaborations": COLLABORATIONS,
    "themes": THEMES,
    "places": PLACES,
    "sources": SOURCES,
    "calls": ("interreg-europe",),
}
"""Ids that are there and stay, by the noun that an address names before them."""
_CONTACT: Final = {
    "name": "Liisa Laine",
    "phone": "03 123 4567",
    "purpose": "call for proposals",
    "until": "2099-12-31",
}


def spoken_of(case: Any) -> tuple[dict[str, Any], Any, Any]:
    """Return what an address names, its query and its body, of which every other case speaks of what is there.

    Nothing is drawn for that, as schemathesis leaves out its cases of edges where something is. A document that offers
    these ids does not help, as what draws from it drops what a pattern allows anyhow.
    """
    path, query, body = dict(case.path_parameters), case.query, case.body
    number = zlib.crc32(repr(case).encode())
    if number % 2:
        return path, query, body
    if not case.meta.is_negative_at(ParameterLocation.PATH):
        path = {name: _of_path(_noun(case.operation.path), name, value, number) for name, value in path.items()}
    if not case.meta.is_negative_at(ParameterLocation.QUERY):
        query = _filled(query, NAMED, number)
    if not case.meta.is_negative_at(ParameterLocation.BODY):
        if isinstance(body, dict) and "purpose" in body:  # a contact person, who must be reached somehow
            body = {"phone": "", **body}
        body = _filled(body, NAMED | SAID, number)
    return path, query, body


def named(app: Flask, service: Service, path: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return what an address names, with what is made for it on this service where a stand-in is given."""
    noun = _noun(path)
    offered = STAND_INS.get(noun, {})
    if noun not in MADE or any(given[name] != offered.get(name) for name in given):
        return given
    made = MADE.get(path, MADE[noun])(app, service)
    return {name: made[name] for name in given}


def confirmed(app: Flask, service: Service, path: str, body: Any) -> Any:
    """Return a body, with what a check of the upload finds now where it confirms that of the documentation."""
    if path != "/api/v1/imports" or not isinstance(body, dict) or body.get("digest") != EXAMPLE_DIGEST:
        return body
    upload = _upload(app, service)["id"]
    return {**body, "upload": upload, "mapping": None, "digest": service.look(Look(upload)).digest}


def _noun(path: str) -> str:
    """Return the last word of an address before what it names: ``contacts`` of /api/v1/contacts/{id}/until."""
    before = path.partition("/{")[0]
    return before.rpartition("/")[2] if "/{" in path else ""


def _of_path(noun: str, name: str, drawn: Any, number: int) -> Any:
    if noun in STAND_INS:
        return STAND_INS[noun].get(name, drawn)
    return _one(OF_NOUN[noun], number) if noun in OF_NOUN and name == "id" else drawn


def _filled(drawn: Any, known: Mapping[str, tuple[str, ...]], number: int) -> Any:
    """Return a query or a body with what is known in all fields of a name."""
    if isinstance(drawn, list):
        return [_filled(each, known, number) for each in drawn]
    if not isinstance(drawn, dict):
        return drawn
    return {name: _of_field(name, value, known, number) for name, value in drawn.items()}


def _of_field(name: str, drawn: Any, known: Mapping[str, tuple[str, ...]], number: int) -> Any:
    if name in known and isinstance(drawn, str):
        return _one(known[name], number)
    if name in known and isinstance(drawn, list) and all(isinstance(each, str) for each in drawn):
        return [_one(known[name], number + place) for place in range(len(drawn))]
    return _filled(drawn, known, number)


def _one(ids: tuple[str, ...], number: int) -> str:
    return ids[number // 2 % len(ids)]


def _said(app: Flask, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = app.test_client().post(path, json=body)
    assert answer.status_code == 200, answer.text
    found = answer.get_json()
    assert isinstance(found, dict)
    return found


def _contact(app: Flask, _: Service) -> dict[str, Any]:
    return {"id": _said(app, f"/api/v1/actors/{ACTORS[0]}/contacts", _CONTACT)["id"]}


def _decided(app: Flask, a: str, b: str) -> dict[str, Any]:
    word = {"a": a, "b": b, "reply": "accept", "why": "good_fit", "by": "Maija"}
    return {"id": _said(app, "/api/v1/decisions", word)["id"]}


def _decision(app: Flask, _: Service) -> dict[str, Any]:
    return _decided(app, *ACTORS[:2])


def _decision_alone(app: Flask, _: Service) -> dict[str, Any]:
    """Make one that nothing follows, which alone can be taken back."""
    return _decided(app, *ACTORS[2:])


def _judgement(app: Flask, _: Service) -> dict[str, Any]:
    word = {"a": ACTORS[0], "b": ACTORS[1], "verdict": "different", "by": "Maija"}
    return {"id": _said(app, "/api/v1/judgements", word)["act"]}


def _import(app: Flask, service: Service) -> dict[str, Any]:
    uploads = service.desk.uploads
    service.load(service.check(uploads.path(uploads.get(_upload(app, service)["id"]))))
    return {"id": app.test_client().get("/api/v1/imports").get_json()["items"][0]["id"]}


def _job(_: Flask, service: Service) -> dict[str, Any]:
    return {"id": service.jobs.add(Wish("missing", '{"top":4}', "made")).id}


def _job_that_ended(app: Flask, service: Service) -> dict[str, Any]:
    """Make one whose events end, too."""
    made = _job(app, service)
    service.jobs.cancel(made["id"])
    return made


def _key(app: Flask, _: Service) -> dict[str, Any]:
    return {"id": _said(app, "/api/v1/keys", {"name": "made"})["key"]["id"]}


def _user(app: Flask, service: Service) -> dict[str, Any]:
    name = f"Maija {sum(1 for _ in app.test_client().get('/api/v1/users').get_json()['items'])}"
    return {"id": _said(app, "/api/v1/users", {"name": name, "role": "viewer"})["user"]["id"]}


def _publication(_: Flask, service: Service) -> dict[str, Any]:
    view = View(place="FI197", kinds=(ActorKind.UNIVERSITY,))
    return {"name": "made", "number": service.publish("made", MapAsk(view), NOTHING, "made")[0].number}


def _upload(_: Flask, service: Service) -> dict[str, Any]:
    if UPLOAD not in {each.id for each in service.desk.uploads.all()}:
        upload(service)
    return {"id": UPLOAD, "digest": EXAMPLE_DIGEST}


MADE: Final[dict[str, Callable[[Flask, Service], dict[str, Any]]]] = {
    "contacts": _contact,
    "decisions": _decision,
    "/api/v1/decisions/{id}/withdrawal": _decision_alone,
    "imports": _import,
    "jobs": _job,
    "/api/v1/jobs/{id}/events": _job_that_ended,
    "judgements": _judgement,
    "keys": _key,
    "publications": _publication,
    "published": _publication,
    "uploads": _upload,
    "users": _user,
}
"""Makes one of what an address names after a noun, or of what this very one names, and returns what names it."""
STAND_INS: Final[dict[str, dict[str, Any]]] = {
    **{noun: {"id": "ab" * 12} for noun in ("contacts", "decisions", "jobs", "judgements")},
    "imports": {"id": "ab" * 8},
    "keys": {"id": "ab" * 6},
    "users": {"id": "user-" + "ab" * 6},
    "uploads": {"id": UPLOAD, "digest": EXAMPLE_DIGEST},
    "publications": {"name": "made", "number": 1},
    "published": {"name": "made", "number": 1},
}
"""What stands for it until one is made."""
