"""Does a consortium meet the rules of a call? Met, not met, or nobody can say: what is unknown is never guessed.

Each rule is counted twice: by what is known for sure, and by what may be if everything unknown turned out well. It is
met when the sure count is enough, not met when even the other one is not, and else it can't be told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from graphsvc.analysis.calls import NOWHERE, Call, Rule, RuleKind, Weight, Where
from graphsvc.model import HELIX_OF, ActorKind
from graphsvc.uniting import Uniting


@dataclass(frozen=True, slots=True)
class Partner:
    """What rules look at in an actor."""

    id: str
    kind: ActorKind
    where: Where = NOWHERE
    family: str = ""
    """Units, predecessors and duplicates of one body have the same; empty for one without kin."""
    ties: frozenset[str] = frozenset()
    """Bodies of the groups it belongs to, and doubts whether it is one body with another. Two partners that have one in
    common, or one of which is a tie of the other, may depend on each other."""

    @property
    def country(self) -> str:
        """The id of its country; empty where unknown."""
        return self.where.country

    @property
    def body(self) -> str:
        """The body that it is counted as."""
        return self.family or self.id


class RuleVerdict(StrEnum):
    """What is found of a rule."""

    MET = "met"
    NOT_MET = "not_met"
    UNCLEAR = "unclear"


class ConcernKind(StrEnum):
    """Why a rule concerns a partner; ``wordings/consortium.toml`` makes it a sentence."""

    REFUSED_KIND = "refused_kind"
    OUTSIDE = "outside"
    KIND_UNKNOWN = "kind_unknown"
    KIND_UNCLEAR = "kind_unclear"
    PLACE_UNKNOWN = "place_unknown"
    PLACE_UNCLEAR = "place_unclear"
    SAME_BODY = "same_body"
    """Counted once with another."""
    MAY_DEPEND = "may_depend"
    """In one group with another, or perhaps one body with it."""


@dataclass(frozen=True, slots=True)
class Concern:
    """Whom a rule concerns, and why."""

    partner: str
    why: ConcernKind
    other: str = ""
    """The other partner where there is one."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one rule."""

    rule: Rule
    verdict: RuleVerdict
    sure: int = 0
    """What counts for certain."""
    possible: int = 0
    """What would count if everything unknown turned out well."""
    concerns: tuple[Concern, ...] = ()
    no_lead: bool = False
    """The rule is about the lead partner and none was named."""

    @property
    def fails(self) -> bool:
        """Whether the consortium can't be as it is."""
        return self.verdict is RuleVerdict.NOT_MET and self.rule.weight is Weight.MUST


def check(call: Call, partners: Sequence[Partner], lead: str | None = None) -> tuple[Finding, ...]:
    """Return what is found of each rule, in the order of the call; ``lead`` is the id of one of the partners."""
    return tuple(judge(rule, partners, lead) for rule in call.rules)


def judge(rule: Rule, partners: Sequence[Partner], lead: str | None = None) -> Finding:
    """Return what is found of one rule."""
    return _JUDGES[rule.kind](rule, partners, lead)


def fits(rule: Rule, partner: Partner) -> bool | None:
    """Say whether a partner is what a rule that speaks of single partners asks for; None where nobody can say."""
    answers = [kind_fits(rule, partner), rule.area.holds(partner.where) if rule.area else True]
    return False if False in answers else None if None in answers else True


def kind_fits(rule: Rule, partner: Partner) -> bool | None:
    """Say whether a partner's kind is what a rule asks for; None where nobody can say."""
    wanted, helix = rule.kinds or rule.allowed, HELIX_OF.get(partner.kind)
    if not (wanted or rule.helix or rule.unclear):
        return True
    if partner.kind is ActorKind.UNKNOWN or partner.kind in rule.unclear:
        return None
    return partner.kind in wanted or helix in rule.helix


def _partners(rule: Rule, partners: Sequence[Partner], lead: str | None) -> Finding:
    count = len({each.body for each in partners})
    within = count >= rule.min and (rule.max is None or count <= rule.max)
    verdict = RuleVerdict.MET if within else RuleVerdict.NOT_MET
    return Finding(rule, verdict, count, count, tuple(_same_bodies(partners)))


def _countries(rule: Rule, partners: Sequence[Partner], lead: str | None) -> Finding:
    inside = [(each, fits(rule, each) if each.country else None) for each in partners]
    sure = {each.country for each, yes in inside if yes}
    possible = sure | {each.country or f"?{each.id}" for each, yes in inside if yes is None}
    concerns = [each for each, yes in inside if yes is None]
    return _counted(rule, len(sure), len(possible), _concerns(rule, concerns))


def _including(rule: Rule, partners: Sequence[Partner], lead: str | None) -> Finding:
    answers = [(each, fits(rule, each)) for each in partners]
    sure = {each.body for each, yes in answers if yes}
    possible = sure | {each.body for each, yes in answers if yes is None}
    return _counted(rule, len(sure), len(possible), _concerns(rule, [each for each, yes in answers if yes is None]))


def _only(rule: Rule, partners: Sequence[Partner], lead: str | None) -> Finding:
    answers = [(each, fits(rule, each)) for each in partners]
    verdict = RuleVerdict.MET
    if any(yes is not True for _, yes in answers):
        verdict = RuleVerdict.NOT_MET if any(yes is False for _, yes in answers) else RuleVerdict.UNCLEAR
    sure = sum(yes is True for _, yes in answers)
    possible = sum(yes is not False for _, yes in answers)
    concerned = sorted((each for each in answers if each[1] is not True), key=lambda each: each[1] is None)
    return Finding(rule, verdict, sure, possible, _concerns(rule, [each for each, _ in concerned]))


def _lead(rule: Rule, partners: Sequence[Partner], lead: str | None) -> Finding:
    named = [each for each in partners if each.id == lead]
    if named:
        return _only(rule, named, lead)
    answers = [fits(rule, each) for each in partners]
    sure, possible = answers.count(True), sum(yes is not False for yes in answers)
    return Finding(rule, RuleVerdict.UNCLEAR if possible else RuleVerdict.NOT_MET, sure, possible, no_lead=True)


def _independent(rule: Rule, partners: Sequence[Partner], lead: str | None) -> Finding:
    answers = [(each, fits(rule, each)) for each in partners]
    sets = Uniting()
    for each in partners:
        for tie in each.ties:
            sets.unite(each.body, tie)
    strict: dict[str, set[str]] = defaultdict(set)
    loose: dict[str, set[str]] = defaultdict(set)
    for each, yes in answers:
        if yes is not False:
            loose[each.body].add(each.country or f"?{each.id}")
        if yes and (each.country or not rule.different_countries):
            strict[sets.first(each.body)].add(each.country or "")
    count = matched if rule.different_countries else len
    unknown = [each for each, yes in answers if yes is None]
    concerns = (*_concerns(rule, unknown), *_same_bodies(partners), *_may_depend(partners))
    return _counted(rule, count(strict), count(loose), concerns)


def _by_hand(rule: Rule, partners: Sequence[Partner], lead: str | None) -> Finding:
    return Finding(rule, RuleVerdict.UNCLEAR)


_JUDGES: Final[Mapping[RuleKind, Callable[[Rule, Sequence[Partner], str | None], Finding]]] = {
    RuleKind.PARTNERS: _partners,
    RuleKind.COUNTRIES: _countries,
    RuleKind.INCLUDING: _including,
    RuleKind.ONLY: _only,
    RuleKind.INDEPENDENT: _independent,
    RuleKind.LEAD: _lead,
    RuleKind.BY_HAND: _by_hand,
}


def matched(choices: Mapping[str, set[str]]) -> int:
    """Return how many keys can get a value of their own at once (a maximum matching, by augmenting paths)."""
    holder: dict[str, str] = {}

    def place(key: str, tried: set[str]) -> bool:
        for value in sorted(choices[key] - tried):
            tried.add(value)
            if value not in holder or place(holder[value], tried):
                holder[value] = key
                return True
        return False

    return sum(place(key, set()) for key in sorted(choices))


def _counted(rule: Rule, sure: int, possible: int, concerns: tuple[Concern, ...]) -> Finding:
    if sure >= rule.min:
        return Finding(rule, RuleVerdict.MET, sure, possible)
    verdict = RuleVerdict.NOT_MET if possible < rule.min else RuleVerdict.UNCLEAR
    return Finding(rule, verdict, sure, possible, concerns)


def _concerns(rule: Rule, partners: Iterable[Partner]) -> tuple[Concern, ...]:
    """Return why each of these partners is not, or not for sure, what the rule asks for."""
    found = []
    for each in partners:
        kind, place = kind_fits(rule, each), rule.area.holds(each.where) if rule.area else True
        if kind is False:
            found.append(Concern(each.id, ConcernKind.REFUSED_KIND))
        if place is False:
            found.append(Concern(each.id, ConcernKind.OUTSIDE))
        if kind is None:
            found.append(
                Concern(
                    each.id, ConcernKind.KIND_UNKNOWN if each.kind is ActorKind.UNKNOWN else ConcernKind.KIND_UNCLEAR
                )
            )
        if place is None or (rule.kind is RuleKind.COUNTRIES and not each.country):
            found.append(Concern(each.id, ConcernKind.PLACE_UNCLEAR if each.country else ConcernKind.PLACE_UNKNOWN))
    return tuple(found)


def _same_bodies(partners: Sequence[Partner]) -> Iterator[Concern]:
    first: dict[str, str] = {}
    for each in partners:
        other = first.setdefault(each.body, each.id)
        if other != each.id:
            yield Concern(each.id, ConcernKind.SAME_BODY, other)


def _may_depend(partners: Sequence[Partner]) -> Iterator[Concern]:
    """Yield each partner that has a tie in common with one before it, once."""
    first: dict[str, Partner] = {}
    for each in partners:
        mine = {each.body, *each.ties}
        others = [first[tie] for tie in sorted(mine) if tie in first and first[tie].body != each.body]
        if others:
            yield Concern(each.id, ConcernKind.MAY_DEPEND, others[0].id)
        for tie in mine:
            first.setdefault(tie, each)
