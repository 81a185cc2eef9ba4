"""Measures of the actors of a view."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from graphsvc.access.rights import Right
from graphsvc.analysis.catalogue import CATALOGUE, SHOWN, CostClass, Definition, Scope
from graphsvc.analysis.measures import SHOWN_ACTOR_MEASURES
from graphsvc.analysis.results import Community, Measures
from graphsvc.api import forms, schemas
from graphsvc.api.asking import IN_DIGITS, Parameters
from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.deferring import now_or_later
from graphsvc.api.params import Lang, MeasuresParameters, ViewParameters
from graphsvc.api.problems import Answered
from graphsvc.api.sending import Answer
from graphsvc.wishes import MeasuresAsked, PartAsked
from graphsvc.wording import say

measures = Endpoints("Measures")
_SAID: Final = ("name", "meaning", "high", "low", "misleads")


class CatalogueParameters(Parameters):
    """The language of the catalogue."""

    lang: Lang = None


class MeasureExplained(Answered):
    """One measure: what it is, and when it misleads."""

    id: str
    scope: Scope = Field(description="What it is a number of.")
    name: str
    meaning: str
    high: str = Field(description="What a high number means.")
    low: str = Field(description="What a low number means.")
    misleads: str = Field(description="When it misleads.")
    formula: str
    source: str
    cost: CostClass = Field(description="How the work grows.")
    shown: bool = Field(description="Whether it is computed when nobody says which.")
    sampled: bool = Field(description="Whether it is estimated on large networks.")
    version: Annotated[int, Field(ge=1, description="Rises when the same network gets other numbers than before.")]


class CatalogueGiven(Answered):
    """Every measure there is."""

    items: tuple[MeasureExplained, ...]
    language: str


@measures.endpoint(
    "/api/v1/measures",
    MeasuresParameters,
    schemas.Measures,
    errors=(404,),
    kept=True,
    later="perhaps",
    example={"sort": "betweenness", "limit": "5"},
)
def get_measures(asked: Asked[MeasuresParameters]) -> Answer:
    """Measure the actors of a view.

    Actors in the order of one measure, largest first, with their communities. A measure that is not defined for an
    actor is missing from its `values`. What takes long becomes a job: 202.
    """
    wanted = asked.parameters
    shown = sorted(set(wanted.measure) or SHOWN_ACTOR_MEASURES)
    only = (SHOWN - {*SHOWN_ACTOR_MEASURES}) | {*shown, wanted.sort}
    network = asked.service.network(wanted.view)
    ask = MeasuresAsked(view=PartAsked.of(wanted.view), measures=tuple(sorted(only)))
    found: Measures = now_or_later(asked, "measures", ask)
    actors = network.actors
    order = found.measures[wanted.sort].values
    ranked = sorted(actors, key=lambda id_: (id_ not in order, -order.get(id_, 0.0), id_))
    communities = found.community_of()
    answer = schemas.Measures(
        total=len(ranked),
        items=tuple(
            _score(forms.named(id_, actors), communities.get(id_), shown, found) for id_ in ranked[: wanted.limit]
        ),
        measures=tuple(
            schemas.MeasureNote(id=name, method=found.measures[name].method, exact=found.measures[name].exact)
            for name in shown
        ),
        communities=tuple(map(_community, found.communities)),
        modularity=found.modularity,
        revision=found.revision,
    )
    return Answer(answer, found.revision)


@measures.endpoint(
    "/api/v1/measures/catalogue",
    CatalogueParameters,
    CatalogueGiven,
    revised=False,
    right=Right.NOTHING,
    example={"lang": "en"},
)
def list_measures(asked: Asked[CatalogueParameters]) -> Answer:
    """Explain the measures.

    Each with its definition, formula and source, what a high and a low number mean, and when it misleads.
    """
    items = tuple(_explained(each, asked.language) for each in CATALOGUE.values())
    return Answer(CatalogueGiven(items=items, language=asked.language))


class CommunitiesParameters(ViewParameters):
    """The communities of a network."""

    smallest: Annotated[int, Field(ge=1, le=100_000, description="Fewest actors of one that is listed."), IN_DIGITS] = 1


class Communities(Answered):
    """Who works more with each other than with the rest."""

    items: tuple[schemas.Community, ...] = Field(description="The largest first.")
    total: int = Field(ge=0, description="Communities in all, also smaller ones.")
    modularity: float = Field(description="How much more ties lie inside them than by chance (Newman 2006).")
    method: str
    revision: schemas.Revision


@measures.endpoint(
    "/api/v1/communities",
    CommunitiesParameters,
    Communities,
    errors=(404,),
    kept=True,
    later="perhaps",
    example={"smallest": "5"},
)
def list_communities(asked: Asked[CommunitiesParameters]) -> Answer:
    """List the communities of a view.

    The same as in the measures of the view. `key` is what a community is known by from one revision to the next.
    """
    wanted = asked.parameters
    ask = MeasuresAsked(view=PartAsked.of(wanted.view), measures=tuple(sorted(SHOWN)))
    found: Measures = now_or_later(asked, "measures", ask)
    items = tuple(_community(each) for each in found.communities if len(each.actors) >= wanted.smallest)
    answer = Communities(
        items=items,
        total=len(found.communities),
        modularity=found.modularity,
        method=CATALOGUE["community"].formula,
        revision=found.revision,
    )
    return Answer(answer, found.revision)


def _community(each: Community) -> schemas.Community:
    return schemas.Community(id=each.id, key=each.key, size=len(each.actors), themes=each.themes, actors=each.actors)


def _explained(each: Definition, language: str) -> MeasureExplained:
    said = {key: say("measures", f"{each.id}.{key}", language) for key in _SAID}
    return MeasureExplained(
        id=each.id,
        scope=each.scope,
        formula=each.formula,
        source=each.source,
        cost=each.cost,
        shown=each.shown,
        sampled=each.sampled,
        version=each.version,
        **said,
    )


def _score(actor: schemas.ActorRef, community: int | None, shown: list[str], found: Measures) -> schemas.Score:
    defined = [name for name in shown if actor.id in found.measures[name].values]
    return schemas.Score(
        actor=actor,
        community=community,
        articulation_point=actor.id in found.articulation_points,
        values={name: found.measures[name].values[actor.id] for name in defined},
    )
