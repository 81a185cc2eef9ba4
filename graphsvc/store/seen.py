"""The revision that a request has seen: asked for once, and again after it has changed something.

A request asks many things of the graph as it stands; each answer that is kept is found by the revision. To know it once
is enough: what is read later may be newer than the revision says, never older, and is then made anew by whoever asks at
the newer one. What must know that nothing happened in between asks the graph itself (:meth:`GraphStore.revision`).
"""

from __future__ import annotations

from contextvars import ContextVar

_seen: ContextVar[dict[int, int] | None] = ContextVar("seen", default=None)


def begin() -> None:
    """Let this thread remember what it sees from now on; :func:`end` forgets it for good."""
    _seen.set({})


def end() -> None:
    """Ask anew each time."""
    _seen.set(None)


def note(store: object, revision: int) -> None:
    """Remember the revision at which a store was just seen, within a request."""
    if (seen := _seen.get()) is not None:
        seen[id(store)] = revision


def revision(store: object) -> int | None:
    """Return the revision at which this request saw a store; None where it is to be asked for."""
    return (_seen.get() or {}).get(id(store))


def forget() -> None:
    """Ask anew, once: something was written."""
    if (seen := _seen.get()) is not None:
        seen.clear()
