"""How long whoever asked may be kept waiting: one clock for all that a request waits for, together.

It runs while a request waits for the store, for an answer that another is making, or for a thread of its own; not while
it computes, for then the store is not to blame (docs/decisions/0032-one-clock-for-a-request.md). A thread without a
clock, such as that of a job or of a command, waits as long as each part of it may take.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from graphsvc.errors import OutOfTime


@dataclass(slots=True)
class _Clock:
    """Belongs to one request; a thread that the store asks in its stead reads it too."""

    seconds: float
    until: float | None = None
    """While it waits: when that has to end. One field, so that another thread never sees half of a change."""

    @property
    def left(self) -> float:
        until = self.until
        return self.seconds if until is None else until - time.monotonic()


_clock: ContextVar[_Clock | None] = ContextVar("clock", default=None)
_came: ContextVar[float | None] = ContextVar("came", default=None)


@contextmanager
def came(at: float) -> Iterator[None]:
    """Let what begins inside the block have begun ``at``, by ``time.monotonic``: it queued for a thread since then."""
    token = _came.set(at)
    try:
        yield
    finally:
        _came.reset(token)


def begin(seconds: float) -> None:
    """Let this thread wait ``seconds`` from now on, less what its work queued for it; :func:`end` takes it back."""
    since = _came.get()
    _clock.set(_Clock(seconds if since is None else since + seconds - time.monotonic()))


def end() -> None:
    """Let this thread wait as long as it takes."""
    _clock.set(None)


@contextmanager
def within(seconds: float | None) -> Iterator[None]:
    """Let what this thread does inside the block wait ``seconds``, all waits together; None: as long as it takes."""
    token = _clock.set(None if seconds is None else _Clock(seconds))
    try:
        yield
    finally:
        _clock.reset(token)


@contextmanager
def waiting() -> Iterator[None]:
    """Let the clock run while the block does; a block inside another adds nothing."""
    clock = _clock.get()
    if clock is None or clock.until is not None:
        yield
        return
    clock.until = time.monotonic() + clock.seconds
    try:
        yield
    finally:
        clock.seconds, clock.until = clock.left, None


def left() -> float | None:
    """Return the seconds that may still be waited, perhaps below zero; None where nobody waits for the answer."""
    clock = _clock.get()
    return None if clock is None else clock.left


def at_most(seconds: float, doing: str) -> float:
    """Return ``seconds``, or what is left where that is less. :class:`OutOfTime` where nothing is: before ``doing``."""
    rest = left()
    if rest is None:
        return seconds
    if rest <= 0:
        raise OutOfTime(f"{doing} came too late: the time of the request was up.", remedy="Try again in a moment.")
    return min(seconds, rest)
