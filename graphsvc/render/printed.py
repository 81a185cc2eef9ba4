"""The map as a file for print: SVG by itself, PDF and PNG through typst (:mod:`graphsvc.render.typeset`)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final, Literal

from graphsvc.render.content import MapContent
from graphsvc.render.faces import FACE
from graphsvc.render.sheet import PAPERS
from graphsvc.render.typeset import check_typesetting, typeset
from graphsvc.render.vector import InkName, PaperName, Picture, Sheet, draw
from graphsvc.wording import say

PrintFormat = Literal["svg", "pdf", "png"]
MEDIA_TYPES: Final[dict[PrintFormat, str]] = {"svg": "image/svg+xml", "pdf": "application/pdf", "png": "image/png"}


@dataclass(frozen=True, slots=True)
class Print:
    """In which form a map is to be printed."""

    form: PrintFormat
    paper: PaperName = "a4"
    ink: InkName = "light"


def check_form(form: PrintFormat) -> None:
    """Raise :class:`InvalidValue` where what writes this form is not installed."""
    if form != "svg":
        check_typesetting(f"A map as {form.upper()}", "Or write .svg, which needs nothing.")


def printed(content: MapContent, how: Print) -> bytes:
    """Return the map as a file for print; the same content gives the same bytes. Errors: as :func:`check_form`."""
    check_form(how.form)
    if how.form == "svg":
        return draw(content, Sheet(how.paper, how.ink)).svg.encode()
    picture = draw(content, Sheet(how.paper, how.ink, f"'{FACE}'", pages_follow=how.form == "pdf"))
    files = {"map.svg": picture.svg, "map.json": json.dumps(_said(picture, content.language, how))}
    return typeset("map.typ", files, how.form)


def _said(picture: Picture, language: str, how: Print) -> dict[str, object]:
    width, height = PAPERS[how.paper]
    return {
        "title": picture.title,
        "description": picture.description,
        "language": language,
        "width": width,
        "height": height,
        "heading": say("paper", "numbers", language),
        "names": picture.left_over if how.form == "pdf" else (),
    }
