"""What the import sheet of ecosystem agreements says: agreement → priority → project → actors, by source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graphsvc import facets, identifiers
from graphsvc.errors import InvalidValue
from graphsvc.facets import Facet
from graphsvc.identifiers import fold
from graphsvc.ingest import values
from graphsvc.ingest.grid import Cell, as_text
from graphsvc.ingest.mentions import Mentions
from graphsvc.ingest.reading import Severity
from graphsvc.ingest.rowreader import RowReader
from graphsvc.model import Claim, Collaboration, CollaborationKind, Participation

LEVELS: Final = ("agreement", "priority", "project")
"""Columns of which an empty cell means the same as above while what stands left of it is the same."""
NONE: Final = frozenset({"-", "–", "—"})
"""What says that there is none, where an empty cell would mean the one above."""


def filled(row: RowReader, mentions: Mentions) -> None:
    """Fill in what the empty cells of a row mean, and remember what stands in it for the rows below.

    The first cell of a column that is filled in so is told with a note.
    """
    above, cells, changed = mentions.above, dict(row.cells), False
    for level in LEVELS:
        text = as_text(cells.get(level)).strip()
        given = "" if text in NONE else text
        if text:
            changed = changed or fold(given) != fold(above.get(level, ""))
        elif not changed and (given := above.get(level, "")):
            _tell(row, mentions, level, given)
        above[level] = cells[level] = given
    row.cells = cells


def _tell(row: RowReader, mentions: Mentions, level: str, given: str) -> None:
    if level in row.headers and level not in mentions.told:
        mentions.told.add(level)
        message = f"Empty cells below a filled one mean the same: this one is read as {given!r}."
        row.note(level, message, "Nothing is to be done; a dash says that there is none.", Severity.NOTE)


def agreement(row: RowReader, mentions: Mentions) -> tuple[Claim, ...]:
    """Return what a row says: that a project belongs to a priority of an agreement, and who takes part.

    Without a project the row speaks of the priority, without a priority of the agreement and its parties. So who works
    in a project is in that project alone, and not in the agreement with all who work in its other projects.
    """
    filled(row, mentions)
    source = mentions.source_of(row)
    chain = _chain(row, mentions, source)
    subject = _told(row, mentions, chain) if chain else None
    if subject is None:
        return ()
    parent = chain[-2].id if len(chain) > 1 else ""
    taking_part = tuple(_taking_part(row, mentions, subject.id, parent, source))
    if row.failed:
        return ()
    new = [each for each in (*chain[:-1], subject) if mentions.heard(each.id) != each]
    for each in new:
        _remember(row, mentions, each)
    if not (taking_part or subject in new):
        new.append(subject)  # so that the row is known to speak of it
    return (*new, *taking_part)


def _chain(row: RowReader, mentions: Mentions, source: str) -> list[Collaboration]:
    """Return the agreement, then its priority and project where the row names them; nothing where one is wrong."""

    def level(key: str, parent: Collaboration | None) -> Collaboration | None:
        return row.read(key, lambda cell: _one(key, cell, mentions, source, parent))

    top = row.need("agreement", lambda cell: _one("agreement", cell, mentions, source, None))
    if top is None:
        return []
    chain = [top]
    for key in LEVELS[1:]:
        if row.given(key):
            found = level(key, chain[-1])
            if found is None:
                return []
            if found.id in {each.id for each in chain}:
                row.note(key, f"{found.name!r} would belong to itself.", "Give the two different names.")
                return []
            chain.append(found)
    return chain


def _one(key: str, cell: Cell, mentions: Mentions, source: str, parent: Collaboration | None) -> Collaboration:
    """Return what a cell names, as the file has told it so far, and that it belongs to ``parent``."""
    name = values.name(cell)
    made = identifiers.slug(name)
    if key == "priority" and parent:  # two agreements may have priorities of one name
        made = identifiers.slug(f"{parent.id.removeprefix('c-')} {name}")
        known = mentions.heard(f"c-{made}")
    else:
        known = mentions.heard(name)
    kind = CollaborationKind.PROJECT if key == "project" else CollaborationKind.AGREEMENT
    if known and key != "project" and known.kind is not kind:
        raise InvalidValue(
            f"{name!r} is something else in this file than an agreement.",
            remedy="Write another name, or correct its kind where it is said.",
        )
    found = known or Collaboration(id=f"c-{made}", name=name, kind=kind, source=source)
    if parent is None:
        return found
    belongs = facets.joined(dict.fromkeys((*facets.texts(found.attributes, Facet.PART_OF), parent.id)))
    return found.model_copy(update={"attributes": {**found.attributes, Facet.PART_OF.value: belongs}})


def _told(row: RowReader, mentions: Mentions, chain: list[Collaboration]) -> Collaboration | None:
    """Return the last of the chain, of which the row speaks, with the row's themes and days."""
    known = chain[-1]
    start, end = row.days()
    for key, before, now in (("start", known.start, start), ("end", known.end, end)):
        if before and now and before != now:
            message = f"An earlier row says {before.isoformat()}; the later one is shown."
            row.note(key, message, "Make the rows say the same, unless their sources differ.", Severity.WARNING)
    themes = row.read("themes", mentions.themes) or ()
    new = {
        "start": start or known.start,
        "end": end or known.end,
        "themes": tuple(dict.fromkeys((*known.themes, *themes))),
    }
    return row.build(lambda: Collaboration.model_validate({**known.model_dump(), **new}))


def _remember(row: RowReader, mentions: Mentions, each: Collaboration) -> None:
    """Remember what is told; a priority not by its name, which a project or another agreement's priority may have."""
    if mentions.heard(each.id) or _is_priority(each):
        mentions.retell(each)
    else:
        mentions.hear(each, row.at.row)


def _is_priority(each: Collaboration) -> bool:
    return each.kind is CollaborationKind.AGREEMENT and bool(facets.texts(each.attributes, Facet.PART_OF))


def _taking_part(row: RowReader, mentions: Mentions, id_: str, parent: str, source: str) -> Iterator[Participation]:
    """Yield who takes part, each with what the source says this belongs to: all of it that the source said so far."""
    role = row.read("role", values.paragraph) or ""
    actors = row.read("actors", lambda cell: mentions.actors(cell, source)) or ()
    own = row.attributes()
    for actor in actors:
        claim = Participation(actor=actor, collaboration=id_, role=role, source=source, attributes=own)
        places = mentions.placed.setdefault(claim.id, {})
        if parent:
            places[parent] = None
        belongs = {Facet.PART_OF.value: facets.joined(places)} if places else {}
        yield claim.model_copy(update={"attributes": {**own, **belongs}})
