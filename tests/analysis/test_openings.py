"""New openings: what is new for the first time, held against plain sets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.analysis.change import State
from graphsvc.analysis.openings import Crossing, openings
from graphsvc.errors import InvalidValue
from graphsvc.model import Actor, ActorKind, Claim, Collaboration, Helix, Participation, Source, View
from graphsvc.opening import OpeningsAsk
from graphsvc.portrait import RECENT, PortraitAsk
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.store.change import Change
from graphsvc.store.opening import open_store
from graphsvc.wording import number, say

KINDS = {
    "a": ActorKind.UNIVERSITY,
    "b": ActorKind.FIRM,
    "c": ActorKind.FIRM,
    "d": ActorKind.UNKNOWN,
    "e": ActorKind.PUBLIC_BODY,
}
ACTORS = {id_: Actor(id=id_, name=id_.upper(), kind=kind) for id_, kind in KINDS.items()}
MEMBERS = st.lists(st.frozensets(st.sampled_from(sorted(KINDS)), min_size=1, max_size=4), max_size=6)


def world(members: list[frozenset[str]]) -> State:
    ids = [f"c{n}" for n in range(len(members))]
    return State(
        ACTORS,
        {id_: Collaboration(id=id_, name=id_) for id_ in ids},
        {id_: tuple(sorted(those)) for id_, those in zip(ids, members, strict=True)},
        {id_: len(those) for id_, those in zip(ids, members, strict=True)},
        {},
    )


def pairs(members: list[frozenset[str]]) -> set[tuple[str, str]]:
    return {(a, b) for those in members for a in those for b in those if a < b}


def crossed(members: list[frozenset[str]], actor: str) -> set[Helix]:
    return {
        helix
        for those in members
        if actor in those
        for other in those - {actor}
        if (helix := ACTORS[other].helix) and helix is not ACTORS[actor].helix
    }


@given(MEMBERS, MEMBERS)
def test_openings_are_what_plain_sets_say(then: list[frozenset[str]], more: list[frozenset[str]]) -> None:
    now = then + more
    found = openings(world(then), world(now))
    there = {id_ for those in then for id_ in those}
    assert set(found.actors) == {id_ for those in now for id_ in those} - there
    assert set(found.pairs) == pairs(now) - pairs(then)
    told = {(each.actor, each.helix) for each in found.crossings}
    assert told == {
        (actor, helix) for actor in there if ACTORS[actor].helix for helix in crossed(now, actor) - crossed(then, actor)
    }


def test_who_crossed_is_told_with_the_partners() -> None:
    found = openings(
        world([frozenset("ab"), frozenset("e")]), world([frozenset("ab"), frozenset("e"), frozenset("ace")])
    )
    assert Crossing("e", Helix.INDUSTRY, ("c",)) in found.crossings
    assert Crossing("a", Helix.GOVERNMENT, ("e",)) in found.crossings
    assert not any(each.actor == "a" and each.helix is Helix.INDUSTRY for each in found.crossings)
    assert found.actors == ("c",)
    assert set(found.pairs) == {("a", "c"), ("a", "e"), ("c", "e")}


@pytest.fixture(scope="module")
def service(sample_copy: Callable[[], str]):  # type: ignore[no-untyped-def]
    made = Service.open(Settings(store=sample_copy()))
    yield made
    made.close()


def test_a_pair_that_worked_together_before_is_no_opening(service: Service) -> None:
    found = service.openings(OpeningsAsk(date(2016, 12, 31), date(2018, 12, 31)))
    before = service.network(View(as_of=date(2016, 12, 31)))
    after = service.network(View(as_of=date(2018, 12, 31)))
    assert found.opened.actors and found.opened.pairs
    assert set(found.opened.actors) == set(after.actors) - set(before.actors)
    assert all(
        after.projection.has_edge(*pair) and not before.projection.has_edge(*pair) for pair in found.opened.pairs
    )
    assert all(id_ in found.names for id_ in found.opened.actors)


def test_the_days_are_the_last_year_of_the_data_when_nobody_says(service: Service) -> None:
    found = service.openings(OpeningsAsk())
    starts = [each.start for each in service.snapshot().collaborations if each.start]
    assert found.until == max(starts)
    assert (found.until - found.since).days in (365, 366)
    with pytest.raises(InvalidValue, match="not after"):
        service.openings(OpeningsAsk(date(2019, 1, 1), date(2018, 1, 1)))


def made_of(claims: Mapping[str, tuple[date | None, str]], today: date | None = None) -> Service:
    """A network of collaborations: id → when it began and who takes part, a letter each."""
    letters = sorted({*"".join(who for _, who in claims.values())})
    said: list[Claim] = [Source(id="list", name="A list"), *(Actor(id=id_, name=id_.upper()) for id_ in letters)]
    for id_, (start, who) in claims.items():
        said.append(Collaboration(id=id_, name=id_, start=start))
        said += [Participation(actor=each, collaboration=id_, source="list") for each in who]
    store = open_store(Settings.load(store=":memory:"))
    store.apply(Change("all", "all", said))
    return Service(store, today=(lambda: today) if today else None)


def test_what_is_planned_has_not_begun() -> None:
    """An agreement of 2031 in the list would else show the openings of a year that nobody has lived."""
    years = {"old": (date(2018, 1, 1), "ab"), "new": (date(2026, 3, 1), "ac"), "planned": (date(2031, 1, 1), "bd")}
    with closing(made_of(years, today=date(2026, 11, 28))) as service:
        found = service.openings(OpeningsAsk())
        assert (found.since, found.until) == (date(2025, 11, 28), date(2026, 11, 28))
        assert found.opened.pairs == (("a", "c"),)
        assert set(found.opened.actors) == {"c"}


def test_asked_since_a_day_on_which_the_data_ends_nothing_is_new() -> None:
    """The last day that nobody named was told to be the wrong one of the two."""
    years = {"old": (date(2018, 1, 1), "ab"), "last": (date(2022, 10, 1), "ac")}
    with closing(made_of(years, today=date(2026, 11, 28))) as service:
        for since in (date(2022, 10, 1), date(2025, 1, 1)):
            found = service.openings(OpeningsAsk(since))
            assert (found.since, found.until) == (since, date(2026, 11, 28))
            assert not found.opened.pairs
            assert not found.opened.actors
        assert service.openings(OpeningsAsk(date(2022, 9, 30))).opened.pairs == (("a", "c"),)
        with pytest.raises(InvalidValue, match="not after"):
            service.openings(OpeningsAsk(date(2026, 11, 28)))


def test_what_began_on_the_last_day_is_new_and_so_are_the_pairs_of_the_new() -> None:
    with closing(made_of({"old": (date(2018, 1, 1), "ab"), "last": (date(2022, 10, 1), "axyz")})) as service:
        found = service.openings(OpeningsAsk())
        assert found.until == date(2022, 10, 1)
        assert set(found.opened.actors) == set("xyz")
        assert set(found.opened.pairs) == set(combinations("axyz", 2))


def test_what_began_nobody_knows_when_counts_as_known_before() -> None:
    claims = {"old": (date(2018, 1, 1), "ab"), "undated": (None, "acd"), "last": (date(2022, 10, 1), "acex")}
    with closing(made_of(claims)) as service:
        opened = service.openings(OpeningsAsk()).opened
        assert set(opened.actors) == {"e", "x"}, "of c nobody knows"
        assert set(opened.pairs) == {*combinations("acex", 2)} - {("a", "c")}


@pytest.mark.parametrize("id_", ["fi-2844561-8", "fi-2647375-4"])
def test_the_page_of_an_actor_tells_as_many_new_partners(service: Service, id_: str) -> None:
    portrait = service.portrait(PortraitAsk(id_))
    until = service.openings(OpeningsAsk()).until
    first = until.year - RECENT + 1
    opened = service.openings(OpeningsAsk(date(first - 1, 12, 31), until)).opened
    n = sum(id_ in pair for pair in opened.pairs)
    told = say("portrait", "changes.new", "en", n=n, count=number(n, "en"), first=first, names="")
    assert n and any(sentence.startswith(told.rstrip(" .")) for sentence in portrait.changes)
