"""The sample networks that ship with the package."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from graphsvc.errors import NotFound
from graphsvc.model import View


def sample_path(name: str = "pirkanmaa") -> Path:
    """Return the path of a packaged sample workbook. Raises :class:`NotFound` for a name that is none."""
    path = Path(str(resources.files("graphsvc.samples"))) / name / f"{name}.xlsx"
    if not name.isidentifier() or not path.is_file():
        raise NotFound("sample", name)
    return path


def sample_view() -> View:
    """Return the view that the sample is about: all collaborations that touch Pirkanmaa (NUTS FI197)."""
    return View(place="FI197")
