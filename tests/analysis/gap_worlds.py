"""Small networks in which gaps are looked for: facts that a test can add and take away one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from hypothesis import strategies as st

from graphsvc.analysis.affiliation import Affiliation
from graphsvc.analysis.arrays import Arrays
from graphsvc.analysis.axes import at_level
from graphsvc.analysis.background import Background
from graphsvc.analysis.measures import measure
from graphsvc.analysis.missing import Kin
from graphsvc.analysis.scene import Scene
from graphsvc.model import Actor, ActorKind, Collaboration, Theme

DAY = date(2020, 1, 1)
KINDS = {
    "u": ActorKind.UNIVERSITY,
    "f": ActorKind.FIRM,
    "p": ActorKind.PUBLIC_BODY,
    "c": ActorKind.CIVIL_SOCIETY,
    "x": ActorKind.UNKNOWN,
}


@dataclass
class World:
    """Actors are what their first letter says: u university, f firm, p public body, c civil society, x unknown."""

    here: frozenset[str] | None = None
    abroad: frozenset[str] = frozenset()
    kin: Kin = field(default_factory=Kin)
    collaborations: dict[str, Collaboration] = field(default_factory=dict)
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    idle: tuple[str, ...] = ()
    """Actors without a collaboration."""
    parents: Mapping[str, str] = field(default_factory=dict)
    """Theme → theme above it."""

    def works(self, id_: str, who: str, *themes: str, start: date | None = DAY, end: date | None = None) -> None:
        """Add a collaboration of the actors named in ``who``."""
        self.collaborations[id_] = Collaboration(id=id_, name=id_, start=start, end=end, themes=themes)
        self.members[id_] = tuple(sorted(who.split()))

    def without(self, id_: str) -> World:
        """Return the same world without one collaboration; nobody leaves it."""
        kept = {other: each for other, each in self.collaborations.items() if other != id_}
        actors = {actor for who in self.members.values() for actor in who}
        members = {other: who for other, who in self.members.items() if other != id_}
        return World(self.here, self.abroad, self.kin, kept, members, tuple(sorted(actors)), self.parents)

    @property
    def actors(self) -> dict[str, Actor]:
        """Everyone, by id."""
        ids = sorted({actor for who in self.members.values() for actor in who} | set(self.idle))
        return {id_: Actor(id=id_, name=id_, kind=KINDS[id_[0]]) for id_ in ids}

    @property
    def themes(self) -> dict[str, Theme]:
        """The tree."""
        borne = {theme for each in self.collaborations.values() for theme in each.themes}
        ids = sorted(borne | set(self.parents) | set(self.parents.values()))
        return {id_: Theme(id=id_, name=id_, parent=self.parents.get(id_)) for id_ in ids}

    def affiliation(self) -> Affiliation:
        """Return it as arrays."""
        regions = dict.fromkeys(self.here or (), "FI197")
        sizes = {id_: len(members) for id_, members in self.members.items()}
        return Affiliation.of(self.actors, self.collaborations, self.members, sizes, regions)

    def scene(self, wide: World | None = None) -> Scene:
        """Return what searches look at; ``wide`` is the whole network where this is a part."""
        made = self.affiliation()
        arrays = Arrays(made.ids, made.ties(), made.incidence)
        background = Background(made, measure(arrays, 1, ("community",)), DAY)
        whole = wide.affiliation() if wide else made
        return Scene(background, at_level(self.themes), self.themes, whole, self.here, self.abroad, self.kin)


NAMES = ("u1", "u2", "f1", "f2", "f3", "p1", "c1", "x1", "x2")


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw a small world: some of its actors local, some abroad, often in pieces."""
    here = frozenset(draw(st.sets(st.sampled_from(NAMES), min_size=1)))
    others = sorted(set(NAMES) - here)
    abroad = frozenset(draw(st.sets(st.sampled_from(others)))) if others else frozenset()
    world = World(draw(st.sampled_from([here, here, None])), abroad, idle=NAMES)
    for number in range(draw(st.integers(1, 8))):
        who = draw(st.sets(st.sampled_from(NAMES), min_size=1, max_size=4))
        themes = draw(st.sets(st.sampled_from(("energy", "water", "health")), max_size=2))
        world.works(f"k{number}", " ".join(sorted(who)), *sorted(themes))
    return world
