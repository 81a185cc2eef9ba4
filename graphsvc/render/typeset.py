"""Typesetting: a template of ours and its data become PDF or PNG, the same bytes on every machine, by typst.

All data goes in as files that the template reads (``json("said.json")``, ``image("map.svg")``) and sets as text:
nothing is built as markup, so nothing from data can be taken for it.
"""

from __future__ import annotations

import contextlib
import importlib.util
import tempfile
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Final, Literal

from graphsvc.errors import InvalidValue
from graphsvc.render.faces import check_face, put_face

Typeset = Literal["pdf", "png"]
PER_INCH: Final = 300
"""Pixels of a PNG: what printing houses ask for."""
BEGINNING: Final = 0
"""Moment of making that files bear, in seconds of 1970: the same content is the same bytes whenever it is made."""


def check_typesetting(what: str, instead: str) -> None:
    """Raise :class:`InvalidValue` where what typesets is not installed; ``what`` needs it, ``instead`` does without."""
    if importlib.util.find_spec("typst") is None:
        raise InvalidValue(
            f"{what} needs the package typst, which is not installed.",
            remedy=f'Install it with: pip install "graphsvc[print]". {instead}',
            field="format",
        )
    check_face()


def typeset(template: str, files: Mapping[str, str], form: Typeset = "pdf") -> bytes:
    """Return what a template of ``templates/`` makes of the files it reads, by name; the same bytes for the same ones.

    A PDF is tagged; it follows PDF/UA-1 where the faces at hand have all its letters, a title, and texts for pictures.
    """
    source = resources.files("graphsvc.render").joinpath("templates", template).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        put_face(Path(folder))
        for name, text in {template: source, **files}.items():
            Path(folder, name).write_text(text, encoding="utf-8", newline="\n")
        if form == "png":
            return _compiled(Path(folder, template), form)
        return _as_pdf(Path(folder, template))


def _as_pdf(source: Path) -> bytes:
    import typst  # optional: graphsvc[print]

    # The standard refuses letters that no face at hand has; the file is tagged without its seal, too.
    with contextlib.suppress(typst.TypstError):
        return _compiled(source, "pdf", "ua-1")
    return _compiled(source, "pdf")


def _compiled(source: Path, form: Typeset, *standards: Literal["ua-1"]) -> bytes:
    import typst

    made = typst.compile(
        str(source),
        format=form,
        font_paths=[str(source.parent)],
        ppi=PER_INCH,
        timestamp=BEGINNING,
        pdf_standards=list(standards),
    )
    return bytes(made)
