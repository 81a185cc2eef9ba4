"""Labelled pairs of entries: written down by hand (``public_names.toml``), or derived by rule from the data folder.

A rule never uses what the matching itself uses: two years of CORDIS are paired by PIC, which the entries then lack.
"""

from __future__ import annotations

import csv
import gzip
import io
import os
import re
import tomllib
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from graphsvc.errors import InvalidValue
from graphsvc.ingest import places as reference
from graphsvc.model import Actor, ActorKind, Name, NameKind, Place, Verdict
from graphsvc.resolve.matching import Proposal

HERE = Path(__file__).parent
_CORDIS_KINDS = {
    "HES": ActorKind.UNIVERSITY,
    "PRC": ActorKind.FIRM,
    "PUB": ActorKind.PUBLIC_BODY,
    "REC": ActorKind.RESEARCH_ORGANISATION,
    "OTH": ActorKind.OTHER,
}
_DECODED_WRONGLY = re.compile("[√≈ƒ‚�]")


@dataclass(slots=True)
class Entries:
    """Entries with the places they are in, and the label of each: equal labels are one body."""

    actors: list[Actor] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    def add(self, id_: str, label: str, name: str, **more: Any) -> None:
        """Add an entry; ``country`` and ``town`` among ``more`` become its place."""
        place = self._place(more.pop("country", ""), more.pop("town", ""))
        self.actors.append(Actor(id=id_, name=name, place=place, **more))
        self.labels[id_] = label

    def _place(self, country: str, town: str) -> str | None:
        try:
            land = reference.country(country)
        except InvalidValue:
            return None
        named = re.sub(r"[^\w]", "", town)
        chain = [land] if not named else reference.chain(reference.municipality(town.strip(), None, land))
        self.places |= {place.id: place for place in chain}
        return chain[-1].id


@dataclass(frozen=True, slots=True)
class Quality:
    """How the proposals about labelled entries fare."""

    same: int
    """Pairs said to be one."""
    wrong: tuple[tuple[str, str], ...]
    """Of these, names of two bodies."""
    positives: int
    found_same: int
    found: int
    """Positives said to be one or put to a person."""
    unsure: int
    """Pairs put to a person, right or not."""

    @property
    def precision(self) -> float:
        """Share of right ones among those said to be one."""
        return 1 - len(self.wrong) / self.same if self.same else 1.0

    @property
    def recall(self) -> float:
        """Share of the positives said to be one."""
        return self.found_same / self.positives

    @property
    def recall_with_review(self) -> float:
        """Share of the positives said to be one or put to a person."""
        return self.found / self.positives


def judge(
    proposals: Iterable[Proposal],
    entries: Entries,
    positives: set[tuple[str, str]],
    counts: Callable[[str, str], bool] = lambda _a, _b: True,
) -> Quality:
    """Compare proposals with the labels; ``counts(a, b)`` False leaves a pair out."""
    names = {actor.id: actor.name for actor in entries.actors}
    said = [each for each in proposals if counts(each.a, each.b)]
    same = [each for each in said if each.verdict is Verdict.SAME]
    wrong = [(each.a, each.b) for each in same if entries.labels[each.a] != entries.labels[each.b]]
    found = {(each.a, each.b) for each in said}
    return Quality(
        same=len(same),
        wrong=tuple((names[a], names[b]) for a, b in wrong),
        positives=len(positives),
        found_same=len(positives & {(each.a, each.b) for each in same}),
        found=len(positives & found),
        unsure=len(said) - len(same),
    )


def pairs_of_one_label(entries: Entries) -> set[tuple[str, str]]:
    """Return all pairs of entries that are one body."""
    bodies: dict[str, list[str]] = defaultdict(list)
    for id_, label in entries.labels.items():
        bodies[label].append(id_)
    return {pair for ids in bodies.values() for pair in combinations(sorted(ids), 2)}


# By hand


def public_names() -> Entries:
    """Return the entries of ``public_names.toml``."""
    table = tomllib.loads((HERE / "public_names.toml").read_text(encoding="utf-8"))
    entries = Entries()
    for number, body in enumerate(table["bodies"]):
        spellings = body["spellings"]
        towns = body.get("towns") or [body.get("town", "")] * len(spellings)
        kind = ActorKind(body.get("kind", "unknown"))
        for turn, (spelling, town) in enumerate(zip(spellings, towns, strict=True)):
            label = f"body-{number:03}"
            entries.add(f"{label}-{turn}", label, spelling, country=body["country"], town=town, kind=kind)
    for number, line in enumerate(table["different_firms"]):
        for turn, name in enumerate(line["names"]):
            label = f"firm-{number:03}-{turn}"
            entries.add(label, label, name, country=line["country"], kind=ActorKind.FIRM)
    return entries


# From the data folder


def data(name: str) -> Path:
    """Return a file of the data folder, or skip: the folder is not part of the repository."""
    shared = Path(os.environ.get("GRAPHSVC_SHARED") or Path(__file__).resolve().parents[3] / "shared")
    path = shared / "data" / name
    if not path.exists():
        pytest.skip(f"needs the shared data folder with {name} (GRAPHSVC_SHARED)")
    return path


def cordis_later() -> dict[str, dict[str, str]]:
    """Return the organisations of CORDIS H2020 that have a name, by PIC."""
    path = data("cordis/cordis-h2020-assembled-csv.zip")
    with zipfile.ZipFile(path) as archive, archive.open("cordis-h2020organizations.csv") as file:
        rows = list(csv.DictReader(io.TextIOWrapper(file, "utf-8-sig"), delimiter=";"))
    return {row["id"]: row for row in rows if row["name"]}


def cordis_2017() -> dict[str, dict[str, str]]:
    """Return those of June 2017, by PIC, without those whose letters were decoded wrongly."""
    path = data("cordis/org-snapshot-2017/Stacked_by_activityType.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return {
        row["orgId"]: row
        for row in rows
        if row["orgId"] and row["name"] and not _DECODED_WRONGLY.search(row["name"] + row["city"])
    }


def add_cordis(entries: Entries, prefix: str, rows: Mapping[str, Mapping[str, str]]) -> None:
    """Add organisations of CORDIS without their PIC, which becomes the label."""
    for pic, row in sorted(rows.items()):
        short = () if plain(row["shortName"]) in ("", plain(row["name"])) else (row["shortName"],)
        entries.add(
            f"{prefix}-{pic}",
            pic,
            row["name"],
            names=tuple(Name(text=text, kind=NameKind.ABBREVIATION) for text in short),
            kind=_CORDIS_KINDS.get(row["activityType"], ActorKind.UNKNOWN),
            country=row["country"],
            town="" if row["city"].upper() == "N/A" else row["city"],
            website=_website(row["organizationUrl"]),
            vat=row.get("vatNumber") if sum(map(str.isdigit, row.get("vatNumber") or "")) > 5 else None,
        )


def structural_funds_names() -> list[str]:
    """Return the spellings of implementers in the list of 2007–2013, sorted."""
    path = data("fi-structural-funds/projektilista-2007-2013_new.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return sorted({row["Toteuttajan nimi"].strip() for row in csv.DictReader(file)})


def structural_funds() -> Entries:
    """Return the spellings as entries in Finland; two with the same letters and digits are labelled as one body."""
    entries = Entries()
    for number, name in enumerate(structural_funds_names()):
        entries.add(f"name-{number:05}", plain(name), name, country="FI")
    return entries


def whole_and_part(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield (whole, part) where the part is written ``whole / something`` and the whole stands by itself too."""
    known = {plain(name): name for name in names}
    for name in names:
        head, slash, tail = name.partition("/")
        if slash and len(plain(tail)) > 3 and plain(head) in known:
            yield known[plain(head)], name


def differing_in_one_word(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield names of at least three words that are the same but for one, and that word is quite another."""
    frames: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for name in names:
        words = _words(name)
        for place, word in enumerate(words):
            if len(words) > 2 and len(word) > 3:
                frames[*words[:place], "…", *words[place + 1 :]].append((word, name))
    for members in frames.values():
        for (one, first), (other, second) in combinations(members, 2):
            if one[:2] != other[:2]:
                yield first, second


def plain(text: str) -> str:
    """Return letters and digits only, without capitals and diacritics: a rule simpler than the matching's."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"\W", "", "".join(each for each in decomposed if not unicodedata.combining(each)))


def _words(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(plain, re.split(r"[^\w-]+", text))))


def _website(text: str) -> str | None:
    try:
        return Actor(id="x", name="x", website=text.strip()).website
    except ValueError:
        return None
