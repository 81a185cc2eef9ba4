"""Contradictions in words, in three languages."""

from __future__ import annotations

from datetime import date

import pytest

from graphsvc import wording
from graphsvc.contradictions import property_name, sentence
from graphsvc.model import Actor, Collaboration
from graphsvc.store.descriptions import of_actor, of_collaboration
from graphsvc.store.differences import Difference, Said
from graphsvc.wording import LANGUAGES


def difference(property_: str, *said: tuple[str, str]) -> Difference:
    """Return a difference of sources that are named after what they say of the day."""
    return Difference(property_, tuple(Said(value, name, name, None) for value, name in said), len(said))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", "2 lähdettä antaa eri tiedon, paikka: Tampere (A, 5.2.2020); x-1 (käsin kirjattu). Näytetään: Tampere."),
        (
            "sv",
            "2 källor ger olika uppgifter, plats: Tampere (A, 5.2.2020); x-1 (angivet för hand). Visas: Tampere.",
        ),
        ("en", "2 sources differ on the place: Tampere (A, 2020-02-05); x-1 (entered by hand). Shown: Tampere."),
    ],
)
def test_a_difference_names_values_sources_days_and_what_is_shown(language: str, said: str) -> None:
    found = Difference("place", (Said("tre", "a", "A", date(2020, 2, 5)), Said("x-1", "", "", None)), 2)
    assert sentence(found, language, {"tre": "Tampere", "x-1": "x-1"}.__getitem__) == said


def test_members_stand_with_the_sources_that_name_them() -> None:
    found = Difference(
        "participants", (Said("Bee", "1", "one", None), Said("Bee", "2", "two", None), Said("Cee", "2", "two", None)), 3
    )
    assert sentence(found, "en") == "3 sources differ on the members: Bee (only: one, two); Cee (only: two)."


@pytest.mark.parametrize(
    ("property_", "value", "said"),
    [
        ("kind", "university", "University"),
        ("kind", "network", "Network"),
        ("starts", "2020-02-05", "2020-02-05"),
        ("attributes.Contact {n}", "{said} [bold]", "{said} [bold]"),
    ],
)
def test_values_are_words_and_what_comes_from_data_stays_as_it_is(property_: str, value: str, said: str) -> None:
    told = sentence(difference(property_, (value, "A"), ("other", "B")) if property_ != "starts" else _days(), "en")
    assert f"{said} (A)" in told
    assert f"Shown: {said}." in told


def _days() -> Difference:
    return difference("starts", ("2020-02-05", "A"), ("2021-01-01", "B"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_property_that_files_describe_has_a_name(language: str) -> None:
    kept = {"sort_name", "main", "folded_name", "folded_names", "folded_more", "source", "attributes"}
    described = {*of_actor(Actor(id="a", name="A")), *of_collaboration(Collaboration(id="c", name="C"))} - kept
    for each in {*described, "place", "participants"}:
        assert property_name(each, language) == wording.say("differences", f"property.{each}", language)
    assert property_name("attributes.Oma sarake", language) == "Oma sarake"
