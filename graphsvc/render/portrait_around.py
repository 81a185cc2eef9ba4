"""One actor with its strongest partners and its missing partnerships, as the content of a small map.

Made from the actor's own ties alone: the whole network is neither drawn nor laid out for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from graphsvc.analysis.arrays import Arrays
from graphsvc.analysis.results import Measures
from graphsvc.analysis.standing import Partnership, ties_among
from graphsvc.model import Actor
from graphsvc.render.content import Imprint, MapActor, MapCommunity, MapContent, MapSuggestion, MapTie
from graphsvc.render.gather import Drawable, named_communities
from graphsvc.render.portrait_content import Opening
from graphsvc.wording import listed, number, say

DRAWN: Final = 10
"""Partners on the map: as many as it has names for."""
OPENINGS: Final = 3
"""Missing partnerships of a portrait."""
_NAMED: Final = 8
"""Partners that the text for who can't see the map names."""


class Measured(Drawable, Protocol):
    """A network with its ties as arrays; :class:`graphsvc.network.Network` is one."""

    @property
    def arrays(self) -> Arrays: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Around:
    """One actor as a network shows it."""

    actor: str
    network: Measured
    measures: Measures
    """With strength and communities."""
    partners: Sequence[Partnership]
    """The strongest first."""
    openings: Sequence[Opening]
    everybody: Mapping[str, Actor]
    """Those of the network and beyond: whom it could meet is often in no part that is asked for."""

    @property
    def shown(self) -> list[str]:
        """Ids of all on the map: the actor, its strongest partners, those that it could meet."""
        near = [each.partner for each in self.partners[:DRAWN]]
        return list(dict.fromkeys((self.actor, *near, *(each.partner for each in self.openings))))


def around(of: Around, language: str) -> MapContent:
    """Return the map; sizes are by how much each works with anybody, groups those of the whole network."""
    network, strength, group = of.network, of.measures.measures["strength"].values, of.measures.community_of()
    inside = network.actors
    order = sorted(of.shown, key=lambda id_: (-strength.get(id_, 0.0), id_))
    return MapContent(
        title=inside[of.actor].name,
        language=language,
        summary=_caption(of, language),
        data_date=None,
        revision=network.revision,
        size_measure="strength",
        actors=tuple(_actor(of, id_, strength.get(id_, 0.0), group.get(id_)) for id_ in order),
        collaborations=(),
        ties=tuple(
            MapTie(a, b, weight, ())
            for a, b, weight in ties_among(network.arrays, [each for each in order if each in inside])
        ),
        suggestions=tuple(_suggestion(of.actor, each) for each in of.openings),
        communities=_groups(of, set(order), language),
        imprint=Imprint(alternative=_alternative(of, language)),
    )


def _actor(of: Around, id_: str, importance: float, group: int | None) -> MapActor:
    actor = of.everybody[id_]
    return MapActor(id_, actor.name, actor.kind, importance, community=group, local=id_ == of.actor)


def _suggestion(actor: str, each: Opening) -> MapSuggestion:
    a, b = sorted((actor, each.partner))
    return MapSuggestion(each.rank, a, b, each.score, each.reasons_for, (each.reason_against,))


def _groups(of: Around, shown: set[str], language: str) -> tuple[MapCommunity, ...]:
    here = {each.id for each in of.measures.communities if shown.intersection(each.actors)}
    named = named_communities(of.measures.communities, of.network, language)
    return tuple(group for group in named if group.id in here)


def _caption(of: Around, language: str) -> str:
    n, all_ = min(len(of.partners), DRAWN), len(of.partners)
    return say("portrait", "page.drawn", language, n=n, count=number(n, language), all=number(all_, language))


def _alternative(of: Around, language: str) -> str:
    nobody = say("portrait", "page.nobody", language)
    names = [of.network.actors[each.partner].name for each in of.partners[:_NAMED]]
    return say(
        "portrait",
        "page.alternative",
        language,
        who=of.network.actors[of.actor].name,
        names=listed(names, language) or nobody,
        openings=listed([each.name for each in of.openings], language) or nobody,
    )
