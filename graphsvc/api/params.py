"""What endpoints can be asked: the view of the network, parsed once here, and the parameters of lists."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, ValidationError, WithJsonSchema, model_validator

from graphsvc import listing
from graphsvc.analysis.features import BALANCE
from graphsvc.analysis.measures import ACTOR_MEASURES as MEASURES
from graphsvc.api import schemas
from graphsvc.api.asking import IN_DIGITS, Day, Language, LongWords, Parameters, Words
from graphsvc.api.lists import SOME, SORTED, Chosen, ListLimit, ListParameters, fields_of
from graphsvc.identifiers import SCHEMES
from graphsvc.model import ActorKind, CollaborationKind, Id, IdentityLevel, Reach, View
from graphsvc.render import printed
from graphsvc.render.exports import MEDIA_TYPES, GraphFormat
from graphsvc.wishes import Size

CursorText = Annotated[str, StringConstraints(max_length=12_000, pattern=r"^[A-Za-z0-9_-]+$")]
Cursor = Annotated[CursorText | None, Field(description="The `next` of the page before.")]
PageLimit = Annotated[int, Field(ge=1, le=500, description="Most items on a page."), IN_DIGITS]
Search = Annotated[Words, Field(description="Words to look for; capitals, diacritics and word order don't matter.")]
ThemeId = Annotated[Id | None, Field(description="A theme's id; the themes below it count too.")]
PlaceId = Annotated[Id | None, Field(description="A place's id; the places in it count too.")]
SourceId = Annotated[Id | None, Field(description="A source's id; only what it speaks of, or is cited for.")]
AsOf = Annotated[Day | None, Field(description="As the graph stood on this day: nothing that begins later counts.")]
Identifier = Annotated[Words, StringConstraints(min_length=1)] | None
Lang = Annotated[Language | None, Field(description="Language of sentences and titles; else the installation's.")]


class Nothing(Parameters):
    """No parameters."""


class ById(Parameters):
    """One thing by its id."""

    id: Annotated[Id, Field(description="The thing's stable id.")]


class ThingById(ById):
    """One thing by its id, as of a day."""

    as_of: Annotated[Day | None, Field(description="As it stood on this day: nothing that begins later.")] = None
    lang: Lang = None


class ActorSearch(ListParameters):
    """A search for actors, or the actor with one identifier."""

    q: Search = ""
    kind: Annotated[tuple[ActorKind, ...], Field(description="Only these kinds; may be given more than once.")] = ()
    place: PlaceId = None
    theme: ThemeId = None
    identity: Annotated[
        Literal["recorded", "current"],
        Field(description="`current`: each body once, duplicates united; `recorded`: each entry for itself."),
    ] = "current"
    as_of: AsOf = None
    business_id: Annotated[Identifier, Field(description="Only the one with this Finnish business id.")] = None
    vat: Annotated[Identifier, Field(description="Only the one with this VAT number.")] = None
    pic: Annotated[Identifier, Field(description="Only the one with this PIC.")] = None
    ror: Annotated[Identifier, Field(description="Only the one with this ROR id.")] = None
    isni: Annotated[Identifier, Field(description="Only the one with this ISNI.")] = None
    wikidata: Annotated[Identifier, Field(description="Only the one with this Wikidata item.")] = None
    source: SourceId = None
    sort: Annotated[str, Chosen(listing.ACTOR_KEYS, signs=True), Field(description=SORTED)] = listing.BY_NAME
    fields: Annotated[Annotated[str, fields_of(schemas.Actor)] | None, Field(description=SOME)] = None
    limit: ListLimit = 50
    cursor: Cursor = None

    @property
    def identifier(self) -> tuple[str, str] | None:
        """The scheme and text of the identifier that is asked for."""
        return next(((scheme, text) for scheme in SCHEMES if (text := getattr(self, scheme)) is not None), None)

    @model_validator(mode="after")
    def _an_identifier_stands_alone(self) -> Self:
        given = self.model_fields_set - {"limit", "fields", "format", "style"}
        if self.identifier and len(given) > 1:
            raise ValueError("an identifier stands alone: leave out all other parameters")
        return self


class CollaborationSearch(ListParameters):
    """A search for collaborations."""

    q: Search = ""
    kind: Annotated[
        tuple[CollaborationKind, ...], Field(description="Only these kinds; may be given more than once.")
    ] = ()
    theme: ThemeId = None
    actor: Annotated[Id | None, Field(description="Only those this actor takes part in.")] = None
    active_on: Annotated[Day | None, Field(description="Only those that run on this day.")] = None
    as_of: AsOf = None
    source: SourceId = None
    sort: Annotated[str, Chosen(listing.COLLABORATION_KEYS, signs=True), Field(description=SORTED)] = listing.BY_NAME
    fields: Annotated[Annotated[str, fields_of(schemas.Collaboration)] | None, Field(description=SOME)] = None
    limit: ListLimit = 50
    cursor: Cursor = None


class ViewParameters(Parameters):
    """Which part of the network is meant; the same parameters at every endpoint about the network."""

    theme: ThemeId = None
    place: PlaceId = None
    reach: Annotated[
        Reach,
        Field(description="What `place` means: collaborations that touch it, or only actors inside it."),
    ] = Reach.TOUCHING
    kind: Annotated[
        tuple[ActorKind, ...], Field(description="Only actors of these kinds; may be given more than once.")
    ] = ()
    together: Annotated[
        tuple[CollaborationKind, ...],
        Field(
            description="Only collaborations of these kinds; may be given more than once. Without it all count but"
            " procurements and services, in which one side gives and the other takes."
        ),
    ] = ()
    since: Annotated[Day | None, Field(description="Only collaborations that run on or after this day.")] = None
    until: Annotated[Day | None, Field(description="Only collaborations that run on or before this day.")] = None
    as_of: Annotated[
        Day | None, Field(description="The network as it stood on this day: nothing that starts later.")
    ] = None
    identity: Annotated[
        IdentityLevel,
        Field(
            description="Which actors count as one: `recorded` none, `current` duplicates and predecessors,"
            " `organisation` also units."
        ),
    ] = IdentityLevel.CURRENT

    @property
    def view(self) -> View:
        """The parameters as the model's :class:`View`."""
        return View(
            theme=self.theme,
            place=self.place,
            reach=self.reach,
            kinds=tuple(sorted(set(self.kind))),
            together=tuple(sorted(set(self.together))),
            since=self.since,
            until=self.until,
            as_of=self.as_of,
            identity=self.identity,
        )

    @model_validator(mode="after")
    def _makes_a_view(self) -> Self:
        try:
            _ = self.view
        except ValidationError as error:
            raise ValueError(error.errors()[0]["msg"].removeprefix("Value error, ")) from None
        return self


class NetworkParameters(ViewParameters):
    """A network in one of its file forms."""

    format: Annotated[
        GraphFormat | None,
        Field(description="Form of the answer; wins over the header Accept."),
    ] = None

    def media_type(self) -> str | None:
        """Return the media type of ``format``."""
        return MEDIA_TYPES[self.format] if self.format else None


def _measure(name: str) -> str:
    if name not in MEASURES:
        raise ValueError(f"there is no such measure; there are {', '.join(sorted(MEASURES))}")
    return name


MeasureId = Annotated[str, AfterValidator(_measure), WithJsonSchema({"type": "string", "enum": sorted(MEASURES)})]


class MeasuresParameters(ViewParameters):
    """Measures of the actors of a network."""

    measure: Annotated[
        tuple[MeasureId, ...], Field(description="Only these; may be given more than once; none for the quick ones.")
    ] = ()
    sort: Annotated[MeasureId, Field(description="The measure by which actors are ordered, largest first.")] = "degree"
    limit: Annotated[int, Field(ge=1, le=500, description="Most actors in the answer."), IN_DIGITS] = 50


class MissingParameters(ViewParameters):
    """Missing partnerships of a network."""

    top: Annotated[int, Field(ge=1, le=200, description="How many suggestions."), IN_DIGITS] = 20
    balance: Annotated[float, Field(ge=0, le=1, description="Between likely (0) and new (1).")] = BALANCE
    lang: Lang = None


class MapParameters(ViewParameters):
    """The map of a network."""

    lang: Lang = None
    format: Annotated[
        Literal["html", "svg", "pdf", "png"] | None,
        Field(description="The page to explore, or a sheet for print; wins over the header Accept."),
    ] = None
    paper: Annotated[Literal["a4", "a3"], Field(description="Size of the sheet, lying.")] = "a4"
    ink: Annotated[Literal["light", "grey"], Field(description="Colours of the sheet.")] = "light"
    title: Annotated[Words, Field(description="Title of the map.")] = ""
    caption: Annotated[LongWords, Field(description="What stands under the picture.")] = ""
    licence: Annotated[Words, Field(description="Licence of the map; an address at its end becomes a link.")] = ""
    alternative: Annotated[
        LongWords, Field(description="What stands in for the picture where it can't be seen; else the summary does.")
    ] = ""
    suggestions: Annotated[
        int, Field(ge=0, le=200, description="How many missing partnerships it shows."), IN_DIGITS
    ] = 20
    size: Size = "betweenness"
    like_day: Annotated[Day | None, Field(description="Laid out like the map of this day.")] = None

    def media_type(self) -> str | None:
        """Return the media type of ``format``."""
        return "text/html" if self.format == "html" else printed.MEDIA_TYPES[self.format] if self.format else None
