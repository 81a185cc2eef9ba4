"""What is wrong with a file is said in the reader's language; what nobody translated is marked as English."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from graphsvc import importing, working
from graphsvc.app import create_app
from graphsvc.importing import Finding
from graphsvc.ingest.columns import specs
from graphsvc.pages.html import marked
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.wishes import ImportAsked
from graphsvc.working import dispatcher
from tests.pages.reading import LANGUAGES, read
from tests.pages.test_import_page import LIST, NAVIGATE, choose, press

OTHERS = ("fi", "sv")
WRONG = {
    "actors": [
        {"id": "a1", "name": "Alfa Oy", "kind": "spaceship", "website": "not an address", "business_id": "1234567-1"},
        {"id": "a1", "name": "Beeta Oy", "country": "Atlantis"},
        {"id": "a3", "name": "", "region": "Narnia"},
        {"id": "{0} %s", "name": "x" * 2_500},
        {"id": "a5", "name": "Gamma Oy"},
    ],
    "collaborations": [
        {"id": "c1", "name": "Hanke", "start": "31.2.2024", "end": "tomorrow", "budget": "much"},
        {"id": "c2", "name": "Toinen", "start": "2024-05-01", "end": "2023-05-01", "budget": "-5"},
    ],
    "participations": [
        {"actor": "Nobody", "collaboration": "c1"},
        {"actor": "a5", "collaboration": "'{end}' on the sheet"},
        {"actor": "a3", "collaboration": "c2"},
    ],
    "links": [{"actor": "a5", "kind": "cousin", "other": "a5"}, {"actor": "a5", "kind": "part_of", "other": "a5"}],
}
"""Table → rows with a wrong id, date, kind, amount, place, name or reference, by keys of columns."""


def wrong_file(language: str) -> bytes:
    """Return a zip of CSV tables under the names and headings of a language."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for key, rows in WRONG.items():
            spec = specs()[key]
            labels = {column.key: column.labels[language] for column in spec.columns}
            keys = [column for column in labels if any(column in row for row in rows)]
            lines = [[labels[column] for column in keys], *([row.get(column, "") for column in keys] for row in rows)]
            archive.writestr(f"{spec.labels[language]}.csv", "\n".join(";".join(line) for line in lines))
    return packed.getvalue()


def looked_at(writer: FlaskClient, own: Service, content: bytes, name: str, language: str) -> tuple[str, Finding]:
    """Return the page of what was found in a file, in a language, and the finding itself."""
    upload = choose(writer, content, name)
    found = press(writer, own, read(writer, f"{upload}?lang={language}"), "/check")
    kept = importing.found(own.desk, upload.rpartition("/")[2], found.rpartition("/")[2])
    assert kept is not None
    return writer.get(f"{found}?lang={language}", headers={"Accept": "text/html"}).text, kept


@pytest.mark.parametrize("language", OTHERS)
def test_every_problem_of_a_file_is_said_in_the_readers_language(
    writer: FlaskClient, own: Service, language: str
) -> None:
    page, found = looked_at(writer, own, wrong_file(language), "wrong.zip", language)
    assert len(found.problems) >= 15, "the file is wrong in many ways"
    assert not re.findall(r'<span lang="en">.*?</span>', page)
    for each in found.problems:
        assert each.message not in page
    assert "{0} %s" in page and "{end}" in page
    english, _ = looked_at(writer, own, wrong_file(language), "wrong.zip", "en")
    assert found.problems[0].remedy in english


@pytest.mark.parametrize("language", OTHERS)
def test_a_file_that_nobody_can_read_is_refused_in_the_readers_language(writer: FlaskClient, language: str) -> None:
    upload = choose(writer, b"PK\x03\x04 no workbook", "rikki.xlsx")
    answer = writer.get(f"{upload}?lang={language}", headers={"Accept": "text/html"})
    assert answer.status_code == 422
    assert {"fi": "on vioittunut", "sv": "är skadad"}[language] in answer.text
    assert '<span lang="en">' not in answer.text


@pytest.mark.parametrize("language", OTHERS)
def test_a_format_and_what_is_not_sure_are_told(writer: FlaskClient, own: Service, language: str) -> None:
    page, _ = looked_at(writer, own, b"DL n=2\ndata:\n0 1\n1 0\n", "two.dl", language)
    assert "UCINET DL" in page and '<span lang="en">' not in page
    upload = choose(writer, b"Juttu;Asia\nx;y\n", "outo.csv")
    columns = writer.get(f"{upload}?lang={language}", headers={"Accept": "text/html"}).text
    assert {"fi": "epävarma", "sv": "osäkert"}[language] in columns
    assert '<span lang="en">' not in columns


@pytest.mark.parametrize("language", LANGUAGES)
def test_work_that_failed_says_why(writer: FlaskClient, own: Service, language: str) -> None:
    upload = choose(writer, LIST.encode(), "a.csv").rpartition("/")[2]
    job = working.queue(own, "import", ImportAsked(upload=upload, digest="0" * 32), "someone")
    dispatcher(own, threads=0).drain()
    page = writer.get(f"/import/jobs/{job.id}?lang={language}", headers={"Accept": "text/html"}).text
    assert {"fi": "Tarkista tiedosto ensin.", "sv": "Kontrollera filen först.", "en": "Check it first."}[
        language
    ] in page
    assert '<span lang="en">' not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_clash_and_a_file_that_is_too_large_are_told(own: Service, language: str) -> None:
    writer = create_app(Settings(store=":memory:"), own).test_client()
    first = press(writer, own, read(writer, choose(writer, LIST.encode(), "a.csv")), "/check")
    second = press(writer, own, read(writer, choose(writer, LIST.replace("Uusi", "Muu").encode(), "b.csv")), "/check")
    press(writer, own, read(writer, second), "/save")
    form = read(writer, f"{first}?lang={language}").form("/save")
    clash = writer.post(form.action, data=form.fields, headers=NAVIGATE)
    own.desk.uploads.most_bytes = 1_000
    large = writer.post("/import", data={"file": (BytesIO(b"x" * 200_000), "large.csv")}, headers=NAVIGATE)
    assert (clash.status_code, large.status_code) == (409, 413)
    for page in (clash, large):
        assert f'<html lang="{language}"' in page.text
        assert '<span lang="en">' not in page.text
    assert ("has changed" in clash.text) == (language == "en")
    assert ("bytes" in large.text) == (language == "en")


def test_what_nobody_translated_is_marked_as_english_and_is_text() -> None:
    assert marked("A <b>new</b> sentence.", "fi") == '<span lang="en">A &lt;b&gt;new&lt;/b&gt; sentence.</span>'
    assert marked("A <b>new</b> sentence.", "en") == "A &lt;b&gt;new&lt;/b&gt; sentence."
    assert marked("There is no file '<b>'.", "sv") == "Filen &#39;&lt;b&gt;&#39; finns inte."
