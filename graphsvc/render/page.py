"""A map's content as template and script need it: numbers for ids, positions, rows, texts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from graphsvc import wording
from graphsvc.model import ActorKind
from graphsvc.render import palette
from graphsvc.render.content import MapActor, MapContent, MapPlace, MapTie
from graphsvc.render.drawn import REST, drawn_actors, gathered, is_crowded, resting_ties
from graphsvc.render.earlier import Earlier
from graphsvc.render.fields import EDGE_FIELDS, NODE_FIELDS
from graphsvc.render.layout import Plan, positions
from graphsvc.render.plain import plain, shortest
from graphsvc.wording import number, say, table

if TYPE_CHECKING:
    from graphsvc.render.vis import ActorNetwork

MOST_TIE_ROWS: Final = 5000
"""The table of ties holds so many, the CSV file all."""
SMALLEST, LARGEST = 5.0, 19.0
"""Radii of the least and the most important actor's symbol, in pixels at scale 1."""


_positions = lru_cache(maxsize=4)(positions)
"""The same map is made in three languages, as a page, a picture and a file."""


class Words:
    """Texts of the page in its language, for the template: ``words.say('reset')``."""

    def __init__(self, language: str) -> None:
        self.language = language

    def say(self, key: str, **parameters: object) -> str:
        """Return a text of the page."""
        return say("map", f"page.{key}", self.language, **parameters)

    def kind(self, kind: ActorKind) -> str:
        """Return the name of a kind of actor."""
        return say("kinds", f"actor.{kind.value}", self.language)

    def measure(self, id_: str) -> str:
        """Return what a measure of the catalogue says, as short as the legend needs it."""
        key = f"page.measure.{id_}"
        return say("map", key, self.language) if key in table("map") else say("measures", f"{id_}.name", self.language)

    def number(self, value: float, digits: int = 0) -> str:
        """Return a number as the language writes it."""
        return number(value, self.language, digits)

    def date(self, day: date) -> str:
        """Return a day as the language writes it: ``31.10.2026`` in Finnish, ``2026-10-31`` else."""
        return wording.day(day, self.language)

    def live(self) -> dict[str, object]:
        """Return what the page's script says."""
        return {
            key.removeprefix("live."): texts[self.language]
            for key, texts in table("map").items()
            if key.startswith("live.")
        }


class Page:
    """The content as the template and the script need it: numbers for ids, positions, rows."""

    node_fields = tuple(NODE_FIELDS)
    edge_fields = ("from", "to", *EDGE_FIELDS)

    def __init__(self, content: MapContent) -> None:
        self.content = content
        self.number_of = {actor.id: number for number, actor in enumerate(content.actors)}
        self.crowded = is_crowded(content)
        self.drawn = drawn_actors(content)
        self.group_of = gathered(content)
        self.resting = resting_ties(content, self.drawn, self.group_of)
        self.all_at_rest = len(self.resting) == sum(tie.a in self.drawn and tie.b in self.drawn for tie in content.ties)
        self.themes = _with_all_above(
            (theme for actor in content.actors for theme in actor.themes), content.themes_above
        )
        self.place_names = _with_all_above(
            (actor.place for actor in content.actors if actor.place), content.places_above
        )
        self.groups = {community.id: plain(community.name) for community in content.communities}
        if REST in self.group_of.values():
            self.groups[REST] = say("map", "page.rest", content.language)
        self._collaboration = {each.id: number for number, each in enumerate(content.collaborations)}
        self._digits = digits_for([actor.importance for actor in content.actors])
        self._kind = {kind: number for number, kind in enumerate(self.kinds())}

    def fill(self, network: ActorNetwork) -> None:
        """Hand actors, ties and suggestions over to pyvis."""
        sizes = radii([actor.importance for actor in self.content.actors])
        places = self.places(sizes)
        theme_of = {theme: number for number, theme in enumerate(self.themes)}
        place_of = {place: number for number, place in enumerate(self.place_names)}
        for actor in self.content.actors:
            x, y = places.get(actor.id, (None, None))
            network.add_actor(
                self.number_of[actor.id],
                key=actor.id,
                label=actor.name,
                group=self._kind[actor.kind],
                x=x,
                y=y,
                size=_short(sizes[self.number_of[actor.id]]),
                community=self.group_of.get(actor.id),
                place=place_of.get(actor.place),
                themes=tuple(theme_of[theme] for theme in actor.themes) or None,
                also="; ".join(actor.also) or None,
                site=safe_address(actor.website),
            )
        for index, tie in enumerate(self.content.ties):
            network.add_line(
                self.number_of[tie.a],
                self.number_of[tie.b],
                value=_short(tie.weight),
                via=tuple(self._collaboration[id_] for id_ in tie.collaborations),
                quiet=None if index in self.resting else True,
            )
        for suggestion in self.content.suggestions:
            network.add_line(
                self.number_of[suggestion.a], self.number_of[suggestion.b], dashes=True, rank=suggestion.rank
            )

    def places(self, sizes: list[float]) -> dict[str, tuple[int, int]]:
        """Return id → (x, y) of each actor that is drawn; ``sizes`` are the radii of all actors, in their order."""
        drawn = [actor for actor in self.content.actors if actor.id in self.drawn]
        seat = {actor.id: seat for seat, actor in enumerate(drawn)}
        plan = Plan(
            ties=tuple(
                (seat[tie.a], seat[tie.b], tie.weight)
                for tie in self.content.ties
                if tie.a in self.drawn and tie.b in self.drawn
            ),
            communities=tuple(self.group_of.get(actor.id) for actor in drawn),
            radii=tuple(sizes[self.number_of[actor.id]] for actor in drawn),
            rows=not self.crowded,
        )
        ids, before = [actor.id for actor in drawn], self.content.before
        points = Earlier(before).carried_on(plan, ids) if before else _positions(plan)
        return {actor.id: (round(x), round(y)) for actor, (x, y) in zip(drawn, points.tolist(), strict=True)}

    def stood(self) -> tuple[MapPlace, ...]:
        """Return where actors stand, for a later map to look like this one."""
        places = self.places(radii([actor.importance for actor in self.content.actors]))
        return tuple(MapPlace(id_, x, y, self.group_of.get(id_)) for id_, (x, y) in places.items())

    def extra(self) -> dict[str, object]:
        """Return what the script needs beside pyvis' nodes and edges; plain text, to be written as JSON."""
        language = self.content.language
        words = Words(language)
        joint = sorted({each.kind for each in self.content.collaborations})
        theme_of = {theme: number for number, theme in enumerate(self.themes)}
        return {
            "language": language,
            "summary": plain(self.content.alternative),
            "footer": plain(self.footer()),
            "crowded": self.crowded,
            "themes": _plain_all(self.themes),
            "places": _plain_all(self.place_names),
            "themesAbove": _numbered(self.content.themes_above, self.themes),
            "placesAbove": _numbered(self.content.places_above, self.place_names),
            "groups": [[id_, name] for id_, name in self.groups.items()],
            "kinds": [[kind.value, words.kind(kind)] for kind in self.kinds()],
            "shapes": {kind.value: palette.SHAPES[kind] for kind in self.kinds()},
            "palettes": {name: palette.inks(theme, self.kinds()) for name, theme in palette.THEMES.items()},
            "joint": [say("kinds", f"collaboration.{kind.value}", language) for kind in joint],
            "collaborations": [
                shortest(
                    [
                        plain(each.name),
                        joint.index(each.kind),
                        each.first,
                        each.last,
                        [theme_of[theme] for theme in each.themes if theme in theme_of],
                        safe_address(each.website),
                    ]
                )
                for each in self.content.collaborations
            ],
            "suggestions": [
                [round(each.score, 4), _plain_all(each.reasons_for), _plain_all(each.reasons_against)]
                for each in self.content.suggestions
            ],
            "story": [self.shown_by(step.fragment) for step in self.content.story],
            "isolated": say("map", "page.isolated", language),
        }

    def span(self) -> tuple[int, int] | None:
        """Return the first and the last year in which something runs; None where no years are known."""
        years = [year for each in self.content.collaborations for year in (each.first, each.last) if year]
        return (min(years), max(years)) if years else None

    def group_sizes(self) -> list[tuple[int, str, int]]:
        """Return id, name and number of actors of each group, the largest first."""
        counts = Counter(self.group_of.values())
        return sorted(
            ((id_, name, counts[id_]) for id_, name in self.groups.items()), key=lambda each: (-each[2], each[0])
        )

    def shown_by(self, fragment: str) -> str:
        """Return a story's view without what is not on this map: a publisher may have hidden it since."""
        said = parse_qsl(fragment) if "=" in fragment else [("actor", fragment)]
        here: Mapping[str, Collection[str]] = {
            "actor": self.number_of,
            "group": self.groups.values(),
            "theme": self.themes,
            "place": self.place_names,
        }
        return urlencode([(key, plain(value)) for key, value in said if value in here.get(key, (value,))])

    def kinds(self) -> Mapping[ActorKind, int]:
        """Return the kinds on the page with their numbers of actors, in the order of the model."""
        counts = Counter(actor.kind for actor in self.content.actors)
        return {kind: counts[kind] for kind in ActorKind if counts[kind]}

    def actor(self, id_: str) -> MapActor:
        """Return the actor with this id."""
        return self.content.actors[self.number_of[id_]]

    def partners(self) -> Mapping[str, int]:
        """Return the number of partners of each actor."""
        return Counter(end for tie in self.content.ties for end in (tie.a, tie.b))

    def measured(self, actor: MapActor) -> str:
        """Return an actor's value of the measure that sets the sizes, with as many digits as tell actors apart."""
        return Words(self.content.language).number(actor.importance, self._digits)

    def tie_rows(self) -> tuple[MapTie, ...]:
        """Return the ties that the table shows, strongest first."""
        return self.content.ties[:MOST_TIE_ROWS]

    def names_of(self, tie: MapTie) -> str:
        """Return the names of the collaborations of a tie in one line."""
        names = [self.content.collaborations[self._collaboration[id_]].name for id_ in tie.collaborations]
        return "; ".join(names)

    def licence(self) -> tuple[str, str | None]:
        """Return the words of the licence, and the address at their end, where there is one."""
        words, _, last = self.content.imprint.licence.rpartition(" ")
        address = safe_address(last)
        return (words or last, address) if address else (self.content.imprint.licence, None)

    def footer(self) -> str:
        """Return date, licence and sources in one line, as every export carries them."""
        words = Words(self.content.language)
        parts = [dated] if (dated := self.dated()) else []
        parts.append(words.say("revision", n=self.content.revision))
        parts += [self.content.imprint.licence] if self.content.imprint.licence else []
        parts += [source.name for source in self.content.sources]
        return " · ".join(parts)

    def dated(self) -> str:
        """Return the day of the data in words, or of its import where no source gives one; nothing without either."""
        words = Words(self.content.language)
        if self.content.data_date:
            return words.say("data_date", date=words.date(self.content.data_date))
        return words.say("loaded_on", date=words.date(self.content.loaded_on)) if self.content.loaded_on else ""

    def address(self, text: str | None) -> str | None:
        """Return a web address that may become a link, else None."""
        return safe_address(text)

    def symbol(self, kind: ActorKind) -> str:
        """Return the SVG path of a kind's symbol."""
        return palette.path(kind)


def safe_address(text: str | None) -> str | None:
    """Return a web address that may become a link, else None.

    >>> safe_address("https://example.org/a"), safe_address("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    if not text:
        return None
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return None
    return text.strip() if parts.scheme in ("http", "https") and parts.netloc else None


def radii(importance: list[float]) -> list[float]:
    """Return radii whose areas grow with the measure, so that twice the value looks twice as large."""
    top = max(importance, default=0.0)
    if top <= 0:
        return [7.0 for _ in importance]
    return [
        round(math.sqrt(SMALLEST**2 + (LARGEST**2 - SMALLEST**2) * max(value, 0.0) / top), 1) for value in importance
    ]


def _with_all_above(names: Iterable[str], above: Iterable[tuple[str, str]]) -> list[str]:
    """Return names and all that stand above them, sorted."""
    up, found = dict(above), set(names)
    for name in list(found):
        while (name := up.get(name, "")) and name not in found:
            found.add(name)
    return sorted(found)


def _numbered(above: Iterable[tuple[str, str]], names: list[str]) -> list[int | None]:
    """Return for each name the number of the one above it."""
    number, up = {name: number for number, name in enumerate(names)}, dict(above)
    return [number.get(up[name]) if name in up else None for name in names]


def digits_for(values: Collection[float]) -> int:
    """Return how many decimals tell values apart: none for whole ones, three for shares.

    >>> digits_for([1.0, 29.0]), digits_for([0.5, 29.0]), digits_for([0.123, 0.5])
    (0, 1, 3)
    """
    if all(value == int(value) for value in values):
        return 0
    return max(0, 3 - math.ceil(math.log10(max(values)))) if max(values) > 1 else 3


def _plain_all(texts: Iterable[str]) -> list[str]:
    return [plain(text) for text in texts]


def _short(value: float) -> int | float:
    rounded = round(value, 4)
    return int(rounded) if rounded == int(rounded) else rounded
