"""Changes of the graph and acts of the audit trail are told in the reader's words, not by their names and routes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from markupsafe import Markup

from graphsvc import wording
from graphsvc.deciding import Deciding
from graphsvc.decisions import Reply, Why
from graphsvc.judging import Saying
from graphsvc.model import Verdict, View
from graphsvc.pages.happenings import ACTS, act, lines
from graphsvc.service import Service
from graphsvc.store.feed import ChangeKind, Happened
from tests.pages.reading import LANGUAGES, read
from tests.pages.test_import_page import LIST, choose, press

UNNOTED = {"POST /sign-in", "POST /sign-out", "POST /password", "POST /api/v1/what-if", "POST /jobs/<id>/again"}
"""Routes whose requests are noted under another name, or not at all."""
AT = datetime(2026, 1, 1, tzinfo=UTC)


def test_each_act_that_can_be_noted_has_its_words(client: FlaskClient) -> None:
    rules = list(client.application.url_map.iter_rules())
    routes = {f"{method} {rule.rule}" for rule in rules for method in rule.methods or () if method != "OPTIONS"}
    changes = {route for route in routes if route.partition(" ")[0] in {"POST", "PUT", "DELETE", "PATCH"}}
    assert changes - ACTS.keys() == UNNOTED
    assert {text for text in ACTS if "/" in text} <= routes, "of no address that there is"
    keys = {key for key in wording.table("happenings") if key.startswith("act.")}
    assert keys == {f"act.{key}" for key in ACTS.values()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_act_in_words(language: str) -> None:
    wanted = {"fi": "näki yhteyshenkilöitä", "sv": "såg kontaktpersoner", "en": "saw contact persons"}
    assert act("saw contacts: GET /actors/<id>", language) == wanted[language]
    assert act("PATCH /<b>", language) == Markup("<code>PATCH /&lt;b&gt;</code>")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_persons_and_files_changed(own: Service, writer: FlaskClient, language: str) -> None:
    before, (first, second) = own.revision(), own.snapshot().actors[:2]
    saying = Saying(first.id, second.id, "Maija", "two offices")
    own.judge(saying, Verdict.DIFFERENT)
    best = own.missing(View(place="FI197")).partnerships[0]
    own.ledger().decide(Deciding(best.a, best.b, Reply.NO, Why.COMPETITORS, "Maija"))
    upload = choose(writer, LIST.encode(), "uusi.csv")
    found = press(writer, own, read(writer, upload), "/check")
    press(writer, own, read(writer, found), "/save")
    changes = own.changes_since(before, 50)
    told = [each.text for each in lines(changes, own.snapshot(), language)]
    pair = wording.listed([each.name for each in sorted((first, second), key=lambda each: each.id)], language)
    assert told[0] == wording.say("happenings", "change.different", language, pair=pair)
    assert told[1].endswith(f": {wording.say('decisions', 'said.no', language)}")
    assert own.network().actors[best.b].name in told[1]
    assert told[2] == wording.say("happenings", "change.imported", language, file=told[2].rpartition(": ")[2])
    assert len(told) == 3, "an import is told once, whatever its parts"
    assert len(changes) > 3
    page = read(_returned(writer, before), f"/?lang={language}").text
    assert all(each in page for each in told)


def _returned(client: FlaskClient, revision: int) -> FlaskClient:
    client.set_cookie("seen", str(revision))
    return client


@pytest.mark.parametrize(
    ("id_", "name", "kind", "wanted"),
    [
        (
            "judgement:1",
            "a and b: last word taken back",
            ChangeKind.JUDGEMENT,
            "a ja b: viimeisin sana otettiin takaisin",
        ),
        ("decision:1", "a and b: met taken back", ChangeKind.DECISION, "a ja b: otettiin takaisin (tapasivat)"),
        ("decision:1", "a and b: taken back", ChangeKind.DECISION, "a ja b: otettiin takaisin"),
        ("precedence:1", "x preferred over y", ChangeKind.PRECEDENCE, "Lähteiden järjestystä muutettiin: x"),
        ("contact:1", "a contact person was added", ChangeKind.OTHER, "Yhteyshenkilöitä muutettiin"),
        ("forgetting:1", "a name taken out of 3 acts", ChangeKind.OTHER, "Henkilön nimi poistettiin"),
        ("migration:1", "<b> of old", ChangeKind.OTHER, Markup('<span lang="en">&lt;b&gt; of old</span>')),
    ],
)
def test_what_changes_are_called(own: Service, id_: str, name: str, kind: ChangeKind, wanted: str) -> None:
    change = Happened(1, id_, name, kind, AT, None, None, None)
    (line,) = lines([change], replace(own.snapshot(), actors=()), "fi")
    assert line.text == wanted
