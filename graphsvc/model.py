"""The words of the field as frozen, validated types. Every room speaks in these.

An *actor* takes part in *collaborations*; the claim that it does is a *participation* of one *source*. What a source
said, row by row, stays as a *record*. *Links* say which actors are one body, part of another or followed by another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Final

from pydantic import (
    AnyHttpUrl,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    model_validator,
)

from graphsvc import identifiers
from graphsvc.kinds import BY_TIME
from graphsvc.kinds import DEALINGS as DEALINGS
from graphsvc.kinds import ENVIRONMENTS as ENVIRONMENTS
from graphsvc.kinds import HELIX_OF as HELIX_OF
from graphsvc.kinds import ActorKind as ActorKind
from graphsvc.kinds import CollaborationKind as CollaborationKind
from graphsvc.kinds import Helix as Helix
from graphsvc.kinds import IdentityLevel as IdentityLevel
from graphsvc.kinds import LinkKind as LinkKind
from graphsvc.kinds import NameKind as NameKind
from graphsvc.kinds import PlaceKind as PlaceKind
from graphsvc.kinds import Reach as Reach
from graphsvc.kinds import Verdict as Verdict

Id = Annotated[str, StringConstraints(pattern=identifiers.ID_PATTERN)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
"""One line of text for people."""
_http_url: TypeAdapter[AnyHttpUrl] = TypeAdapter(AnyHttpUrl)


def _web_address(value: object) -> object:
    if isinstance(value, str) and value.strip():
        text = value.strip()
        if "://" not in text:
            text = "https://" + text
        _http_url.validate_python(text)  # refuses javascript:, data: and the like
        return text
    return value or None


WebAddress = Annotated[str, BeforeValidator(_web_address)]
"""An http or https address; ``www.example.org`` gets its ``https://``."""


Attributes = dict[str, str]
"""What a source says in columns of its own: the column's name → the cell's text. Never empty texts."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Money(_Frozen):
    """An exact amount and its ISO 4217 currency. Arithmetic in other currencies is refused by being impossible."""

    amount: Decimal = Field(ge=0, max_digits=18, decimal_places=2)
    currency: str = Field(default="EUR", pattern=r"^[A-Z]{3}$")


class Name(_Frozen):
    """Another name of an actor than the one that is shown."""

    text: Line
    kind: NameKind = NameKind.SPELLING
    language: str | None = Field(default=None, pattern=r"^[a-z]{2,3}$")
    since: date | None = None
    """The day from which the actor bears it; None where the source does not say."""
    until: date | None = None
    """The last day on which it bore it."""


class Source(_Frozen):
    """Where facts come from: a file or a page, with the day it speaks of."""

    id: Id
    name: Line
    stated: date | None = None
    """The day the source says its facts are true; None where it does not say."""
    address: WebAddress | None = None
    publisher: str | None = None
    terms: str | None = None
    """Attribution or licence, as the source asks."""


class Place(_Frozen):
    """A municipality, region (NUTS 3) or country; ``parent`` is the place around it."""

    id: Id
    name: Line
    kind: PlaceKind
    parent: Id | None = None


class Theme(_Frozen):
    """A subject, in a tree; ``name`` is what is shown where a language has no name of its own."""

    id: Id
    name: Line
    name_fi: str | None = None
    name_sv: str | None = None
    name_en: str | None = None
    parent: Id | None = None

    def in_language(self, language: str) -> str:
        """Return the theme's name in ``fi``, ``sv`` or ``en``, else ``name``."""
        return {"fi": self.name_fi, "sv": self.name_sv, "en": self.name_en}.get(language) or self.name


class Actor(_Frozen):
    """An organisation, unit or group."""

    id: Id
    name: Line
    kind: ActorKind = ActorKind.UNKNOWN
    names: tuple[Name, ...] = ()
    business_id: Annotated[str, BeforeValidator(identifiers.business_id)] | None = None
    vat: str | None = None
    """Kept as the source wrote it where it is no EU number (sources hold Swiss, Norwegian … ones)."""
    pic: Annotated[str, BeforeValidator(identifiers.pic)] | None = None
    ror: Annotated[str, BeforeValidator(identifiers.ror)] | None = None
    isni: Annotated[str, BeforeValidator(identifiers.isni)] | None = None
    wikidata: Annotated[str, BeforeValidator(identifiers.wikidata)] | None = None
    place: Id | None = None
    """The narrowest place known; its parents are in the tree of places."""
    website: WebAddress | None = None
    description: str | None = None
    source: Id | None = None
    """The source that last described it; its records hold what each source said."""
    attributes: Attributes = {}  # pydantic copies it; a factory costs model_construct far more

    @property
    def helix(self) -> Helix | None:
        """The helix group of the actor's kind, or None."""
        return HELIX_OF.get(self.kind)


class Collaboration(_Frozen):
    """Something actors do together, with its time."""

    id: Id
    name: Line
    title: str | None = None
    """The long name where ``name`` is an acronym."""
    kind: CollaborationKind = CollaborationKind.PROJECT
    start: date | None = None
    end: date | None = None
    programme: str | None = None
    topic: str | None = None
    themes: tuple[Id, ...] = ()
    website: WebAddress | None = None
    source: Id | None = None
    attributes: Attributes = {}  # pydantic copies it; a factory costs model_construct far more

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Collaboration:
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"it ends ({self.end}) before it starts ({self.start})")
        return self


class Participation(_Frozen):
    """The claim of one source that an actor takes part in a collaboration."""

    actor: Id
    collaboration: Id
    role: str = ""
    source: Id
    start: date | None = None
    end: date | None = None
    money: Money | None = None
    record: str | None = None
    """Id of the record that says so."""
    attributes: Attributes = {}  # pydantic copies it; a factory costs model_construct far more

    @property
    def id(self) -> str:
        """The claim's own id: the same claim read again has the same."""
        return identifiers.digest(*self.key)[:24]

    @property
    def key(self) -> tuple[str, ...]:
        """What makes it another claim than others: who says it, of whom, where, in which role; in some since when."""
        since = (self.start.isoformat(),) if self.start and self.role in BY_TIME else ()
        return (self.source, self.actor, self.collaboration, self.role, *since)


class Link(_Frozen):
    """An identity fact: ``actor`` is the same as, a unit or member of, or succeeded by ``other``, since ``since``."""

    actor: Id
    other: Id
    kind: LinkKind
    since: date | None = None
    source: Id

    @model_validator(mode="after")
    def _not_with_itself(self) -> Link:
        if self.actor == self.other:
            raise ValueError("an actor can't be linked with itself")
        return self

    @property
    def id(self) -> str:
        """The claim's own id: the same claim read again has the same."""
        return identifiers.digest(self.source, self.actor, self.other, self.kind.value)[:24]


class Record(_Frozen):
    """One row of one source, kept as it came."""

    id: str
    source: Id
    sheet: str = ""
    row: int = Field(ge=1)
    """Row number as a person sees it in the file, the header being row 1."""
    values: dict[str, str]
    actor: Id | None = None
    """The actor this row speaks of, if it does."""
    collaboration: Id | None = None


class Contact(_Frozen):
    """A person to turn to at an actor: for what, and until when it may be kept. In no snapshot, network or search."""

    id: str = ""
    actor: Id
    """The entry at which the person is; a body has those of all its entries."""
    name: Annotated[Line, Field(max_length=200)]
    role: Annotated[str, Field(max_length=200)] = ""
    email: Annotated[str, Field(max_length=254, pattern=r"^([^@\s]+@[^@\s]+)?$")] = ""
    phone: Annotated[str, Field(max_length=40, pattern=r"^(\+?[0-9][0-9 ()/.-]*)?$")] = ""
    purpose: Annotated[Line, Field(max_length=500)]
    """What the data is kept for."""
    until: date
    """The last day on which it is kept."""
    source: str = ""
    """Id of who says so; empty for a person who works with graphsvc."""

    @model_validator(mode="after")
    def _reachable(self) -> Contact:
        if not (self.email or self.phone):
            raise ValueError("a contact person needs an e-mail address or a phone number")
        return self


class Ground(_Frozen):
    """One reason for or against two entries being one body; ``wordings/matching.toml`` makes it a sentence."""

    kind: str = Field(pattern=r"^[a-z_]+$")
    """same_identifier, same_name, similar_name, abbreviation, same_place, other_place, same_website, other_kind …"""
    supports: bool
    """True for, False against."""
    values: dict[str, str | float] = Field(default_factory=dict)
    """What the sentence names: the two spellings, the place, a share."""


class Judgement(_Frozen):
    """What a person, or the matching of an import, says of two entries: one body, two, or undecided.

    Entries themselves are never changed by it: who stands for whom follows from links and judgements
    (:mod:`graphsvc.resolve.identity`), so taking a judgement back restores exactly what was before.
    """

    a: Id
    b: Id
    """``a`` < ``b``: the pair has no direction."""
    verdict: Verdict
    by: Line
    """A person's name or account; ``matching`` for the matching of an import."""
    at: datetime
    """In UTC. For the matching of an import, when the import was begun."""
    reason: str = ""
    """Why, in the person's words."""
    score: float | None = Field(default=None, ge=0, le=1)
    """Of the matching: how sure it is that they are one."""
    grounds: tuple[Ground, ...] = ()
    """Of the matching: for first, strongest first, then against."""

    @model_validator(mode="after")
    def _in_order(self) -> Judgement:
        if self.a >= self.b:
            raise ValueError("a judgement is about two entries, the smaller id first")
        return self


Claim = Source | Place | Theme | Actor | Collaboration | Participation | Link
"""What a row may say."""


class View(_Frozen):
    """Which part of the network is meant. Travels whole; no function takes ten filters."""

    theme: Id | None = None
    """The theme or any theme below it."""
    place: Id | None = None
    """The place or any place in it."""
    reach: Reach = Reach.TOUCHING
    kinds: tuple[ActorKind, ...] = ()
    """Only actors of these kinds; empty for all."""
    together: tuple[CollaborationKind, ...] = ()
    """Only collaborations of these kinds; empty for all but :data:`DEALINGS`, which count only where asked for."""
    since: date | None = None
    """Only collaborations that run on or after this day."""
    until: date | None = None
    """Only collaborations that run on or before this day."""
    as_of: date | None = None
    """The network as it stood on this day: nothing that starts later."""
    identity: IdentityLevel = IdentityLevel.CURRENT

    def counts(self, kind: CollaborationKind) -> bool:
        """Say whether collaborations of a kind count."""
        return kind in self.together if self.together else kind not in DEALINGS

    @model_validator(mode="after")
    def _in_order(self) -> View:
        if self.since and self.until and self.until < self.since:
            raise ValueError(f"until ({self.until}) is before since ({self.since})")
        return self


EVERYTHING: Final = View()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that the store knows at one revision, as rows. Built once per revision, shared, never changed.

    Sequences are sorted by id, so that whatever is computed from them is the same in every process and engine.
    """

    revision: int
    actors: tuple[Actor, ...]
    collaborations: tuple[Collaboration, ...]
    participations: tuple[Participation, ...]
    themes: tuple[Theme, ...]
    places: tuple[Place, ...]
    links: tuple[Link, ...]
    sources: tuple[Source, ...]
    judgements: tuple[Judgement, ...] = ()
    """The one that counts of each pair of which both entries are there, by pair; ``unsure`` ones too."""
    same_since: int = field(default=-1, compare=False)
    """The first revision at which all but the number was as it is, as far as is known; -1 where that isn't asked."""
    facts_since: int = field(default=-1, compare=False)
    """The same of all but the number and the judgements."""

    def speaking(self) -> frozenset[str]:
        """Return the ids of the sources that say who took part in what."""
        return frozenset(claim.source for claim in self.participations)
