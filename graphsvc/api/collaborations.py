"""Collaborations: searched, and one with its participants."""

from __future__ import annotations

from graphsvc.answers import CollaborationQuery
from graphsvc.api import forms, lists, provenance, schemas
from graphsvc.api.contract import JSON, Asked, Endpoints
from graphsvc.api.lists import CSV
from graphsvc.api.params import CollaborationSearch, ThingById
from graphsvc.api.sending import Answer

collaborations = Endpoints("Collaborations")


@collaborations.endpoint(
    "/api/v1/collaborations",
    CollaborationSearch,
    {JSON: schemas.CollaborationPage, CSV: None},
    errors=(404,),
    example={"kind": "project", "limit": "10"},
)
def list_collaborations(asked: Asked[CollaborationSearch]) -> Answer:
    """Search collaborations.

    Searches names, titles, programmes and topics. An item on a page before `next` never comes again after it; in
    another order than by name, only if what it is sorted by changed meanwhile.
    """
    wanted = asked.parameters
    page = asked.service.find_collaborations(
        CollaborationQuery(
            text=wanted.q,
            kinds=tuple(sorted(set(wanted.kind))),
            theme=wanted.theme,
            actor=wanted.actor,
            active_on=wanted.active_on,
            as_of=wanted.as_of,
            source=wanted.source,
            order=wanted.sort,
            limit=wanted.limit,
            after=wanted.cursor,
        )
    )
    items = tuple(forms.collaboration(each) for each in page.items)
    answer = schemas.CollaborationPage(items=items, total=page.total, next=page.next, revision=page.revision)
    return lists.given(asked, answer, "collaborations", schemas.Collaboration)


@collaborations.endpoint(
    "/api/v1/collaborations/{id}", ThingById, schemas.CollaborationDetail, example={"id": "cordis-643708"}
)
def get_collaboration(asked: Asked[ThingById]) -> Answer:
    """Get one collaboration.

    With its participants as each source has them: where sources differ, their claims stand side by side.
    """
    profile = asked.service.collaboration(asked.parameters.id, asked.parameters.as_of)
    answer = schemas.CollaborationDetail(
        **dict(forms.collaboration(profile.collaboration)),
        attributes=profile.collaboration.attributes,
        differences=provenance.differences_of(profile.differences, asked.language, asked.service.place_name),
        said_by=provenance.said_by(profile.said_by),
        participations=tuple(
            schemas.CollaborationsClaim(**dict(forms.claim(claim)), actor=forms.actor_ref(actor))
            for claim, actor in profile.participations
        ),
        sources=tuple(forms.source(each) for each in profile.sources),
        revision=profile.revision,
    )
    return Answer(answer, profile.revision)
