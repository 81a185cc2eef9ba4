"""Startups and the services for them: who serves whom, and which stages and startups nobody is known to serve.

Not known is kept apart from nobody: that nobody serves a stage is said only where it is known of some service for which
stages it is, and of a startup only where it is known of some service who uses it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from graphsvc.facets import Facet, Stage, texts, words
from graphsvc.kinds import CollaborationKind, Role
from graphsvc.model import Actor, Collaboration, Participation, Source, Theme
from graphsvc.regions.ground import Ground


class Served(StrEnum):
    """What is known of whom somebody serves."""

    SERVED = "served"
    NOBODY = "nobody"
    """It is known of other services for whom they are, and none is for this."""
    NOT_KNOWN = "not_known"
    """Of no service it is known for whom it is."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who offers or uses a service, and who says so."""

    actor: Actor
    said: tuple[tuple[Participation, Source], ...]
    """Each claim with its source."""
    now: bool
    """False where all who say so say that it had ended on the day."""


@dataclass(frozen=True, slots=True)
class StartupService:
    """A service for startups."""

    collaboration: Collaboration
    stages: tuple[Stage, ...]
    """For whom it is; empty where no source says."""
    fields: tuple[Theme, ...]
    """Of the startups that it is for; empty where no source says."""
    providers: tuple[Party, ...]
    customers: tuple[Party, ...]
    """Former ones too."""

    def is_for(self, stage: Stage) -> bool | None:
        """Say whether it is for a stage; None where no source says for which it is."""
        return stage in self.stages if self.stages else None


@dataclass(frozen=True, slots=True)
class Startup:
    """A firm that a source lists as a startup."""

    actor: Actor
    stages: tuple[Stage, ...]
    fields: tuple[Theme, ...]
    founded: int | None
    place: str
    """Its name; empty where no source says."""
    source: Source
    """The one that last described it."""
    uses: tuple[Collaboration, ...]
    """Services that it uses on the day."""
    served: Served


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage: how many startups are in it and how many services are for it."""

    stage: Stage
    startups: int
    services: int
    served: Served


@dataclass(frozen=True, slots=True)
class FieldCell:
    """Startups of a field in a stage, and services for both."""

    field: Theme | None
    """None for those whose field is not known."""
    stage: Stage | None
    """None for those whose stage is not known."""
    startups: int
    services: int


@dataclass(frozen=True, slots=True)
class StartupScene:
    """All of it on a day."""

    startups: tuple[Startup, ...]
    services: tuple[StartupService, ...]
    stages: tuple[StageRow, ...]
    fields: tuple[FieldCell, ...]
    """By field, those not known last; then by stage, the same."""

    @property
    def unserved(self) -> tuple[Startup, ...]:
        """Startups that nobody is known to serve, where it is known who others serve."""
        return tuple(each for each in self.startups if each.served is Served.NOBODY)

    @property
    def without_stages(self) -> int:
        """How many services there are of which no source says for which stages they are."""
        return sum(not each.stages for each in self.services)

    @property
    def without_customers(self) -> int:
        """How many services there are of which no source says who uses them."""
        return sum(not each.customers for each in self.services)

    @property
    def has_customers(self) -> bool:
        """Whether of any service a source says who uses it, or did."""
        return any(each.customers for each in self.services)

    def users(self, service: StartupService, stage: Stage) -> int:
        """Return how many startups of a stage use a service on the day."""
        return sum(stage in each.stages and service.collaboration in each.uses for each in self.startups)


def scene(ground: Ground) -> StartupScene:
    """Return startups and services of a day; a service that had ended is left out."""
    services = tuple(
        _service(ground, each)
        for each in ground.of_kind(CollaborationKind.SERVICE)
        if each.end is None or ground.on <= each.end
    )
    startups = tuple(_startups(ground, services))
    return StartupScene(
        startups, services, tuple(_stages(startups, services)), tuple(_fields(ground, startups, services))
    )


def _service(ground: Ground, each: Collaboration) -> StartupService:
    claims = ground.claims_of(each.id)
    return StartupService(
        each,
        words(each.attributes, Facet.STAGES, Stage),
        _themes(ground, each.themes),
        _parties(ground, claims, Role.PROVIDER),
        _parties(ground, claims, Role.CUSTOMER),
    )


def _parties(ground: Ground, claims: Iterable[Participation], role: Role) -> tuple[Party, ...]:
    by_body: dict[str, list[Participation]] = {}
    for claim in claims:
        if claim.role == role:
            by_body.setdefault(ground.body(claim.actor).id, []).append(claim)
    found = [
        Party(
            ground.actors[id_],
            tuple((claim, ground.source(claim.source)) for claim in said),
            any(ground.holds(claim) for claim in said),
        )
        for id_, said in by_body.items()
    ]
    return tuple(sorted(found, key=lambda party: (party.actor.name.casefold(), party.actor.id)))


def _startups(ground: Ground, services: tuple[StartupService, ...]) -> Iterable[Startup]:
    uses: dict[str, list[Collaboration]] = {}
    for service in services:
        for party in service.customers:
            if party.now:
                uses.setdefault(party.actor.id, []).append(service.collaboration)
    otherwise = Served.NOBODY if uses else Served.NOT_KNOWN
    for actor in sorted(ground.actors.values(), key=lambda each: (each.name.casefold(), each.id)):
        said = ground.attributes.get(actor.id, {})
        founded = _year(texts(said, Facet.FOUNDED))
        if texts(said, Facet.STARTUP) != ("yes",) or (founded or 0) > ground.on.year:
            continue
        yield Startup(
            actor,
            words(said, Facet.STAGES, Stage),
            _themes(ground, texts(said, Facet.FIELDS)),
            founded,
            ground.places.get(actor.place or "", ""),
            ground.source(actor.source),
            tuple(uses.get(actor.id, ())),
            Served.SERVED if actor.id in uses else otherwise,
        )


def _stages(startups: Iterable[Startup], services: Iterable[StartupService]) -> Iterable[StageRow]:
    known = any(service.stages for service in services)
    for stage in Stage:
        offered = sum(stage in service.stages for service in services)
        served = Served.SERVED if offered else Served.NOBODY if known else Served.NOT_KNOWN
        yield StageRow(stage, sum(stage in each.stages for each in startups), offered, served)


def _fields(ground: Ground, startups: Iterable[Startup], services: Iterable[StartupService]) -> Iterable[FieldCell]:
    """Yield a cell for each field and stage; one of two fields or stages counts in each."""
    listed: list[Startup | StartupService] = [*startups, *services]
    ids = {theme.id for each in listed for theme in each.fields}
    themes = sorted((ground.themes[id_] for id_ in ids), key=lambda theme: (theme.name.casefold(), theme.id))
    for field in (*themes, None):
        for stage in (*Stage, None):
            yield FieldCell(
                field,
                stage,
                sum(_is_in(each, field, stage) for each in startups),
                sum(_is_in(each, field, stage) for each in services),
            )


def _is_in(each: Startup | StartupService, field: Theme | None, stage: Stage | None) -> bool:
    of_field = field in each.fields if field else not each.fields
    return of_field and (stage in each.stages if stage else not each.stages)


def _themes(ground: Ground, ids: Iterable[str]) -> tuple[Theme, ...]:
    return tuple(ground.themes[id_] for id_ in ids if id_ in ground.themes)


def _year(said: tuple[str, ...]) -> int | None:
    return int(said[0]) if len(said) == 1 and said[0].isascii() and said[0].isdigit() else None
