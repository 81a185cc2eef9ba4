"""Proposes how the columns of tables are read, with confidence and reason for each; pure: grids in, a mapping out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from graphsvc.ingest.attributes import is_personal
from graphsvc.ingest.column_values import bodies_in, by_values, is_filled_down, is_marked, owner_of
from graphsvc.ingest.columns import TableSpec, table_by_header, table_for
from graphsvc.ingest.grid import Grid
from graphsvc.ingest.heading_words import Meant, meaning_of
from graphsvc.ingest.mapping import ATTRIBUTE, IGNORE, LIST, MANY, SURE, ColumnMap, Mapping, SheetMap
from graphsvc.ingest.own import is_prose
from graphsvc.ingest.own_headings import columns_of_table
from graphsvc.ingest.sampling import Sample, sample_of

_IDENTIFIERS: Final = frozenset({"actor.business_id", "actor.vat", "actor.pic", "actor.ror", "actor.isni"})
_UNSURE: Final = 0.3
_BEYOND: Final = (
    "partners",
    "collaborations",
    "member",
    "funders",
    "actor.kind",
    "actor.website",
    "participation.amount",
    "collaboration.id",
    *(f"collaboration.{key}" for key in ("title", "kind", "start", "end", "programme", "topic", "themes", "website")),
)
"""Fields that a list of memberships, read as a network, does not know."""
_LACKS: Final = {
    "actors": ("collaboration.name", "partners", "collaborations"),
    "collaborations": ("actor.name", "partners"),
}
"""Table of ours → the fields of a list that it has no column for: it would keep them as attributes, and no ties."""
_TAKEN_PART_IN: Final = ("collaboration.name", "partners", "collaborations", "member")


def recognise(grids: Sequence[Grid]) -> Mapping:
    """Return how the tables of a file are probably read. Sheets that say nothing of actors are ignored."""
    return Mapping(tuple(map(_sheet, grids, named(grids))))


def named(grids: Sequence[Grid]) -> tuple[TableSpec | None, ...]:
    """Return for each grid the table of ours that its name means, or None: its columns are held against the name.

    A sheet *Projects* with a column *Organisation* is a list of who takes part in what, whatever it is called. Where
    there is a table of participations beside it, that says who does.
    """
    found = [table_for(grid.name) for grid in grids]
    if any(spec and spec.key == "participations" for spec in found):
        return tuple(found)
    return tuple(spec if spec and _borne_out(grid, spec) else None for grid, spec in zip(grids, found, strict=True))


def _borne_out(grid: Grid, spec: TableSpec) -> bool:
    sample = sample_of(grid) if spec.key in _LACKS else None
    if sample is None:
        return True
    proposed, own = _list(sample), {sample.titles[at] for at in spec.match(sample.titles).values()}
    lacked = [each for each in proposed.fields(*_LACKS[spec.key]) if each.title not in own and each.confidence >= SURE]
    return not (lacked and proposed.table == LIST and proposed.confidence >= SURE)


def says_more(mapping: Mapping, *, beyond_membership: bool) -> bool:
    """Tell whether a mapping has a list that says who takes part in what.

    ``beyond_membership`` asks for more than names, roles, places and identifiers, which a network of two modes has too.
    """
    lists = [sheet for sheet in mapping.sheets if sheet.table == LIST and sheet.fields(*_TAKEN_PART_IN)]
    if not beyond_membership:
        return bool(lists)
    return any(sheet.fields(*_BEYOND) or sheet.header_row > 1 or sheet.fill_down for sheet in lists)


def _sheet(grid: Grid, named_as: TableSpec | None) -> SheetMap:
    if is_prose(grid.name):
        return SheetMap(grid.name, IGNORE, reason="prose")
    sample = sample_of(grid)
    if sample is None:
        return SheetMap(grid.name, IGNORE, reason="empty")
    if named_as:
        return _own(sample, named_as)
    proposed = _list(sample)
    takes_part = proposed.fields(*_TAKEN_PART_IN)
    if proposed.table == LIST and takes_part and proposed.fields("actor.name", "partners"):
        return proposed
    if spec := table_by_header(sample.titles):
        return _own(sample, spec)
    return proposed


def _own(sample: Sample, spec: TableSpec) -> SheetMap:
    """Return a table of ours with its columns; others become attributes."""
    at = {position: key for key, position in columns_of_table(spec, sample.titles).items()}
    columns = []
    for position, title in enumerate(sample.titles):
        if position in at:
            columns.append(ColumnMap(title, at[position], 1.0, "template"))
        elif is_personal(title):
            columns.append(ColumnMap(title, IGNORE, 1.0, "personal"))
        else:
            columns.append(ColumnMap(title, ATTRIBUTE, 1.0, "unknown"))
    missing = [column.key for column in spec.required if column.key not in at.values()]
    confidence = _UNSURE if missing else 1.0
    return SheetMap(sample.grid.name, spec.key, sample.header_row, 1, False, tuple(columns), confidence, "template")


def _list(sample: Sample) -> SheetMap:
    """Return the sheet as a list of organisations, with what they take part in where it says so."""
    meant = _supported(sample, [_meant(sample, position, title) for position, title in enumerate(sample.titles)])
    columns = _assigned(sample.titles, meant)
    columns = _with_owners(sample, _with_members(sample, columns))
    sheet = SheetMap(sample.grid.name, LIST, sample.header_row, sample.header_rows, False, columns)
    names = sheet.fields("actor.name", "partners")
    around = [column for column in columns if column.field not in {IGNORE, *MANY} and column.field[-9:] != ATTRIBUTE]
    if not names or (len(around) < 2 and not sheet.fields(*_TAKEN_PART_IN)):
        return replace(sheet, table=IGNORE, confidence=_UNSURE, reason="no_table")
    essential = [*sheet.fields("actor.name", "collaboration.name"), *sheet.fields("partners")[:1]]
    confidence = min(column.confidence for column in essential)
    positions = [at for at, c in enumerate(columns) if c.field in {"actor.name", "collaboration.name"}]
    return replace(
        sheet, fill_down=is_filled_down(sample, positions), confidence=confidence, reason=essential[0].reason
    )


def _meant(sample: Sample, position: int, title: str) -> Meant | None:
    by_heading, values = meaning_of(title), sample.column(position)
    found = by_values(values)
    if by_heading is None:
        return found
    if found and found.field == IGNORE:
        return found
    if found and found.field == by_heading.field:
        return replace(by_heading, confidence=min(1.0, by_heading.confidence + 0.1))
    several = found is not None and found.field == "partners"
    if several and by_heading.field == "actor.name":  # "Partner" above cells that hold several names
        return replace(by_heading, field="partners", confidence=0.8)
    return by_heading


def _supported(sample: Sample, meant: list[Meant | None]) -> list[Meant | None]:
    """Return what columns mean, seen together.

    A column *Name* is an actor's where an identifier stands beside it or its values look like it, and that of a
    network beside a column *Members*; else nobody can be sure. A single column of marks is no matrix.
    """
    fields = {each.field for each in meant if each}
    marked = [is_marked(sample.column(at)) for at, each in enumerate(meant) if each is None or each.field == "member"]
    matrix = sum(marked) > 1
    made: list[Meant | None] = []
    for at, each in enumerate(meant):
        if each and each.field == "?.name":
            sure = bool(fields & _IDENTIFIERS) or bodies_in(sample.column(at)) >= 0.3
            of_members = not sure and "actor.name" not in fields and "partners" in fields
            field = "collaboration.name" if of_members else each.field
            made.append(replace(each, field=field, confidence=0.9 if sure else 0.5))
        else:
            made.append(None if each and each.field == "member" and not matrix else each)
    return made


def _assigned(titles: Sequence[str], meant: Sequence[Meant | None]) -> tuple[ColumnMap, ...]:
    """Give each field to the surest column; what says not whose it is goes to who has need of it."""
    fields = [each.field if each else "" for each in meant]
    has_actor, has_collaboration = ("actor.name" in fields), ("collaboration.name" in fields)
    chosen: dict[str, int] = {}
    resolved: list[str] = []
    for each in meant:
        field = each.field if each else ""
        if field.startswith("?."):
            field = _resolved(field[2:], has_actor, has_collaboration, resolved)
        resolved.append(field)
    order = sorted(range(len(titles)), key=lambda at: (-(meant[at].confidence if meant[at] else 0), at))  # type: ignore[union-attr]
    for at in order:
        field = resolved[at]
        if field and field not in {*MANY, IGNORE}:
            chosen.setdefault(field, at)
    columns = []
    for at, (title, each) in enumerate(zip(titles, meant, strict=True)):
        field = resolved[at]
        if each is None or not field:
            columns.append(ColumnMap(title, f"actor.{ATTRIBUTE}", 0.5, "unknown"))
        elif field in {*MANY, IGNORE} or chosen[field] == at:
            columns.append(ColumnMap(title, field, each.confidence, each.reason, each.about))
        else:
            columns.append(ColumnMap(title, f"actor.{ATTRIBUTE}", 0.5, "taken", titles[chosen[field]]))
    return tuple(columns)


def _with_members(sample: Sample, columns: tuple[ColumnMap, ...]) -> tuple[ColumnMap, ...]:
    """Beside columns of marks, take one of marks and roles for a collaboration, too."""
    if not any(column.field == "member" for column in columns):
        return columns
    return tuple(
        replace(column, field="member", confidence=0.65, reason="values_marks")
        if column.reason == "unknown" and is_marked(sample.column(at))
        else column
        for at, column in enumerate(columns)
    )


def _resolved(key: str, has_actor: bool, has_collaboration: bool, before: Sequence[str]) -> str:
    """Return whose a column is that does not say it: the first name is an actor's, days are a collaboration's."""
    if key in {"start", "end"}:
        return f"collaboration.{key}" if has_collaboration else ""
    if key == "id":
        return ""
    if key == "name":
        if not has_actor and "actor.name" not in before:
            return "actor.name"
        return "" if has_collaboration or "collaboration.name" in before else "collaboration.name"
    return f"actor.{key}"


def _with_owners(sample: Sample, columns: tuple[ColumnMap, ...]) -> tuple[ColumnMap, ...]:
    """Give columns that could be anybody's to whom their values follow: the actor, the collaboration, or the row."""
    names = {column.field: at for at, column in enumerate(columns)}
    actor, collaboration = names.get("actor.name"), names.get("collaboration.name")
    if collaboration is None or actor is None:
        if actor is None and collaboration is not None:
            return tuple(_moved(column, "collaboration", "same_by_collaboration") for column in columns)
        return columns
    made = []
    for at, column in enumerate(columns):
        if column.field == f"actor.{ATTRIBUTE}":
            owner, reason = owner_of(sample, at, actor, collaboration)
            made.append(
                replace(
                    column, field=f"{owner}.{ATTRIBUTE}", reason=reason if column.reason == "unknown" else column.reason
                )
            )
        elif column.field in {"actor.website", "actor.kind"} and column.reason == "known":
            owner, reason = owner_of(sample, at, actor, collaboration)
            ours = owner if owner == "collaboration" else "actor"
            field = f"{ours}.{column.field.partition('.')[2]}"
            taken = field in names and names[field] != at
            made.append(column if taken or ours == "actor" else replace(column, field=field, reason=reason))
        elif column.field == "participation.amount":
            owner, reason = owner_of(sample, at, actor, collaboration)
            total = owner == "collaboration"
            made.append(replace(column, field=f"collaboration.{ATTRIBUTE}", reason=reason) if total else column)
        else:
            made.append(column)
    return tuple(made)


def _moved(column: ColumnMap, owner: str, reason: str) -> ColumnMap:
    if column.field == f"actor.{ATTRIBUTE}":
        return replace(column, field=f"{owner}.{ATTRIBUTE}", reason=reason)
    return column
