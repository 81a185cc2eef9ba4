"""A region's startup alliances: who is a member, by which source, and what there is for startups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from graphsvc.kinds import CollaborationKind
from graphsvc.model import Actor, Collaboration, Participation, Source
from graphsvc.regions.ground import Ground
from graphsvc.regions.startups import StartupScene, scene


@dataclass(frozen=True, slots=True)
class MemberClaim:
    """What one source says of one member."""

    source: Source
    said_as: str
    """The name under which the source speaks of it; a body that followed it may be called otherwise."""
    role: str
    start: date | None
    end: date | None
    holds: bool
    """False where the membership had ended on the day."""


@dataclass(frozen=True, slots=True)
class Member:
    """A body that some source names as a member."""

    actor: Actor
    claims: tuple[MemberClaim, ...]
    silent: tuple[Source, ...]
    """Sources that name members of this alliance, and not this one."""
    within: tuple[Actor, ...]
    """Members that are groups which it belongs to: a source that is silent on it may mean it with them."""
    contains: tuple[Actor, ...]
    """Members that belong to the group that it is."""

    @property
    def is_now(self) -> bool:
        """Whether any source says that it is one on the day."""
        return any(claim.holds for claim in self.claims)


@dataclass(frozen=True, slots=True)
class Alliance:
    """One alliance with all who are said to be members."""

    collaboration: Collaboration
    members: tuple[Member, ...]
    sources: tuple[Source, ...]

    def named_by(self, source: Source) -> tuple[Member, ...]:
        """Return those that a source names as members on the day."""
        return tuple(
            each for each in self.members if any(claim.source == source and claim.holds for claim in each.claims)
        )

    @property
    def disputed(self) -> tuple[Member, ...]:
        """Those that one source names and another does not."""
        return tuple(each for each in self.members if each.silent)


@dataclass(frozen=True, slots=True)
class StartupAlliance:
    """The answer of the view."""

    revision: int
    on: date
    alliances: tuple[Alliance, ...]
    scene: StartupScene


def make(ground: Ground) -> StartupAlliance:
    """Return the view of a day."""
    alliances = tuple(_alliance(ground, each) for each in ground.of_kind(CollaborationKind.ALLIANCE))
    return StartupAlliance(ground.revision, ground.on, alliances, scene(ground))


def _alliance(ground: Ground, collaboration: Collaboration) -> Alliance:
    claims = ground.claims_of(collaboration.id)
    sources = _sources(ground, claims)
    by_body: dict[str, list[Participation]] = {}
    for claim in claims:
        by_body.setdefault(ground.body(claim.actor).id, []).append(claim)
    members = [_member(ground, id_, by_body, sources) for id_ in by_body]
    in_order = sorted(members, key=lambda each: (each.actor.name.casefold(), each.actor.id))
    return Alliance(collaboration, tuple(in_order), sources)


def _member(ground: Ground, id_: str, by_body: dict[str, list[Participation]], sources: tuple[Source, ...]) -> Member:
    claims = tuple(_claim(ground, each) for each in by_body[id_])
    naming = {claim.source.id for claim in claims}
    groups, units = ground.groups_of(id_), ground.members_of(id_)
    return Member(
        ground.actors[id_],
        claims,
        tuple(each for each in sources if each.id not in naming),
        tuple(ground.actors[each] for each in sorted(by_body) if each in groups),
        tuple(ground.actors[each] for each in sorted(by_body) if each in units),
    )


def _claim(ground: Ground, claim: Participation) -> MemberClaim:
    said_as = ground.entries[claim.actor].name
    return MemberClaim(ground.source(claim.source), said_as, claim.role, claim.start, claim.end, ground.holds(claim))


def _sources(ground: Ground, claims: Iterable[Participation]) -> tuple[Source, ...]:
    found = {claim.source for claim in claims}
    return tuple(sorted((ground.source(id_) for id_ in found), key=lambda each: (each.name.casefold(), each.id)))
