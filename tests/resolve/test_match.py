"""Incoming actors are recognised by exact identifiers only; what contradicts itself is a conflict in words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.model import Actor
from graphsvc.resolve.match import Conflict, Matcher

TAU = {"id": "tau", "business_id": "2844561-8", "vat": None, "pic": "902999288", "ror": "033003e23"}
TAU |= {"isni": "0000000123146254", "wikidata": "Q56392903"}
CITY = {"id": "city", "business_id": "0211675-2", "vat": "FI02116752", "pic": "998829080", "ror": None}
BY_VAT = {"id": "polamk", "business_id": None, "vat": "FI21531054", "pic": None, "ror": None}
FOREIGN = {"id": "rsk", "business_id": None, "vat": "GB918476001", "pic": "916021538", "ror": None}
KNOWN = (TAU, CITY, BY_VAT, FOREIGN)


def actor(id_: str = "new", **identifiers: Any) -> Actor:
    return Actor(id=id_, name="Someone", **identifiers)


@pytest.mark.parametrize(
    ("incoming", "known"),
    [
        (actor(business_id="2844561-8"), "tau"),
        (actor(vat="FI28445618"), "tau"),
        (actor(pic="902999288"), "tau"),
        (actor(ror="033003e23"), "tau"),
        (actor(isni="0000 0001 2314 6254"), "tau"),
        (actor(wikidata="Q56392903"), "tau"),
        (actor(pic="998829080", wikidata="Q40840"), "city"),
        (actor(business_id="2844561-8", pic="902999288", vat="FI28445618"), "tau"),
        (actor(business_id="2153105-4"), "polamk"),
        (actor(vat="FI21531054"), "polamk"),
        (actor("tau"), "tau"),
        (actor("tau", pic="111111111"), "tau"),
        (actor("tau", business_id="0112038-9"), "tau"),
        (actor(pic="111111111"), "new"),
        (actor(), "new"),
    ],
)
def test_recognised(incoming: Actor, known: str) -> None:
    assert Matcher(KNOWN).resolve(incoming) == known


def test_a_body_may_have_a_second_pic() -> None:
    assert Matcher(KNOWN).resolve(actor("pic-990343811", business_id="2844561-8", pic="990343811")) == "tau"


def test_a_foreign_vat_number_is_no_evidence() -> None:
    """One VAT group may hold several organisations: RSK ADAS and RSK Environment in CORDIS do."""
    assert Matcher(KNOWN).resolve(actor(vat="GB918476001")) == "new"


@pytest.mark.parametrize(
    ("incoming", "known", "reasons"),
    [
        (
            actor(business_id="2844561-8", pic="998829080"),
            ("city", "tau"),
            ("its business id, 2844561-8, is that of 'tau'", "its PIC, 998829080, is that of 'city'"),
        ),
        (
            actor("city", business_id="2844561-8"),
            ("city", "tau"),
            ("its id is that of 'city'", "its business id, 2844561-8, is that of 'tau'"),
        ),
        (
            actor(pic="902999288", business_id="0112038-9"),
            ("tau",),
            ("its PIC, 902999288, is that of 'tau'", "its business id is 0112038-9, that of 'tau' is 2844561-8"),
        ),
        (
            actor(pic="902999288", vat="FI01120389"),
            ("tau",),
            ("its PIC, 902999288, is that of 'tau'", "its business id is 0112038-9, that of 'tau' is 2844561-8"),
        ),
        (
            actor(wikidata="Q56392903", pic="111111111"),
            ("tau",),
            ("its Wikidata item, Q56392903, is that of 'tau'", "its PIC is 111111111, that of 'tau' is 902999288"),
        ),
    ],
)
def test_conflicts_are_said_in_words(incoming: Actor, known: tuple[str, ...], reasons: tuple[str, ...]) -> None:
    answer = Matcher(KNOWN).resolve(incoming)
    assert answer == Conflict(incoming.id, known, reasons)
    assert repr(incoming.id) in answer.message
    assert all(reason in answer.message for reason in reasons)
    assert answer.remedy


def test_known_actors_that_share_an_identifier() -> None:
    twins = ({**TAU, "id": "a"}, {**TAU, "id": "b"})
    answer = Matcher(twins).resolve(actor(business_id="2844561-8"))
    assert isinstance(answer, Conflict)
    assert answer.known == ("a", "b")
    assert answer.reasons == ("its business id, 2844561-8, is that of 'a', 'b'",)
    assert Matcher(twins).resolve(actor("b", business_id="2844561-8")) == "b", "what is known by its own id stays so"


IDENTIFIERS = st.fixed_dictionaries(
    {
        "business_id": st.sampled_from([None, "2844561-8", "0211675-2", "0112038-9"]),
        "vat": st.sampled_from([None, "FI28445618", "FI02116752", "GB918476001"]),
        "pic": st.sampled_from([None, "902999288", "998829080", "990343811"]),
        "ror": st.sampled_from([None, "033003e23"]),
        "isni": st.sampled_from([None, "0000000123146254"]),
        "wikidata": st.sampled_from([None, "Q1", "Q56392903"]),
    }
)


@given(st.lists(IDENTIFIERS, max_size=5), IDENTIFIERS)
def test_never_merged_against_the_evidence(rows: list[dict[str, Any]], incoming: dict[str, Any]) -> None:
    known = [{"id": f"k{number}", **row} for number, row in enumerate(rows)]
    answer = Matcher(known).resolve(actor(**incoming))
    assert answer == Matcher(reversed(known)).resolve(actor(**incoming)), "the order of rows says nothing"
    shared = {row["id"] for row in known if {*evidence(row)} & {*evidence(incoming)}}
    if isinstance(answer, Conflict):
        assert set(answer.known) == shared
    elif answer == "new":
        assert not shared
    else:
        assert shared == {answer}


@given(st.lists(IDENTIFIERS, min_size=1, max_size=5))
def test_what_is_known_is_recognised_again(rows: list[dict[str, Any]]) -> None:
    """Loading the same file twice finds each actor as itself, whatever else it shares."""
    known = [{"id": f"k{number}", **row} for number, row in enumerate(rows)]
    for row in known:
        assert Matcher(known).resolve(Actor(name="Someone", **row)) == row["id"]


def evidence(row: dict[str, Any]) -> list[tuple[str, str]]:
    found = [(scheme, row[scheme]) for scheme in ("business_id", "pic", "ror", "isni", "wikidata") if row[scheme]]
    if not row["business_id"] and (row["vat"] or "").startswith("FI"):
        found.append(("business_id", f"{row['vat'][2:9]}-{row['vat'][9]}"))
    return found
