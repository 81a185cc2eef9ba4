"""A call for projects as data: its rules, each with its text, its source and the day on which somebody read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from graphsvc.model import ActorKind, Helix

Texts = Mapping[str, str]
"""Language → text; never empty."""


class RuleKind(StrEnum):
    """What a rule can ask for. The set is closed: a rule that is none of these is one to check by hand."""

    PARTNERS = "partners"
    """At least ``min`` and at most ``max`` partners."""
    COUNTRIES = "countries"
    """Partners from at least ``min`` countries, with an area only from countries in it."""
    INCLUDING = "including"
    """At least ``min`` partners of these kinds or helix groups, in the area."""
    ONLY = "only"
    """Every partner is of an allowed kind and in the area."""
    INDEPENDENT = "independent"
    """At least ``min`` partners in the area that do not belong to one another, each from another country if wanted."""
    LEAD = "lead"
    """The lead partner is of an allowed kind and in the area."""
    BY_HAND = "by_hand"
    """What no data can tell."""


class Weight(StrEnum):
    """Whether a consortium fails by a rule."""

    MUST = "must"
    SHOULD = "should"
    """Advice, or what costs money but no eligibility."""


class Where(NamedTuple):
    """Where somebody is, as far as it is known: ids of places, empty where unknown."""

    town: str = ""
    region: str = ""
    country: str = ""

    @property
    def narrowest(self) -> str:
        """The id of the narrowest place known."""
        return self.town or self.region or self.country


NOWHERE: Final = Where()
"""Where somebody is of whom nothing is known."""


@dataclass(frozen=True, slots=True)
class Area:
    """Where partners may have to be."""

    id: str
    names: Texts
    places: frozenset[str]
    """Ids of the places that belong to it as a whole."""
    source: str
    checked: date
    partly: frozenset[str] = frozenset()
    """Ids of the places of which a part belongs to it."""
    without: frozenset[str] = frozenset()
    """Ids of the places in them that do not belong to it."""
    needs_region: frozenset[str] = frozenset()
    """Countries in which a town says nothing as long as its region is not known."""
    needs_town: frozenset[str] = frozenset()
    """Regions and countries of which a part belongs to it: whoever is known no closer may be inside or not."""

    def holds(self, where: Where) -> bool | None:
        """Say whether somebody is in the area; None where nobody can say."""
        if not self.without.isdisjoint(where):
            return False
        open_ = where.narrowest in self.needs_town or (not where.region and where.country in self.needs_region)
        if not self.places.isdisjoint(where):
            return None if where.narrowest in self.needs_town else True
        return None if open_ or not where.country or not self.partly.isdisjoint(where) else False


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a call. Which fields count depends on the kind; see :class:`RuleKind`."""

    id: str
    kind: RuleKind
    titles: Texts
    """What it is about, in a few words."""
    texts: Texts
    source: str
    """Address of the page or document that says so."""
    checked: date
    """The day on which somebody read it there."""
    quote: str = ""
    """Its words, in its language."""
    weight: Weight = Weight.MUST
    min: int = 0
    max: int | None = None
    kinds: frozenset[ActorKind] = frozenset()
    helix: frozenset[Helix] = frozenset()
    allowed: frozenset[ActorKind] = frozenset()
    """Empty: any kind."""
    unclear: frozenset[ActorKind] = frozenset()
    """Kinds that may be allowed: something else than the kind decides."""
    area: Area | None = None
    different_countries: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """What a consortium is built for."""

    id: str
    names: Texts
    address: str
    rules: tuple[Rule, ...]
    programmes: tuple[str, ...] = ()
    """Beginnings of the names of programmes that count as experience of it."""
    own: bool = False
    """Whether it comes from the user's own folder."""
    file: str = field(default="", compare=False)
    """The file it was read from."""


def in_language(texts: Texts, language: str) -> str:
    """Return the text in ``fi``, ``sv`` or ``en``; where it is not there, in the first of en, fi, sv that is."""
    return next(texts[each] for each in (language, "en", "fi", "sv") if each in texts)
