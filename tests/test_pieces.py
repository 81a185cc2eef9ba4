"""What is written in pieces is what one call writes, and is read as it was."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc import pieces

_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=9) | st.dictionaries(st.text(), inner, max_size=9),
    max_leaves=40,
)


@pytest.fixture(autouse=True, scope="module")
def _small_pieces() -> Any:
    before = pieces.PIECE, pieces.LONG
    pieces.PIECE, pieces.LONG = 3, 4  # type: ignore[misc]
    yield
    pieces.PIECE, pieces.LONG = before  # type: ignore[misc]


@given(_values)
def test_the_text_is_that_of_one_call(value: Any) -> None:
    assert pieces.text(value) == json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@given(_values)
def test_lines_are_read_as_they_were(value: Any) -> None:
    written = list(pieces.lines(value))
    assert all("\n" not in line for line in written)
    assert pieces.read(written) == value


def test_no_line_holds_more_than_a_piece_of_a_long_part() -> None:
    value = {"values": {str(number): number for number in range(10)}, "order": list(range(10))}
    assert [len(json.loads(line)) for line in pieces.lines(value)] == [3, 3, 3, 1, 3, 3, 3, 1, 2]


def test_no_line_holds_more_than_a_piece_of_a_long_text() -> None:
    assert [json.loads(line) for line in pieces.lines("Tampere, ä")][:-1] == ["Tamp", "ere,", " ä"]


@given(_values)
def test_the_sorted_text_is_that_of_one_call(value: Any) -> None:
    how = {"sort_keys": True, "ensure_ascii": False, "separators": (",", ":")}
    assert pieces.sorted_text(value, **how) == json.dumps(value, **how)  # type: ignore[arg-type]


def test_a_long_array_is_written_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    given_, dumps = list[Any](), json.dumps

    def noted(value: Any, **how: Any) -> str:
        given_.append(value)
        return dumps(value, **how)

    monkeypatch.setattr(json, "dumps", noted)
    assert pieces.sorted_text({"rows": [[1], [2], [3], [4]], "a": 1}, separators=(",", ":")) == (
        '{"a":1,"rows":[[1],[2],[3],[4]]}'
    )
    assert given_ == [1, "a", [[1], [2], [3]], [[4]], "rows"]


def test_nothing_is_no_value() -> None:
    with pytest.raises(ValueError, match="nothing"):
        pieces.read([])
