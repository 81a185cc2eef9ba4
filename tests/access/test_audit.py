"""The audit trail: rows are added and never changed, and who changes one is found out."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from graphsvc.access.audit import Deed, Question, network_of
from graphsvc.access.installation import Access
from graphsvc.asof import bounds
from tests.access.conftest import Clock


def deed(n: int = 0, caller: str = "user-1") -> Deed:
    return Deed(caller, "POST /api/v1/judgements", f"thing-{n}", "192.0.2.0/24", f"request-{n}")


def test_what_was_done_is_told_the_newest_first_page_by_page(access: Access) -> None:
    for n in range(5):
        access.trail.note(deed(n))
    first = access.trail.find(Question(limit=3))
    access.trail.note(deed(5))
    second = access.trail.find(Question(limit=3, before=first.next))
    assert [each.deed.thing for each in (*first.entries, *second.entries)] == [f"thing-{n}" for n in (4, 3, 2, 1, 0)]
    assert second.next is None


def test_it_can_be_asked_by_day_and_by_caller(access: Access, clock: Clock) -> None:
    for n, caller in enumerate(("user-1", "user-2", "user-1")):
        access.trail.note(deed(n, caller))
        clock.at += timedelta(days=1)
    (day, end) = bounds(date(2026, 1, 2), date(2026, 1, 2))
    assert [each.deed.thing for each in access.trail.find(Question(since=day)).entries] == ["thing-2", "thing-1"]
    assert [each.deed.thing for each in access.trail.find(Question(until=end)).entries] == ["thing-1", "thing-0"]
    assert [each.deed.thing for each in access.trail.find(Question(caller="user-2")).entries] == ["thing-1"]


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 1, 15), "2026-01-14T22:00:00", "2026-01-15T21:59:59"),
        (date(2026, 7, 15), "2026-07-14T21:00:00", "2026-07-15T20:59:59"),
        (date(2026, 3, 29), "2026-03-28T22:00:00", "2026-03-29T20:59:59"),
        (date(2026, 10, 25), "2026-10-24T21:00:00", "2026-10-25T21:59:59"),
    ],
    ids=["winter", "summer", "the day of 23 hours", "the day of 25 hours"],
)
def test_a_day_begins_and_ends_at_midnight_in_finland(
    access: Access, clock: Clock, day: date, first: str, last: str
) -> None:
    begins, ends = (datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (first, last))
    for n, at in enumerate((begins - timedelta(seconds=1), begins, ends, ends + timedelta(seconds=1))):
        clock.at = at
        access.trail.note(deed(n))
    found = access.trail.find(Question(*bounds(day, day))).entries
    assert [each.deed.thing for each in found] == ["thing-2", "thing-1"]


def test_the_first_and_the_last_day_that_there_are_leave_nothing_out(access: Access) -> None:
    access.trail.note(deed())
    assert len(access.trail.find(Question(*bounds(date.min, date.max))).entries) == 1


def test_what_was_refused_after_all_is_said_so(access: Access) -> None:
    access.trail.refused(access.trail.note(deed(1)), 422)
    access.trail.note(deed(2))
    assert [(each.deed.thing, each.status) for each in access.trail.find(Question()).entries] == [
        ("thing-2", None),
        ("thing-1", 422),
    ]
    assert access.trail.check().wrong is None


def test_what_an_act_made_is_known_after_it(access: Access) -> None:
    for refused in (False, True):
        number = access.trail.note(Deed("user-1", "POST /settings/keys", request="request-1"))
        access.trail.concerns(number, "5f3759df0000")
        if refused:
            access.trail.refused(number, 409)
    access.trail.note(deed(2))
    assert [(each.deed.act, each.deed.thing, each.status) for each in access.trail.find(Question()).entries] == [
        ("POST /api/v1/judgements", "thing-2", None),
        ("POST /settings/keys", "5f3759df0000", 409),
        ("POST /settings/keys", "5f3759df0000", None),
    ]
    first = access.trail.find(Question(limit=2))
    assert [each.deed.request for each in access.trail.find(Question(before=first.next)).entries] == ["request-1"]
    assert access.trail.check().wrong is None


def test_a_trail_of_before_is_whole_and_goes_on(access: Access) -> None:
    for n in range(2):
        access.trail.note(deed(n))
    access.trail.refused(2, 422)
    written_by_0_1 = "50e3fce3f7aacbec77d419d45da71548c0c98e23fb16f22814827f8faa05c8d6"
    assert access.trail.check().head == written_by_0_1
    access.trail.concerns(access.trail.note(deed(4)), "user-2")
    assert (access.trail.check().rows, access.trail.check().wrong) == (5, None)


def test_seeing_contacts_names_the_actor(access: Access) -> None:
    access.trail.saw_contacts(deed(), "fi-1234567-8")
    (entry,) = access.trail.find(Question()).entries
    assert (entry.deed.thing, entry.deed.act) == ("fi-1234567-8", "saw contacts: POST /api/v1/judgements")


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE audit SET caller = 'user-9' WHERE number = 3",
        "UPDATE audit SET at = '2020-01-01T00:00:00+00:00' WHERE number = 3",
        "UPDATE audit SET status = 200 WHERE number = 3",
        "DELETE FROM audit WHERE number = 3",
        "DELETE FROM audit WHERE number = 1",
        "DELETE FROM audit WHERE number = 6",
        "UPDATE audit SET number = 60 WHERE number = 6",
    ],
)
def test_a_row_that_was_altered_or_taken_out_shows(access: Access, spoil: str) -> None:
    for n in range(6):
        access.trail.note(deed(n))
    assert (access.trail.check().rows, access.trail.check().wrong) == (6, None)
    database = sqlite3.connect(access.trail.file)
    with database:
        database.execute(spoil)
    database.close()
    assert access.trail.check().wrong is not None


def test_old_rows_go_and_the_rest_is_still_whole(access: Access, clock: Clock) -> None:
    for n in range(4):
        access.trail.note(deed(n))
        clock.at += timedelta(days=1)
    clock.at += timedelta(days=access.trail.days - 2)
    assert access.trail.purge() == 2
    assert access.trail.check().wrong is None
    access.trail.note(deed(9))
    clock.at += timedelta(days=2 * access.trail.days)
    assert access.trail.purge() == 3
    access.trail.note(deed(10))
    assert [each.deed.thing for each in access.trail.find(Question()).entries] == ["thing-10"]
    assert access.trail.check().wrong is None


def test_many_threads_make_one_chain(access: Access) -> None:
    access.trail.note(deed())
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda n: access.trail.note(deed(n)), range(60)))
    assert sorted(numbers) == list(range(2, 62))
    assert (access.trail.check().rows, access.trail.check().wrong) == (61, None)


def test_an_empty_trail_is_whole_and_makes_no_file(access: Access) -> None:
    assert access.trail.check().rows == 0
    assert access.trail.find(Question()).entries == ()
    assert not access.trail.file.exists()


def test_of_an_address_only_the_network_is_kept() -> None:
    assert network_of("192.0.2.77") == "192.0.2.0/24"
    assert network_of("no address") == ""
