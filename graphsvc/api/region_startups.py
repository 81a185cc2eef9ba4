"""The region view of startup alliances over HTTP."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from graphsvc.api import forms, schemas
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
from graphsvc.facets import Stage
from graphsvc.regions.startup_alliance import Alliance, Member, StartupAlliance
from graphsvc.regions.startups import FieldCell, Served, Startup, StartupService

VIEW = "startup_alliance"
startup_alliance = Endpoints("Region views")


class MembershipClaim(Answered):
    """What one source says of a member."""

    source: SourceNamed
    said_as: str = Field(description="The name under which the source has it.")
    role: str
    start: date | None
    end: date | None
    holds: bool = Field(description="False where it had ended on the day.")


class AllianceMember(Answered):
    """A body that some source names as a member."""

    actor: schemas.ActorRef
    claims: tuple[MembershipClaim, ...]
    silent: tuple[SourceNamed, ...] = Field(description="Sources that name members of the alliance, and not this one.")
    within: tuple[schemas.ActorRef, ...] = Field(description="Members that are groups to which it belongs.")
    contains: tuple[schemas.ActorRef, ...] = Field(description="Members that belong to the group that it is.")


class AllianceGiven(Answered):
    """An alliance with its members."""

    alliance: schemas.CollaborationRef
    sources: tuple[SourceNamed, ...] = Field(description="Those that name members.")
    members: tuple[AllianceMember, ...]


class ServiceParty(Answered):
    """Who uses a service from when to when, as one source says."""

    actor: schemas.ActorRef
    source: SourceNamed
    start: date | None
    end: date | None


class ServiceGiven(Answered):
    """A service for startups."""

    service: schemas.CollaborationRef
    providers: tuple[schemas.ActorRef, ...] = Field(description="Empty where no source says.")
    stages: tuple[Stage, ...] = Field(description="For which startups it is; empty where no source says.")
    fields: tuple[ThemeRef, ...] = Field(description="Of which fields; empty where no source says.")
    customers: tuple[ServiceParty, ...] = Field(description="A line for each claim, former ones too.")


class StartupGiven(Answered):
    """A firm that a source lists as a startup."""

    actor: schemas.ActorRef
    stages: tuple[Stage, ...] = Field(description="Empty where no source says.")
    fields: tuple[ThemeRef, ...] = Field(description="Empty where no source says.")
    founded: int | None = Field(description="The year.")
    place: str = Field(description="Its name; empty where no source says.")
    source: SourceNamed = Field(description="The one that last described it.")
    uses: tuple[schemas.CollaborationRef, ...] = Field(description="Services that it uses on the day.")
    served: Served


class StageGiven(Answered):
    """A stage, with how many startups are in it and how many services are for it."""

    stage: Stage
    startups: int
    services: int
    served: Served = Field(description="`nobody` only where other services say for which stages they are.")


class FieldGiven(Answered):
    """Startups of a field in a stage, and services for both; one of two fields or stages counts in each."""

    field: ThemeRef | None = Field(description="Null for those whose field is not known.")
    stage: Stage | None = Field(description="Null for those whose stage is not known.")
    startups: int
    services: int


class StartupAllianceGiven(RegionGiven):
    """Startup alliances of a region, and what there is for startups."""

    alliances: tuple[AllianceGiven, ...]
    startups: tuple[StartupGiven, ...]
    services: tuple[ServiceGiven, ...]
    stages: tuple[StageGiven, ...]
    by_field: tuple[FieldGiven, ...]
    without_stages: int = Field(description="Services of which no source says for which stages they are.")
    without_customers: int = Field(description="Services of which no source says who uses them.")


@startup_alliance.endpoint(
    "/api/v1/regions/startup_alliance",
    RegionParameters,
    {JSON: StartupAllianceGiven, CSV: None, XLSX: None},
    example={"lang": "fi"},
)
def get_startup_alliance(asked: Asked[RegionParameters]) -> Answer:
    """Get the startup alliances of the region, and what there is for startups.

    Members by source: where sources differ, each claim stands with its source. Startups with stage and fields; services
    with whom they are for and who uses them; stages and startups that nobody is known to serve. What no source says is
    empty or null and never zero: `not_known` is not `nobody`.
    """
    found: StartupAlliance = asked.service.region(VIEW, asked.parameters.as_of)
    if other := in_form(asked, VIEW, found):
        return other
    scene, language = found.scene, asked.language
    answer = StartupAllianceGiven(
        alliances=tuple(map(_alliance, found.alliances)),
        startups=tuple(_startup(each, language) for each in scene.startups),
        services=tuple(_service(each, language) for each in scene.services),
        stages=tuple(
            StageGiven(stage=row.stage, startups=row.startups, services=row.services, served=row.served)
            for row in scene.stages
        ),
        by_field=tuple(_cell(each, language) for each in scene.fields),
        without_stages=scene.without_stages,
        without_customers=scene.without_customers,
        on=found.on,
        language=language,
        revision=found.revision,
    )
    return Answer(answer, found.revision)


def _alliance(each: Alliance) -> AllianceGiven:
    return AllianceGiven(
        alliance=collaboration_ref(each.collaboration),
        sources=tuple(map(source_named, each.sources)),
        members=tuple(map(_member, each.members)),
    )


def _member(each: Member) -> AllianceMember:
    return AllianceMember(
        actor=forms.actor_ref(each.actor),
        claims=tuple(
            MembershipClaim(
                source=source_named(claim.source),
                said_as=claim.said_as,
                role=claim.role,
                start=claim.start,
                end=claim.end,
                holds=claim.holds,
            )
            for claim in each.claims
        ),
        silent=tuple(map(source_named, each.silent)),
        within=tuple(map(forms.actor_ref, each.within)),
        contains=tuple(map(forms.actor_ref, each.contains)),
    )


def _startup(each: Startup, language: str) -> StartupGiven:
    return StartupGiven(
        actor=forms.actor_ref(each.actor),
        stages=each.stages,
        fields=tuple(theme_ref(theme, language) for theme in each.fields),
        founded=each.founded,
        place=each.place,
        source=source_named(each.source),
        uses=tuple(map(collaboration_ref, each.uses)),
        served=each.served,
    )


def _service(each: StartupService, language: str) -> ServiceGiven:
    return ServiceGiven(
        service=collaboration_ref(each.collaboration),
        providers=tuple(forms.actor_ref(party.actor) for party in each.providers),
        stages=each.stages,
        fields=tuple(theme_ref(theme, language) for theme in each.fields),
        customers=tuple(
            ServiceParty(
                actor=forms.actor_ref(party.actor), source=source_named(source), start=claim.start, end=claim.end
            )
            for party in each.customers
            for claim, source in party.said
        ),
    )


def _cell(each: FieldCell, language: str) -> FieldGiven:
    field = theme_ref(each.field, language) if each.field else None
    return FieldGiven(field=field, stage=each.stage, startups=each.startups, services=each.services)
