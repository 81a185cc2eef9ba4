"""A file gets into the graph whole, once, and however often it was cut on the way."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from graphsvc import loading
from graphsvc.errors import StoreUnavailable, UnreadableFile
from graphsvc.samples import sample_path
from graphsvc.store.comparing import Compared
from graphsvc.store.engine import Engine, Row, Step
from graphsvc.store.graph_store import GraphStore

ACTORS = "id;name;kind;business id;pic\n"


class CutEngine:
    """An engine that goes away after a number of writes, as a killed process or a lost server does."""

    def __init__(self, engine: Engine, writes: int) -> None:
        self.engine = engine
        self.left = writes

    @property
    def name(self) -> str:
        return self.engine.name

    def read(self, statement: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        return self.engine.read(statement, parameters)

    def write(self, steps: Sequence[Step]) -> None:
        if not self.left:
            raise StoreUnavailable("cut")
        self.left -= 1
        self.engine.write(steps)

    def close(self) -> None:
        self.engine.close()


def tables(folder: Path, *, actors: str, collaborations: str = "", participations: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "Actors.csv").write_text(ACTORS + actors, encoding="utf-8")
    (folder / "Collaborations.csv").write_text("id;name;start\n" + collaborations, encoding="utf-8")
    (folder / "Participations.csv").write_text("actor;collaboration;role\n" + participations, encoding="utf-8")
    return folder


def load(store: GraphStore, path: Path) -> loading.Loaded:
    return loading.load(store, loading.check(store, path))


def test_the_same_file_twice_changes_nothing(store: GraphStore) -> None:
    first = load(store, sample_path())
    before = (store.graph_hash(), store.revision())
    assert first.batches_written == before[1]
    again = loading.check(store, sample_path())
    assert again.already_loaded
    assert again.new == 0
    second = loading.load(store, again)
    assert (second.batches_written, store.graph_hash(), store.revision()) == (0, *before)


def test_an_import_cut_anywhere_and_run_again_gives_the_graph_of_one_clean_run(
    store: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH_ROWS", 100)
    for writes in (3, 1, 0, 2):
        cut = GraphStore(CutEngine(store.engine, writes))
        with pytest.raises(StoreUnavailable):
            load(cut, sample_path())
    done = load(store, sample_path())
    assert done.batches_known == 6, "what an earlier run had written is not written again"
    monkeypatch.setattr(loading, "BATCH_ROWS", 2000)
    from graphsvc.settings import Settings
    from graphsvc.store.opening import open_store

    clean = open_store(Settings.load(store=str(tmp_path / "clean.kgl")))
    try:
        load(clean, sample_path())
        assert clean.graph_hash() == store.graph_hash()
    finally:
        clean.close()


def test_long_rows_come_in_smaller_batches(store: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tables(tmp_path / "net", actors="".join(f"a{n};{chr(97 + n) * 90};firm;;\n" for n in range(10)))
    monkeypatch.setattr(loading, "BATCH_CHARACTERS", 250)  # a row has 96 to 97: each third one ends a batch
    done = load(store, path)
    assert (done.tally.rows, done.batches_written) == (10, 4 + 1)
    assert store.status().actors == {"firm": 10}


def test_a_newer_version_updates_and_forgets_what_it_no_longer_says(store: GraphStore, tmp_path: Path) -> None:
    folder = tmp_path / "net"
    load(
        store,
        tables(
            folder,
            actors="a;Aalto;university;;\nb;Beeta Oy;firm;;\n",
            collaborations="c;Hanke;2020-01-01\n",
            participations="a;c;lead\nb;c;partner\n",
        ),
    )
    first = store.graph_hash()
    load(
        store,
        tables(
            folder,
            actors="a;Aalto-yliopisto;university;;\nd;Delta ry;civil_society;;\n",
            collaborations="c;Hanke;2020-01-01\n",
            participations="a;c;lead\nd;c;partner\n",
        ),
    )
    snapshot = store.snapshot()
    assert {actor.id: actor.name for actor in snapshot.actors} == {"a": "Aalto-yliopisto", "d": "Delta ry"}
    assert [claim.actor for claim in snapshot.participations] == ["a", "d"]
    load(
        store,
        tables(
            folder,
            actors="a;Aalto;university;;\nb;Beeta Oy;firm;;\n",
            collaborations="c;Hanke;2020-01-01\n",
            participations="a;c;lead\nb;c;partner\n",
        ),
    )
    assert store.graph_hash() == first, "going back to the first version gives the first graph"


ACTORS_V1 = "a;Aalto;university;;\nb;Beeta Oy;firm;;\n"
ACTORS_V2 = "a;Aalto;university;;\nd;Delta ry;civil_society;;\n"


def test_looking_at_a_newer_version_tells_what_it_no_longer_says(store: GraphStore, tmp_path: Path) -> None:
    folder, one = tmp_path / "net", "c;Hanke;2020-01-01\n"
    first = tables(folder, actors=ACTORS_V1, collaborations=one, participations="a;c;lead\nb;c;partner\n")
    assert not loading.check(store, first).compared.gone, "nothing can be gone from an empty graph"
    load(store, first)
    assert not loading.check(store, first).compared.gone
    newer = tables(folder, actors=ACTORS_V2, collaborations=one, participations="a;c;lead of it\nd;c;partner\n")
    compared = loading.check(store, newer).compared
    assert compared.gone == {"actor": 1, "participation": 1}
    assert compared.new == {"actor": 1, "participation": 1}
    assert compared.changed == {"participation": 1}, "another role"
    newer = tables(folder, actors=ACTORS_V1, collaborations="k;Koe;\n", participations="a;k;lead\n")
    checked = loading.check(store, newer)
    assert checked.compared.gone == {"collaboration": 1, "participation": 2}
    before = store.snapshot()
    loading.load(store, checked)
    after = store.snapshot()
    assert {c.id for c in before.collaborations} - {c.id for c in after.collaborations} == {"c"}


def test_looking_at_a_newer_version_tells_what_is_new_changed_and_as_before(store: GraphStore, tmp_path: Path) -> None:
    folder, one = tmp_path / "net", "c;Hanke;2020-01-01\n"
    first = loading.check(store, tables(folder, actors=ACTORS_V1, collaborations=one))
    assert first.compared == Compared(new={"actor": 2, "collaboration": 1, "source": 1})
    loading.load(store, first)
    same = loading.check(store, folder).compared
    assert same == Compared(unchanged={"actor": 2, "collaboration": 1, "source": 1})
    newer = loading.check(store, tables(folder, actors=ACTORS_V2, collaborations="c;Hanke;2020-01-02\n"))
    assert newer.compared == Compared(
        new={"actor": 1}, changed={"collaboration": 1}, unchanged={"actor": 1, "source": 1}, gone={"actor": 1}
    )
    assert loading.load(store, newer).compared == newer.compared
    assert loading.check(store, sample_path()).compared.unchanged == {}, "another file is compared with itself only"


def test_a_newer_version_with_an_unreadable_sheet_is_not_saved(store: GraphStore, tmp_path: Path) -> None:
    folder, one = tmp_path / "net", "c;Hanke;2020-01-01\n"
    load(store, tables(folder, actors=ACTORS_V1, collaborations=one, participations="a;c;lead\nb;c;partner\n"))
    before = (store.graph_hash(), store.revision())
    (folder / "Actors.csv").write_text("id;organisation title;kind\na;Aalto;university\n", encoding="utf-8")
    checked = loading.check(store, folder)
    assert checked.tally.unread_sheets == ["Actors", "Participations"]
    assert checked.compared.gone == {"actor": 2, "participation": 2}
    with pytest.raises(UnreadableFile, match="Actors, Participations"):
        loading.load(store, checked)
    assert (store.graph_hash(), store.revision()) == before
    other = folder.rename(tmp_path / "other")
    load(store, other)
    assert store.revision() > before[1], "a file that is new to the graph loses nothing: its other sheets are saved"


CORDIS = {
    "cordis-h2020organizations.csv": "projectRcn;projectID;projectAcronym;role;id;name;shortName;activityType;"
    "endOfParticipation;ecContribution;country;street;city;postCode;organizationUrl;vatNumber\n"
    "200;800;ALPHA;coordinator;999000001;OULUN YLIOPISTO;UO;HES;;100,5;FI;;OULU;;;\n"
    '200;800;ALPHA;participant;999000002;"Firm; Ltd";FIRM;PRC;;"1234,56";UK;;LEEDS;;;\n',
    "cordis-h2020projects.csv": "rcn;id;acronym;status;programme;topics;frameworkProgramme;title;startDate;endDate\n"
    "200;800;ALPHA;;H2020-EU.3.4.;T-1;H2020;Alpha title;2019-05-01;2022-04-30\n",
}


def test_a_cordis_zip_goes_into_the_graph_once(store: GraphStore, tmp_path: Path) -> None:
    path = tmp_path / "cordis-h2020.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in CORDIS.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 12, 14, 0, 0, 0)), text)
    load(store, path)
    snapshot = store.snapshot()
    assert {actor.pic: actor.name for actor in snapshot.actors} == {
        "999000001": "OULUN YLIOPISTO",
        "999000002": "Firm; Ltd",
    }
    assert [(c.name, c.start) for c in snapshot.collaborations] == [("ALPHA", date(2019, 5, 1))]
    money = {claim.role: claim.money.amount for claim in snapshot.participations if claim.money}
    assert money == {"coordinator": Decimal("100.5"), "participant": Decimal("1234.56")}
    before = (store.graph_hash(), store.revision())
    assert load(store, path).batches_written == 0
    assert (store.graph_hash(), store.revision()) == before


def test_an_actor_under_another_id_is_met_by_its_identifiers(store: GraphStore, tmp_path: Path) -> None:
    load(store, tables(tmp_path / "one", actors="tau;Tampereen yliopisto;university;2844561-8;999903161\n"))
    found = loading.check(
        store,
        tables(
            tmp_path / "two",
            actors="x1;TAMPEREEN KORKEAKOULUSAATIO SR;;2844561-8;\nx2;Muu ry;civil_society;;\n",
            collaborations="c;Hanke;2020-01-01\n",
            participations="x1;c;lead\nx2;c;partner\n",
        ),
    )
    assert (found.new, found.known) == (1, 1)
    loading.load(store, found)
    snapshot = store.snapshot()
    assert [actor.id for actor in snapshot.actors] == ["tau", "x2"]
    assert [claim.actor for claim in snapshot.participations] == ["tau", "x2"]


def test_another_file_adds_what_is_lacking_and_does_not_rename(store: GraphStore, tmp_path: Path) -> None:
    load(store, tables(tmp_path / "one", actors="tau;Tampereen yliopisto;university;2844561-8;\n"))
    load(store, tables(tmp_path / "two", actors="x;TAMPEREEN KORKEAKOULUSAATIO SR;other;2844561-8;999903161\n"))
    (actor,) = store.snapshot().actors
    assert (actor.name, actor.kind.value, actor.pic) == ("Tampereen yliopisto", "university", "999903161")
    load(store, tables(tmp_path / "one", actors="tau;Tampereen korkeakoulusäätiö sr;university;2844561-8;\n"))
    assert store.snapshot().actors[0].name == "Tampereen korkeakoulusäätiö sr", "its own file may rename it"
    load(store, tables(tmp_path / "one", actors="z;Muu ry;;;\n"))
    load(store, tables(tmp_path / "two", actors="x;TAU;other;2844561-8;999903161\n"))
    assert [actor.name for actor in store.snapshot().actors] == ["TAU", "Muu ry"], (
        "what a file let go, the next describes"
    )


def test_identifiers_that_contradict_need_a_person_and_keep_the_rest(store: GraphStore, tmp_path: Path) -> None:
    load(store, tables(tmp_path / "one", actors="a;Aalto;;2228357-4;\nt;Tampere;;2844561-8;999903161\n"))
    before = {actor.id for actor in store.snapshot().actors}
    found = loading.check(
        store,
        tables(
            tmp_path / "two",
            actors="x;Kumpi Oy;firm;2228357-4;999903161\ny;Selvä Oy;firm;;\n",
            collaborations="c;Hanke;2020-01-01\n",
            participations="x;c;lead\ny;c;partner\n",
        ),
    )
    (problem,) = found.tally.problems
    assert problem.row == 2
    assert "'a'" in problem.message
    assert "'t'" in problem.message
    assert problem.remedy
    loading.load(store, found)
    assert {actor.id for actor in store.snapshot().actors} == before | {"y"}
    assert [claim.actor for claim in store.snapshot().participations] == ["y"]
