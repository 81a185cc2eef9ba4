"""What is packed comes back as it was, to the last bit; what was not packed here is refused."""

from __future__ import annotations

import base64
import dataclasses
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc import pieces
from graphsvc.analysis import results
from graphsvc.analysis.backtest import Backtest
from graphsvc.analysis.results import Measures, Missing
from graphsvc.exporting import Made
from graphsvc.measuring import Between, Changed, Course, OverTime
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.sharing.packing import pack, unpack
from graphsvc.tracking import Past


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Inner:
    day: date
    colour: Colour


@dataclass(frozen=True)
class Everything:
    text: str
    number: float
    values: Mapping[str, float]
    mixed: Mapping[str, float | int | str | date]
    by_number: Mapping[int, Inner]
    several: tuple[Inner, ...]
    pairs: tuple[tuple[str, int], ...]
    some: frozenset[str]
    perhaps: Inner | None
    nothing: float | None
    array: npt.NDArray[np.int64]


texts = st.text(max_size=8)
floats = st.floats(allow_nan=False)
days = st.dates()
inners = st.builds(Inner, days, st.just(Colour.RED))
everything = st.builds(
    Everything,
    texts,
    floats,
    st.dictionaries(texts, floats, max_size=4),
    st.dictionaries(texts, st.one_of(floats, st.integers(), texts, days), max_size=4),
    st.dictionaries(st.integers(), inners, max_size=3),
    st.lists(inners, max_size=3).map(tuple),
    st.lists(st.tuples(texts, st.integers()), max_size=3).map(tuple),
    st.frozensets(texts, max_size=4),
    st.none() | inners,
    st.none() | floats,
    st.lists(st.integers(-(2**62), 2**62), max_size=4).map(lambda values: np.asarray(values, dtype=np.int64)),
)


def alike(one: Any, other: Any) -> bool:
    """Whether two values are equal and of equal types, in the same order, to the last bit."""
    if type(one) is not type(other):
        return False
    if dataclasses.is_dataclass(one):
        return all(alike(getattr(one, f.name), getattr(other, f.name)) for f in dataclasses.fields(one))
    if isinstance(one, dict):
        return list(one) == list(other) and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and bool(np.array_equal(one, other))
    if isinstance(one, float):
        return math.copysign(1, one) == math.copysign(1, other) and (one == other or (one != one and other != other))
    return bool(one == other)


@given(everything)
def test_everything_comes_back(value: Everything) -> None:
    assert alike(unpack(pack(value, Everything), Everything), value)


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, -0.0, 5e-324, 0.1 + 0.2])
def test_odd_numbers_come_back(number: float) -> None:
    assert alike(unpack(pack({"a": number}, Mapping[str, float]), Mapping[str, float]), {"a": number})  # type: ignore[type-abstract]


@pytest.mark.parametrize("file", [b"", b"PK\x03\x04\x00\xff"])
def test_files_come_back(file: bytes) -> None:
    assert unpack(pack(Made(file, 7), Made), Made) == Made(file, 7)


@pytest.mark.parametrize("length", [2, 3, 4, 6, 7])
def test_long_files_are_packed_in_pieces(length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    file, parts = bytes(range(length)), list[int]()
    whole, encode = pack(Made(file, 7), Made), base64.b64encode
    monkeypatch.setattr(pieces, "LONG", 3)

    def noted(some: bytes) -> bytes:
        parts.append(len(some))
        return encode(some)

    monkeypatch.setattr(base64, "b64encode", noted)
    assert pack(Made(file, 7), Made) == whole, "as in one go"
    assert max(parts) <= 3
    assert unpack(whole, Made) == Made(file, 7)


@pytest.fixture(scope="module")
def found(sample_copy: Callable[[], str]) -> dict[type, Any]:
    service = Service.open(Settings(store=sample_copy()))
    try:
        from graphsvc.analysis.catalogue import ALL

        return {
            Measures: service.measures(only=ALL),
            OverTime: service.over_time(Course(2016, 2018, actors=("fi-2844561-8",), measures=("density", "degree"))),
            Changed: service.change(Between(date(2016, 12, 31), date(2019, 12, 31))),
            Missing: service.missing(top=50),
            Backtest: service.backtest(Past(date(2018, 1, 1))),
        }
    finally:
        service.close()


@pytest.mark.parametrize("kind", [Measures, OverTime, Changed, Missing, Backtest])
def test_real_results_come_back(found: dict[type, Any], kind: type) -> None:
    value = found[kind]
    text = pack(value, kind)
    again: object = unpack(text, kind)
    assert alike(again, value)
    assert pack(again, kind) == text


@given(st.recursive(st.none() | st.booleans() | texts | st.integers(), lambda inner: st.lists(inner, max_size=3)))
def test_what_was_not_packed_here_is_refused(value: Any) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        unpack(json.dumps(value), results.Measures)


def test_a_type_that_is_not_understood_is_a_mistake_at_once() -> None:
    with pytest.raises(TypeError, match="no form"):
        pack(object(), object)
