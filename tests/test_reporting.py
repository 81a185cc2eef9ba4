"""The report of the sample: each number is the one that the service gives elsewhere; what is hidden is nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from types import ModuleType

import pytest

from graphsvc import drawing, reporting, spotting, suggesting
from graphsvc.errors import InvalidValue, NotFound
from graphsvc.judging import Saying
from graphsvc.measuring import Between
from graphsvc.model import ActorKind, Verdict, View
from graphsvc.render.content import Imprint
from graphsvc.render.redaction import Field, Redaction
from graphsvc.render.report_content import Amount, Findings, KeyFigures, Points, Record, Report, Section, Table
from graphsvc.render.report_files import report_file
from graphsvc.reporting import ReportAsk
from graphsvc.samples import sample_view
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.sharing.packing import pack, unpack
from graphsvc.suggesting import Selection


@pytest.fixture(scope="module")
def service(sample_copy: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    service = Service.open(Settings(store=sample_copy(), home=tmp_path_factory.mktemp("home")))
    yield service
    service.close()


@pytest.fixture(scope="module")
def report(service: Service) -> Report:
    return service.report(ReportAsk(sample_view(), suggestions=5))


def section(report: Report, id_: str) -> Section:
    return next(each for each in report.sections if each.id == id_)


def table(report: Report, id_: str) -> Table:
    blocks = [block for each in report.sections for block in each.blocks]
    return next(each for each in (*blocks, *report.annex) if isinstance(each, Table) and each.id == id_)


def everything(report: Report) -> str:
    """Return all bytes that a reader could get of a report."""
    return report_file(report, "html").decode() + report_file(report, "json").decode() + pack(report, Report)


def test_key_figures_are_those_of_the_service(service: Service, report: Report) -> None:
    view = sample_view()
    network, numbers = service.network(view), service.measures(view, ("isolated", "helix_mixing")).numbers
    (figures,) = [block for block in section(report, "figures").blocks if isinstance(block, KeyFigures)]
    told = {each.id: each for each in figures.items}
    assert told["actors"].value == Amount(len(network.actors))
    assert told["collaborations"].value == Amount(len(network.collaborations))
    assert told["helix_mixing"].value
    assert told["helix_mixing"].value.value == numbers["helix_mixing"].value
    assert told["local"].value == Amount(len(network.located_in("FI197")))
    for each in told.values():
        assert each.meaning
        assert each.misleads
        if each.change and each.before and each.after:
            assert each.change.value == each.after.value - each.before.value
    before = service.network(view.model_copy(update={"as_of": date(2018, 12, 31)}))
    assert told["actors"].before == Amount(len(before.actors))


def test_coverage_missing_and_brokers_are_those_of_the_service(service: Service, report: Report) -> None:
    view = sample_view()
    coverage = service.coverage(view)
    matrix = table(report, "coverage")
    assert len(matrix.rows) == len(coverage.themes)
    assert [cell.value for row in matrix.rows for cell in row if isinstance(cell, Amount)] == [
        len(coverage.cell(theme, group).actors) for theme in coverage.themes for group in coverage.groups
    ]
    missing = service.missing(view, selection=Selection(5))
    (pairs,) = [block for block in section(report, "missing").blocks if isinstance(block, Findings)]
    told = service.tell(missing, view, "en")
    assert [each.reasons_for for each in pairs.items] == [each.reasons_for for each in told]
    assert [each.reason_against for each in pairs.items] == [next(iter(each.reasons_against), "") for each in told]
    kinds = {block.id for block in section(report, "brokers").blocks if isinstance(block, Findings)}
    assert {"broker", "door"} <= kinds


def test_what_changed_since_a_day_is_the_change_of_the_service(service: Service) -> None:
    view, since = sample_view(), date(2016, 6, 30)
    report = service.report(ReportAsk(view, since=since))
    found = service.change(Between(since, date(2020, 12, 14), view, "degree"))
    (points,) = [block for block in section(report, "changes").blocks if isinstance(block, Points)]
    assert points.items[0].startswith(f"New actors: {len(found.turnover.new_actors)}.")
    with pytest.raises(InvalidValue, match="2020-12-14"):
        service.report(ReportAsk(view, since=date(2020, 12, 14)))


def test_what_changed_since_an_earlier_report(service: Service, report: Report) -> None:
    view = sample_view().model_copy(update={"as_of": date(2016, 12, 31)})
    earlier = service.report(ReportAsk(view, suggestions=5))
    now = service.report(ReportAsk(sample_view(), since=earlier.record, suggestions=5))
    rows = {row[0]: row[1:] for row in table(now, "compared").rows}
    then, value, change = rows["Actors"]
    assert isinstance(then, Amount)
    assert isinstance(value, Amount)
    assert isinstance(change, Amount)
    assert (then.value, value.value) == (dict(earlier.record.figures)["actors"], 396)
    assert change.value == value.value - then.value > 0
    (points,) = [block for block in section(now, "changes").blocks if isinstance(block, Points)]
    new = {id_ for id_, _ in now.record.actors} - {id_ for id_, _ in earlier.record.actors}
    assert points.items[0].startswith(f"New actors: {len(new)}.")
    same = service.report(ReportAsk(sample_view(), since=report.record, suggestions=5))
    assert "No new actors." in repr(section(same, "changes"))


def test_of_an_actor(service: Service) -> None:
    actor = service.actor_meant("Tampereen kaupunki")
    report = service.report(ReportAsk(actor=actor))
    network = service.network()
    assert report.title == "Network report: Tampereen kaupunki"
    assert len(table(report, "partners").rows) == len(network.partners(actor))
    assert len(table(report, "collaborations").rows) == len(network.collaborations_of[actor])
    (pairs,) = [block for block in section(report, "missing").blocks if isinstance(block, Findings)]
    assert all("Tampereen kaupunki" in each.title for each in pairs.items)
    with pytest.raises(NotFound):
        service.report(ReportAsk(View(place="FI197"), actor="nobody"))


def test_what_changed_of_an_actor_since_an_earlier_report(service: Service) -> None:
    actor = service.actor_meant("Tampereen kaupunki")
    then, now = View(as_of=date(2016, 12, 31)), View()
    earlier = service.report(ReportAsk(then, actor=actor)).record
    report = service.report(ReportAsk(now, actor=actor, since=earlier))
    (points,) = [block for block in section(report, "changes").blocks if isinstance(block, Points)]
    before, after = ({each.id for each, _ in service.network(view).partners(actor)} for view in (then, now))
    assert points.items[0].startswith(f"New partners: {len(after - before)}. ")
    assert len(after - before) > 5
    lost = [item for item in points.items if item.startswith("Partners lost")]
    assert bool(lost) == bool(before - after)
    rows = {row[0]: row[1:] for row in table(report, "compared").rows}
    figures = dict(earlier.figures), dict(report.record.figures)
    first, second, _ = rows["Partners"]
    assert isinstance(first, Amount)
    assert isinstance(second, Amount)
    assert (first.value, second.value) == (figures[0]["degree"], figures[1]["degree"]) == (len(before), len(after))
    same = service.report(ReportAsk(now, actor=actor, since=report.record))
    assert "New partners: 0." in repr(section(same, "changes"))
    other = service.report(ReportAsk(now, actor=actor, since=service.report(ReportAsk(now)).record))
    assert "another part of the network" in repr(section(other, "changes"))


@pytest.mark.parametrize("measure", ["degree", "strength", "betweenness"])
def test_its_map_is_drawn_by_the_measure_that_was_asked_for(service: Service, measure: str) -> None:
    view = sample_view()
    drawn = reporting.map_of(ReportAsk(view, suggestions=0, size=measure), service, service.map_content)
    values = service.measures(view, (measure,)).measures[measure].values
    assert drawn.size_measure == measure
    assert [each.importance for each in drawn.actors] == [values[each.id] for each in drawn.actors]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_it_speaks_one_language(service: Service, language: str) -> None:
    report = service.report(ReportAsk(sample_view(), language=language))
    heading = {"fi": "Avainluvut", "sv": "Nyckeltal", "en": "Key figures"}[language]
    assert report.sections[0].title == heading
    assert f'<html lang="{language}">' in report_file(report, "html").decode()


def test_an_empty_view_has_a_report_too(service: Service) -> None:
    report = service.report(ReportAsk(View(since=date(2090, 1, 1))))
    assert "There are no actors here." in repr(report.sections)
    assert report_file(report, "html")


def test_processes_can_share_it(report: Report) -> None:
    assert unpack(pack(report, Report), Report) == report


def test_what_is_hidden_is_nowhere(service: Service) -> None:
    view = sample_view()
    network = service.network(view)
    name = max(network.actors.values(), key=lambda each: len(network.partners(each.id)))
    hidden = Redaction(actors=frozenset({name.id}))
    open_ = everything(service.report(ReportAsk(view)))
    closed = everything(service.report(ReportAsk(view, redaction=hidden)))
    for text in (name.name, name.id, *(each.text for each in name.names)):
        assert not re.search(rf"(?<![\w-]){re.escape(text)}(?![\w-])", closed), text
    assert name.name in open_
    assert "Part of the data is left out" in closed


def test_kinds_and_fields_can_be_hidden(service: Service) -> None:
    view = sample_view()
    network = service.ground(view)
    hidden = Redaction(kinds=frozenset({ActorKind.FIRM}), fields=frozenset({Field.SUGGESTIONS, Field.SOURCES}))
    report = service.report(ReportAsk(view, redaction=hidden))
    said = everything(report)
    others = {actor.name for actor in network.actors.values() if actor.kind is not ActorKind.FIRM}
    for actor in network.actors.values():
        if actor.kind is ActorKind.FIRM and not any(actor.name in other for other in others):
            assert actor.name not in said
    assert "missing" not in {each.id for each in report.sections}
    assert report.record.suggestions == ()
    assert "CORDIS: EU research" not in said


def test_own_words_that_name_what_is_hidden_are_refused(service: Service) -> None:
    actor = service.actor_meant("Tampereen kaupunki")
    hidden = Redaction(actors=frozenset({actor}))
    for words in ({"title": "Tampereen kaupunki"}, {"imprint": Imprint("Kuva: Tampereen kaupunki")}):
        with pytest.raises(InvalidValue, match="hidden"):
            service.report(ReportAsk(sample_view(), redaction=hidden, **words))


def test_published_reports_are_compared_with_the_one_before(
    sample_copy: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    service = Service.open(Settings(store=sample_copy(), home=tmp_path_factory.mktemp("own")))
    ask = ReportAsk(sample_view(), suggestions=2)
    try:
        first = service.publish_report("region", ask, "Liisa")
        assert service.publish_report("region", ask, "Liisa") == first
        a, b = sorted(service.network(sample_view()).actors)[:2]
        service.judge(Saying(a, b, "Liisa", "a test"), Verdict.SAME)
        second = service.publish_report("region", ask, "Liisa")
        assert (second.number, service.publish_report("region", ask, "Liisa")) == (2, second)
        page = service.publications.page("region", 2)
        assert "Compared with the earlier report" in page
        assert "Compared with the earlier report" not in service.publications.page("region", 1)
        assert second.changed
        assert second.changed.gone_actors == 1
    finally:
        service.close()


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (reporting, "course_seconds"),
        (reporting, "change_seconds"),
        (suggesting, "seconds"),
        (spotting, "seconds"),
        (spotting, "coverage_seconds"),
        (drawing, "content_seconds"),
    ],
)
def test_what_a_report_takes_is_told_with_all_its_parts(
    service: Service, monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str
) -> None:
    before = reporting.seconds(ReportAsk(), service.outlook)
    monkeypatch.setattr(module, name, lambda *_: 1000.0)
    assert reporting.seconds(ReportAsk(), service.outlook) > 1000 > before


def test_a_report_that_is_compared_with_an_earlier_one_asks_for_no_change(service: Service) -> None:
    earlier = ReportAsk(since=Record("", date(2020, 1, 1), 1, (), (), ()))
    assert reporting.seconds(earlier, service.outlook) < reporting.seconds(ReportAsk(), service.outlook)
