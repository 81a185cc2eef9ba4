"""What reading the whole graph needs: rest for the garbage collector, and an end without loose ends."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from graphsvc.model import Snapshot


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
