"""A small made-up region for the store's tests: two universities' worth of odd names, dates and sums."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from graphsvc import decisions
from graphsvc.decisions import Gap, Reply, Suggestion, Why, identified
from graphsvc.model import (
    Actor,
    ActorKind,
    Claim,
    Collaboration,
    CollaborationKind,
    Ground,
    Judgement,
    Link,
    LinkKind,
    Money,
    Name,
    NameKind,
    Participation,
    Place,
    PlaceKind,
    Record,
    Source,
    Theme,
    Verdict,
)
from graphsvc.store import deciding
from graphsvc.store.change import Change, ImportRun
from graphsvc.store.engine import Step
from graphsvc.store.judging import new_act

AT: Final = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
FILE: Final = "region.xlsx"

OLD: Final = Name(text="Kungliga", kind=NameKind.FORMER, language="sv", since=date(1640, 7, 15), until=date(1828, 6, 1))
SHARE: Final = {"Osuus": "9,5 %"}
CLAIMS: Final[tuple[Claim, ...]] = (
    Source(id=FILE, name="Region's own list", stated=date(2026, 1, 31), address="www.example.org"),
    Source(id="register", name="Register", stated=date(1911, 2, 3)),
    Place(id="FI", name="Suomi", kind=PlaceKind.COUNTRY),
    Place(id="FI197", name="Pirkanmaa", kind=PlaceKind.REGION, parent="FI"),
    Place(id="tampere", name="Tampere", kind=PlaceKind.MUNICIPALITY, parent="FI197"),
    Place(id="nokia", name="Nokia", kind=PlaceKind.MUNICIPALITY, parent="FI197"),
    Theme(id="energy", name="Energy", name_fi="Energia", name_sv="Energi"),
    Theme(id="energy.hydrogen", name="Hydrogen", name_fi="Vety", parent="energy"),
    Theme(id="health", name="Health"),
    Actor(
        id="aa",
        name='Åbo "Ö" Akademi; DROP 😀',
        kind=ActorKind.UNIVERSITY,
        names=(Name(text="ÅA", kind=NameKind.ABBREVIATION), Name(text="Åbo Akademi", language="sv"), OLD),
        business_id="0246312-1",
        isni="0000 0001 2235 5150",
        wikidata="Q341628",
        place="tampere",
        website="www.abo.fi",
        source=FILE,
        attributes={'Kontakt, "e-post"': "=1+1; 'ö' \\ 😀", "Kår": "{}"},
    ),
    Actor(id="works", name="O'Neill & Sons \\ Oy", kind=ActorKind.FIRM, pic="999858929", place="nokia", source=FILE),
    Actor(id="works.lab", name="eLab", vat="FI28445618", source="register"),
    Actor(id="zeta", name="Zeta ry", kind=ActorKind.CIVIL_SOCIETY, ror="033003e23", place="FI"),
    Collaboration(
        id="h2",
        name="H2",
        title="Hydrogen für alle – vety",
        start=date(1911, 2, 3),
        end=date(2027, 12, 31),
        programme="Horizon",
        topic="CL5-D2",
        themes=("energy.hydrogen",),
        source=FILE,
        attributes={"Diaarinumero": "PL/1"},
    ),
    Collaboration(id="net", name="Älykäs verkko", kind=CollaborationKind.NETWORK, themes=("health", "energy")),
    Participation(
        actor="aa", collaboration="h2", role="coordinator", source=FILE, money=Money(amount=Decimal("9999999999999.10"))
    ),
    Participation(
        actor="works", collaboration="h2", role="partner", source=FILE, start=date(2020, 2, 29), attributes=SHARE
    ),
    Participation(actor="works", collaboration="h2", role="partner", source="register", record="r1"),
    Participation(actor="zeta", collaboration="net", source=FILE),
    Link(actor="works.lab", other="works", kind=LinkKind.UNIT_OF, since=date(2001, 1, 1), source="register"),
    Link(actor="zeta", other="aa", kind=LinkKind.MEMBER_OF, source=FILE),
)

RECORDS: Final = (
    Record(id="r1", source=FILE, sheet="Hankkeet", row=2, values={"Nimi": "Åbo 😀", "€": "9,10"}, actor="aa"),
    Record(id="r2", source=FILE, sheet="Hankkeet", row=3, values={}, actor="works", collaboration="h2"),
)


JUDGEMENTS: Final = (
    Judgement(
        a="aa",
        b="zeta",
        verdict=Verdict.UNSURE,
        by="matching",
        at=AT,
        score=0.625,
        grounds=(Ground(kind="similar_name", supports=True, values={"a": "Åbo", "share": 0.5}),),
    ),
)
ACTS: Final = (new_act(("aa", "works"), Verdict.DIFFERENT, "Äiti", 'two "houses" 😀', number=1, at=AT),)

DECISION: Final = identified(
    decisions.Act(
        Gap.between("works", "aa"),
        Reply.NO,
        "Äiti",
        AT,
        1,
        Why.OTHER,
        'two "houses" 😀',
        until=date(2027, 1, 1),
        suggestion=Suggestion(3, 1.25, 7, ("shared_themes",)),
    )
)
DECISIONS: Final = (Step("decisions/note", deciding.parameters(DECISION)),)


def run(sequence: int = 1, source: str = FILE) -> ImportRun:
    """Return the n-th import of a file source."""
    return ImportRun(
        id=f"{source}.{sequence}",
        name=f"{source} of day {sequence}",
        source=source,
        fingerprint=f"{sequence:064x}",
        sequence=sequence,
        started=AT,
    )


def region(key: str = "region") -> Change:
    """Return the whole made-up region as one finished import."""
    return Change(
        key,
        "The region",
        CLAIMS,
        RECORDS,
        run(),
        judgements=JUDGEMENTS,
        acts=ACTS,
        also=DECISIONS,
        by="Aino Åkerman",
        reason="The region's own list",
        finishes=True,
        at=AT,
    )


def claims(key: str, *said: Claim, import_: ImportRun | None = None, finishes: bool = False) -> Change:
    """Return a change that says this."""
    return Change(key, key, said, (), import_, finishes=finishes, at=AT)
