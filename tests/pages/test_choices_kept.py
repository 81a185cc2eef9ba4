"""What an address asks for is chosen in the form of its page, offered or not, and asked for again by that form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import parse_qs

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from graphsvc import working
from graphsvc.api.params import ViewParameters
from graphsvc.pages.html import parameters
from graphsvc.reporting import MOST_TOLD, SUGGESTIONS
from graphsvc.service import Service
from graphsvc.wording import number, say
from tests.pages.reading import LANGUAGES, Read, read

PART: Final = (
    "place=FI197&kind=firm&kind=university&together=project&since=2015-02-03&until=2025-01-02"
    "&as_of=2025-12-31&reach=inside&identity=organisation"
)
HERE: Final = {"Accept": "text/html", "Origin": "http://localhost"}
VIEW: Final = f"theme=environment-and-climate&{PART}"
ASKED: Final[Mapping[str, str]] = {
    "/actors": "q=oy&kind=firm&place=FI197&theme=environment-and-climate&sort=-partners&as_of=2025-12-31&limit=7",
    "/network": f"{VIEW}&size=degree&suggestions=7&sort=strength&limit=33&title=Kartta",
    "/missing": f"{VIEW}&top=3&balance=0.25",
    "/missing/decisions": "state=accepted&state=met&by=Maija&since=2025-01-01&until=2026-01-01&limit=7",
    "/coverage": f"{PART}&by=area&level=3&fewest=4&top=7",
    "/track-record": "until=2018-01-01&place=FI197&balance=0.25",
    "/settings/audit": "caller=gone&since=2025-01-01&until=2026-01-01",
    "/regions/rdi_environments": "theme=t-advanced-materials&form=both&open_to=own_use&owner=fi-2844561-8&eu=no",
    "/regions/startup_alliance": "as_of=2025-12-31",
    "/regions/ecosystem_agreements": "as_of=2025-12-31",
    "/regions/procurement": "as_of=2025-12-31",
}
"""Page with a form that asks it again → a question with something in each of its parameters, offered or not."""
ELSEWHERE: Final = {"/": "/actors", "/publications": "/publications/report"}
"""Page → where its form leads, which asks nothing of this page again."""
FORMLESS: Final = {
    *("/import", "/review", "/publications/report", "/regions", "/settings", "/sign-in", "/password", "/accessibility"),
    *("/missing/what-if", "/coverage/actors", "/readying", "/favicon.ico", "/api/v1/docs", "/api/v1/openapi.json"),
}


@dataclass
class Sent:
    """A form, and what a browser sends of it as it stands."""

    action: str
    values: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    """Select → all that it offers."""
    named: dict[str, str] = field(default_factory=dict)
    """Value of an option → what a person reads."""


class Forms(HTMLParser):
    """The forms of a page that ask by their address."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[Sent] = []
        self._form: Sent | None = None
        self._select = ""
        self._option = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method") == "get":
            self._form = Sent(given.get("action", ""))
            self.found.append(self._form)
        if self._form is None:
            return
        unticked = given.get("type") in ("checkbox", "radio") and "checked" not in given
        if tag == "input" and given.get("name") and not unticked:
            self._form.values.setdefault(given["name"], []).append(given.get("value", ""))
        if tag == "select":
            self._select = given["name"]
            self._form.choices[self._select] = []
        if tag == "option" and self._select:
            self._option = given.get("value", "")
            self._form.choices[self._select].append(self._option)
            if "selected" in given:
                self._form.values.setdefault(self._select, []).append(self._option)

    def handle_data(self, data: str) -> None:
        if self._form is not None and self._option:
            self._form.named[self._option] = self._form.named.get(self._option, "") + data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag in ("select", "option"):
            self._option = ""
        if tag == "select":
            self._select = ""


def report_forms(page: str) -> list[Sent]:
    return [each for each in Forms(page).found if each.action == "/publications/report"]


def form_of(client: FlaskClient, address: str, status: int = 200) -> Sent:
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == status, answer.text[:500]
    [form] = Forms(answer.text).found[:1]
    return form


def test_every_page_is_looked_at(client: FlaskClient) -> None:
    rules = client.application.url_map.iter_rules()
    pages = {each.rule for each in rules if each.endpoint.startswith("pages.") and "GET" in (each.methods or ())}
    plain = {rule for rule in pages if "<" not in rule}
    known = {*ASKED, *ELSEWHERE, *FORMLESS}
    assert plain <= known, plain - known
    for path in plain - {*ASKED, *ELSEWHERE}:
        assert not Forms(client.get(path, headers={"Accept": "text/html"}).text).found, path


@pytest.mark.parametrize("path", ASKED)
def test_a_form_asks_for_all_that_the_address_did(client: FlaskClient, path: str) -> None:
    asked = parse_qs(ASKED[path])
    form = form_of(client, f"{path}?{ASKED[path]}")
    assert form.action in ("", path)
    sent = {name: values for name, values in form.values.items() if any(values)}
    assert {name: sorted(values) for name, values in sent.items()} == {
        name: sorted(values) for name, values in asked.items()
    }


@pytest.mark.parametrize("path", ASKED)
def test_a_form_that_nobody_touched_asks_for_the_same(client: FlaskClient, path: str) -> None:
    """And for nothing that is not a parameter of the page."""
    form = form_of(client, path)
    answer = client.get(path, query_string=form.values, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text[:500]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_beside_the_offered_ones_stands_among_them(client: FlaskClient, language: str) -> None:
    form = form_of(client, f"/missing?top=37&balance=0.25&lang={language}")
    assert form.choices["top"] == ["10", "20", "37", "50", "100", "200"]
    assert form.values["top"] == ["37"]
    assert form.choices["balance"][-1] == "0.25" and form.named["0.25"] == number(0.25, language, 2)
    plain = form_of(client, "/missing")
    assert plain.choices["top"] == ["10", "20", "50", "100", "200"]
    assert plain.values["balance"] == [plain.choices["balance"][1]], "what is usual is offered by name"


def test_where_in_a_list_one_was_is_not_asked_again(client: FlaskClient) -> None:
    first = client.get("/actors?limit=2", headers={"Accept": "text/html"}).text
    cursor = first.split("cursor=")[1].split('"')[0].split("&")[0]
    assert "cursor" not in form_of(client, f"/actors?limit=2&cursor={cursor}").values


def test_the_list_of_actors_is_in_the_order_and_of_the_source_asked_for(client: FlaskClient, service: Service) -> None:
    for order in ("-partners", "-collaborations"):
        told = client.get(f"/api/v1/actors?sort={order}&limit=5").get_json()
        page = client.get(f"/actors?sort={order}&limit=5", headers={"Accept": "text/html"}).text
        at = [page.index(f'/actors/{each["id"]}"') for each in told["items"]]
        assert at == sorted(at), order
    sizes = {
        each.id: client.get(f"/api/v1/actors?source={each.id}&limit=1").get_json()["total"]
        for each in service.snapshot().sources
    }
    assert len({*sizes.values()}) > 1, "the test sees a difference"
    for source, total in sizes.items():
        page = client.get(f"/actors?source={source}&lang=en", headers={"Accept": "text/html"}).text
        assert escape(say("pages", "actors.found", "en", n=total, count=number(total, "en"))) in page


def test_a_map_is_published_of_the_view_that_the_address_names(client: FlaskClient) -> None:
    form = read(client, "/publications?place=FI197&identity=organisation&reach=inside").form("/publications")
    assert (form.fields["identity"], form.fields["reach"]) == (["organisation"], ["inside"])
    looked = client.post("/publications", data={**form.fields, "action": "preview"}, headers=HERE)
    assert looked.status_code == 200
    again = Read(looked.text).form("/publications")
    assert (again.fields["identity"], again.fields["reach"]) == (["organisation"], ["inside"]), "after a preview, too"
    assert again.fields.keys() == form.fields.keys()


def test_a_view_of_the_network_leads_to_what_is_published_and_told_of_it(client: FlaskClient) -> None:
    drawn = f"{VIEW}&size=degree&suggestions=7&title=Kartta"
    page = read(client, f"/network?{drawn}&limit=33&sort=strength&lang=en")
    target, _, asked = page.links[say("pages", "network.publish", "en")].partition("?")
    assert (target, parse_qs(asked)) == ("/publications", parse_qs(drawn))
    [report] = report_forms(client.get(f"{target}?{asked}", headers=HERE).text)
    publish = read(client, f"{target}?{asked}").form("/publications")
    assert publish.fields["title"] == ["Kartta"]
    assert {name: report.values[name] for name in ("title", "suggestions", "size")} == {
        "title": ["Kartta"],
        "suggestions": ["7"],
        "size": ["degree"],
    }


def test_a_report_of_a_map_with_more_suggestions_than_it_can_tell_tells_all_that_it_can(client: FlaskClient) -> None:
    [report] = report_forms(client.get("/publications?suggestions=150", headers=HERE).text)
    assert report.values["suggestions"] == [str(MOST_TOLD)]
    [report] = report_forms(client.get("/publications", headers=HERE).text)
    assert report.values["suggestions"] == [str(SUGGESTIONS)], "where nobody said how many"


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fi", "Verkostoraportti: Pirkanmaa, Ympäristö ja ilmasto, 2015–2024"),
        ("sv", "Nätverksrapport: Pirkanmaa, Miljö och klimat, 2015–2024"),
        ("en", "Network report: Pirkanmaa, Environment and climate, 2015–2024"),
    ],
)
def test_a_report_is_given_the_title_of_its_view_unless_somebody_writes_another(
    client: FlaskClient, language: str, title: str
) -> None:
    view = "place=FI197&theme=environment-and-climate&since=2015-01-01&until=2024-12-31"
    [form] = report_forms(client.get(f"/publications?{view}&lang={language}", headers=HERE).text)
    assert form.values["title"] == [title]
    kept = client.get(form.action, query_string=form.values)
    assert "title" not in parse_qs(kept.location.partition("?")[2]), "the report says it by itself"
    assert f"<h1>{title}</h1>" in client.get(kept.location).text
    own = client.get(form.action, query_string={**form.values, "title": ["Vuosikatsaus"]})
    assert parse_qs(own.location.partition("?")[2])["title"] == ["Vuosikatsaus"]
    chosen = {**form.values, "place": ["FI197"], "theme": [""], "since": [""], "language": ["sv"]}
    other = client.get(client.get(form.action, query_string=chosen).location).text
    assert "<h1>Nätverksrapport: Pirkanmaa, till 2024</h1>" in other, "of what was chosen in the form"


@pytest.mark.parametrize("after", ["as it came", "a preview"])
def test_a_report_is_made_of_the_view_that_the_address_names(
    client: FlaskClient, service: Service, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    monkeypatch.setattr(working, "at_once", lambda *_: None)
    page = client.get(f"/publications?{VIEW}", headers=HERE).text
    if after == "a preview":
        publish = Read(page).form("/publications")
        looked = client.post(
            "/publications", data={**parse_qs(VIEW), **publish.fields, "action": "preview"}, headers=HERE
        )
        page = looked.text
    [form] = report_forms(page)
    form.values |= {"suggestions": ["7"], "size": ["degree"]}
    waiting = client.get(form.action, query_string=form.values, headers=HERE)
    assert waiting.status_code == 200, waiting.text[:500]
    job = service.jobs.get(waiting.text.split('data-job="/api/v1/jobs/')[1].split('"')[0])
    with client.application.test_request_context(f"/network?{VIEW}"):
        assert working.part(job) == parameters(ViewParameters).view
    asked = json.loads(job.arguments)
    assert (asked["suggestions"], asked["size"]) == (7, "degree")
