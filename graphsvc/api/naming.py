"""Whom a typed name means: bodies of today by any of their names, with reasons."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from graphsvc.api import forms, schemas
from graphsvc.api.asking import IN_DIGITS, LINE, Parameters
from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.params import Lang
from graphsvc.api.problems import Answered
from graphsvc.api.sending import Answer
from graphsvc.resolve.matching import sentence

naming = Endpoints("Actors")

NameText = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=LINE)]


class NameAsked(Parameters):
    """A name as people write it."""

    name: Annotated[NameText, Field(description="The name, an abbreviation, or nearly so.")]
    limit: Annotated[int, Field(ge=1, le=50, description="Most bodies in the answer."), IN_DIGITS] = 10
    lang: Lang = None


class NameHit(Answered):
    """A body that the name may mean."""

    actor: schemas.Actor
    score: float = Field(description="0 to 1; 1 where the name that is shown is written so.")
    reasons: tuple[str, ...] = Field(description="Why, in the language asked for.")


class NameHits(Answered):
    """Bodies that the name may mean, the likeliest first."""

    items: tuple[NameHit, ...]
    language: str
    revision: schemas.Revision


@naming.endpoint("/api/v1/actors/resolve", NameAsked, NameHits, example={"name": "TAU"})
def resolve_name(asked: Asked[NameAsked]) -> Answer:
    """Find whom a name means.

    The bodies of today that a name, as people write it, may mean: by any of their names, in any language, former ones
    and abbreviations too. Capitals, diacritics, legal forms and slips don't matter. The likeliest come first.
    """
    wanted, revision = asked.parameters, asked.service.revision()
    items = tuple(
        NameHit(
            actor=forms.actor(each.actor),
            score=each.score,
            reasons=tuple(sentence(ground, asked.language) for ground in each.grounds),
        )
        for each in asked.service.resolve_name(wanted.name, wanted.limit)
    )
    return Answer(NameHits(items=items, language=asked.language, revision=revision), revision)
