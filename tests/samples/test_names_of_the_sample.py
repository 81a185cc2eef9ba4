"""One actor of the sample under each of its names, and the body of today before the one that bore the name once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from graphsvc.service import Service
from graphsvc.settings import Settings


@pytest.fixture(scope="module")
def service(sample_copy: Callable[[], str]) -> Iterator[Service]:
    service = Service.open(Settings.load(store=sample_copy()))
    yield service
    service.close()


@pytest.mark.parametrize(
    "name",
    [
        "TAU",
        "Tampereen yliopisto",
        "Tampere University",
        "TAMPEREEN KORKEAKOULUSAATIO SR",
        "Tammerfors universitet",
        "tampereen ylipisto",
    ],
)
def test_every_name_of_the_university_means_it(service: Service, name: str) -> None:
    first = service.resolve_name(name)[0]
    assert first.actor.id == "fi-2844561-8"
    assert first.grounds, "it is said why"


@pytest.mark.parametrize("name", ["Tampereen yliopisto", "tampere university"])
def test_who_bears_a_name_now_comes_before_who_bore_it_once(service: Service, name: str) -> None:
    assert service.actor_meant(name) == "fi-2844561-8"


def test_former_names_lead_to_the_former_body(service: Service) -> None:
    assert service.actor_meant("Tampereen yliopisto (vuoteen 2018)") == "fi-0155668-4"
