"""Each text speaks Finnish, Swedish and English with the same parameters."""

from __future__ import annotations

from importlib import resources
from string import Formatter

import pytest

from graphsvc import wording
from graphsvc.model import ActorKind, CollaborationKind, Helix, LinkKind

TABLES = sorted(
    path.name.removesuffix(".toml")
    for path in resources.files("graphsvc").joinpath("wordings").iterdir()
    if path.name.endswith(".toml")
)


def parameters(text: wording.Text) -> set[str]:
    texts = [text] if isinstance(text, str) else list(text.values())
    return {name for each in texts for _, name, _, _ in Formatter().parse(each) if name}


@pytest.mark.parametrize("name", TABLES)
def test_three_languages_same_parameters(name: str) -> None:
    assert wording.table(name), "a table without keys is dead weight"
    for key, languages in wording.table(name).items():
        assert set(languages) == set(wording.LANGUAGES), key
        wanted = parameters(languages["en"])
        for language, text in languages.items():
            # A sentence that is not ours may hold what says nothing to a reader: a pattern.
            told = parameters(text) | (wanted if key.startswith("pydantic.") else set())
            assert told == wanted, f"{name}:{key} in {language}"
            if not isinstance(text, str):
                assert set(text) == {"one", "other"}, f"{name}:{key} in {language}"


def test_every_kind_has_a_name() -> None:
    keys = set(wording.table("kinds"))
    for prefix, kinds in (
        ("actor", ActorKind),
        ("helix", Helix),
        ("collaboration", CollaborationKind),
        ("link", LinkKind),
    ):
        assert {f"{prefix}.{kind.value}" for kind in kinds} <= keys


def test_lists_and_numbers_follow_the_language() -> None:
    assert wording.listed(["a", "b", "c"], "fi") == "a, b ja c"
    assert wording.number(0.5, "fi", 2) == "0,50"
