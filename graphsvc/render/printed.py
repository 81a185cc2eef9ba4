"""The map as a file for print: SVG by itself, PDF and PNG through typst, which ``graphsvc[print]`` brings."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import tempfile
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final, Literal

from graphsvc.errors import InvalidValue
from graphsvc.render.content import MapContent
from graphsvc.render.sheet import PAPERS
from graphsvc.render.vector import InkName, PaperName, Picture, Sheet, draw
from graphsvc.wording import say

PrintFormat = Literal["svg", "pdf", "png"]
MEDIA_TYPES: Final[dict[PrintFormat, str]] = {"svg": "image/svg+xml", "pdf": "application/pdf", "png": "image/png"}
PER_INCH: Final = 300
"""Pixels of a PNG: what printing houses ask for."""
FACE: Final = "'Libertinus Serif'"
"""Typst brings it along (SIL Open Font License): the same letters on every machine. Others fill in what it lacks."""
BEGINNING: Final = 0
"""Moment of making that files bear, in seconds of 1970: the same map is the same bytes whenever it is made."""


@dataclass(frozen=True, slots=True)
class Print:
    """In which form a map is to be printed."""

    form: PrintFormat
    paper: PaperName = "a4"
    ink: InkName = "light"


def check_form(form: PrintFormat) -> None:
    """Raise :class:`InvalidValue` where what writes this form is not installed."""
    if form != "svg" and importlib.util.find_spec("typst") is None:
        raise InvalidValue(
            f"A map as {form.upper()} needs the package typst, which is not installed.",
            remedy='Install it with: pip install "graphsvc[print]". Or write .svg, which needs nothing.',
            field="format",
        )


def printed(content: MapContent, how: Print) -> bytes:
    """Return the map as a file for print; the same content gives the same bytes. Errors: as :func:`check_form`."""
    check_form(how.form)
    if how.form == "svg":
        return draw(content, Sheet(how.paper, how.ink)).svg.encode()
    pages_follow = how.form == "pdf"
    return _typeset(draw(content, Sheet(how.paper, how.ink, FACE, pages_follow)), content.language, how)


def _typeset(picture: Picture, language: str, how: Print) -> bytes:
    import typst  # optional: graphsvc[print]

    width, height = PAPERS[how.paper]
    said = {
        "title": picture.title,
        "description": picture.description,
        "language": language,
        "width": width,
        "height": height,
        "heading": say("paper", "numbers", language),
        "names": picture.left_over if how.form == "pdf" else (),
    }
    template = resources.files("graphsvc.render").joinpath("templates", "map.typ").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"map.typ": template, "map.svg": picture.svg, "map.json": json.dumps(said)}.items():
            Path(folder, name).write_text(text, encoding="utf-8", newline="\n")
        source = str(Path(folder, "map.typ"))
        if how.form == "pdf":
            # The standard refuses letters that no font at hand has; the file is tagged without its seal, too.
            with contextlib.suppress(typst.TypstError):
                return _compiled(source, how.form, "ua-1")
        return _compiled(source, how.form)


def _compiled(source: str, form: PrintFormat, *standards: Literal["ua-1"]) -> bytes:
    import typst

    made = typst.compile(source, format=form, ppi=PER_INCH, timestamp=BEGINNING, pdf_standards=list(standards))
    return bytes(made)
