"""A portrait as PDF: one A4, tagged, the same bytes for the same content, set by typst."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Final

from graphsvc.render import portrait_sheet
from graphsvc.render.faces import FACE
from graphsvc.render.portrait_content import Portrait
from graphsvc.render.portrait_picture import Frame, picture
from graphsvc.render.portrait_sheet import sheet_of
from graphsvc.render.typeset import check_typesetting, typeset
from graphsvc.wording import say

_SIZES: Final = {
    "size": portrait_sheet.SIZE,
    "small": portrait_sheet.SMALL,
    "title": portrait_sheet.TITLE,
    "width": portrait_sheet.WIDTH,
    "gap": portrait_sheet.GAP,
    "facts": portrait_sheet.FACTS_WIDTH,
    "map": portrait_sheet.MAP[0],
    "left": portrait_sheet.LEFT,
    "right": portrait_sheet.RIGHT,
    "fact": portrait_sheet.FACT,
    "partner": portrait_sheet.PARTNER,
    "theme": portrait_sheet.THEME,
}


def check_portrait_print() -> None:
    """Raise :class:`InvalidValue` where what writes PDF is not installed."""
    check_typesetting("A portrait as PDF", "Or write .html or .json, which need nothing.")


def print_portrait(portrait: Portrait) -> bytes:
    """Return a portrait as PDF. Errors: those of :func:`check_portrait_print`."""
    check_portrait_print()
    width, height = portrait_sheet.MAP
    drawn = picture(portrait.around, Frame(face=f"'{FACE}'", width=width, height=height))
    said = {
        "sheet": asdict(sheet_of(portrait)),
        "language": portrait.language,
        "alternative": portrait.around.alternative,
        "empty": {
            key: say("portrait", f"page.{key}", portrait.language)
            for key in ("none", "no_openings", "no_contradictions")
        },
        "sizes": _SIZES,
    }
    return typeset("portrait.typ", {"around.svg": drawn, "portrait.json": json.dumps(said, ensure_ascii=False)})
