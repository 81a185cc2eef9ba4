"""Measures of the actors of a view."""

from __future__ import annotations

from graphsvc.analysis.results import Measures
from graphsvc.api import forms, schemas
from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.params import MeasuresParameters
from graphsvc.api.sending import Answer

measures = Endpoints("Measures")


@measures.endpoint(
    "/api/v1/measures",
    MeasuresParameters,
    schemas.Measures,
    errors=(404,),
    kept=True,
    example={"sort": "betweenness", "limit": "5"},
)
def get_measures(asked: Asked[MeasuresParameters]) -> Answer:
    """Measure the actors of a view.

    Actors in the order of one measure, largest first, with their communities. A measure that is not defined for an
    actor is missing from its `values`.
    """
    wanted = asked.parameters
    found = asked.service.measures(wanted.view)
    shown = sorted(set(wanted.measure) or found.measures)
    actors = asked.service.network(wanted.view).actors
    order = found.measures[wanted.sort].values
    ranked = sorted(found.measures["degree"].values, key=lambda id_: (id_ not in order, -order.get(id_, 0.0), id_))
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
        communities=tuple(
            schemas.Community(id=each.id, size=len(each.actors), themes=each.themes, actors=each.actors)
            for each in found.communities
        ),
        modularity=found.modularity,
        revision=found.revision,
    )
    return Answer(answer, found.revision)


def _score(actor: schemas.ActorRef, community: int | None, shown: list[str], found: Measures) -> schemas.Score:
    defined = [name for name in shown if actor.id in found.measures[name].values]
    return schemas.Score(
        actor=actor,
        community=community,
        articulation_point=actor.id in found.articulation_points,
        values={name: found.measures[name].values[actor.id] for name in defined},
    )
