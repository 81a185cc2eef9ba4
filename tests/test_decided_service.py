"""A pair that was decided on stays away from every list; a fact is seen from then on; taken back, all is as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from graphsvc import ledger
from graphsvc.analysis.results import Missing
from graphsvc.decided import DecisionQuery
from graphsvc.deciding import Deciding, Following
from graphsvc.decisions import Event, PairState, Reply, Why
from graphsvc.model import IdentityLevel, View
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.suggesting import Selection

NO = (Reply.NO, Why.COMPETITORS)


@pytest.fixture(scope="module")
def loaded(sample_copy: Callable[[], str]) -> Iterator[Service]:
    service = Service.open(Settings.load(store=sample_copy()))
    yield service
    service.close()


@pytest.fixture
def service(loaded: Service) -> Iterator[Service]:
    """The sample; what a test says is taken back after it."""
    yield loaded
    ledger = loaded.ledger()
    log = ledger.known().log
    for act in reversed(log.acts):
        if log.stands(act):
            ledger.withdraw(act.id, "the test")
    assert ledger.known().decisions == {}


def pairs(missing: Missing) -> list[tuple[str, str]]:
    return [(each.a, each.b) for each in missing.partnerships]


def test_a_rejected_pair_stays_away_from_every_list(service: Service) -> None:
    before = service.missing()
    first = pairs(before)[0]
    service.ledger().decide(Deciding(*first, *NO, "Maija"))
    after = service.missing()
    assert first not in pairs(after)
    assert (after.decided, len(after.partnerships)) == (1, 20)
    assert pairs(after)[:19] == pairs(before)[1:], "the others move up"
    for identity in IdentityLevel:
        assert first not in pairs(service.missing(View(identity=identity), top=50))
    assert first not in pairs(service.missing(selection=Selection(50, drawn=True))), "the map's dashed ties"
    shown = service.missing(selection=Selection(decided=True))
    assert pairs(shown) == pairs(before)
    assert shown.decided == 0
    assert service.ledger().of_list(shown)[first].state is PairState.NO


def test_no_list_is_made_for_a_reply_that_takes_longer_than_a_request_may(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, seconds in (("the large graph", 0.0), ("a small one", 5.0)):
        monkeypatch.setattr(ledger, "REQUEST_SECONDS", seconds)
        service.missing()  # what the person sees
        elsewhere = pairs(service.missing(selection=Selection(100)))[-1]
        made = service.ledger()
        asked: list[Selection] = []

        def suggest(view: View, selection: Selection, asked: list[Selection] = asked) -> Missing:
            asked.append(selection)
            return service.missing(view, selection=selection)

        monkeypatch.setattr(made, "_suggest", suggest)
        done = made.decide(Deciding(*elsewhere, *NO, "Maija"))
        assert len(asked) == (1 if seconds == 0 else 3), name
        assert (done.act.suggestion is None) == (seconds == 0), name
        made.withdraw(done.act.id, "Maija")
        shown = service.missing()
        first = made.decide(Deciding(*pairs(shown)[0], *NO, "Maija"))
        assert first.act.suggestion is not None
        assert first.act.suggestion.rank == 1
        made.withdraw(first.act.id, "Maija")


def test_a_pair_comes_back_on_its_day_and_as_of_the_day_before_it_was_decided(service: Service) -> None:
    first, today = pairs(service.missing())[0], service.today()
    service.ledger().decide(Deciding(*first, Reply.NOT_NOW, Why.NO_TIME, "Maija", until=today + timedelta(30)))
    assert first not in pairs(service.missing())
    assert first in pairs(service.missing(View(as_of=today - timedelta(1)), top=200))
    later = Service(service._store, today=lambda: today + timedelta(30))
    assert pairs(later.missing())[0] == first


def test_what_is_accepted_is_followed_up_instead_of_suggested(service: Service) -> None:
    first = pairs(service.missing())[0]
    done = service.ledger().decide(Deciding(*first, Reply.ACCEPT, Why.GOOD_FIT, "Maija"))
    service.ledger().follow_up(Following(*first, Event.INTRODUCED, "Maija"))
    assert first not in pairs(service.missing())
    history = service.ledger().of_act(done.act.id)
    assert history.shown is not None
    assert history.shown.state is PairState.INTRODUCED
    assert [(step.before, step.after) for step in history.steps[-2:]] == [
        (None, PairState.ACCEPTED),
        (PairState.ACCEPTED, PairState.INTRODUCED),
    ]


def test_a_reply_keeps_the_suggestion_as_it_was(service: Service) -> None:
    missing = service.missing()
    third = missing.partnerships[2]
    done = service.ledger().decide(Deciding(third.a, third.b, *NO, "Maija"))
    kept = done.act.suggestion
    assert kept is not None
    assert (kept.rank, kept.score, kept.revision) == (3, third.score, missing.revision)
    assert list(kept.supports + kept.against) == [evidence.kind for evidence in third.evidence]
    changed = service.ledger().decide(Deciding(third.a, third.b, Reply.ACCEPT, Why.GOOD_FIT, "Maija"))
    assert changed.act.suggestion == kept, "it still answers that one"
    one, other = sorted(service.network().actors)[:2]
    assert service.ledger().decide(Deciding(one, other, *NO, "Maija")).act.suggestion is None
    counted = service.ledger().acceptance(DecisionQuery())
    assert (counted.pairs.accepted, counted.pairs.no, counted.without_suggestion) == (1, 1, 1)
    assert counted.by_evidence.keys() == set(kept.supports)


def test_those_who_already_work_together_are_partners_from_then_on(service: Service) -> None:
    before, first = service._store.graph_hash(), pairs(service.missing())[0]
    day = service.missing().how
    ask = Deciding(*first, Reply.NO, Why.ALREADY_WORK_TOGETHER, "Maija", "jo vuosia")
    done = service.ledger().decide(ask)
    a, b = first
    assert b in {partner.id for partner, _ in service.actor(a).partners}
    assert "coordinator" in {source.id for source in service.actor(a).sources}
    today = View(as_of=service.today())
    assert service.network(today).met(a, b)
    assert not service.network(View(as_of=service.today() - timedelta(1))).met(a, b)
    assert first not in pairs(service.missing(selection=Selection(200, decided=True)))
    how = service.missing().how
    assert how is not None
    assert day is not None
    assert how.on == day.on, "what a person knows today does not make the files old"
    service.ledger().withdraw(done.act.id, "Matti")
    assert service._store.graph_hash() == before
    assert pairs(service.missing())[0] == first
