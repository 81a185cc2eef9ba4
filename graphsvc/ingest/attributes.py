"""Columns of a source's own, kept as attributes of what the row speaks of; bounded, and never about persons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from graphsvc.ingest.columns import header_fold
from graphsvc.model import Attributes

MAX_ATTRIBUTES: Final = 60
"""Attributes of one thing."""
MAX_NAME: Final = 120
MAX_TEXT: Final = 4000
"""Characters of one attribute; a longer text stays in the record."""

_MARK: Final = re.compile(r"(?:attribute|ominaisuus|attribut):\s*(\S.*)", re.IGNORECASE | re.DOTALL)
_PERSONAL: Final = re.compile(
    r"\b(?:contact (?:person|name|first|last|e-?mail|phone|details|function|title)|first ?names?|last ?names?|surname"
    r"|e-?mails?|phone|telephone|mobile|fax|project manager|responsible person"
    r"|yhteyshenkilo\w*|yhteystiedot?|vastuuhenkilo\w*|etunim\w*|sukunim\w*|henkilotunnus|sahkoposti\w*|puhelin\w*|puh|gsm"
    r"|projektipaallikko|hankepaallikko|kontaktperson\w*|kontaktuppgifter|ansvarig person|fornamn|efternamn"
    r"|personnummer|e-?post\w*|telefon\w*|mobil|projektledare)\b"
)


@lru_cache(maxsize=4096)
def is_personal(title: str) -> bool:
    """Tell whether a column holds names, addresses or numbers of persons; those are kept nowhere.

    >>> is_personal("Yhteyshenkilön sähköposti"), is_personal("contactPerson.e-mail"), is_personal("Yhteystaho")
    (True, True, False)
    """
    spaced = re.sub(r"(?<=[a-zäöå])(?=[A-ZÄÖÅ])|[._/|()]", " ", title)
    return bool(_PERSONAL.search(header_fold(spaced)))


def bounded(given: Iterable[tuple[str, str]]) -> tuple[Attributes, tuple[str, ...]]:
    """Return named texts as attributes, and the names of those that are too long or too many to be one.

    A second text of the same name is kept as ``name (2)``.
    """
    kept: Attributes = {}
    beyond: list[str] = []
    for title, text in given:
        name = _plain(title)
        if not name or not text:
            continue
        if len(text) > MAX_TEXT or len(kept) >= MAX_ATTRIBUTES:
            beyond.append(name)
            continue
        kept[_free(name, kept)] = text
    return kept, tuple(beyond)


def attribute_name(title: str) -> str:
    """Return a header as the name of an attribute: one line of at most 120 printable characters.

    >>> attribute_name("Attribute: kind"), attribute_name(" Budget\\n2024 ")
    ('kind', 'Budget 2024')
    """
    marked = _MARK.fullmatch(title.strip())
    return _plain(marked[1] if marked else title)


def _plain(title: str) -> str:
    plain = " ".join("".join(character if character.isprintable() else " " for character in title).split())
    return plain[:MAX_NAME].rstrip()


def is_marked(title: str) -> bool:
    """Tell whether a header says of itself that it is an attribute's."""
    return _MARK.fullmatch(title.strip()) is not None


def listed(names: Sequence[str], most: int = 12) -> str:
    """Return names for a sentence: the first ones, and how many more there are.

    >>> listed(["a", "b", "c"], 2)
    'a, b and 1 more'
    """
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"


def _free(name: str, taken: Attributes) -> str:
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free
