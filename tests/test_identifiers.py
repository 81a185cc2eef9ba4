"""Identifiers are written one way, and a wrong check digit is refused with a sentence."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graphsvc import identifiers
from graphsvc.errors import InvalidValue

# Sources: the bodies' own pages and the Finnish business register.
REAL = ["2844561-8", "0155668-4", "1015428-1", "3221308-6", "0828308-4", "0211675-2", "2647375-4", "0112038-9"]


@pytest.mark.parametrize("text", REAL)
def test_real_business_ids_pass_in_each_spelling(text: str) -> None:
    for spelling in (text, text.replace("-", ""), f" FI{text.replace('-', '')} "):
        assert identifiers.business_id(spelling) == text


@pytest.mark.parametrize("text", REAL)
def test_every_other_check_digit_is_refused(text: str) -> None:
    for digit in "0123456789":
        if digit != text[-1]:
            with pytest.raises(InvalidValue, match="check digit"):
                identifiers.business_id(text[:-1] + digit)


@given(st.integers(0, 9_999_999))
def test_check_digit_follows_the_published_weights(number: int) -> None:
    digits = f"{number:07d}"
    remainder = sum(int(d) * w for d, w in zip(digits, (7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    valid = []
    for digit in "0123456789":
        try:
            identifiers.business_id(f"{digits}-{digit}")
        except InvalidValue:
            continue
        valid.append(int(digit))
    assert valid == ([] if remainder == 1 else [0 if remainder == 0 else 11 - remainder])


@pytest.mark.parametrize("text", ["", "12", "2844561_8", "abcdefg-h", "2844561-8-1"])
def test_what_is_no_business_id_says_how_to_write_one(text: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        identifiers.business_id(text)
    assert "2844561-8" in caught.value.remedy


def test_vat_pic_ror() -> None:
    assert identifiers.vat("FI 0112038-9") == "FI01120389"
    assert identifiers.pic(" 999858929 ") == "999858929"
    assert identifiers.ror("https://ror.org/033003e23") == "033003e23"
    for check, wrong in (
        (identifiers.vat, "FI01120388"),
        (identifiers.vat, "XX123"),
        (identifiers.pic, "12345"),
        (identifiers.ror, "033003e24"),
        (identifiers.ror, "tampere"),
    ):
        with pytest.raises(InvalidValue) as caught:
            check(wrong)
        assert caught.value.remedy


@given(st.text(max_size=200))
@example("𝕊")
def test_a_slug_is_always_part_of_a_valid_id(text: str) -> None:
    import re

    assert re.match(identifiers.ID_PATTERN, f"a-{identifiers.slug(text)}")
    assert identifiers.slug(text) == identifiers.slug(text)
    assert identifiers.fold(identifiers.fold(text)) == identifiers.fold(text)


def test_names_that_differ_only_outside_ascii_keep_apart() -> None:
    assert identifiers.slug("Ελλάς ΑΕ") != identifiers.slug("Εθνικό ΑΕ")
    assert identifiers.slug("LEMPÄÄLÄ") == identifiers.slug("Lempaala")


def test_a_digest_keeps_its_parts_apart() -> None:
    assert identifiers.digest("ab", "c") != identifiers.digest("a", "bc")
