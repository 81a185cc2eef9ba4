"""A consortium that meets the rules of a call: found by a greedy search that goes back where it got stuck.

First the rules: of those that may come, the one that brings the most rules nearer, then the best. Then strength, up to
the size wanted: the best that brings something new. Equal ones in the order of their ids, so that the same question
always gets the same answer. Whoever is kin of one who is in never comes in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from graphsvc.analysis.calls import Call, Rule, RuleKind, Weight
from graphsvc.analysis.rules import Finding, Partner, RuleVerdict, check, fits, judge

USUAL: Final = 5
"""Partners of a proposal when neither the call nor the asker says how many."""
_TRIES: Final = 60
"""Sets that are looked into before the search gives up; the first way down needs a handful."""
_HOPELESS: Final = 1_000_000
"""More than any rule can lack: it is left aside."""
_SPARE: Final = 3
"""Candidates of one sort kept beyond what a rule may need, for those that turn out to be kin."""
_FILLERS: Final = 400
"""Candidates, the best ones, among whom strength is looked for."""
_NEW_OFFER: Final = 0.3
"""What a sector or competence that nobody in brings yet adds to a candidate's score."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One who may come in."""

    partner: Partner
    score: float
    offers: frozenset[str] = frozenset()
    """Sectors and competences it has, as any ids."""
    leading: int = 0
    """Collaborations it has led."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One place in a proposed consortium, and what it is for."""

    partner: str
    already: bool = False
    """Whether it was in before."""
    rules: tuple[str, ...] = ()
    """Ids of the rules that it brought nearer."""
    brings: tuple[str, ...] = ()
    """Offers that nobody had before it."""
    tentative: bool = False
    """Whether somebody has to look first whether it counts: those who count for certain did not suffice."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """A rule that the proposal does not meet for certain, and why."""

    rule: Rule
    why: str
    """few: not enough such actors; lead, those_in, too_many: by whoever was in already; tentative: by one who is
    proposed and has to be looked at first; together: not all at once."""
    sure: int = 0
    """What all candidates together would make, for certain …"""
    possible: int = 0
    """… and if everything unknown turned out well."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed consortium with what is found of each rule."""

    seats: tuple[Seat, ...]
    lead: str | None
    findings: tuple[Finding, ...]
    unmet: tuple[Unmet, ...]

    @property
    def stands(self) -> bool:
        """Whether every rule that must be met and that data can tell of is met for certain."""
        return not self.unmet


@dataclass(frozen=True)
class Build:
    """What a consortium is built from."""

    call: Call
    fixed: tuple[Partner, ...] = ()
    """Those who are in already."""
    lead: str | None = None
    """Id of one of them."""
    candidates: tuple[Candidate, ...] = ()
    """By score, best first; equal ones by id. None of them kin of those who are in."""
    related: Callable[[str, str], object] = lambda a, b: None
    """Something true for two that can't both be in."""
    size: int = 0
    """Partners wanted; 0: as the call recommends, else as few as it demands, but :data:`USUAL`."""
    held: frozenset[str] = frozenset()
    """Offers of those who are in already."""
    relaxed: bool = False
    """Whether what may be counts as what is."""

    @cached_property
    def wanted(self) -> int:
        """How many partners the proposal is to have, if the rules need no more."""
        sizes = [rule for rule in self.call.rules if rule.kind is RuleKind.PARTNERS]
        least = max((rule.min for rule in sizes), default=0)
        most = min((rule.max for rule in sizes if rule.max), default=self.size or max(least, USUAL))
        return min(self.size or max(least, USUAL), most)

    @cached_property
    def most(self) -> int:
        """How many partners the rules allow."""
        limits = [rule.max for rule in self.call.rules if rule.max and rule.weight is Weight.MUST]
        return min(limits, default=10_000)

    @cached_property
    def fit(self) -> tuple[Candidate, ...]:
        """The candidates whom no rule forbids, for certain; when relaxed, those whom none forbids for certain."""
        return tuple(each for each in self.candidates if self._allowed(each, Weight.MUST))

    def advised(self, each: Candidate) -> bool:
        """Say whether advice of the call speaks for a candidate, or not against it, for certain."""
        return self._allowed(each, Weight.SHOULD)

    def certain(self, each: Candidate) -> bool:
        """Say whether no rule forbids a candidate, for certain."""
        only = (rule for rule in self.call.rules if rule.kind is RuleKind.ONLY and rule.weight is Weight.MUST)
        return all(fits(rule, each.partner) for rule in only)

    def _allowed(self, each: Candidate, weight: Weight) -> bool:
        only = (rule for rule in self.call.rules if rule.kind is RuleKind.ONLY and rule.weight is weight)
        return all(self._fits(rule, each.partner) for rule in only)

    def _fits(self, rule: Rule, partner: Partner) -> bool:
        answer = fits(rule, partner)
        return answer is not False if self.relaxed else answer is True

    @cached_property
    def sorts(self) -> tuple[tuple[Candidate, ...], ...]:
        """The fit candidates in sorts that no rule tells apart, of each the best few."""
        spare = max((rule.min for rule in self.call.rules), default=1) + _SPARE
        found: dict[object, list[Candidate]] = defaultdict(list)
        for each in self.fit:
            key = sort_of(self.call, each.partner)
            if len(found[key]) < spare:
                found[key].append(each)
        return tuple(map(tuple, found.values()))

    def shortfall(self, partners: Sequence[Partner], weight: Weight = Weight.MUST) -> dict[str, int]:
        """Return by how much these partners fall short of each rule that more partners could help."""
        rules = (rule for rule in self.call.rules if rule.weight is weight)
        return {rule.id: lacking for rule in rules if (lacking := self._lack(rule, partners))}

    def _lack(self, rule: Rule, partners: Sequence[Partner]) -> int:
        return lack(rule, partners, self.lead, relaxed=self.relaxed)


def sort_of(call: Call, partner: Partner) -> object:
    """Return what the rules of a call can tell of a partner: two of one sort are the same to them."""
    inside = tuple(rule.area.holds(partner.where) for rule in call.rules if rule.area)
    return partner.kind, partner.country, inside, partner.ties


def lack(rule: Rule, partners: Sequence[Partner], lead: str | None, *, relaxed: bool = False) -> int:
    """Return how much of what a rule counts is missing; 0 where more partners do not help.

    Missing for certain counts as missing; when ``relaxed``, only what can't be there.
    """
    if rule.kind in (RuleKind.ONLY, RuleKind.BY_HAND) or (rule.kind is RuleKind.LEAD and lead is not None):
        return 0
    found = judge(rule, partners, lead)
    return max(0, max(rule.min, 1 if found.no_lead else 0) - (found.possible if relaxed else found.sure))


def propose(build: Build) -> Proposal:
    """Return a consortium that meets the rules, or as many of them as were found to be possible at once."""
    search = _Search(build)
    seats = search.filled(search.tentative(search.completed()))
    partners = [*build.fixed, *(each.partner for each in search.chosen(seats))]
    lead = build.lead or _lead(build, partners)
    findings = check(build.call, partners, lead)
    unmet = tuple(_unmet(build, each) for each in findings if _open(each))
    return Proposal(tuple(seats), lead, findings, unmet)


def _open(finding: Finding) -> bool:
    telling = finding.rule.weight is Weight.MUST and finding.rule.kind is not RuleKind.BY_HAND
    return telling and finding.verdict is not RuleVerdict.MET


def _lead(build: Build, partners: Sequence[Partner]) -> str | None:
    """Return who may lead for certain: of those who were in already the first, else who has led most."""
    rules = [rule for rule in build.call.rules if rule.kind is RuleKind.LEAD]
    known = {each.partner.id: each for each in build.candidates}
    able = [each for each in partners if all(fits(rule, each) for rule in rules)]

    def strength(each: Partner) -> tuple[int, float, str]:
        return -known[each.id].leading, -known[each.id].score, each.id

    in_already = [each for each in able if each in build.fixed]
    return in_already[0].id if in_already else min(able, key=strength).id if able else None


def _unmet(build: Build, finding: Finding) -> Unmet:
    rule = finding.rule
    if rule.kind is RuleKind.ONLY:
        return Unmet(rule, "tentative" if all(fits(rule, each) for each in build.fixed) else "those_in")
    if rule.kind is RuleKind.LEAD and build.lead:
        return Unmet(rule, "lead")
    if rule.max is not None and finding.sure > rule.max:
        return Unmet(rule, "too_many", finding.sure)
    everyone = [*build.fixed, *(each.partner for sort in build.sorts for each in sort)]
    reach = judge(rule, everyone, build.lead)
    maybe = judge(rule, [*build.fixed, *(each.partner for each in build.candidates)], build.lead)
    enough = reach.sure >= max(rule.min, 1)
    return Unmet(rule, "together" if enough else "few", reach.sure, max(reach.possible, maybe.possible))


@dataclass
class _Search:
    """One search, and the sets that it has looked into."""

    build: Build
    seen: set[frozenset[str]] = field(default_factory=set)

    @cached_property
    def _by_id(self) -> dict[str, Candidate]:
        return {each.partner.id: each for each in self.build.candidates}

    def chosen(self, seats: Iterable[Seat]) -> list[Candidate]:
        """Return the candidates who got a seat."""
        return [self._by_id[seat.partner] for seat in seats if not seat.already]

    def completed(self) -> list[Seat]:
        """Return seats that meet every rule as far as all candidates together would, or come near."""
        fixed = [Seat(each.id, already=True) for each in self.build.fixed]
        everyone = [*self.build.fixed, *(each.partner for sort in self.build.sorts for each in sort)]
        floor = self.build.shortfall(everyone)
        first: list[Seat] = []
        done = self._deeper(fixed, floor, first)
        if done is None and floor:
            self.seen.clear()
            done = self._deeper(fixed, dict.fromkeys(floor, _HOPELESS), [])
        return done if done is not None else first

    def tentative(self, seats: list[Seat]) -> list[Seat]:
        """Add those who may count, once somebody has looked, where those who count for certain do not suffice."""
        if not self._lacking(seats):
            return seats
        inside = {seat.partner for seat in seats}
        fixed, held = tuple(self._partners(seats)), self._held(seats)
        rest = tuple(each for each in self.build.candidates if each.partner.id not in inside)
        relaxed = replace(self.build, fixed=fixed, candidates=rest, held=held, relaxed=True)
        more = _Search(relaxed).completed()[len(fixed) :]
        return [*seats, *(replace(seat, tentative=True) for seat in more)]

    def _deeper(self, seats: list[Seat], floor: Mapping[str, int], first: list[Seat]) -> list[Seat] | None:
        """Add seats until no rule lacks more than ``floor`` says (none: 0); None where that can't be done from here.

        ``first`` becomes the end of the first way down, for the case that no way leads to the end.
        """
        lacking = self._lacking(seats)
        if all(each <= floor.get(id_, 0) for id_, each in lacking.items()):
            return seats
        key = frozenset(seat.partner for seat in seats)
        if key in self.seen or len(self.seen) >= _TRIES:
            return None
        self.seen.add(key)
        options = self._options(seats, lacking) if len(seats) < self.build.most else []
        if not options and not first:
            first.extend(seats)
        ways = (self._deeper([*seats, seat], floor, first) for seat in options)
        return next((way for way in ways if way is not None), None)

    def _options(self, seats: list[Seat], lacking: dict[str, int]) -> list[Seat]:
        """Return who would bring a rule nearer, of each sort the best that is nobody's kin; the most helpful first."""
        partners, advice = self._partners(seats), self._lacking(seats, Weight.SHOULD)
        held = self._held(seats)
        found = []
        for sort in self.build.sorts:
            each = next((one for one in sort if self._free(one, seats)), None)
            if each is None:
                continue
            with_it = [*partners, each.partner]
            left = self.build.shortfall(with_it)
            helped = tuple(id_ for id_, before in lacking.items() if left.get(id_, 0) < before)
            gain = sum(lacking.values()) - sum(left.values())
            if helped and gain > 0:
                advised = sum(advice.values()) - sum(self.build.shortfall(with_it, Weight.SHOULD).values())
                brings = tuple(sorted(each.offers - held))
                sure = self.build.certain(each)
                order = (-gain, not sure, not self.build.advised(each), -advised, -_value(each, held), each.partner.id)
                found.append((order, Seat(each.partner.id, rules=helped, brings=brings)))
        return [seat for _, seat in sorted(found, key=lambda each: each[0])]

    def filled(self, seats: list[Seat]) -> list[Seat]:
        """Add the strongest up to the size wanted; nobody whom advice speaks against or who would break a rule."""
        pool = [each for each in self.build.fit if self.build.advised(each)][:_FILLERS]
        before = self._lacking(seats)
        while len(seats) < min(self.build.wanted, self.build.most) and pool:
            held = self._held(seats)
            best = min(pool, key=lambda each: (-_value(each, held), each.partner.id))
            pool.remove(best)
            left = self.build.shortfall([*self._partners(seats), best.partner])
            if self._free(best, seats) and all(lacking <= before.get(id_, 0) for id_, lacking in left.items()):
                helped = tuple(id_ for id_, lacking in before.items() if left.get(id_, 0) < lacking)
                seats = [*seats, Seat(best.partner.id, rules=helped, brings=tuple(sorted(best.offers - held)))]
                before = left
        return seats

    def _free(self, each: Candidate, seats: Sequence[Seat]) -> bool:
        return not any(
            seat.partner == each.partner.id or self.build.related(seat.partner, each.partner.id) for seat in seats
        )

    def _partners(self, seats: Sequence[Seat]) -> list[Partner]:
        return [*self.build.fixed, *(each.partner for each in self.chosen(seats))]

    def _lacking(self, seats: Sequence[Seat], weight: Weight = Weight.MUST) -> dict[str, int]:
        return self.build.shortfall(self._partners(seats), weight)

    def _held(self, seats: Sequence[Seat]) -> frozenset[str]:
        return self.build.held.union(*(each.offers for each in self.chosen(seats)))


def _value(each: Candidate, held: frozenset[str]) -> float:
    return round(each.score + _NEW_OFFER * min(len(each.offers - held), 2), 9)
