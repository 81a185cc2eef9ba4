"""How often the matching is right, on labelled entries. The floors are a little below what was measured.

``docs/explanation/matching.md`` has the figures; ``python -m benchmarks.matching`` measures them anew.
"""

from __future__ import annotations

import zlib

from graphsvc.model import Verdict
from graphsvc.resolve.matching import propose
from tests.resolve import labelled


def test_public_names_written_down_by_hand() -> None:
    entries = labelled.public_names()
    positives = labelled.pairs_of_one_label(entries)
    assert len(positives) >= 120
    quality = labelled.judge(propose(entries.actors, [], entries.places), entries, positives)
    assert not quality.wrong, "names of two bodies said to be one"
    assert quality.recall >= 0.75
    assert quality.recall_with_review >= 0.9
    assert quality.unsure <= 60, "the review queue holds what a person need not see"


def test_cordis_of_two_years() -> None:
    """The same PIC in 2017 and later, with other spellings, towns and kinds; a quarter of those spelled the same."""
    before, later = labelled.cordis_2017(), labelled.cordis_later()
    both = before.keys() & later.keys()
    respelled = {pic for pic in both if labelled.plain(before[pic]["name"]) != labelled.plain(later[pic]["name"])}
    assert len(respelled) > 400, "the data folder holds other snapshots than were labelled"
    chosen = {pic for pic in before | later if pic in respelled or zlib.crc32(pic.encode()) % 4 == 0}
    entries = labelled.Entries()
    labelled.add_cordis(entries, "before", {pic: before[pic] for pic in before.keys() & chosen})
    labelled.add_cordis(entries, "later", {pic: later[pic] for pic in later.keys() & chosen})
    known = [actor for actor in entries.actors if actor.id.startswith("later")]
    fresh = [actor for actor in entries.actors if actor.id.startswith("before")]
    proposals = propose(fresh, known, entries.places)

    def across(a: str, b: str) -> bool:
        return a.split("-")[0] != b.split("-")[0]

    pairs = {(f"before-{pic}", f"later-{pic}") for pic in both & chosen}
    quality = labelled.judge(proposals, entries, pairs, across)
    assert quality.precision >= 0.99, quality.wrong
    assert quality.recall >= 0.88
    hard = labelled.judge(proposals, entries, {pair for pair in pairs if pair[0].split("-")[1] in respelled}, across)
    assert hard.recall >= 0.3, "other spellings, bodies with a new name among them"
    assert hard.recall_with_review >= 0.45


def test_spellings_of_the_finnish_structural_funds() -> None:
    """13 000 names without a town: the same letters are one body; a part or another word makes another."""
    entries = labelled.structural_funds()
    proposals = propose(entries.actors, [], entries.places)
    positives = labelled.pairs_of_one_label(entries)
    assert len(positives) > 1000
    quality = labelled.judge(proposals, entries, positives)
    assert quality.recall >= 0.9
    assert quality.recall_with_review >= 0.97

    ids = {actor.name: actor.id for actor in entries.actors}
    merged = {(each.a, each.b) for each in proposals if each.verdict is Verdict.SAME}
    names = list(ids)
    parts = list(labelled.whole_and_part(names))
    others = list(labelled.differing_in_one_word(names))
    assert len(parts) > 300
    assert len(others) > 1000
    wrong = [pair for pair in parts + others if tuple(sorted((ids[pair[0]], ids[pair[1]]))) in merged]
    assert len(wrong) / (len(parts) + len(others)) <= 0.01, wrong


def test_one_body_under_several_pics_of_one_year() -> None:
    """In one year of CORDIS a PIC is nearly always a body, so few are said to be one or put to a person."""
    rows = labelled.cordis_later()
    entries = labelled.Entries()
    labelled.add_cordis(entries, "pic", {pic: row for pic, row in rows.items() if row["country"] in ("FI", "SE", "DE")})
    proposals = propose(entries.actors, [], entries.places)
    actors = {actor.id: actor for actor in entries.actors}
    same = [(actors[each.a], actors[each.b]) for each in proposals if each.verdict is Verdict.SAME]
    found = {(a.name, b.name) for a, b in same}
    assert {("ABB AB", "ABB AB"), ("UNIVERSITAET HAMBURG", "UNIVERSITAET HAMBURG")} <= found
    assert len(same) <= 0.002 * len(actors), found
    siblings = [pair for pair in same if pair[0].vat and pair[1].vat and pair[0].vat != pair[1].vat]
    assert not siblings, "two VAT numbers of one country"
    assert len(proposals) <= 0.01 * len(actors), "a review queue that nobody works through"
