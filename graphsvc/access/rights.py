"""The rights that a caller may have, from the least to the greatest, and the caller itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Right(StrEnum):
    """What a caller may do. Each right holds those before it."""

    NOTHING = "nothing"
    """Only what says nothing of the graph: health, documentation."""
    READ = "read"
    WRITE = "write"
    """Import, judge, decide."""
    ADMIN = "admin"
    """Keys, and whatever else concerns the installation."""

    def holds(self, other: Right) -> bool:
        """Return whether whoever has this right may do what ``other`` allows."""
        order = list(Right)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks."""

    name: str
    """What stands in logs: the id of a key, or ``public``. Never the name of a person."""
    right: Right
    theme: str | None = None
    """Id of the theme that the caller is limited to."""
    place: str | None = None
    """Id of the place that the caller is limited to."""

    @property
    def limited(self) -> bool:
        """Whether only a part of the network may be asked about."""
        return bool(self.theme or self.place)


PUBLIC: Final = "public"
"""Name of a caller that shows no key."""
EVERYONE: Final = Caller(PUBLIC, Right.ADMIN)
"""The caller where nobody is asked for a key: one person's own machine."""
