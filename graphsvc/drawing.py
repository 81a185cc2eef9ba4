"""The map of a view: what is asked, and how network, measures and missing partnerships become what it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from graphsvc import measuring, suggesting
from graphsvc.analysis.catalogue import SHOWN
from graphsvc.analysis.measures import ACTOR_MEASURES
from graphsvc.analysis.reasons import NameOf, method, reason
from graphsvc.analysis.results import Measures, Missing, Noun, Ref
from graphsvc.errors import InvalidValue
from graphsvc.model import EVERYTHING, Source, View
from graphsvc.network import Network
from graphsvc.outlook import Outlook, Shared
from graphsvc.render.content import SAYS_NOTHING, Imprint, MapContent, MapPlace
from graphsvc.render.gather import Heading, Reason, build_content
from graphsvc.render.page import Page as MapPage
from graphsvc.render.printed import Print
from graphsvc.render.story import Story, with_story
from graphsvc.suggesting import Selection
from graphsvc.wording import day, say

_ROW: Final = 2e-4
"""Seconds that an actor or a tie takes to be drawn and written."""
_SHOWN: Final = 2e-5
"""Seconds that an actor or a tie takes to be told to the map."""


@dataclass(frozen=True, slots=True)
class MapAsk:
    """Which map is asked for."""

    view: View = EVERYTHING
    language: str = "en"
    title: str = ""
    """Else it names the place, the theme and the period that the map is about."""
    suggestions: int = 20
    """How many."""
    size: str = ""
    """Id of the measure of actors that sets the sizes; empty for the usual one."""
    before: tuple[MapPlace, ...] = ()
    """Where actors stood on the map that this one shall look like."""
    like_day: date | None = None
    """Else it is laid out like the map of this day."""
    story: Story | None = None
    imprint: Imprint = SAYS_NOTHING
    """Caption, licence, alternative text."""

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures that the map needs. :class:`InvalidValue` for a size that is no measure of actors."""
        if self.size and self.size not in ACTOR_MEASURES:
            raise InvalidValue(
                f"{self.size!r} is no measure of actors.",
                remedy=f"Measures are {', '.join(ACTOR_MEASURES)}.",
                field="size",
            )
        return tuple(dict.fromkeys((*SHOWN, self.size))) if self.size else tuple(SHOWN)

    @property
    def selection(self) -> Selection:
        """The missing partnerships that the map shows."""
        return Selection(self.suggestions, drawn=True)

    @property
    def earlier(self) -> MapAsk:
        """The same map of the day that it is to look like."""
        view = self.view.model_copy(update={"as_of": self.like_day})
        return replace(self, view=view, like_day=None, story=None)


@dataclass(frozen=True, slots=True)
class DrawAsk:
    """Which map, and as which file."""

    map: MapAsk
    how: Print | None = None
    """None for the page to explore."""

    @property
    def shared(self) -> Shared[Drawn]:
        """The question as processes share its answer."""
        return Shared(f"{self} {measuring.versions(self.map.measures)}", self.map.view, Drawn)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A map as a file."""

    content: bytes
    revision: int


def seconds(ask: MapAsk, outlook: Outlook) -> float:
    """Return about how many seconds a map takes: what isn't measured and listed yet, and what is drawn and written.

    :class:`graphsvc.errors.NotFound` for an unknown theme or place.
    """
    found = content_seconds(ask, outlook) + _to_draw(outlook.network(ask.view))
    return found + (seconds(ask.earlier, outlook) if ask.like_day else 0.0)


def content_seconds(ask: MapAsk, outlook: Outlook) -> float:
    """Return about how many seconds it takes to find what a map shows, without its drawing. Errors: :func:`seconds`."""
    network, listed = outlook.network(ask.view), suggesting.shared(ask.view, ask.selection)
    found = _SHOWN * (len(network.actors) + network.arrays.edges)
    if not outlook.holds(measuring.shared(ask.view, ask.measures)):
        found += measuring.seconds(network, ask.measures)
    if ask.suggestions and not outlook.holds(listed):
        found += suggesting.seconds(ask.view, outlook)
    return found


def refuse_large(ask: MapAsk, outlook: Outlook) -> None:
    """Raise :class:`InvalidValue` for a map whose drawing alone takes longer than a request may.

    :class:`graphsvc.errors.NotFound` for an unknown theme or place.
    """
    network = outlook.network(ask.view)
    if _to_draw(network) > measuring.REQUEST_SECONDS:
        raise InvalidValue(
            f"A map of {len(network.actors)} actors and {network.arrays.edges} ties is too large to be published here.",
            remedy="Publish a part of it: a place or a theme; or all of it at the terminal: graphsvc publish",
        )


def _to_draw(network: Network) -> float:
    return _ROW * (len(network.actors) + network.arrays.edges)


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
    speaking: frozenset[str]
    """Ids of the sources that say who took part in what."""


def map_content(ask: MapAsk, parts: Parts) -> MapContent:
    """Return what the map shows."""
    network, missing = parts.network, parts.missing
    title = say("map", "page.title", ask.language)
    heading = Heading(
        language=ask.language,
        title=ask.title or view_title(title, ask.view, ask.language, _namer(network, ask.language)),
        as_of=ask.view.as_of,
        sources=parts.sources,
        local=network.located_in(network.view.place) if network.view.place else frozenset(),
        method=method(missing.how, ask.language) if missing.how else "",
        loaded=parts.loaded,
        speaking=parts.speaking,
        size=ask.size,
    )
    content = build_content(heading, network, parts.measures, missing, _named_by(parts.ground))
    content = replace(content, before=ask.before, imprint=ask.imprint)
    return with_story(content, ask.story) if ask.story else content


def laid_out_like(content: MapContent, earlier: MapContent) -> MapContent:
    """Return the map's content, to be laid out like an earlier map."""
    return replace(content, before=MapPage(earlier).stood())


def _named_by(network: Network) -> Reason:
    """Return how evidence becomes a sentence with the names of this network."""
    return lambda evidence, language, _: reason(evidence, language, _namer(network, language))


def _namer(network: Network, language: str) -> NameOf:
    return lambda ref: network.name_of(ref, language)


def view_title(title: str, view: View, language: str, name_of: NameOf, *about: str) -> str:
    """Return a title that names what a view is about: ``about`` before all, then place, theme and period.

    ``name_of`` returns the name of a place or a theme.
    """
    refs = (Noun.PLACE, view.place), (Noun.THEME, view.theme)
    named = [*about, *(name_of(Ref(noun, id_)) for noun, id_ in refs if id_)]
    named += [period] if (period := _period(view, language)) else []
    return f"{title}: {', '.join(named)}" if named else title


def _period(view: View, language: str) -> str:
    """Return from when to when collaborations count: years, where the days are the first and the last of years."""
    since, until = view.since, view.until
    first = _day(since, (1, 1), language)
    last = _day(until, (12, 31), language)
    if since and until:
        return first if first == last else f"{first}\N{EN DASH}{last}"
    if since:
        return say("map", "live.years_from", language, start=first)
    return say("map", "live.years_to", language, end=last) if until else ""


def _day(value: date | None, usual: tuple[int, int], language: str) -> str:
    if value is None:
        return ""
    return str(value.year) if (value.month, value.day) == usual else day(value, language)
