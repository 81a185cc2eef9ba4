"""Rules of calls: met, not met, or nobody can say; held against every way in which what is unknown may turn out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.analysis.calls import NOWHERE, Area, Rule, RuleKind, Where
from graphsvc.analysis.rules import ConcernKind, Partner, RuleVerdict, fits, judge, matched
from graphsvc.model import ActorKind

READ = date(2026, 1, 31)
TEXT = {"en": "A rule."}
NORTH = Area("north", {"en": "the north"}, frozenset({"fi", "se"}), "https://example.org", READ, frozenset({"de"}))
KINDS = [ActorKind.FIRM, ActorKind.PUBLIC_BODY, ActorKind.UNIVERSITY, ActorKind.UNKNOWN]
PLACES = [Where(country="fi"), Where(country="se"), Where(country="de"), Where(country="it"), NOWHERE]


def rule(kind: RuleKind, **more: object) -> Rule:
    return replace(Rule("r", kind, TEXT, TEXT, "https://example.org", READ), **more)  # type: ignore[arg-type]


@st.composite
def some_partners(draw: st.DrawFn) -> list[Partner]:
    kinds = st.sampled_from(KINDS)
    drawn = draw(st.lists(st.tuples(kinds, st.sampled_from(PLACES), st.integers(0, 4)), max_size=4))
    return [Partner(f"p{at}", kind, where, f"b{body}") for at, (kind, where, body) in enumerate(drawn)]


def completions(partners: Sequence[Partner]) -> Iterator[list[Partner]]:
    """Every way in which the unknown kinds and places may turn out; Germany is partly in the north."""
    choices = []
    for each in partners:
        kinds = KINDS[:-1] if each.kind is ActorKind.UNKNOWN else [each.kind]
        places = [each.where]
        if each.where == NOWHERE:
            places = [Where(country=land) for land in ("fi", "se", "it", f"x{each.id}")]
        if each.where.country == "de":
            places = [Where("de-north", "", "de"), Where("de-south", "", "de")]
        choices.append([replace(each, kind=kind, where=where) for kind in kinds for where in places])
    yield from (list(each) for each in product(*choices))


KNOWN = replace(NORTH, places=NORTH.places | {"de-north"}, partly=frozenset())
"""The north for those of whom everything is known."""


def holds(one: Rule, partners: Sequence[Partner]) -> bool:
    """A rule by its plain meaning, where everything is known."""
    area = KNOWN if one.area else None
    inside = [each for each in partners if area is None or area.holds(each.where)]
    right = [each for each in inside if not one.kinds | one.allowed or each.kind in one.kinds | one.allowed]
    if one.kind is RuleKind.COUNTRIES:
        return len({each.country for each in inside}) >= one.min
    if one.kind is RuleKind.INCLUDING:
        return len({each.body for each in right}) >= one.min
    if one.kind is RuleKind.ONLY:
        return len(right) == len(partners)
    for size in range(len(inside), 0, -1):
        for some in combinations(inside, size):
            apart = len({each.body for each in some}) == size
            lands = len({each.country for each in some}) == size or not one.different_countries
            if apart and lands:
                return size >= one.min
    return one.min <= 0


RULES = [
    rule(RuleKind.COUNTRIES, min=2),
    rule(RuleKind.COUNTRIES, min=2, area=NORTH),
    rule(RuleKind.INCLUDING, min=2, kinds=frozenset({ActorKind.FIRM})),
    rule(RuleKind.INCLUDING, min=1, kinds=frozenset({ActorKind.FIRM}), area=NORTH),
    rule(RuleKind.ONLY, allowed=frozenset({ActorKind.PUBLIC_BODY, ActorKind.UNIVERSITY}), area=NORTH),
    rule(RuleKind.INDEPENDENT, min=2, area=NORTH),
    rule(RuleKind.INDEPENDENT, min=3, area=NORTH, different_countries=True),
]


@pytest.mark.parametrize("one", RULES, ids=lambda one: f"{one.kind.value}-{one.min}-{one.different_countries}")
@settings(deadline=None)
@given(partners=some_partners())
def test_a_verdict_holds_however_the_unknown_turns_out(one: Rule, partners: list[Partner]) -> None:
    outcomes = {holds(one, each) for each in completions(partners)}
    found = judge(one, partners)
    assert found.sure <= found.possible or one.kind is RuleKind.ONLY
    if found.verdict is RuleVerdict.MET:
        assert outcomes == {True}
    if found.verdict is RuleVerdict.NOT_MET:
        assert outcomes == {False}
    if len(outcomes) == 2:
        assert found.verdict is RuleVerdict.UNCLEAR, "what is unknown is never guessed"


@given(st.dictionaries(st.sampled_from("abcd"), st.sets(st.sampled_from("uvwx")), max_size=4))
def test_matching_finds_the_most(choices: dict[str, set[str]]) -> None:
    def ways(keys: list[str], taken: frozenset[str]) -> int:
        if not keys:
            return 0
        rest = ways(keys[1:], taken)
        return max([rest, *(1 + ways(keys[1:], taken | {value}) for value in choices[keys[0]] - taken)])

    assert matched(choices) == ways(sorted(choices), frozenset())


def test_a_firm_is_flagged_and_an_unknown_kind_is_not_guessed() -> None:
    only = rule(RuleKind.ONLY, allowed=frozenset({ActorKind.PUBLIC_BODY}), unclear=frozenset({ActorKind.OTHER}))
    city, firm = Partner("city", ActorKind.PUBLIC_BODY), Partner("firm", ActorKind.FIRM)
    other, nobody = Partner("other", ActorKind.OTHER), Partner("nobody", ActorKind.UNKNOWN)
    assert judge(only, [city]).verdict is RuleVerdict.MET
    assert judge(only, [city, other]).verdict is RuleVerdict.UNCLEAR
    found = judge(only, [city, nobody, other, firm])
    assert found.verdict is RuleVerdict.NOT_MET
    assert [(each.partner, each.why) for each in found.concerns] == [
        ("firm", ConcernKind.REFUSED_KIND),
        ("nobody", ConcernKind.KIND_UNKNOWN),
        ("other", ConcernKind.KIND_UNCLEAR),
    ]


def test_a_body_counts_once_whatever_units_of_it_are_named() -> None:
    unit, parent = Partner("unit", ActorKind.UNIVERSITY, family="f"), Partner("top", ActorKind.UNIVERSITY, family="f")
    found = judge(rule(RuleKind.PARTNERS, min=2), [unit, parent])
    assert (found.verdict, found.sure) == (RuleVerdict.NOT_MET, 1)
    assert [(each.partner, each.why, each.other) for each in found.concerns] == [("top", ConcernKind.SAME_BODY, "unit")]
    assert judge(rule(RuleKind.INDEPENDENT, min=2), [unit, parent]).verdict is RuleVerdict.NOT_MET


def test_members_of_one_group_count_once_until_somebody_has_looked() -> None:
    independent = rule(RuleKind.INDEPENDENT, min=2)
    a = Partner("a", ActorKind.UNIVERSITY, family="a", ties=frozenset({"group"}))
    b = Partner("b", ActorKind.UNIVERSITY, family="b", ties=frozenset({"group"}))
    group, c = Partner("group", ActorKind.OTHER, family="group"), Partner("c", ActorKind.FIRM, family="c")
    for pair in ([a, b], [a, group]):
        found = judge(independent, pair)
        assert (found.verdict, found.sure, found.possible) == (RuleVerdict.UNCLEAR, 1, 2)
        assert [each.why for each in found.concerns] == [ConcernKind.MAY_DEPEND]
    assert judge(independent, [a, b, c]).verdict is RuleVerdict.MET


def test_a_size_has_two_ends() -> None:
    size = rule(RuleKind.PARTNERS, min=2, max=3)
    some = [Partner(each, ActorKind.FIRM) for each in "abcd"]
    verdicts = [judge(size, some[:count]).verdict for count in (1, 2, 3, 4)]
    assert verdicts == [RuleVerdict.NOT_MET, RuleVerdict.MET, RuleVerdict.MET, RuleVerdict.NOT_MET]


def test_who_leads_is_asked_for_and_not_chosen() -> None:
    lead = rule(RuleKind.LEAD, allowed=frozenset({ActorKind.PUBLIC_BODY}), area=NORTH)
    city = Partner("city", ActorKind.PUBLIC_BODY, Where(country="fi"))
    firm = Partner("firm", ActorKind.FIRM, Where(country="fi"))
    unnamed = judge(lead, [city, firm])
    assert (unnamed.verdict, unnamed.no_lead, unnamed.sure) == (RuleVerdict.UNCLEAR, True, 1)
    assert judge(lead, [city, firm], "city").verdict is RuleVerdict.MET
    assert judge(lead, [city, firm], "firm").verdict is RuleVerdict.NOT_MET
    assert judge(lead, [firm]).verdict is RuleVerdict.NOT_MET, "none of them could"


def test_what_no_data_tells_is_left_to_a_person() -> None:
    assert judge(rule(RuleKind.BY_HAND), [Partner("a", ActorKind.FIRM)]).verdict is RuleVerdict.UNCLEAR


@pytest.mark.parametrize(
    ("where", "inside"),
    [
        (Where("fi-tampere", "FI197", "fi"), True),
        (Where("fi-espoo", "", "fi"), False),
        (Where("", "FI1B1", "fi"), False),
        (Where("", "", "fi"), None),
        (Where("se-umea", "", "se"), False),
        (NOWHERE, None),
    ],
)
def test_a_region_needs_to_know_more_than_the_country(where: Where, inside: bool | None) -> None:
    region = Area("r", TEXT, frozenset({"FI197"}), "https://example.org", READ, needs_town=frozenset({"fi"}))
    assert region.holds(where) is inside
    assert fits(rule(RuleKind.INCLUDING, min=1, area=region), Partner("a", ActorKind.FIRM, where)) is inside
