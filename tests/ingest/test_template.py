"""The template reads without a problem, empty and filled in, in each language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from graphsvc.errors import InvalidValue
from graphsvc.ingest.columns import specs
from graphsvc.ingest.template import write_template
from graphsvc.model import Actor, ActorKind, Collaboration, CollaborationKind, Link, LinkKind, Participation, Theme

ReadFile = Callable[[Path], Any]
LANGUAGES = ["fi", "sv", "en"]
OFFERED = ["sources", "themes", "actors", "collaborations", "participations", "links", "names"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_empty_template_says_nothing(tmp_path: Path, read: ReadFile, language: str) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, language)
    result = read(path)
    assert (result.rows, result.problems) == ([], [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_headers_notes_and_drop_downs(tmp_path: Path, language: str) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, language)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Readme", *(specs()[key].labels[language] for key in OFFERED)]
    for key in OFFERED:
        sheet = book[specs()[key].labels[language]]
        assert sheet.freeze_panes == "A2"
        for column, cell in zip(specs()[key].offers.columns, sheet[1], strict=True):
            assert cell.value == column.labels[language]
            assert cell.comment.text.strip() == column.notes[language]
    lists = {key: book[specs()[key].labels[language]].data_validations.dataValidation for key in OFFERED}
    with_lists = {"actors": 1, "collaborations": 1, "links": 1, "names": 1}
    assert {key: len(found) for key, found in lists.items() if found} == with_lists
    book.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_drop_downs_is_understood(tmp_path: Path, read: ReadFile, language: str) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, language)
    book = openpyxl.load_workbook(path)
    actors, collaborations, links = (
        book[specs()[key].labels[language]] for key in ("actors", "collaborations", "links")
    )
    words = {sheet.title: choices(sheet) for sheet in (actors, collaborations, links)}
    for number, word in enumerate(words[actors.title]):
        fill(actors, "actors", name=f"Actor {number}", kind=word)
    for number, word in enumerate(words[collaborations.title]):
        fill(collaborations, "collaborations", name=f"Collaboration {number}", kind=word)
    for number, word in enumerate(words[links.title]):
        fill(links, "links", actor="Actor 0", relation=word, other=f"Actor {number + 1}")
    book.save(path)
    book.close()
    result = read(path)
    assert not result.problems
    assert [actor.kind for actor in result.claims(Actor)] == list(ActorKind)
    assert [item.kind for item in result.claims(Collaboration)] == list(CollaborationKind)
    assert [link.kind for link in result.claims(Link)] == list(LinkKind)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_filled_in_by_a_person(tmp_path: Path, read: ReadFile, language: str) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, language)
    book = openpyxl.load_workbook(path)
    rows: dict[str, list[dict[str, object]]] = {
        "sources": [{"name": "Muistio", "stated": "31.1.2024", "address": "www.example.org", "publisher": "Me"}],
        "themes": [{"name": "Terveys", "name_en": "Health"}, {"name": "Hoito", "parent": "Terveys"}],
        "actors": [
            {"name": "Tampereen kaupunki", "business_id": "0211675-2", "municipality": "Tampere", "country": "Suomi"},
            {"name": "Oy Ab", "names": "OA (abbreviation)", "pic": 999000001, "website": "example.org"},
        ],
        "collaborations": [{"name": "Hanke", "start": "1.2.2024", "end": "28.2.2025", "themes": "Hoito; Terveys"}],
        "participations": [
            {"actor": "Tampereen kaupunki", "collaboration": "Hanke", "amount": "1 000,50", "source": "Muistio"},
            {"actor": "OA", "collaboration": "Hanke", "role": "partner"},
        ],
        "links": [],
    }
    for key, filled in rows.items():
        for row in filled:
            fill(book[specs()[key].labels[language]], key, **row)
    book.save(path)
    book.close()
    result = read(path)
    assert not result.problems
    assert len(result.rows) == sum(map(len, rows.values()))
    assert [theme.parent for theme in result.claims(Theme)] == [None, "t-terveys"]
    assert [claim.actor for claim in result.claims(Participation)] == ["fi-0211675-2", "pic-999000001"]


def test_the_same_bytes_each_time(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_template(tmp_path / name, "fi")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_unknown_language_and_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="no template in 'de'"):
        write_template(tmp_path / "x.xlsx", "de")
    with pytest.raises(OSError, match="No such file"):
        write_template(tmp_path / "none" / "x.xlsx", "en")


def choices(sheet: Any) -> list[str]:
    [validation] = sheet.data_validations.dataValidation
    return str(validation.formula1).strip('"').split(",")


def fill(sheet: Any, key: str, **values: object) -> None:
    number = sheet.max_row + 1
    for position, column in enumerate(specs()[key].offers.columns, start=1):
        if column.key in values:
            sheet.cell(number, position, values[column.key])
