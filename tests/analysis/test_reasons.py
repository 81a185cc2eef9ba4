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
    Evidence("well_known", Side.AGAINST, (A, B), {"a_n": 40, "b_n": 50}, -1.0),
    Evidence("no_shared_theme", Side.AGAINST, (A, B), {}, -1.0),
    Evidence("dormant", Side.AGAINST, (A, P), {"n": 1, "ended_0": date(2015, 6, 1)}, -1.0),
    Evidence("known_from_one", Side.AGAINST, (A, P), {"n": 1}, -1.0),
    Evidence("may_compete", Side.AGAINST, (A, B, WATER), {"n": 1, "similarity": 1.0}, -1.0),
    Evidence("active_in_themes", Side.FOR, (A, B, WATER), {"n": 1, "a_n": 3, "b_n": 2, "encounters": 0.2}, 1.0),
    Evidence("shared_topics", Side.FOR, (A, B, P, Q), {"n": 1, "topic": "Clean {water}", "similarity": 0.4}, 1.0),
    Evidence("similar_titles", Side.FOR, (A, B, P, Q), {"similarity": 0.6}, 1.0),
    Evidence("kinds_meet", Side.FOR, (A, B), {"kind_a": "university", "kind_b": "firm", "ratio": 1.84}, 1.0),
    Evidence("kinds_seldom_meet", Side.AGAINST, (A, B), {"kind_a": "firm", "kind_b": "other", "ratio": 0.4}, -1.0),
]
UNNAMED = {"bridges_communities", "no_shared_theme", "kinds_meet", "kinds_seldom_meet"}
"""Kinds of reason that speak of groups and name no actor."""


def said(evidence: Evidence, language: str) -> str:
    return reason(evidence, language, lambda ref: NAMES[ref.id])


@pytest.mark.parametrize("language", wording.LANGUAGES)
@pytest.mark.parametrize("evidence", EVIDENCE, ids=lambda each: each.kind)
def test_every_reason_is_a_sentence(evidence: Evidence, language: str) -> None:
    sentence = said(evidence, language)
    assert sentence.endswith(".")
    assert sentence[0].isupper() or sentence[0].isdigit()
    assert "{" not in sentence.replace("Clean {water}", "")
    named = [ref for ref in evidence.refs if NAMES[ref.id] in sentence]
    assert named or evidence.kind in UNNAMED


def test_every_feature_can_be_said() -> None:
    assert {each.kind for each in EVIDENCE} == set(FEATURES)


def test_the_method_names_every_weight_and_side_in_words() -> None:
    weights = {each.name: getattr(Weights(), each.name) for each in fields(Weights)}
    how = How(weights, date(2024, 8, 1), 1.5, 4)
    said_of_it = method(how, "fi")
    assert said_of_it.startswith(
        "puoltavien seikkojen painotettu summa (yhteiset kumppanit 0,9, kummankin tuore yhteistyö"
    )
    assert said_of_it.endswith(
        "; ikä lasketaan päivästä 1.8.2024, puoliintumisaika 1,5 vuotta; tasapaino 0,0 todennäköisen (0) ja uuden (1)"
        " välillä; enintään 4 ehdotusta toimijaa kohti"
    )
    speaks_for, against = said_of_it.split("), josta vähennetään vastaan puhuvat (")
    sides = {each.kind: speaks_for if each.side is Side.FOR else against for each in EVIDENCE}
    for kind, part in sides.items():
        assert f"{wording.say('reasons', f'method.feature.{kind}', 'fi')} 0," in part or weights[kind] >= 1, kind
    assert method(replace(how, per_actor=1, balance=0.2), "en").endswith(
        "from 2024-08-01, half-life 1.5 years; balance 0.2 between likely (0) and new (1);"
        " at most one suggestion an actor"
    )
    uncapped = method(replace(how, per_actor=None), "sv")
    assert "halveringstid 1,5 år" in uncapped
    assert "högst" not in uncapped


def test_finnish() -> None:
    assert said(EVIDENCE[0], "fi") == (
        "Yhteisiä kumppaneita 1\N{NO-BREAK SPACE}234: Åbo Akademi, Ääni & Öljy Oy, VTT ja 1\N{NO-BREAK SPACE}231 muuta."
    )
    assert said(EVIDENCE[1], "fi") == "Yhteinen teema: Vesi."
    assert said(EVIDENCE[9], "fi") == (
        "Viimeisin tiedossa oleva yhteistyö on päättynyt jo kauan sitten: Åbo Akademi (1.6.2015)."
    )


def test_swedish_and_english() -> None:
    assert said(EVIDENCE[9], "sv").endswith("Åbo Akademi (1.6.2015).")
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
