"""The portrait of an actor of the sample: each number is the one that the service gives elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from graphsvc import asof
from graphsvc.analysis.standing import rank
from graphsvc.drawing import MapAsk
from graphsvc.errors import NotFound
from graphsvc.measuring import Course
from graphsvc.model import View
from graphsvc.portrait import MEASURES, PortraitAsk
from graphsvc.render.portrait_around import DRAWN, OPENINGS
from graphsvc.render.portrait_content import Portrait
from graphsvc.reporting import ReportAsk
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.suggesting import Selection
from graphsvc.wording import LANGUAGES, say

ACTOR = "fi-2844561-8"


@pytest.fixture(scope="module")
def service(sample_copy: Callable[[], str]) -> Iterator[Service]:
    service = Service.open(Settings(store=sample_copy()))
    yield service
    service.close()


@pytest.fixture(scope="module")
def portrait(service: Service) -> Portrait:
    return service.portrait(PortraitAsk(ACTOR))


def test_identity_is_that_of_the_profile_with_its_sources(service: Service, portrait: Portrait) -> None:
    profile = service.actor(ACTOR)
    told = {fact.key: fact for fact in portrait.facts}
    assert portrait.name == profile.actor.name == told["name"].value
    assert told["business_id"].value == profile.actor.business_id
    assert all(fact.said_by for fact in portrait.facts)
    assert {source.name for source in portrait.sources} == {source.name for source in profile.sources}
    assert len(portrait.contradictions) == len(profile.differences)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_in_capitals_is_no_other_spelling(service: Service, language: str) -> None:
    def names(actor: str) -> list[tuple[str, str]]:
        told = service.portrait(PortraitAsk(actor, language=language)).facts
        return [(fact.label, fact.value) for fact in told if fact.key == "names"]

    spelling = say("kinds", "name.spelling", language)
    assert "TAMPEREEN KORKEAKOULUSAATIO SR" in {name.text for name in service.actor(ACTOR).actor.names}
    assert [value for label, value in names(ACTOR) if label == spelling] == ["Tampereen korkeakoulusäätiö sr"]
    assert len(names(ACTOR)) == 4, "abbreviation and translations stay"
    assert spelling not in dict(names("fi-2647375-4")), "its only other spelling is its name in capitals"


def test_partners_are_those_of_the_network(service: Service, portrait: Portrait) -> None:
    partners = {actor.id: shared for actor, shared in service.network().partners(ACTOR)}
    assert portrait.partners_in_all == len(partners)
    assert all(partners[each.id] == each.shared for each in portrait.partners)
    weights = [each.strength for each in portrait.partners]
    assert weights == sorted(weights, reverse=True)
    edges = service.network().projection[ACTOR]
    assert all(each.strength == pytest.approx(edges[each.id]["weight"]) for each in portrait.partners)


def test_collaborations_by_theme_and_year_count_each(service: Service, portrait: Portrait) -> None:
    network = service.network()
    mine = [network.collaborations[id_] for id_ in network.collaborations_of[ACTOR]]
    assert portrait.collaborations_in_all == portrait.themes.all.total == len(mine)
    for row in (*portrait.themes.rows, portrait.themes.all):
        assert sum(row.counts) == row.total
        assert len(row.counts) == len(portrait.themes.columns)
    started = sum(each.start is not None and each.start.year == 2016 for each in mine)
    assert portrait.themes.all.counts[portrait.themes.columns.index("2016")] == started


def test_position_tells_rank_groups_and_risk_as_the_measures_have_them(service: Service, portrait: Portrait) -> None:
    measures = service.measures(only=MEASURES)
    broker = rank(measures.measures["betweenness"], ACTOR)
    assert broker
    assert portrait.position[0].startswith(f"It ranks {broker.rank} of {broker.of} as a broker")
    assert any("It links the group" in sentence for sentence in portrait.position)
    assert ACTOR in measures.articulation_points
    assert any(sentence.startswith("Without it") for sentence in portrait.position)


def test_openings_are_missing_partnerships_of_the_actor_with_reasons_and_one_against(
    service: Service, portrait: Portrait
) -> None:
    missing = service.missing(selection=Selection(3, about=ACTOR))
    assert [each.score for each in portrait.openings] == [each.score for each in missing.partnerships]
    partners = {actor.id for actor, _ in service.network().partners(ACTOR)}
    for each, pair in zip(portrait.openings, missing.partnerships, strict=True):
        assert {ACTOR, each.partner} == {pair.a, pair.b}
        assert each.partner not in partners
        assert len(each.reasons_for) >= 2
        assert each.reason_against


def test_what_changed_is_the_course_over_time(service: Service, portrait: Portrait) -> None:
    course = service.over_time(Course(2016, 2019, measures=("degree",), actors=(ACTOR,)))
    years = ", ".join(f"{point.day.year}: {point.values[ACTOR]['degree']:.0f}" for point in course.points)
    assert portrait.changes[0] == f"Partners at the end of the year: {years}."


def test_the_map_has_the_strongest_partners_and_the_openings(portrait: Portrait) -> None:
    shown = {actor.id for actor in portrait.around.actors}
    assert ACTOR in shown
    assert {each.id for each in portrait.partners[:DRAWN]} <= shown
    assert {each.partner for each in portrait.openings} <= shown
    assert len(shown) == 1 + DRAWN + OPENINGS
    assert all(tie.a in shown and tie.b in shown for tie in portrait.around.ties)


def test_same_question_same_answer(service: Service, portrait: Portrait) -> None:
    assert service.portrait(PortraitAsk(ACTOR)) == portrait


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_actor_has_a_portrait_in_each_language(service: Service, language: str) -> None:
    for id_ in sorted(service.network().actors)[::60]:
        found = service.portrait(PortraitAsk(id_, language=language))
        assert found.name
        assert found.position
        assert "{" not in " ".join((*found.position, *found.changes, found.around.summary))


def test_a_view_is_held_to(service: Service) -> None:
    early = service.portrait(PortraitAsk(ACTOR, View(as_of=date(2016, 12, 31))))
    assert early.data_date == date(2016, 12, 31)
    assert all(each.first is None or each.first <= 2016 for each in early.partners)
    course = service.over_time(Course(2013, 2016, measures=("degree",), actors=(ACTOR,)))
    assert f"2016: {course.points[-1].values[ACTOR]['degree']:.0f}" in early.changes[0]


def test_nobody_and_whoever_is_not_in_the_view_have_none(service: Service) -> None:
    for ask in (PortraitAsk("nobody"), PortraitAsk(ACTOR, View(as_of=date(1990, 1, 1)))):
        with pytest.raises(NotFound):
            service.portrait(ask)


def test_whom_it_could_meet_beyond_the_part_is_on_its_map(service: Service) -> None:
    town = View(place="fi-tampere")
    network = service.network(town)
    beyond = 0
    for id_ in sorted(network.actors)[::12]:
        found = service.portrait(PortraitAsk(id_, town))
        names = {each.id: each.name for each in found.around.actors}
        assert {each.partner: each.name for each in found.openings}.items() <= names.items()
        beyond += sum(each.partner not in network.actors for each in found.openings)
    assert beyond


def test_a_list_without_a_day_of_its_own_is_as_of_its_reading(sample_copy: Callable[[], str], tmp_path: Path) -> None:
    service = Service.open(Settings(store=sample_copy(), home=tmp_path))
    assert service.portrait(PortraitAsk(ACTOR)).data_date == date(2020, 12, 14), "the latest day that a source states"
    assert service.map_content(MapAsk()).data_date == date(2020, 12, 14)
    own = tmp_path / "own.csv"
    own.write_text("Organisaatio;Hanke;Alkaa\nUusi Oy;Uusi hanke;2024-01-01\nToinen Oy;Uusi hanke;2024-01-01\n")
    service.load(service.check(own))
    read = asof.day_of(next(each.imported for each in service.sources() if each.file == "own.csv" and each.imported))
    for shown in (service.portrait(PortraitAsk(ACTOR)), service.map_content(MapAsk())):
        assert (shown.data_date, shown.loaded_on) == (None, read), "the list may be of any day until it was read"
    assert service.report(ReportAsk(suggestions=1)).record.day == read
    service.close()
