"""Users, passwords and sessions: shown once, kept as digests, over at once; and how often a password may be tried."""

from __future__ import annotations

import statistics
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.access import passwords
from graphsvc.access.attempts import FREE, LONGEST_WAIT, MOST, QUIET, Attempts
from graphsvc.access.installation import Access
from graphsvc.access.passwords import MustWait
from graphsvc.access.rights import Caller, Right
from graphsvc.access.sessions import IDLE, LONGEST
from graphsvc.access.users import FIRST_DAYS, Duty, Role, folded
from graphsvc.errors import InvalidValue, NotFound
from tests.access.conftest import Clock

HERE = "192.0.2.7"
OWN = "correct horse battery staple"


def settled(access: Access, name: str = "Maija Mäkinen") -> str:
    """Make a user who has chosen a password, and return the id."""
    user, _ = access.users.make(name, Duty(Role.EDITOR))
    access.users.choose(user.id, OWN)
    return user.id


def test_the_first_password_opens_only_the_door_to_an_own_one(access: Access) -> None:
    user, first = access.users.make("Maija Mäkinen", Duty(Role.EDITOR))
    came = access.sign_in("maija  MÄKINEN", first, HERE)
    assert came is not None
    assert came[0].caller == Caller(user.id, Right.NOTHING)
    access.users.choose(user.id, OWN)
    assert access.sessions.shown(came[1]) is None, "the session of the first password is over"
    assert access.sign_in("Maija Mäkinen", first, HERE) is None
    again = access.sign_in("Maija Mäkinen", OWN, HERE)
    assert again is not None
    assert again[0].caller == Caller(user.id, Right.WRITE)


def test_the_first_password_ends(access: Access, clock: Clock) -> None:
    _, first = access.users.make("Maija", Duty())
    clock.at += timedelta(days=FIRST_DAYS)
    assert access.sign_in("Maija", first, HERE) is None


def test_no_secret_is_in_the_file(access: Access) -> None:
    user, first = access.users.make("Maija", Duty())
    came = access.sign_in("Maija", first, HERE)
    access.users.choose(user.id, OWN)
    assert came is not None
    kept = b"".join(each.read_bytes() for each in access.users.file.parent.iterdir())
    assert not any(secret.encode() in kept for secret in (first, came[1], OWN))
    assert access.users.file.stat().st_mode & 0o077 == 0


def test_a_session_ends_by_itself_by_signing_out_and_with_its_user(access: Access, clock: Clock) -> None:
    id_ = settled(access)
    one, two = access.sessions.start(id_), access.sessions.start(id_)
    access.sessions.end(one)
    assert access.sessions.shown(one) is None
    assert access.sessions.shown(two) is not None
    for _ in range(int(LONGEST / IDLE) * 2 - 1):
        clock.at += IDLE / 2
        assert access.sessions.shown(two) is not None
    clock.at += IDLE / 2
    assert access.sessions.shown(two) is None, "it is as old as one may be"
    idle = access.sessions.start(id_)
    clock.at += IDLE
    assert access.sessions.shown(idle) is None
    last = access.sessions.start(id_)
    access.users.disable(id_)
    assert access.sessions.shown(last) is None
    assert access.sign_in("Maija Mäkinen", OWN, HERE) is None


def test_another_role_holds_from_the_next_request_on(access: Access) -> None:
    id_ = settled(access)
    session = access.sessions.start(id_)
    access.users.assign(id_, Duty(Role.VIEWER, place="fi-tampere"))
    shown = access.sessions.shown(session)
    assert shown is not None
    assert shown.caller == Caller(id_, Right.READ, None, "fi-tampere")


def test_a_reset_user_is_let_in_again_with_a_new_first_password(access: Access) -> None:
    id_ = settled(access)
    session = access.sessions.start(id_)
    access.users.disable(id_)
    user, first = access.reset(id_)
    assert user.disabled is None
    assert access.sessions.shown(session) is None
    assert access.sign_in("Maija Mäkinen", OWN, HERE) is None
    assert access.sign_in("Maija Mäkinen", first, HERE) is not None


def test_a_forgotten_user_has_no_name_anywhere(access: Access) -> None:
    id_ = settled(access, "Maija Mäkinen")
    assert access.sign_in("Maija Mäkinen", OWN, HERE)
    access.users.forget(id_)
    kept = b"".join(each.read_bytes() for each in access.users.file.parent.iterdir())
    assert "Mäkinen".encode() not in kept
    assert "mäkinen".encode() not in kept
    assert access.names()[id_] == id_
    access.users.make("Maija Mäkinen", Duty())


@pytest.mark.parametrize("name", ["", " ", "a" * 101, "a\nb"])
def test_a_name_that_cannot_be_is_refused(access: Access, name: str) -> None:
    if name == "a\nb":
        assert access.users.make(name, Duty())[0].name == "a b"
        return
    with pytest.raises(InvalidValue):
        access.users.make(name, Duty())


def test_a_name_is_there_once(access: Access) -> None:
    access.users.make("Åsa", Duty())
    with pytest.raises(InvalidValue, match="already"):
        access.users.make("  a\u030asa", Duty())  # the same letters, composed in another way
    assert access.users.meant("ÅSA").name == "Åsa"
    with pytest.raises(NotFound, match="no user 'nobody'"):
        access.users.meant("nobody")


def test_only_viewers_are_limited(access: Access) -> None:
    with pytest.raises(InvalidValue, match="Only a viewer"):
        access.users.make("Maija", Duty(Role.EDITOR, theme="health"))


@pytest.mark.parametrize("password", ["", "a" * 11, "a" * 201])
def test_a_password_is_long_and_nothing_else(access: Access, password: str) -> None:
    user, _ = access.users.make("Maija", Duty())
    with pytest.raises(InvalidValue, match="12 to 200"):
        access.users.choose(user.id, password)
    access.users.choose(user.id, "aaaaaaaaaaaa")


def test_what_is_kept_takes_memory_and_time_to_guess() -> None:
    assert passwords.digest(OWN).startswith("scrypt:32768:8:3$"), "OWASP's setting, docs/decisions/0025-users.md"


def test_a_password_is_the_same_however_the_keyboard_composes_it() -> None:
    assert passwords.fits("a\u030a" * 12, passwords.digest("å" * 12))


def test_a_name_that_nobody_has_takes_as_long(access: Access) -> None:
    settled(access)

    def seconds(name: str) -> float:
        begun = time.perf_counter()
        assert access.users.known_by(name, "wrong wrong wrong") is None
        return time.perf_counter() - begun

    seconds("nobody")
    known, unknown = ([seconds(name) for _ in range(5)] for name in ("Maija Mäkinen", "nobody"))
    assert 0.4 < statistics.median(known) / statistics.median(unknown) < 2.5


def fail(attempts: Attempts, name: str, address: str = HERE) -> int:
    """Try once in vain, and return the seconds that had to be waited instead, if any."""
    try:
        attempts.begin(name, address)
    except MustWait as wait:
        return wait.seconds
    return 0


def test_tries_at_a_name_wait_ever_longer_from_wherever_they_come(access: Access, clock: Clock) -> None:
    waits: list[int] = []
    for n in range(20):
        waits.append(fail(access.attempts, "Maija", f"192.0.2.{n}"))
        clock.at += timedelta(seconds=waits[-1])
        if waits[-1]:
            assert fail(access.attempts, "Maija", f"192.0.3.{n}") == 0
    assert waits[: FREE["name"]] == [0] * FREE["name"]
    assert max(waits) == LONGEST_WAIT + 1
    assert fail(access.attempts, "maija") > 0, "however it is written"
    assert fail(access.attempts, "Pekka") == 0


def test_tries_from_an_address_wait_whatever_the_name(access: Access) -> None:
    assert [fail(access.attempts, f"user {n}") for n in range(FREE["address"] + 1)][-1] > 0
    assert fail(access.attempts, "user 1", "198.51.100.1") == 0


def test_a_hundred_tries_are_the_most_in_a_row(access: Access, clock: Clock) -> None:
    done = 0
    for n in range(3 * MOST):
        wait = fail(access.attempts, "Maija", f"10.0.{n // 250}.{n % 250}")
        done += wait == 0
        if wait > LONGEST_WAIT + 1:
            break
        clock.at += timedelta(seconds=wait)
    assert done == MOST
    access.attempts.forgive("Maija")
    assert fail(access.attempts, "Maija", "10.1.0.1") == 0


def test_a_quiet_day_is_a_new_start(access: Access, clock: Clock) -> None:
    while not fail(access.attempts, "Maija"):
        pass
    clock.at += QUIET
    assert fail(access.attempts, "Maija") == 0


def test_many_tries_at_once_are_no_more_than_one_after_the_other(access: Access) -> None:
    access.attempts.begin("Pekka", "198.51.100.1")  # the file is there
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda n: fail(access.attempts, "Maija", f"192.0.2.{n}"), range(40)))
    assert waits.count(0) == FREE["name"]


def test_who_signs_in_starts_anew_but_cannot_wipe_out_the_tries_of_an_address(access: Access) -> None:
    settled(access, "Maija")
    for n in range(FREE["address"] - 1):
        assert fail(access.attempts, f"user {n}") == 0
    assert access.sign_in("Maija", OWN, HERE)
    assert fail(access.attempts, "one") == 0
    assert fail(access.attempts, "two") > 0


def test_what_was_tried_is_nowhere_in_the_file(access: Access) -> None:
    fail(access.attempts, "my password in the wrong field")
    assert b"wrong field" not in access.users.file.read_bytes()
    assert HERE.encode() not in access.users.file.read_bytes()


@given(st.text(max_size=40))
def test_a_name_is_the_same_however_its_letters_are_composed(name: str) -> None:
    forms = ("NFC", "NFD", "NFKC", "NFKD")
    assert len({folded(unicodedata.normalize(form, name)) for form in forms}) == 1  # type: ignore[arg-type]
