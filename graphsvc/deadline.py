"""Until when whoever asked is to have an answer: one clock for all that a request asks and waits for.

What a thread asks of the store, and whom it queues behind, takes at most what is left of its request's time
(docs/decisions/0032-one-clock-for-a-request.md). A thread without a deadline, such as that of a job or of a command,
waits as long as each part of it may take.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from graphsvc.errors import OutOfTime

_until: ContextVar[float | None] = ContextVar("until", default=None)
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
    """Give this thread ``seconds`` from now on, or from when its work came; :func:`end` takes it back."""
    since = _came.get()
    _until.set((time.monotonic() if since is None else since) + seconds)


def end() -> None:
    """Let this thread take as long as it takes."""
    _until.set(None)


@contextmanager
def within(seconds: float | None) -> Iterator[None]:
    """Give what this thread does inside the block ``seconds``; None: as long as it takes."""
    token = _until.set(None if seconds is None else time.monotonic() + seconds)
    try:
        yield
    finally:
        _until.reset(token)


def left() -> float | None:
    """Return the seconds that are left, perhaps below zero; None where nobody waits for the answer."""
    until = _until.get()
    return None if until is None else until - time.monotonic()


def at_most(seconds: float, doing: str) -> float:
    """Return ``seconds``, or what is left where that is less. :class:`OutOfTime` where nothing is: before ``doing``."""
    rest = left()
    if rest is None:
        return seconds
    if rest <= 0:
        raise OutOfTime(f"{doing} came too late: the time of the request was up.", remedy="Try again in a moment.")
    return min(seconds, rest)
