"""Each kind of evidence is a sentence in three languages; names stay as they are."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from graphsvc import wording
from graphsvc.analysis.features import FEATURES, Weights
from graphsvc.analysis.reasons import listing, method, reason
from graphsvc.analysis.results import Evidence, How, Noun, Ref, Side

NAMES = {
    "a": "Åbo Akademi",
    "b": "Ääni & Öljy Oy",
    "c": "VTT",
    "d": "Nokia Oyj",
    "p": "Hanke P",
    "q": "Hanke Q",
    "water": "Vesi",
    "FI197": "Pirkanmaa",
}
A, B, C, D = (Ref(Noun.ACTOR, id_) for id_ in "abcd")
P, Q = Ref(Noun.COLLABORATION, "p"), Ref(Noun.COLLABORATION, "q")
WATER, PLACE = Ref(Noun.THEME, "water"), Ref(Noun.PLACE, "FI197")

EVIDENCE = [
    Evidence("shared_partners", Side.FOR, (A, B, C, D, P, Q), {"n": 1234, "nearness": 0.5}, 1.0),
    Evidence("shared_themes", Side.FOR, (WATER,), {"n": 1, "similarity": 0.5}, 1.0),
    Evidence("both_active", Side.FOR, (A, B, P, Q), {"a_n": 4, "b_n": 1200}, 1.0),
    Evidence(
        "completes_helix",
        Side.FOR,
        (A, B),
        {"helix_a": "academia", "helix_b": "industry", "a_n": 2, "a_of": 4, "b_n": 1, "b_of": 2},
        1.0,
    ),
    Evidence("same_community", Side.FOR, (A, B, WATER), {"n": 12, "community": 0}, 1.0),
    Evidence("bridges_communities", Side.FOR, (A, B), {"n": 3, "community_a": 0, "community_b": 1}, 1.0),
    Evidence("same_place", Side.FOR, (PLACE,), {}, 1.0),
    Evidence("both_hubs", Side.AGAINST, (A, B), {"a_n": 40, "b_n": 50}, -1.0),
    Evidence("no_shared_theme", Side.AGAINST, (A, B), {}, -1.0),
    Evidence("dormant", Side.AGAINST, (A, P), {"n": 1, "ended_0": date(2015, 6, 1)}, -1.0),
    Evidence("known_from_one", Side.AGAINST, (A, P), {"n": 1}, -1.0),
    Evidence("may_compete", Side.AGAINST, (A, B, WATER), {"n": 1, "similarity": 1.0}, -1.0),
]


def said(evidence: Evidence, language: str) -> str:
    return reason(evidence, language, lambda ref: NAMES[ref.id])


@pytest.mark.parametrize("language", wording.LANGUAGES)
@pytest.mark.parametrize("evidence", EVIDENCE, ids=lambda each: each.kind)
def test_every_reason_is_a_sentence(evidence: Evidence, language: str) -> None:
    sentence = said(evidence, language)
    assert sentence.endswith(".")
    assert sentence[0].isupper() or sentence[0].isdigit()
    assert "{" not in sentence
    named = [ref for ref in evidence.refs if NAMES[ref.id] in sentence]
    assert named or evidence.kind in {"bridges_communities", "no_shared_theme"}


def test_every_feature_can_be_said() -> None:
    assert {each.kind for each in EVIDENCE} == set(FEATURES)


def test_the_method_names_every_weight_and_side_in_words() -> None:
    weights = {each.name: getattr(Weights(), each.name) for each in fields(Weights)}
    how = How(weights, date(2024, 8, 1), 1.5, 4)
    assert method(how, "fi") == (
        "puoltavien seikkojen painotettu summa (yhteiset kumppanit 1, kummankin tuore yhteistyö 1, yhteiset teemat 2,"
        " sektorit täydentävät toisiaan 0,3, sama yhteisö 0,2, silta yhteisöjen välille 0,2, sama alue 0,3), josta"
        " vähennetään vastaan puhuvat (molemmilla jo paljon kumppaneita 0,5, ei yhteistä teemaa 0,5, pitkään hiljaa"
        " 0,5, mahdolliset kilpailijat 0,3, vain yksi tiedossa oleva yhteistyö 0,3); ikä lasketaan päivästä 1.8.2024,"
        " puoliintumisaika 1,5 vuotta; enintään 4 ehdotusta toimijaa kohti"
    )
    assert "from 2024-08-01, half-life 1.5 years; at most one suggestion" in method(replace(how, per_actor=1), "en")
    assert method(replace(how, per_actor=None), "sv").endswith("halveringstid 1,5 år")


def test_finnish() -> None:
    assert said(EVIDENCE[0], "fi") == (
        "Yhteisiä kumppaneita 1\N{NO-BREAK SPACE}234: Åbo Akademi, Ääni & Öljy Oy, VTT ja 1\N{NO-BREAK SPACE}231 muuta."
    )
    assert said(EVIDENCE[1], "fi") == "Yhteinen teema: Vesi."
    assert said(EVIDENCE[9], "fi") == (
        "Viimeisin tiedossa oleva yhteistyö on päättynyt jo kauan sitten: Åbo Akademi (1.6.2015)."
    )


def test_swedish_and_english() -> None:
    assert said(EVIDENCE[9], "sv").endswith("Åbo Akademi (2015-06-01).")
    assert said(EVIDENCE[0], "en") == "1,234 shared partners: Åbo Akademi, Ääni & Öljy Oy, VTT and 1,231 more."
    assert said(EVIDENCE[3], "en") == (
        "Would join the sectors academia and industry."
        " Collaborations that lack the other's sector: Åbo Akademi (2/4) and Ääni & Öljy Oy (1/2)."
    )


def test_a_community_without_themes_has_no_name() -> None:
    unnamed = Evidence("same_community", Side.FOR, (A, B), {"n": 12, "community": 0}, 1.0)
    assert said(unnamed, "en") == "Both belong to the same community (12 actors)."


def test_nothing_between_two_communities() -> None:
    nothing = Evidence("bridges_communities", Side.FOR, (A, B), {"n": 0, "community_a": 0, "community_b": 1}, 1.0)
    assert said(nothing, "fi") == "Yhdistäisi kaksi yhteisöä, joiden välillä ei ole vielä yhtään kumppanuutta."


def test_names_with_braces_stay_as_they_are() -> None:
    sentence = reason(EVIDENCE[1], "en", lambda ref: "{n} {0.__class__}")
    assert sentence == "One shared theme: {n} {0.__class__}."


@pytest.mark.parametrize(
    ("names", "total", "text"),
    [
        (["x"], 1, "x"),
        (["x", "y", "z"], 3, "x, y and z"),
        (["x", "y", "z", "v"], 4, "x, y, z and one more"),
        (["x", "y", "z", "v"], 9, "x, y, z and 6 more"),
    ],
)
def test_listing(names: list[str], total: int, text: str) -> None:
    assert listing(names, total, "en") == text
