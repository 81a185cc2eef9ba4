"""What reading the whole graph needs: rest for the garbage collector, and an end without loose ends."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from graphsvc.model import Snapshot

LARGE: Final = 20_000
"""Participations above which making the network anew is about two seconds' work of a core, or more. By the count and
not by a clock, so that the same graph behaves the same everywhere."""


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


def set_apart(snapshot: Snapshot) -> None:
    """Let the garbage collector pass over a large snapshot that is kept, and over all else that is there.

    None of it hangs on itself, so it goes when nobody holds it. Looked through, as each quarter more of new things had
    it, CORDIS stopped all threads for a second and a half of a core, several times while what stands on it was made.
    """
    if large(snapshot):
        gc.unfreeze()
        gc.collect()
        gc.freeze()


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
