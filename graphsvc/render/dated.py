"""The day that the data shown speaks of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Protocol


class Dated(Protocol):
    """A source."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def stated(self) -> date | None: ...  # noqa: D102


def stated_day(sources: Iterable[Dated], loaded: Mapping[str, date], speaking: Collection[str]) -> date | None:
    """Return the latest day that a source states; None where none does, or what is shown may be of a later day.

    That is so where a source that says who took part in what (``speaking``: ids) states no day and its file was read
    after it (``loaded``): its list of this year is not as of the day of a register of some years ago, and what can be
    told is when it was read. A file that only passes on what sources of its own say doesn't speak itself.
    """
    days = {each.id: each.stated for each in sources}
    latest = max((day for day in days.values() if day), default=None)
    undated = (loaded[id_] for id_ in speaking if id_ in loaded and not days.get(id_))
    if latest is None or any(day > latest for day in undated):
        return None
    return latest
