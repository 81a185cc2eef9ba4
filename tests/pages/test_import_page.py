"""Import as a page: chosen, recognised, corrected, looked at, saved as it was looked at, and taken back."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graphsvc.app import create_app
from graphsvc.samples import sample_path
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.wording import say
from graphsvc.working import dispatcher
from tests.pages.reading import LANGUAGES, Read, read

LIST = """\
Organisaatio;Hanke;Kotikunta
Vanhan Tehtaan Osuuskunta;Kiertotalous 2026;Tampere
Uusi Oy;Kiertotalous 2026;Nokia
"""
NAVIGATE = {"Accept": "text/html", "Origin": "http://localhost"}


def choose(client: FlaskClient, content: bytes, name: str) -> str:
    """Send a file by the form of the page, and return the address that it leads to."""
    form = read(client, "/import?lang=en").form("/import")
    answer = client.post(form.action, data={"file": (BytesIO(content), name)}, headers=NAVIGATE)
    assert answer.status_code == 303, answer.text[:400]
    return answer.location


def press(client: FlaskClient, service: Service, page: Read, action: str, **filled: str) -> str:
    """Send a form that begins work, do the work, and return where the page of the job leads."""
    form = page.form(action)
    answer = client.post(form.action, data={**form.fields, **filled}, headers=NAVIGATE)
    assert answer.status_code == 303, answer.text[:400]
    if "/jobs/" not in answer.location:
        return answer.location
    waiting = client.get(answer.location, headers={"Accept": "text/html"})
    assert "data-job" in waiting.text
    dispatcher(service, threads=0).drain()
    after = client.get(answer.location, headers={"Accept": "text/html"})
    assert after.status_code in (200, 303), after.text[:400]
    return after.location or answer.location


def test_a_list_is_brought_in_and_taken_back(writer: FlaskClient, own: Service) -> None:
    before = own.status().actors
    upload = choose(writer, LIST.encode(), "lista.csv")
    recognised = read(writer, upload + "?lang=en")
    assert "Organisaatio" in recognised.text and "Kotikunta" in recognised.text
    found = press(writer, own, recognised, "/check")
    page = read(writer, found + "?lang=en")
    assert "new actors 2" in page.text
    assert own.status().actors == before, "nothing is saved before it is confirmed"
    done = press(writer, own, page, "/save")
    imported = read(writer, done + "?lang=en")
    assert "Saved, just as it was checked." in imported.text
    assert read(writer, "/actors?q=Vanhan+Tehtaan&lang=en").links["Vanhan Tehtaan Osuuskunta"]
    press(writer, own, imported, "/undo")
    assert own.status().actors == before
    assert "taken back later" in read(writer, "/import?lang=en").text


def test_only_a_file_that_was_there_before_is_compared_with_itself(writer: FlaskClient, own: Service) -> None:
    def looked_at(text: str) -> Read:
        found = press(writer, own, read(writer, choose(writer, text.encode(), "lista.csv") + "?lang=en"), "/check")
        return read(writer, found + "?lang=en")

    first = looked_at(LIST)
    assert "What comes with this file" in first.text and "Compared with" not in first.text
    press(writer, own, first, "/save")
    assert "Compared with the version of this file that is there" in looked_at(LIST + "Uusi Oy;Uusi hanke;Nokia\n").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_pairs_that_will_count_as_one_are_told_before_they_do(writer: FlaskClient, own: Service, language: str) -> None:
    text = "Organisaatio;Hanke;Kotikunta\nTampereen ammattikorkeakoulu Oy;P;Tampere\nUusi Oy;P;Nokia\n"
    found = press(writer, own, read(writer, choose(writer, text.encode(), "lista.csv")), "/check")
    page = read(writer, f"{found}?lang={language}").text
    assert say("importing", "found.sure_title", language, n=1, count="1") in page
    assert f"{say('importing', 'found.sure', language, n=1)} 1" in page
    assert "Tampereen ammattikorkeakoulu Oy – Tampereen ammattikorkeakoulu Oy" in page


def test_a_column_that_is_read_wrongly_is_corrected(writer: FlaskClient, own: Service) -> None:
    text = "Yritys;Juttu\nAlfa Oy;Robotti\nBeeta Oy;Robotti\n"
    page = read(writer, choose(writer, text.encode(), "outo.csv") + "?lang=en")
    found = press(
        writer,
        own,
        page,
        "/check",
        **{"table-0": "list", "column-0-0": "actor.name", "column-0-1": "collaboration.name"},
    )
    done = press(writer, own, read(writer, found + "?lang=en"), "/save")
    assert "Saved" in read(writer, done + "?lang=en").text
    assert "Robotti" in {each.name for each in own.snapshot().collaborations}
    again = read(writer, choose(writer, text.replace("Alfa", "Gamma").encode(), "toinen.csv") + "?lang=en")
    assert "as you said for a file with the same headings" in again.text


@pytest.mark.parametrize("name", ["verkko.csv", "links.csv", "kytkennät.csv"])
def test_a_list_of_links_is_that_and_its_columns_are_asked_of_nobody(
    writer: FlaskClient, own: Service, name: str
) -> None:
    upload = choose(writer, b"source,target\nVanhan Tehtaan Osuuskunta,Uusi Oy\nUusi Oy,Kolmas Oy\n", name)
    html = writer.get(f"{upload}?lang=fi", headers={"Accept": "text/html"}).text
    assert "Tunnistettu: yhteyksien luettelo" in html
    before, _, folded = html.partition("<details><summary>Lue sarakkeet toisin</summary>")
    assert "<select" in folded and "<select" not in before and "%" not in Read(before).text
    found = press(writer, own, read(writer, f"{upload}?lang=en"), "/check")
    assert "new actors 3" in read(writer, f"{found}?lang=en").text


def test_a_column_called_collaboration_is_one(writer: FlaskClient) -> None:
    upload = choose(
        writer, b"Organisation;Collaboration\nUusi Oy;Kiertotalous 2026\nKolmas Oy;Kiertotalous 2026\n", "a.csv"
    )
    page = read(writer, f"{upload}?lang=en").text
    assert "100%" in page.replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    assert "50%" not in page.replace("\N{NO-BREAK SPACE}", "").replace(" ", "")


def test_what_is_wrong_is_told_by_sheet_row_and_column(writer: FlaskClient, own: Service) -> None:
    text = "Organisaatio;Hanke;Y-tunnus\nAlfa Oy;P;1234567-8\nBeeta Oy;P;\n"
    found = press(writer, own, read(writer, choose(writer, text.encode(), "virhe.csv")), "/check")
    page = read(writer, found + "?lang=en")
    assert "What was noticed, row by row" in page.text and "value left out" in page.text and "1234567-8" in page.text


def test_a_file_that_cannot_be_read_says_so_and_nothing_is_saved(writer: FlaskClient, own: Service) -> None:
    before = own.revision()
    answer = writer.get(choose(writer, b"PK\x03\x04 no workbook", "rikki.xlsx"), headers={"Accept": "text/html"})
    assert answer.status_code == 422
    assert "rikki.xlsx" in answer.text
    assert own.revision() == before


def test_a_graph_that_went_on_is_not_saved_over(writer: FlaskClient, own: Service) -> None:
    first = press(writer, own, read(writer, choose(writer, LIST.encode(), "a.csv")), "/check")
    second = press(writer, own, read(writer, choose(writer, LIST.replace("Uusi", "Muu").encode(), "b.csv")), "/check")
    press(writer, own, read(writer, second), "/save")
    form = read(writer, first).form("/save")
    answer = writer.post(form.action, data=form.fields, headers=NAVIGATE)
    assert answer.status_code == 409 and "has changed" in answer.text


def test_the_sample_itself_comes_in_as_what_it_is(tmp_path: Path) -> None:
    own = Service.open(Settings(store=":memory:", home=tmp_path))
    writer = create_app(Settings(store=":memory:", home=tmp_path), own).test_client()
    page = read(writer, choose(writer, sample_path().read_bytes(), "pirkanmaa.xlsx") + "?lang=en")
    assert "Recognised as:" in page.text
    done = press(writer, own, read(writer, press(writer, own, page, "/check") + "?lang=en"), "/save")
    assert "Saved" in read(writer, done + "?lang=en").text
    assert sum(own.status().actors.values()) == 399
    own.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_three_languages(client: FlaskClient, language: str) -> None:
    assert client.get(f"/import?lang={language}").status_code == 200


def test_no_file_and_no_form_is_refused(writer: FlaskClient) -> None:
    assert writer.post("/import", data={"file": (BytesIO(b""), "")}, headers=NAVIGATE).status_code in (400, 411, 422)
    assert writer.post("/import", data="x", content_type="text/plain", headers=NAVIGATE).status_code == 415
    assert writer.get("/import/" + "0" * 24).status_code == 404
