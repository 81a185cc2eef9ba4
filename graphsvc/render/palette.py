"""Shapes and colours of the map, once for canvas, SVG, legend and style sheet.

Kinds differ in shape *and* colour, so that the map reads without colour vision and in a black and white print. Colours
keep a contrast of 3 : 1 against the page (WCAG 2.1, 1.4.11); ``suggestion`` is used for nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import cos, pi, sin
from typing import Final

from graphsvc.model import ActorKind

Outline = tuple[tuple[float, float], ...]


def _regular(corners: int, radius: float, turn: float = -pi / 2) -> Outline:
    angles = [turn + 2 * pi * corner / corners for corner in range(corners)]
    return tuple((round(radius * cos(angle), 2), round(radius * sin(angle), 2)) for angle in angles)


SHAPES: Final[Mapping[ActorKind, Outline]] = {
    ActorKind.UNIVERSITY: ((-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)),
    ActorKind.RESEARCH_ORGANISATION: _regular(5, 1.1),
    ActorKind.FIRM: (),
    ActorKind.PUBLIC_BODY: ((0.0, -1.1), (1.12, 0.9), (-1.12, 0.9)),
    ActorKind.CIVIL_SOCIETY: ((0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)),
    ActorKind.OTHER: _regular(6, 1.05, 0.0),
    ActorKind.UNKNOWN: (
        (-0.4, -1.1), (0.4, -1.1), (0.4, -0.4), (1.1, -0.4), (1.1, 0.4), (0.4, 0.4),
        (0.4, 1.1), (-0.4, 1.1), (-0.4, 0.4), (-1.1, 0.4), (-1.1, -0.4), (-0.4, -0.4),
    ),
}  # fmt: skip
"""Corners around (0, 0) for a symbol of radius 1, y downwards; a circle has none."""

Theme = Mapping[str, str]

LIGHT: Final[Theme] = {
    "page": "#ffffff",
    "panel": "#f6f8fa",
    "text": "#16202b",
    "muted": "#526070",
    "line": "#d0d7de",
    "control": "#76818d",
    "link": "#0a4d8c",
    "on-link": "#ffffff",
    "hull": "#eef1f5",
    "group": "#46566b",
    "tie": "#8796a6",
    "tie-strong": "#44515f",
    "outline": "#17202a",
    "ring": "#0a4d8c",
    "suggestion": "#a8005c",
    "university": "#d35400",
    "research_organisation": "#9a5b00",
    "firm": "#0072b2",
    "public_body": "#008f6b",
    "civil_society": "#7a55a8",
    "other": "#4a5866",
    "unknown": "#868686",
}
DARK: Final[Theme] = {
    "page": "#11161d",
    "panel": "#1a222c",
    "text": "#eef2f6",
    "muted": "#a9b5c2",
    "line": "#3a4654",
    "control": "#8894a1",
    "link": "#8ec5ff",
    "on-link": "#0c1218",
    "hull": "#1e2731",
    "group": "#b4c2d1",
    "tie": "#66778a",
    "tie-strong": "#c3cfdb",
    "outline": "#f2f5f8",
    "ring": "#8ec5ff",
    "suggestion": "#ff7fb5",
    "university": "#ff9a52",
    "research_organisation": "#d9a441",
    "firm": "#5cb2ee",
    "public_body": "#3cc79f",
    "civil_society": "#b99be6",
    "other": "#8496aa",
    "unknown": "#b3b3b3",
}
GREY: Final[Theme] = {
    **LIGHT,
    "hull": "#f0f0f0",
    "group": "#333333",
    "text": "#000000",
    "muted": "#404040",
    "tie": "#8c8c8c",
    "tie-strong": "#404040",
    "outline": "#000000",
    "ring": "#000000",
    "suggestion": "#000000",
    "university": "#1a1a1a",
    "research_organisation": "#595959",
    "firm": "#ffffff",
    "public_body": "#a6a6a6",
    "civil_society": "#7a7a7a",
    "other": "#d0d0d0",
    "unknown": "#ffffff",
}
"""For print without colour: shapes tell the kinds apart, black outlines hold the light ones."""
THEMES: Final = {"light": LIGHT, "dark": DARK}
_INKS = ("page", "text", "muted", "hull", "group", "tie", "tie-strong", "outline", "ring", "suggestion")


def inks(theme: Theme, kinds: Iterable[ActorKind]) -> Theme:
    """Return the colours that the drawing needs, without those of the page around it."""
    return {name: theme[name] for name in (*_INKS, *(kind.value for kind in kinds))}


def path(kind: ActorKind) -> str:
    """Return the SVG path of a kind's symbol with radius 1, the circle included."""
    corners = SHAPES[kind]
    if not corners:
        return "M-1 0A1 1 0 1 1 1 0A1 1 0 1 1 -1 0Z"
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in corners) + "Z"


def css() -> str:
    """Return the style sheet's variables: light on paper; on screen dark by the reader's system or the button."""

    def variables(theme: Theme) -> str:
        return "".join(f"--{name}:{value};" for name, value in theme.items())

    kinds = "".join(f".k-{kind.value}{{fill:var(--{kind.value})}}" for kind in ActorKind)
    return (
        f":root{{color-scheme:light;{variables(LIGHT)}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light])"
        f"{{color-scheme:dark;{variables(DARK)}}}}}"
        f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;{variables(DARK)}}}}}"
        f"{kinds}"
    )
