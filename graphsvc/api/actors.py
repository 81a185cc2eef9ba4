"""Actors: searched, and one with all that is said of it."""

from __future__ import annotations

from graphsvc.answers import ActorQuery
from graphsvc.api import forms, lists, provenance, schemas
from graphsvc.api.contract import JSON, Asked, Endpoints
from graphsvc.api.lists import CSV
from graphsvc.api.params import ActorSearch, ThingById
from graphsvc.api.sending import Answer
from graphsvc.errors import InvalidValue
from graphsvc.service import Service

actors = Endpoints("Actors")


@actors.endpoint(
    "/api/v1/actors",
    ActorSearch,
    {JSON: schemas.ActorPage, CSV: None},
    errors=(404,),
    example={"q": "tampere", "sort": "-partners,name"},
)
def list_actors(asked: Asked[ActorSearch]) -> Answer:
    """Search actors.

    Searches names, other names and identifiers. An item on a page before `next` never comes again after it. A body
    that several entries are united in comes once, found by any of them. With one of the identifiers, the actor that has
    it, or none: a Finnish VAT number finds the business id too. One with a wrong check digit is refused. In another
    order than by name, an item comes again only if what it is sorted by changed meanwhile.
    """
    wanted = asked.parameters
    if wanted.identifier:
        return lists.given(asked, _by_identifier(asked.service, *wanted.identifier), "actors", schemas.Actor)
    page = asked.service.find_actors(
        ActorQuery(
            text=wanted.q,
            kinds=tuple(sorted(set(wanted.kind))),
            place=wanted.place,
            theme=wanted.theme,
            source=wanted.source,
            order=wanted.sort,
            recorded=wanted.identity == "recorded",
            as_of=wanted.as_of,
            limit=wanted.limit,
            after=wanted.cursor,
        )
    )
    items = tuple(forms.actor(each) for each in page.items)
    answer = schemas.ActorPage(items=items, total=page.total, next=page.next, revision=page.revision)
    return lists.given(asked, answer, "actors", schemas.Actor)


def _by_identifier(service: Service, scheme: str, text: str) -> schemas.ActorPage:
    revision = service.revision()
    try:
        found = service.actor_by(scheme, text)
    except InvalidValue as error:
        raise InvalidValue(error.message, remedy=error.remedy, field=scheme) from error
    items = tuple(forms.actor(each) for each in found)
    return schemas.ActorPage(items=items, total=len(items), next=None, revision=revision)


@actors.endpoint("/api/v1/actors/{id}", ThingById, schemas.ActorDetail, example={"id": "fi-2844561-8"})
def get_actor(asked: Asked[ThingById]) -> Answer:
    """Get one actor.

    By the id of any entry of it: the answer is about the body, under the id that stands for it. With its identifiers
    and names, its links to other bodies, what each source says of its participations, and its partners; who says each
    value, and what sources say differently.
    """
    profile = asked.service.actor(asked.parameters.id, asked.parameters.as_of)
    answer = schemas.ActorDetail(
        **dict(forms.actor(profile.actor)),
        names=tuple(forms.other_name(each) for each in profile.actor.names),
        description=profile.actor.description,
        attributes=profile.actor.attributes,
        differences=provenance.differences_of(profile.differences, asked.language, asked.service.place_name),
        said_by=provenance.said_by(profile.said_by),
        links=tuple(forms.link(each) for each in profile.links),
        participations=tuple(
            schemas.ActorsClaim(**dict(forms.claim(claim)), collaboration=forms.collaboration_ref(collaboration))
            for claim, collaboration in profile.participations
        ),
        partners=tuple(
            schemas.Partner(actor=forms.actor_ref(partner), shared=shared) for partner, shared in profile.partners
        ),
        sources=tuple(forms.source(each) for each in profile.sources),
        entries=tuple(forms.united(each) for each in profile.entries),
        revision=profile.revision,
    )
    return Answer(answer, profile.revision)
