"""Calls with their rules, who may come into a consortium, and whether a list of actors meets the rules."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from graphsvc.analysis.calls import Call, Rule, RuleKind, Weight
from graphsvc.analysis.consortium_told import ToldFinding, ToldLine, ToldReason, ToldRole, ToldSeat, tell_folded
from graphsvc.analysis.results import Noun, Ref
from graphsvc.analysis.rules import ConcernKind, RuleVerdict
from graphsvc.analysis.shortlist import Shortlist
from graphsvc.api import forms, schemas
from graphsvc.api.asking import IN_DIGITS, Parameters
from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.params import AsOf, Lang, Nothing, PlaceId
from graphsvc.api.problems import Answered
from graphsvc.api.sending import Answer
from graphsvc.consortium import CheckAsk, ConsortiumAsk, People
from graphsvc.model import ActorKind, Id

consortia = Endpoints("Consortia")

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


@consortia.endpoint("/api/v1/calls", Nothing, CallList, revised=False)
def list_calls(asked: Asked[Nothing]) -> Answer:
    """List calls.

    The calls that consortia are built for, each rule with its text, its source and the day on which it was read there.
    """
    book = asked.service.calls()
    items = tuple(_call(each) for each in book.calls.values())
    return Answer(CallList(items=items, total=len(items), next=None, faults=tuple(map(str, book.faults))))


@consortia.endpoint("/api/v1/calls/{id}", CallById, CallGiven, example={"id": "interreg-europe"}, revised=False)
def get_call(asked: Asked[CallById]) -> Answer:
    """Get a call.

    One call with its rules, as its file says now.
    """
    return Answer(_call(asked.service.calls().call(asked.parameters.id)))


@consortia.endpoint(
    "/api/v1/consortium",
    ConsortiumParameters,
    ConsortiumGiven,
    errors=(404, 503, 504),
    example={"theme": "digitalisation-of-industry", "call": "horizon-europe", "actor": "fi-2844561-8", "lang": "en"},
    revised=False,
)
def propose_consortium(asked: Asked[ConsortiumParameters]) -> Answer:
    """Propose a consortium.

    Who may come into a consortium on a theme for a call: roles covered and missing, candidates with reasons for and
    against, and a proposal that meets the rules or says which can't be met. Never kin of one who is in.
    """
    wanted = asked.parameters
    ask = ConsortiumAsk(
        wanted.theme, wanted.call, wanted.actor, wanted.lead, wanted.place, wanted.as_of, wanted.top, wanted.size
    )
    answer = asked.service.shortlist(ask)
    told, found, people = answer.tell(asked.language), answer.found, answer.people
    speech = people.speech(found.call, asked.language)
    proposal = ProposalGiven(
        stands=told.proposal.stands,
        seats=tuple(_seat(each) for each in told.proposal.seats),
        findings=tuple(_finding(each) for each in told.proposal.findings),
        unmet=tuple(
            UnmetGiven(rule=each.rule, text=each.text, why=each.why, sentence=each.sentence)
            for each in told.proposal.unmet
        ),
        summary=told.proposal.summary,
    )
    return Answer(
        ConsortiumGiven(
            call=found.call.id,
            theme=answer.theme,
            counted_as=dict(answer.folded),
            notes=tell_folded(answer.folded, speech),
            findings=tuple(_finding(each) for each in told.findings),
            roles=tuple(_role(each, people) for each in told.roles),
            items=tuple(_candidate(each, people, asked.language) for each in told.lines),
            **_counts(found),
            proposal=proposal,
            method=told.method,
            language=asked.language,
            revision=found.revision,
        )
    )


@consortia.endpoint(
    "/api/v1/consortium/check",
    CheckParameters,
    CheckGiven,
    errors=(404, 503, 504),
    example={"call": "interreg-europe", "actor": "fi-2844561-8", "lang": "en"},
    revised=False,
)
def check_consortium(asked: Asked[CheckParameters]) -> Answer:
    """Check a consortium.

    What is found of each rule of a call: met, not met, or unclear where nobody can say, with whom it concerns. Units
    are counted as the organisation they are part of.
    """
    wanted = asked.parameters
    answer = asked.service.check_consortium(CheckAsk(wanted.call, wanted.actor, wanted.lead, wanted.as_of))
    speech = answer.people.speech(answer.call, asked.language)
    return Answer(
        CheckGiven(
            call=answer.call.id,
            partners=tuple(_ref(each.id, speech.actor(each.id)) for each in answer.partners),
            lead=answer.lead,
            counted_as=dict(answer.folded),
            notes=tell_folded(answer.folded, speech),
            fails=answer.fails,
            findings=tuple(_finding(each) for each in answer.tell(asked.language)),
            summary=answer.summary(asked.language),
            language=asked.language,
            revision=answer.revision,
        )
    )


def _counts(found: Shortlist) -> dict[str, int]:
    return {"candidates": found.candidates, "refused": found.refused, "thin": found.thin}


def _call(call: Call) -> CallGiven:
    return CallGiven(
        id=call.id,
        name=dict(call.names),
        address=call.address,
        own=call.own,
        rules=tuple(_rule(each) for each in call.rules),
    )


def _rule(rule: Rule) -> RuleGiven:
    return RuleGiven(
        id=rule.id,
        kind=rule.kind,
        weight=rule.weight,
        title=dict(rule.titles),
        text=dict(rule.texts),
        source=rule.source,
        checked=rule.checked,
        quote=rule.quote,
    )


def _ref(id_: str, name: str) -> schemas.ActorRef:
    return schemas.ActorRef(id=id_, name=name, href=forms.href(Noun.ACTOR, id_))


def _finding(told: ToldFinding) -> FindingGiven:
    return FindingGiven(
        rule=told.rule,
        kind=RuleKind(told.kind),
        weight=Weight(told.weight),
        verdict=RuleVerdict(told.verdict),
        title=told.title,
        text=told.text,
        found=told.found,
        concerns=tuple(
            ConcernGiven(actor=_ref(each.actor, each.name), why=ConcernKind(each.why), sentence=each.sentence)
            for each in told.concerns
        ),
        source=told.source,
        checked=told.checked,
        quote=told.quote,
    )


def _seat(told: ToldSeat) -> SeatGiven:
    return SeatGiven(
        actor=_ref(told.id, told.name),
        kind=told.kind,
        place_name=told.place,
        already=told.already,
        lead=told.lead,
        tentative=told.tentative,
        rules=told.rules,
        purpose=told.purpose,
    )


def _role(told: ToldRole, people: People) -> RoleGiven:
    return RoleGiven(
        group=told.group,
        id=told.id,
        name=told.name,
        covered_by=tuple(_ref(each, people.name_of(Ref(Noun.ACTOR, each), "")) for each in told.covered_by),
        candidates=told.candidates,
        sentence=told.sentence,
    )


def _candidate(told: ToldLine, people: People, language: str) -> CandidateGiven:
    reasons = (*told.reasons_for, *told.reasons_against)
    return CandidateGiven(
        rank=told.rank,
        actor=_ref(told.id, told.name),
        kind=told.kind,
        place_name=told.place,
        score=told.score,
        reasons=tuple(_reason(each, people, language) for each in reasons),
    )


def _reason(told: ToldReason, people: People, language: str) -> schemas.ReasonGiven:
    evidence = told.evidence
    return schemas.ReasonGiven(
        kind=evidence.kind,
        side=evidence.side,
        sentence=told.sentence,
        refs=tuple(
            schemas.FactRef(
                noun=ref.noun, id=ref.id, name=people.name_of(ref, language), href=forms.href(ref.noun, ref.id)
            )
            for ref in evidence.refs
        ),
        numbers=dict(evidence.numbers),
        contribution=evidence.contribution,
    )
