"""From a real network to the content of a map: names, years, reasons, order, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from graphsvc.analysis.results import (
    Community,
    Evidence,
    Measure,
    Measures,
    Missing,
    MissingPartnership,
    Noun,
    Ref,
    Side,
)
from graphsvc.model import (
    EVERYTHING,
    Actor,
    ActorKind,
    Collaboration,
    CollaborationKind,
    Name,
    NameKind,
    Participation,
    Place,
    PlaceKind,
    Snapshot,
    Source,
    Theme,
)
from graphsvc.network import Network, build_network
from graphsvc.render.content import MapContent
from graphsvc.render.gather import Heading, build_content
from graphsvc.render.map import render_map

REGISTER = Source(id="register", name="Register", stated=date(2026, 9, 30), address="https://r.example", terms="CC BY")
LIST = Source(id="list", name="List", publisher="A council")


def network() -> Network:
    themes = (
        Theme(id="h2", name="Hydrogen", name_fi="Vety", parent="energy"),
        Theme(id="data", name="Data"),
        Theme(id="energy", name="Energy", name_fi="Energia"),
    )
    claims = {"p1": "abc", "p2": "ab", "p3": "d"}
    return build_network(
        Snapshot(
            revision=7,
            actors=(
                Actor(
                    id="a",
                    name="Alfa Oy",
                    kind=ActorKind.FIRM,
                    names=(Name(text="Alpha", kind=NameKind.TRANSLATION), Name(text="AO"), Name(text="Alpha")),
                    place="tampere",
                    website="alfa.example",
                ),
                Actor(id="b", name="Beetan yliopisto", kind=ActorKind.UNIVERSITY),
                Actor(id="c", name="Gamman kunta", kind=ActorKind.PUBLIC_BODY, place="tampere"),
                Actor(id="d", name="Deelta ry", description="secret of the register"),
            ),
            collaborations=(
                Collaboration(
                    id="p1", name="One", themes=("h2",), start=date(2019, 1, 1), end=date(2021, 6, 1)
                ),
                Collaboration(id="p2", name="Two", kind=CollaborationKind.ALLIANCE, start=date(2020, 1, 1)),
                Collaboration(id="p3", name="Three", themes=("data",)),
            ),
            participations=tuple(
                Participation(actor=actor, collaboration=id_, source="register")
                for id_, members in claims.items()
                for actor in members
            ),
            themes=themes,
            places=(
                Place(id="tampere", name="Tampere", kind=PlaceKind.MUNICIPALITY, parent="pirkanmaa"),
                Place(id="pirkanmaa", name="Pirkanmaa", kind=PlaceKind.REGION),
            ),
            links=(),
            sources=(REGISTER, LIST),
        ),
        EVERYTHING,
        {},
    )  # fmt: skip


MEASURES = Measures(
    revision=7,
    measures={
        "betweenness": Measure("betweenness", {"a": 0.5, "b": 0.5, "c": 0.0, "d": 0.0}),
        "strength": Measure("strength", {"a": 2.0, "b": 2.0, "c": 1.0, "d": 0.0}),
    },
    communities=(Community(0, ("a", "b", "c"), ("h2",)), Community(1, ("d",), ("data",))),
    modularity=0.1,
    articulation_points=frozenset(),
)
MISSING = Missing(
    revision=7,
    method="weighted sum",
    candidates=3,
    partnerships=(
        MissingPartnership(
            1,
            "a",
            "d",
            0.75,
            (
                Evidence("shared_themes", Side.FOR, (Ref(Noun.THEME, "h2"),)),
                Evidence("same_place", Side.FOR, (Ref(Noun.PLACE, "tampere"),)),
                Evidence("both_hubs", Side.AGAINST, (Ref(Noun.ACTOR, "a"), Ref(Noun.COLLABORATION, "p1"))),
            ),
        ),
        MissingPartnership(2, "a", "gone", 0.5, ()),
    ),
    left_out={},
)


def reason(evidence: Evidence, language: str, name_of: Callable[[Ref], str]) -> str:
    return f"{language}: {evidence.kind} {', '.join(map(name_of, evidence.refs))}"


def content(language: str = "en", measures: Measures = MEASURES, **heading: object) -> MapContent:
    head = replace(Heading(language=language, sources=(REGISTER, LIST)), **heading)  # type: ignore[arg-type]
    return build_content(head, network(), measures, MISSING, reason)


def test_ties_come_by_weight_then_by_the_ids() -> None:
    claims = {"p1": "abcdef", "p2": "abc", "p3": "de", "p4": "ce"}
    snapshot = Snapshot(
        revision=1,
        actors=tuple(Actor(id=id_, name=id_.upper(), kind=ActorKind.FIRM) for id_ in "fedcba"),
        collaborations=tuple(Collaboration(id=id_, name=id_, kind=CollaborationKind.PROJECT) for id_ in claims),
        participations=tuple(
            Participation(actor=actor, collaboration=id_, source="register")
            for id_, actors in claims.items()
            for actor in actors
        ),
        themes=(),
        places=(),
        links=(),
        sources=(REGISTER,),
    )
    made = build_network(snapshot, EVERYTHING, {})
    unmeasured = replace(
        MEASURES, measures={"strength": Measure("strength", dict.fromkeys("abcdef", 1.0))}, communities=()
    )
    nothing = replace(MISSING, partnerships=())
    ties = build_content(Heading("en"), made, unmeasured, nothing, lambda *_: "").ties
    assert len(ties) == 15 and len({tie.weight for tie in ties}) == 3
    assert list(ties) == sorted(ties, key=lambda tie: (-tie.weight, tie.a, tie.b))
    together = {(tie.a, tie.b): tie.collaborations for tie in ties}
    assert together["a", "b"] == ("p1", "p2") and together["c", "e"] == ("p1", "p4") and together["a", "f"] == ("p1",)


def test_actors_by_importance_then_strength() -> None:
    made = content()
    assert [actor.id for actor in made.actors] == ["a", "b", "c", "d"]
    alfa = made.actors[0]
    assert (alfa.kind, alfa.place, alfa.website) == (ActorKind.FIRM, "Tampere", "https://alfa.example")
    assert (alfa.themes, alfa.community, alfa.importance) == (("Hydrogen",), 0, 0.5)
    assert made.size_measure == "betweenness"


def test_ties_list_what_is_shared() -> None:
    made = content()
    assert [(tie.a, tie.b, tie.collaborations) for tie in made.ties] == [
        ("a", "b", ("p1", "p2")),
        ("a", "c", ("p1",)),
        ("b", "c", ("p1",)),
    ]
    assert made.ties[0].weight == pytest.approx(1.5)
    assert [(each.id, each.first, each.last, each.themes) for each in made.collaborations] == [
        ("p1", 2019, 2021, ("Hydrogen",)),
        ("p2", 2020, None, ()),
        ("p3", None, None, ("Data",)),
    ]


def test_suggestions_are_worded_and_stay_inside_the_network() -> None:
    made = content("fi")
    assert [(each.rank, each.a, each.b) for each in made.suggestions] == [(1, "a", "d")]
    assert made.suggestions[0].reasons_for == ("fi: shared_themes Vety", "fi: same_place Tampere")
    assert made.suggestions[0].reasons_against == ("fi: both_hubs Alfa Oy, One",)


def test_communities_are_named_after_their_themes_and_small_ones_not_at_all() -> None:
    assert [(each.id, each.name) for each in content("fi").communities] == [(0, "Vety")]


def test_two_communities_never_share_a_name() -> None:
    measures = replace(
        MEASURES,
        communities=tuple(Community(number, ("a", "b", "c"), ("h2",)) for number in range(3)),
    )
    named = [each.name for each in content(measures=measures).communities]
    assert named == ["Hydrogen", "Around Alfa Oy", "Around Alfa Oy (3)"]


def test_without_betweenness_strength_sets_the_size() -> None:
    made = content(measures=replace(MEASURES, measures={"strength": MEASURES.measures["strength"]}))
    assert made.size_measure == "strength"
    assert [actor.importance for actor in made.actors] == pytest.approx([2.0, 2.0, 1.0, 0.0])
    assert "Most collaboration: Alfa Oy, Beetan yliopisto and Gamman kunta." in made.summary


@pytest.mark.parametrize(
    ("language", "summary"),
    [
        (
            "en",
            "4 actors, 3 ties, 1 group, 1 suggested partnership. Most often between others:"
            " Alfa Oy and Beetan yliopisto. First suggestion: Alfa Oy and Deelta ry. 1 actor has no partner.",
        ),
        (
            "fi",
            "4 toimijaa, 3 yhteyttä, 1 ryhmä, 1 ehdotettu kumppanuus. Useimmin muiden välissä:"
            " Alfa Oy ja Beetan yliopisto. Ensimmäinen ehdotus: Alfa Oy ja Deelta ry. 1 toimijalla ei ole kumppania.",
        ),
        (
            "sv",
            "4 aktörer, 3 kopplingar, 1 grupp, 1 föreslaget partnerskap. Oftast mellan andra:"
            " Alfa Oy och Beetan yliopisto. Första förslaget: Alfa Oy och Deelta ry. 1 aktör har ingen partner.",
        ),
    ],
)
def test_the_findings_in_words(language: str, summary: str) -> None:
    assert content(language).summary == summary


def test_date_and_sources() -> None:
    made = content()
    assert made.data_date == date(2026, 9, 30), "the latest day a source speaks of"
    assert content(as_of=date(2020, 1, 1)).data_date == date(2020, 1, 1)
    later = {LIST.id: date(2026, 10, 1), REGISTER.id: date(2026, 10, 2)}
    speaking = frozenset({LIST.id})
    assert content(loaded=later).data_date == date(2026, 9, 30), "what states a day is of that day, whenever it is read"
    assert content(loaded=later, speaking=speaking).data_date is None, "a list that states none may be of a later day"
    earlier = {LIST.id: date(2026, 9, 1)}
    assert content(loaded=earlier, speaking=speaking).data_date == date(2026, 9, 30)


def test_a_source_without_a_date_is_dated_by_its_import() -> None:
    loaded = {"register": date(2026, 11, 1), "list": date(2026, 11, 2)}
    made = content("fi", loaded=loaded)
    assert [(source.stated, source.loaded) for source in made.sources] == [
        (date(2026, 9, 30), None),
        (None, date(2026, 11, 2)),
    ]
    page = render_map(made)
    assert "List, ladattu 2.11.2026" in page
    assert "Tietojen tilanne 30.9.2026" in page
    undated = render_map(content("fi", sources=(LIST,), loaded=loaded))
    assert "Tiedot ladattu 2.11.2026" in undated, "a map always has a date where one is known"


def test_the_method_is_worded_or_the_lists_own() -> None:
    assert content().method == "weighted sum"
    assert content(method="painotettu summa").method == "painotettu summa"


def test_other_names_go_along() -> None:
    assert {actor.id: actor.also for actor in content().actors} == {"a": ("Alpha", "AO"), "b": (), "c": (), "d": ()}


def test_what_has_no_field_is_not_in_the_page() -> None:
    assert "secret of the register" not in render_map(content())


def test_what_lies_in_what_goes_along() -> None:
    made = content("fi")
    assert made.places_above == (("Tampere", "Pirkanmaa"),)
    assert made.themes_above == (("Vety", "Energia"),)


def test_any_measure_may_set_the_size() -> None:
    measured = replace(
        MEASURES, measures={**MEASURES.measures, "degree": Measure("degree", {"a": 1, "b": 2, "c": 2, "d": 0})}
    )
    made = content(measures=measured, size="degree")
    assert made.size_measure == "degree"
    assert [actor.id for actor in made.actors] == ["b", "c", "a", "d"]
    assert "Partners, highest: Beetan yliopisto, Gamman kunta and Alfa Oy." in made.summary
