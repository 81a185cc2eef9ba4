"""The region view of ecosystem agreements over HTTP, and one agreement in the shape of its import sheet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Final, Literal
from urllib.parse import quote

from pydantic import Field

from graphsvc.api import forms, schemas
from graphsvc.api.contract import JSON, Asked, Endpoints
from graphsvc.api.params import AsOf, ById, Lang
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
from graphsvc.regions.agreement_tables import sheet, workbook
from graphsvc.regions.agreements import Agreement, Agreements, Apart, Involved, Project
from graphsvc.render.answer_tables import csv_text

ecosystem_agreements = Endpoints("Region views")
VIEW: Final = "ecosystem_agreements"


class OneAgreementParameters(ById):
    """One agreement as a file."""

    as_of: AsOf = None
    format: Annotated[
        Literal["csv", "xlsx"] | None, Field(description="Wins over the header Accept; without either, `csv`.")
    ] = None
    lang: Lang = None

    def media_type(self) -> str | None:
        """Return the media type of ``format``."""
        return {"csv": CSV, "xlsx": XLSX, None: None}[self.format]


class PartTaken(Answered):
    """An actor of an agreement, a priority or a project."""

    actor: schemas.ActorRef
    roles: tuple[str, ...]
    sources: tuple[str, ...] = Field(description="Ids of the sources that say so.")


class ProjectPlaced(Answered):
    """A project where one of its places is."""

    project: schemas.CollaborationRef
    start: date | None
    end: date | None
    themes: tuple[ThemeRef, ...]
    involved: tuple[PartTaken, ...]
    sources: tuple[str, ...] = Field(
        description="Ids of the sources that say that it belongs here; empty where that can't be told."
    )


class PriorityGiven(Answered):
    """A priority of an agreement."""

    priority: schemas.CollaborationRef
    involved: tuple[PartTaken, ...] = Field(description="Those named at the priority itself.")
    projects: tuple[ProjectPlaced, ...]


class AgreementGiven(Answered):
    """An agreement with all that belongs to it."""

    agreement: schemas.CollaborationRef
    start: date | None
    end: date | None
    parties: tuple[PartTaken, ...]
    priorities: tuple[PriorityGiven, ...]
    projects: tuple[ProjectPlaced, ...] = Field(description="Those without a priority.")
    actors: int = Field(description="Parties, those named at priorities and those in projects, each once.")
    sheet: schemas.Href = Field(description="The agreement as CSV or a workbook, in the shape of the import sheet.")


class SharedActors(Answered):
    """Two agreements and who is in both."""

    a: schemas.CollaborationRef
    b: schemas.CollaborationRef
    actors: tuple[schemas.ActorRef, ...]


class ThroughGiven(Answered):
    """An agreement and what an actor takes part in there."""

    agreement: schemas.CollaborationRef
    through: tuple[schemas.CollaborationRef, ...] = Field(description="The agreement itself, priorities, projects.")


class ActorInSeveral(Answered):
    """An actor in two or more agreements."""

    actor: schemas.ActorRef
    agreements: tuple[ThroughGiven, ...]


class LinkingActor(Answered):
    """Who would link two agreements or projects."""

    actor: schemas.ActorRef
    in_both: bool
    knows: int = Field(description="Of one on one side: actors of the other with whom it is in any project.")


class ApartGiven(Answered):
    """Two agreements on a theme without a common project, or two projects without a common actor."""

    a: schemas.CollaborationRef
    b: schemas.CollaborationRef
    themes: tuple[ThemeRef, ...]
    linking: tuple[LinkingActor, ...] = Field(description="The best first.")


class PlaceGiven(Answered):
    """Where a project belongs, and who says so."""

    agreement: schemas.CollaborationRef
    priority: schemas.CollaborationRef | None
    sources: tuple[str, ...]


class TwoPlacesGiven(Answered):
    """A project under two priorities or agreements."""

    project: schemas.CollaborationRef
    places: tuple[PlaceGiven, ...]
    differ: bool = Field(description="True where no single source says all of it.")


class EcosystemAgreementsGiven(RegionGiven):
    """Ecosystem agreements of a region."""

    agreements: tuple[AgreementGiven, ...]
    shared: tuple[SharedActors, ...] = Field(description="Every two agreements.")
    several: tuple[ActorInSeveral, ...]
    apart: tuple[ApartGiven, ...] = Field(description="Agreements; at most 50.")
    projects_apart: tuple[ApartGiven, ...] = Field(description="Projects; at most 50.")
    found: dict[str, int] = Field(description="How many `apart` and `projects_apart` there are.")
    two_places: tuple[TwoPlacesGiven, ...]
    unknown: dict[str, tuple[schemas.CollaborationRef, ...]] = Field(
        description="What no source says (`parties`, `priorities`, `projects`, `actors`, `themes`, `start`), of what."
    )
    sources: tuple[SourceNamed, ...]


@ecosystem_agreements.endpoint(
    "/api/v1/regions/ecosystem_agreements",
    RegionParameters,
    {JSON: EcosystemAgreementsGiven, CSV: None, XLSX: None},
    kept=True,
    example={"lang": "fi"},
)
def get_ecosystem_agreements(asked: Asked[RegionParameters]) -> Answer:
    """Get the ecosystem agreements of the region.

    Agreement, priority, project, actors, each with the sources that say so; who is in several agreements; what is on
    one theme without a common project, and who would link it; projects that sources place differently; and what no
    source says. Being in one agreement is no working together, and counts for no network.
    """
    found: Agreements = asked.service.region(VIEW, asked.parameters.as_of)
    if other := in_form(asked, VIEW, found):
        return other
    told = _Told(found, asked.language)
    answer = EcosystemAgreementsGiven(
        agreements=tuple(map(told.agreement, found.agreements)),
        shared=tuple(
            SharedActors(a=told.ref(each.a), b=told.ref(each.b), actors=tuple(map(told.actor, each.actors)))
            for each in found.shared
        ),
        several=told.several(),
        apart=tuple(map(told.apart, found.apart)),
        projects_apart=tuple(map(told.apart, found.projects_apart)),
        found=dict(found.found),
        two_places=told.two_places(),
        unknown={what: tuple(map(told.ref, ids)) for what, ids in found.unknown.items()},
        sources=tuple(map(source_named, found.sources.values())),
        on=found.on,
        language=asked.language,
        revision=found.revision,
    )
    return Answer(answer, found.revision)


@ecosystem_agreements.endpoint(
    "/api/v1/regions/ecosystem_agreements/agreements/{id}",
    OneAgreementParameters,
    {CSV: None, XLSX: None},
    example={"id": "ekosysteemisopimukset", "lang": "fi"},
)
def get_ecosystem_agreement(asked: Asked[OneAgreementParameters]) -> Answer:
    """Get one ecosystem agreement as a file.

    In the shape of the import sheet, a row for each source and role: what is read back says the same. The workbook has
    its sources, themes and actors on sheets of their own.
    """
    wanted = asked.parameters
    found: Agreements = asked.service.region(VIEW, wanted.as_of)
    if asked.media_type == CSV:
        content: str | bytes = csv_text(sheet(found, wanted.id, asked.language))
    else:
        content = workbook(found, wanted.id, asked.language)
    name = f"{wanted.id}.{'csv' if asked.media_type == CSV else 'xlsx'}"
    return Answer(content, found.revision, {"Content-Disposition": f'attachment; filename="{name}"'})


class _Told:
    """The answer's parts as they are sent."""

    def __init__(self, found: Agreements, language: str) -> None:
        self._found, self._language = found, language

    def ref(self, id_: str) -> schemas.CollaborationRef:
        return collaboration_ref(self._found.collaborations[id_])

    def actor(self, id_: str) -> schemas.ActorRef:
        return forms.actor_ref(self._found.actors[id_])

    def agreement(self, each: Agreement) -> AgreementGiven:
        thing = self._found.collaborations[each.id]
        priorities = (
            PriorityGiven(
                priority=self.ref(one.id), involved=self._involved(one.involved), projects=self._projects(one.projects)
            )
            for one in each.priorities
        )
        return AgreementGiven(
            agreement=self.ref(each.id),
            start=thing.start,
            end=thing.end,
            parties=self._involved(each.parties),
            priorities=tuple(priorities),
            projects=self._projects(each.projects),
            actors=len(each.actors),
            sheet=f"/api/v1/regions/ecosystem_agreements/agreements/{quote(each.id)}",
        )

    def several(self) -> tuple[ActorInSeveral, ...]:
        return tuple(
            ActorInSeveral(
                actor=self.actor(each.actor),
                agreements=tuple(
                    ThroughGiven(agreement=self.ref(id_), through=tuple(map(self.ref, parts)))
                    for id_, parts in each.through.items()
                ),
            )
            for each in self._found.several
        )

    def apart(self, each: Apart) -> ApartGiven:
        linking = (
            LinkingActor(actor=self.actor(one.actor), in_both=one.in_both, knows=one.knows) for one in each.linking
        )
        return ApartGiven(
            a=self.ref(each.a), b=self.ref(each.b), themes=self._themes(each.themes), linking=tuple(linking)
        )

    def two_places(self) -> tuple[TwoPlacesGiven, ...]:
        return tuple(
            TwoPlacesGiven(
                project=self.ref(each.project),
                places=tuple(
                    PlaceGiven(
                        agreement=self.ref(place.agreement),
                        priority=self.ref(place.priority) if place.priority else None,
                        sources=place.sources,
                    )
                    for place in each.places
                ),
                differ=each.differ,
            )
            for each in self._found.two_places
        )

    def _projects(self, projects: Iterable[Project]) -> tuple[ProjectPlaced, ...]:
        return tuple(map(self._project, projects))

    def _project(self, each: Project) -> ProjectPlaced:
        thing = self._found.collaborations[each.id]
        return ProjectPlaced(
            project=self.ref(each.id),
            start=thing.start,
            end=thing.end,
            themes=self._themes(id_ for id_ in thing.themes if id_ in self._found.themes),
            involved=self._involved(each.involved),
            sources=each.sources,
        )

    def _involved(self, involved: Iterable[Involved]) -> tuple[PartTaken, ...]:
        return tuple(PartTaken(actor=self.actor(one.actor), roles=one.roles, sources=one.sources) for one in involved)

    def _themes(self, ids: Iterable[str]) -> tuple[ThemeRef, ...]:
        return tuple(theme_ref(self._found.themes[id_], self._language) for id_ in ids)
