"""What is hidden from the public is in no byte that the public gets, at no address, however it asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graphsvc.access.installation import Access
from graphsvc.access.keys import Wish
from graphsvc.api import withholding
from graphsvc.api.routes import contract
from graphsvc.api.withholding import Found, Withholding
from graphsvc.app import create_app
from graphsvc.model import ActorKind
from graphsvc.render.redaction import Field, Redaction, read
from graphsvc.service import Service
from graphsvc.settings import Settings

HIDDEN = "fi-2844561-8"
"""The university of Tampere: in most projects, and in many sentences."""
KIND = ActorKind.PUBLIC_BODY
FILE = """
actors = ["fi-2844561-8"]
kinds = ["public_body"]
collaborations = ["cordis-643708"]
fields = ["websites", "reasons_against"]
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def settings(home: Path) -> Settings:
    (home / "public.toml").write_text(FILE, encoding="utf-8")
    return Settings(
        store=":memory:", home=home, public="read", public_hides=str(home / "public.toml"), work_per_minute=0
    )


@pytest.fixture(scope="module")
def public(settings: Settings, service: Service) -> FlaskClient:
    return create_app(settings, service).test_client()


@pytest.fixture(scope="module")
def key(home: Path) -> dict[str, str]:
    return {"Authorization": f"Bearer {Access.of(home).keys.make(Wish('tool'))[1]}"}


@pytest.fixture(scope="module")
def found(settings: Settings, service: Service) -> Found:
    return Withholding(read(Path(settings.public_hides))).found(service.outlook)


def canaries(service: Service, found: Found) -> set[str]:
    """Ids, identifiers, addresses and names of all that is hidden, but for names that others have as well."""
    texts, shown = set(found.hidden.actors) | set(found.hidden.collaborations), set()
    for actor in service.snapshot().actors:
        names = {actor.name, *(each.text for each in actor.names)}
        if actor.id in found.hidden.actors:
            texts |= names | {text for text in (actor.business_id, actor.pic, actor.website) if text}
        else:
            shown |= names
    shown |= {place.name for place in service.snapshot().places}
    return {text for text in texts if len(text) > 5 and not any(text in each for each in shown)}


def asked(service: Service) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield operation, path and query: the examples of all operations, and questions that aim at what is hidden."""
    for endpoint in contract(service, "en"):
        # What was published was looked through by its publisher, and is open to everybody.
        if endpoint.method == "GET" and not endpoint.path.startswith("/published/"):
            values = dict(endpoint.example)
            path = endpoint.path.format_map({**dict.fromkeys(("id", "name", "number"), "x"), **values})
            yield (
                endpoint.name,
                path,
                {name: value for name, value in values.items() if f"{{{name}}}" not in endpoint.path},
            )
    for path in (
        f"/api/v1/actors/{HIDDEN}",
        f"/api/v1/actors/{HIDDEN}/records",
        "/api/v1/collaborations/cordis-643708",
        "/api/v1/collaborations/cordis-643708/records",
    ):
        yield "aimed", path, {}
    for query in (
        {"q": "Tampere"},
        {"business_id": "2844561-8"},
        {"kind": KIND.value},
        {"limit": "5000"},
        {"limit": "1"},
    ):
        yield "aimed", "/api/v1/actors", query
    yield "aimed", "/api/v1/network", {}
    yield "aimed", "/map", {"suggestions": "50"}
    yield "aimed", "/api/v1/partnerships/missing", {"top": "50"}


def test_nothing_hidden_is_in_any_byte(
    public: FlaskClient, service: Service, found: Found, key: dict[str, str]
) -> None:
    words, answered, told = canaries(service, found), set(), 0
    assert len(words) > 50
    for operation, path, query in asked(service):
        for form in ("*/*", "text/csv", "text/html", "application/json"):
            whole = public.get(path, query_string=query, headers={**key, "Accept": form})
            told += any(word.encode() in whole.data for word in words)
            whole.close()
            answer = public.get(path, query_string=query, headers={"Accept": form})
            if answer.status_code == 200:
                answered.add(operation)
                echoed = {*query.values(), *path.split("/")}
                leaks = {word for word in words - echoed if word.encode() in answer.data}
                assert not leaks, f"{operation} {path} {query} as {form}: {sorted(leaks)[:5]}"
            answer.close()
    assert told > 20, "with a key the same questions tell them"
    assert {
        withholding.MAP,
        "get_network",
        "list_actors",
        "list_records_of_source",
        "list_missing_partnerships",
    } <= answered


def test_what_is_hidden_is_as_if_it_were_not_there(public: FlaskClient) -> None:
    hidden, none = (public.get(f"/api/v1/actors/{id_}") for id_ in (HIDDEN, "fi-0000000-0"))
    assert hidden.status_code == none.status_code == 404
    assert hidden.get_json()["type"] == none.get_json()["type"]


def test_what_is_not_hidden_is_shown_and_hidden_fields_are_empty(
    public: FlaskClient, key: dict[str, str], found: Found
) -> None:
    path = "/api/v1/actors?limit=5000"
    some, whole = public.get(path).get_json()["items"], public.get(path, headers=key).get_json()["items"]
    assert [each["id"] for each in some] == [each["id"] for each in whole if each["id"] not in found.hidden.actors]
    assert any(each["website"] for each in whole)
    assert not any(each["website"] for each in some)


def test_whole_list_can_be_paged_through_without_a_cursor_that_tells(public: FlaskClient, found: Found) -> None:
    seen: list[str] = []
    cursor = None
    while True:
        query = {"limit": "40"} | ({"cursor": cursor} if cursor else {})
        page = public.get("/api/v1/actors", query_string=query).get_json()
        seen += [each["id"] for each in page["items"]]
        assert page["total"] is None
        cursor = page["next"]
        if cursor is None:
            break
        assert not found.named_in(cursor)
    assert len(seen) == len(set(seen)) > 50
    assert not found.hidden.actors & set(seen)


def test_pages_and_all_other_addresses_ask_the_public_who_they_are(
    public: FlaskClient, service: Service, key: dict[str, str]
) -> None:
    for endpoint in contract(service, "en"):
        if endpoint.name not in withholding.SHOWN and endpoint.needs.value == "read" and endpoint.method == "GET":
            path = endpoint.path.format_map({**dict.fromkeys(("id", "name", "number"), "x"), **endpoint.example})
            assert public.get(path).status_code == 401, endpoint.name
    for path in ("/", "/missing", "/network", "/coverage", "/actors"):
        assert public.get(path, headers={"Accept": "text/html"}).status_code == 303
        assert public.get(path, headers={"Accept": "text/html", **key}).status_code == 200
    assert public.get("/published/example").status_code == 200


def test_each_name_of_an_operation_is_one(service: Service) -> None:
    assert set(contract(service, "en").endpoints) >= withholding.SHOWN
    for operations in withholding._OPERATIONS.values():
        assert operations <= withholding.SHOWN


@pytest.mark.parametrize(
    ("field", "path"),
    [
        (Field.PLACES, "/api/v1/actors?place=FI197"),
        (Field.PLACES, "/api/v1/network?place=FI197"),
        (Field.PLACES, "/api/v1/places"),
        (Field.THEMES, "/api/v1/collaborations?theme=health"),
        (Field.SUGGESTIONS, "/api/v1/partnerships/missing"),
        (Field.SOURCES, "/api/v1/sources/file-pirkanmaa/records"),
        (Field.YEARS, "/api/v1/network?since=2020-01-01"),
    ],
)
def test_what_is_hidden_cannot_be_asked_for_either(
    settings: Settings, service: Service, tmp_path: Path, field: Field, path: str
) -> None:
    file = tmp_path / "hides.toml"
    file.write_text(f'fields = ["{field}"]', encoding="utf-8")
    app = create_app(settings.model_copy(update={"public_hides": str(file)}), service)
    assert app.test_client().get(path).status_code == 401
    assert app.test_client().get("/api/v1/actors").status_code == 200


def test_an_entry_is_hidden_with_its_whole_body(service: Service) -> None:
    canonical = service.outlook.identity().canonical
    folded = next(id_ for id_, stands in canonical.items() if id_ != stands)
    found = Withholding(Redaction(actors=frozenset({folded}))).found(service.outlook)
    assert {folded, canonical[folded]} <= found.hidden.actors
