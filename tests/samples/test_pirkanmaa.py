"""The sample says what its sources say: counts, both versions of the alliance, identities; and comes from the facts."""

from __future__ import annotations

import importlib.util
import os
import zipfile
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import TypeVar

import pytest

from graphsvc import identifiers
from graphsvc.errors import NotFound
from graphsvc.ingest.opening import open_file
from graphsvc.ingest.reading import ReadRow
from graphsvc.model import (
    Actor,
    ActorKind,
    Claim,
    Collaboration,
    CollaborationKind,
    Link,
    LinkKind,
    NameKind,
    Participation,
    Place,
    Source,
    Theme,
)
from graphsvc.samples import sample_path

C = TypeVar("C", bound=Claim)
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def rows() -> list[ReadRow]:
    items = list(open_file(sample_path()).rows())
    assert all(isinstance(item, ReadRow) for item in items), "the sample reads without a problem"
    return [item for item in items if isinstance(item, ReadRow)]


def claims(rows: list[ReadRow], kind: type[C]) -> list[C]:
    return [claim for row in rows for claim in row.says if isinstance(claim, kind)]


def test_counts(rows: list[ReadRow]) -> None:
    projects = [item for item in claims(rows, Collaboration) if item.source == "cordis"]
    participations = [item for item in claims(rows, Participation) if item.source == "cordis"]
    assert len(projects) == 47
    assert len(participations) == 469
    assert len({item.actor for item in participations}) == 389
    assert Counter(item.role for item in participations) == {"participant": 409, "coordinator": 47, "partner": 13}
    assert sum(item.money.amount for item in participations if item.money) == Decimal("153708191.72")
    assert all(item.start and item.end and item.themes for item in projects)


def test_both_versions_of_the_startup_alliance(rows: list[ReadRow]) -> None:
    names = {actor.id: actor.name for actor in claims(rows, Actor)}
    members: dict[str, set[str]] = {}
    for item in claims(rows, Participation):
        if item.collaboration == "pirkanmaan-startup-allianssi":
            members.setdefault(item.source, set()).add(names[item.actor])
    both = {
        "Business Tampere",
        "Pirkanmaan liitto",
        "Pirkanmaan sairaanhoitopiiri",
        "Pirkanmaan ELY-keskus",
        "Pirkanmaan TE-toimisto",
    }
    assert members == {
        "liitto-page": both | {"Tampereen korkeakouluyhteisö"},
        "liitto-article-2020": both | {"Tampereen yliopisto", "Tampereen ammattikorkeakoulu Oy", "Tampereen kaupunki"},
    }


def test_identity_facts_with_their_days(rows: list[ReadRow]) -> None:
    links = {(link.actor, link.kind, link.other): link.since for link in claims(rows, Link)}
    assert links == {
        ("fi-0155668-4", LinkKind.SUCCEEDED_BY, "fi-2844561-8"): date(2019, 1, 1),
        ("pic-990343811", LinkKind.SUCCEEDED_BY, "fi-2844561-8"): date(2019, 1, 1),
        ("pirkanmaan-sairaanhoitopiiri", LinkKind.SUCCEEDED_BY, "fi-3221308-6"): date(2023, 1, 1),
        ("fi-2844561-8", LinkKind.MEMBER_OF, "tampereen-korkeakouluyhteiso"): date(2019, 1, 1),
        ("fi-1015428-1", LinkKind.MEMBER_OF, "tampereen-korkeakouluyhteiso"): date(2019, 1, 1),
        ("tasti", LinkKind.UNIT_OF, "fi-0155668-4"): None,
    }


def test_one_body_under_several_pics(rows: list[ReadRow]) -> None:
    pics = {
        actor.pic: actor.id for actor in claims(rows, Actor) if actor.pic in {"990343811", "999903161", "902999288"}
    }
    assert pics == {"990343811": "pic-990343811", "999903161": "fi-0155668-4", "902999288": "fi-2844561-8"}


def test_check_digits_and_business_ids(rows: list[ReadRow]) -> None:
    ids = {actor.name: actor.business_id for actor in claims(rows, Actor) if actor.business_id}
    assert ids == {
        "Pirkanmaan liitto": "0828308-4",
        "Tampereen kaupunki": "0211675-2",
        "Teknologian tutkimuskeskus VTT Oy": "2647375-4",
        "Tampereen yliopisto": "2844561-8",
        "Tampereen ammattikorkeakoulu Oy": "1015428-1",
        "Tampereen yliopisto (vuoteen 2018)": "0155668-4",
        "Pirkanmaan hyvinvointialue": "3221308-6",
    }
    assert all(identifiers.business_id(value) == value for value in ids.values() if value)


def test_kinds_are_not_guessed(rows: list[ReadRow]) -> None:
    kinds = Counter(actor.kind for actor in claims(rows, Actor) if actor.source == "cordis")
    assert sum(kinds.values()) == 389
    assert kinds[ActorKind.CIVIL_SOCIETY] == 1, "only the Finnish registered association, by its legal form"
    assert kinds[ActorKind.UNKNOWN] == 0


def test_spellings_of_the_source_are_kept(rows: list[ReadRow]) -> None:
    actors = {actor.pic: actor for actor in claims(rows, Actor) if actor.pic}
    spelled = {name.text for name in actors["991207984"].names if name.kind is NameKind.SPELLING}
    assert (actors["991207984"].name, spelled) == ("Itä-Suomen yliopisto", {"ITA-SUOMEN YLIOPISTO"})
    assert actors["999858929"].name == "HAROKOPIO UNIVERSITY", "foreign names stay as the source writes them"


def test_places(rows: list[ReadRow]) -> None:
    places = {place.id: place for place in claims(rows, Place)}
    inside = {actor.id for actor in claims(rows, Actor) if actor.place and places[actor.place].parent == "FI197"}
    assert {"fi-palkane", "fi-sastamala", "fi-lempaala", "fi-ylojarvi"} <= places.keys()
    assert places["si-sempeter-pri-gorici"].name == "Šempeter pri Gorici"
    projects = {
        item.collaboration for item in claims(rows, Participation) if item.source == "cordis" and item.actor in inside
    }
    assert len(projects) == 47, "each project has a participant in Pirkanmaa"


def test_themes_speak_three_languages(rows: list[ReadRow]) -> None:
    themes = {theme.id: theme for theme in claims(rows, Theme)}
    assert len(themes) == 20
    assert all(theme.name_fi and theme.name_sv and theme.name_en for theme in themes.values())
    phenomena = {"digitalisation-of-industry", "urbanisation", "environment-and-climate"}
    assert {theme.parent for theme in themes.values()} == {None, *phenomena} - {"urbanisation"}
    used = {theme for item in claims(rows, Collaboration) for theme in item.themes}
    assert used <= themes.keys()


def test_sources_are_attributed(rows: list[ReadRow]) -> None:
    sources = {source.id: source for source in claims(rows, Source)}
    assert "European Union" in (sources["cordis"].terms or "")
    assert sources["liitto-page"].stated is None, "the council's page has no date"
    spoken = {item.source for item in claims(rows, Participation)} | {item.source for item in claims(rows, Link)}
    assert spoken <= sources.keys()


def test_nothing_is_invented_for_projects_whose_partners_are_not_known(rows: list[ReadRow]) -> None:
    kinds = {item.id: item.kind for item in claims(rows, Collaboration)}
    assert kinds["ekosysteemisopimukset"] is CollaborationKind.AGREEMENT
    partners = Counter(item.collaboration for item in claims(rows, Participation))
    assert (partners["canemure"], partners["erdf-a70202"], partners["ekosysteemisopimukset"]) == (0, 1, 1)


def test_unknown_sample() -> None:
    with pytest.raises(NotFound, match="no sample with the id 'atlantis'"):
        sample_path("atlantis")
    with pytest.raises(NotFound):
        sample_path("../../pirkanmaa")


@pytest.fixture(scope="module")
def compiler() -> ModuleType:
    path = ROOT / "tools" / "compile_sample.py"
    if not path.exists():
        pytest.skip("needs the tools folder of a checkout")
    spec = importlib.util.spec_from_file_location("compile_sample", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_sample_is_what_the_facts_give(compiler: ModuleType, tmp_path: Path) -> None:
    facts = Path(os.environ.get("GRAPHSVC_SHARED", ROOT / "../shared")).resolve() / "facts"
    if not facts.is_dir():
        pytest.skip("needs the shared facts folder beside the repository, or GRAPHSVC_SHARED")
    for name in ("a.xlsx", "b.xlsx"):
        compiler.compile_sample(facts, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    # parts, not the file: another zlib may pack the same parts into other bytes
    assert parts(tmp_path / "a.xlsx") == parts(sample_path())


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
