"""Two rows with one identifier are a mistake, unless the file says of them that they are two entries."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graphsvc.model import Actor, Name, NameKind

ReadFile = Callable[[Path], Any]
Make = Callable[..., Path]


@pytest.mark.parametrize(("mark", "read_rows"), [("x", 2), ("", 1)])
@pytest.mark.parametrize("title", ["shares identifier", "yhteinen tunniste", "delat id-nummer"])
def test_entries_that_share_an_identifier(
    workbook: Make, read: ReadFile, title: str, mark: str, read_rows: int
) -> None:
    header = ["id", "name", "business id", "vat", title]
    rows = [["a", "A", "2844561-8", "", mark], ["b", "B", "", "FI28445618", mark]]
    result = read(workbook({"Actors": [header, *rows]}))
    assert len(result.claims(Actor)) == read_rows
    assert len(result.errors) == 2 - read_rows


def test_the_name_shown_may_be_of_a_kind(workbook: Make, read: ReadFile) -> None:
    sheets = {
        "Actors": [["name", "other names"], ["TAU", "TAU-yhteisö"]],
        "Names": [
            ["actor", "other name", "kind", "language"],
            ["TAU", "TAU", "abbreviation", ""],
            ["TAU", "TAU-yhteisö", "spelling", "fi"],
            ["TAU", "TAU-yhteisö", "former", "fi"],
        ],
    }
    result = read(workbook(sheets))
    assert not result.problems
    assert result.claims(Actor)[-1].names == (
        Name(text="TAU-yhteisö", kind=NameKind.SPELLING, language="fi"),
        Name(text="TAU", kind=NameKind.ABBREVIATION),
        Name(text="TAU-yhteisö", kind=NameKind.FORMER, language="fi"),
    )
