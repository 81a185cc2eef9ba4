"""Contact persons: kept where a setting says so, undone, restored, erased, let go of; on every engine; nowhere else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graphsvc import judging, loading
from graphsvc.contacts import Contacts
from graphsvc.entries import united
from graphsvc.errors import InvalidValue, NotFound, SettingsError
from graphsvc.ingest.confined_limits import Limits
from graphsvc.ingest.reading import Severity
from graphsvc.judging import Saying
from graphsvc.model import Contact, Verdict
from graphsvc.settings import Settings
from graphsvc.store import backup, feed
from graphsvc.store import contacts as stored
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.opening import open_store
from graphsvc.store.persons import Sought, mentions
from graphsvc.store.undoing import undo
from tests.contract.test_loading import tables

TODAY = date(2026, 6, 1)
NAME, MAIL = "Maija Mäkinen", "maija.makinen@example.org"
HEADS = {
    "en": ("Contacts", "actor;name;role;e-mail;phone;purpose;until"),
    "fi": ("Yhteyshenkilöt", "toimija;nimi;tehtävä;sähköposti;puhelin;käyttötarkoitus;säilytetään asti"),
    "sv": ("Kontaktpersoner", "aktör;namn;roll;e-post;telefon;ändamål;sparas till"),
}
MAIJA = f"Aalto;{NAME};director;{MAIL};;call for proposals;31.12.2026\n"
PEKKA = "b;Pekka Virtanen;;;+358 40 1234567;call for proposals;2026-06-30\n"


def file_of(folder: Path, rows: str, language: str = "en") -> Path:
    made = tables(folder, actors="a;Aalto;;;\nb;Bee Oy;;;\n", collaborations="x;Hanke;\n", participations="a;x;lead\n")
    sheet, head = HEADS[language]
    (made / f"{sheet}.csv").write_text(f"{head}\n{rows}", encoding="utf-8")
    return made


def load(store: GraphStore, path: Path, *, kept: bool = True) -> loading.Loaded:
    return loading.load(store, loading.check(store, path, limits=Limits(contacts=kept)))


def contacts_of(store: GraphStore, today: date = TODAY) -> Contacts:
    made = Contacts(store, lambda: today, lambda: united(store, today))
    made.kept = True
    return made


def names(store: GraphStore, actor: str) -> list[str]:
    return [each.name for each in contacts_of(store).of_actor(actor)]


def named_in(store: GraphStore, text: str = NAME) -> set[str]:
    """The kinds of things in the whole graph that name somebody, also what imports said."""
    return {each.kind for each in mentions(store, Sought(text))}


@pytest.mark.parametrize("language", HEADS)
def test_a_sheet_of_contact_persons_is_read_in_three_languages(
    store: GraphStore, tmp_path: Path, language: str
) -> None:
    done = load(store, file_of(tmp_path / "one", MAIJA + PEKKA, language))
    assert done.tally.claims["Contact"] == 2
    assert not done.tally.problems
    (maija,) = contacts_of(store).of_actor("a")
    assert (maija.role, maija.email, maija.purpose, maija.until) == (
        "director",
        MAIL,
        "call for proposals",
        date(2026, 12, 31),
    )
    assert maija.source == "file-one"
    assert names(store, "b") == ["Pekka Virtanen"]


def test_contact_persons_stand_in_nodes_of_their_own_and_nowhere_else(store: GraphStore, tmp_path: Path) -> None:
    load(store, file_of(tmp_path / "one", MAIJA + PEKKA))
    assert named_in(store) == named_in(store, MAIL) == {"contact"}
    assert NAME not in repr(store.snapshot())


def test_where_they_are_not_kept_the_sheet_is_refused_and_nothing_of_it_stored(
    store: GraphStore, tmp_path: Path
) -> None:
    done = load(store, file_of(tmp_path / "one", MAIJA + PEKKA), kept=False)
    (problem,) = done.tally.problems
    assert problem.severity is Severity.ERROR
    assert (problem.file, problem.sheet) == ("one", "Contacts")
    assert "not kept here" in str(problem)
    assert "GRAPHSVC_CONTACTS" in problem.remedy
    assert named_in(store) == set()
    assert store.actor("a") is not None, "the rest of the file is read"
    off = contacts_of(store)
    off.kept = False
    with pytest.raises(SettingsError):
        off.of_actor("a")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (f"a;{NAME};;;;why;2026-12-31\n", ""),
        (f"a;{NAME};;{MAIL};;;2026-12-31\n", "purpose"),
        (f"a;{NAME};;{MAIL};;why;\n", "until"),
        (f"a;{NAME};;{MAIL};;why;{NAME}\n", "until"),
        (f"a;{NAME};;{NAME};;why;2026-12-31\n", "e-mail"),
        (f"{NAME};{NAME};;{MAIL};;why;2026-12-31\n", "actor"),
        (f"a;{NAME};;{MAIL};;why;2026-12-31;more\n", ""),
    ],
)
def test_a_wrong_row_is_told_by_its_place_and_never_quoted(
    store: GraphStore, tmp_path: Path, row: str, column: str
) -> None:
    done = load(store, file_of(tmp_path / "one", row + PEKKA))
    assert done.tally.wrong_rows == 1
    problem = done.tally.problems[0]
    assert (problem.row, problem.column) == (2, column)
    assert "Mäkinen" not in repr(done.tally.problems)
    assert MAIL not in repr(done.tally.problems)
    assert names(store, "b") == ["Pekka Virtanen"], "the other row is read"


def test_a_sheet_without_a_header_is_not_quoted(store: GraphStore, tmp_path: Path) -> None:
    made = file_of(tmp_path / "one", "")
    (made / "Contacts.csv").write_text(MAIJA + PEKKA, encoding="utf-8")
    done = load(store, made)
    assert done.tally.unread_sheets == ["Contacts"]
    assert "Mäkinen" not in repr(done.tally.problems)


def test_the_next_version_and_undoing_let_stand_what_was_named_then(store: GraphStore, tmp_path: Path) -> None:
    path = file_of(tmp_path / "one", MAIJA)
    load(store, path)
    load(store, file_of(tmp_path / "one", PEKKA))
    assert (names(store, "a"), names(store, "b")) == ([], ["Pekka Virtanen"])
    undo(store, store.imports()[-1].id)
    assert (names(store, "a"), names(store, "b")) == ([NAME], [])
    assert named_in(store, "Pekka Virtanen") == set(), "what was taken back is deleted"
    undo(store, store.history("file-one").versions[-1].id)
    assert named_in(store) == set()


def test_what_was_erased_comes_back_by_no_undoing(store: GraphStore, tmp_path: Path) -> None:
    load(store, file_of(tmp_path / "one", MAIJA))
    load(store, file_of(tmp_path / "one", PEKKA))
    found = stored.naming(store, Sought(NAME).is_in)
    assert len(found) == 1, "one of an earlier version is found too"
    stored.take_away(store, found, "1 contact person was deleted")
    undo(store, store.imports()[-1].id)
    assert names(store, "a") == []
    assert named_in(store) == set()


def test_they_follow_the_body(store: GraphStore, tmp_path: Path) -> None:
    load(store, file_of(tmp_path / "one", MAIJA + PEKKA))
    judging.judge(store, Saying("a", "b", "Liisa", "asked them"), Verdict.SAME)
    assert names(store, "a") == names(store, "b") == [NAME, "Pekka Virtanen"]
    judging.unmerge(store, Saying("a", "b", "Liisa", "was wrong"))
    assert names(store, "a") == [NAME]


def test_a_person_adds_and_removes_one(store: GraphStore, tmp_path: Path) -> None:
    load(store, file_of(tmp_path / "one", ""))
    kept, revision = contacts_of(store), store.revision()
    id_ = kept.add(Contact(actor="a", name=NAME, email=MAIL, purpose="why", until=TODAY))
    assert names(store, "a") == [NAME]
    load(store, file_of(tmp_path / "one", PEKKA))
    assert names(store, "a") == [NAME], "an import touches its own only"
    assert kept.remove(id_).actor == "a"
    assert names(store, "a") == []
    assert store.revision() > revision + 1
    own = [each for each in feed.since(store, revision, 100) if each.id.startswith("contact:")]
    assert [(each.complete, each.there, each.gone, NAME in repr(each)) for each in own] == [(True, {}, {}, False)] * 2
    with pytest.raises(NotFound):
        kept.remove(id_)
    with pytest.raises(NotFound):
        kept.of_actor("nobody")
    with pytest.raises(InvalidValue, match="over already"):
        kept.add(Contact(actor="a", name=NAME, email=MAIL, purpose="why", until=date(2026, 5, 31)))


def test_a_person_gives_one_another_last_day(store: GraphStore, tmp_path: Path) -> None:
    load(store, file_of(tmp_path / "one", MAIJA))
    kept, (maija,) = contacts_of(store), contacts_of(store).of_actor("a")
    for until in (date(2027, 1, 31), TODAY, date(2027, 1, 31)):
        assert kept.keep_until(maija.id, until).until == until
        assert kept.of_actor("a") == (maija.model_copy(update={"until": until}),)
    revision = store.revision()
    kept.keep_until(maija.id, date(2027, 1, 31))
    assert store.revision() == revision, "the same day changes nothing"
    with pytest.raises(InvalidValue, match="over already"):
        kept.keep_until(maija.id, date(2026, 5, 31))
    with pytest.raises(NotFound):
        kept.keep_until("0" * 24, TODAY)
    load(store, file_of(tmp_path / "one", MAIJA + PEKKA))
    assert [each.until for each in kept.of_actor("a")] == [date(2026, 12, 31)], "the file's day, with its next version"


def test_on_the_day_after_the_last_nobody_sees_one_and_it_goes(store: GraphStore, tmp_path: Path) -> None:
    load(store, file_of(tmp_path / "one", MAIJA + PEKKA))
    last, after = contacts_of(store, date(2026, 6, 30)), contacts_of(store, date(2026, 7, 1))
    assert (len(last.of_actor("b")), len(after.of_actor("b"))) == (1, 0)
    assert (last.let_go(), after.let_go(), after.let_go()) == (0, 1, 0)
    assert named_in(store, "Pekka Virtanen") == set()
    assert names(store, "a") == [NAME]


def test_a_backup_holds_them_as_they_are(store: GraphStore, tmp_path: Path) -> None:
    load(store, file_of(tmp_path / "one", MAIJA))
    load(store, file_of(tmp_path / "one", PEKKA))
    backup.save(store, tmp_path / "saved.backup")
    assert backup.names(tmp_path / "saved.backup", Sought(NAME).is_in)
    other = open_store(Settings.load(store=":memory:"))
    backup.restore(other, tmp_path / "saved.backup")
    assert names(other, "b") == ["Pekka Virtanen"]
    undo(other, other.imports()[-1].id)
    assert names(other, "a") == [NAME]
    other.close()


def test_after_an_erasing_neither_files_nor_backups_hold_the_name(tmp_path: Path) -> None:
    graph = tmp_path / "home" / "graph.kgl"
    store = open_store(Settings.load(store=str(graph)))
    load(store, file_of(tmp_path / "one", MAIJA + PEKKA))
    stored.take_away(store, stored.naming(store, Sought(NAME).is_in), "1 contact person was deleted")
    backup.save(store, tmp_path / "saved.backup")
    assert not backup.names(tmp_path / "saved.backup", Sought(NAME).is_in)
    assert backup.names(tmp_path / "saved.backup", Sought("Pekka Virtanen").is_in)
    store.close()
    held = {path.name: path.read_bytes() for path in graph.parent.rglob("*") if path.is_file()}
    assert held
    for text in (NAME, MAIL):
        assert [name for name, content in held.items() if text.encode() in content] == []
