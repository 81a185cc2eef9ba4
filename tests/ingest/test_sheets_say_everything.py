"""Whatever the model holds can be said in our workbook: each field of each thing, written cell by cell, comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from graphsvc.ingest.columns import specs
from graphsvc.ingest.own_headings import header_of
from graphsvc.model import (
    Actor,
    ActorKind,
    Collaboration,
    CollaborationKind,
    Link,
    LinkKind,
    Money,
    Name,
    NameKind,
    Participation,
    Place,
    PlaceKind,
    Source,
    Theme,
)

ReadFile = Callable[[Path], Any]
Make = Callable[..., Path]

SOURCE = Source(
    id="minutes",
    name="Minutes",
    stated=date(2024, 1, 31),
    address="https://example.org/x",
    publisher="A\nB",
    terms="CC BY 4.0\nwith the name",
)
PLACES = (
    Place(id="zz", name="Elsewhere", kind=PlaceKind.COUNTRY),
    Place(id="zz-north", name="North", kind=PlaceKind.REGION, parent="zz"),
    Place(id="fi-hervanta", name="Hervanta", kind=PlaceKind.MUNICIPALITY, parent="FI197"),
)
THEMES = (
    Theme(id="t-1", name="Health", name_fi="Terveys", name_sv="Hälsa", name_en="Health"),
    Theme(id="t-2", name="Care", parent="t-1"),
)
ACTORS = (
    Actor(
        id="x:1",
        name="Two  spaces; Oy",
        kind=ActorKind.FIRM,
        names=(
            Name(text="TTY", kind=NameKind.FORMER, language="fi", since=date(1972, 1, 1), until=date(2018, 12, 31)),
            Name(text="A; B (former)", kind=NameKind.TRANSLATION, language="en"),
            Name(text="TTY", kind=NameKind.ABBREVIATION),
        ),
        business_id="2844561-8",
        vat="FI28445618",
        pic="902999288",
        ror="033003e23",
        isni="0000000123146254",
        wikidata="Q56392903",
        place="fi-hervanta",
        website="https://example.org",
        description="One.\n\nTwo.",
        source="minutes",
        attributes={"Turnover": "1 000", "kind": "own word", "attribute: odd": "1", "E-mail policy": "none"},
    ),
    Actor(id="y", name="Y", place="zz-north", source="minutes"),
    Actor(id="z", name="Z", place="fi", source="minutes"),
)
COLLABORATIONS = (
    Collaboration(
        id="p-1",
        name="P",
        title="A  long\ntitle",
        kind=CollaborationKind.AGREEMENT,
        start=date(2020, 1, 1),
        end=date(2021, 12, 31),
        programme="Horizon",
        topic="T" * 3000,
        themes=("t-2", "t-1"),
        website="https://example.org/p",
        source="minutes",
        attributes={"Call": "2020-1"},
    ),
)
PARTICIPATIONS = tuple(
    Participation(
        actor=actor,
        collaboration="p-1",
        role="lead  partner",
        source="minutes",
        start=date(2020, 2, 1),
        end=date(2020, 3, 1),
        money=Money(amount=Decimal("12345678901234.56"), currency="SEK"),
        attributes={"Share": "12 %"},
    )
    for actor in ("x:1", "y")
)
LINKS = tuple(Link(actor="x:1", other="y", kind=kind, since=date(2019, 1, 1), source="minutes") for kind in LinkKind)


def text(value: object) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def table(key: str, rows: list[dict[str, object]], attributes: list[dict[str, str]] | None = None) -> list[list[str]]:
    spec = specs()[key]
    own = sorted({name for each in attributes or [] for name in each})
    header = [*(column.labels["en"] for column in spec.columns), *(header_of(name, spec) for name in own)]
    body = [
        [
            *(text(row.get(column.key)) for column in spec.columns),
            *(each.get(name, "") for name in own),
        ]
        for row, each in zip(rows, attributes or [{} for _ in rows], strict=True)
    ]
    return [header, *body]


def dumped(thing: Any) -> dict[str, object]:
    return dict(thing.model_dump(mode="json"))


def written() -> dict[str, list[list[str]]]:
    """Write the things above in our sheets, the children before their parents."""
    participations = [
        {**dumped(claim), "amount": claim.money.amount, "currency": claim.money.currency}
        for claim in PARTICIPATIONS
        if claim.money
    ]
    names = [{**dumped(name), "actor": actor.id} for actor in ACTORS for name in actor.names]
    return {
        "Sources": table("sources", [dumped(SOURCE)]),
        "Places": table("places", [dumped(place) for place in reversed(PLACES)]),
        "Themes": table("themes", [dumped(theme) for theme in reversed(THEMES)]),
        "Actors": table("actors", [{**dumped(a), "names": ""} for a in ACTORS], [a.attributes for a in ACTORS]),
        "Names": table("names", names),
        "Collaborations": table(
            "collaborations",
            [{**dumped(each), "themes": ";".join(each.themes)} for each in COLLABORATIONS],
            [each.attributes for each in COLLABORATIONS],
        ),
        "Participations": table("participations", participations, [claim.attributes for claim in PARTICIPATIONS]),
        "Links": table("links", [{**dumped(link), "relation": link.kind.value} for link in LINKS]),
    }


def test_every_field_comes_back(workbook: Make, read: ReadFile) -> None:
    result = read(workbook(written()))
    assert not result.errors
    assert result.claims(Source) == [SOURCE]
    places = {place.id: place for place in result.claims(Place)}
    assert [places[place.id] for place in PLACES] == list(PLACES)
    assert {theme.id: theme for theme in result.claims(Theme)} == {theme.id: theme for theme in THEMES}
    assert {actor.id: actor for actor in result.claims(Actor)} == {actor.id: actor for actor in ACTORS}
    assert tuple(result.claims(Collaboration)) == COLLABORATIONS
    found = tuple(claim.model_copy(update={"record": None}) for claim in result.claims(Participation))
    assert found == PARTICIPATIONS
    assert tuple(result.claims(Link)) == LINKS


def test_a_thing_is_said_before_it_is_spoken_of(workbook: Make, read: ReadFile) -> None:
    said = set()
    for row in read(workbook(written())).rows:
        for claim in row.says:
            if isinstance(claim, Place | Theme):
                assert claim.parent is None or claim.parent in said
            if isinstance(claim, Actor):
                assert claim.place in said
            said.add(claim.id)


def test_a_name_of_both_columns_is_one_name(workbook: Make, read: ReadFile) -> None:
    result = read(
        workbook(
            {
                "Actors": [["name", "other names"], ["Tampereen yliopisto", "TTY (former); TAU"]],
                "Names": [
                    ["actor", "other name", "kind", "until"],
                    ["tampereen yliopisto", "TTY", "former", "2018-12-31"],
                ],
            }
        )
    )
    assert not result.problems
    assert result.claims(Actor)[-1].names == (
        Name(text="TTY", kind=NameKind.FORMER, until=date(2018, 12, 31)),
        Name(text="TAU", kind=NameKind.SPELLING),
    )


def test_names_of_persons_are_kept_nowhere(workbook: Make, read: ReadFile) -> None:
    header = ["nimi", "Yhteyshenkilö", "Sähköposti", "puh.", "Toimiala"]
    result = read(workbook({"Toimijat": [header, ["A", "Maija M", "m@example.org", "040", "ICT"]]}))
    [actor] = result.claims(Actor)
    assert actor.attributes == {"Toimiala": "ICT"}
    assert result.rows[0].record.values == {"nimi": "A", "Toimiala": "ICT"}
    assert "Not kept, since they name persons: Yhteyshenkilö, Sähköposti, puh.." in result.notes
