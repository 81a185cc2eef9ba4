"""The network of a view as a file, and as a map."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from graphsvc import exporting
from graphsvc.api import schemas
from graphsvc.api.contract import JSON, Asked, Endpoints
from graphsvc.api.deferring import now_or_later
from graphsvc.api.params import MapParameters, NetworkParameters
from graphsvc.api.sending import Answer
from graphsvc.drawing import Drawn
from graphsvc.render import printed
from graphsvc.render.exports import MEDIA_TYPES, GraphFormat
from graphsvc.service import Service
from graphsvc.wishes import MapAsked

T = TypeVar("T")
FORMAT_OF: dict[str, GraphFormat] = {media_type: name for name, media_type in MEDIA_TYPES.items()}
PRINTED_AS: dict[str, printed.PrintFormat] = {media_type: name for name, media_type in printed.MEDIA_TYPES.items()}
LARGE = 3000
"""Actors from which on a network is sent as it is made, and not kept: some 10 MB."""
SHEET_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""An SVG opened as a page runs and fetches nothing; the style is what browsers wrap around a picture."""

network = Endpoints("Network")


def steady(service: Service, make: Callable[[], T]) -> tuple[T, int | None]:
    """Return what ``make`` makes and the revision it was made from; None where the graph changed all the while."""
    for _ in range(3):
        before = service.revision()
        made = make()
        if service.revision() == before:
            return made, before
    return made, None


def as_file(service: Service, ask: exporting.Ask, called: Callable[[int | None], str]) -> Answer:
    """Return the file of a network, a large one as it is made; ``called`` says its name, "" for none."""
    found, revision = steady(service, lambda: service.network(ask.view))
    name = called(revision)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'} if name else {}
    if len(found.actors) > LARGE:
        return Answer(partial(exporting.parts_of, ask, found), revision, headers)
    return Answer(b"".join(exporting.parts_of(ask, found)), revision, headers)


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
    bytes as the command `graphsvc export` writes. A large one comes as it is made.
    """
    form = FORMAT_OF[asked.media_type]
    ask = exporting.Ask(form, view=asked.parameters.view)
    return as_file(asked.service, ask, lambda _: "" if form == "json" else f"network.{form}")


@network.endpoint(
    "/map",
    MapParameters,
    {"text/html": None, **dict.fromkeys(printed.MEDIA_TYPES.values())},
    errors=(404,),
    kept=True,
    later="perhaps",
    example={"lang": "en"},
)
def get_map(asked: Asked[MapParameters]) -> Answer:
    """Get the map of a view.

    One HTML file that needs nothing else: it can be saved, mailed and opened offline. It carries its own content
    security policy. Or one sheet of paper as SVG, PDF or PNG, drawn from the same places; a PDF may have further
    pages with names. Where the server has no typst (`graphsvc[print]`), PDF and PNG are answered with 422. A large one
    becomes a job: 202.
    """
    form = PRINTED_AS.get(asked.media_type)
    if form:
        printed.check_form(form)
    wanted = asked.parameters
    ask = MapAsked.of(wanted, wanted.view, asked.language, form or "html")

    def make() -> bytes:
        made: Drawn = now_or_later(asked, "map", ask)
        return made.content

    content, revision = steady(asked.service, make)
    policy = SHEET_POLICY if form else "frame-ancestors 'self'"
    return Answer(content, revision, {"Content-Security-Policy": policy, "Content-Language": asked.language})
