"""What the matching of an import finds is told in the dry run, kept with the import and taken back with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphsvc import judging, loading
from graphsvc.errors import StoreUnavailable
from graphsvc.judging import Saying
from graphsvc.model import Verdict
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.undoing import undo
from tests.contract.test_judging import words
from tests.contract.test_loading import CutEngine, load, tables

KNOWN = "a;Techila Technologies Oy;firm;;\nb;Vaisala Oyj;firm;0124416-2;\n"
FRESH = "x;Techila Technologies;firm;;\ny;VAISALA OYJ;firm;;\nz;Wihuri Oy;firm;;\n"


def both(store: GraphStore, folder: Path) -> loading.Checked:
    """Load the one file and look at the other."""
    load(store, tables(folder / "one", actors=KNOWN))
    return loading.check(store, tables(folder / "two", actors=FRESH))


def pairs(checked: loading.Checked) -> dict[str, str]:
    found = {word.a + word.b: "same" for word in checked.proposed.sure}
    return {**found, **{word.a + word.b: "unsure" for word in checked.proposed.doubtful}}


def test_a_dry_run_tells_sure_and_doubtful_pairs_and_saves_nothing(store: GraphStore, tmp_path: Path) -> None:
    checked = both(store, tmp_path)
    before = (store.graph_hash(), store.revision())
    found = pairs(checked)
    assert set(found) == {"ax", "by"}, "each with the one of its name, none with another"
    assert {id_: actor.name for id_, actor in checked.proposed.actors.items()} == {
        "a": "Techila Technologies Oy",
        "b": "Vaisala Oyj",
        "x": "Techila Technologies",
        "y": "VAISALA OYJ",
    }
    assert all(word.grounds and word.score for word in checked.proposed.words)
    assert (store.graph_hash(), store.revision()) == before
    done = loading.load(store, checked)
    assert done.proposed == checked.proposed
    assert words(store) == found, "what the dry run told is what counts"


def test_what_was_found_is_taken_back_with_its_import_and_returns_with_it(store: GraphStore, tmp_path: Path) -> None:
    checked = both(store, tmp_path)
    before = store.graph_hash()
    loading.load(store, checked)
    found, after = words(store), store.graph_hash()
    load(store, tables(tmp_path / "two", actors="z;Wihuri Oy;firm;;\n"))
    assert words(store) == {}, "the newer version says it no more"
    for expected in (found, {}):
        last = store.last_import("file-two")
        assert last is not None
        undo(store, last.id)
        assert words(store) == expected
    assert store.graph_hash() == before
    load(store, tables(tmp_path / "two", actors=FRESH))
    assert store.graph_hash() == after


def test_a_person_is_heard_before_the_matching_and_needs_not_be_asked_again(store: GraphStore, tmp_path: Path) -> None:
    loading.load(store, both(store, tmp_path))
    judging.judge(store, Saying("a", "x", "Maija", "the register"), Verdict.DIFFERENT)
    newer = loading.check(store, tables(tmp_path / "two", actors=FRESH + "w;Uusi Oy;firm;;\n"))
    assert set(pairs(newer)) == {"by"}
    loading.load(store, newer)
    assert words(store)["ax"] == "different"
    judging.withdraw(store, Saying("a", "x", "Maija"))
    (said,) = [word.verdict.value for word in newer.proposed.words if (word.a, word.b) == ("a", "x")]
    assert words(store)["ax"] == said, "what the matching says was not lost meanwhile"


def test_what_was_written_between_look_and_load_is_matched_too(store: GraphStore, tmp_path: Path) -> None:
    load(store, tables(tmp_path / "one", actors=KNOWN))
    checked = loading.check(store, tables(tmp_path / "two", actors=FRESH))
    load(store, tables(tmp_path / "three", actors="w;Wihuri Oy;firm;;\n"))
    done = loading.load(store, checked)
    assert {word.a + word.b for word in done.proposed.words} == {"ax", "by", "wz"}
    assert set(words(store)) == {"ax", "by", "wz"}


def test_an_import_that_was_cut_finds_the_same_when_it_goes_on(
    store: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH_ROWS", 1)
    checked = both(store, tmp_path)
    for writes in (2, 1):
        cut = GraphStore(CutEngine(store.engine, writes))
        with pytest.raises(StoreUnavailable):
            loading.load(cut, loading.check(cut, tmp_path / "two"))
    again = loading.check(store, tmp_path / "two")
    assert again.proposed.words == checked.proposed.words
    assert loading.load(store, again).batches_known == 3
    assert words(store) == pairs(checked)


def test_entries_whose_relation_is_told_are_not_matched(store: GraphStore, tmp_path: Path) -> None:
    folder = tables(tmp_path / "net", actors="a;Vaisala Oyj;firm;;\nb;VAISALA OYJ;firm;;\nc;Vaisala;firm;;\n")
    checked = loading.check(store, folder)
    assert {word.a + word.b for word in checked.proposed.words} == {"ab", "ac", "bc"}
    assert pairs(checked) == {"ab": "same", "ac": "unsure"}, "a is surely b, so a person is asked once about c"
    (folder / "Links.csv").write_text("actor;other;kind\na;b;unit of\nc;b;succeeded by\n", encoding="utf-8")
    assert set(pairs(loading.check(store, folder))) == {"ac"}, "a and c are both below b, not below one another"


def test_an_unchanged_file_is_known_by_its_fingerprint_alone(store: GraphStore, tmp_path: Path) -> None:
    folder = tables(tmp_path / "net", actors=KNOWN, collaborations="c;Hanke;\n", participations="a;c;\n")
    load(store, folder)
    seen: list[tuple[int, int]] = []
    again = loading.check(store, folder, lambda done, total: seen.append((done, total)))
    assert again.already_loaded
    assert (again.tally.rows, seen) == (0, []), "no row was read"
    assert again.compared.unchanged == {"actor": 2, "collaboration": 1, "source": 1}
    assert (again.compared.new, again.compared.changed, again.compared.gone) == ({}, {}, {})


def test_a_file_that_was_undone_after_the_look_is_read_after_all(store: GraphStore, tmp_path: Path) -> None:
    loading.load(store, both(store, tmp_path))
    after = store.graph_hash()
    looked = loading.check(store, tmp_path / "two")
    last = store.last_import("file-two")
    assert last is not None
    undo(store, last.id)
    done = loading.load(store, looked)
    assert done.batches_written > 0
    assert done.compared.new == {"actor": 3, "source": 1}
    assert store.graph_hash() == after
