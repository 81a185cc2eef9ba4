"""The region view of RDI environments and platforms over HTTP."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Final

from pydantic import Field

from graphsvc.api import forms, schemas
from graphsvc.api.asking import Parameters
from graphsvc.api.contract import JSON, Asked, Endpoints
from graphsvc.api.problems import Answered
from graphsvc.api.regions import (
    CSV,
    XLSX,
    RegionGiven,
    RegionParameters,
    SourceNamed,
    ThemeRef,
    collaboration_ref,
    in_form,
    source_named,
    theme_ref,
)
from graphsvc.api.sending import Answer
from graphsvc.facets import Form, Level, Openness
from graphsvc.model import CollaborationKind, Id
from graphsvc.regions.parties import Party
from graphsvc.regions.rdi_environments import Environment, EnvironmentsAsk, Eu, EuTie, RdiEnvironments, only

rdi_environments = Endpoints("Region views")
VIEW: Final = "rdi_environments"


class WhichEnvironments(Parameters):
    """Which environments are wanted."""

    theme: Annotated[Id | None, Field(description="Id of a theme; themes below it count.")] = None
    form: Annotated[Form | None, Field(description="What is `both` is found under either.")] = None
    open_to: Annotated[Openness | None, Field(description="Who may use them.")] = None
    owner: Annotated[Id | None, Field(description="Id of an actor that owns them.")] = None
    eu: Annotated[
        Eu | None,
        Field(
            description="`yes`: in an EU network; `no`: known to be in none, or in others only; `unknown`: the rest."
        ),
    ] = None

    @property
    def asked(self) -> EnvironmentsAsk:
        """The same as the view is asked it."""
        return EnvironmentsAsk(self.theme, self.form, self.open_to, self.owner, self.eu)


class EnvironmentsParameters(RegionParameters, WhichEnvironments):
    """Environments of a day."""


class PartyGiven(Answered):
    """A body that takes part, and who says so."""

    actor: schemas.ActorRef
    sources: tuple[SourceNamed, ...]


class NetworkTieGiven(Answered):
    """A network that an environment belongs to."""

    network: schemas.CollaborationRef
    level: Level | None = Field(description="Null where no source says.")


class EnvironmentGiven(Answered):
    """An RDI environment or platform. What no source says is null or empty."""

    environment: schemas.CollaborationRef
    kind: CollaborationKind
    start: date | None
    end: date | None
    website: str | None
    form: Form | None
    open_to: Openness | None
    services: tuple[str, ...] = Field(description="What firms may use, in the sources' words.")
    funding: tuple[str, ...] = Field(description="In the sources' words.")
    themes: tuple[ThemeRef, ...]
    place: str | None
    owners: tuple[PartyGiven, ...]
    users: tuple[PartyGiven, ...] = Field(description="All who take part in another role than the owner's.")
    networks: tuple[NetworkTieGiven, ...]
    in_none_of_level: tuple[Level, ...] = Field(description="Levels of which a source says: in no such network.")
    eu: EuTie = Field(description="What is known of its EU networks; `not_known`: no network of it is known at all.")
    sources: tuple[SourceNamed, ...]


class OwnerOfSeveral(Answered):
    """An owner of two or more environments."""

    actor: schemas.ActorRef
    environments: tuple[schemas.CollaborationRef, ...]


class ThemeWithout(Answered):
    """A theme on which, and below which, there is no environment."""

    theme: ThemeRef
    collaborations: int = Field(description="On it or below it; procurements and services not counted.")


class RdiEnvironmentsGiven(RegionGiven):
    """RDI environments and platforms of a region."""

    environments: tuple[EnvironmentGiven, ...] = Field(description="Those asked for; all else is told of all.")
    number: int = Field(description="How many there are, whichever are asked for.")
    eu: dict[Eu, int] = Field(description="How many are in an EU network, in none, and of how many it is not known.")
    ended: int = Field(description="Environments left out because they had ended on the day.")
    unknown: dict[str, int] = Field(description="What is not known, and of how many environments.")
    owners_of_several: tuple[OwnerOfSeveral, ...]
    themes_without: tuple[ThemeWithout, ...] = Field(description="Those with most collaborations; at most 50.")
    themes_without_number: int


@rdi_environments.endpoint(
    "/api/v1/regions/rdi_environments",
    EnvironmentsParameters,
    {JSON: RdiEnvironmentsGiven, CSV: None, XLSX: None},
    example={"lang": "fi"},
)
def get_rdi_environments(asked: Asked[EnvironmentsParameters]) -> Answer:
    """Get the RDI environments and platforms of the region.

    Whose they are, what they offer firms, who may use them, in which networks they are. What nobody knows is told apart
    from what is known not to be.
    """
    all_: RdiEnvironments = asked.service.region(VIEW, asked.parameters.as_of)
    found = only(all_, asked.parameters.asked)
    if other := in_form(asked, VIEW, found):
        return other
    answer = RdiEnvironmentsGiven(
        environments=tuple(_environment(each, asked.language) for each in found.environments),
        number=found.number,
        eu=dict(found.eu),
        ended=found.ended,
        unknown=dict(found.unknown),
        owners_of_several=tuple(
            OwnerOfSeveral(
                actor=forms.actor_ref(each.actor), environments=tuple(map(collaboration_ref, each.environments))
            )
            for each in found.several
        ),
        themes_without=tuple(
            ThemeWithout(theme=theme_ref(each.theme, asked.language), collaborations=each.collaborations)
            for each in found.bare
        ),
        themes_without_number=found.bare_found,
        on=found.on,
        language=asked.language,
        revision=found.revision,
    )
    return Answer(answer, found.revision)


def _environment(each: Environment, language: str) -> EnvironmentGiven:
    thing = each.collaboration
    return EnvironmentGiven(
        environment=collaboration_ref(thing),
        kind=thing.kind,
        start=thing.start,
        end=thing.end,
        website=thing.website,
        form=each.form,
        open_to=each.openness,
        services=each.services,
        funding=each.funding,
        themes=tuple(theme_ref(theme, language) for theme in each.themes),
        place=each.place,
        owners=parties_given(each.owners),
        users=parties_given(each.users),
        networks=tuple(
            NetworkTieGiven(network=collaboration_ref(tie.collaboration), level=tie.level) for tie in each.networks
        ),
        in_none_of_level=each.none_at,
        eu=each.eu,
        sources=tuple(map(source_named, each.sources)),
    )


def parties_given(parties: Iterable[Party]) -> tuple[PartyGiven, ...]:
    """Return parties by name, with their sources."""
    return tuple(
        PartyGiven(actor=forms.actor_ref(each.actor), sources=tuple(map(source_named, each.sources)))
        for each in parties
    )
