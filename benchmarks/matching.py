"""How long the matching by name takes, how many of all pairs it looks at, and how often it is right.

``python -m benchmarks.matching``. Each part runs in a process of its own. The baseline is rapidfuzz comparing each name
with every other (``process.cdist``, token_sort_ratio, one core), measured on 2 000 × 2 000 names and scaled up.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from typing import Any

from rapidfuzz import fuzz, process

from benchmarks.common import apart, data, peak_megabytes, show, timed
from graphsvc.model import Actor, Verdict
from graphsvc.resolve import blocking
from graphsvc.resolve.matching import NameIndex, propose
from graphsvc.resolve.profiles import profile
from tests.resolve import labelled

_SAMPLE = 2000
_NEEDED = ("cordis/cordis-h2020-assembled-csv.zip", "fi-structural-funds/projektilista-2007-2013_new.csv.gz")


def cordis() -> labelled.Entries:
    """Return the organisations of CORDIS H2020 that have a name."""
    entries = labelled.Entries()
    labelled.add_cordis(entries, "pic", labelled.cordis_later())
    return entries


def add_fp7(entries: labelled.Entries) -> None:
    """Add the 31 000 organisations of FP7, which have no PIC and no kind."""
    with gzip.open(data("cordis/fp7-2016/fp7org_sod16.csv.gz"), "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter=";"):
            id_, name = row["new_org_id"], row["organisationName"].strip()
            if name:
                entries.add(f"fp7-{id_}", id_, name, country=row["country"], town=row["city"])


def workload(what: str) -> tuple[list[Actor], list[Actor], labelled.Entries]:
    """Return fresh and known entries, and all of them with their places."""
    entries = cordis()
    if what == "cordis":
        return entries.actors, [], entries
    if what == "fp7":
        known = list(entries.actors)
        add_fp7(entries)
        return entries.actors[len(known) :], known, entries
    if what == "funds":
        funds = labelled.structural_funds()
        entries.places |= funds.places
        return funds.actors, entries.actors, entries
    before = labelled.cordis_2017()
    known = list(entries.actors)
    labelled.add_cordis(entries, "before", before)
    return entries.actors[len(known) :], known, entries


def part(what: str) -> dict[str, object]:
    """Do one part in this process."""
    fresh, known, entries = workload(what)
    held = peak_megabytes()
    everything, proposals = timed(lambda: propose(fresh, known, entries.places))
    peak = peak_megabytes()
    new = sorted((profile(each, entries.places) for each in fresh), key=lambda each: each.id)
    old = sorted((profile(each, entries.places) for each in known), key=lambda each: each.id)
    blocks, pairs = timed(lambda: blocking.pairs(new, old))
    return {
        "names": (len(fresh), len(known)),
        "seconds": everything,
        "blocking": blocks,
        "pairs": len(pairs),
        "same": sum(each.verdict is Verdict.SAME for each in proposals),
        "unsure": sum(each.verdict is Verdict.UNSURE for each in proposals),
        "peak": peak - held,
        "find": _find(known or fresh, fresh),
    }


def _find(actors: list[Actor], asked: list[Actor]) -> float:
    """Return the milliseconds that a typed name takes."""
    index = NameIndex(actors)
    texts = [actor.name for actor in asked[:: max(1, len(asked) // 200)]]
    seconds, _ = timed(lambda: [index.find(text) for text in texts])
    return 1000 * seconds / len(texts)


def baseline() -> dict[str, object]:
    """Return the seconds that one pair takes when all are compared with all."""
    texts = [actor.name for actor in cordis().actors]
    some = texts[:: len(texts) // _SAMPLE][:_SAMPLE]
    seconds, _ = timed(lambda: process.cdist(some, some, scorer=fuzz.token_sort_ratio, workers=1))
    return {"a_pair": seconds / len(some) ** 2}


def quality() -> dict[str, object]:
    """Measure how often proposals are right on each labelled set."""
    rows = []
    by_hand = labelled.public_names()
    positives = labelled.pairs_of_one_label(by_hand)
    rows.append(_row("by hand", labelled.judge(propose(by_hand.actors, [], by_hand.places), by_hand, positives)))
    fresh, known, entries = workload("years")
    proposals = propose(fresh, known, entries.places)
    before, later = labelled.cordis_2017(), labelled.cordis_later()
    both = before.keys() & later.keys()

    def across(a: str, b: str) -> bool:
        return a.split("-")[0] != b.split("-")[0]

    respelled = {pic for pic in both if labelled.plain(before[pic]["name"]) != labelled.plain(later[pic]["name"])}
    for name, pics in (("CORDIS, two years, by PIC", both), ("of these, spelled otherwise", respelled)):
        pairs = {(f"before-{pic}", f"pic-{pic}") for pic in pics}
        rows.append(_row(name, labelled.judge(proposals, entries, pairs, across)))
    funds = labelled.structural_funds()
    proposals = propose(funds.actors, [], funds.places)
    found = labelled.judge(proposals, funds, labelled.pairs_of_one_label(funds))
    rows.append(["structural funds, same letters", found.positives, "–", found.recall, found.recall_with_review, "–"])
    ids = {actor.name: actor.id for actor in funds.actors}
    same = {(each.a, each.b) for each in proposals if each.verdict is Verdict.SAME}
    for name, rule in (("whole and part", labelled.whole_and_part), ("another word", labelled.differing_in_one_word)):
        pairs = {_ordered(ids[one], ids[other]) for one, other in rule(list(ids))}
        rows.append([f"structural funds, {name}: {len(pairs):,} that are two", 0, "–", "–", "–", len(pairs & same)])
    return {"rows": rows}


def _ordered(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _row(name: str, found: labelled.Quality) -> list[object]:
    precision = f"{found.precision:.4f}"
    return [name, found.positives, precision, found.recall, found.recall_with_review, len(found.wrong)]


def row(name: str, result: dict[str, Any], a_pair: float) -> list[object]:
    """Set one part's figures beside the baseline's."""
    fresh, known = result["names"]
    everything = fresh * known if known else fresh * (fresh - 1) / 2
    seconds = everything * a_pair
    return [
        name,
        f"{fresh:,} × {known or fresh:,}",
        result["seconds"],
        result["blocking"],
        result["pairs"] / fresh,
        result["peak"],
        seconds,
        seconds / result["seconds"],
        result["same"],
        result["unsure"],
        result["find"],
    ]


def main() -> None:
    """Run every part in a process of its own and print the tables."""
    for needed in _NEEDED:
        data(needed)
    a_pair = apart("matching", "--part", "baseline")["a_pair"]
    parts = {
        "cordis": "CORDIS with itself",
        "years": "CORDIS of 2017 with later",
        "fp7": "FP7 with H2020",
        "funds": "structural funds with CORDIS",
    }
    rows = [row(name, apart("matching", "--part", what), a_pair) for what, name in parts.items()]
    header = ["", "entries", "s", "of it blocking s", "pairs an entry", "+ MB", "all with all s", "÷ ours"]
    show("Matching by name", [*header, "same", "unsure", "typed name ms"], rows)
    header = ["labelled set", "pairs that are one", "precision of same", "recall of same", "with review", "wrong"]
    show("How often it is right", header, apart("matching", "--part", "quality")["rows"])


if __name__ == "__main__":
    if sys.argv[1:2] == ["--part"]:
        parts = {"baseline": baseline, "quality": quality}
        print(json.dumps(parts[sys.argv[2]]() if sys.argv[2] in parts else part(sys.argv[2])))
    else:
        main()
