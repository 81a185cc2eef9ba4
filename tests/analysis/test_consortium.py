"""A proposed consortium passes the check that it was built for, or says which rules it can't meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.analysis.calls import Area, Call, Rule, RuleKind, Weight, Where
from graphsvc.analysis.consortium import Build, Candidate, propose
from graphsvc.analysis.rules import Partner, RuleVerdict, check
from graphsvc.model import ActorKind, Helix

READ = date(2026, 1, 31)
TEXT = {"en": "A rule."}
EU = Area("eu", TEXT, frozenset({"fi", "se", "de"}), "https://example.org", READ)
LANDS = [Where(country=land) for land in ("fi", "se", "de", "us", "")]


def rule(id_: str, kind: RuleKind, **more: object) -> Rule:
    return replace(Rule(id_, kind, TEXT, TEXT, "https://example.org", READ), **more)  # type: ignore[arg-type]


RULES = [
    rule("size", RuleKind.PARTNERS, min=2, max=3),
    rule("more", RuleKind.PARTNERS, min=3),
    rule("lands", RuleKind.COUNTRIES, min=2, area=EU),
    rule("firm", RuleKind.INCLUDING, min=1, helix=frozenset({Helix.INDUSTRY})),
    rule("city", RuleKind.INCLUDING, min=1, kinds=frozenset({ActorKind.PUBLIC_BODY}), area=EU),
    rule("who", RuleKind.ONLY, allowed=frozenset({ActorKind.FIRM, ActorKind.PUBLIC_BODY, ActorKind.UNIVERSITY})),
    rule("inside", RuleKind.ONLY, area=EU),
    rule("free", RuleKind.INDEPENDENT, min=2, area=EU, different_countries=True),
    rule("lead", RuleKind.LEAD, allowed=frozenset({ActorKind.PUBLIC_BODY, ActorKind.UNIVERSITY})),
    rule("hand", RuleKind.BY_HAND),
    rule("advice", RuleKind.ONLY, weight=Weight.SHOULD, area=EU),
]


@st.composite
def builds(draw: st.DrawFn) -> Build:
    rules = tuple(draw(st.lists(st.sampled_from(RULES), min_size=1, max_size=5, unique_by=lambda each: each.id)))
    kinds = st.sampled_from([*ActorKind])
    drawn = draw(st.lists(st.tuples(kinds, st.sampled_from(LANDS), st.integers(0, 20)), max_size=6))
    candidates = [
        Candidate(Partner(f"c{at}", kind, where, f"c{at}"), score / 10) for at, (kind, where, score) in enumerate(drawn)
    ]
    kin = draw(
        st.sets(st.frozensets(st.sampled_from([f"c{at}" for at in range(6)]), min_size=2, max_size=2), max_size=3)
    )
    fixed = tuple(
        Partner(f"f{at}", kind, where, f"f{at}")
        for at, (kind, where) in enumerate(draw(st.lists(st.tuples(kinds, st.sampled_from(LANDS)), max_size=2)))
    )
    ordered = tuple(sorted(candidates, key=lambda each: (-each.score, each.partner.id)))
    lead = draw(st.sampled_from([None, *(each.id for each in fixed)]))
    return Build(Call("c", TEXT, "", rules), fixed, lead, ordered, lambda a, b: frozenset({a, b}) in kin)


def passes(call: Call, partners: Sequence[Partner], lead: str | None) -> bool:
    telling = [
        each.verdict
        for each in check(call, partners, lead)
        if each.rule.weight is Weight.MUST and each.rule.kind is not RuleKind.BY_HAND
    ]
    return all(verdict is RuleVerdict.MET for verdict in telling)


def possible(build: Build) -> bool:
    """Whether any set of candidates, none of them kin, meets every rule with those who are in."""
    for size in range(len(build.candidates) + 1):
        for some in combinations([each.partner for each in build.candidates], size):
            if any(build.related(a.id, b.id) for a, b in combinations(some, 2)):
                continue
            partners = [*build.fixed, *some]
            leads: list[str | None] = [build.lead] if build.lead else [None, *(each.id for each in partners)]
            if any(passes(build.call, partners, lead) for lead in leads):
                return True
    return False


@settings(max_examples=400, deadline=None)
@given(builds())
def test_a_proposal_passes_its_check_or_says_what_it_can_not_meet(build: Build) -> None:
    found = propose(build)
    ids = {each.partner.id: each.partner for each in build.candidates} | {each.id: each for each in build.fixed}
    partners = [ids[seat.partner] for seat in found.seats]
    assert [each.id for each in build.fixed] == [seat.partner for seat in found.seats if seat.already]
    assert len({seat.partner for seat in found.seats}) == len(found.seats)
    assert not any(build.related(a.id, b.id) for a, b in combinations(partners, 2)), "never kin"
    assert found.findings == check(build.call, partners, found.lead)
    assert found.stands == passes(build.call, partners, found.lead)
    assert {each.rule.id for each in found.unmet} == {
        each.rule.id
        for each in found.findings
        if each.verdict is not RuleVerdict.MET
        and each.rule.weight is Weight.MUST
        and each.rule.kind is not RuleKind.BY_HAND
    }
    assert not (found.stands and any(seat.tentative for seat in found.seats))
    certain = [ids[seat.partner] for seat in found.seats if not seat.tentative]
    broken = {each.rule.id for each in check(build.call, certain, found.lead) if each.fails}
    assert {each.rule.id for each in found.findings if each.fails} <= broken, "nobody tentative breaks a rule"
    assert found.stands == possible(build), "what can be met is found, and what is said not to be met can't be"


@given(builds())
def test_the_same_question_gets_the_same_answer(build: Build) -> None:
    assert propose(build) == propose(replace(build))


def candidates(*some: tuple[str, ActorKind, str, float]) -> tuple[Candidate, ...]:
    return tuple(Candidate(Partner(id_, kind, Where(country=land), id_), score) for id_, kind, land, score in some)


def test_each_seat_says_what_it_is_for_and_strength_fills_up() -> None:
    firm = rule("firm", RuleKind.INCLUDING, min=1, helix=frozenset({Helix.INDUSTRY}))
    call = Call("c", TEXT, "", (rule("lands", RuleKind.COUNTRIES, min=2), firm))
    some = candidates(
        ("strong", ActorKind.UNIVERSITY, "fi", 3.0),
        ("foreign", ActorKind.UNIVERSITY, "se", 2.0),
        ("firm", ActorKind.FIRM, "fi", 1.0),
    )
    found = propose(Build(call, (Partner("in", ActorKind.UNIVERSITY, Where(country="fi"), "in"),), None, some, size=4))
    assert [(seat.partner, seat.rules) for seat in found.seats] == [
        ("in", ()),
        ("foreign", ("lands",)),
        ("firm", ("firm",)),
        ("strong", ()),
    ]
    assert found.stands
    assert found.lead == "in", "of those who were in already, one who may lead"


def test_too_few_in_the_network_is_said_with_numbers() -> None:
    call = Call("c", TEXT, "", (rule("lands", RuleKind.COUNTRIES, min=3),))
    some = candidates(
        ("a", ActorKind.FIRM, "fi", 2.0), ("b", ActorKind.FIRM, "se", 1.0), ("c", ActorKind.FIRM, "", 0.5)
    )
    [unmet] = propose(Build(call, candidates=some)).unmet
    assert (unmet.why, unmet.sure, unmet.possible) == ("few", 2, 3)


def test_those_who_may_count_are_proposed_where_those_who_count_for_certain_do_not_suffice() -> None:
    who = rule("who", RuleKind.ONLY, allowed=frozenset({ActorKind.PUBLIC_BODY}))
    call = Call("c", TEXT, "", (who, rule("lands", RuleKind.COUNTRIES, min=2)))
    some = candidates(("nobody", ActorKind.UNKNOWN, "se", 9.0), ("city", ActorKind.PUBLIC_BODY, "fi", 1.0))
    found = propose(Build(call, candidates=(*some, *candidates(("firm", ActorKind.FIRM, "de", 0.5)))))
    assert [(seat.partner, seat.tentative) for seat in found.seats] == [("city", False), ("nobody", True)]
    assert not found.stands
    assert {each.rule.id: each.verdict for each in found.findings} == {
        "who": RuleVerdict.UNCLEAR,
        "lands": RuleVerdict.MET,
    }
    assert [(each.rule.id, each.why) for each in found.unmet] == [("who", "tentative")]


def test_advice_orders_and_never_forbids() -> None:
    call = Call("c", TEXT, "", (rule("two", RuleKind.PARTNERS, min=2), RULES[-1]))
    some = candidates(("far", ActorKind.FIRM, "us", 9.0), ("near", ActorKind.FIRM, "fi", 1.0))
    found = propose(Build(call, candidates=some, size=2))
    assert [seat.partner for seat in found.seats] == ["near", "far"]
    assert found.stands
    assert [seat.partner for seat in propose(Build(Call("c", TEXT, "", (RULES[-1],)), candidates=some)).seats] == [
        "near"
    ]
