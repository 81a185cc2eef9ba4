"""The map page: one HTML file that works with the cable out, on paper, without a mouse and without JavaScript."""

from __future__ import annotations

import base64
import hashlib
import math
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from markupsafe import Markup

from graphsvc.model import ActorKind
from graphsvc.render import palette
from graphsvc.render.content import MapActor, MapContent, MapSuggestion, MapTie
from graphsvc.render.drawn import drawn_actors, resting_ties
from graphsvc.render.layout import Plan, positions
from graphsvc.render.plain import plain
from graphsvc.wording import number, say, table

if TYPE_CHECKING:
    from graphsvc.render.vis import ActorNetwork

SCRIPTS: Final = (
    "data",
    "pens",
    "scene",
    "labels",
    "view",
    "details",
    "controls",
    "search",
    "tables",
    "files",
    "start",
)
"""Our scripts in ``static/``, in the order in which they are joined."""
MOST_TIE_ROWS: Final = 5000
SMALLEST, LARGEST = 5.0, 19.0
"""Radii of the least and the most important actor's symbol, in pixels at scale 1."""


def render_map(content: MapContent) -> str:
    """Return the page as HTML text. The same content gives the same text in every process."""
    # pyvis brings IPython along: a good half second that only those who draw should wait for.
    from graphsvc.render.vis import ActorNetwork, environment, squeezed, vis_script

    page = _Page(content)
    scripts = squeezed([_static(f"{name}.js") for name in SCRIPTS])
    css = palette.css() + _tight(_static("map.css"))
    if "</script" in scripts.lower() or "</style" in css.lower():
        raise AssertionError("a script or style of the map would end its own element")
    context = {
        "page": page,
        "words": _Words(content.language),
        "css": Markup(css),  # noqa: S704  # ours, no data in it
        "vis": Markup(vis_script()),  # noqa: S704  # checked by its SHA-256
        "scripts": Markup(scripts),  # noqa: S704  # ours, no data in it
        "policy": policy(css, vis_script(), scripts),
    }
    network = ActorNetwork(content.title, environment(context), "map.html")
    page.fill(network)
    return str(network.generate_html())


def write_html(path: Path, text: str) -> None:
    """Write the page as UTF-8 whatever the locale, all or nothing: to a temporary file that then takes the name."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def policy(css: str, *scripts: str) -> str:
    """Return the page's content security policy: its own style and scripts by hash, pictures it makes, nothing else."""

    def source(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    return (
        "default-src 'none'; img-src data: blob:; base-uri 'none'; form-action 'none'; "
        f"style-src {source(css)}; script-src {' '.join(source(script) for script in scripts)}"
    )


class _Words:
    """Texts of the page in its language, for the template: ``words.say('reset')``."""

    def __init__(self, language: str) -> None:
        self.language = language

    def say(self, key: str, **parameters: object) -> str:
        return say("map", f"page.{key}", self.language, **parameters)

    def kind(self, kind: ActorKind) -> str:
        return say("kinds", f"actor.{kind.value}", self.language)

    def number(self, value: float, digits: int = 0) -> str:
        return number(value, self.language, digits)

    def live(self) -> dict[str, object]:
        """Return what the page's script says."""
        return {
            key.removeprefix("live."): texts[self.language]
            for key, texts in table("map").items()
            if key.startswith("live.")
        }


class _Page:
    """The content as the template and the script need it: numbers for ids, positions, rows."""

    def __init__(self, content: MapContent) -> None:
        self.content = content
        self.number_of = {actor.id: number for number, actor in enumerate(content.actors)}
        self.drawn = drawn_actors(content)
        self.resting = resting_ties(content, self.drawn)
        self.all_at_rest = len(self.resting) == sum(tie.a in self.drawn and tie.b in self.drawn for tie in content.ties)
        self.themes = sorted({theme for actor in content.actors for theme in actor.themes})
        self.place_names = sorted({actor.place for actor in content.actors if actor.place})
        self.groups = {community.id: plain(community.name) for community in content.communities}
        self._collaboration = {each.id: number for number, each in enumerate(content.collaborations)}

    def fill(self, network: ActorNetwork) -> None:
        """Hand actors, ties and suggestions over to pyvis."""
        sizes = _radii([actor.importance for actor in self.content.actors])
        places = self._places(sizes)
        theme_of = {theme: number for number, theme in enumerate(self.themes)}
        place_of = {place: number for number, place in enumerate(self.place_names)}
        for actor in self.content.actors:
            x, y = places.get(actor.id, (None, None))
            network.add_actor(
                self.number_of[actor.id],
                key=actor.id,
                label=actor.name,
                group=actor.kind.value,
                x=x,
                y=y,
                size=_short(sizes[self.number_of[actor.id]]),
                themes=tuple(theme_of[theme] for theme in actor.themes) or None,
                place=place_of.get(actor.place),
                site=safe_address(actor.website),
                community=actor.community,
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

    def _places(self, sizes: list[float]) -> dict[str, tuple[int, int]]:
        drawn = [actor for actor in self.content.actors if actor.id in self.drawn]
        seat = {actor.id: seat for seat, actor in enumerate(drawn)}
        plan = Plan(
            ties=tuple(
                (seat[tie.a], seat[tie.b], tie.weight)
                for tie in self.content.ties
                if tie.a in self.drawn and tie.b in self.drawn
            ),
            communities=tuple(actor.community for actor in drawn),
            radii=tuple(sizes[self.number_of[actor.id]] for actor in drawn),
        )
        points = positions(plan)
        return {actor.id: (round(x), round(y)) for actor, (x, y) in zip(drawn, points.tolist(), strict=True)}

    def extra(self) -> dict[str, object]:
        """Return what the script needs beside pyvis' nodes and edges; plain text, to be written as JSON."""
        language = self.content.language
        joint = sorted({each.kind for each in self.content.collaborations})
        return {
            "language": language,
            "summary": plain(self.content.summary),
            "footer": plain(self.footer()),
            "themes": _plain_all(self.themes),
            "places": _plain_all(self.place_names),
            "groups": {str(id_): name for id_, name in self.groups.items()},
            "kinds": {kind.value: _Words(language).kind(kind) for kind in self.kinds()},
            "shapes": {kind.value: palette.SHAPES[kind] for kind in self.kinds()},
            "palettes": {name: palette.inks(theme, self.kinds()) for name, theme in palette.THEMES.items()},
            "joint": [say("kinds", f"collaboration.{kind.value}", language) for kind in joint],
            "collaborations": [
                [plain(each.name), joint.index(each.kind), plain(each.years)] for each in self.content.collaborations
            ],
            "suggestions": [
                [
                    round(each.score, 4),
                    [plain(text) for text in each.reasons_for],
                    [plain(text) for text in each.reasons_against],
                ]
                for each in self.content.suggestions
            ],
            "isolated": say("map", "page.isolated", language),
        }

    def kinds(self) -> Mapping[ActorKind, int]:
        """Return the kinds on the page with their numbers of actors, in the order of the model."""
        counts = Counter(actor.kind for actor in self.content.actors)
        return {kind: counts[kind] for kind in ActorKind if counts[kind]}

    def actor(self, id_: str) -> MapActor:
        return self.content.actors[self.number_of[id_]]

    def partners(self) -> Mapping[str, int]:
        """Return the number of partners of each actor."""
        return Counter(end for tie in self.content.ties for end in (tie.a, tie.b))

    def tie_rows(self) -> tuple[MapTie, ...]:
        return self.content.ties[:MOST_TIE_ROWS]

    def names_of(self, tie: MapTie) -> str:
        names = [self.content.collaborations[self._collaboration[id_]].name for id_ in tie.collaborations]
        return "; ".join(names)

    def suggestion_rows(self) -> tuple[MapSuggestion, ...]:
        return self.content.suggestions

    def footer(self) -> str:
        """Return date and sources in one line, as every export carries them."""
        words = _Words(self.content.language)
        parts = [words.say("data_date", date=self.content.data_date.isoformat())] if self.content.data_date else []
        parts.append(words.say("revision", n=self.content.revision))
        parts += [source.name for source in self.content.sources]
        return " · ".join(parts)

    @staticmethod
    def address(text: str | None) -> str | None:
        return safe_address(text)

    @staticmethod
    def symbol(kind: ActorKind) -> str:
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


def _radii(importance: list[float]) -> list[float]:
    """Return radii whose areas grow with the measure, so that twice the value looks twice as large."""
    top = max(importance, default=0.0)
    if top <= 0:
        return [7.0 for _ in importance]
    return [
        round(math.sqrt(SMALLEST**2 + (LARGEST**2 - SMALLEST**2) * max(value, 0.0) / top), 1) for value in importance
    ]


def _plain_all(texts: Iterable[str]) -> list[str]:
    return [plain(text) for text in texts]


def _short(value: float) -> int | float:
    rounded = round(value, 4)
    return int(rounded) if rounded == int(rounded) else rounded


def _static(name: str) -> str:
    return resources.files("graphsvc.render").joinpath("static", name).read_text(encoding="utf-8")


def _tight(css: str) -> str:
    return "".join(line.strip() for line in css.splitlines())
