"""The closed sets of the field: kinds of things, and what may be said or asked of them. ``model.py`` hands them on."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class ActorKind(StrEnum):
    """What an actor is; ``unknown`` until a source or a person says so."""

    UNIVERSITY = "university"
    RESEARCH_ORGANISATION = "research_organisation"
    FIRM = "firm"
    PUBLIC_BODY = "public_body"
    CIVIL_SOCIETY = "civil_society"
    OTHER = "other"
    UNKNOWN = "unknown"


class Helix(StrEnum):
    """The quadruple helix (Carayannis & Campbell 2009): groups of kinds."""

    ACADEMIA = "academia"
    INDUSTRY = "industry"
    GOVERNMENT = "government"
    CIVIL_SOCIETY = "civil_society"


HELIX_OF: Final[Mapping[ActorKind, Helix]] = {
    ActorKind.UNIVERSITY: Helix.ACADEMIA,
    ActorKind.RESEARCH_ORGANISATION: Helix.ACADEMIA,
    ActorKind.FIRM: Helix.INDUSTRY,
    ActorKind.PUBLIC_BODY: Helix.GOVERNMENT,
    ActorKind.CIVIL_SOCIETY: Helix.CIVIL_SOCIETY,
}
"""Kinds that are missing here (other, unknown) belong to no helix group."""


class CollaborationKind(StrEnum):
    """What actors do together."""

    PROJECT = "project"
    ALLIANCE = "alliance"
    NETWORK = "network"
    AGREEMENT = "agreement"
    PROCUREMENT = "procurement"
    PLATFORM = "platform"
    INFRASTRUCTURE = "infrastructure"
    PUBLICATION = "publication"
    SERVICE = "service"
    """What some offer and others use: advice, incubation, testing."""


DEALINGS: Final = frozenset({CollaborationKind.PROCUREMENT, CollaborationKind.SERVICE})
"""Kinds in which one side gives and the other takes: no working together, so a :class:`View` has to ask for them."""

ENVIRONMENTS: Final = frozenset({CollaborationKind.INFRASTRUCTURE, CollaborationKind.PLATFORM})
"""Kinds of which research, development and innovation environments are."""


class Role(StrEnum):
    """The roles that region views read; all others are a source's own words."""

    OWNER = "owner"
    BUYER = "buyer"
    SUPPLIER = "supplier"
    PROVIDER = "provider"
    CUSTOMER = "customer"


BY_TIME: Final = frozenset({Role.CUSTOMER})
"""Roles that one may have again in the same collaboration: each time, from its first day on, is a claim of its own."""


class LinkKind(StrEnum):
    """How two actors hang together as bodies (not as partners)."""

    SAME_AS = "same_as"
    """Two entries for one body."""
    UNIT_OF = "unit_of"
    """The first is a part of the second."""
    MEMBER_OF = "member_of"
    """The first belongs to the group that is the second."""
    SUCCEEDED_BY = "succeeded_by"
    """The first ended and the second carries on."""


class PlaceKind(StrEnum):
    """Level of a place."""

    MUNICIPALITY = "municipality"
    REGION = "region"
    COUNTRY = "country"


class NameKind(StrEnum):
    """Why an actor has this other name."""

    ABBREVIATION = "abbreviation"
    FORMER = "former"
    TRANSLATION = "translation"
    SPELLING = "spelling"


class Verdict(StrEnum):
    """What is said of two entries."""

    SAME = "same"
    """They are one body."""
    DIFFERENT = "different"
    """They are two; nothing may bring them together again on its own."""
    UNSURE = "unsure"
    """A person must decide: the pair waits in the review queue."""


class Reach(StrEnum):
    """What a place means in a :class:`View`."""

    TOUCHING = "touching"
    """Collaborations with at least one participant from the place, with all their participants."""
    INSIDE = "inside"
    """Only actors located in the place."""


class IdentityLevel(StrEnum):
    """Which actors count as one."""

    RECORDED = "recorded"
    """Each actor as its source has it."""
    CURRENT = "current"
    """Duplicates and predecessors are folded into the body of today (or of the as-of date)."""
    ORGANISATION = "organisation"
    """As ``current``, and units are folded into the organisation they are part of."""
