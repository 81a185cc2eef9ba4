"""Texts that spreadsheets would compute: none gets through, and each comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graphsvc.cells import as_written, neutral

BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "−")
texts = st.one_of(
    st.text(),
    st.builds("".join, st.lists(st.sampled_from(["'", " ", "\ufeff", "\u200e", "\u00a0", "x", '"', *BEGINNINGS]))),
)


@given(texts)
@example("'=1")
@example("''=1")
@example("'")
@example("' '=1")
def test_what_is_marked_comes_back(text: str) -> None:
    assert as_written(neutral(text)) == text


@given(texts)
def test_nothing_that_is_marked_begins_a_formula(text: str) -> None:
    marked = neutral(text)
    assert not marked.startswith(BEGINNINGS)
    assert not marked.strip("\ufeff\u200b\u200e\u200f\u00a0 ").startswith(BEGINNINGS)


@given(st.text(alphabet="abcåäö0123456789 '().,", min_size=1))
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert neutral(text) == text == as_written(text)


@pytest.mark.parametrize("beginning", BEGINNINGS)
@pytest.mark.parametrize("before", ["", " ", "\u00a0", "\ufeff", "\u202e"])
def test_each_beginning_is_marked_behind_what_is_not_seen_too(beginning: str, before: str) -> None:
    assert neutral(f"{before}{beginning}1+1") == f"'{before}{beginning}1+1"
