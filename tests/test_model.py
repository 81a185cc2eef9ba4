"""The words of the field refuse what can't be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from graphsvc.model import (
    HELIX_OF,
    Actor,
    ActorKind,
    Collaboration,
    Helix,
    Link,
    LinkKind,
    Money,
    Participation,
    Record,
    Theme,
    View,
)


def test_an_actor_keeps_its_identifiers_in_one_form() -> None:
    actor = Actor(
        id="fi-2844561-8", name="  Tampereen korkeakoulusäätiö sr ", business_id="28445618", website="tuni.fi"
    )
    assert (actor.business_id, actor.name, actor.website) == (
        "2844561-8",
        "Tampereen korkeakoulusäätiö sr",
        "https://tuni.fi",
    )
    assert actor.kind is ActorKind.UNKNOWN
    assert actor.helix is None


def test_unknown_and_other_belong_to_no_helix_group() -> None:
    assert set(ActorKind) - set(HELIX_OF) == {ActorKind.OTHER, ActorKind.UNKNOWN}
    assert set(HELIX_OF.values()) == set(Helix)


@pytest.mark.parametrize(
    "values",
    [
        {"id": "a b", "name": "x"},
        {"id": "../etc", "name": "x"},
        {"id": "a", "name": "   "},
        {"id": "a", "name": "x", "business_id": "2844561-9"},
        {"id": "a", "name": "x", "website": "javascript:alert(1)"},
        {"id": "a", "name": "x", "kind": "guild"},
        {"id": "a", "name": "x", "colour": "red"},
    ],
)
def test_an_actor_that_can_not_be(values: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Actor.model_validate(values)


def test_times_run_forwards() -> None:
    with pytest.raises(ValidationError, match=r"ends .* before it starts"):
        Collaboration(id="c", name="C", start=date(2020, 1, 2), end=date(2020, 1, 1))
    with pytest.raises(ValidationError, match="before since"):
        View(since=date(2020, 1, 2), until=date(2020, 1, 1))
    with pytest.raises(ValidationError, match="linked with itself"):
        Link(actor="a", other="a", kind=LinkKind.UNIT_OF, source="s")


def test_money_is_exact_and_never_negative() -> None:
    assert Money(amount=Decimal("0.10")).model_dump(mode="json") == {"amount": "0.10", "currency": "EUR"}
    for wrong in (Decimal("-1"), Decimal("0.001"), Decimal("NaN")):
        with pytest.raises(ValidationError):
            Money(amount=wrong)


def test_the_same_claim_has_the_same_id_whatever_it_says_besides() -> None:
    first = Participation(actor="a", collaboration="c", role="partner", source="s")
    again = Participation(actor="a", collaboration="c", role="partner", source="s", money=Money(amount=Decimal(5)))
    other_source = Participation(actor="a", collaboration="c", role="partner", source="t")
    assert first.id == again.id != other_source.id


def test_a_theme_speaks_the_language_it_has() -> None:
    theme = Theme(id="t", name="Ympäristö", name_en="Environment")
    assert [theme.in_language(language) for language in ("fi", "sv", "en")] == ["Ympäristö", "Ympäristö", "Environment"]


def test_everything_is_frozen() -> None:
    record = Record(id="r", source="s", row=2, values={"name": "x"})
    with pytest.raises(ValidationError):
        record.row = 3  # type: ignore[misc]
