"""The sentences graphsvc says, in Finnish, Swedish and English, from the tables in ``wordings/``.

A table holds keys; a key holds ``fi``, ``sv`` and ``en``, each a text or, where a number decides, a pair
``one``/``other`` chosen by the parameter ``n``. A test proves that each key speaks all three with the same parameters.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Final

LANGUAGES: Final = ("fi", "sv", "en")

Text = str | Mapping[str, str]


@cache
def table(name: str) -> Mapping[str, Mapping[str, Text]]:
    """Return one table of ``wordings/``: key → language → text. Nested tables get dotted keys."""
    text = resources.files("graphsvc").joinpath("wordings", f"{name}.toml").read_text(encoding="utf-8")
    flat: dict[str, Mapping[str, Text]] = {}

    def walk(prefix: str, node: Mapping[str, object]) -> None:
        for key, value in node.items():
            assert isinstance(value, dict)  # noqa: S101  # a table of ours; a test reads them all
            if set(value) >= set(LANGUAGES):
                flat[prefix + key] = value
            else:
                walk(f"{prefix}{key}.", value)

    walk("", tomllib.loads(text))
    return flat


def say(name: str, key: str, language: str, **parameters: object) -> str:
    """Return the text ``key`` of table ``name`` in ``language`` with its parameters filled in.

    >>> say("kinds", "actor.firm", "fi")
    'Yritys'
    """
    text = table(name)[key][language]
    if not isinstance(text, str):
        text = text["one" if parameters["n"] == 1 else "other"]
    return text.format(**parameters) if parameters else text


def number(value: float | Decimal, language: str, digits: int = 0) -> str:
    """Return a number as people of that language write it: ``1 234,5`` in Finnish and Swedish, ``1,234.5`` in English.

    >>> number(1234.5, "sv", 1), number(1234.5, "en", 1)
    ('1\\xa0234,5', '1,234.5')
    """
    text = f"{value:,.{digits}f}"
    if language == "en":
        return text
    return text.replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")


def day(value: date, language: str) -> str:
    """Return a day as people of that language write it: ``d.m.yyyy`` in Finnish and in the Swedish of Finland, else as
    ISO 8601 has it.

    >>> day(date(2024, 3, 1), "fi"), day(date(2024, 3, 1), "sv")
    ('1.3.2024', '1.3.2024')
    """
    return value.isoformat() if language == "en" else f"{value.day}.{value.month}.{value.year}"


def moment(value: datetime, language: str) -> str:
    """Return day and minute of a moment that is told in the reader's zone, as people of that language write them.

    >>> moment(datetime(2024, 3, 1, 9, 5), "fi"), moment(datetime(2024, 3, 1, 9, 5), "en")
    ('1.3.2024 9.05', '2024-03-01 09:05')
    """
    clock = f"{value:%H:%M}" if language == "en" else f"{value.hour}.{value:%M}"
    return f"{day(value.date(), language)} {clock}"


def role(text: str, language: str) -> str:
    """Return what an actor does in a collaboration: roles that sources share in that language, others as they stand.

    >>> role("Coordinator", "fi"), role("testaaja", "sv")
    ('koordinaattori', 'testaaja')
    """
    key = f"role.{'_'.join(text.casefold().split())}"
    return say("kinds", key, language) if key in table("kinds") else text


def listed(items: list[str], language: str) -> str:
    """Return ``a, b and c`` in that language."""
    if len(items) < 2:
        return "".join(items)
    word = {"fi": "ja", "sv": "och", "en": "and"}[language]
    return f"{', '.join(items[:-1])} {word} {items[-1]}"
