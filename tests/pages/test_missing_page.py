"""Missing partnerships as a page: the same list as the API, decisions that stick, and a trial that changes nothing."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from graphsvc.service import Service
from tests.pages.reading import LANGUAGES, read, send

HERE = "/missing?place=FI197&top=10"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_says_what_the_api_says(client: FlaskClient, language: str) -> None:
    told = client.get(f"/api/v1/partnerships/missing?place=FI197&top=10&lang={language}").get_json()["items"]
    page = read(client, f"{HERE}&lang={language}")
    assert len(told) == 10
    for each in told:
        assert f"{each['rank']}. {each['a']['name']} – {each['b']['name']}" in page.text
        assert all(reason["sentence"] in page.text for reason in each["reasons"])


def test_a_decision_is_noted_leaves_the_list_and_can_be_undone(writer: FlaskClient, own: Service) -> None:
    before = own.revision()
    first = own.missing(own.network().view.model_copy(update={"place": "FI197"}), top=10).partnerships[0]
    form = read(writer, f"{HERE}&lang=en").form("/missing/replies")
    assert form.fields["a"] == [first.a]
    answer = send(writer, form, answer="no:competitors", words="Both sell the same", by="Maija Mäkinen")
    assert answer.status_code == 303
    page = read(writer, answer.location)
    assert "Noted:" in page.text and ": no." in page.text
    assert "One pair has been decided on." in page.text
    assert page.form("/missing/replies").fields["a"] + page.form("/missing/replies").fields["b"] != [first.a, first.b]
    assert page.form("/missing/replies").fields["by"] == ["Maija Mäkinen"], "the name need not be written again"
    decided = read(writer, "/missing/decisions?lang=en")
    assert "no: competitors (“Both sell the same”)" in decided.text
    assert "Maija Mäkinen" in decided.text
    assert send(writer, page.form("/missing/withdrawals")).status_code == 303
    again = read(writer, f"{HERE}&lang=en").form("/missing/replies")
    assert (again.fields["a"], again.fields["b"]) == (form.fields["a"], form.fields["b"])
    assert own.revision() == before + 2


def test_an_accepted_pair_is_followed_up(writer: FlaskClient) -> None:
    send(writer, read(writer, HERE).form("/missing/replies"), answer="accept:good_fit", by="Maija")
    form = read(writer, "/missing/decisions?lang=en").form("/follow-ups")
    answer = send(writer, form, event="met", on="2026-01-15", words="in Tampere", by="Maija")
    assert answer.status_code == 303
    page = read(writer, "/missing/decisions?lang=fi")
    assert "tapasivat, 15.1.2026 (Maija): in Tampere" in page.text
    assert "tapasivat" not in read(writer, "/missing/decisions?lang=fi&state=no").text.replace("Mitä tapahtui", "")
    assert send(writer, page.form("/missing/decisions/withdrawals")).status_code == 303
    assert "15.1.2026" not in read(writer, "/missing/decisions?lang=fi").text


@pytest.mark.parametrize("answer", ["", "no", "no:good_fit", "perhaps:other", "no:other:more"])
def test_what_is_no_answer_is_refused_and_changes_nothing(writer: FlaskClient, own: Service, answer: str) -> None:
    before = own.revision()
    form = read(writer, HERE).form("/missing/replies")
    assert send(writer, form, answer=answer, by="Maija").status_code == 422
    assert own.revision() == before


def test_what_if_says_what_the_api_says_and_changes_nothing(client: FlaskClient, service: Service) -> None:
    before = service.revision()
    listed = client.get("/api/v1/partnerships/missing?top=2&lang=en").get_json()["items"]
    pairs = [(each["a"]["id"], each["b"]["id"]) for each in listed]
    body = {"introductions": [{"a": a, "b": b} for a, b in pairs]}
    told = client.post("/api/v1/what-if?lang=en", json=body).get_json()["told"]
    query = "&".join(f"pair={a}+{b}" for a, b in pairs)
    page = read(client, f"/missing/what-if?lang=en&top=2&{query}")
    assert told and all(sentence in page.text for sentence in told)
    assert page.links["Back to the list"] == "/missing?lang=en&top=2"
    assert service.revision() == before
    assert "No pair is chosen" in read(client, "/missing/what-if?lang=en").text


@pytest.mark.parametrize("pair", ["one", "a b c", "nobody+no-one", "+"])
def test_what_is_no_pair_is_refused(client: FlaskClient, pair: str) -> None:
    assert client.get(f"/missing/what-if?pair={pair}").status_code in (404, 422)


def test_what_takes_long_is_a_job_and_the_page_waits(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from graphsvc import working

    monkeypatch.setattr(working, "REQUEST_SECONDS", 0.0)
    answer = client.get("/missing?until=2016-05-05&lang=en")
    assert 'data-job="/api/v1/jobs/' in answer.text
    assert "waiting.js" in answer.text


def test_the_filters_keep_what_was_asked(client: FlaskClient) -> None:
    text = client.get("/missing?place=FI197&kind=firm&balance=1.0&top=50&lang=sv").text
    assert '<option value="FI197" selected>' in text
    assert '<input type="checkbox" name="kind" value="firm" checked>' in text
    assert '<option value="1.0" selected>' in text
    assert '<option value="50" selected>' in text
