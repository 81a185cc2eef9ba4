"""Colours that can be told apart and read, computed, not judged by eye."""

from __future__ import annotations

from itertools import combinations

import pytest

from graphsvc.model import ActorKind
from graphsvc.render.palette import DARK, LIGHT, SHAPES, THEMES, Theme, inks, path

KINDS = [kind.value for kind in ActorKind]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.1)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(colour: str) -> tuple[float, float, float]:
    """CIE 1976 L*a*b*, D65."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    r, g, b = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_contrast(theme: Theme) -> None:
    for ground in ("page", "panel"):
        for text in ("text", "muted", "link", "suggestion"):
            assert contrast(theme[text], theme[ground]) >= 4.5, f"{text} on {ground}"
        for part in (*KINDS, "control", "ring", "outline"):
            assert contrast(theme[part], theme[ground]) >= 3, f"{part} on {ground}"
    for part in ("group", "text"):
        assert contrast(theme[part], theme["hull"]) >= 4.5
    for part in (*KINDS, "suggestion", "tie-strong"):
        assert contrast(theme[part], theme["hull"]) >= 3, f"{part} on hull"
    assert contrast(theme["on-link"], theme["link"]) >= 4.5


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_suggestions_colour_is_used_for_nothing_else(theme: Theme) -> None:
    others = {name: colour for name, colour in theme.items() if name != "suggestion"}
    for name, colour in others.items():
        distance = sum((p - q) ** 2 for p, q in zip(lab(theme["suggestion"]), lab(colour), strict=True)) ** 0.5
        assert distance > 25, f"{name} looks like a suggestion"


def test_kinds_differ_in_shape_and_colour() -> None:
    assert len({path(kind) for kind in ActorKind}) == len(ActorKind)
    assert set(SHAPES) == set(ActorKind)
    for theme in (LIGHT, DARK):
        for first, second in combinations(KINDS, 2):
            distance = sum((p - q) ** 2 for p, q in zip(lab(theme[first]), lab(theme[second]), strict=True)) ** 0.5
            assert distance > 10, f"{first} and {second}"


def test_both_themes_name_the_same_colours() -> None:
    assert set(LIGHT) == set(DARK)
    assert set(inks(LIGHT, [ActorKind.FIRM])) >= {"firm", "suggestion", "page"}
    assert "university" not in inks(LIGHT, [ActorKind.FIRM])
