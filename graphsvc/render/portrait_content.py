"""What a page about one actor says, as plain frozen values: worded, ordered, with no markup anywhere.

The allow-list of the page is this file. It is made by :mod:`graphsvc.portrait` and shown as a page, on paper and as
JSON. Texts are plain; whoever writes markup escapes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graphsvc.model import ActorKind
from graphsvc.render.content import MapContent, MapSource


@dataclass(frozen=True, slots=True)
class Stated:
    """A value with who says it."""

    key: str
    """Which property: ``name``, ``business_id``, ``names`` … see :mod:`graphsvc.facts`."""
    label: str
    value: str
    said_by: tuple[str, ...]
    """Names of sources, by precedence."""


@dataclass(frozen=True, slots=True)
class Partner:
    """Who works with the actor."""

    id: str
    name: str
    kind: str
    """In words."""
    strength: float
    """Weight of the tie: Σ over shared collaborations of 1/(participants − 1)."""
    shared: int
    """Collaborations shared."""
    first: int | None
    """Year in which the first of them began, where a source says."""
    last: int | None
    """Year in which the last of them ends; None where one has no end."""


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """How many collaborations about a theme began when."""

    name: str
    """A theme; empty for collaborations that have none."""
    counts: tuple[int, ...]
    """By the columns of :class:`Themes`."""
    total: int


@dataclass(frozen=True, slots=True)
class Themes:
    """Collaborations by theme and by the year in which they began. One with several themes counts in each."""

    columns: tuple[str, ...]
    """What a column counts: a year, ``≤2015`` for all up to that year, or a word for those without a year."""
    rows: tuple[ThemeRow, ...]
    """Most first."""
    all: ThemeRow
    """All collaborations, each once."""


@dataclass(frozen=True, slots=True)
class Joint:
    """A collaboration of the actor."""

    id: str
    name: str
    kind: str
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Opening:
    """A missing partnership of the actor."""

    rank: int
    partner: str
    """Id."""
    name: str
    score: float
    reasons_for: tuple[str, ...]
    """Strongest first."""
    reason_against: str
    """The strongest, or the sentence that none was found."""


@dataclass(frozen=True, slots=True)
class Portrait:
    """One actor in its network, in one language."""

    id: str
    language: str
    name: str
    kind: ActorKind
    about: str
    """Kind and place in one line."""
    facts: tuple[Stated, ...]
    """Its name first; what is in :attr:`about` too."""
    partners: tuple[Partner, ...]
    """Those with the strongest ties."""
    partners_in_all: int
    themes: Themes
    collaborations: tuple[Joint, ...]
    """Those that began last, the newest first."""
    collaborations_in_all: int
    around: MapContent
    """The actor, its strongest partners and its missing partnerships as a map."""
    position: tuple[str, ...]
    """Sentences."""
    openings: tuple[Opening, ...]
    changes: tuple[str, ...]
    """Sentences."""
    contradictions: tuple[str, ...]
    """Sentences: what sources say differently."""
    sources: tuple[MapSource, ...]
    """Those that say something of what is shown."""
    method: str
    """How the missing partnerships were found."""
    data_date: date | None
    loaded_on: date | None
    """The last import, which dates what no source dates."""
    revision: int

    @property
    def dated(self) -> date | None:
        """The day that the data speaks of."""
        return self.data_date or self.loaded_on
