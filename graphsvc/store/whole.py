"""What reading the whole graph needs: rest for the garbage collector, and an end without loose ends."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

from graphsvc.model import Snapshot

LARGE: Final = 20_000
"""Participations above which making the network anew is about two seconds' work of a core, or more. By the count and
not by a clock, so that the same graph behaves the same everywhere."""
SELDOM: Final = 2_000
"""Collections of young things, of some 7,000 new ones each, between two of all; Python's own rule is 10."""


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Rest the garbage collector: it would look in vain through things that all stay, and take most of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def large(snapshot: Snapshot) -> bool:
    """Say whether what stands on a snapshot takes long to be made."""
    return len(snapshot.participations) > LARGE


class _Seldom:
    """Counts who works: the rule is the process's own, and goes back to what it was with the last of them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._working = 0
        self._before = (0, 0, 0)

    def begin(self) -> None:
        with self._lock:
            if not self._working:
                self._before = gc.get_threshold()
                gc.set_threshold(*self._before[:2], SELDOM)
            self._working += 1

    def end(self) -> None:
        with self._lock:
            self._working -= 1
            if not self._working:
                gc.set_threshold(*self._before)


_seldom = _Seldom()


@contextmanager
def seldom_looked_through() -> Iterator[None]:
    """Let the garbage collector look through young things only, unless many millions more are made in the block.

    For work whose things stay till its end. A map of CORDIS had all of them looked through 23 times: that was a sixth
    of its processor time, and no other thread had its turn for up to two seconds. What is rubbish by then goes after.
    """
    _seldom.begin()
    try:
        yield
    finally:
        _seldom.end()


def set_apart(snapshot: Snapshot) -> None:
    """Let the garbage collector pass over a large snapshot, just read with the collector at rest, and over all else.

    None of it hangs on itself, so it goes when nobody holds it. Looked through, as each quarter more of new things had
    it, CORDIS stopped all threads for a second and a half of a core, several times while what stands on it was made.
    """
    if large(snapshot):
        gc.freeze()


def look_through_all() -> None:
    """Find what went since a large snapshot was set apart: before the next one is read, when there is least."""
    gc.unfreeze()
    gc.collect()


def closed(snapshot: Snapshot) -> Snapshot:
    """Return a snapshot without whatever refers to something that it does not hold."""
    actors = {actor.id for actor in snapshot.actors}
    collaborations = {collaboration.id for collaboration in snapshot.collaborations}
    return Snapshot(
        revision=snapshot.revision,
        actors=snapshot.actors,
        collaborations=snapshot.collaborations,
        participations=tuple(
            p for p in snapshot.participations if p.actor in actors and p.collaboration in collaborations
        ),
        themes=snapshot.themes,
        places=snapshot.places,
        links=tuple(link for link in snapshot.links if link.actor in actors and link.other in actors),
        sources=snapshot.sources,
        judgements=snapshot.judgements,
    )
