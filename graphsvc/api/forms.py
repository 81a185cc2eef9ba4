"""From the model's types to the forms of the answers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from flask import request, url_for

from graphsvc import model
from graphsvc.analysis.results import Noun
from graphsvc.api import schemas
from graphsvc.entries import Entry

_ID: Final = "-id-"
_SAFE: Final = "!$&'()*+,/:;=@"
"""Characters of an id that a path holds as they are, as werkzeug writes them."""


def href(noun: Noun, id_: str) -> str:
    """Return the address of a thing; of a theme or place, the list of what is under it."""
    if noun is Noun.THEME:
        return url_for("api.list_collaborations", theme=id_)
    if noun is Noun.PLACE:
        return url_for("api.list_actors", place=id_)
    return address(f"get_{noun.value}", id_)


def address(endpoint: str, id_: str) -> str:
    """Return the address of a thing at the endpoint that gets it."""
    before, after = _around(request.root_path, f"api.{endpoint}")
    return f"{before}{quote(id_, safe=_SAFE)}{after}"


@lru_cache(maxsize=256)
def _around(_root: str, endpoint: str) -> tuple[str, str]:
    """Return what stands before and after an id: an answer names hundreds of things, and Flask builds each address
    in a twentieth of a millisecond.
    """
    before, _, after = url_for(endpoint, id=_ID).partition(_ID)
    return before, after


def actor_ref(actor: model.Actor) -> schemas.ActorRef:
    """Return an actor by name."""
    return schemas.ActorRef(id=actor.id, name=actor.name, href=href(Noun.ACTOR, actor.id))


def named(id_: str, actors: Mapping[str, model.Actor]) -> schemas.ActorRef:
    """Return an actor by name; by its id if an import going on has just taken it out of ``actors``."""
    found = actors.get(id_)
    return actor_ref(found) if found else schemas.ActorRef(id=id_, name=id_, href=href(Noun.ACTOR, id_))


def actor(actor: model.Actor) -> schemas.Actor:
    """Return an actor as lists show it."""
    return schemas.Actor(
        **dict(actor_ref(actor)),
        kind=actor.kind,
        helix=actor.helix,
        place=actor.place,
        business_id=actor.business_id,
        vat=actor.vat,
        pic=actor.pic,
        ror=actor.ror,
        isni=actor.isni,
        wikidata=actor.wikidata,
        website=actor.website,
    )


def collaboration_ref(collaboration: model.Collaboration) -> schemas.CollaborationRef:
    """Return a collaboration by name."""
    address = href(Noun.COLLABORATION, collaboration.id)
    return schemas.CollaborationRef(id=collaboration.id, name=collaboration.name, href=address)


def collaboration(collaboration: model.Collaboration) -> schemas.Collaboration:
    """Return a collaboration as lists show it."""
    return schemas.Collaboration(
        **dict(collaboration_ref(collaboration)),
        title=collaboration.title,
        kind=collaboration.kind,
        start=collaboration.start,
        end=collaboration.end,
        programme=collaboration.programme,
        topic=collaboration.topic,
        themes=collaboration.themes,
        website=collaboration.website,
    )


def claim(participation: model.Participation) -> schemas.Claim:
    """Return what one source says of a participation."""
    money = participation.money
    return schemas.Claim(
        role=participation.role,
        start=participation.start,
        end=participation.end,
        money=schemas.Money(amount=money.amount, currency=money.currency) if money else None,
        source=participation.source,
        record=participation.record,
        attributes=participation.attributes,
    )


def link(link: model.Link) -> schemas.ActorLink:
    """Return an identity fact."""
    return schemas.ActorLink(actor=link.actor, kind=link.kind, other=link.other, since=link.since, source=link.source)


def united(entry: Entry) -> schemas.UnitedEntry:
    """Return one of the entries of a body."""
    id_ = entry.actor.id
    judged = [
        schemas.SaidSame(
            other=word.b if word.a == id_ else word.a, judgement=word.by, source=None, at=word.at, reason=word.reason
        )
        for word in entry.judgements
    ]
    linked = [
        schemas.SaidSame(
            other=each.other if each.actor == id_ else each.actor,
            judgement=None,
            source=each.source,
            at=None,
            reason="",
        )
        for each in entry.links
    ]
    return schemas.UnitedEntry(**dict(actor(entry.actor)), said=(*judged, *linked))


def other_name(name: model.Name) -> schemas.OtherName:
    """Return another name."""
    return schemas.OtherName(**dict(name))


def source(source: model.Source) -> schemas.Source:
    """Return a source."""
    return schemas.Source(**dict(source))


def theme(theme: model.Theme) -> schemas.Theme:
    """Return a theme."""
    return schemas.Theme(**dict(theme))


def place(place: model.Place) -> schemas.Place:
    """Return a place."""
    return schemas.Place(**dict(place))
