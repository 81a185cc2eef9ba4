"""What-if on the real store: exactly what a copy with the additions written in measures, and nothing is touched."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from graphsvc import supposing
from graphsvc.analysis.costs import estimate
from graphsvc.analysis.introductions import Aim, Gain, Plan
from graphsvc.analysis.supposed import SOURCE, rows_of
from graphsvc.analysis.supposition import Introduction, NewActor, NewCollaboration, Supposition, settled
from graphsvc.analysis.whatif import NUMBERS, VALUES, WHO, Outcome, WhatIf
from graphsvc.analysis.whatif_told import figures, tell, tell_gains, tell_plan, touched
from graphsvc.errors import InvalidValue, NotFound
from graphsvc.model import EVERYTHING, ActorKind, Claim, IdentityLevel, Reach, Source, View
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.spotting import CoverageAsk
from graphsvc.store.change import Change
from graphsvc.supposing import Budget
from graphsvc.wording import LANGUAGES
from tests.noting import note_calls

UNIVERSITY, COUNCIL, CITY = "fi-2844561-8", "fi-0828308-4", "fi-0211675-2"
ENERGY = "t-secure-clean-and-efficient-energy"
PIRKANMAA = View(place="FI197")
INSIDE = View(place="FI197", reach=Reach.INSIDE)
PAIRS = (Introduction("pic-936589515", "pic-946755309"), Introduction(CITY, "pic-944835679", (ENERGY,)))
VIEWS = [
    EVERYTHING,
    PIRKANMAA,
    INSIDE,
    View(theme=ENERGY),
    View(as_of=date(2018, 12, 31)),
    View(place="FI197", since=date(2017, 1, 1), until=date(2019, 12, 31)),
    View(identity=IdentityLevel.RECORDED),
    View(kinds=(ActorKind.FIRM, ActorKind.UNIVERSITY)),
]


@pytest.fixture(scope="module")
def stored(sample_copy: Callable[[], str]) -> Path:
    """A file with the graph of the sample."""
    return Path(sample_copy())


@pytest.fixture(scope="module")
def service(stored: Path) -> Iterator[Service]:
    service = Service.open(Settings.load(store=str(stored)))
    yield service
    service.close()


@pytest.fixture(scope="module")
def asked(service: Service) -> Supposition:
    """The supposition, its newcomer joining a collaboration that the sample has."""
    work = service.network(View(as_of=date(2018, 12, 31), place="FI197")).collaborations_of[UNIVERSITY][0]
    newcomers = (
        NewActor("Vety ry", ActorKind.CIVIL_SOCIETY, "FI197", joins=(work,)),
        NewActor("Uusi Oy", themes=(ENERGY,)),
    )
    works = (NewCollaboration("Vetylaakso", (UNIVERSITY, COUNCIL), ("Vety ry",), (ENERGY,)),)
    return Supposition(PAIRS, newcomers, works)


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_it_is_what_a_copy_of_the_graph_measures(
    service: Service, stored: Path, tmp_path: Path, asked: Supposition, view: View
) -> None:
    """Exactly: the same rows in the same order, so that not one number differs in its last bit."""
    found = service.what_if(view, asked)
    path = shutil.copy(stored, tmp_path / "copy.kgl")
    copy = Service.open(Settings.load(store=str(path)))
    try:
        canonical = service.outlook.identity(view).canonical
        rows = rows_of(settled(asked, service.snapshot(), canonical), service.snapshot(), view)
        claims: list[Claim] = [Source(id=SOURCE, name="What if")]
        claims += [*rows.actors, *rows.collaborations, *rows.participations]
        copy._store.apply(Change("what-if", "what if", claims))
        for at, there in enumerate((service, copy)):
            _is_what_is_measured(found.outcome, at, there, view)
        before, after = (there.measures(view, WHO) for there in (service, copy))
        assert {each.actor for each in found.outcome.bound} == after.articulation_points - before.articulation_points
        assert set(found.outcome.bridges_new) == set(after.bridges) - set(before.bridges)
        for at, there in enumerate((service, copy)):
            for each in found.outcome.coverage:
                cells = there.coverage(view, CoverageAsk(each.by)).cells  # type: ignore[arg-type]  # one of the two
                assert (each.before, each.after)[at] == sum(bool(cell.group and cell.actors) for cell in cells)
        assert set(found.outcome.arrived) == copy.network(view).actors.keys() - service.network(view).actors.keys()
    finally:
        copy.close()


def _is_what_is_measured(outcome: Outcome, at: int, there: Service, view: View) -> None:
    """Hold the state before (0) or after (1) against a service's own measures."""
    found, network = there.measures(view, (*NUMBERS, *WHO, *VALUES)), there.network(view)
    for each in outcome.numbers:
        assert (each.before, each.after)[at] == found.numbers[each.id].value, each.id
    for one in outcome.touched:
        values = {id_: by.values[one.actor] for id_, by in found.measures.items() if one.actor in by.values}
        assert (one.before, one.after)[at] == values
    assert {each.id: (each.before, each.after)[at] for each in outcome.counts} == {
        "actors": len(network.actors),
        "ties": network.arrays.edges,
        "collaborations": len(network.collaborations),
        "communities": len(found.communities),
        "articulation_points": len(found.articulation_points),
        "bridges": len(found.bridges),
    }


def test_the_stored_graph_is_untouched(service: Service, asked: Supposition) -> None:
    before = (service._store.graph_hash(), service.revision())
    for view in (EVERYTHING, PIRKANMAA):
        service.what_if(view, asked)
        service.what_if(view, Supposition(without_actors=(UNIVERSITY,)))
        service.introductions(view, Budget(3))
    assert (service._store.graph_hash(), service.revision()) == before
    assert UNIVERSITY in service.network(PIRKANMAA).actors


def test_without_its_door_whoever_stood_behind_it_is_gone(service: Service) -> None:
    found = service.what_if(PIRKANMAA, Supposition(without_actors=(UNIVERSITY,)))
    assert found.leaving == (UNIVERSITY,)
    assert UNIVERSITY in found.outcome.vanished
    assert len(found.outcome.vanished) > 100
    assert found.outcome.dropped
    (gone,) = found.outcome.touched
    assert gone.before["degree"] > 0
    assert not gone.after
    emptied = {theme for each in found.outcome.coverage for theme, _ in each.emptied}
    assert emptied


def test_coverage_is_counted_for_the_actors_of_the_place(service: Service, asked: Supposition) -> None:
    helix, area = service.what_if(PIRKANMAA, asked).outcome.coverage
    assert (helix.by, area.by) == ("helix", "area")
    ours = [group for theme, group in helix.filled if group == "civil_society"]
    assert ours, "the association works in Pirkanmaa, where no other does on that theme"
    everyone = service.what_if(EVERYTHING, asked).outcome.coverage[0]
    assert everyone.before > helix.before


def test_what_the_view_does_not_show_is_said(service: Service) -> None:
    firms = View(kinds=(ActorKind.FIRM,))
    found = service.what_if(firms, Supposition((Introduction(UNIVERSITY, COUNCIL),)))
    assert found.unseen == tuple(sorted((UNIVERSITY, COUNCIL)))
    assert all(each.before == each.after for each in found.outcome.numbers)
    assert any("Tampereen yliopisto" in sentence for sentence in told(found, service, "fi", firms))
    ended = service.what_if(firms, Supposition(without_actors=(UNIVERSITY,)))
    assert ended.unseen == (UNIVERSITY,)


def test_who_works_together_already_is_said(service: Service) -> None:
    network = service.network(EVERYTHING)
    partner = network.partners(UNIVERSITY)[0][0].id
    found = service.what_if(EVERYTHING, Supposition((Introduction(UNIVERSITY, partner),)))
    assert found.acquainted == ((UNIVERSITY, partner),)
    ties = next(each for each in found.outcome.counts if each.id == "ties")
    assert ties.before == ties.after


def test_what_takes_too_long_is_left_out_or_refused(service: Service) -> None:
    pair = Supposition((Introduction(UNIVERSITY, CITY),))
    full = service.what_if(EVERYTHING, pair)
    assert not full.left_out
    with pytest.raises(InvalidValue, match=r"seconds of one core .*Take a part"):
        service.what_if(EVERYTHING, pair, most=1e-6, remedy="Take a part.")
    cost = estimate(service.network(EVERYTHING).arrays, (*NUMBERS, *WHO, *VALUES))
    short = service.what_if(EVERYTHING, pair, most=cost.seconds - cost.by_measure["betweenness"] / 2)
    assert short.left_out == ("betweenness",)
    assert "betweenness" not in short.outcome.touched[0].after
    assert any("Brokerage" in sentence for sentence in told(short, service, "en", EVERYTHING))


def test_what_takes_too_long_is_refused_before_the_graph_is_copied(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [note_calls(monkeypatch, supposing, name) for name in ("supposed", "_network")]
    pair = Supposition((Introduction(UNIVERSITY, CITY),))
    with pytest.raises(InvalidValue, match=r"seconds of one core .*Take a part"):
        service.what_if(EVERYTHING, pair, most=1e-6, remedy="Take a part.")
    assert made == [[], []]
    service.what_if(EVERYTHING, pair)
    assert made == [["supposed"], ["_network"]]


def test_candidates_that_take_too_long_are_not_looked_for(service: Service) -> None:
    with pytest.raises(InvalidValue, match=r"to find the candidates\. Take a part"):
        service.introductions(EVERYTHING, Budget(2, most=1e-9), remedy="Take a part.")


def test_errors_name_what_is_not_there(service: Service) -> None:
    with pytest.raises(NotFound, match="no actor with the id 'nobody'"):
        service.what_if(EVERYTHING, Supposition((Introduction(UNIVERSITY, "nobody"),)))
    with pytest.raises(InvalidValue, match="Nothing is supposed"):
        service.what_if(EVERYTHING, Supposition())


def told(found: WhatIf, service: Service, language: str, view: View) -> tuple[str, ...]:
    network = service.network(view)
    return tell(found, language, lambda ref: network.name_of(ref, language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", [EVERYTHING, PIRKANMAA, INSIDE, View(kinds=(ActorKind.FIRM,))], ids=str)
def test_it_is_told_in_sentences(service: Service, asked: Supposition, language: str, view: View) -> None:
    for supposition in (asked, Supposition(without_actors=(UNIVERSITY,))):
        found = service.what_if(view, supposition)
        sentences = told(found, service, language, view)
        assert len(sentences) >= 2
        for sentence in sentences:
            assert sentence.endswith((".", ")."))
            assert "{" not in sentence
        for figure in figures(found.outcome, language):
            assert figure.moved == (figure.now != figure.then), figure
        assert len(touched(found, language)) == len(found.outcome.touched)


def test_numbers_are_written_so_that_the_change_is_seen(service: Service) -> None:
    found = service.what_if(PIRKANMAA, Supposition((Introduction(COUNCIL, "pic-946755309"),)))
    rows = {each.id: each for each in figures(found.outcome, "fi")}
    assert rows["distance_fragmentation"].now != rows["distance_fragmentation"].then
    assert rows["distance_fragmentation"].now.endswith(" %")
    assert "," in rows["path_length"].now


@pytest.mark.parametrize("view", [EVERYTHING, PIRKANMAA, INSIDE], ids=str)
@pytest.mark.parametrize("k", [1, 5])
def test_introductions_bring_what_is_said_of_them(service: Service, view: View, k: int) -> None:
    found = service.introductions(view, Budget(k))
    assert found.together
    outcome = found.together.outcome
    gains = [gain for each in found.plan.chosen for gain in each.gains]
    pieces = next(each for each in outcome.numbers if each.id == "components")
    assert (pieces.before or 0) - (pieces.after or 0) == gains.count(Gain(Aim.PIECES))
    assert {gain.refs for gain in gains if gain.aim is Aim.CELLS} == set(outcome.coverage[0].filled)
    assert len(found.plan.chosen) <= k
    assert 0.632 <= found.plan.share <= 1
    home = service.network(view).located_in(view.place) if view.place else None
    for gain in gains:
        if gain.aim is Aim.FIRST_PARTNERS and home is not None:
            assert gain.refs[0] in home


def test_one_s_own_pairs_may_be_chosen_from(service: Service) -> None:
    pairs = [(COUNCIL, UNIVERSITY), ("pic-946755309", UNIVERSITY), (UNIVERSITY, "pic-946755309")]
    found = service.introductions(PIRKANMAA, Budget(5, (Aim.PIECES,)), pairs)
    assert found.plan.candidates == 2
    assert [{each.a, each.b} for each in found.plan.chosen] == [{UNIVERSITY, "pic-946755309"}]
    nothing = service.introductions(PIRKANMAA, Budget(5, (Aim.PIECES,)), pairs[:1])
    assert (nothing.plan.worth, nothing.together) == (0, None)
    assert "Mikään 1 parista ei toisi" in tell_plan(nothing.plan, 5, "fi")[0]
    assert "fewer" not in tell_plan(nothing.plan, 5, "en")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_is_told_with_its_bound(service: Service, language: str) -> None:
    found = service.introductions(PIRKANMAA, Budget(4))
    network = service.network(PIRKANMAA)
    sentences = [*tell_plan(found.plan, 4, language)]
    for each in found.plan.chosen:
        more = tell_gains(each, found.names, language, lambda ref: network.name_of(ref, language), place=True)
        assert more
        sentences += more
    assert str(found.plan.bound) in sentences[0]
    assert not any("{" in sentence for sentence in sentences)
    assert len(tell_plan(Plan((), 0, 0, 3, (Aim.CELLS,)), 4, language)) == 1
