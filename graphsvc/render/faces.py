"""The face of everything on paper: DejaVu Sans, as matplotlib brings it along.

A face from the system would give other bytes on each machine, and typst brings no sans. matplotlib, which draws the
charts of reports, ships DejaVu (free licence, all letters of the European languages) and writes its charts in it, so
that map, chart and text agree (docs/decisions/0023-maps-on-paper.md).
"""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from typing import Final

from graphsvc.errors import InvalidValue

FACE: Final = "DejaVu Sans"
"""The family's name, for CSS and for typst."""
FILES: Final = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf")


def check_face() -> None:
    """Raise :class:`InvalidValue` where the face is not installed."""
    folder = _folder()
    if folder is None or not all((folder / name).is_file() for name in FILES):
        raise InvalidValue(
            f"Print needs the face {FACE}, which the package matplotlib brings; it is not installed.",
            remedy='Install it with: pip install "graphsvc[print]".',
            field="format",
        )


def put_face(folder: Path) -> None:
    """Copy the face's files into a folder, from which typst reads them. Errors: those of :func:`check_face`.

    Only these: beside them lie faces for formulas and one that has a box for every letter there is.
    """
    check_face()
    for name in FILES:
        shutil.copyfile(f"{_folder()}/{name}", folder / name)


def _folder() -> Path | None:
    # Without importing it: that takes a third of a second and writes a cache.
    found = importlib.util.find_spec("matplotlib")
    if found is None or not found.submodule_search_locations:
        return None
    return Path(found.submodule_search_locations[0], "mpl-data", "fonts", "ttf")
