"""The straight line after judgements: networks, lists and maps follow them, and return when they are taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from graphsvc.answers import ActorQuery
from graphsvc.judging import Saying
from graphsvc.model import IdentityLevel, Verdict, View
from graphsvc.resolve.identity import Relation
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.store.opening import open_store

LEVELS = tuple(IdentityLevel)


@pytest.fixture
def service(sample_copy: Callable[[], str]) -> Iterator[Service]:
    found = Service(open_store(Settings.load(store=sample_copy())), today=lambda: date(2026, 1, 1))
    yield found
    found.close()


def suggested(service: Service) -> list[tuple[str, str, float]]:
    return [(each.a, each.b, each.score) for each in service.missing(top=100).partnerships]


def test_two_that_are_or_may_be_one_body_are_never_suggested_as_partners(service: Service) -> None:
    before = suggested(service)
    a, b, _ = before[0]
    for verdict, relation in ((Verdict.UNSURE, Relation.UNDECIDED), (Verdict.SAME, Relation.SAME_BODY)):
        service.judge(Saying(a, b, "Maija"), verdict)
        assert (a, b) not in {pair[:2] for pair in suggested(service)}
        assert service.outlook.identity(View()).related(a, b) is relation
        service.withdraw(Saying(a, b, "Maija"))
    assert suggested(service) == before
    service.judge(Saying(a, b, "Maija"), Verdict.DIFFERENT)
    assert suggested(service) == before


def test_the_level_of_identity_is_the_questions_choice(service: Service) -> None:
    a, b, _ = suggested(service)[0]
    before = {level: set(service.network(View(identity=level)).actors) for level in LEVELS}
    service.judge(Saying(a, b, "Maija"), Verdict.SAME)
    after = {level: set(service.network(View(identity=level)).actors) for level in LEVELS}
    (gone,) = before[IdentityLevel.CURRENT] - after[IdentityLevel.CURRENT]
    assert gone in (a, b)
    assert after[IdentityLevel.RECORDED] == before[IdentityLevel.RECORDED], "entries are as they were"
    assert gone not in after[IdentityLevel.ORGANISATION]
    assert service.measures(View(identity=IdentityLevel.RECORDED)).measures.keys() == service.measures().measures.keys()
    assert f'"{gone}"' not in service.map(View(), suggestions=0)
    assert f'"{gone}"' in service.map(View(identity=IdentityLevel.RECORDED), suggestions=0)


def test_a_merged_body_has_the_work_of_both_and_unmerging_gives_it_back(service: Service) -> None:
    a, b, _ = suggested(service)[0]
    of_each = [set(service.network().collaborations_of[id_]) for id_ in (a, b)]
    profiles = [replace(service.actor(id_), revision=0) for id_ in (a, b)]
    hash_before = service._store.graph_hash()
    service.judge(Saying(a, b, "Maija", "one house"), Verdict.SAME)
    standing = service.actor(a).actor.id
    assert service.actor(b).actor.id == standing
    assert set(service.network().collaborations_of[standing]) == of_each[0] | of_each[1]
    body = service.actor(b)
    assert {entry.actor.id for entry in body.entries} == {a, b}
    assert {word.reason for entry in body.entries for word in entry.judgements} == {"one house"}
    assert {profiles[0].actor.name, profiles[1].actor.name} <= {body.actor.name, *(n.text for n in body.actor.names)}
    assert len(body.participations) == sum(len(profile.participations) for profile in profiles)
    for name in (profiles[0].actor.name, profiles[1].actor.name):
        assert standing in {actor.id for actor in service.find_actors(ActorQuery(text=name)).items}
        assert service.resolve_name(name)[0].actor.id == standing
    service.unmerge(Saying(b, a, "Maija"))
    assert service._store.graph_hash() == hash_before
    assert [replace(service.actor(id_), revision=0) for id_ in (a, b)] == profiles
