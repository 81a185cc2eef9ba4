"""The catalogue and its words: nothing is missing in any language, and the explanation page is what the code says."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from graphsvc.analysis.catalogue import ALL, CATALOGUE, SHOWN, Scope
from graphsvc.analysis.measures import ACTOR_MEASURES, NETWORK_NUMBERS
from graphsvc.wording import LANGUAGES, say, table

PARTS = ("name", "meaning", "high", "low", "misleads")
ROOT = Path(__file__).resolve().parents[2]


def test_words_and_catalogue_name_the_same_measures() -> None:
    assert set(table("measures")) == {f"{id_}.{part}" for id_ in CATALOGUE for part in PARTS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_measure_is_told_in_sentences(language: str) -> None:
    names = [say("measures", f"{id_}.name", language) for id_ in CATALOGUE]
    assert len(set(names)) == len(names), "two measures with one name"
    for id_ in CATALOGUE:
        for part in PARTS[1:]:
            assert say("measures", f"{id_}.{part}", language).endswith("."), f"{id_}.{part}"


def test_no_text_was_left_untranslated() -> None:
    for key, texts in table("measures").items():
        if not key.endswith(".name"):
            assert len({str(texts[language]) for language in LANGUAGES}) == len(LANGUAGES), key


def test_every_definition_has_formula_and_source_with_a_year() -> None:
    for each in CATALOGUE.values():
        assert each.formula
        assert any(word.strip(",;").isdigit() and 1900 < int(word.strip(",;")) < 2030 for word in each.source.split())


def test_each_measure_is_of_one_scope() -> None:
    others = {id_ for id_, each in CATALOGUE.items() if each.scope in (Scope.TIE, Scope.COMMUNITY)}
    assert {*ACTOR_MEASURES, *NETWORK_NUMBERS, *others, "articulation_point"} == ALL
    assert len(ACTOR_MEASURES) + len(NETWORK_NUMBERS) + len(others) + 1 == len(ALL)


def test_what_maps_and_tables_read_is_computed_when_nobody_says_which() -> None:
    assert {"degree", "strength", "betweenness", "community", "articulation_point"} <= SHOWN < ALL


def test_the_explanation_is_what_the_code_says() -> None:
    tool = ROOT / "tools" / "write_measures.py"
    spec = importlib.util.spec_from_file_location("tools_write_measures", tool)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written = (ROOT / "docs" / "explanation" / "measures.md").read_text(encoding="utf-8")
    assert written == module.page(), "docs/explanation/measures.md is not what the catalogue says: make reference"
