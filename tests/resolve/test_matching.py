"""Proposals about pairs of entries, and names typed by a person."""

from __future__ import annotations

from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc import wording
from graphsvc.ingest.opening import open_file
from graphsvc.ingest.reading import ReadRow
from graphsvc.model import Actor, ActorKind, Ground, Name, NameKind, Place, PlaceKind, Verdict
from graphsvc.resolve import blocking
from graphsvc.resolve.matching import NameIndex, Proposal, propose, sentence
from graphsvc.resolve.profiles import profile
from graphsvc.resolve.scoring import SURE, score

PLACES = {
    place.id: place
    for place in (
        Place(id="fi", name="Finland", kind=PlaceKind.COUNTRY),
        Place(id="se", name="Sweden", kind=PlaceKind.COUNTRY),
        Place(id="FI197", name="Pirkanmaa", kind=PlaceKind.REGION, parent="fi"),
        Place(id="fi-tampere", name="Tampere", kind=PlaceKind.MUNICIPALITY, parent="FI197"),
        Place(id="fi-nokia", name="Nokia", kind=PlaceKind.MUNICIPALITY, parent="FI197"),
        Place(id="fi-tammerfors", name="TAMMERFORS", kind=PlaceKind.MUNICIPALITY, parent="fi"),
        Place(id="fi-helsinki", name="Helsinki", kind=PlaceKind.MUNICIPALITY, parent="fi"),
        Place(id="se-lund", name="Lund", kind=PlaceKind.MUNICIPALITY, parent="se"),
    )
}


def actor(id_: str, name: str, place: str | None = "fi-tampere", **more: Any) -> Actor:
    return Actor(id=id_, name=name, place=place, **more)


def one(first: Actor, second: Actor) -> Proposal | None:
    found = propose([first], [second], PLACES)
    assert len(found) < 2
    return found[0] if found else None


def kinds(proposal: Proposal | None, *, supports: bool) -> list[str]:
    assert proposal is not None
    return [ground.kind for ground in proposal.grounds if ground.supports is supports]


def test_same_name_in_one_town_is_sure_and_says_why() -> None:
    found = one(actor("b", "TECHILA TECHNOLOGIES OY"), actor("a", "Techila Technologies Ltd", "fi-tammerfors"))
    assert found is not None
    assert (found.a, found.b, found.verdict) == ("a", "b", Verdict.SAME)
    assert found.score >= SURE
    assert kinds(found, supports=True) == ["same_name", "same_town", "same_legal_form"]
    assert kinds(found, supports=False) == []
    assert found.grounds[0].values == {"a": "Techila Technologies Ltd", "b": "TECHILA TECHNOLOGIES OY"}


@pytest.mark.parametrize(
    ("scheme", "mine", "other"),
    [("business_id", "2844561-8", "0155668-4"), ("ror", "033003e23", "040af2s02"), ("vat", "FI28445618", "FI01556684")],
)
def test_two_numbers_of_a_register_are_two_bodies(scheme: str, mine: str, other: str) -> None:
    first = actor("a", "Tampereen yliopisto", **{scheme: mine})
    assert one(first, actor("b", "Tampereen yliopisto", **{scheme: other})) is None
    assert one(first, actor("b", "Tampereen yliopisto")) is not None


@pytest.mark.parametrize(
    ("more", "other", "ground"),
    [
        ({"vat": "DE126118759"}, {"vat": "DE245584140"}, "other_identifier"),
        ({"isni": "0000000123146254"}, {"isni": "000000012146438X"}, "other_identifier"),
        ({"wikidata": "Q1"}, {"wikidata": "Q2"}, "other_identifier"),
        ({"kind": ActorKind.FIRM, "place": "fi"}, {"kind": ActorKind.UNIVERSITY, "place": "fi"}, "other_kind"),
        ({"place": "fi-tampere"}, {"place": "fi-helsinki"}, "other_town"),
        ({"place": "fi-tampere"}, {"place": "se-lund", "website": "https://www.foo.fi"}, "other_country"),
    ],
)
def test_what_speaks_against_keeps_a_pair_from_being_sure(
    more: dict[str, Any], other: dict[str, Any], ground: str
) -> None:
    found = one(
        actor("a", "Techila Tampella Oy", **{"website": "https://foo.fi", **more}),
        actor("b", "Techila Tampella Oy", **{"website": "https://foo.fi/x", **other}),
    )
    assert found is not None
    assert found.verdict is Verdict.UNSURE
    assert found.score < SURE
    assert ground in kinds(found, supports=False)


def test_two_pics_can_be_one_body() -> None:
    found = one(actor("a", "Techila Oy", pic="990343811"), actor("b", "Techila Oy", pic="990343812"))
    assert found is not None
    assert found.verdict is Verdict.SAME
    assert kinds(found, supports=False) == ["other_identifier"]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Sampo Tampere", "Sampo Helsinki"),
        ("Tampereen yliopisto", "Turun yliopisto"),
        ("Tampereen yliopisto", "Tampereen teknillinen yliopisto"),
        ("Itä-Suomen yliopisto", "Itä-Suomen yliopisto, Oikeustieteiden laitos"),
        ("Foo Oy", "Foo 2 Oy"),
        ("Foo säätiö sr", "Foo ry"),
        ("Department of Physics", "Department of Chemistry"),
        ("Tampere University", "Tampere Universities"),
    ],
)
def test_names_that_must_not_be_confused(name: str, other: str) -> None:
    found = one(actor("a", name), actor("b", other))
    assert found is None or found.verdict is Verdict.UNSURE


@pytest.mark.parametrize(
    "name", ["University Hospital", "Rakennus Oy Virtanen", "Ministry of Health", "Matti Virtanen"]
)
def test_general_names_need_the_town(name: str) -> None:
    together = one(actor("a", name), actor("b", name))
    assert together is not None
    assert together.verdict is Verdict.SAME
    anywhere = one(actor("a", name, "fi"), actor("b", name, "fi"))
    assert anywhere is None or anywhere.verdict is Verdict.UNSURE
    assert one(actor("a", name, "fi"), actor("b", name, "se")) is None


@pytest.mark.parametrize("name", ["Tampereen ylioppisto", "Tampereen yliopist", "Tampere Universty"])
def test_a_slip_in_a_known_word_is_found_in_whatever_language_that_stands(name: str) -> None:
    """What is looked at are words in one language: no letters of the Finnish one are left there."""
    others = [
        actor(f"o{number}", f"{word} Oy") for number, word in enumerate(("Nosto", "Tampereen Sähkö", "Ylioppilas"))
    ]
    found = propose([actor("b", name)], [actor("a", "Tampereen yliopisto"), *others], PLACES)
    assert [(each.a, each.b, each.verdict) for each in found] == [("a", "b", Verdict.UNSURE)]
    assert "other_spelling" in kinds(found[0], supports=False)


def test_a_slip_is_told_in_the_words_that_stand_there() -> None:
    found = one(actor("a", "Tampereen yliopisto"), actor("b", "Tampereen Ylioppisto"))
    assert found is not None
    [told] = [each.values["words"] for each in found.grounds if each.kind == "other_spelling"]
    assert told == "yliopisto / ylioppisto", "no word of another language, as names are compared in"


def test_a_unit_is_not_the_whole() -> None:
    scored = score(
        profile(actor("a", "Helsingin yliopisto"), PLACES),
        profile(actor("b", "Helsingin yliopisto / Metsätieteiden laitos"), PLACES),
    )
    assert scored is not None
    assert scored.verdict is not Verdict.SAME
    assert "part_of" in {reason.kind for reason in scored.reasons}


def test_an_abbreviation_is_worth_a_look_where_the_town_is_the_same() -> None:
    full = actor(
        "a",
        "Teknologian tutkimuskeskus VTT Oy",
        kind=ActorKind.RESEARCH_ORGANISATION,
        names=(Name(text="VTT", kind=NameKind.ABBREVIATION),),
    )
    short = actor("b", "VTT", kind=ActorKind.RESEARCH_ORGANISATION)
    found = one(full, short)
    assert found is not None
    assert found.verdict is Verdict.UNSURE
    assert kinds(found, supports=True)[0] == "abbreviation"
    assert one(full, actor("b", "VTT", "se-lund")) is None


def test_any_name_of_an_entry_counts_and_a_former_one_says_so() -> None:
    before = Name(text="Valtion teknillinen tutkimuskeskus", kind=NameKind.FORMER, until=date(2014, 12, 31))
    found = one(actor("a", "Teknologian tutkimuskeskus Oy", names=(before,)), actor("b", before.text.upper()))
    assert found is not None
    assert "former_name" in kinds(found, supports=False)


def test_an_entry_with_very_many_names_is_still_found_by_the_last() -> None:
    names = tuple(Name(text=f"Techila {number} Spelling") for number in range(500))
    found = one(
        actor("a", "Foo", names=(*names, Name(text="Kone Pekkanen Tampella Oy"))),
        actor("b", "Kone Pekkanen Tampella Oy"),
    )
    assert found is not None
    assert found.verdict is Verdict.SAME


def test_kin_are_not_proposed() -> None:
    first, second = actor("a", "Techila Oy"), actor("b", "Techila Oy")
    asked: list[tuple[str, str]] = []

    def kin(a: str, b: str) -> bool:
        asked.append((a, b))
        return True

    assert propose([second], [first], PLACES, kin) == ()
    assert asked == [("a", "b")]


def test_known_entries_are_not_compared_with_one_another() -> None:
    first, second, fresh = actor("a", "Techila Oy"), actor("b", "Techila Oy"), actor("c", "Techila Oy")
    assert [(each.a, each.b) for each in propose([fresh], [first, second], PLACES)] == [("a", "c"), ("b", "c")]
    assert [(each.a, each.b) for each in propose([fresh, first], [first, second], PLACES)] == [
        ("a", "b"),
        ("a", "c"),
        ("b", "c"),
    ]


@given(st.permutations(range(6)), st.sets(st.integers(0, 5)))
@settings(max_examples=40, deadline=None)
def test_a_score_depends_on_the_two_entries_alone(order: list[int], others: set[int]) -> None:
    """Whatever else is there and in whatever order it came, a pair that is proposed has the same score and grounds."""
    crowd = [
        actor("a", "Tampereen yliopisto"),
        actor("b", "Tampere University"),
        actor("c", "University of Tampere"),
        actor("d", "Tampereen yliopisto / Kirjasto"),
        actor("e", "TAMPEREEN YLIOPISTO", None),
        actor("f", "Techila Oy"),
    ]
    alone = propose(crowd[:2], [], PLACES)
    fresh = [crowd[place] for place in order if place in others | {0, 1}]
    among = propose(fresh, [each for each in crowd if each not in fresh], PLACES)
    assert [each for each in among if (each.a, each.b) == ("a", "b")] == list(alone)


def test_progress_ends_at_the_total() -> None:
    steps: list[tuple[int, int]] = []
    propose([actor("a", "Foo Oy"), actor("b", "Foo Oy")], [], PLACES, progress=lambda *step: steps.append(step))
    assert steps[0][0] == 0
    assert steps[-1][0] == steps[-1][1] > 0
    assert propose([], [], PLACES) == propose([actor("a", "!")], [actor("b", "?")], PLACES) == ()


def test_blocks_are_bounded() -> None:
    """A name that hundreds bear costs no square of hundreds."""
    crowd = [profile(actor(f"a-{number:03}", "Ministry of Health", None), PLACES) for number in range(300)]
    assert len(blocking.pairs(crowd, [])) <= 300 * blocking.NEAREST


def test_every_ground_is_a_sentence_in_every_language() -> None:
    values: dict[str, str | float] = {
        "scheme": "pic",
        **dict.fromkeys(("a", "b", "words", "abbreviation", "written", "town", "country", "domain", "value"), "X"),
    }
    for key in wording.table("matching"):
        side, _, kind = key.partition(".")
        if side not in ("for", "against"):
            continue
        as_kind: dict[str, str | float] = {"kind": "firm", "a": "firm", "b": "university"}
        ground = Ground(kind=kind, supports=side == "for", values=as_kind if kind.endswith("_kind") else values)
        texts = {language: sentence(ground, language) for language in wording.LANGUAGES}
        assert len(set(texts.values())) == 3, texts
        assert all("{" not in text for text in texts.values())


def test_every_ground_of_a_proposal_has_its_sentence() -> None:
    found = propose(
        [
            actor("a", "Foo Säätiö sr", kind=ActorKind.FIRM, pic="990343811", website="https://foo.fi"),
            actor("b", "Foo Säätiö", "fi-nokia", kind=ActorKind.UNIVERSITY, pic="990343812", website="https://bar.fi"),
            actor("c", "Tampereen kaupunki", "fi"),
            actor("d", "Tammerfors stad", "fi"),
            actor("e", "Techila Technologies Oy"),
            actor("f", "Techila Tecnologies Oy"),
        ],
        [],
        PLACES,
    )
    assert {(each.a, each.b) for each in found} >= {("c", "d"), ("e", "f")}
    for proposal in found:
        for ground in proposal.grounds:
            assert sentence(ground, "fi").endswith(".")


def test_the_explanation_names_every_ground() -> None:
    page = Path(__file__).parents[2].joinpath("docs", "explanation", "matching.md").read_text(encoding="utf-8")
    grounds = {key.partition(".")[2] for key in wording.table("matching") if not key.startswith("scheme.")}
    assert {kind for kind in grounds if f"`{kind}`" not in page} == set()


# Typed names


@pytest.fixture(scope="module")
def sample() -> NameIndex:
    with resources.as_file(resources.files("graphsvc.samples").joinpath("pirkanmaa", "pirkanmaa.xlsx")) as path:
        rows = [row for row in open_file(Path(path)).rows() if isinstance(row, ReadRow)]
    return NameIndex(claim for row in rows for claim in row.says if isinstance(claim, Actor))


@pytest.mark.parametrize(
    "text",
    [
        "TAU",
        "tau",
        "Tampereen yliopisto",
        "Tampere University",
        "TAMPEREEN KORKEAKOULUSAATIO SR",
        "Tampereen korkeakoulusäätiö",
        "Tammerfors universitet",
    ],
)
def test_the_names_of_tampere_university_are_one_actor(sample: NameIndex, text: str) -> None:
    assert sample.meant(text) == "fi-2844561-8"
    assert sample.find(text)[0].actor == "fi-2844561-8"


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("University of Tampere", "fi-0155668-4"),
        ("TTY-SAATIO", "pic-990343811"),
        ("TAMK", "fi-1015428-1"),
        ("Tammerfors yrkeshögskola", "fi-1015428-1"),
        ("Tampere Universities", "tampereen-korkeakouluyhteiso"),
        ("Tammerfors stad", "fi-0211675-2"),
    ],
)
def test_neighbours_are_told_apart(sample: NameIndex, text: str, id_: str) -> None:
    assert sample.meant(text) == id_


def test_a_slip_finds_but_is_not_meant(sample: NameIndex) -> None:
    assert sample.meant("Pirkanmaan litto") is None
    hit = sample.find("Pirkanmaan litto")[0]
    assert hit.actor == "fi-0828308-4"
    assert 0.3 <= hit.score < 0.95
    assert sentence(hit.grounds[0], "en") == "Nearly the same name: Pirkanmaan litto – Pirkanmaan liitto."


@pytest.mark.parametrize("text", ["", "?", "Oy", "zzzz", "x" * 2000])
def test_what_is_no_name_finds_nothing(sample: NameIndex, text: str) -> None:
    assert sample.find(text) == ()
    assert sample.meant(text) is None


def test_one_name_of_two_is_not_meant() -> None:
    index = NameIndex([actor("b", "Sampo"), actor("a", "SAMPO")])
    assert index.meant("sampo") is None
    assert [hit.actor for hit in index.find("sampo", 5)] == ["a", "b"]
    assert len(index.find("sampo", 1)) == 1
