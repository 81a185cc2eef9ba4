"""The weights of a shortlist are those that its pages tell, and each has its words."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

from graphsvc.analysis import shortlist
from graphsvc.analysis.shortlist import ShortlistWeights
from graphsvc.wording import table

WEIGHTS = asdict(ShortlistWeights())


def test_the_page_has_every_reason_with_its_weight() -> None:
    page = Path(__file__).parents[2].joinpath("docs", "explanation", "call-rules.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| .+ \| ([\d.]+) \|$", page, flags=re.MULTILINE)
    assert {name: float(weight) for name, weight in rows} == WEIGHTS


def test_the_formula_names_every_reason() -> None:
    assert shortlist.__doc__ is not None
    assert all(re.search(rf"\b{name}\b", shortlist.__doc__) for name in WEIGHTS)


def test_every_reason_has_a_sentence_and_a_name() -> None:
    words = table("consortium")
    for name in WEIGHTS:
        assert f"feature.{name}" in words
        assert (f"for.{name}" in words) != (f"against.{name}" in words)
