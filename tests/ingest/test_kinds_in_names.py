"""What a name suggests of an actor's kind: told in the dry run as that, and never read as what a source says."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest

from graphsvc import loading
from graphsvc.ingest.kinds_in_names import suggested_kind
from graphsvc.ingest.reading import Problem
from graphsvc.model import ActorKind
from graphsvc.settings import Settings
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.opening import open_store
from tests.contract.test_loading import load, tables

CORDIS = Path(__file__).parents[3] / "shared" / "data" / "cordis" / "cordis-h2020-assembled-csv.zip"
LIST = (
    "Organisaatio;Hanke\nNokian kaupunki;Kierto\nLempäälän kunta;Kierto\nOsuuskunta Maito;Kierto\nMalmö stad;Kierto\n"
)


PUBLIC = (
    "Nokian kaupunki; LEMPÄÄLÄN KUNTA; Tampereen kaupunki; Pirkanmaan liitto; Council of Tampere Region; Malmö stad;"
    " Pirkanmaan hyvinvointialue; Pirkanmaan ELY-keskus; Etelä-Savon maakuntaliitto; Närpes kommun; City of Tampere;"
    " Municipality of Lempäälä; City of New York; Österbottens förbund"
)
OTHERS = (
    "Osuuskunta Maito; Tampereen seurakunta; Tampereen ylioppilaskunta; Suomen Yrittäjien liitto; Kunta; Stadium Oy;"
    " Pohjois-Savon sairaanhoitopiirin kuntayhtymä; City of Dublin Energy Management Agency Limited; Kaupunkitutkimus;"
    " City of; Tampereen kaupunki Oy; Stad Media AB; Koulutuskuntayhtymä OSAO; -"
)


@pytest.mark.parametrize("name", PUBLIC.split("; "))
def test_a_name_of_a_public_body_suggests_it(name: str) -> None:
    assert suggested_kind(name) is ActorKind.PUBLIC_BODY


@pytest.mark.parametrize("name", OTHERS.split("; "))
def test_other_names_suggest_nothing(name: str) -> None:
    assert suggested_kind(name) is None


@pytest.mark.skipif(not CORDIS.exists(), reason="the shared data is not here")
def test_what_names_suggest_is_what_cordis_says() -> None:
    """Of the organisations of Horizon 2020 whose names suggest a public body, CORDIS calls all but one so."""
    with zipfile.ZipFile(CORDIS) as archive, archive.open("cordis-h2020organizations.csv") as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig")
        first = text.readline()
        reader = csv.DictReader(text, first.strip().replace('"', "").split(";"), delimiter=";")
        told = {(row["name"], row["activityType"], row["country"]) for row in reader}
    suggested = [(kind, country) for name, kind, country in told if suggested_kind(name)]
    northern = [kind for kind, country in suggested if country in {"FI", "SE"}]
    assert len(suggested) >= 25 and len(northern) >= 12
    assert sum(kind == "PUB" for kind, _ in suggested) / len(suggested) >= 0.94
    assert sum(kind == "PUB" for kind in northern) / len(northern) >= 0.94


@pytest.fixture
def store() -> GraphStore:
    return open_store(Settings.load(store=":memory:"))


def notes(checked: loading.Checked) -> list[Problem]:
    return [each for each in checked.tally.problems if "suggested from the names" in each.message]


def test_the_dry_run_suggests_and_the_graph_says_nothing_that_no_source_said(store: GraphStore, tmp_path: Path) -> None:
    (tmp_path / "lista.csv").write_text(LIST, encoding="utf-8")
    checked = loading.check(store, tmp_path / "lista.csv")
    (note,) = notes(checked)
    assert "Lempäälän kunta, Malmö stad, Nokian kaupunki." in note.message
    assert note.severity == "note"
    loading.load(store, checked)
    assert {actor.kind for actor in store.snapshot().actors} == {ActorKind.UNKNOWN}
    store.close()


def test_nothing_is_suggested_where_a_source_gives_the_kind(store: GraphStore, tmp_path: Path) -> None:
    load(store, tables(tmp_path / "one", actors="nokia;Nokian kaupunki;public_body;;\n"))
    assert notes(loading.check(store, tables(tmp_path / "one", actors="x;Malmö stad;firm;;\n"))) == []
    assert notes(loading.check(store, tables(tmp_path / "two", actors="nokia;Nokian kaupunki;;;\n"))) == [], "known"
    assert len(notes(loading.check(store, tables(tmp_path / "three", actors="x;Malmö stad;;;\n")))) == 1
    store.close()
