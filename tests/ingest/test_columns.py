"""The tables of header names and words are in themselves without contradiction."""

from __future__ import annotations

import tomllib
from enum import StrEnum

import pytest

from graphsvc.identifiers import fold
from graphsvc.ingest.columns import READ_ORDER, header_fold, meant, resource, specs, table_by_header, table_for, words
from graphsvc.model import ActorKind, CollaborationKind, LinkKind, NameKind
from graphsvc.wording import LANGUAGES, say

KINDS: dict[str, type[StrEnum]] = {
    "actor": ActorKind,
    "collaboration": CollaborationKind,
    "link": LinkKind,
    "name": NameKind,
}


@pytest.mark.parametrize("key", READ_ORDER)
def test_no_header_means_two_columns(key: str) -> None:
    seen: dict[str, str] = {}
    for column in specs()[key].columns:
        for alias in column.aliases:
            assert seen.setdefault(alias, column.key) == column.key, alias


@pytest.mark.parametrize("key", READ_ORDER)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_is_recognised_and_has_a_note(key: str, language: str) -> None:
    spec = specs()[key]
    assert table_for(spec.labels[language]) is spec
    header = [f"{column.labels[language].upper()} *" for column in spec.columns]
    assert spec.match(header) == {column.key: position for position, column in enumerate(spec.columns)}
    assert all(column.notes[language] for column in spec.columns)


def test_sheet_names_are_distinct() -> None:
    aliases = [alias for spec in specs().values() for alias in spec.aliases]
    assert len(aliases) == len(set(aliases))


@pytest.mark.parametrize("kind", KINDS)
def test_no_word_means_two_kinds(kind: str) -> None:
    table = tomllib.loads(resource("words.toml"))[kind]
    assert set(table) == {value.value for value in KINDS[kind]}
    seen: dict[str, str] = {}
    for value, texts in table.items():
        for text in texts:
            assert seen.setdefault(fold(text), value) == value, text
            assert words(kind)[fold(text)] == value, f"{text} is also the name of another kind"


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_are_advised_are_known(language: str) -> None:
    advice = say("said_import", "node_claims.write_kind", language)
    found = {value for word, value in words("actor").items() if f" {word}" in fold(advice)}
    assert found == {"university", "research_organisation", "firm", "public_body", "civil_society"}, advice


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("HES", "university"),
        ("oth", "other"),
        ("YRITYS", "firm"),
        ("Företag", "firm"),
        ("foretag", "firm"),
        ("kunta", "public_body"),
        ("Kansalaisyhteiskunta", "civil_society"),
        ("public body", "public_body"),
    ],
)
def test_words_in_three_languages_and_codes(word: str, kind: str) -> None:
    assert meant(word, "actor", ActorKind) is ActorKind(kind)


def test_a_table_is_not_guessed_from_one_word() -> None:
    assert table_by_header(["Source", "Year", "Target", "Weight"]) is None
    assert table_by_header(["From", "To", "Type", "Label", "Tags"]) is None
    assert table_by_header(["name"]) is None
    found = table_by_header(["nimi", "y-tunnus", "kunta"])
    assert found is not None
    assert found.key == "actors"


def test_header_fold() -> None:
    assert header_fold("  NAME_fi*:") == "name fi"
