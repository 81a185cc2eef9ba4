"""What a person did wrong is said in the language of the page: no English, and the page tells which language it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import pytest
from flask import Response
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from graphsvc import errors
from graphsvc.access.installation import Access
from graphsvc.access.users import Duty, Role
from graphsvc.api.problems import RequestProblem
from graphsvc.app import create_app
from graphsvc.judging import Saying
from graphsvc.model import Verdict
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.store.graph_store import GraphStore
from tests.api.test_health import Away
from tests.pages.test_signing_in import OWN, enter, settled

SEND: Final = {"Accept": "text/html", "Origin": "http://localhost"}
FOREIGN: Final = {"Accept": "text/html", "Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
ENGLISH: Final = re.compile(
    r"\b(the|is|of|and|are|should|must|with|there|this|that|not|was|has|it|can't|by|for|at|one|already|again)\b",
    re.IGNORECASE,
)
LANGUAGES: Final = ("fi", "sv")
Words = Mapping[str, str]
"""Language → what the page must say."""


class Spoken(HTMLParser):
    """The language of a page, and of each text of its main part but names in code."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.page = ""
        self.texts: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        language = dict(attrs).get("lang") or (self._open[-1][1] if self._open else "")
        if tag == "html":
            self.page = language
        if tag not in ("input", "meta", "link", "br", "hr"):
            self._open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        if tag in [each for each, _ in self._open]:
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        opened = [tag for tag, _ in self._open]
        if data.strip() and "main" in opened and not {"script", "code", "option"} & {*opened}:
            self.texts.append((" ".join(data.split()), self._open[-1][1]))

    @property
    def words(self) -> str:
        """All that the main part says."""
        return " ".join(text for text, _ in self.texts)


def check(answer: TestResponse, status: int, language: str, wanted: Words | None = None) -> None:
    """Hold a page against the language of its reader."""
    assert answer.status_code == status, answer.text[:2000]
    assert answer.mimetype == "text/html"
    page = Spoken(answer.text)
    assert page.page == language == answer.headers["Content-Language"]
    assert {spoken for _, spoken in page.texts} == {language}, page.texts
    assert not ENGLISH.search(page.words), page.words
    if wanted is not None:
        assert wanted[language] in page.words, page.words


ASKED: Final[Mapping[str, tuple[str, int, Words]]] = {
    "a day in words": (
        "/missing?since=yesterday",
        422,
        {"fi": "Alkaen : kirjoita päivä muodossa vuosi-kuukausi-päivä", "sv": "Från : skriv dagen som år-månad-dag"},
    ),
    "a day that there is not": (
        "/missing?since=2026-02-31",
        422,
        {"fi": "Tällaista päivää ei ole", "sv": "En sådan dag finns inte"},
    ),
    "days in the wrong order": (
        "/coverage?since=2026-05-01&until=2026-01-01",
        422,
        {"fi": "loppupäivä (2026-01-01) on ennen", "sv": "slutdagen (2026-01-01) är före"},
    ),
    "an unknown kind": (
        "/actors?kind=pirate",
        422,
        {"fi": "Vaihtoehdot: Korkeakoulu, Tutkimus", "sv": "Välj något av dessa: Högskola, Forskning"},
    ),
    "a number in words": ("/coverage?top=many", 422, {"fi": "kokonaisluku numeroin", "sv": "heltal med siffror"}),
    "too large a number": ("/coverage?top=1000", 422, {"fi": "enintään 100", "sv": "högst 100"}),
    "no number": ("/missing?balance=much", 422, {"fi": "Kirjoita arvo lukuna", "sv": "Skriv värdet som ett tal"}),
    "an unknown parameter": ("/network?colour=red", 422, {"fi": "Tuntematon tieto", "sv": "Okänd uppgift"}),
    "twice": ("/network?place=FI197&place=FI1B1", 422, {"fi": "anna vain kerran", "sv": "ange den en gång"}),
    "too long a search": (
        f"/actors?q={'x' * 300}",
        422,
        {"fi": "enintään 200", "sv": "många tecken: 200"},
    ),
    "what is no id": (
        "/missing?place=a%20b",
        422,
        {"fi": "ei ole sallitussa muodossa", "sv": "inte den tillåtna formen"},
    ),
    "an unknown actor": ("/actors/nobody-here", 404, {"fi": "Tätä ei ole: toimija", "sv": "Detta finns inte: aktör"}),
    "no id of an actor": (
        "/actors/a%20b",
        404,
        {"fi": "siinä olevan tunnisteen muoto on väärä", "sv": "ett id i den har fel form"},
    ),
    "an unknown collaboration": ("/collaborations/x", 404, {"fi": "yhteistyö", "sv": "samarbete"}),
    "an unknown address": ("/nothing-here", 404, {"fi": "Tarkista osoite.", "sv": "Kontrollera adressen."}),
    "where forms are sent": ("/missing/replies", 405, {"fi": "Otsake Allow", "sv": "Rubriken Allow"}),
    "an unknown theme": ("/network?theme=astrology", 404, {"fi": "teema, tunniste", "sv": "tema, id 'astrology'"}),
    "an unknown map": ("/publications/none", 404, {"fi": "julkaistu kartta 'none'", "sv": "publicerad karta 'none'"}),
    "an unknown file": ("/import/000000000000000000000000", 404, {"fi": "lähetetty tiedosto", "sv": "skickad fil"}),
    "an unknown job": ("/import/jobs/x", 404, {"fi": "työ 'x'", "sv": "arbete 'x'"}),
    "an unknown import": ("/import/done/x", 404, {"fi": "tuonti", "sv": "import"}),
    "a cursor of nobody": ("/actors?cursor=abc", 422, {"fi": "jatkokohtaa ei tunneta", "sv": "fortsättning är okänd"}),
    "one actor as a pair": ("/missing/what-if?pair=x", 422, {"fi": "Tämä ei ole pari", "sv": "Detta är inget par"}),
    "an actor with itself": ("/missing/what-if?pair=x+x", 404, {"fi": "toimija", "sv": "aktör"}),
    "a past without data": ("/track-record?until=1900-01-01", 404, {"fi": "liian vähän", "sv": "för få"}),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", ASKED)
def test_what_is_wrong_in_an_address(client: FlaskClient, case: str, language: str) -> None:
    path, status, wanted = ASKED[case]
    answer = client.get(f"{path}{'&' if '?' in path else '?'}lang={language}", headers={"Accept": "text/html"})
    check(answer, status, language, wanted)


SENT: Final[Mapping[str, tuple[str, Mapping[str, str], int, Words]]] = {
    "a reply to nobody": (
        "/missing/replies",
        {"a": "nobody", "b": "none", "answer": "accept:fits", "by": "Maija"},
        422,
        {"fi": "Tämä ei ole vastaus ehdotukseen", "sv": "Detta är inget svar på ett förslag"},
    ),
    "a pair that is not there": (
        "/missing/replies",
        {"a": "nobody", "b": "none", "answer": "accept:other", "by": "Maija", "words": "x"},
        404,
        {"fi": "Tätä ei ole: toimija 'nobody'", "sv": "Detta finns inte: aktör 'nobody'"},
    ),
    "a decision that is not there": (
        "/missing/withdrawals",
        {"act": "0" * 24, "by": "Maija"},
        404,
        {"fi": "päätös, tunniste", "sv": "beslut, id"},
    ),
    "a pair of nobody": (
        "/review",
        {"a": "nobody", "b": "none", "verdict": "same", "by": "Maija"},
        404,
        {"fi": "toimija 'nobody'", "sv": "aktör 'nobody'"},
    ),
    "one entry twice": (
        "/review",
        {"a": "nobody", "b": "nobody", "verdict": "same", "by": "Maija"},
        422,
        {"fi": "yksi ja sama merkintä", "sv": "en och samma post"},
    ),
    "no name": (
        "/review",
        {"a": "nobody", "b": "none", "verdict": "same"},
        422,
        {"fi": "Tieto on pakollinen", "sv": "Uppgiften är obligatorisk"},
    ),
    "no word": (
        "/review",
        {"a": "nobody", "b": "none", "verdict": "perhaps", "by": "Maija"},
        422,
        {"fi": "Vaihtoehdot: sama toimija, eri toimijat", "sv": "Välj något av dessa: de är samma, de är två"},
    ),
    "who publishes": (
        "/publications",
        {"action": "publish"},
        422,
        {"fi": "kuka julkaisee", "sv": "vem som"},
    ),
    "no name of a map": (
        "/publications",
        {"action": "publish", "by": "Maija", "name": "Iso Kartta"},
        422,
        {"fi": "Tämä ei kelpaa julkaistun kartan nimeksi", "sv": "Detta duger inte som namn på en publicerad karta"},
    ),
    "hiding nobody": (
        "/publications",
        {"action": "preview", "hide_actors": "Ei kukaan Oy"},
        404,
        {"fi": "toimija 'Ei kukaan Oy'", "sv": "aktör 'Ei kukaan Oy'"},
    ),
    "undoing nothing": ("/import/done/x/undo", {}, 404, {"fi": "tuonti", "sv": "import"}),
    "no day for a decision": (
        "/missing/decisions/follow-ups",
        {"a": "x", "b": "y", "event": "met", "on": "soon", "by": "Maija"},
        422,
        {"fi": "kirjoita päivä", "sv": "skriv dagen"},
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", SENT)
def test_what_is_wrong_in_a_form(client: FlaskClient, case: str, language: str) -> None:
    path, said, status, wanted = SENT[case]
    check(client.post(f"{path}?lang={language}", data=said, headers=SEND), status, language, wanted)


BUSY: Final = "8 streams are open already: ask /api/v1/jobs/1 once a second instead."


@pytest.mark.parametrize("status", [404, 405, 503])
def test_the_sentence_of_a_problem_is_said_and_not_that_of_its_kind(service: Service, status: int) -> None:
    app = create_app(Settings(store=":memory:"), service)

    def refuse() -> Response:
        raise RequestProblem(status, BUSY)

    app.add_url_rule("/busy", "pages.busy", refuse)
    client = app.test_client()
    for language in LANGUAGES:
        answer = client.get(f"/busy?lang={language}", headers={"Accept": "text/html"})
        wanted = {"fi": "virtoja on jo auki 8", "sv": "8 strömmar är redan öppna"}
        check(answer, status, language, wanted)
    assert client.get("/busy").json["detail"] == BUSY  # type: ignore[index]  # a problem


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_another_site_is_refused(client: FlaskClient, language: str) -> None:
    answer = client.post(f"/review?lang={language}", data={}, headers=FOREIGN)
    check(answer, 403, language, {"fi": "Toisen sivuston sivu ei voi muuttaa", "sv": "En sida på en annan webbplats"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_contradict_each_other(writer: FlaskClient, own: Service, language: str) -> None:
    a, b, c = sorted(actor.id for actor in own.snapshot().actors[:3])
    own.judge(Saying(a, b, "Maija", ""), Verdict.SAME)
    own.judge(Saying(b, c, "Maija", "toinen talo"), Verdict.DIFFERENT)
    said = {"a": a, "b": c, "verdict": "same", "by": "Pekka"}
    answer = writer.post(f"/review?lang={language}", data=said, headers=SEND)
    assert answer.status_code == 422
    words = Spoken(answer.text).words
    assert {"fi": "Syy: toinen talo.", "sv": "Orsak: toinen talo."}[language] in words
    assert {"fi": "Ota ensin takaisin tämä ratkaisu", "sv": "Ta först tillbaka detta avgörande"}[language] in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_is_none(tmp_path: Path, language: str) -> None:
    settings = Settings(store=":memory:", home=tmp_path, upload_megabytes=1)
    service = Service.open(settings)
    try:
        client = create_app(settings, service).test_client()
        cases: list[tuple[str, int, int, Words]] = [
            ("iso.csv", 1_200_000, 413, {"fi": "enintään 1 Mt otetaan vastaan", "sv": "högst 1 MB tas emot"}),
            ("", 1, 422, {"fi": "Tiedostoa ei valittu.", "sv": "Ingen fil valdes."}),
            ("...", 1, 422, {"fi": "Tiedostolla ei ole nimeä.", "sv": "Filen har inget namn."}),
            (f"{'x' * 300}.csv", 1, 422, {"fi": "nimessä on 304 merkkiä.", "sv": "Filens namn har 304 tecken."}),
        ]
        for name, size, status, wanted in cases:
            head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
            body = head.encode() + b"x" * size + b"\r\n--b--\r\n"
            kind = "multipart/form-data; boundary=b"
            answer = client.post(f"/import?lang={language}", data=body, headers=SEND, content_type=kind)
            check(answer, status, language, wanted)
    finally:
        service.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_import_is_taken_back_twice(writer: FlaskClient, own: Service, language: str) -> None:
    run = own.imports_told()[0].run.id
    own.undo(run)
    answer = writer.post(f"/import/done/{run}/undo?lang={language}", headers=SEND)
    assert answer.status_code == 422
    page = Spoken(answer.text)
    assert {"fi": "Peruttavaa ei ole", "sv": "Det finns inget att ta tillbaka"}[language] in page.words
    assert {spoken for _, spoken in page.texts} == {language}


@pytest.fixture
def closed_settings(tmp_path: Path) -> Settings:
    return Settings(store=":memory:", home=tmp_path / "home", public="nothing", work_per_minute=0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_may_not(service: Service, closed_settings: Settings, language: str) -> None:
    access = Access.of(closed_settings.home)
    app = create_app(closed_settings, service)
    settled(access, "Maija", Role.VIEWER)
    limited, _ = access.users.make("Pekka", Duty(Role.VIEWER, None, "FI197"))
    access.users.choose(limited.id, OWN)
    viewer, part = app.test_client(), app.test_client()
    enter(viewer, "Maija")
    enter(part, "Pekka")
    html = {"Accept": "text/html"}
    needs = {"fi": "Oikeutesi: lukea. Tähän tarvitaan oikeus: muuttaa.", "sv": "Din rättighet: läsa."}
    check(viewer.get(f"/review?lang={language}", headers=html), 403, language, needs)
    for path in ("/actors", "/track-record", "/publications/report"):
        wanted = {"fi": "Tämä avain on rajattu osaan", "sv": "Den här nyckeln är begränsad till en del"}
        check(part.get(f"{path}?lang={language}", headers=html), 403, language, wanted)
    elsewhere = {"fi": "rajattu (paikka FI197), ja FI1B1 ei kuulu", "sv": "begränsad (platsen FI197), och FI1B1 hör"}
    check(part.get(f"/coverage?place=FI1B1&lang={language}", headers=html), 403, language, elsewhere)
    whole = {"fi": "rajattu (paikka FI197), eikä", "sv": "begränsad (platsen FI197) och"}
    check(part.get(f"/regions/rdi_environments?lang={language}", headers=html), 403, language, whole)
    nobody = app.test_client().post(f"/review?lang={language}", headers=SEND)
    assert nobody.status_code == 401
    assert {"fi": "Kirjaudu sisään", "sv": "Logga in"}[language] in Spoken(nobody.text).words
    with_key = app.test_client().get(f"/coverage?lang={language}", headers={**html, "Authorization": "Bearer x"})
    check(with_key, 401, language, {"fi": "Tämä avain ei avaa mitään", "sv": "Den här nyckeln öppnar ingenting"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_passwords_and_names_of_users(service: Service, closed_settings: Settings, language: str) -> None:
    access = Access.of(closed_settings.home)
    app = create_app(closed_settings, service)
    own_id = settled(access, "Aino", Role.ADMINISTRATOR)
    client = app.test_client()
    wrong = {"name": "Aino", "password": "guess"}
    no = {"fi": "Nimi ja salasana eivät sovi yhteen", "sv": "Namn och lösenord"}
    refused = client.post(f"/sign-in?lang={language}", data=wrong, headers=SEND)
    assert refused.status_code == 401 and no[language][:4] in Spoken(refused.text).words
    assert {spoken for _, spoken in Spoken(refused.text).texts} == {language}
    enter(client, "Aino")
    short = {"current": OWN, "password": "short", "again": "short"}
    check(
        client.post(f"/password?lang={language}", data=short, headers=SEND),
        422,
        language,
        {"fi": "Salasanassa on 12–200 merkkiä.", "sv": "12–200 tecken"},
    )
    cases: list[tuple[str, dict[str, str], int, Words]] = [
        ("users", {"name": "AINO", "role": "viewer"}, 409, {"fi": "käyttäjä on jo", "sv": "finns redan en användare"}),
        ("users", {"name": "Maija", "role": "editor", "place": "FI197"}, 422, {"fi": "katselijan", "sv": "läsare"}),
        ("users/role", {"id": own_id, "role": "viewer"}, 422, {"fi": "omaa rooliaan", "sv": "sin egen roll"}),
        ("users/role", {"id": "user-000000000000", "role": "viewer"}, 404, {"fi": "käyttäjä", "sv": "användare"}),
        ("users/reset", {"id": "Aino"}, 422, {"fi": "ei ole sallitussa muodossa", "sv": "inte den tillåtna formen"}),
        ("keys", {"name": "kartta", "days": "100000"}, 422, {"fi": "enintään", "sv": "högst"}),
        ("keys", {"name": "kartta", "right": "write", "place": "FI197"}, 422, {"fi": "lukevan", "sv": "läser"}),
        ("keys/revoke", {"id": "0" * 12}, 404, {"fi": "avain", "sv": "nyckel"}),
    ]
    for path, data, status, wanted in cases:
        answer = client.post(f"/settings/{path}?lang={language}", data=data, headers=SEND)
        words = Spoken(answer.text).words.replace("graphsvc keys", "").replace("graphsvc users", "")
        assert answer.status_code == status, (path, words)
        assert wanted[language] in words, (path, words)
        assert {spoken for _, spoken in Spoken(answer.text).texts} == {language}, (path, words)
        assert not ENGLISH.search(words), (path, words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_too_much_work(service: Service, tmp_path: Path, language: str) -> None:
    settings = Settings(store=":memory:", home=tmp_path, public="read", work_per_minute=1)
    client = create_app(settings, service).test_client()
    for _ in range(200):
        answer = client.get(f"/coverage?lang={language}", headers={"Accept": "text/html"})
        if answer.status_code == 429:
            break
    check(answer, 429, language, {"fi": "Olet pyytänyt liikaa työtä", "sv": "Du har begärt för mycket arbete"})


AWAY: Final[Mapping[type[errors.StoreError], tuple[int, Words]]] = {
    errors.StoreUnavailable: (503, {"fi": "tietokantaan ei saada nyt yhteyttä", "sv": "databas kan inte nås just nu"}),
    errors.StoreBusy: (503, {"fi": "on kädet täynnä", "sv": "har fullt upp"}),
    errors.StoreTimeout: (504, {"fi": "Kysy pienempää osaa", "sv": "Fråga om en mindre del"}),
    errors.OutOfTime: (504, {"fi": "vastaa nyt hitaasti", "sv": "svarar långsamt just nu"}),
    errors.StatementError: (500, {"fi": "Palvelussa tapahtui virhe", "sv": "Ett fel uppstod i tjänsten"}),
}


@pytest.fixture(params=AWAY, ids=lambda cls: cls.__name__)
def away(request: pytest.FixtureRequest) -> Iterator[tuple[FlaskClient, int, Words]]:
    error = request.param("bolt://secret.example:7687 is away")
    service = Service(GraphStore(Away(error)))  # type: ignore[arg-type]  # looser than the protocol
    yield create_app(Settings(store=":memory:"), service).test_client(), *AWAY[request.param]
    service.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_store_that_is_away(away: tuple[FlaskClient, int, Words], language: str) -> None:
    client, status, wanted = away
    check(client.get(f"/coverage?lang={language}", headers={"Accept": "text/html"}), status, language, wanted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_that_the_service_does_not_answer_to(service: Service, language: str) -> None:
    client = create_app(Settings(store=":memory:"), service).test_client()
    answer = client.get(f"/coverage?lang={language}", headers={"Accept": "text/html", "Host": "evil.example"})
    check(answer, 400, language, {"fi": "Palvelu ei vastaa nimellä 'evil.example'", "sv": "Tjänsten svarar inte"})
