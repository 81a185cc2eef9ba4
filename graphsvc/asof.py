"""The network as of a day: whatever begins later is not there. This is the one place that says what that means.

A fact without a day holds on any day: an actor is in a list, a claim on its page, whether or not a source dated it.
Only the *network* of a view leaves undated collaborations out, since it can't place them in time, and says how many.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from graphsvc.model import Actor, Collaboration, Link, Participation

T = TypeVar("T", Actor, Collaboration)

HOME_ZONE: Final = ZoneInfo("Europe/Helsinki")
"""Where a day begins and ends."""


def day_of(moment: datetime) -> date:
    """Return the day of a moment, as people here count days."""
    return moment.astimezone(HOME_ZONE).date()


def end_of(day: date) -> datetime:
    """Return the moment at which a day is over; of the last day of the calendar its last moment."""
    if day == date.max:
        return datetime.combine(day, time.max, HOME_ZONE)
    return datetime.combine(day + timedelta(days=1), time.min, HOME_ZONE)


def days_after(day: date, days: int) -> date:
    """Return the day so many days later, or earlier; where the calendar ends before, its first or last day.

    >>> days_after(date(2024, 2, 28), 2), days_after(date.max, 1), days_after(date.min, -1)
    (datetime.date(2024, 3, 1), datetime.date(9999, 12, 31), datetime.date(1, 1, 1))
    """
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


def bounds(first: date | None, last: date | None) -> tuple[datetime | None, datetime | None]:
    """Return the moments from which and before which something happened on the days from ``first`` to ``last``.

    None where there is no such bound, also for a day so far away that its moments can't be told in every zone.
    """
    since = datetime.combine(first, time.min, HOME_ZONE) if first and first.year > date.min.year else None
    return since, end_of(last) if last and last.year < date.max.year else None


def begun(start: date | None, as_of: date | None) -> bool:
    """Whether what begins on ``start`` was there on a day; without ``as_of`` it always is.

    >>> begun(date(2020, 1, 1), date(2019, 12, 31)), begun(date(2020, 1, 1), date(2020, 1, 1)), begun(None, date.min)
    (False, True, True)
    """
    return start is None or as_of is None or start <= as_of


def participations(
    claims: Iterable[tuple[Participation, T]], as_of: date | None
) -> tuple[tuple[Participation, T], ...]:
    """Return the claims that had begun, of collaborations that had begun."""
    return tuple(
        (claim, other)
        for claim, other in claims
        if begun(claim.start, as_of) and (isinstance(other, Actor) or begun(other.start, as_of))
    )


def links(all_: Iterable[Link], as_of: date | None) -> tuple[Link, ...]:
    """Return the links that held already."""
    return tuple(link for link in all_ if begun(link.since, as_of))


def actor(actor: Actor, as_of: date | None) -> Actor:
    """Return an actor with those of its other names that it bore on the day."""
    if as_of is None:
        return actor
    borne = tuple(
        name for name in actor.names if begun(name.since, as_of) and (name.until is None or as_of <= name.until)
    )
    return actor if borne == actor.names else actor.model_copy(update={"names": borne})
