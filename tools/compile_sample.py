"""Compiles the sample network ``graphsvc/samples/pirkanmaa/pirkanmaa.xlsx``: ``compile_sample.py FACTS_DIR [TARGET]``.

FACTS_DIR holds ``pirkanmaa-eu-projects.csv`` (participations of EU projects); what the compilers add and judge is in
``pirkanmaa.toml`` beside this file. The same facts give the same bytes. Other bytes are another import: its id, which
the example of ``graphsvc/api/imports.py`` names, is told by ``graphsvc imports``.
"""

from __future__ import annotations

import csv
import sys
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from graphsvc.identifiers import fold, slug
from graphsvc.ingest.columns import specs
from graphsvc.ingest.places import country, municipality, reference
from graphsvc.ingest.sheets_out import WorkbookOut

HERE = Path(__file__).parent
TARGET = HERE.parent / "graphsvc" / "samples" / "pirkanmaa" / "pirkanmaa.xlsx"
KINDS = {"HES": "university", "REC": "research_organisation", "PRC": "firm", "PUB": "public_body", "OTH": "other"}
Row = dict[str, str | Decimal]


def compile_sample(facts: Path, target: Path = TARGET) -> None:
    """Write the workbook to ``target``."""
    judged = tomllib.loads((HERE / "pirkanmaa.toml").read_text(encoding="utf-8"))
    with (facts / "pirkanmaa-eu-projects.csv").open(encoding="utf-8-sig", newline="") as file:
        participations = list(csv.DictReader(file, strict=True))
    tables: dict[str, list[Row]] = {
        "sources": judged["sources"],
        "themes": [*_phenomena(judged), *_priorities(judged, participations)],
        "actors": [*_organisations(judged, participations), *map(_actor, judged["actors"])],
        "collaborations": [*_projects(participations), *judged["collaborations"]],
        "participations": [*_eu_participations(judged, participations), *_memberships(judged)],
        "links": judged["links"],
    }
    book = WorkbookOut(target, judged["readme"]["title"])
    book.prose("Readme", judged["readme"]["title"], judged["readme"]["lines"])
    for key, rows in tables.items():
        book.table(specs()[key].offers, "en", rows)
    book.close()


def _phenomena(judged: dict[str, Any]) -> Iterator[Row]:
    for theme in judged["themes"]:
        yield {
            "id": theme["id"],
            "name": theme["name"],
            "name_fi": theme["fi"],
            "name_sv": theme["sv"],
            "name_en": theme["name"],
        }


def _priorities(judged: dict[str, Any], participations: list[dict[str, str]]) -> Iterator[Row]:
    for name in sorted({row["theme"] for row in participations}):
        known = judged["priorities"][name]
        yield {
            "id": _theme_id(name),
            "name": name,
            "name_fi": known["fi"],
            "name_sv": known["sv"],
            "name_en": name,
            "parent": known.get("parent", ""),
        }


def _theme_id(name: str) -> str:
    return f"t-{slug(name)}"  # as the CORDIS reader names it, so that both speak of one theme


def _organisations(judged: dict[str, Any], participations: list[dict[str, str]]) -> Iterator[Row]:
    seen: set[str] = set()
    for row in participations:
        if row["pic"] in seen:
            continue
        seen.add(row["pic"])
        known = judged["organisations"].get(row["pic"], {})
        name = known.get("name", row["organisation"])
        other = [known["also"]] if "also" in known else []
        if name != row["organisation"]:
            other.append(row["organisation"])
        town, region = _town(row["country"], known.get("city", _decoded(row["city"])))
        yield {
            "name": name,
            "kind": known.get("kind", KINDS[row["type"]]),
            "names": "; ".join(other),
            "business_id": known.get("business_id", ""),
            "pic": row["pic"],
            "municipality": town,
            "region": region,
            "country": country(row["country"]).id.upper(),
            "description": known.get("description", ""),
            "source": "cordis",
        }


def _town(land: str, city: str) -> tuple[str, str]:
    """Return municipality and region; Finnish ones as they are written, others as the source has them."""
    if land != "FI" or not city:
        return city, ""
    place = municipality(city, None, country(land))
    region = reference().regions.get(place.parent or "")
    if region:
        return place.name, region.name
    return (city.title() if city.isupper() else city), ""


def _decoded(city: str) -> str:
    """Mend UTF-8 that was once read as Mac Roman (``≈†`` for ``Š``)."""
    if "≈" not in city:
        return city
    return city.encode("mac_roman").decode("utf-8")


def _actor(actor: dict[str, str]) -> Row:
    region = reference().regions[municipality(actor["municipality"], None, country("FI")).parent or ""].name
    return {**actor, "names": actor.get("also", ""), "region": region, "country": "FI"}


def _projects(participations: list[dict[str, str]]) -> Iterator[Row]:
    seen: set[str] = set()
    for row in participations:
        if row["grant"] not in seen:
            seen.add(row["grant"])
            title = " ".join(row["title"].replace("_x000D_", " ").split())
            yield {
                "id": _project_id(row),
                "name": row["project"],
                "title": title if fold(title) != fold(row["project"]) else "",
                "kind": "project",
                "start": row["start"],
                "end": row["end"],
                "programme": row["programme"],
                "topic": row["topic"],
                "themes": _theme_id(row["theme"]),
                "website": f"https://cordis.europa.eu/project/id/{row['grant']}",
                "source": "cordis",
            }


def _project_id(row: dict[str, str]) -> str:
    return f"cordis-{row['grant']}"


def _eu_participations(judged: dict[str, Any], participations: list[dict[str, str]]) -> Iterator[Row]:
    for row in participations:
        business_id = judged["organisations"].get(row["pic"], {}).get("business_id")
        money = row["eu_contribution_eur"]
        yield {
            "actor": f"fi-{business_id}" if business_id else f"pic-{row['pic']}",
            "collaboration": _project_id(row),
            "role": row["role"],
            "amount": Decimal(money) if money else "",
            "currency": "EUR" if money else "",
            "source": "cordis",
        }


def _memberships(judged: dict[str, Any]) -> Iterator[Row]:
    for claim in judged["participations"]:
        for actor in claim["actors"]:
            yield {"actor": actor, **{key: claim[key] for key in ("collaboration", "role", "source")}}


if __name__ == "__main__":
    compile_sample(Path(sys.argv[1]), *map(Path, sys.argv[2:3]))
