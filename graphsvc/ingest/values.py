"""One cell → one value. Each function raises :class:`InvalidValue` with what was wrong and how to write it."""

from __future__ import annotations

import difflib
import re
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeVar

from pydantic import AnyHttpUrl, TypeAdapter, ValidationError

from graphsvc import identifiers
from graphsvc.errors import InvalidValue
from graphsvc.ingest.columns import meant, words
from graphsvc.ingest.grid import Cell, as_text, fault_in
from graphsvc.model import Name, NameKind
from graphsvc.wording import say

E = TypeVar("E", bound=StrEnum)

_MAX_LINE: Final = 2000
_MAX_AMOUNT: Final = Decimal(10) ** 16
_DAY: Final = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_ISO_SLASH: Final = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})")
_SPACES: Final = re.compile(r"[\s\u00a0\u202f\u2009']")
_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d+)?")
_LANGUAGE: Final = re.compile(r"([a-z]{2,3}):\s+(\S.*)", re.IGNORECASE)
_NAME_KIND: Final = re.compile(r"(.*\S)\s*\(([^()]+)\)")
_http: TypeAdapter[AnyHttpUrl] = TypeAdapter(AnyHttpUrl)


def line(cell: Cell) -> str:
    """Return one line of text: outer space gone, line breaks and runs of spaces one space."""
    text = as_text(cell)
    _refuse(fault_in(text))
    text = " ".join(text.split())
    if len(text) > _MAX_LINE:
        _refuse(f"The text is {len(text):,} characters long; one line holds {_MAX_LINE:,}.")
    return text


def name(cell: Cell) -> str:
    """Return a name: as :func:`line`, with the spaces inside a line as they are, since others refer to it as it is."""
    text = as_text(cell)
    _refuse(fault_in(text))
    text = " ".join(filter(None, (part.strip() for part in text.splitlines())))
    if len(text) > _MAX_LINE:
        _refuse(f"The name is {len(text):,} characters long; one holds {_MAX_LINE:,}.")
    return text


def language(cell: Cell) -> str:
    """Return the code of a language: two or three letters (ISO 639)."""
    text = line(cell).lower()
    if not re.fullmatch(r"[a-z]{2,3}", text):
        raise InvalidValue(f"{text!r} is not the code of a language.", remedy="Write two letters: fi, sv, en.")
    return text


def paragraph(cell: Cell) -> str:
    """Return text with its line breaks."""
    text = as_text(cell).strip()
    _refuse(fault_in(text))
    return text


def _refuse(fault: str) -> None:
    if fault:
        raise InvalidValue(fault, remedy="Type the text anew, or shorten it.")


def day(cell: Cell) -> date:
    """Return a date: a date of the spreadsheet, ``2024-01-31``, ``31.1.2024`` or ``2024/01/31``.

    >>> day("31.1.2024")
    datetime.date(2024, 1, 31)
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = line(cell)
    try:
        if match := _DAY.fullmatch(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := _ISO.fullmatch(text) or _ISO_SLASH.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as error:
        raise InvalidValue(f"There is no day {text!r} in the calendar.", remedy="Correct the date.") from error
    raise InvalidValue(f"{text!r} is not a date.", remedy="Write it as 31.1.2024 or 2024-01-31.")


def amount(cell: Cell) -> Decimal:
    """Return an exact amount: comma or point for decimals, spaces (or ``'``) between thousands.

    >>> amount("1 234 567,50"), amount(701862.5)
    (Decimal('1234567.50'), Decimal('701862.5'))
    """
    if isinstance(cell, bool):
        raise InvalidValue("A yes or no is not an amount.", remedy="Write the amount in digits.")
    text = line(cell)
    compact = re.sub(r"^(?:EUR|€)|(?:EUR|€)$", "", _SPACES.sub("", text), flags=re.IGNORECASE)
    if compact.count(",") == 1 and "." not in compact:
        compact = compact.replace(",", ".")
    if not _NUMBER.fullmatch(compact) or not compact.isascii():
        raise InvalidValue(
            f"{text!r} is not an amount.", remedy="Write digits with one decimal comma or point: 1234,50 or 1 234.50."
        )
    value = Decimal(compact)
    if value < 0:
        raise InvalidValue(f"The amount {text} is negative.", remedy="Leave it empty, or write what was granted.")
    if value >= _MAX_AMOUNT:
        raise InvalidValue(f"The amount {text} is too large.", remedy="Check the number of digits.")
    if value != value.quantize(Decimal("0.01")):
        raise InvalidValue(f"The amount {text} has more than two decimals.", remedy="Round it to cents.")
    return value


def currency(cell: Cell) -> str:
    """Return an ISO 4217 code."""
    text = line(cell).upper()
    text = {"€": "EUR", "EURO": "EUR", "EUROA": "EUR"}.get(text, text)
    if not re.fullmatch(r"[A-Z]{3}", text):
        raise InvalidValue(f"{text!r} is not a currency.", remedy="Write its three letters: EUR.")
    return text


def own_id(cell: Cell) -> str:
    """Return an id as a person wrote it, checked to be safe in addresses and file names."""
    text = line(cell)
    if not re.fullmatch(identifiers.ID_PATTERN, text) or text.endswith("\n"):
        raise InvalidValue(
            f"{text!r} can't be an id.",
            remedy="Use a–z, digits, . _ : and dashes, at most 120, beginning and ending with a letter or digit.",
        )
    return text


def vat(cell: Cell) -> str:
    """Return a VAT number: checked where its first letters are an EU country's, else as written (Swiss, Norwegian …).

    >>> vat("FI 2844561-8"), vat("CHE-115.635.627")
    ('FI28445618', 'CHE-115.635.627')
    """
    text = identifiers.any_vat(line(cell))
    if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z .\-/+*]{3,39}", text):
        raise InvalidValue(f"{text!r} is not a VAT number.", remedy="Begin with the country's letters: FI28445618.")
    return text


def web_address(cell: Cell) -> str:
    """Return an http or https address; ``www.example.org`` gets its ``https://``."""
    text = line(cell)
    address = text if "://" in text else f"https://{text}"
    try:
        _http.validate_python(address)
    except ValidationError as error:
        raise InvalidValue(
            f"{text!r} is not a web address.", remedy="Write it as https://www.example.org/page."
        ) from error
    return address


def kind(cell: Cell, vocabulary: str, enum: type[E], language: str = "en") -> E:
    """Return the kind a word means; an unknown word is refused with the words of the template in ``language``."""
    text = line(cell)
    found = meant(text, vocabulary, enum)
    if not isinstance(found, enum):
        known = words(vocabulary)
        close = difflib.get_close_matches(identifiers.fold(text), known, n=1, cutoff=0.75)
        allowed = ", ".join(say("kinds", f"{vocabulary}.{value.value}", language) for value in enum)
        remedy = f"Write one of: {allowed}."
        if close:
            guess = say("kinds", f"{vocabulary}.{known[close[0]]}", language)
            remedy = f"Did you mean {guess!r}? Write one of: {allowed}."
        raise InvalidValue(f"{text!r} is not a kind that is known here.", remedy=remedy)
    return found


def several(cell: Cell) -> tuple[str, ...]:
    """Return the parts between semicolons, without empty and repeated ones."""
    parts = (" ".join(part.split()) for part in paragraph(cell).split(";"))
    return tuple(dict.fromkeys(filter(None, parts)))


def names(cell: Cell) -> tuple[Name, ...]:
    """Return other names: ``TAU (abbreviation); TTY (former); en: Tampere University; fi: TTY (former)``.

    What stands in brackets and is no kind of name belongs to the name: ``Nokia (plant)``.
    """
    return tuple(dict.fromkeys(_name(part) for part in several(cell)))


def short_name(text: str, name: str) -> tuple[Name, ...]:
    """Return a short name that a source gives besides the name, as an abbreviation; none where it is the same."""
    if not text or identifiers.fold(text) == identifiers.fold(name):
        return ()
    return (Name(text=text, kind=NameKind.ABBREVIATION),)


def _name(text: str) -> Name:
    language = None
    kind_: NameKind | None = None
    if match := _LANGUAGE.fullmatch(text):
        language, text = match[1].lower(), match[2]
    match = _NAME_KIND.fullmatch(text)
    if match and (value := words("name").get(identifiers.fold(match[2]))):
        text, kind_ = match[1], NameKind(value)
    return Name(text=text, kind=kind_ or (NameKind.TRANSLATION if language else NameKind.SPELLING), language=language)
