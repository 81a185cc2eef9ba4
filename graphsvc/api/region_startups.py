"""The region view of startup alliances over HTTP."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from graphsvc.api import forms, schemas
from graphsvc.api.contract import JSON, Asked
from graphsvc.api.problems import Answered
from graphsvc.api.regions import (
    CSV,
    XLSX,
    RegionParameters,
    SourceNamed,
    collaboration_ref,
    in_form,
    regions,
    source_named,
)
from graphsvc.api.sending import Answer
from graphsvc.regions.startup_alliance import Alliance, Member, StartupAlliance

VIEW = "startup_alliance"


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


class StartupAllianceGiven(Answered):
    """Startup alliances of a region."""

    alliances: tuple[AllianceGiven, ...]
    on: date = Field(description="The day that the answer holds for.")
    language: str
    revision: schemas.Revision


@regions.endpoint(
    "/api/v1/regions/startup_alliance",
    RegionParameters,
    {JSON: StartupAllianceGiven, CSV: None, XLSX: None},
    example={"lang": "fi"},
)
def get_startup_alliance(asked: Asked[RegionParameters]) -> Answer:
    """Get the startup alliances of the region.

    Members by source: where sources differ, each claim stands with its source.
    """
    found: StartupAlliance = asked.service.region(VIEW, asked.parameters.as_of)
    if other := in_form(asked, VIEW, found):
        return other
    answer = StartupAllianceGiven(
        alliances=tuple(map(_alliance, found.alliances)),
        on=found.on,
        language=asked.language,
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
