"""The network of a view as a file, and as a map."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from graphsvc.api import schemas
from graphsvc.api.contract import JSON, Asked, Endpoints
from graphsvc.api.params import MapParameters, NetworkParameters
from graphsvc.api.sending import Answer
from graphsvc.render.exports import MEDIA_TYPES, GraphFormat
from graphsvc.service import Service

T = TypeVar("T")
FORMAT_OF: dict[str, GraphFormat] = {media_type: name for name, media_type in MEDIA_TYPES.items()}

network = Endpoints("Network")


def steady(service: Service, make: Callable[[], T]) -> tuple[T, int | None]:
    """Return what ``make`` makes and the revision it was made from; None where the graph changed all the while."""
    for _ in range(3):
        before = service.revision()
        made = make()
        if service.revision() == before:
            return made, before
    return made, None


@network.endpoint(
    "/api/v1/network",
    NetworkParameters,
    {JSON: schemas.Network, **{media_type: None for name, media_type in MEDIA_TYPES.items() if name != "json"}},
    errors=(404,),
    kept=True,
    example={"identity": "organisation"},
)
def get_network(asked: Asked[NetworkParameters]) -> Answer:
    """Get the network of a view.

    The actor-actor projection as node-link JSON, GraphML or GEXF (both open in Gephi), or a CSV list of ties. The same
    bytes as the command `graphsvc export` writes.
    """
    form = FORMAT_OF[asked.media_type]
    content, revision = steady(asked.service, lambda: asked.service.export(asked.parameters.view, form))
    ending = {} if form == "json" else {"Content-Disposition": f'attachment; filename="network.{form}"'}
    return Answer(content, revision, ending)


@network.endpoint("/map", MapParameters, {"text/html": None}, errors=(404,), kept=True, example={"lang": "en"})
def get_map(asked: Asked[MapParameters]) -> Answer:
    """Get the map of a view.

    One HTML file that needs nothing else: it can be saved, mailed and opened offline. It carries its own content
    security policy.
    """
    wanted = asked.parameters
    content, revision = steady(
        asked.service,
        lambda: asked.service.map(
            wanted.view,
            language=asked.language,
            title=wanted.title,
            suggestions=wanted.suggestions,
            size=wanted.size,
            like_day=wanted.like_day,
        ),
    )
    policy = {"Content-Security-Policy": "frame-ancestors 'self'", "Content-Language": asked.language}
    return Answer(content, revision, policy)
