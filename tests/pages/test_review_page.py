"""The review queue as a page: side by side with reasons, decided with two buttons, taken back."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from graphsvc.judging import JudgementQuery, Saying
from graphsvc.model import Verdict
from graphsvc.service import Service
from graphsvc.wording import say
from tests.pages.reading import LANGUAGES, read, send
from tests.pages.test_import_page import choose, press


@pytest.fixture
def doubtful(own: Service) -> tuple[str, str]:
    """Two entries that someone asks about."""
    a, b = (actor.id for actor in own.snapshot().actors[:2])
    own.judge(Saying(a, b, "the matching", "alike"), Verdict.UNSURE)
    return min(a, b), max(a, b)


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_entries_stand_side_by_side(
    writer: FlaskClient, own: Service, doubtful: tuple[str, str], language: str
) -> None:
    page = read(writer, f"/review?lang={language}")
    for id_ in doubtful:
        actor = own.actor(id_).actor
        assert actor.name in page.text and id_ in page.text


def test_a_pair_is_decided_and_the_word_taken_back(
    writer: FlaskClient, own: Service, doubtful: tuple[str, str]
) -> None:
    form = read(writer, "/review?lang=en").form("/review")
    assert send(writer, form, verdict="same", by="Maija", reason="one office").status_code == 303
    assert own.judgements(JudgementQuery(Verdict.SAME, actor=doubtful[0])).total == 1
    assert own.actor(doubtful[0]).actor.id == own.actor(doubtful[1]).actor.id
    page = read(writer, "/review?show=same&lang=en")
    assert "Maija" in page.text and "one office" in page.text
    assert send(writer, page.form("/review"), verdict="withdraw", by="Maija").status_code == 303
    assert own.judgements(JudgementQuery(Verdict.UNSURE, actor=doubtful[0])).total == 1, "it waits again"


@pytest.mark.parametrize("wrong", [{"verdict": "perhaps"}, {"by": ""}, {"b": "nobody"}])
def test_what_is_no_word_changes_nothing(
    writer: FlaskClient, own: Service, doubtful: tuple[str, str], wrong: dict[str, str]
) -> None:
    before = own.revision()
    form = read(writer, "/review").form("/review")
    answer = send(writer, form, **{"verdict": "same", "by": "Maija", **wrong})
    assert answer.status_code in (404, 422)
    assert own.revision() == before


ALIKE = "id;name;kind\na;Sinikorppi Oyj;firm\nb;SINIKORPPI OYJ;firm\nc;Sinikorppi;firm\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_waits_is_the_same_number_wherever_it_is_told(writer: FlaskClient, own: Service, language: str) -> None:
    """Of three entries two are surely one, so that there is one question, on two pairs of entries."""
    found = press(writer, own, read(writer, choose(writer, ALIKE.encode(), "actors.csv")), "/check")
    preview = read(writer, f"{found}?lang={language}")
    assert f"{say('importing', 'found.need_you', language, n=1)} 1" in preview.text
    imported = read(writer, f"{press(writer, own, preview, '/save')}?lang={language}")
    one = say("pages", "question.waiting", language, n=1, count="1")
    assert imported.links[one] == "/review"
    assert read(writer, f"/?lang={language}").links[one] == "/review"
    queue = writer.get("/api/v1/judgements?verdict=unsure").json
    assert queue is not None
    assert (queue["total"], own.waiting(), len(queue["items"])) == (1, 1, 1)
    (also,) = queue["items"][0]["also"]
    assert {also["a_name"], also["b_name"]} <= {"Sinikorppi Oyj", "SINIKORPPI OYJ", "Sinikorppi"}
    page = read(writer, f"/review?lang={language}")
    assert say("pages", "review.count", language, n=1, count="1") in page.text
    assert f"{also['a_name']} ({also['a']}) – {also['b_name']} ({also['b']})" in page.text
    send(writer, page.form("/review"), verdict="different", by="Maija")
    assert own.waiting() == 0
    assert one not in read(writer, f"/?lang={language}").links
