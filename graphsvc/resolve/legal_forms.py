"""Legal forms taken off a name: "Nokia Oyj" and "Oyj Nokia Abp" become "nokia"; the kind of form is kept.

The forms are in ``tables/legal_forms.toml``, in groups: within a group a body may change its form and stay what it is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, NamedTuple


class Stripped(NamedTuple):
    """A name's words without its legal form."""

    words: tuple[str, ...]
    groups: frozenset[str]
    """Kinds of form that were taken off: ``company``, ``association``, …"""


def read_table(name: str) -> dict[str, Any]:
    """Return one of the tables beside this module."""
    return tomllib.loads(
        resources.files("graphsvc.resolve").joinpath("tables", f"{name}.toml").read_text(encoding="utf-8")
    )


def strip(words: Sequence[str]) -> Stripped:
    """Take legal forms off folded words: the unmistakable ones anywhere, the others at the ends.

    >>> strip(["rakennus", "oy", "virtanen"])
    Stripped(words=('rakennus', 'virtanen'), groups=frozenset({'company'}))
    """
    forms = _forms()
    left, groups = list(words), set[str]()
    if not forms.begin.isdisjoint(left):
        left, groups = _without_phrases(left, forms.phrases)
    kept = [word for word in left if word not in forms.anywhere]
    groups |= {forms.anywhere[word] for word in left if word in forms.anywhere}
    while kept and kept[-1] in forms.edge:
        groups.add(forms.edge[kept.pop()])
    while kept and kept[0] in forms.first:
        groups.add(forms.first[kept.pop(0)])
    return Stripped(tuple(kept), frozenset(groups))


@dataclass(frozen=True, slots=True)
class _Forms:
    """Each form → its group."""

    anywhere: Mapping[str, str]
    edge: Mapping[str, str]
    first: Mapping[str, str]
    phrases: Mapping[tuple[str, ...], str]
    begin: frozenset[str]
    """First words of phrases."""


@cache
def _forms() -> _Forms:
    table = read_table("legal_forms")

    def by_form(part: str) -> dict[str, str]:
        return {form: group for group, parts in table.items() for form in parts[part]}

    phrases = {tuple(phrase.split()): group for phrase, group in by_form("phrases").items()}
    begin = frozenset(phrase[0] for phrase in phrases)
    return _Forms(by_form("anywhere"), by_form("edge"), by_form("first"), phrases, begin)


def _without_phrases(words: list[str], phrases: Mapping[tuple[str, ...], str]) -> tuple[list[str], set[str]]:
    """Take off the forms of several words, the longest first."""
    left: list[str] = []
    groups: set[str] = set()
    place = 0
    while place < len(words):
        for length in range(min(8, len(words) - place), 1, -1):
            group = phrases.get(tuple(words[place : place + length]))
            if group:
                groups.add(group)
                place += length
                break
        else:
            left.append(words[place])
            place += 1
    return left, groups
