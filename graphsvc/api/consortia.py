"""Calls with their rules, who may come into a consortium, and whether a list of actors meets the rules."""

from __future__ import annotations

from graphsvc.analysis.calls import Call, Rule, RuleKind, Weight
from graphsvc.analysis.consortium_told import ToldFinding, ToldLine, ToldReason, ToldRole, ToldSeat, tell_folded
from graphsvc.analysis.results import Noun, Ref
from graphsvc.analysis.rules import ConcernKind, RuleVerdict
from graphsvc.analysis.shortlist import Shortlist
from graphsvc.api import forms, schemas
from graphsvc.api.consortium_forms import (
    CallById,
    CallGiven,
    CallList,
    CandidateGiven,
    CheckGiven,
    CheckParameters,
    ConcernGiven,
    ConsortiumGiven,
    ConsortiumParameters,
    FindingGiven,
    ProposalGiven,
    RoleGiven,
    RuleGiven,
    SeatGiven,
    UnmetGiven,
)
from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.params import Nothing
from graphsvc.api.sending import Answer
from graphsvc.consortium import CheckAsk, ConsortiumAsk, People

consortia = Endpoints("Consortia")


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
