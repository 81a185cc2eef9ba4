"""Calls and consortia over HTTP: the same as at the terminal, with the address of each fact."""

from __future__ import annotations

from flask.testing import FlaskClient

from graphsvc.consortium import CheckAsk, ConsortiumAsk
from graphsvc.service import Service

TAU, COUNCIL = "fi-2844561-8", "fi-0828308-4"
THEME = "digitalisation-of-industry"


def test_calls_say_each_rule_with_its_source_and_day(client: FlaskClient) -> None:
    found = client.get("/api/v1/calls").get_json()
    assert found["total"] == len(found["items"]) == 4
    assert found["faults"] == []
    [one] = [each for each in found["items"] if each["id"] == "interreg-europe"]
    assert client.get("/api/v1/calls/interreg-europe").get_json() == one
    assert all(rule["source"].startswith("https://") and rule["checked"] for rule in one["rules"])
    assert client.get("/api/v1/calls/nix").status_code == 404


def test_a_shortlist_is_that_of_the_service(client: FlaskClient, service: Service) -> None:
    address = f"/api/v1/consortium?theme={THEME}&call=interreg-europe&actor={TAU}&top=5&lang=fi"
    found = client.get(address).get_json()
    told = service.shortlist(ConsortiumAsk(THEME, "interreg-europe", (TAU,), top=5)).tell("fi")
    assert [each["actor"]["id"] for each in found["items"]] == [each.id for each in told.lines]
    assert [each["purpose"] for each in found["proposal"]["seats"]] == [each.purpose for each in told.proposal.seats]
    for item in found["items"]:
        for reason in item["reasons"]:
            for ref in reason["refs"]:
                assert client.get(ref["href"]).status_code == 200


def test_a_check_names_whom_each_rule_concerns(client: FlaskClient, service: Service) -> None:
    address = f"/api/v1/consortium/check?call=interreg-europe&actor={TAU}&actor=tasti&lead={COUNCIL}&lang=sv"
    found = client.get(address).get_json()
    assert [each["id"] for each in found["partners"]] == [COUNCIL, TAU]
    assert found["counted_as"] == {"tasti": TAU}
    assert "TaSTI" in found["notes"][0]
    checked = service.check_consortium(CheckAsk("interreg-europe", (TAU, "tasti"), COUNCIL))
    assert [each["verdict"] for each in found["findings"]] == [each.verdict.value for each in checked.findings]
    assert found["fails"] == checked.fails
    assert found["summary"] == checked.summary("sv")


def test_what_is_not_there_and_what_is_missing_is_said(client: FlaskClient) -> None:
    assert client.get("/api/v1/consortium?theme=nix&call=horizon-europe").status_code == 404
    assert client.get(f"/api/v1/consortium?theme={THEME}&call=nix").status_code == 404
    assert client.get("/api/v1/consortium/check?call=horizon-europe").status_code == 422
    assert client.get("/api/v1/consortium/check?call=horizon-europe&actor=nix").status_code == 404


def test_an_answer_has_no_etag_as_rules_may_change_without_the_graph(client: FlaskClient) -> None:
    assert "ETag" not in client.get(f"/api/v1/consortium/check?call=horizon-europe&actor={TAU}").headers
