"""One row of a CORDIS file → what it says."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeVar

from pydantic import ValidationError

from graphsvc import identifiers
from graphsvc.errors import InvalidValue
from graphsvc.ingest import places, values
from graphsvc.ingest.cordis_columns import Row
from graphsvc.ingest.cordis_themes import ThemeBook
from graphsvc.ingest.places import PlaceBook
from graphsvc.ingest.reading import ReadRow
from graphsvc.model import Actor, ActorKind, Claim, Collaboration, Money, Participation, Place, Record

T = TypeVar("T")
Unfit = tuple[str, InvalidValue]
"""A value that is not read although its row is: the column's key and why."""

_KINDS: Final = {
    "HES": ActorKind.UNIVERSITY,
    "REC": ActorKind.RESEARCH_ORGANISATION,
    "PRC": ActorKind.FIRM,
    "PUB": ActorKind.PUBLIC_BODY,
    "OTH": ActorKind.OTHER,
}
_NOTHING: Final = frozenset(
    {"", "-", "--", ".", "n/a", "n.a.", "na", "none", "missing", "notapplicable", "not applicable"}
)
"""What people type into a form that wants a value they don't have."""
_FRAMEWORKS: Final = {"H2020": "Horizon 2020", "HORIZON": "Horizon Europe", "FP7": "FP7"}
_OWN_OF_PROJECTS: Final = {
    "scheme": "funding scheme",
    "call": "call",
    "cost": "total cost",
    "grant_most": "EU contribution",
    "status": "status",
}
"""Columns that become attributes → their names; objectives, of 2,000 characters each, stay in the records."""
_GRANT: Final = re.compile(r"[0-9]{1,12}")


class Projects:
    """Reads projects and remembers which were said, by grant number and by record control number (RCN)."""

    def __init__(self, source: str, themes: ThemeBook) -> None:
        self.source = source
        self._themes = themes
        self._said: set[str] = set()
        self._by_rcn: dict[str, str] = {}

    def read(self, row: Row, number: int, raw: dict[str, str], sheet: str, unfit: list[Unfit]) -> ReadRow:
        """Return a project with its themes. Raises :class:`InvalidValue` when the row can't be read."""
        grant = row["grant"]
        id_ = _project_id(grant, row["rcn"])
        if row["rcn"]:
            self._by_rcn[row["rcn"]] = id_
        self._said.add(id_)
        new_themes, themes = self._themes.of(grant, row["rcn"], row["programme"])
        name = row["acronym"] or row["title"] or _unnamed(grant, row["rcn"])
        collaboration = _built(
            lambda: Collaboration(
                id=id_,
                name=name[:2000],
                title=row["title"] if row["title"] and row["title"] != name else None,
                start=_soft("start", row["start"], values.day, unfit),
                end=_soft("end", row["end"], values.day, unfit),
                programme=_FRAMEWORKS.get(row["framework"].upper(), row["framework"]) or None,
                topic=self._themes.topic_of(grant, row["rcn"]) or row["topic"] or None,
                themes=themes,
                website=_soft("website", row["website"], values.web_address, unfit),
                source=self.source,
                attributes={name: row[key] for key, name in _OWN_OF_PROJECTS.items() if row[key]},
            )
        )
        record = _record(self.source, sheet, number, raw, collaboration=id_)
        return ReadRow(record, (*new_themes, collaboration))

    def of(self, row: Row) -> tuple[str, tuple[Claim, ...]]:
        """Return the id of an organisation row's project, and the project where no project file said it."""
        grant, rcn = row["grant"], row["rcn"]
        id_ = self._by_rcn.get(rcn) or _project_id(grant, rcn)
        if id_ in self._said:
            return id_, ()
        self._said.add(id_)
        new_themes, themes = self._themes.of(grant, rcn, "")
        name = row["acronym"] or _unnamed(grant, rcn)
        topic = self._themes.topic_of(grant, rcn) or None
        made = Collaboration(id=id_, name=name[:2000], topic=topic, themes=themes, source=self.source)
        return id_, (*new_themes, made)


class Organisations:
    """Reads organisation rows: the organisation when it is new or better known, its place, its participation."""

    def __init__(self, source: str, projects: Projects) -> None:
        self._source = source
        self._projects = projects
        self._places = PlaceBook()
        self._complete: set[str] = set()
        self._partial: dict[str, Actor] = {}

    def read(self, row: Row, number: int, raw: dict[str, str], sheet: str, unfit: list[Unfit]) -> ReadRow:
        """Return a participation. Raises :class:`InvalidValue` when the row has no PIC or no project."""
        pic = _at("pic", lambda: identifiers.pic(row["pic"]))
        project, new_project = self._projects.of(row)
        actor_id = f"pic-{pic}"
        record = _record(self._source, sheet, number, raw, actor=actor_id, collaboration=project)
        claims: list[Claim] = [*new_project]
        if pic not in self._complete:
            claims += self._actor(pic, row, unfit)
        money = _soft("money", row["money"], values.amount, unfit)
        claims.append(
            # every part was checked above: validating 100,000 rows again would double the time of reading
            Participation.model_construct(
                actor=actor_id,
                collaboration=project,
                role=row["role"],
                source=self._source,
                start=None,
                end=None,
                money=None if money is None else Money.model_construct(amount=money, currency="EUR"),
                record=record.id,
                attributes={"end of participation": "true"} if row["left"].lower() == "true" else {},
            )
        )
        return ReadRow(record, tuple(claims))

    def _actor(self, pic: str, row: Row, unfit: list[Unfit]) -> list[Claim]:
        """Return the actor and its new places, or nothing when the row adds nothing to what was said before."""
        before = self._partial.get(pic)
        where = _place(row, unfit)
        town = bool(where) and bool(row["city"])
        if before and not (row["name"] and before.name == _nameless(pic)) and not (town and not _in_town(before)):
            return []
        name = row["name"] or (before.name if before else _nameless(pic))
        actor = _built(
            lambda: Actor(
                id=f"pic-{pic}",
                name=name,
                kind=_KINDS.get(row["activity"].upper(), before.kind if before else ActorKind.UNKNOWN),
                names=values.short_name(row["short_name"], name) or (before.names if before else ()),
                vat=_soft("vat", row["vat"], values.vat, unfit) or (before.vat if before else None),
                pic=pic,
                place=where[-1].id if town or (where and not before) else before.place if before else None,
                website=_soft("website", row["website"], values.web_address, unfit)
                or (before.website if before else None),
                source=self._source,
                attributes={"SME": sme} if (sme := row["sme"].lower()) else before.attributes if before else {},
            )
        )
        if actor.name != _nameless(pic) and _in_town(actor):
            self._complete.add(pic)
            self._partial.pop(pic, None)
        else:
            self._partial[pic] = actor
        return [*self._places.new(where), actor]


def _in_town(actor: Actor) -> bool:
    return actor.place is not None and "-" in actor.place


def _place(row: Row, unfit: list[Unfit]) -> list[Place]:
    if not row["country"]:
        return []
    land = _soft("country", row["country"], places.country, unfit)
    if land is None:
        return []
    around = places.reference().regions.get(row["nuts"])
    town = row["city"][:200]
    if not town:
        return places.chain(around or land)
    return places.chain(places.municipality(town, around, land))


def _project_id(grant: str, rcn: str) -> str:
    if _GRANT.fullmatch(grant):
        return f"cordis-{grant}"
    if _GRANT.fullmatch(rcn):
        return f"cordis-rcn-{rcn}"
    raise InvalidValue(
        "The row names no project.", remedy="A CORDIS file has the grant number in projectID (in id for projects)."
    )


def _unnamed(grant: str, rcn: str) -> str:
    return f"Grant {grant}" if grant else f"CORDIS project {rcn}"


def _nameless(pic: str) -> str:
    return f"PIC {pic}"


def _at(key: str, parse: Callable[[], T]) -> T:
    try:
        return parse()
    except InvalidValue as error:
        raise InvalidValue(error.message, remedy=error.remedy, field=key) from error


def _soft(key: str, text: str, parse: Callable[[str], T], unfit: list[Unfit]) -> T | None:
    """Return the parsed value; what is wrong with it costs the value, not the row."""
    if text.lower() in _NOTHING:
        return None
    try:
        return parse(text)
    except InvalidValue as error:
        unfit.append((key, error))
        return None


def _built(make: Callable[[], T]) -> T:
    try:
        return make()
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        message = str(fault["msg"]).removeprefix("Value error, ").rstrip(".")
        raise InvalidValue(
            f"{message[:1].upper()}{message[1:]}.",
            remedy="Correct the value, or leave it empty.",
            field=str(fault["loc"][0]) if fault["loc"] else "",
        ) from error


def _record(
    source: str, sheet: str, number: int, raw: dict[str, str], *, actor: str | None = None, collaboration: str
) -> Record:
    return Record.model_construct(
        id=identifiers.digest(source, sheet, str(number))[:24],
        source=source,
        sheet=sheet,
        row=number,
        values=raw,
        actor=actor,
        collaboration=collaboration,
    )
