"""Shortlists, proposals and checks in words: one telling, which terminal, API, workbook and notebook all show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graphsvc import wording
from graphsvc.analysis.calls import Call, Rule, RuleKind, in_language
from graphsvc.analysis.consortium import Proposal, Seat, Unmet
from graphsvc.analysis.results import Evidence, Noun, Ref, Side
from graphsvc.analysis.rules import Concern, Finding, Partner, RuleVerdict
from graphsvc.analysis.shortlist import Line, Role, Shortlist
from graphsvc.model import ActorKind
from graphsvc.wording import listed, number, say

Named = Callable[[Ref], str]
PartnerOf = Callable[[str], Partner]


@dataclass(frozen=True, slots=True)
class Speech:
    """In which language, about whom, under which call."""

    language: str
    name_of: Named
    partner_of: PartnerOf
    call: Call

    def say(self, key: str, **parameters: object) -> str:
        """Return a text of ``wordings/consortium.toml``."""
        return say("consortium", key, self.language, **parameters)

    def actor(self, id_: str) -> str:
        """Return an actor's name."""
        return self.name_of(Ref(Noun.ACTOR, id_))

    def kind(self, kind: ActorKind) -> str:
        """Return a kind's name as it stands within a sentence."""
        return say("kinds", f"actor.{kind.value}", self.language).lower()

    def place(self, id_: str) -> str:
        """Return the name of an actor's place; a dash where it is not known."""
        where = self.partner_of(id_).where.narrowest
        return self.name_of(Ref(Noun.PLACE, where)) if where else "–"

    def rules(self, ids: str) -> str:
        """Return the titles of rules, given by their ids with blanks between them."""
        known = {rule.id: rule for rule in self.call.rules}
        return ", ".join(in_language(known[id_].titles, self.language) for id_ in ids.split())

    def day(self, day: date) -> str:
        """Return a day as people write it."""
        return wording.day(day, self.language)


@dataclass(frozen=True, slots=True)
class ToldConcern:
    """Whom a rule concerns, and why."""

    actor: str
    name: str
    why: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ToldFinding:
    """What was found of a rule."""

    rule: str
    kind: str
    weight: str
    weight_name: str
    verdict: str
    verdict_name: str
    title: str
    text: str
    found: str
    """How it stands, in a sentence."""
    concerns: tuple[ToldConcern, ...]
    source: str
    checked: date
    quote: str


@dataclass(frozen=True, slots=True)
class ToldReason:
    """One reason for or against."""

    evidence: Evidence
    sentence: str


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One who may come in."""

    rank: int
    id: str
    name: str
    kind: ActorKind
    place: str
    score: float
    reasons_for: tuple[ToldReason, ...]
    reasons_against: tuple[ToldReason, ...]


@dataclass(frozen=True, slots=True)
class ToldRole:
    """Something a consortium should have, and who has it."""

    group: str
    group_name: str
    id: str
    name: str
    covered_by: tuple[str, ...]
    candidates: int
    sentence: str


@dataclass(frozen=True, slots=True)
class ToldSeat:
    """One place in a proposed consortium."""

    id: str
    name: str
    kind: ActorKind
    place: str
    already: bool
    lead: bool
    tentative: bool
    rules: tuple[str, ...]
    purpose: str
    """What it is for, in words."""


@dataclass(frozen=True, slots=True)
class ToldUnmet:
    """A rule that the proposal does not meet for certain, and why."""

    rule: str
    text: str
    why: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ToldProposal:
    """A proposed consortium."""

    seats: tuple[ToldSeat, ...]
    stands: bool
    findings: tuple[ToldFinding, ...]
    unmet: tuple[ToldUnmet, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class ToldShortlist:
    """A shortlist with its proposal."""

    findings: tuple[ToldFinding, ...]
    """Of those who are in."""
    roles: tuple[ToldRole, ...]
    lines: tuple[ToldLine, ...]
    proposal: ToldProposal
    summary: str
    method: str


def tell_shortlist(found: Shortlist, speech: Speech) -> ToldShortlist:
    """Return a shortlist in words."""
    counts = {"candidates": found.candidates, "refused": found.refused, "thin": found.thin}
    told = [
        speech.say(f"summary.{name}", count=number(n, speech.language))
        for name, n in counts.items()
        if n or name == "candidates"
    ]
    return ToldShortlist(
        tell_findings(found.findings, speech),
        tuple(_role(each, speech) for each in found.roles),
        tuple(_line(each, speech) for each in found.lines),
        _proposal(found.proposal, speech),
        " ".join(told),
        _method(found.weights, found.on, found.half_life, speech),
    )


def tell_findings(findings: Sequence[Finding], speech: Speech) -> tuple[ToldFinding, ...]:
    """Return what was found of each rule in words."""
    return tuple(_finding(each, speech) for each in findings)


def summary(findings: Sequence[Finding], speech: Speech) -> str:
    """Return how a consortium stands, in one or two sentences."""
    by_hand = sum(each.rule.kind is RuleKind.BY_HAND for each in findings)
    told = [each for each in findings if each.rule.kind is not RuleKind.BY_HAND and each.rule.weight.value == "must"]
    state = "stands"
    if any(each.verdict is not RuleVerdict.MET for each in told):
        state = "fails" if any(each.fails for each in told) else "unclear"
    sentences = [speech.say(f"summary.{state}")]
    if by_hand:
        sentences.append(speech.say("summary.by_hand", n=by_hand, count=by_hand))
    return " ".join(sentences)


def tell_folded(folded: Mapping[str, str], speech: Speech) -> tuple[str, ...]:
    """Say which of those that were named are counted as other bodies."""
    return tuple(
        speech.say("summary.folded", who=speech.actor(id_), body=speech.actor(body)) for id_, body in folded.items()
    )


def _finding(finding: Finding, speech: Speech) -> ToldFinding:
    rule = finding.rule
    return ToldFinding(
        rule=rule.id,
        kind=rule.kind.value,
        weight=rule.weight.value,
        weight_name=speech.say(f"weight.{rule.weight.value}"),
        verdict=finding.verdict.value,
        verdict_name=speech.say(f"verdict.{finding.verdict.value}"),
        title=in_language(rule.titles, speech.language),
        text=in_language(rule.texts, speech.language),
        found=_found(finding, speech),
        concerns=tuple(_concern(each, speech) for each in finding.concerns),
        source=rule.source,
        checked=rule.checked,
        quote=rule.quote,
    )


def _found(finding: Finding, speech: Speech) -> str:
    rule = finding.rule
    if rule.kind is RuleKind.BY_HAND:
        return speech.say("found.by_hand")
    if finding.no_lead:
        return speech.say("found.no_lead", sure=finding.sure, possible=finding.possible)
    if rule.kind in (RuleKind.ONLY, RuleKind.LEAD):
        key = "lead_fits" if rule.kind is RuleKind.LEAD else "nobody_against"
        return speech.say(f"found.{key}") if finding.verdict is RuleVerdict.MET else ""
    what = speech.say(f"counted.{'different_countries' if rule.different_countries else rule.kind.value}")
    key = "sure" if finding.sure == finding.possible or finding.verdict is RuleVerdict.MET else "perhaps"
    counts = {"sure": finding.sure, "possible": finding.possible}
    return speech.say(f"found.{key}", what=what, needed=_needed(rule, speech), **counts)


def _needed(rule: Rule, speech: Speech) -> str:
    if rule.min and rule.max:
        return speech.say("needed.both", min=rule.min, max=rule.max)
    return speech.say("needed.max", max=rule.max) if rule.max else speech.say("needed.min", min=max(rule.min, 1))


def _concern(concern: Concern, speech: Speech) -> ToldConcern:
    name = speech.actor(concern.partner)
    sentence = speech.say(
        f"concern.{concern.why.value}",
        who=name,
        kind=speech.kind(speech.partner_of(concern.partner).kind),
        place=speech.place(concern.partner),
        other=speech.actor(concern.other) if concern.other else "",
    )
    return ToldConcern(concern.partner, name, concern.why.value, sentence)


def _line(line: Line, speech: Speech) -> ToldLine:
    partner = speech.partner_of(line.id)
    told = [ToldReason(each, reason(each, line.id, speech)) for each in line.evidence]
    return ToldLine(
        line.rank,
        line.id,
        speech.actor(line.id),
        partner.kind,
        speech.place(line.id),
        line.score,
        tuple(each for each in told if each.evidence.side is Side.FOR),
        tuple(each for each in told if each.evidence.side is Side.AGAINST),
    )


def reason(evidence: Evidence, id_: str, speech: Speech) -> str:
    """Return a reason for or against ``id_`` as one sentence; names are data: who puts it into markup escapes it."""
    numbers = evidence.numbers
    names = [speech.name_of(ref) for ref in evidence.refs]
    if evidence.kind == "knows_partners":
        half = len(names) // 2
        names = [f"{who} ({what})" for who, what in zip(names[:half], names[half:], strict=True)]
    parameters: dict[str, object] = {"names": listed(names, speech.language), "n": numbers.get("n", len(names))}
    parameters["count"] = number(int(str(parameters["n"])), speech.language)
    if "rules" in numbers:
        parameters["rules"] = speech.rules(str(numbers["rules"]))
        parameters |= {"kind": speech.kind(ActorKind(str(numbers["kind"]))), "place": speech.place(id_)}
    if "helix" in numbers:
        parameters["helix"] = say("kinds", f"helix.{numbers['helix']}", speech.language)
    if isinstance(ended := numbers.get("ended"), date):
        parameters["ended"] = speech.day(ended)
    if "size" in numbers:
        size = float(str(numbers["size"]))
        parameters["size"] = number(size, speech.language, 0 if size.is_integer() else 1)
    return speech.say(f"{evidence.side.value}.{evidence.kind}", **parameters)


def _thing(group: str, id_: str, speech: Speech) -> str:
    if group == "sector":
        return say("kinds", f"helix.{id_}", speech.language)
    return speech.name_of(Ref(Noun.THEME if group == "competence" else Noun.PLACE, id_))


def _role(role: Role, speech: Speech) -> ToldRole:
    if role.covered_by:
        names = [speech.actor(each) for each in role.covered_by]
        sentence = speech.say("role.covered", names=listed(names, speech.language))
    else:
        sentence = speech.say("role.missing", n=role.candidates, count=number(role.candidates, speech.language))
    return ToldRole(
        role.group,
        speech.say(f"role.{role.group}"),
        role.id,
        _thing(role.group, role.id, speech),
        role.covered_by,
        role.candidates,
        sentence,
    )


def _proposal(proposal: Proposal, speech: Speech) -> ToldProposal:
    return ToldProposal(
        tuple(_seat(each, each.partner == proposal.lead, speech) for each in proposal.seats),
        proposal.stands,
        tell_findings(proposal.findings, speech),
        tuple(_unmet(each, speech) for each in proposal.unmet),
        summary(proposal.findings, speech),
    )


def _seat(seat: Seat, lead: bool, speech: Speech) -> ToldSeat:
    purpose = [speech.say("seat.lead")] if lead else []
    if seat.already:
        purpose.append(speech.say("seat.already"))
    if seat.tentative:
        purpose.append(speech.say("seat.tentative"))
    if seat.rules:
        purpose.append(speech.say("seat.rules", rules=speech.rules(" ".join(seat.rules))))
    for group in ("sector", "competence"):
        brought = [each.partition("/")[2] for each in seat.brings if each.startswith(f"{group}/")]
        if brought:
            names = [_thing(group, each, speech) for each in brought]
            purpose.append(speech.say(f"seat.{group}", names=listed(names, speech.language)))
    if not (seat.already or seat.rules or seat.brings):
        purpose.append(speech.say("seat.strength"))
    partner = speech.partner_of(seat.partner)
    return ToldSeat(
        seat.partner,
        speech.actor(seat.partner),
        partner.kind,
        speech.place(seat.partner),
        seat.already,
        lead,
        seat.tentative,
        seat.rules,
        "; ".join(purpose),
    )


def _unmet(unmet: Unmet, speech: Speech) -> ToldUnmet:
    counts = {"sure": unmet.sure, "possible": unmet.possible}
    sentence = speech.say(f"unmet.{unmet.why}", needed=_needed(unmet.rule, speech), **counts)
    return ToldUnmet(unmet.rule.id, in_language(unmet.rule.texts, speech.language), unmet.why, sentence)


def _method(weights: Mapping[str, float], on: date, half_life: float, speech: Speech) -> str:
    told = [f"{speech.say(f'feature.{kind}')} {number(weight, speech.language, 1)}" for kind, weight in weights.items()]
    years = number(half_life, speech.language, 1)
    return speech.say("summary.method", weights=", ".join(told), day=speech.day(on), years=years)
