"""One actor in its network on one page: as JSON, as a page, or as one A4."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from graphsvc.analysis.results import Noun
from graphsvc.api.contract import JSON, Asked, Endpoints
from graphsvc.api.deferring import now_or_later
from graphsvc.api.forms import href
from graphsvc.api.network import SHEET_POLICY
from graphsvc.api.params import Lang, ViewParameters
from graphsvc.api.problems import Answered
from graphsvc.api.schemas import Href, Revision
from graphsvc.api.sending import Answer
from graphsvc.model import ActorKind, Id
from graphsvc.render.portrait_content import Joint, Opening, Partner, Portrait, ThemeRow
from graphsvc.render.portrait_files import MEDIA_TYPES, PortraitForm, check_portrait_form, portrait_file
from graphsvc.wishes import PartAsked, PortraitAsked

portraits = Endpoints("Portraits")
_FORM: Final[dict[str, PortraitForm]] = {media_type: form for form, media_type in MEDIA_TYPES.items()}
Year = Annotated[int | None, Field(description="Null where no source says, or while it runs.")]


class PortraitParameters(ViewParameters):
    """Whose portrait, in which part of the network."""

    id: Annotated[Id, Field(description="Id of any entry of the actor.")]
    lang: Lang = None
    format: Annotated[
        Literal["html", "pdf", "json"] | None,
        Field(description="The page, one A4, or its content; wins over the header Accept."),
    ] = None

    def media_type(self) -> str | None:
        """Return the media type of ``format``."""
        return MEDIA_TYPES[self.format] if self.format else None


class StatedGiven(Answered):
    """A value with who says it."""

    key: str = Field(description="The property; `names` for another name, `attributes` for a source's own column.")
    label: str
    value: str
    said_by: tuple[str, ...] = Field(description="Names of sources, by precedence.")


class PortraitPartner(Answered):
    """Who works with the actor."""

    id: str
    name: str
    href: Href
    kind: str = Field(description="In the language asked for.")
    strength: float = Field(description="Weight of the tie: sum over shared collaborations of 1/(participants − 1).")
    shared: int = Field(description="Collaborations shared.")
    first: Year
    last: Year


class ThemeCounts(Answered):
    """How many collaborations about a theme began when."""

    name: str = Field(description="The theme; empty for those without one, and for all together.")
    counts: tuple[int, ...] = Field(description="By `columns`.")
    total: int


class ThemesGiven(Answered):
    """Collaborations by theme and year of start; one with several themes counts in each."""

    columns: tuple[str, ...] = Field(description="A year; `≤2015` for all up to it; a word for those without a year.")
    rows: tuple[ThemeCounts, ...]
    all: ThemeCounts


class PortraitCollaboration(Answered):
    """A collaboration of the actor."""

    id: str
    name: str
    href: Href
    kind: str
    first: Year
    last: Year


class OpeningGiven(Answered):
    """A missing partnership of the actor."""

    rank: int
    partner: str = Field(description="Id of the actor that it could meet.")
    name: str
    href: Href
    score: float
    reasons_for: tuple[str, ...]
    reason_against: str


class PortraitSource(Answered):
    """A source of what is told."""

    name: str
    stated: date | None
    loaded: date | None = Field(description="When it was read, where it gives no date of its own.")
    address: str | None
    attribution: str


class PortraitGiven(Answered):
    """One actor in its network, in words."""

    id: str
    name: str
    href: Href
    kind: ActorKind
    about: str
    facts: tuple[StatedGiven, ...]
    partners: tuple[PortraitPartner, ...] = Field(description="Those with the strongest ties.")
    partners_in_all: int
    themes: ThemesGiven
    collaborations: tuple[PortraitCollaboration, ...] = Field(description="Those that began last, the newest first.")
    collaborations_in_all: int
    network: Href = Field(description="The network around the actor.")
    position: tuple[str, ...]
    openings: tuple[OpeningGiven, ...]
    changes: tuple[str, ...]
    contradictions: tuple[str, ...]
    sources: tuple[PortraitSource, ...]
    method: str = Field(description="How the missing partnerships were found.")
    data_date: date | None
    language: str
    revision: Revision


@portraits.endpoint(
    "/api/v1/actors/{id}/portrait",
    PortraitParameters,
    {JSON: PortraitGiven, "text/html": None, "application/pdf": None},
    kept=True,
    later="perhaps",
    example={"id": "fi-2844561-8", "lang": "en"},
)
def get_portrait(asked: Asked[PortraitParameters]) -> Answer:
    """Get one actor in its network on one page.

    Who it is and who says so, partners, collaborations by theme and year, its position in words, three missing
    partnerships with reasons, what changed, and where sources disagree. As a page that prints on one A4, or as a PDF
    of one A4; where the server has no typst (`graphsvc[print]`), the PDF is answered with 422. The first of a large
    network becomes a job: 202; the next ones stand on what it made.
    """
    wanted, form = asked.parameters, _FORM[asked.media_type]
    check_portrait_form(form)
    said: dict[str, Any] = {"actor": wanted.id, "language": asked.language}
    ask = PortraitAsked(view=PartAsked.of(wanted.view), **said)
    made: Portrait = now_or_later(asked, "portrait", ask)
    revision = made.revision
    language = {"Content-Language": asked.language}
    if form == "json":
        return Answer(_given(made), revision, language)
    policy = "frame-ancestors 'self'" if form == "html" else SHEET_POLICY
    return Answer(portrait_file(made, form), revision, {"Content-Security-Policy": policy, **language})


def _given(of: Portrait) -> PortraitGiven:
    return PortraitGiven(
        id=of.id,
        name=of.name,
        href=href(Noun.ACTOR, of.id),
        kind=of.kind,
        about=of.about,
        facts=tuple(
            StatedGiven(key=each.key, label=each.label, value=each.value, said_by=each.said_by) for each in of.facts
        ),
        partners=tuple(map(_partner, of.partners)),
        partners_in_all=of.partners_in_all,
        themes=ThemesGiven(
            columns=of.themes.columns, rows=tuple(map(_theme, of.themes.rows)), all=_theme(of.themes.all)
        ),
        collaborations=tuple(map(_joint, of.collaborations)),
        collaborations_in_all=of.collaborations_in_all,
        network=f"{href(Noun.ACTOR, of.id)}/network",
        position=of.position,
        openings=tuple(map(_opening, of.openings)),
        changes=of.changes,
        contradictions=of.contradictions,
        sources=tuple(
            PortraitSource(
                name=each.name,
                stated=each.stated,
                loaded=each.loaded,
                address=each.address,
                attribution=each.attribution,
            )
            for each in of.sources
        ),
        method=of.method,
        data_date=of.data_date,
        language=of.language,
        revision=of.revision,
    )


def _partner(each: Partner) -> PortraitPartner:
    return PortraitPartner(
        id=each.id,
        name=each.name,
        href=href(Noun.ACTOR, each.id),
        kind=each.kind,
        strength=each.strength,
        shared=each.shared,
        first=each.first,
        last=each.last,
    )


def _theme(row: ThemeRow) -> ThemeCounts:
    return ThemeCounts(name=row.name, counts=row.counts, total=row.total)


def _joint(each: Joint) -> PortraitCollaboration:
    return PortraitCollaboration(
        id=each.id,
        name=each.name,
        href=href(Noun.COLLABORATION, each.id),
        kind=each.kind,
        first=each.first,
        last=each.last,
    )


def _opening(each: Opening) -> OpeningGiven:
    return OpeningGiven(
        rank=each.rank,
        partner=each.partner,
        name=each.name,
        href=href(Noun.ACTOR, each.partner),
        score=each.score,
        reasons_for=each.reasons_for,
        reason_against=each.reason_against,
    )
