"""A region's RDI environments and platforms: whose they are, for whom, on what, and in which networks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from graphsvc import facets
from graphsvc.analysis.axes import upwards
from graphsvc.facets import Facet, Form, Level, Openness
from graphsvc.kinds import Role
from graphsvc.model import DEALINGS, ENVIRONMENTS, Actor, Collaboration, Participation, Source, Theme
from graphsvc.regions.ground import Ground
from graphsvc.regions.parties import Party, by_name, parties, role_of, sources

LISTED: Final = 50
"""Themes without an environment that are told; how many there are is told of all."""


class EuTie(StrEnum):
    """What is known of an environment's EU networks. Nothing known is not the same as none."""

    IN = "in"
    """It is in one."""
    SAYS_NONE = "says_none"
    """A source says that it is in none."""
    OTHERS_ONLY = "others_only"
    """It is in networks, all of other levels."""
    LEVEL_UNKNOWN = "level_unknown"
    """It is in networks, and of what level one of them is nobody says."""
    NOT_KNOWN = "not_known"
    """No network of it is known."""


class Eu(StrEnum):
    """Whether an environment is in an EU network, in three values."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


EU_OF: Final = {
    EuTie.IN: Eu.YES,
    EuTie.SAYS_NONE: Eu.NO,
    EuTie.OTHERS_ONLY: Eu.NO,
    EuTie.LEVEL_UNKNOWN: Eu.UNKNOWN,
    EuTie.NOT_KNOWN: Eu.UNKNOWN,
}
"""What is known → the answer it gives."""


@dataclass(frozen=True, slots=True)
class NetworkTie:
    """A network that an environment belongs to."""

    collaboration: Collaboration
    level: Level | None
    """None where nobody says."""


@dataclass(frozen=True, slots=True)
class Environment:
    """One environment. What nobody says is None or empty."""

    collaboration: Collaboration
    form: Form | None
    openness: Openness | None
    services: tuple[str, ...]
    """In the sources' words."""
    funding: tuple[str, ...]
    """In the sources' words."""
    themes: tuple[Theme, ...]
    within: frozenset[str]
    """Ids of its themes and of all above them."""
    place: str | None
    """Name."""
    owners: tuple[Party, ...]
    users: tuple[Party, ...]
    """All who take part in another role than the owner's."""
    networks: tuple[NetworkTie, ...]
    none_at: tuple[Level, ...]
    """Levels of which a source says that it is in no network."""
    sources: tuple[Source, ...]

    @property
    def eu(self) -> EuTie:
        """What is known of its EU networks. A network that a source names counts, whatever another source denies."""
        levels = {tie.level for tie in self.networks}
        if Level.EU in levels:
            return EuTie.IN
        if Level.EU in self.none_at:
            return EuTie.SAYS_NONE
        if not levels:
            return EuTie.NOT_KNOWN
        return EuTie.LEVEL_UNKNOWN if None in levels else EuTie.OTHERS_ONLY


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner of two or more environments."""

    actor: Actor
    environments: tuple[Collaboration, ...]


@dataclass(frozen=True, slots=True)
class BareTheme:
    """A theme on which, and below which, there is no environment."""

    theme: Theme
    collaborations: int
    """Collaborations on it or below it; procurements and services not counted."""


@dataclass(frozen=True, slots=True)
class RdiEnvironments:
    """The answer of the view."""

    revision: int
    on: date
    environments: tuple[Environment, ...]
    """By name; those that had ended on the day are left out."""
    ended: int
    """How many were left out because they had ended."""
    ties: Mapping[EuTie, int]
    """How many environments there are of each; all are named."""
    unknown: Mapping[str, int]
    """What is not known → of how many environments."""
    several: tuple[Owner, ...]
    """Owners of two or more, most first."""
    bare: tuple[BareTheme, ...]
    """Themes without an environment, those with most collaborations first; at most :data:`LISTED`."""
    bare_found: int
    """How many themes have none."""

    @property
    def eu(self) -> Mapping[Eu, int]:
        """How many environments are in an EU network, are in none, and of how many it is not known."""
        return {eu: sum(n for tie, n in self.ties.items() if EU_OF[tie] is eu) for eu in Eu}

    @property
    def number(self) -> int:
        """How many environments there are, whichever are shown."""
        return sum(self.ties.values())


@dataclass(frozen=True, slots=True)
class EnvironmentsAsk:
    """Which environments are wanted; None for any."""

    theme: str | None = None
    """Its id; environments of themes below it, too."""
    form: Form | None = None
    """What is both is found under either."""
    openness: Openness | None = None
    owner: str | None = None
    """Id of an actor."""
    eu: Eu | None = None

    def wants(self, each: Environment) -> bool:
        """Say whether an environment is wanted. One of which the thing asked for is not known is not."""
        return (
            (self.theme is None or self.theme in each.within)
            and (self.form is None or each.form in {self.form, Form.BOTH})
            and (self.openness is None or each.openness is self.openness)
            and (self.owner is None or any(self.owner in (who.actor.id, *who.entries) for who in each.owners))
            and (self.eu is None or EU_OF[each.eu] is self.eu)
        )


def only(found: RdiEnvironments, ask: EnvironmentsAsk) -> RdiEnvironments:
    """Return the answer with those environments that are wanted; what is told of all stays."""
    return replace(found, environments=tuple(filter(ask.wants, found.environments)))


def make(ground: Ground) -> RdiEnvironments:
    """Return the view of a day."""
    all_ = ground.of_kind(*ENVIRONMENTS)
    there = [each for each in all_ if each.end is None or ground.on <= each.end]
    environments = tuple(_environment(ground, each, ground.holding_of(each.id)) for each in there)
    bare = _bare(ground, environments)
    return RdiEnvironments(
        ground.revision,
        ground.on,
        environments,
        len(all_) - len(there),
        {tie: sum(each.eu is tie for each in environments) for tie in EuTie},
        _unknown(environments),
        _several(environments),
        tuple(bare[:LISTED]),
        len(bare),
    )


def _environment(ground: Ground, each: Collaboration, claims: Sequence[Participation]) -> Environment:
    said = each.attributes
    themes = [ground.themes[id_] for id_ in each.themes if id_ in ground.themes]
    sites = facets.texts(said, Facet.SITE)
    return Environment(
        collaboration=each,
        form=next(iter(facets.words(said, Facet.FORM, Form)), None),
        openness=next(iter(facets.words(said, Facet.OPENNESS, Openness)), None),
        services=facets.texts(said, Facet.SERVICES),
        funding=facets.texts(said, Facet.FUNDING),
        themes=tuple(themes),
        within=frozenset(above.id for theme in themes for above in upwards(ground.themes, theme.id)),
        place=next((ground.places[id_] for id_ in sites if id_ in ground.places), None),
        owners=parties(ground, (claim for claim in claims if role_of(claim) is Role.OWNER)),
        users=parties(ground, (claim for claim in claims if role_of(claim) is not Role.OWNER)),
        networks=tuple(_networks(ground, each)),
        none_at=facets.words(said, Facet.NO_NETWORK, Level),
        sources=sources(ground, claims, each.source),
    )


def _networks(ground: Ground, each: Collaboration) -> Iterable[NetworkTie]:
    known = (ground.collaborations.get(id_) for id_ in facets.texts(each.attributes, Facet.PART_OF))
    for network in sorted(filter(None, known), key=lambda network: (network.name.casefold(), network.id)):
        yield NetworkTie(network, next(iter(facets.words(network.attributes, Facet.LEVEL, Level)), None))


def _unknown(environments: Sequence[Environment]) -> dict[str, int]:
    counts = {
        "owners": sum(not each.owners for each in environments),
        "form": sum(each.form is None for each in environments),
        "openness": sum(each.openness is None for each in environments),
        "themes": sum(not each.themes for each in environments),
        "services": sum(not each.services for each in environments),
        "funding": sum(not each.funding for each in environments),
        "users": sum(not each.users for each in environments),
        "place": sum(each.place is None for each in environments),
    }
    return {what: count for what, count in counts.items() if count}


def _several(environments: Sequence[Environment]) -> tuple[Owner, ...]:
    owned: dict[str, list[Collaboration]] = defaultdict(list)
    actors: dict[str, Actor] = {}
    for each in environments:
        for owner in each.owners:
            actors[owner.actor.id] = owner.actor
            owned[owner.actor.id].append(each.collaboration)
    found = [Owner(actors[id_], tuple(mine)) for id_, mine in owned.items() if len(mine) > 1]
    return tuple(sorted(found, key=lambda owner: (-len(owner.environments), by_name(owner.actor))))


def _bare(ground: Ground, environments: Sequence[Environment]) -> list[BareTheme]:
    covered = frozenset().union(*(each.within for each in environments))
    counts: Counter[str] = Counter()
    for each in ground.collaborations.values():
        if each.kind not in DEALINGS:
            counts.update({above.id for theme in each.themes for above in upwards(ground.themes, theme)})
    found = [BareTheme(theme, counts[id_]) for id_, theme in ground.themes.items() if id_ not in covered]
    return sorted(found, key=lambda bare: (-bare.collaborations, bare.theme.name.casefold(), bare.theme.id))
