"""Identifiers of actors: written one way, with their check digits checked; and ids of our own.

The check digits are python-stdnum's (Y-tunnus, VAT, ISNI) and ISO 7064 (ROR); a PIC and a Wikidata item have none.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

from stdnum import isni as stdnum_isni
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.fi import ytunnus
from stdnum.iso7064 import mod_97_10

from graphsvc.errors import InvalidValue

ID_PATTERN = r"^[A-Za-z0-9](?:[A-Za-z0-9._:-]{0,118}[A-Za-z0-9])?$"
"""What an id of ours may look like: safe in an address, a file name and a spreadsheet."""

_ROR_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
# Letters that Unicode does not take apart into a base letter and a mark.
_PLAIN = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})


def business_id(text: str) -> str:
    """Return a Finnish business id (Y-tunnus) as ``1234567-8``.

    Raises :class:`InvalidValue` when it has another form or its check digit (weights 7 9 10 5 8 4 2, modulo 11;
    Finnish Tax Administration) is wrong.

    >>> business_id("FI28445618"), business_id("0112038-9")
    ('2844561-8', '0112038-9')
    """
    digits = text.strip().upper().removeprefix("FI")
    if re.fullmatch(r"\d{6}-?\d", digits.replace(" ", "")):
        digits = "0" + digits  # old ids have six digits before the dash
    try:
        compact = ytunnus.validate(digits)
    except InvalidChecksum as error:
        raise InvalidValue(
            f"The business id {text!r} has a wrong check digit.", remedy="Check it against the register (ytj.fi)."
        ) from error
    except ValidationError as error:
        raise InvalidValue(
            f"{text!r} is not a Finnish business id.", remedy="Write seven digits, a dash and a check digit: 2844561-8."
        ) from error
    return f"{compact[:7]}-{compact[7]}"


def vat(text: str) -> str:
    """Return an EU VAT number with its country letters and without spaces or dashes; Greece is ``EL``.

    >>> vat("fi 2844561-8")
    'FI28445618'
    """
    compact = re.sub(r"[\s.-]", "", text).upper()
    if compact[:2] == "GR":
        compact = "EL" + compact[2:]
    try:
        return str(eu_vat.validate(compact))
    except InvalidChecksum as error:
        raise InvalidValue(
            f"The VAT number {text!r} has a wrong check digit.", remedy="Check it in the VIES register."
        ) from error
    except ValidationError as error:
        raise InvalidValue(
            f"{text!r} is not a VAT number of an EU country.",
            remedy="Begin with the country's two letters: FI28445618.",
        ) from error


def pic(text: str) -> str:
    """Return a PIC (participant identification code of the EU's funding portal): nine digits, no check digit.

    >>> pic("999858929")
    '999858929'
    """
    compact = text.strip()
    if not re.fullmatch(r"[0-9]{9}", compact):
        raise InvalidValue(f"{text!r} is not a PIC.", remedy="Write the nine digits: 999858929.")
    return compact


def ror(text: str) -> str:
    """Return a ROR id as its nine characters; a full ``https://ror.org/…`` address is accepted.

    The last two characters are a check number: ISO 7064 mod 97-10 over the base-32 value (ror.org, "ROR ID structure").

    >>> ror("https://ror.org/033003e23")
    '033003e23'
    """
    compact = text.strip().lower().rstrip("/").rsplit("/", 1)[-1]
    if not re.fullmatch(rf"0[{_ROR_ALPHABET}]{{6}}\d\d", compact):
        raise InvalidValue(f"{text!r} is not a ROR id.", remedy="Write the end of its address at ror.org: 033003e23.")
    number = 0
    for character in compact[:7]:
        number = number * 32 + _ROR_ALPHABET.index(character)
    if not mod_97_10.is_valid(f"{number}{compact[7:]}"):
        raise InvalidValue(
            f"The ROR id {text!r} has wrong check digits.", remedy="Look the organisation up at ror.org."
        )
    return compact


def isni(text: str) -> str:
    """Return an ISNI (ISO 27729) as its sixteen characters; spaces and a full ``https://isni.org/…`` address will do.

    The last is a check character: ISO 7064 mod 11-2.

    >>> isni("0000 0001 2314 6254"), isni("https://isni.org/isni/000000012146438X")
    ('0000000123146254', '000000012146438X')
    """
    compact = re.sub(r"[\s-]", "", text.strip().rstrip("/").rsplit("/", 1)[-1]).upper()
    try:
        return str(stdnum_isni.validate(compact))
    except InvalidChecksum as error:
        raise InvalidValue(
            f"The ISNI {text!r} has a wrong check character.", remedy="Look the organisation up at isni.org."
        ) from error
    except ValidationError as error:
        raise InvalidValue(
            f"{text!r} is not an ISNI.", remedy="Write its sixteen characters: 0000 0001 2314 6254."
        ) from error


def wikidata(text: str) -> str:
    """Return a Wikidata item as ``Q`` and its number; its full address is accepted. There is no check digit.

    >>> wikidata("https://www.wikidata.org/wiki/Q56392903")
    'Q56392903'
    """
    compact = text.strip().rstrip("/").rsplit("/", 1)[-1].upper()
    if not re.fullmatch(r"Q[1-9][0-9]{0,11}", compact):
        raise InvalidValue(f"{text!r} is not a Wikidata item.", remedy="Write Q and its number: Q56392903.")
    return compact


def any_vat(text: str) -> str:
    """Return a VAT number as the graph keeps it: that of an EU country checked, any other one as it was written.

    >>> any_vat("fi 2844561-8"), any_vat(" CHE-116.281.710 ")
    ('FI28445618', 'CHE-116.281.710')
    """
    compact = text.strip()
    return vat(compact) if compact[:2].lower() in {*eu_vat.MEMBER_STATES, "el"} else compact


SCHEMES: Final[Mapping[str, Callable[[str], str]]] = {
    "business_id": business_id,
    "vat": any_vat,
    "pic": pic,
    "ror": ror,
    "isni": isni,
    "wikidata": wikidata,
}
"""Every identifier of an actor → what writes it in the one way in which the graph keeps it."""


def same_as(scheme: str, value: str) -> tuple[tuple[str, str], ...]:
    """Return the ways in which an identifier may be kept: a Finnish VAT number is the business id written otherwise.

    >>> same_as("business_id", "2844561-8")
    (('business_id', '2844561-8'), ('vat', 'FI28445618'))
    >>> same_as("pic", "999858929")
    (('pic', '999858929'),)
    """
    if scheme == "business_id":
        return (scheme, value), ("vat", f"FI{value.replace('-', '')}")
    if scheme == "vat" and re.fullmatch(r"FI\d{8}", value):
        return ("business_id", f"{value[2:9]}-{value[9]}"), (scheme, value)
    return ((scheme, value),)


def fold(text: str) -> str:
    """Return ``text`` for comparing: no capitals, no diacritics, single spaces. Only for comparing, never for showing.

    >>> fold("  TAMPEREEN Yliopisto – Åbo ")
    'tampereen yliopisto – abo'
    """
    if text.isascii():
        return " ".join(text.lower().split())
    # Some letters become capitals only when they are taken apart (𝕊), others only then fall apart further.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(plain.translate(_PLAIN).split())


def slug(text: str, *, limit: int = 60) -> str:
    """Return an id part made from a name: ASCII letters, digits and dashes; a short digest where letters were lost.

    >>> slug("Pirkanmaan hyvinvointialue"), slug("Ελληνικό")
    ('pirkanmaan-hyvinvointialue', 'x-f09c8df4')
    """
    folded = fold(text)
    plain = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    lost = any(character.isalpha() and not character.isascii() for character in folded)
    if plain and not lost and len(plain) <= limit:
        return plain
    mark = digest(folded)[:8]
    return f"{plain[: limit - 9].rstrip('-') or 'x'}-{mark}"


def digest(*parts: str) -> str:
    """Return a SHA-256 over the parts, as hexadecimal text; the same parts give the same digest on every machine."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
