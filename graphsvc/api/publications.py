"""Published maps: made and withdrawn by whoever may write, listed for whoever may read, shown to everybody."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Final

from flask import request
from pydantic import ConfigDict, Field, StringConstraints

from graphsvc import working
from graphsvc.access.rights import Right
from graphsvc.api.asking import IN_DIGITS, Language, LongWords, Parameters, Words
from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.judgements import Person
from graphsvc.api.params import Nothing, ViewParameters
from graphsvc.api.problems import Answered, RequestProblem
from graphsvc.api.sending import Answer
from graphsvc.drawing import refuse_large
from graphsvc.model import ActorKind
from graphsvc.publishing import NAME, Publications, Version, embed_code
from graphsvc.render.map_redaction import Hidden
from graphsvc.render.redaction import Field as Shown
from graphsvc.render.redaction import Redaction
from graphsvc.service import Service
from graphsvc.wishes import WHOLE, MapAsked

publications = Endpoints("Publications")

Name = Annotated[
    str, StringConstraints(pattern=f"^{NAME.pattern}$"), Field(description="The name in the address of the map.")
]
Number = Annotated[int, Field(ge=1, le=1_000_000, description="Number of the version."), IN_DIGITS]
_HTML: Final = "text/html"
_YEAR: Final = "public, max-age=31536000, immutable"


class ByName(Parameters):
    """A published map."""

    name: Name


class ByNumber(ByName):
    """One version of a published map."""

    number: Number


class Hide(Answered):
    """What is left out of the page: it is nowhere in its bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    actors: tuple[str, ...] = Field(default=(), description="Ids of actors.")
    kinds: tuple[ActorKind, ...] = Field(default=(), description="All actors of these kinds.")
    collaborations: tuple[str, ...] = Field(default=(), description="Ids of collaborations.")
    fields: tuple[Shown, ...] = Field(default=(), description="Of everything that is shown.")


class Publishing(Answered):
    """Which map is to be published."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    by: Person = Field(description="Who publishes it.")
    view: ViewParameters = Field(
        default=ViewParameters(), description="Which part of the network; all of it unless told."
    )
    title: Words = Field(default="", description="Heading; else it names place and theme.")
    caption: LongWords = Field(default="", description="What stands under the picture.")
    licence: Words = Field(default="", description="Licence of the map; an address at its end becomes a link.")
    alternative: LongWords = Field(
        default="", description="What stands in for the picture where it can't be seen; else the summary does."
    )
    language: Language | None = Field(default=None, description="Of the page; else the installation's.")
    suggestions: Annotated[
        int, Field(ge=0, le=200, strict=True, description="How many missing partnerships."), WHOLE
    ] = 20
    hide: Hide = Hide()
    preview: bool = Field(
        default=False, strict=True, description="Only say what would be left out; nothing is published."
    )


class ChangedGiven(Answered):
    """How a version differs from the one before."""

    new_actors: tuple[str, ...] = Field(description="Names.")
    gone_actors: int
    new_ties: int
    gone_ties: int
    new_suggestions: int
    gone_suggestions: int


class VersionGiven(Answered):
    """A frozen map."""

    name: str
    number: int
    made: datetime
    by: str
    title: str
    language: str
    revision: int = Field(description="Revision of the graph that it was made from.")
    data_date: date | None
    actors: int
    ties: int
    suggestions: int
    bytes: int
    sha256: str = Field(description="Of the page.")
    changed: ChangedGiven | None = Field(description="Since the version before; null for the first.")
    withdrawn: datetime | None = Field(description="When it was taken off; its page is gone then.")
    caption: str
    licence: str
    alternative: str = Field(description="What stands in for the picture where it can't be seen.")
    sources: tuple[str, ...] = Field(description="Names of the sources of its data.")
    href: str = Field(description="Where this version is shown; it stays as it is.")
    embed: str = Field(description="HTML that shows the newest version inside another page.")


class HiddenGiven(Answered):
    """What is left out of the page."""

    actors: tuple[str, ...] = Field(description="Names of actors that are not there.")
    ties: int
    suggestions: int
    sentences: int = Field(description="Reasons that are not told.")
    fields: tuple[Shown, ...]


class Published(Answered):
    """What was published, or what would be."""

    version: VersionGiven | None = Field(description="Null for a preview.")
    hidden: HiddenGiven


class Versions(Answered):
    """Versions of published maps."""

    items: tuple[VersionGiven, ...]


def _given(each: Version) -> VersionGiven:
    changed = ChangedGiven(**asdict(each.changed)) if each.changed else None
    plain = {name: getattr(each, name) for name in VersionGiven.model_fields if hasattr(each, name)}
    return VersionGiven(**{**plain, "changed": changed}, href=each.path, embed=embed_code(each, request.url_root))


def _hidden(each: Hidden) -> HiddenGiven:
    return HiddenGiven(**asdict(each))


def to_be_measured(service: Service, wish: MapAsked, by: str) -> bool:
    """Say whether what a map stands on is yet to be made and takes longer than a request may: a job is at it then.

    Errors: those of :func:`graphsvc.drawing.refuse_large`.
    """
    refuse_large(wish.ask.map, service.outlook)
    if working.is_quick(service, "map", wish):
        return False
    working.queue(service, "map", wish, by)
    return True


@publications.endpoint("/api/v1/publications", Nothing, Versions, revised=False)
def list_publications(asked: Asked[Nothing]) -> Answer:
    """List the published maps.

    The newest version of each that is not withdrawn, by name.
    """
    return Answer(Versions(items=tuple(map(_given, asked.service.publications.newest()))))


@publications.endpoint(
    "/api/v1/publications", Nothing, Published, method="POST", body=Publishing, revised=False, errors=(404, 503, 504)
)
def publish(asked: Asked[Nothing]) -> Answer:
    """Publish a map, or see what would be left out.

    Freezes the map of a view under a name, as its next version; with what is to be hidden taken out first, so that it
    is nowhere in the bytes. The same page again is not a new version. Where what the map stands on takes long to
    measure, that is begun and the answer is 503 until it is there; a map that takes long to draw is refused with 422.
    """
    wanted: Publishing = asked.body
    service, wish = asked.service, MapAsked.of(wanted, wanted.view.view, wanted.language or asked.language)
    if to_be_measured(service, wish, asked.caller.name):
        raise RequestProblem(
            503, "The network is being measured for this map: nothing is published yet. Ask again in a moment."
        )
    ask, redaction = wish.ask.map, Redaction(**wanted.hide.model_dump())
    if wanted.preview:
        return Answer(Published(version=None, hidden=_hidden(service.hidden(ask, redaction))))
    version, hidden = service.publish(wanted.name, ask, redaction, wanted.by)
    return Answer(Published(version=_given(version), hidden=_hidden(hidden)))


@publications.endpoint("/api/v1/publications/{name}", ByName, Versions, revised=False, example={"name": "example"})
def list_versions(asked: Asked[ByName]) -> Answer:
    """List the versions of a published map.

    The newest first, with what changed and the HTML that shows the map inside another page.
    """
    found = asked.service.publications.versions(asked.parameters.name)
    return Answer(Versions(items=tuple(map(_given, found))))


@publications.endpoint("/api/v1/publications/{name}/{number}", ByNumber, VersionGiven, method="DELETE", revised=False)
def withdraw_version(asked: Asked[ByNumber]) -> Answer:
    """Withdraw a version of a published map.

    Its page is deleted; that there was one stays in the list.
    """
    return Answer(_given(asked.service.publications.withdraw(asked.parameters.name, asked.parameters.number)))


@publications.endpoint(
    "/published/{name}", ByName, {_HTML: None}, revised=False, right=Right.NOTHING, example={"name": "example"}
)
def show_latest(asked: Asked[ByName]) -> Answer:
    """Show the newest version of a published map.

    Open to everybody, and shown in frames of the sites that GRAPHSVC_FRAMES names.
    """
    kept = asked.service.publications
    version = kept.latest(asked.parameters.name)
    return _page(kept, version.name, version.number, "no-cache")


@publications.endpoint(
    "/published/{name}/{number}",
    ByNumber,
    {_HTML: None},
    revised=False,
    right=Right.NOTHING,
    example={"name": "example", "number": "1"},
)
def show_version(asked: Asked[ByNumber]) -> Answer:
    """Show a version of a published map.

    It stays as it is, so that a report can name it.
    """
    wanted = asked.parameters
    return _page(asked.service.publications, wanted.name, wanted.number, _YEAR)


def _page(kept: Publications, name: str, number: int, caching: str) -> Answer:
    frames = kept.frames or "'self'"
    return Answer(
        kept.page(name, number),
        headers={
            "Content-Security-Policy": f"frame-ancestors {frames}",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "Cache-Control": caching,
        },
    )
