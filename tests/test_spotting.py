"""Gaps of a view on the sample: what counts as local, which municipalities are there, kin, and what is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from graphsvc.analysis.axes import ELSE
from graphsvc.analysis.coverage import Standing, Threshold
from graphsvc.analysis.gaps import GapKind
from graphsvc.analysis.results import Noun, Ref, Side
from graphsvc.errors import InvalidValue, NotFound
from graphsvc.ingest.places import in_region
from graphsvc.model import ActorKind, Reach, View
from graphsvc.samples import sample_view
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.spotted import tell
from graphsvc.spotting import LISTED, AbsentAsk, CoverageAsk, GapsAsk, names
from graphsvc.wording import LANGUAGES

PIRKANMAA = sample_view()
DIGITAL = "digitalisation-of-industry"
ALLIANCE = "pirkanmaan-startup-allianssi"


@pytest.fixture(scope="module")
def service(sample_copy: Callable[[], str]) -> Iterator[Service]:
    made = Service.open(Settings(store=sample_copy()))
    yield made
    made.close()


def test_every_cell_counts_the_local_actors_it_names(service: Service) -> None:
    found = service.coverage(PIRKANMAA)
    network = service.network(PIRKANMAA)
    local = network.located_in("FI197")
    below = {DIGITAL, "t-information-and-communication-technologies", "t-advanced-manufacturing-and-processing"}
    on = {
        actor
        for id_, each in network.collaborations.items()
        if below & set(each.themes)
        for actor in network.members[id_]
    }
    firms = {id_ for id_ in on & local if network.actors[id_].kind is ActorKind.FIRM}
    assert set(found.cell(DIGITAL, "industry").actors) == firms
    assert found.cell(DIGITAL, "civil_society").actors == ("pic-946755309",)
    assert found.groups == ("academia", "industry", "government", "civil_society", ELSE)


def test_every_municipality_of_the_region_is_there_also_one_that_the_graph_does_not_hold(service: Service) -> None:
    found = service.coverage(PIRKANMAA, CoverageAsk("area"))
    assert [place.id for place in in_region("FI197")] == [group for group in found.groups if group]
    assert len(found.groups) >= 23
    assert found.sizes["fi-juupajoki"] == 0
    name_of = names(service.ground(PIRKANMAA), "fi")
    assert name_of(Ref(Noun.PLACE, "fi-juupajoki")) == "Juupajoki"
    with pytest.raises(NotFound):
        name_of(Ref(Noun.PLACE, "fi-atlantis"))


def test_a_theme_of_the_view_is_looked_at_by_the_themes_below_it(service: Service) -> None:
    found = service.coverage(PIRKANMAA.model_copy(update={"theme": DIGITAL}))
    assert found.themes == ("t-advanced-manufacturing-and-processing", "t-information-and-communication-technologies")
    whole = service.coverage(PIRKANMAA, CoverageAsk(level=2))
    cell = ("t-information-and-communication-technologies", "industry")
    assert found.cell(*cell) == whole.cell(*cell)


def test_without_a_place_areas_are_countries(service: Service) -> None:
    found = service.coverage(View(), CoverageAsk("area"))
    assert {"fi", "de", "es"} <= set(found.groups)
    assert found.cell(DIGITAL, "fi").standing is Standing.ENOUGH


def test_gaps_of_all_kinds_in_three_languages(service: Service) -> None:
    found = service.gaps(PIRKANMAA, GapsAsk(top=3))
    assert tuple(found.found) == LISTED
    assert {gap.kind for gap in found.gaps} == set(LISTED)
    for kind in LISTED:
        ranks = [gap.rank for gap in found.gaps if gap.kind is kind]
        assert ranks == [1, 2, 3, 1, 2, 3] if kind is GapKind.COVERAGE else ranks == list(range(1, len(ranks) + 1))
    for gap in found.gaps:
        assert sum(each.side is Side.FOR for each in gap.evidence) >= 2, gap
    for language in LANGUAGES:
        for told in tell(found.gaps, language, names(service.ground(PIRKANMAA), language)):
            assert told.title
            assert all(text.endswith((".", ".\N{RIGHT DOUBLE QUOTATION MARK}")) for text in told.reasons_for)


def test_a_pair_that_would_close_a_gap_does_not_work_together(service: Service) -> None:
    network = service.network()
    identity = service.outlook.identity()
    pairs = [gap.pair for gap in service.gaps(PIRKANMAA, GapsAsk(top=20)).gaps if gap.pair]
    assert pairs
    for a, b in pairs:
        assert not network.met(a, b)
        assert not identity.related(a, b)


def test_what_is_asked_for_changes_what_is_found(service: Service) -> None:
    only = service.gaps(PIRKANMAA, GapsAsk((GapKind.DOOR,), hub=10))
    assert {gap.kind for gap in only.gaps} == {GapKind.DOOR}
    assert only.numbers["hub"] == 10
    assert only.found[GapKind.DOOR] > service.gaps(PIRKANMAA, GapsAsk((GapKind.DOOR,), hub=30)).found[GapKind.DOOR]
    strict = service.gaps(PIRKANMAA, GapsAsk((GapKind.COVERAGE,), threshold=Threshold(1)))
    assert (
        strict.found[GapKind.COVERAGE] < service.gaps(PIRKANMAA, GapsAsk((GapKind.COVERAGE,))).found[GapKind.COVERAGE]
    )


def test_who_is_absent_is_local_and_not_kin_of_those_who_take_part(service: Service) -> None:
    found = service.absent(PIRKANMAA, AbsentAsk((DIGITAL,)))
    local = service.network(PIRKANMAA).located_in("FI197")
    ids = {gap.about[0].id for gap in found.gaps}
    assert "fi-0211675-2" in ids, "the city works on neighbouring themes and no public body takes part"
    assert ids <= local
    assert "tampereen-korkeakouluyhteiso" not in ids, "the university takes part and belongs to it"
    firms = service.absent(PIRKANMAA.model_copy(update={"kinds": (ActorKind.FIRM,)}), AbsentAsk((), (ALLIANCE,)))
    kinds = {service.network(PIRKANMAA).actors[gap.about[0].id].kind for gap in firms.gaps}
    assert kinds == {ActorKind.FIRM}


def test_absent_from_several_together_is_absent_from_each(service: Service) -> None:
    both = service.absent(PIRKANMAA, AbsentAsk((DIGITAL,), (ALLIANCE,)))
    inside = set(service.network(PIRKANMAA).members[ALLIANCE])
    assert not inside & {gap.about[0].id for gap in both.gaps}
    assert (
        both.numbers["collaborations"] == service.absent(PIRKANMAA, AbsentAsk((DIGITAL,))).numbers["collaborations"] + 1
    )


def test_inside_a_place_and_on_a_day(service: Service) -> None:
    inside = PIRKANMAA.model_copy(update={"reach": Reach.INSIDE})
    assert service.coverage(inside).cells == service.coverage(PIRKANMAA).cells
    assert service.gaps(inside, GapsAsk((GapKind.DOOR,))).found[GapKind.DOOR] == 0


@pytest.mark.parametrize(
    ("ask", "error", "words"),
    [
        (AbsentAsk(), InvalidValue, "Absent from what"),
        (AbsentAsk(("nothing",)), NotFound, "no theme"),
        (AbsentAsk((), ("nothing",)), NotFound, "no collaboration"),
    ],
)
def test_what_cannot_be_asked(service: Service, ask: AbsentAsk, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        service.absent(View(), ask)


def test_what_takes_too_long_or_needs_a_subject_is_refused(service: Service) -> None:
    with pytest.raises(InvalidValue, match="one core"):
        service.gaps(PIRKANMAA, GapsAsk(most=0.0))
    with pytest.raises(InvalidValue, match="one theme or collaboration"):
        service.gaps(PIRKANMAA, GapsAsk((GapKind.PARTICIPANT,)))
