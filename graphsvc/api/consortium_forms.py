"""What is asked of calls and consortia, and the form of the answers."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from graphsvc.analysis.calls import RuleKind, Weight
from graphsvc.analysis.rules import ConcernKind, RuleVerdict
from graphsvc.api import schemas
from graphsvc.api.asking import IN_DIGITS, Parameters
from graphsvc.api.params import AsOf, Lang, PlaceId
from graphsvc.api.problems import Answered
from graphsvc.model import ActorKind, Id

_CALL = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]
CallId = Annotated[_CALL, Field(description="A call's id; `/api/v1/calls` lists them.")]
Lead = Annotated[Id | None, Field(description="Id of the actor that leads; counts as one of those who are in.")]
Texts = Annotated[dict[str, str], Field(description="Language → text.")]


class CallById(Parameters):
    """One call."""

    id: CallId


class ConsortiumParameters(Parameters):
    """What a consortium is wanted for."""

    theme: Annotated[Id, Field(description="A theme's id; the themes below it count too.")]
    call: CallId
    actor: Annotated[
        tuple[Id, ...], Field(max_length=100, description="Who is in already; may be given more than once.")
    ] = ()
    lead: Lead = None
    place: PlaceId = None
    as_of: AsOf = None
    top: Annotated[int, Field(ge=1, le=200, description="How many candidates."), IN_DIGITS] = 20
    size: Annotated[
        int, Field(ge=0, le=100, description="Partners of the proposal; 0: as the call recommends."), IN_DIGITS
    ] = 0
    lang: Lang = None


class CheckParameters(Parameters):
    """Which list of actors is checked."""

    call: CallId
    actor: Annotated[
        tuple[Id, ...], Field(min_length=1, max_length=100, description="A partner; may be given more than once.")
    ]
    lead: Lead = None
    as_of: AsOf = None
    lang: Lang = None


class RuleGiven(Answered):
    """One rule of a call."""

    id: str
    kind: RuleKind
    weight: Weight = Field(description="`must`, or `should` for advice.")
    title: Texts
    text: Texts
    source: str = Field(description="Address of the page or document that says so.")
    checked: date = Field(description="The day on which somebody read it there.")
    quote: str = Field(description="Its words, in its language; may be empty.")


class CallGiven(Answered):
    """A call with its rules."""

    id: str
    name: Texts
    address: str
    own: bool = Field(description="Whether it comes from this installation's own folder.")
    rules: tuple[RuleGiven, ...]


class CallList(Answered):
    """All calls."""

    items: tuple[CallGiven, ...]
    total: int
    next: str | None = Field(description="Always null: the list is short.")
    faults: tuple[str, ...] = Field(description="What is wrong in files of this installation's own.")


class ConcernGiven(Answered):
    """Whom a rule concerns, and why."""

    actor: schemas.ActorRef
    why: ConcernKind
    sentence: str


class FindingGiven(Answered):
    """What was found of one rule."""

    rule: str
    kind: RuleKind
    weight: Weight
    verdict: RuleVerdict = Field(description="`unclear`: what would decide is not known.")
    title: str
    text: str
    found: str = Field(description="How it stands, in a sentence; may be empty.")
    concerns: tuple[ConcernGiven, ...]
    source: str
    checked: date
    quote: str


class RoleGiven(Answered):
    """Something a consortium should have."""

    group: str = Field(description="`sector` (a helix group), `competence` (a theme) or `country` (a place).")
    id: str
    name: str
    covered_by: tuple[schemas.ActorRef, ...] = Field(description="Those who are in and have it; empty: it is missing.")
    candidates: int = Field(ge=0, description="Candidates who have it.")
    sentence: str


class CandidateGiven(Answered):
    """One who may come in."""

    rank: int
    actor: schemas.ActorRef
    kind: ActorKind
    place_name: str
    score: float
    reasons: tuple[schemas.ReasonGiven, ...] = Field(description="For first, strongest first; then against.")


class SeatGiven(Answered):
    """One place in the proposed consortium."""

    actor: schemas.ActorRef
    kind: ActorKind
    place_name: str
    already: bool
    lead: bool
    tentative: bool = Field(description="Whether somebody has to look first whether it counts.")
    rules: tuple[str, ...] = Field(description="Ids of the rules that it brought nearer.")
    purpose: str


class UnmetGiven(Answered):
    """A rule that the proposal does not meet for certain, and why."""

    rule: str
    text: str
    why: str
    sentence: str


class ProposalGiven(Answered):
    """A consortium that meets the rules, or says which it can't meet."""

    stands: bool = Field(description="Whether it meets for certain every rule that data can tell of.")
    seats: tuple[SeatGiven, ...]
    findings: tuple[FindingGiven, ...]
    unmet: tuple[UnmetGiven, ...]
    summary: str


class ConsortiumGiven(Answered):
    """Who may come into a consortium, and a proposal."""

    call: str
    theme: str
    counted_as: dict[str, str] = Field(description="Id that was asked with → id of the body that it is counted as.")
    notes: tuple[str, ...] = Field(description="The same in sentences.")
    findings: tuple[FindingGiven, ...] = Field(description="Of those who are in already.")
    roles: tuple[RoleGiven, ...]
    items: tuple[CandidateGiven, ...]
    candidates: int
    refused: int = Field(description="Actors on the theme whom a rule refuses.")
    thin: int = Field(description="Actors on the theme for whom only one reason speaks.")
    proposal: ProposalGiven
    method: str
    language: str
    revision: schemas.Revision


class CheckGiven(Answered):
    """What was found of a list of actors."""

    call: str
    partners: tuple[schemas.ActorRef, ...]
    lead: str | None
    counted_as: dict[str, str] = Field(description="Id that was asked with → id of the body that it is counted as.")
    notes: tuple[str, ...] = Field(description="The same in sentences.")
    fails: bool = Field(description="Whether a rule that must be met is not.")
    findings: tuple[FindingGiven, ...]
    summary: str
    language: str
    revision: schemas.Revision
