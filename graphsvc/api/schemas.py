"""The forms of the answers. They are promises to other tools: fields are added, never renamed or dropped.

Money is an exact amount as text with its currency; days are ISO 8601; ``href`` is where the thing itself is.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import Field, PlainSerializer

from graphsvc.analysis.results import Noun, Side
from graphsvc.api.problems import Answered
from graphsvc.api.provenance import Difference, SaidBy
from graphsvc.model import ActorKind, CollaborationKind, Helix, LinkKind, NameKind, PlaceKind

T = TypeVar("T")

Revision = Annotated[int, Field(ge=0, description="Revision of the graph that the answer was made from.")]
Href = Annotated[str, Field(description="Where the thing itself is, on this service.")]
OwnColumns = Annotated[dict[str, str], Field(description="What sources say in columns of their own: name → text.")]
Exact = Annotated[Decimal, PlainSerializer(str, return_type=str)]


class Page(Answered, Generic[T]):
    """One page of a list."""

    items: tuple[T, ...]
    total: int = Field(ge=0, description="Items on all pages together.")
    next: str | None = Field(description="The `cursor` of the next page; null on the last one.")
    revision: Revision


class Money(Answered):
    """An exact amount."""

    amount: Exact = Field(description="Decimal number as text.", examples=["1250000.00"])
    currency: str = Field(description="ISO 4217 code.")


class ActorRef(Answered):
    """An actor by name."""

    id: str
    name: str
    href: Href


class Actor(ActorRef):
    """An organisation, unit or group."""

    kind: ActorKind
    helix: Helix | None = Field(description="Helix group of the kind; null for kinds that have none.")
    place: str | None = Field(description="Id of the narrowest place known.")
    business_id: str | None = Field(description="Finnish business id (Y-tunnus).")
    vat: str | None
    pic: str | None = Field(description="Participant code of the EU's funding portal.")
    ror: str | None = Field(description="ROR id, without its address.")
    isni: str | None = Field(description="ISNI (ISO 27729), sixteen characters without spaces.")
    wikidata: str | None = Field(description="Wikidata item, without its address.", examples=["Q56392903"])
    website: str | None


class ActorPage(Page[Actor]):
    """A page of actors."""


class OtherName(Answered):
    """Another name of an actor."""

    text: str
    kind: NameKind
    language: str | None
    since: date | None = Field(description="The day from which the actor bears it, where a source says.")
    until: date | None = Field(description="The last day on which it bore it, where a source says.")


class CollaborationRef(Answered):
    """A collaboration by name."""

    id: str
    name: str
    href: Href


class Collaboration(CollaborationRef):
    """Something actors do together."""

    title: str | None
    kind: CollaborationKind
    start: date | None
    end: date | None
    programme: str | None
    topic: str | None
    themes: tuple[str, ...] = Field(description="Ids of its themes.")
    website: str | None


class CollaborationPage(Page[Collaboration]):
    """A page of collaborations."""


class Claim(Answered):
    """What one source says of an actor in a collaboration; other sources may say otherwise."""

    role: str
    start: date | None
    end: date | None
    money: Money | None
    source: str = Field(description="Id of the source that says so.")
    record: str | None = Field(description="Id of the row that says so.")
    attributes: OwnColumns


class ActorsClaim(Claim):
    """A claim as the actor's page shows it."""

    collaboration: CollaborationRef


class CollaborationsClaim(Claim):
    """A claim as the collaboration's page shows it."""

    actor: ActorRef


class ActorLink(Answered):
    """How two actors hang together as bodies: `actor` is the same as, unit or member of, or succeeded by `other`."""

    actor: str
    kind: LinkKind
    other: str
    since: date | None
    source: str


class Partner(Answered):
    """Another actor with shared collaborations."""

    actor: ActorRef
    shared: int = Field(ge=1, description="Number of collaborations shared.")


class Source(Answered):
    """Where facts come from."""

    id: str
    name: str
    stated: date | None = Field(description="The day the source says its facts are true.")
    address: str | None
    publisher: str | None
    terms: str | None = Field(description="Attribution or licence, as the source asks.")


class SaidSame(Answered):
    """Who says that two entries are one body."""

    other: str = Field(description="Id of the other entry.")
    judgement: str | None = Field(description="Who judged it: a person, or `matching`; null for a source's link.")
    source: str | None = Field(description="Id of the source that links the two; null for a judgement.")
    at: datetime | None = Field(description="When it was judged.")
    reason: str


class UnitedEntry(Actor):
    """One of several entries that are one body."""

    said: tuple[SaidSame, ...]


class ActorDetail(Actor):
    """An actor with all that is said of it."""

    names: tuple[OtherName, ...]
    description: str | None
    attributes: OwnColumns
    differences: tuple[Difference, ...] = Field(description="What sources say differently of it.")
    said_by: SaidBy
    links: tuple[ActorLink, ...]
    participations: tuple[ActorsClaim, ...]
    partners: tuple[Partner, ...] = Field(description="Most shared collaborations first.")
    sources: tuple[Source, ...]
    entries: tuple[UnitedEntry, ...] = Field(
        description="The entries that the actor unites, the one that stands for it first; none where it is one entry."
    )
    revision: Revision


class CollaborationDetail(Collaboration):
    """A collaboration with its participants; claims of different sources stand side by side."""

    attributes: OwnColumns
    differences: tuple[Difference, ...] = Field(description="What sources say differently of it and of its members.")
    said_by: SaidBy
    participations: tuple[CollaborationsClaim, ...]
    sources: tuple[Source, ...]
    revision: Revision


class Theme(Answered):
    """A subject in the tree of themes."""

    id: str
    name: str
    name_fi: str | None
    name_sv: str | None
    name_en: str | None
    parent: str | None = Field(description="Id of the theme above; null at the top.")


class Themes(Answered):
    """All themes."""

    items: tuple[Theme, ...]
    revision: Revision


class Place(Answered):
    """A municipality, region or country."""

    id: str
    name: str
    kind: PlaceKind
    parent: str | None = Field(description="Id of the place around it; null for a country.")


class Places(Answered):
    """All places."""

    items: tuple[Place, ...]
    revision: Revision


class Node(Answered):
    """An actor in the network; text is empty where unknown."""

    id: str
    name: str
    kind: ActorKind
    helix: str
    place: str = Field(description="Id of the narrowest place known.")
    region: str = Field(description="Id of the region around it.")
    country: str = Field(description="Id of the country around it.")
    themes: str = Field(description="Ids of the themes of its collaborations, joined with `; `.")
    collaborations: int = Field(description="Number of its collaborations in the view.")


class Tie(Answered):
    """Two actors with shared collaborations."""

    source: str
    target: str
    weight: float = Field(description="Sum over shared collaborations of 1/(participants - 1) (Newman 2001).")
    shared: int = Field(description="Number of shared collaborations.")


class Network(Answered):
    """The actor-actor network in the node-link form that NetworkX and D3 read."""

    directed: Literal[False]
    multigraph: Literal[False]
    graph: dict[str, str] = Field(description="The graph's `revision` and the view's parameters.")
    nodes: tuple[Node, ...]
    edges: tuple[Tie, ...]


class Score(Answered):
    """The measures of one actor; one that is not defined for it is missing."""

    actor: ActorRef
    community: int | None = Field(description="Id of its community in this answer.")
    articulation_point: bool = Field(description="Whether the network falls apart without it.")
    values: dict[str, float] = Field(description="Measure → value.")


class MeasureNote(Answered):
    """How a measure was computed."""

    id: str
    method: str
    exact: bool = Field(description="False when sampled; `method` says how.")


class Community(Answered):
    """A group of actors that work more with each other than with the rest."""

    id: int = Field(description="0 is the largest. Its place in this answer: another one when sizes change.")
    key: str = Field(
        description="Id of its actor with most partners: what it is known by from one revision to the next."
    )
    size: int
    themes: tuple[str, ...] = Field(description="Ids of the themes that set it apart.")
    actors: tuple[str, ...] = Field(description="Ids, strongest first.")


class Measures(Answered):
    """Measures of a network."""

    total: int = Field(ge=0, description="Actors measured; `items` holds the first of them.")
    items: tuple[Score, ...]
    measures: tuple[MeasureNote, ...]
    communities: tuple[Community, ...]
    modularity: float
    revision: Revision


class FactRef(Answered):
    """A fact that a reason rests on."""

    noun: Noun
    id: str
    name: str
    href: Href


class ReasonGiven(Answered):
    """One reason for or against a partnership."""

    kind: str
    side: Side
    sentence: str = Field(description="The reason in the language asked for.")
    refs: tuple[FactRef, ...]
    numbers: dict[str, float | int | str | date]
    contribution: float = Field(description="What it adds to the score.")


class MissingPartnership(Answered):
    """Two actors that share no collaboration and perhaps should."""

    rank: int = Field(ge=1)
    a: ActorRef
    b: ActorRef
    score: float
    reasons: tuple[ReasonGiven, ...] = Field(description="For first, strongest first; then against.")


class MissingPartnerships(Answered):
    """The ranked list with what a reader needs to trust it."""

    items: tuple[MissingPartnership, ...]
    candidates: int = Field(ge=0, description="Pairs that were scored.")
    decided: int = Field(ge=0, description="Pairs left out as persons decided on them.")
    left_out: dict[str, int] = Field(description="Collaborations left out of the network, by reason.")
    unsuggested: tuple[str, ...] = Field(description="Whom the list is silent about, in sentences.")
    method: str
    language: str
    revision: Revision


class SourceStatus(Answered):
    """A source with the day it speaks of and when it was last read."""

    id: str
    name: str
    stated: date | None
    records: int = Field(description="Rows kept of it.")
    imported: datetime | None = Field(description="When its last import ended; null where it is only spoken of.")


class Status(Answered):
    """What the graph holds."""

    engine: str = Field(description="The graph engine below.")
    actors: dict[str, int] = Field(description="Kind → number.")
    collaborations: dict[str, int] = Field(description="Kind → number.")
    participations: int
    themes: int
    places: int
    links: int
    records: int = Field(description="Rows of sources, kept as they came.")
    sources: tuple[SourceStatus, ...]
    revision: Revision


class Health(Answered):
    """The process answers, and so does its store."""

    status: str = Field(examples=["ok"])
    version: str
    revision: Revision


class Life(Answered):
    """The process answers; its store was not asked."""

    status: str = Field(examples=["ok"])
    version: str
