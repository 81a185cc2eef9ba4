"""What a file says of a source, place, theme, actor or collaboration, as the rows of ``*/describe``: its descriptions.

Each file has one description of each thing it describes, and the thing shows the values of the first description that
has one, in the order of precedence. So what a file said can be taken back without a trace.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from graphsvc.identifiers import digest, fold
from graphsvc.model import Actor, ActorKind, Claim, Collaboration, Name, Place, Source, Theme

Row = dict[str, Any]
Rows = list[Row]
Described = Source | Place | Theme | Actor | Collaboration

PERSON: Final = -1
"""The rank of what no file says: a person's word comes before any file's."""


@dataclass(frozen=True, slots=True)
class Tag:
    """Who says it: the file source and its import; what a newer import no longer says is found by these."""

    file: str = ""
    """Empty for a person's word."""
    import_: str = ""
    rank: int = PERSON
    """The precedence of the file source: a lower one is believed first."""


def of_claims(claims: Iterable[Described], values: Callable[[Any], Row], tag: Tag) -> Rows:
    """Return one row for each thing. Where it is said again, a later value counts and a missing one changes nothing."""
    rows: dict[str, Row] = {}
    last: dict[str, Described] = {}
    for claim in claims:
        if last.get(claim.id) == claim:
            continue
        last[claim.id] = claim
        said, new = claim_digest(claim), values(claim)
        row = rows.setdefault(claim.id, {**_who(claim, tag), "said": []})
        if said not in row["said"]:
            row["said"].append(said)
        _add(row, new)
    return [_as_text(row) for row in rows.values()]


def description_id(thing: Described, file: str) -> str:
    """Return the id of a file's description of a thing."""
    return digest(file, NOUNS[type(thing)], thing.id)[:24]


def claim_digest(claim: Claim) -> str:
    """Return what tells one claim from another about the same thing: equal ones say the same."""
    return digest(claim.model_dump_json(exclude_defaults=True))[:12] + ";"


def sort_name(name: str) -> str:
    """Return what lists are ordered by: the name without its capitals; å, ä, ö stay letters of their own after z."""
    return name.casefold()


def day(value: date | None) -> str | None:
    """Return a day as the statements take it."""
    return value.isoformat() if value else None


def _who(thing: Described, tag: Tag) -> Row:
    return {
        "id": description_id(thing, tag.file),
        "thing": thing.id,
        "file": tag.file,
        "import": tag.import_,
        "rank": tag.rank,
    }


def _add(row: Row, new: Row) -> None:
    """Correct a row by what the same file says later; a period that would turn round keeps the bound said last."""
    given = {key: value for key, value in new.items() if value is not None}
    if attributes := given.get("attributes"):
        given["attributes"] = {**(row.get("attributes") or {}), **attributes}
    row.update({**new, **row, **given})
    if (row.get("starts") or "") > (row.get("ends") or "9999-12-31"):
        row["ends" if "ends" not in given else "starts"] = None


def _as_text(row: Row) -> Row:
    """Return a row whose attributes are JSON with a comma before it, to be strung to what was said before."""
    if row.get("attributes"):
        row["attributes"] = _strung([row["attributes"]])
    return row


def of_source(source: Source) -> Row:
    """Return the values of ``sources/describe``."""
    return {
        "name": source.name,
        "stated": day(source.stated),
        "address": source.address,
        "publisher": source.publisher,
        "terms": source.terms,
    }


def of_place(place: Place) -> Row:
    """Return the values of ``places/describe``."""
    return {"name": place.name, "kind": place.kind.value, "parent": place.parent}


def of_theme(theme: Theme) -> Row:
    """Return the values of ``themes/describe``."""
    return {
        "name": theme.name,
        "name_fi": theme.name_fi,
        "name_sv": theme.name_sv,
        "name_en": theme.name_en,
        "parent": theme.parent,
    }


def of_actor(actor: Actor) -> Row:
    """Return the values of ``actors/describe``. Names are JSON, each with a comma before it, to be strung together."""
    names = [_name(name) for name in actor.names]
    return {
        "name": actor.name,
        "sort_name": sort_name(actor.name),
        "kind": actor.kind.value if actor.kind is not ActorKind.UNKNOWN else None,
        "main": _strung([[actor.name]]),
        "names": _strung(names) if names else None,
        "business_id": actor.business_id,
        "vat": actor.vat,
        "pic": actor.pic,
        "ror": actor.ror,
        "isni": actor.isni,
        "wikidata": actor.wikidata,
        "website": actor.website,
        "description": actor.description,
        "source": actor.source,
        "attributes": actor.attributes or None,
        "folded_name": fold(actor.name),
        "folded_names": fold(" ".join(name.text for name in actor.names)) if names else None,
    }


def of_collaboration(collaboration: Collaboration) -> Row:
    """Return the values of ``collaborations/describe``."""
    more = [collaboration.title, collaboration.programme, collaboration.topic]
    return {
        "name": collaboration.name,
        "sort_name": sort_name(collaboration.name),
        "long_name": collaboration.title,
        "kind": collaboration.kind.value,
        "starts": day(collaboration.start),
        "ends": day(collaboration.end),
        "programme": collaboration.programme,
        "topic": collaboration.topic,
        "website": collaboration.website,
        "source": collaboration.source,
        "attributes": collaboration.attributes or None,
        "folded_name": fold(collaboration.name),
        "folded_more": fold(" ".join(text for text in more if text)) if any(more) else None,
    }


def _name(name: Name) -> list[str | None]:
    """Return a name as it is kept; its days only where it has some."""
    days = [day(name.since), day(name.until)] if name.since or name.until else []
    return [name.text, name.kind.value, name.language, *days]


def _strung(values: Sequence[object]) -> str:
    return "".join("," + json.dumps(value, ensure_ascii=False, sort_keys=True) for value in values)


NOUNS: Final[dict[type, str]] = {
    Source: "source",
    Place: "place",
    Theme: "theme",
    Actor: "actor",
    Collaboration: "collaboration",
}
AREAS: Final = tuple(f"{noun}s" for noun in NOUNS.values())
"""The areas of the statements in the order in which one needs the other: an actor is in a place that is there."""
VALUES: Final[dict[type, Callable[[Any], Row]]] = {
    Source: of_source,
    Place: of_place,
    Theme: of_theme,
    Actor: of_actor,
    Collaboration: of_collaboration,
}
