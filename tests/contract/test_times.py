"""Who is a customer again later has each time, as several files tell it; in every other role one claim is one."""

from __future__ import annotations

from datetime import date

import pytest

from graphsvc.kinds import BY_TIME, Role
from graphsvc.model import Actor, Claim, Collaboration, CollaborationKind, Participation
from graphsvc.store.change import Change
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.undoing import undo
from tests.store.made_up import claims, run

TOLD: tuple[Claim, ...] = (
    Actor(id="firm", name="Firm Oy"),
    Actor(id="other", name="Other Oy"),
    Collaboration(id="advice", name="Advice", kind=CollaborationKind.SERVICE),
)
Y2019, Y2020, Y2023, Y2024 = (date(year, 1, 1) for year in (2019, 2020, 2023, 2024))


def part(start: date | None, end: date | None, role: str = Role.CUSTOMER, actor: str = "firm") -> Participation:
    return Participation(actor=actor, collaboration="advice", role=role, source="page", start=start, end=end)


FIRST = (part(Y2023, Y2024), part(None, None, actor="other"), part(Y2019, Y2020))
"""The later time comes first."""
SECOND = (part(Y2019, date(2020, 6, 1)), part(None, None), part(Y2023, Y2024))
"""Another end of the first time, and one that it knows no day of."""


def customers(file: str, *said: Participation, sequence: int = 1) -> Change:
    return claims(f"{file} {sequence}", *TOLD, *said, import_=run(sequence, file), finishes=True)


def times(store: GraphStore) -> list[tuple[date | None, date | None]]:
    """Return the times of the firm, which every way to ask tells alike."""
    asked = [
        [claim for claim, _ in store.participations_of_collaboration("advice") if claim.actor == "firm"],
        [claim for claim, _ in store.participations_of_actor("firm")],
        [claim for claim in store.snapshot().participations if claim.actor == "firm"],
    ]
    assert asked[0] == asked[1] == asked[2]
    assert store.status().participations == len(store.snapshot().participations)
    return [(claim.start, claim.end) for claim in asked[0]]


def test_times_stand_beside_each_other_and_go_as_they_came(store: GraphStore) -> None:
    store.apply(customers("one.xlsx", *FIRST))
    alone = store.snapshot().participations
    assert times(store) == [(Y2019, Y2020), (Y2023, Y2024)]
    store.apply(customers("two.xlsx", *SECOND))
    assert times(store) == [(None, None), (Y2019, Y2020), (Y2023, Y2024)], (
        "of one time the word of the first file counts"
    )
    undo(store, "two.xlsx.1")
    assert store.snapshot().participations == alone and times(store) == [(Y2019, Y2020), (Y2023, Y2024)]


def test_a_newer_version_tells_which_times_there_are(store: GraphStore) -> None:
    store.apply(customers("one.xlsx", *FIRST))
    comparison = store.comparison("one.xlsx")
    comparison.add([*TOLD, *FIRST])
    assert comparison.result().unchanged["participation"] == 2, "a pair is one, whatever its times"
    store.apply(customers("one.xlsx", part(Y2023, None), sequence=2))
    assert times(store) == [(Y2023, None)]
    undo(store, "one.xlsx.2")
    assert times(store) == [(Y2019, Y2020), (Y2023, Y2024)]


@pytest.mark.parametrize("role", sorted({"", "lead", *Role} - BY_TIME))
def test_in_every_other_role_the_first_day_is_what_is_said_of_a_claim(store: GraphStore, role: str) -> None:
    first, second = part(Y2019, Y2020, role), part(Y2023, Y2024, role)
    assert first.id == second.id and part(Y2019, None).id != part(Y2023, None).id != part(None, None).id
    store.apply(customers("one.xlsx", first))
    store.apply(customers("two.xlsx", second))
    assert times(store) == [(Y2019, Y2020)]
