"""What a what-if is asked with and answers: the forms of its body, and from results to forms."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, Field, StringConstraints

from graphsvc.analysis.supposition import (
    NAME_LENGTH,
    NAME_PATTERN,
    Introduction,
    NewActor,
    NewCollaboration,
    Supposition,
)
from graphsvc.analysis.whatif import Filling, Hinge, Shift, Tie, WhatIf
from graphsvc.api import schemas
from graphsvc.api.problems import Answered
from graphsvc.model import ActorKind, Id

NewName = Annotated[str, StringConstraints(min_length=1, max_length=NAME_LENGTH, pattern=NAME_PATTERN)]
Themes = Annotated[tuple[Id, ...], Field(max_length=20, description="Ids of the themes that it is about.")]


class _Asked(Answered):
    model_config = ConfigDict(frozen=True, extra="forbid")


class IntroductionSupposed(_Asked):
    """Two actors brought together, by a hypothetical collaboration of the two."""

    a: Id = Field(description="Id of one actor.")
    b: Id = Field(description="Id of the other.")
    themes: Themes = ()


class ActorSupposed(_Asked):
    """A hypothetical actor."""

    kind: ActorKind = ActorKind.UNKNOWN
    place: Id | None = Field(default=None, description="Id of its place.")
    themes: Themes = Field(default=(), description="Ids of themes that it works on by itself.")
    joins: tuple[Id, ...] = Field(default=(), max_length=50, description="Ids of collaborations that it joins.")


class CollaborationSupposed(_Asked):
    """A hypothetical collaboration."""

    name: NewName
    participants: tuple[Id, ...] = Field(min_length=1, max_length=200, description="Ids of actors of the graph.")
    newcomers: tuple[NewName, ...] = Field(
        default=(), max_length=20, description="Names of hypothetical actors, those of `actors` or further ones."
    )
    themes: Themes = ()


def _some(most: int, description: str | None = None) -> Any:
    """Return the field of one or more things. Its schema has no default: an empty one can't be sent."""
    return Field(min_length=1, max_length=most, description=description, json_schema_extra=_without_default)


def _without_default(schema: dict[str, Any]) -> None:
    """Say in a schema what pydantic leaves out: that no key of a mapping may be another than its pattern allows."""
    schema.pop("default", None)
    for pattern, value in schema.pop("patternProperties", {}).items():
        schema["propertyNames"] = {"pattern": pattern, "maxLength": NAME_LENGTH}
        schema["additionalProperties"] = value


class Supposed(_Asked):
    """What is supposed: at least one of these."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra={"minProperties": 1})

    introductions: Annotated[tuple[IntroductionSupposed, ...], _some(50)] = ()
    actors: Annotated[
        dict[NewName, ActorSupposed], _some(20, "Hypothetical actors: the name of each → what is said of it.")
    ] = Field(default_factory=dict)
    collaborations: Annotated[tuple[CollaborationSupposed, ...], _some(20)] = ()
    without_actors: Annotated[tuple[Id, ...], _some(50, "Ids of actors that leave.")] = ()
    without_collaborations: Annotated[tuple[Id, ...], _some(50, "Ids of collaborations that were never begun.")] = ()


class ShiftGiven(Answered):
    """A number before and after; null where it is not defined."""

    before: float | None
    after: float | None


class HingeGiven(Answered):
    """An actor without which its component falls apart."""

    actor: str
    cut_off: int = Field(description="Actors of its component that would be cut off from the largest part without it.")


class TieGiven(Answered):
    """Two actors."""

    a: str
    b: str


class CellGiven(Answered):
    """A theme and a group: a helix group, or the id of a place."""

    theme: str
    group: str


class FillingGiven(Answered):
    """How many cells of theme by helix group, or theme by area, have somebody in them."""

    by: str
    cells: int
    before: int
    after: int
    filled: tuple[CellGiven, ...]
    emptied: tuple[CellGiven, ...]


class TouchedGiven(Answered):
    """An actor that is named, with its measures; empty where the view does not have it."""

    actor: str
    before: dict[str, float]
    after: dict[str, float]


class WhatIfGiven(Answered):
    """What would change. Hypothetical actors are under new ids, with their names in `names`."""

    told: tuple[str, ...] = Field(description="The same in sentences.")
    counts: dict[str, ShiftGiven]
    numbers: dict[str, ShiftGiven] = Field(description="Id of a measure of the network → its value.")
    arrived: tuple[str, ...] = Field(description="Actors that the view did not have.")
    vanished: tuple[str, ...] = Field(description="Actors that it has no longer.")
    partnered: tuple[str, ...] = Field(description="Actors that had no partner and have one.")
    alone: tuple[str, ...] = Field(description="Actors that had a partner and have none.")
    joined: tuple[str, ...] = Field(description="Actors that come into the largest piece.")
    dropped: tuple[str, ...] = Field(description="Actors that come off it.")
    freed: tuple[HingeGiven, ...] = Field(description="Actors that are no longer the only link.")
    bound: tuple[HingeGiven, ...] = Field(description="Actors that become one.")
    bridges_gone: tuple[TieGiven, ...]
    bridges_new: tuple[TieGiven, ...]
    coverage: tuple[FillingGiven, ...]
    touched: tuple[TouchedGiven, ...]
    newcomers: tuple[str, ...] = Field(description="Ids of the hypothetical actors in this answer.")
    unseen: tuple[str, ...] = Field(description="What is supposed and not wholly in the view.")
    acquainted: tuple[TieGiven, ...] = Field(description="Pairs that work together already.")
    left_out: tuple[str, ...] = Field(description="Ids of measures that were not computed, for their cost.")
    names: dict[str, str] = Field(description="Id → name of all that is spoken of.")
    language: str
    revision: schemas.Revision


class IntroductionGiven(Answered):
    """An introduction of the plan."""

    a: schemas.ActorRef
    b: schemas.ActorRef
    line: int = Field(ge=1, description="Its place among the missing partnerships.")
    themes: tuple[str, ...] = Field(description="Ids of what the two would work on.")
    gains: tuple[str, ...] = Field(description="What it brings beside those before it, in sentences.")


class IntroductionsGiven(Answered):
    """The introductions that help most, and what they change together."""

    items: tuple[IntroductionGiven, ...] = Field(description="In the order in which they were chosen.")
    worth: int = Field(ge=0, description="Things that they bring.")
    bound: int = Field(ge=0, description="What no set of so many candidates can be worth more than.")
    share: float = Field(ge=0, le=1, description="The least share of the best possible that this has.")
    candidates: int = Field(ge=0)
    told: tuple[str, ...] = Field(description="How good the choice is, in sentences.")
    together: WhatIfGiven | None = Field(description="What they change together; null where nothing helps.")
    language: str
    revision: schemas.Revision


def supposition(body: Supposed) -> Supposition:
    """Return what the body supposes."""
    return Supposition(
        tuple(Introduction(each.a, each.b, each.themes) for each in body.introductions),
        tuple(NewActor(name, each.kind, each.place, each.themes, each.joins) for name, each in body.actors.items()),
        tuple(
            NewCollaboration(each.name, each.participants, each.newcomers, each.themes) for each in body.collaborations
        ),
        body.without_actors,
        body.without_collaborations,
    )


def what_if(found: WhatIf, told: tuple[str, ...], language: str) -> WhatIfGiven:
    """Return what would change, with its sentences."""
    outcome = found.outcome
    return WhatIfGiven(
        told=told,
        counts=_shifts(outcome.counts),
        numbers=_shifts(outcome.numbers),
        arrived=outcome.arrived,
        vanished=outcome.vanished,
        partnered=outcome.partnered,
        alone=outcome.alone,
        joined=outcome.joined,
        dropped=outcome.dropped,
        freed=_hinges(outcome.freed),
        bound=_hinges(outcome.bound),
        bridges_gone=_ties(outcome.bridges_gone),
        bridges_new=_ties(outcome.bridges_new),
        coverage=tuple(map(_filling, outcome.coverage)),
        touched=tuple(
            TouchedGiven(actor=each.actor, before=dict(each.before), after=dict(each.after)) for each in outcome.touched
        ),
        newcomers=found.newcomers,
        unseen=found.unseen,
        acquainted=_ties(found.acquainted),
        left_out=found.left_out,
        names=dict(found.names),
        language=language,
        revision=found.revision,
    )


def _shifts(shifts: tuple[Shift, ...]) -> dict[str, ShiftGiven]:
    return {each.id: ShiftGiven(before=each.before, after=each.after) for each in shifts}


def _hinges(hinges: tuple[Hinge, ...]) -> tuple[HingeGiven, ...]:
    return tuple(HingeGiven(actor=each.actor, cut_off=each.cut_off) for each in hinges)


def _ties(ties: tuple[Tie, ...]) -> tuple[TieGiven, ...]:
    return tuple(TieGiven(a=a, b=b) for a, b in ties)


def _filling(each: Filling) -> FillingGiven:
    def cells(found: tuple[Tie, ...]) -> tuple[CellGiven, ...]:
        return tuple(CellGiven(theme=theme, group=group) for theme, group in found)

    counted = {"cells": each.cells, "before": each.before, "after": each.after}
    return FillingGiven(by=each.by, filled=cells(each.filled), emptied=cells(each.emptied), **counted)
