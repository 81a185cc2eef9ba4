"""The map of a view: what is asked, and how network, measures and missing partnerships become what it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from graphsvc.analysis.reasons import method, reason
from graphsvc.analysis.results import Measures, Missing, Noun, Ref
from graphsvc.model import EVERYTHING, Source, View
from graphsvc.network import Network
from graphsvc.render.content import MapContent
from graphsvc.render.gather import Heading, Reason, build_content
from graphsvc.wording import say


@dataclass(frozen=True, slots=True)
class MapAsk:
    """Which map is asked for."""

    view: View = EVERYTHING
    language: str = "en"
    title: str = ""
    """Else it names the place and the theme that the map is about."""
    suggestions: int = 20
    """How many."""


class Parts(NamedTuple):
    """What a map is made of, all of one revision."""

    network: Network
    ground: Network
    """Has the names of all that the suggestions refer to."""
    measures: Measures
    missing: Missing
    sources: tuple[Source, ...]
    loaded: Mapping[str, date]
    """Id of a file source → the day on which its last import ended."""


def map_content(ask: MapAsk, parts: Parts) -> MapContent:
    """Return what the map shows."""
    network, missing = parts.network, parts.missing
    heading = Heading(
        language=ask.language,
        title=ask.title or _title(network, ask.language),
        as_of=ask.view.as_of,
        sources=parts.sources,
        local=network.located_in(network.view.place) if network.view.place else frozenset(),
        method=method(missing.how, ask.language) if missing.how else "",
        loaded=parts.loaded,
    )
    return build_content(heading, network, parts.measures, missing, _named_by(parts.ground))


def _named_by(network: Network) -> Reason:
    """Return how evidence becomes a sentence with the names of this network."""
    return lambda evidence, language, _: reason(evidence, language, lambda ref: network.name_of(ref, language))


def _title(network: Network, language: str) -> str:
    view = network.view
    about = [network.name_of(Ref(Noun.PLACE, view.place), language)] if view.place else []
    about += [network.name_of(Ref(Noun.THEME, view.theme), language)] if view.theme else []
    title = say("map", "page.title", language)
    return f"{title}: {', '.join(about)}" if about else title
