"""Ecosystem agreements on a graph that is small enough to compute by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from graphsvc.asof import begun
from graphsvc.model import (
    EVERYTHING,
    Actor,
    Collaboration,
    CollaborationKind,
    Participation,
    Snapshot,
    Source,
    Theme,
)
from graphsvc.network import build_network
from graphsvc.regions.agreements import Agreements, InSeveral, Place, TwoPlaces
from graphsvc.regions.agreements_made import make
from graphsvc.regions.ground import Ground
from graphsvc.regions.links import Linking

AGREEMENT = CollaborationKind.AGREEMENT
ACTORS = tuple(
    Actor(id=id_, name=id_.title()) for id_ in ("city", "council", "firm", "lab", "old-lab", "other", "state", "uni")
)
THEMES = (Theme(id="green", name="Green"), Theme(id="data", name="Data"))
SOURCES = (Source(id="page", name="A page"), Source(id="report", name="A report"))


def of(id_: str, *parents: str, kind: CollaborationKind = CollaborationKind.PROJECT, **more: object) -> Collaboration:
    attributes = {"part of": "; ".join(parents)} if parents else {}
    return Collaboration.model_validate({"id": id_, "name": id_, "kind": kind, "attributes": attributes, **more})


COLLABORATIONS = (
    of("a", kind=AGREEMENT, start=date(2021, 1, 1)),
    of("a-green", "a", kind=AGREEMENT),
    of("a-empty", "a", kind=AGREEMENT),
    of("b", kind=AGREEMENT, source="page"),
    of("b-green", "b", kind=AGREEMENT),
    of("elsewhere", start=date(2020, 1, 1)),
    of("garden", "b-green", themes=("green",), source="page"),
    of("late", "a", themes=("data",), start=date(2025, 1, 1)),
    of("park", "a-green", themes=("green",), start=date(2022, 1, 1)),
    of("yard", "a-green", "b", themes=()),
)
WHO: dict[str, dict[str, tuple[str, ...]]] = {
    "a": {"page": ("city", "state")},
    "a-green": {"page": ("council",)},
    "park": {"page": ("city", "uni"), "report": ("uni",)},
    "garden": {"page": ("firm", "lab")},
    "late": {"page": ("other",)},
    "elsewhere": {"page": ("uni", "lab", "firm")},
    "b": {"page": ("city",)},
}


def claims() -> list[Participation]:
    said = [
        Participation(actor=actor, collaboration=id_, source=source, role="lead" if actor == "uni" else "")
        for id_, said in WHO.items()
        for source, actors in said.items()
        for actor in actors
    ]
    return [
        *said,
        Participation(actor="city", collaboration="yard", source="page", attributes={"part of": "a-green"}),
        Participation(actor="city", collaboration="yard", source="report", attributes={"part of": "b"}),
    ]


def told(
    on: date = date(2026, 1, 1),
    canonical: Mapping[str, str] | None = None,
    collaborations: Sequence[Collaboration] = COLLABORATIONS,
    more: Sequence[Participation] = (),
) -> Agreements:
    there = {each.id: each for each in collaborations if begun(each.start, on)}
    return make(
        Ground(
            revision=7,
            on=on,
            actors={actor.id: actor for actor in ACTORS if actor.id not in (canonical or {})},
            entries={actor.id: actor for actor in ACTORS},
            stands_for={actor.id: actor.id for actor in ACTORS} | {**(canonical or {})},
            attributes={},
            collaborations=there,
            claims=tuple(claim for claim in (*claims(), *more) if claim.collaboration in there),
            links=(),
            themes={theme.id: theme for theme in THEMES},
            sources={source.id: source for source in SOURCES},
            places={},
        )
    )


def test_the_tree() -> None:
    a, b = told().agreements
    assert (a.id, [each.actor for each in a.parties]) == ("a", ["city", "state"])
    assert [(each.id, [project.id for project in each.projects]) for each in a.priorities] == [
        ("a-empty", []),
        ("a-green", ["park", "yard"]),
    ]
    assert [project.id for project in a.projects] == ["late"]
    uni = a.priorities[1].projects[0].involved[1]
    assert (uni.actor, uni.roles, uni.sources) == ("uni", ("lead",), ("page", "report"))
    assert a.actors == {"city", "state", "council", "uni", "other"}
    assert b.actors == {"city", "firm", "lab"}


def test_who_is_in_both_and_through_what() -> None:
    found = told()
    assert [(each.a, each.b, each.actors) for each in found.shared] == [("a", "b", ("city",))]
    assert found.several == (InSeveral("city", {"a": ("a", "park", "yard"), "b": ("b", "yard")}),)


def test_a_project_in_two_places_is_shown_with_who_says_what() -> None:
    places = (Place("a", "a-green", ("page",)), Place("b", None, ("report",)))
    assert told().two_places == (TwoPlaces("yard", places, differ=True),)


def test_one_source_that_says_both_contradicts_nobody() -> None:
    both = Participation(actor="lab", collaboration="yard", source="plan", attributes={"part of": "a-green; b"})
    found = told(more=[both])
    assert [(each.project, each.differ) for each in found.two_places] == [("yard", False)]


def test_projects_on_one_theme_without_a_common_actor_and_who_would_link_them() -> None:
    found = told()
    assert [(each.a, each.b, each.themes) for each in found.projects_apart] == [("garden", "park", ("green",))]
    # Uni works with both of garden's actors in another project, each of them with one of park's.
    assert found.projects_apart[0].linking == (
        Linking("uni", in_both=False, knows=2),
        Linking("firm", in_both=False, knows=1),
        Linking("lab", in_both=False, knows=1),
    )
    assert found.apart == ()  # the agreements have a project in common
    assert found.found == {"apart": 0, "projects_apart": 1}


def test_agreements_on_one_theme_without_a_common_project() -> None:
    found = told(collaborations=[each for each in COLLABORATIONS if each.id != "yard"])
    assert [(each.a, each.b, each.themes) for each in found.apart] == [("a", "b", ("green",))]
    assert found.apart[0].linking[0] == Linking("city", in_both=True, knows=0)


def test_as_of_a_day_nothing_is_there_that_begins_later() -> None:
    found = told(date(2021, 6, 1))
    a = found.agreements[0]
    assert [project.id for project in a.all_projects] == ["yard"]
    assert [each.id for each in told(date(2020, 6, 1)).agreements] == ["b"]


def test_who_is_one_body_comes_once() -> None:
    found = told(canonical={"lab": "firm"})
    garden = found.agreements[1].priorities[0].projects[0]
    assert [each.actor for each in garden.involved] == ["firm"]


def test_what_is_not_known_is_listed() -> None:
    assert told().unknown == {
        "projects": ("a-empty",),
        "themes": ("yard",),
        "start": ("a-empty", "a-green", "b", "b-green", "garden", "yard"),
    }


def test_agreements_in_a_ring_are_all_told() -> None:
    ring = (of("x", "y", kind=AGREEMENT), of("y", "x", kind=AGREEMENT), of("z", "y"))
    found = {each.id: [project.id for project in each.all_projects] for each in told(collaborations=ring).agreements}
    assert found == {"x": ["z"], "y": ["z"]}


def test_no_agreement_ties_the_actors_of_its_projects() -> None:
    graph = Snapshot(7, ACTORS, COLLABORATIONS, tuple(claims()), THEMES, (), (), SOURCES)
    network = build_network(graph, EVERYTHING, {})
    assert network.projection.has_edge("city", "state")  # the parties
    assert not network.projection.has_edge("city", "firm")
    assert not network.projection.has_edge("council", "uni")
