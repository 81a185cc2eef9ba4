"""Who is hidden is named nowhere, also where the map or the file does not show who is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from graphsvc.drawing import MapAsk
from graphsvc.errors import InvalidValue
from graphsvc.exporting import Ask
from graphsvc.hiding import concealed
from graphsvc.model import EVERYTHING, ActorKind, View
from graphsvc.render.printed import Print
from graphsvc.render.redaction import Redaction
from graphsvc.reporting import ReportAsk
from graphsvc.samples import sample_view
from graphsvc.service import Service
from graphsvc.settings import Settings
from tests.render.test_redaction import page_text, texts

FIRMS = sample_view().model_copy(update={"kinds": (ActorKind.FIRM,)})
"""Of its suggestions many have a research organisation between them, which it does not show."""
BETWEEN = ActorKind.RESEARCH_ORGANISATION
VTT = "fi-2647375-4"


@pytest.fixture(scope="module")
def service(sample_copy: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    service = Service.open(Settings(store=sample_copy(), home=tmp_path_factory.mktemp("home")))
    yield service
    service.close()


@pytest.fixture(scope="module")
def names(service: Service) -> set[str]:
    """Names of the research organisations of the whole graph."""
    return {each.name for each in service.snapshot().actors if each.kind is BETWEEN}


def test_a_reason_names_nobody_hidden_who_is_not_on_the_map(service: Service, names: set[str]) -> None:
    hides = Redaction(kinds=frozenset({BETWEEN}))
    ask = MapAsk(FIRMS)
    content = service.map_content(ask)
    assert not any(each.kind is BETWEEN for each in content.actors)
    told = {name for name in names if any(name in text for text in texts(content))}
    assert len(told) > 1
    page, sheet = service.drawn(ask, hides), service.printed(ask, Print("svg"), hides).decode()
    version, hidden = service.publish("without", ask, hides, "Liisa")
    for made in (page_text(page), sheet, page_text(service.publications.page("without", version.number))):
        assert not {name for name in told if name in made}
    assert hidden == service.hidden(ask, hides)
    assert hidden.actors == ()
    assert hidden.sentences > 0


def test_who_is_not_on_the_map_can_be_hidden_by_id(service: Service) -> None:
    ask, hides = MapAsk(FIRMS), Redaction(actors=frozenset({VTT}))
    name = service.network().actors[VTT].name
    assert VTT not in service.network(FIRMS).actors
    assert name in page_text(service.drawn(ask))
    assert name not in page_text(service.drawn(ask, hides))


def test_a_report_and_a_map_hide_the_same(service: Service, names: set[str]) -> None:
    hides = Redaction(kinds=frozenset({BETWEEN}))
    found = concealed(service.outlook, hides, FIRMS)
    assert all(found.names.first_in(name) for name in names)
    report = service.report(ReportAsk(FIRMS, redaction=hides))
    assert not any(found.names.first_in(text) for text in texts(report))


def test_a_body_is_hidden_with_all_its_entries(service: Service) -> None:
    canonical = service.outlook.identity().canonical
    folded = next(id_ for id_, stands in canonical.items() if id_ != stands)
    found = concealed(service.outlook, Redaction(actors=frozenset({folded})))
    assert {folded, canonical[folded]} <= found.actors
    assert canonical[folded] not in page_text(service.drawn(MapAsk(), Redaction(actors=frozenset({folded}))))


@pytest.mark.parametrize("noun", ["actor", "collaboration"])
def test_what_the_graph_has_not_can_not_be_hidden(service: Service, noun: str) -> None:
    hides = Redaction(**{f"{noun}s": frozenset({"nobody"})})
    for make in (
        lambda: service.drawn(MapAsk(), hides),
        lambda: service.export_as(Ask("json", view=View(), redaction=hides)),
        lambda: service.report(ReportAsk(redaction=hides)),
    ):
        with pytest.raises(InvalidValue, match=f"no {noun} 'nobody'"):
            make()


@pytest.mark.parametrize("format_", ["graphml", "json", "csv"])
def test_no_network_in_two_modes_has_a_collaboration_named_after_someone_hidden(
    service: Service, format_: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = service.network()
    other = next(each for each in network.collaborations.values() if VTT not in network.members[each.id])
    named = other.model_copy(update={"name": f"Testbed of {network.actors[VTT].name}"})
    monkeypatch.setitem(network.collaborations, other.id, named)
    monkeypatch.delitem(network.__dict__, "two_mode", raising=False)

    def said(hides: Redaction) -> str:
        return service.export_as(Ask(format_, two_mode=True, view=EVERYTHING, redaction=hides)).content.decode()  # type: ignore[arg-type]

    assert named.name in said(Redaction())
    assert network.actors[VTT].name not in said(Redaction(actors=frozenset({VTT})))
    network.__dict__.pop("two_mode")
