"""Gaps beside missing partnerships: coverage of themes, who is absent, and holes in the structure of a view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final, Literal, Self, TypeVar

from pydantic import Field, model_validator

from graphsvc.analysis.coverage import DEFAULT, Cell, Coverage, Standing, Threshold
from graphsvc.analysis.gap_wording import coverage_method, group_name, pair, sentence, title
from graphsvc.analysis.gaps import Gap, GapKind, Gaps
from graphsvc.analysis.reasons import NameOf
from graphsvc.analysis.results import Evidence, Noun, Ref
from graphsvc.answers import cursor_text, read_cursor
from graphsvc.api import forms, schemas
from graphsvc.api.asking import IN_DIGITS
from graphsvc.api.contract import JSON, Asked, Endpoints
from graphsvc.api.params import Cursor, Lang, PageLimit, ViewParameters
from graphsvc.api.problems import Answered
from graphsvc.api.sending import Answer
from graphsvc.errors import InvalidValue
from graphsvc.measuring import REQUEST_SECONDS
from graphsvc.model import Id
from graphsvc.network import Network
from graphsvc.render.answer_tables import csv_text
from graphsvc.spotted import coverage_tables
from graphsvc.spotting import LISTED, AbsentAsk, By, CoverageAsk, GapsAsk, names
from graphsvc.store.finding import Cursor as After

gaps = Endpoints("Gaps")
T = TypeVar("T")
CSV: Final = "text/csv"
Level = Annotated[
    int,
    Field(ge=1, le=20, description="Level of the tree of themes: 1 at the top, or right below `theme`."),
    IN_DIGITS,
]
Fewest = Annotated[
    int,
    Field(ge=1, le=1000, description="Actors from which on a cell is filled; 1: only empty cells are gaps."),
    IN_DIGITS,
]
Others = Annotated[
    int | None,
    Field(
        ge=0, le=1_000_000, description="Actors the other groups must have before a cell is thin; else `fewest` each."
    ),
    IN_DIGITS,
]
Listed = Literal["coverage", "apart", "broker", "untied", "door"]


class CoverageParameters(ViewParameters):
    """A matrix of themes by groups of actors."""

    by: Annotated[
        By, Field(description="`helix`: sectors; `area`: municipalities of a region, regions of a country, countries.")
    ] = "helix"
    level: Level = 1
    fewest: Fewest = DEFAULT.fewest
    elsewhere: Others = None
    format: Annotated[
        Literal["json", "csv"] | None, Field(description="`csv` has all cells at once; wins over the header Accept.")
    ] = None
    limit: PageLimit = 200
    cursor: Cursor = None
    lang: Lang = None

    @property
    def threshold(self) -> Threshold:
        """From when on a cell is filled."""
        return Threshold(self.fewest, self.elsewhere)

    def media_type(self) -> str | None:
        """Return the media type of ``format``."""
        return {"json": JSON, "csv": CSV, None: None}[self.format]


class GapsParameters(ViewParameters):
    """Gaps of coverage and of structure."""

    only: Annotated[tuple[Listed, ...], Field(description="Only these kinds; may be given more than once.")] = ()
    top: Annotated[int, Field(ge=1, le=200, description="How many of each kind."), IN_DIGITS] = 10
    level: Level = 1
    fewest: Fewest = DEFAULT.fewest
    elsewhere: Others = None
    hub: Annotated[
        int | None,
        Field(
            ge=1, le=1_000_000, description="Partners from which on an actor is a hub; else the top 5 %, at least ten."
        ),
        IN_DIGITS,
    ] = None
    limit: PageLimit = 50
    cursor: Cursor = None
    lang: Lang = None


class AbsentParameters(ViewParameters):
    """Who is absent from a theme, from collaborations, or from all of them together."""

    collaboration: Annotated[
        tuple[Id, ...], Field(max_length=100, description="Ids of collaborations; may be given more than once.")
    ] = ()
    top: Annotated[int, Field(ge=1, le=500, description="How many actors."), IN_DIGITS] = 20
    limit: PageLimit = 50
    cursor: Cursor = None
    lang: Lang = None

    @model_validator(mode="after")
    def _absent_from_something(self) -> Self:
        if not (self.theme or self.collaboration):
            raise ValueError("give a theme or a collaboration to be absent from")
        return self


class GroupGiven(Answered):
    """One side of the matrix: a sector or an area."""

    id: str = Field(description="Of the sector, or of the place; empty for actors that are in none.")
    name: str
    actors: int = Field(description="How many there are in all, on any theme or none.")


class ThemeNamed(Answered):
    """The other side of the matrix: a theme."""

    id: str
    name: str


class CoverageCell(Answered):
    """One group on one theme, with those behind the number."""

    theme: str
    group: str
    standing: Literal["empty", "thin", "enough"]
    count: int = Field(description="Number of actors.")
    actors: tuple[schemas.ActorRef, ...]
    collaborations: tuple[str, ...] = Field(description="Ids of those on the theme in which they take part.")
    elsewhere: int = Field(description="Actors on the theme that are in other groups.")


class CoverageGiven(schemas.Page[CoverageCell]):
    """A matrix, cell by cell: by theme, then by group."""

    by: By
    groups: tuple[GroupGiven, ...]
    themes: tuple[ThemeNamed, ...]
    standings: dict[str, int] = Field(description="How many cells are empty, thin and filled.")
    method: str = Field(description="When a cell is empty or thin.")
    language: str


class GapGiven(Answered):
    """Something that is missing, and why that is said."""

    kind: GapKind
    rank: int = Field(ge=1, description="Within its kind; coverage by sector and by area are ranked each for itself.")
    title: str
    score: float = Field(description="Compares gaps of one kind.")
    about: tuple[schemas.FactRef, ...]
    group: str = Field(description="Of a coverage gap: the sector; else empty.")
    pair: tuple[schemas.ActorRef, ...] = Field(description="Who should meet to close it: two actors, or none.")
    advice: str = Field(description="The same as a sentence; empty without a pair.")
    reasons: tuple[schemas.ReasonGiven, ...] = Field(description="For first, strongest first; then against.")


class GapsGiven(schemas.Page[GapGiven]):
    """A list of gaps with what a reader needs to trust it."""

    found: dict[str, int] = Field(description="How many there are of each kind, also beyond those listed.")
    numbers: dict[str, float] = Field(
        description="`hub`: partners of a hub; `collaborations`, `participants`: asked about."
    )
    left_out: dict[str, int] = Field(description="Collaborations left out of the network, by reason.")
    language: str


@gaps.endpoint(
    "/api/v1/coverage",
    CoverageParameters,
    {JSON: CoverageGiven, CSV: None},
    errors=(404,),
    kept=True,
    example={"place": "FI197", "by": "area", "limit": "25", "lang": "fi"},
)
def get_coverage(asked: Asked[CoverageParameters]) -> Answer:
    """Get who works on which theme.

    A matrix of themes by sector of the quadruple helix, or by area, with the actors behind each cell, and whether it is
    empty or thin. Every sector and every area has its cells, also without anybody. With a place, only actors located
    there count.
    """
    wanted = asked.parameters
    found = asked.service.coverage(wanted.view, CoverageAsk(wanted.by, wanted.level, wanted.threshold))
    network = asked.service.ground(wanted.view)
    name_of = names(network, asked.language)
    if asked.media_type == CSV:
        text = csv_text(coverage_tables(found, asked.language, name_of)[0])
        return Answer(text, found.revision, {"Content-Disposition": 'attachment; filename="coverage.csv"'})
    part, after = _part(found.cells, wanted.limit, wanted.cursor)
    standings = [cell.standing for cell in found.cells if cell.group]
    answer = CoverageGiven(
        items=tuple(_cell(each, network) for each in part),
        total=len(found.cells),
        next=after,
        revision=found.revision,
        by=wanted.by,
        groups=_groups(found, asked.language, name_of),
        themes=tuple(ThemeNamed(id=id_, name=name_of(Ref(Noun.THEME, id_))) for id_ in found.themes),
        standings={each.value: standings.count(each) for each in Standing},
        method=coverage_method(found.threshold, len([id_ for id_ in found.groups if id_]), asked.language),
        language=asked.language,
    )
    return Answer(answer, found.revision)


@gaps.endpoint(
    "/api/v1/gaps",
    GapsParameters,
    GapsGiven,
    errors=(404,),
    kept=True,
    example={"place": "FI197", "top": "3", "lang": "en"},
)
def list_gaps(asked: Asked[GapsParameters]) -> Answer:
    """List gaps of coverage and of structure.

    Themes that nobody of a sector or an area works on; communities on one theme without a tie; lone brokers; actors
    without a partner in the place; the only doors to foreign hubs. Each with its reasons, the facts they rest on, and
    who should meet. What would take too long for a request is refused with 422: ask for a place, or run
    `graphsvc gaps`.
    """
    wanted = asked.parameters
    kinds = tuple(GapKind(each) for each in dict.fromkeys(wanted.only)) or LISTED
    threshold = Threshold(wanted.fewest, wanted.elsewhere)
    ask = GapsAsk(kinds, wanted.top, wanted.level, threshold, wanted.hub, REQUEST_SECONDS)
    return _given(asked, asked.service.gaps(wanted.view, ask), wanted.limit, wanted.cursor)


@gaps.endpoint(
    "/api/v1/absent",
    AbsentParameters,
    GapsGiven,
    errors=(404,),
    kept=True,
    example={"theme": "digitalisation-of-industry", "place": "FI197", "top": "5", "lang": "fi"},
)
def list_absent(asked: Asked[AbsentParameters]) -> Answer:
    """List who is absent.

    Actors that are not in any collaboration on the theme, nor in the named ones, and that facts speak for: they work
    with participants, on neighbouring themes, or are of a sector or municipality that is not there. Never kin of a
    participant. With a place, actors located there.
    """
    wanted = asked.parameters
    themes = (wanted.theme,) if wanted.theme else ()
    ask = AbsentAsk(themes, tuple(sorted(set(wanted.collaboration))), wanted.top)
    return _given(asked, asked.service.absent(wanted.view, ask), wanted.limit, wanted.cursor)


def _given(
    asked: Asked[GapsParameters] | Asked[AbsentParameters], found: Gaps, limit: int, cursor: str | None
) -> Answer:
    network = asked.service.ground(asked.parameters.view)
    part, after = _part(found.gaps, limit, cursor)
    answer = GapsGiven(
        items=tuple(_gap(each, network, asked.language) for each in part),
        total=len(found.gaps),
        next=after,
        revision=found.revision,
        found={kind.value: number for kind, number in found.found.items()},
        numbers=dict(found.numbers),
        left_out=dict(found.left_out),
        language=asked.language,
    )
    return Answer(answer, found.revision)


def _part(items: Sequence[T], limit: int, cursor: str | None) -> tuple[Sequence[T], str | None]:
    """Return one page of a list that is computed anew at each revision, and the cursor of the next."""
    after = read_cursor(cursor)
    if after and not (after.name.isdecimal() and after.id == "place"):
        raise InvalidValue("This cursor is of another list.", remedy="Take it from the `next` before.", field="cursor")
    start = int(after.name) if after else 0
    more = start + limit < len(items)
    return items[start : start + limit], cursor_text(After(str(start + limit), "place")) if more else None


def _groups(found: Coverage, language: str, name_of: NameOf) -> tuple[GroupGiven, ...]:
    return tuple(
        GroupGiven(id=id_, name=group_name(found.by, id_, language, name_of), actors=found.sizes[id_])
        for id_ in found.groups
    )


def _cell(cell: Cell, network: Network) -> CoverageCell:
    return CoverageCell(
        theme=cell.theme,
        group=cell.group,
        standing=cell.standing.value,
        count=len(cell.actors),
        actors=tuple(forms.named(id_, network.actors) for id_ in cell.actors),
        collaborations=cell.collaborations,
        elsewhere=cell.elsewhere,
    )


def _gap(gap: Gap, network: Network, language: str) -> GapGiven:
    name_of = names(network, language)
    return GapGiven(
        kind=gap.kind,
        rank=gap.rank,
        title=title(gap, language, name_of),
        score=gap.score,
        about=tuple(_fact(ref, name_of) for ref in gap.about),
        group=gap.group,
        pair=tuple(forms.named(id_, network.actors) for id_ in gap.pair or ()),
        advice=pair(gap, language, name_of),
        reasons=tuple(_reason(each, language, name_of) for each in gap.evidence),
    )


def _reason(evidence: Evidence, language: str, name_of: NameOf) -> schemas.ReasonGiven:
    return schemas.ReasonGiven(
        kind=evidence.kind,
        side=evidence.side,
        sentence=sentence(evidence, language, name_of),
        refs=tuple(_fact(ref, name_of) for ref in evidence.refs),
        numbers=dict(evidence.numbers),
        contribution=evidence.contribution,
    )


def _fact(ref: Ref, name_of: NameOf) -> schemas.FactRef:
    return schemas.FactRef(noun=ref.noun, id=ref.id, name=name_of(ref), href=forms.href(ref.noun, ref.id))
