"""Whether the service works, for a supervisor and for a person."""

from __future__ import annotations

from graphsvc import __version__
from graphsvc.access.rights import Right
from graphsvc.api import schemas
from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.params import Nothing
from graphsvc.api.sending import Answer

health = Endpoints("Health")


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
