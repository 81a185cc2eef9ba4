"""Whether the service works, for a supervisor and for a person."""

from __future__ import annotations

from typing import Final

from graphsvc import __version__, metrics
from graphsvc.access.rights import Right
from graphsvc.api import schemas
from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.params import Nothing
from graphsvc.api.sending import Answer
from graphsvc.errors import StoreError
from graphsvc.metrics import State

health = Endpoints("Health")

PROMETHEUS: Final = "text/plain"


@health.endpoint("/api/v1/status", Nothing, schemas.Status)
def get_status(asked: Asked[Nothing]) -> Answer:
    """Ask what the graph holds.

    Numbers by kind, and each source with the day it speaks of and when it was last read.
    """
    found = asked.service.status()
    answer = schemas.Status(
        engine=found.engine,
        actors=dict(sorted(found.actors.items())),
        collaborations=dict(sorted(found.collaborations.items())),
        participations=found.participations,
        themes=found.themes,
        places=found.places,
        links=found.links,
        records=found.records,
        sources=tuple(
            schemas.SourceStatus(
                id=each.id, name=each.name, stated=each.stated, records=each.records, imported=each.imported
            )
            for each in found.sources
        ),
        revision=found.revision,
    )
    return Answer(answer, found.revision)


@health.endpoint("/health", Nothing, schemas.Health, errors=(503, 504), revised=False, right=Right.NOTHING)
def get_health(asked: Asked[Nothing]) -> Answer:
    """Ask whether the service works.

    200 when the store answers too; 503 when it can't be reached: send no requests here for now.
    """
    return Answer(schemas.Health(status="ok", version=__version__, revision=asked.service.revision()))


@health.endpoint("/health/live", Nothing, schemas.Life, revised=False, right=Right.NOTHING)
def get_life(asked: Asked[Nothing]) -> Answer:
    """Ask whether the process answers.

    Never asks the store: a process is not to be restarted because its database is away.
    """
    return Answer(schemas.Life(status="ok", version=__version__))


@health.endpoint("/metrics", Nothing, {PROMETHEUS: None}, revised=False, right=Right.ADMIN)
def get_metrics(asked: Asked[Nothing]) -> Answer:
    """Get what a monitoring system asks, in the text format of Prometheus.

    Times of requests by route and status, of statements by name and outcome, whether the store answers, the revision,
    and for each source when its last import ended. Counts are of this process.
    """

    def state() -> State | None:
        try:
            ended = [(each.id, each.imported) for each in asked.service.sources() if each.imported]
            return State(asked.service.revision(), ended)
        except StoreError:
            return None

    return Answer(metrics.text(state))
