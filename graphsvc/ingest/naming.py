"""A file that is called otherwise than where it lies: an upload has a name of our own on disk, and its own for people.

Readers tell a file's source, its kind and its place in sentences by ``path.name``; all that opens it takes the path.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

_Base: Any = type(Path())


class _Called(_Base):  # type: ignore[misc]  # PosixPath or WindowsPath
    called = ""

    @property
    def name(self) -> str:
        """The name that people know."""
        return self.called or str(super().name)


def called(path: Path, name: str) -> Path:
    """Return the same path with another ``name`` (and so ``suffix``); whatever is opened lies where it did."""
    if name == path.name:
        return path
    made: Path = _Called(path)
    made.called = name  # type: ignore[attr-defined]
    return made
