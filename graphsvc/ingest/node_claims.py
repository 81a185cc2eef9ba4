"""What a node's attributes say of it, through the words of our own tables: kind, identifiers, place, website."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Final, Protocol, TypeVar

from pydantic import ValidationError

from graphsvc import identifiers
from graphsvc.errors import InvalidValue
from graphsvc.ingest import places, values
from graphsvc.ingest.columns import meant
from graphsvc.ingest.heading_words import columns_of_actor
from graphsvc.ingest.places import PlaceBook
from graphsvc.ingest.reading import Severity
from graphsvc.ingest.tie_attributes import OwnAttributes
from graphsvc.ingest.ties import Values, column
from graphsvc.model import Actor, ActorKind, Attributes, Claim, Collaboration, CollaborationKind, Place

T = TypeVar("T")
_LINE: Final = 2000
_UNNAMED: Final = "(no name)"


class Note(Protocol):
    """Takes in what is wrong with one attribute."""

    def __call__(self, column: str, text: str, error: InvalidValue, severity: Severity = Severity.WARNING, /) -> None:
        """Keep it; an error means that the row is left out."""
        ...


class Describer:
    """Makes actors and collaborations of nodes; places are said once, and what is not understood is kept."""

    def __init__(self, source: str) -> None:
        self._source = source
        self.places = PlaceBook()
        self.own = OwnAttributes()

    def actor(
        self, id_: str, called: tuple[str, str], attributes: Values, note: Note, *, of_actors: bool = True
    ) -> list[Claim]:
        """Return the places that are new and the actor, ``called`` by its key in the file and its name.

        What can't be read is noted and becomes an attribute of the file's own; the actor is never left out for it.
        ``of_actors`` is false where the attributes come from a list of who takes part in what.
        """
        found = _recognised(tuple(attributes), of_actors)
        understood: set[str] = set()

        def read(key: str, parse: Callable[[str], T]) -> T | None:
            value = _soft(found.get(key, ""), attributes, parse, note)
            if value:
                understood.add(found[key])
            return value

        shown = one_line(called[1])
        where = _place(read, note, found, attributes, self.places)
        if not where:  # a town of nobody knows which country: no place, but no reason to lose it either
            understood.discard(found.get("municipality", ""))
        made = Actor(
            id=id_,
            name=shown,
            kind=read("kind", _kind) or ActorKind.UNKNOWN,
            names=tuple(other for other in read("names", values.names) or () if other.text != shown),
            business_id=read("business_id", identifiers.business_id),
            vat=read("vat", values.vat),
            pic=read("pic", identifiers.pic),
            ror=read("ror", identifiers.ror),
            isni=read("isni", identifiers.isni),
            wikidata=read("wikidata", identifiers.wikidata),
            place=where[-1].id if where else None,
            website=read("website", values.web_address),
            description=read("description", values.paragraph),
            source=self._source,
        )
        if own := self.own.of_actor(attributes, understood, called) if attributes else None:
            made = made.model_copy(update={"attributes": own})  # known only when all else is read
        return [*self.places.new(where), made]

    def collaboration(
        self, id_: str, name: str, kind: str, span: tuple[date | None, date | None], own: Attributes
    ) -> Collaboration:
        """Return a collaboration; ``kind`` is a word for it, and one that is not known here means a network."""
        known = meant(kind, "collaboration", CollaborationKind) if kind else None
        start, end = span
        return Collaboration(
            id=id_,
            name=one_line(name),
            kind=known if isinstance(known, CollaborationKind) else CollaborationKind.NETWORK,
            start=start,
            end=None if start and end and end < start else end,
            source=self._source,
            attributes=own,
        )


@lru_cache(maxsize=256)
def _recognised(names: tuple[str, ...], of_actors: bool) -> Mapping[str, str]:
    """Return key of our column → the attribute that means it."""
    found = columns_of_actor(names, of_actors=of_actors)
    at = column(names, "node", "kind")
    return found if at is None else {"kind": names[at], **found}


def _place(
    read: Callable[[str, Callable[[str], Place | str]], Place | str | None],
    note: Note,
    found: Mapping[str, str],
    attributes: Values,
    book: PlaceBook,
) -> list[Place]:
    land, around = read("country", places.country), read("region", _finnish_region)
    town = read("municipality", values.line)
    assert not isinstance(land, str)  # noqa: S101  # what places.country returns
    around = None if isinstance(around, str) else around
    if around and land and land.id != "fi":
        text = attributes[found["region"]]
        error = InvalidValue(
            f"The region {around.name} is in Finland, not in {land.name}.", remedy="Correct one of the two."
        )
        note(found["region"], text, error)
        around = None
    known = isinstance(town, str) and identifiers.fold(town) in places.reference().municipalities
    assumed = land is None and "country" not in found and (around or known)
    if assumed:
        land = places.country("fi")
    if land is None:
        return []
    made = places.municipality(town, around, land) if isinstance(town, str) else around or land
    if assumed and not around:
        book.assume(made)
    return places.chain(made)


def _finnish_region(text: str) -> Place | str:
    """Return a region of Finland; other regions stay an attribute, since places know no regions abroad."""
    try:
        return places.region(text)
    except InvalidValue:
        return ""


def _kind(text: str) -> ActorKind:
    found = meant(text, "actor", ActorKind)
    if isinstance(found, ActorKind):
        return found
    raise InvalidValue(
        f"{text!r} is not a kind of actor that is known here; such actors are read with the kind unknown.",
        remedy="Write university, research organisation, firm, public body or civil society where it is one of them.",
    )


def _soft(name: str, attributes: Values, parse: Callable[[str], T], note: Note) -> T | None:
    text = attributes.get(name, "").strip()
    if not text:
        return None
    try:
        return parse(text)
    except InvalidValue as error:
        note(name, text, error)
    except ValidationError as error:
        reason = str(error.errors(include_url=False, include_input=False)[0]["msg"]).rstrip(".")
        note(name, text, InvalidValue(f"{reason}.", remedy="Correct the value."))
    return None


def one_line(text: str) -> str:
    """Return a name as one line without control characters; too long ones are cut with an ellipsis."""
    plain = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    return (plain if len(plain) <= _LINE else plain[: _LINE - 1] + "…") or _UNNAMED
