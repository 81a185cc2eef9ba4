"""Keys: shown once, kept as a digest, over at their end, taken back at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graphsvc.access.keys import DAYS, KeyRing, Wish
from graphsvc.access.rights import Caller, Right
from graphsvc.errors import InvalidValue, NotFound


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ring(tmp_path: Path, clock: Clock) -> KeyRing:
    return KeyRing(tmp_path / "home" / "access.db", clock)


def test_a_key_opens_what_it_was_made_for(ring: KeyRing) -> None:
    key, text = ring.make(Wish("reports of the city", Right.READ, place="fi-tampere"))
    shown = ring.shown(text)
    assert shown is not None
    assert shown.caller == Caller(key.id, Right.READ, None, "fi-tampere")


def test_the_secret_is_nowhere_in_the_files(ring: KeyRing) -> None:
    _, text = ring.make(Wish("a"))
    secret = text.rsplit("_", 1)[1] if text.count("_") == 2 else text.split("_", 2)[2]
    for file in ring.file.parent.iterdir():
        assert secret.encode() not in file.read_bytes()
    assert ring.file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1] + ("A" if t[-1] != "A" else "B"), str.upper, lambda t: t + "A", lambda t: ""]
)
def test_another_text_opens_nothing(ring: KeyRing, spoil: object) -> None:
    _, text = ring.make(Wish("a"))
    assert callable(spoil)
    assert ring.shown(spoil(text)) is None


def test_where_there_are_no_keys_nothing_opens_and_no_file_is_made(ring: KeyRing) -> None:
    assert ring.shown("gsv_0123456789ab_" + "A" * 43) is None
    assert ring.all() == ()
    assert not ring.file.exists()


def test_a_key_ends(ring: KeyRing, clock: Clock) -> None:
    _, text = ring.make(Wish("a"))
    clock.at += timedelta(days=DAYS, seconds=-1)
    assert ring.shown(text)
    clock.at += timedelta(seconds=1)
    assert ring.shown(text) is None


def test_a_key_that_was_taken_back_opens_nothing_at_once_and_stays_in_the_list(ring: KeyRing, clock: Clock) -> None:
    key, text = ring.make(Wish("a"))
    clock.at += timedelta(hours=1)
    assert ring.revoke(key.id).revoked == clock.at
    assert KeyRing(ring.file, clock).shown(text) is None
    clock.at += timedelta(hours=1)
    assert ring.revoke(key.id).revoked == clock.at - timedelta(hours=1)  # when it was first taken back
    assert [each.id for each in ring.all()] == [key.id]
    with pytest.raises(NotFound, match="no key 'nobody'"):
        ring.revoke("nobody")


def test_the_last_use_is_kept_about(ring: KeyRing, clock: Clock) -> None:
    key, text = ring.make(Wish("a"))
    assert ring.get(key.id).used is None
    first = clock.at
    ring.shown(text)
    clock.at += timedelta(minutes=9)
    ring.shown(text)
    assert ring.get(key.id).used == first
    clock.at += timedelta(minutes=2)
    ring.shown(text)
    assert ring.get(key.id).used == clock.at


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        (Wish(" "), "name"),
        (Wish("a" * 101), "name"),
        (Wish("a", days=0), "days"),
        (Wish("a", Right.NOTHING), "right"),
        (Wish("a", Right.WRITE, theme="health"), "only a key that reads"),
    ],
)
def test_a_wish_that_cannot_be_is_refused(ring: KeyRing, wish: Wish, why: str) -> None:
    with pytest.raises(InvalidValue, match=f"(?i){why}"):
        ring.make(wish)


def test_many_threads_make_and_show_keys(ring: KeyRing) -> None:
    def both(n: int) -> bool:
        _, text = ring.make(Wish(f"key {n}"))
        return ring.shown(text) is not None

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(both, range(40)))
    assert len(ring.all()) == 40
