"""What a heading may mean in a list: known words in three languages, taken apart, compared folded."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from graphsvc.identifiers import fold
from graphsvc.ingest.attributes import is_personal
from graphsvc.ingest.columns import header_fold, resource, specs
from graphsvc.ingest.mapping import IGNORE, LIST_FIELDS

_PARTS: Final = re.compile(r"\s*(?:[/|\n\r]|\s[-–—]\s)\s*")
_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_UNITS: Final = re.compile(r"\b(?:eur|€|euroa|euro|euros|t€|k€|tuhatta|%|kpl|pcs|st)(?!\w)|€")
_NUMBERED: Final = re.compile(r"[\s_.]*\d{1,2}$")
_CUTOFF: Final = 86
"""Of 100, from which on a heading is written like a known one: one letter of seven, or an ending."""
_EXACTLY: Final = frozenset({"participation.source", "participation.currency", "collaboration.id"})
"""Fields that a heading must name as it is: a column taken for one by mistake would do harm."""
_OWNED: Final = ("name", "kind", "start", "end", "website", "municipality", "region", "country", "description", "id")
"""Columns of our tables that say what they are only with whose they are."""
_OF_NODES: Final = frozenset({"kind", "website", "description"})
"""Those that are an actor's in a table of actors, and in a list of who takes part in what could be either's."""
_NO_FACT: Final = frozenset({"id", "name", "source"})
"""Fields of an actor that mean something else in a network file."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a heading may mean."""

    field: str
    """A field of a list; ``?.name`` where it does not say whose."""
    confidence: float
    reason: str
    about: str = ""


@cache
def _tables() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(resource("headings.toml"))


@cache
def values_words(key: str) -> frozenset[str]:
    """Return the folded words of values under ``word.key``."""
    return frozenset(fold(word) for word in _tables()["word"][key])


@cache
def _known() -> Mapping[str, str]:
    """Return folded heading → field, those of ``headings.toml`` before those of our tables."""
    known: dict[str, str] = {}
    for field, texts in _tables()["field"].items():
        for text in texts:
            known.setdefault(header_fold(text), field)
    for table, owner in (("participations", "participation"), ("collaborations", "collaboration"), ("actors", "actor")):
        for column in specs()[table].columns:
            field = f"{owner}.{column.key}"
            if field not in LIST_FIELDS:
                continue
            for alias in sorted(column.aliases):
                known.setdefault(alias, f"?.{column.key}" if column.key in _OWNED else field)
    return known


@cache
def _spellings() -> Sequence[str]:
    return sorted(heading for heading, field in _known().items() if field not in _EXACTLY)


@cache
def _owners() -> Mapping[str, str]:
    return {header_fold(word): owner for owner, words in _tables()["owner"].items() for word in words}


def meaning_of(title: str) -> Meant | None:
    """Return what a heading means, or None. ``group`` headings come before it with a colon: ``Hanke: Nimi``."""
    if is_personal(title):
        return Meant(IGNORE, 1.0, "personal")
    for part in _parts(title):
        if field := _known().get(part):
            return Meant(field, 1.0, "known")
    for part in _parts(title):
        if owned := _owned(part):
            return owned
    if (rest := title.partition(":")[2]) and (bare := meaning_of(rest)):  # under a group that says nothing known
        return bare
    for part in _parts(title):
        plain = _NUMBERED.sub("", part)
        if plain != part and (field := _known().get(plain)):
            return Meant(field, 0.9, "similar", plain)
    candidates = [(part, found) for part in _parts(title) if len(part) >= 5 and (found := _like(part))]
    if not candidates:
        return None
    part, (like, score) = max(candidates, key=lambda each: each[1][1])
    return Meant(_known()[like], round(0.75 * score / 100, 2), "similar", like)


@lru_cache(maxsize=1024)
def columns_of_actor(titles: tuple[str, ...], *, of_actors: bool) -> Mapping[str, str]:
    """Return key of our column → the heading that means it, for what headings alone say of an actor; the surest wins.

    ``of_actors``: each row is an actor, and a bare *type* is its own; else each row is an actor in a collaboration.
    Nodes of another program (``of_actors``) are read by known words only, not by those that are written like them.
    """
    found: dict[str, tuple[float, str]] = {}
    for title in titles:
        meant = meaning_of(title)
        owner, _, key = meant.field.partition(".") if meant else ("", "", "")
        mine = owner == "actor" or (owner == "?" and key in _OWNED and (of_actors or key not in _OF_NODES))
        if meant is None or not mine or key in _NO_FACT or (of_actors and meant.reason not in {"known", "owner"}):
            continue
        if key not in found or meant.confidence > found[key][0]:
            found[key] = meant.confidence, title
    return {key: title for key, (_, title) in found.items() if f"actor.{key}" in LIST_FIELDS}


def is_role(title: str) -> bool:
    """Tell whether a heading is that of what an actor is in a collaboration."""
    meant = meaning_of(title)
    return meant is not None and meant.field == "participation.role"


def _like(part: str) -> tuple[str, float] | None:
    found = process.extractOne(part, _spellings(), scorer=fuzz.ratio, score_cutoff=_CUTOFF)
    return (found[0], found[1]) if found else None


def _owned(part: str) -> Meant | None:
    """Return what ``hankkeen nimi`` or ``organisaatio: kunta`` means: an owner, and a column of its table."""
    owner_word, _, rest = part.replace(":", " ", 1).partition(" ")
    owner = _owners().get(owner_word)
    rest = rest.strip()
    if owner is None or not rest:
        return None
    field = _known().get(rest, "")
    key = field.rpartition(".")[2]
    for wanted in (owner, "participation"):
        if f"{wanted}.{key}" in LIST_FIELDS and field:
            return Meant(f"{wanted}.{key}", 0.95, "owner", f"{owner_word}: {rest}")
    column = next((column for column in specs()[f"{owner}s"].columns if rest in column.aliases), None)
    if column and f"{owner}.{column.key}" in LIST_FIELDS:
        return Meant(f"{owner}.{column.key}", 0.95, "owner", f"{owner_word}: {rest}")
    return None


def _parts(title: str) -> Iterator[str]:
    """Yield a heading folded: whole, without units and brackets, then each of its languages."""
    seen: set[str] = set()
    bare = _BRACKETS.sub(" ", title)
    inside = [match[1] for match in _BRACKETS.finditer(title)]
    group, colon, rest = bare.partition(":")
    grouped = bool(colon and rest.strip())
    own = [f"{group} {part}" if grouped else part for part in _PARTS.split(rest if grouped else bare)]
    for text in (title, bare, *own, *_PARTS.split(bare), *inside):
        folded = " ".join(_UNITS.sub(" ", header_fold(text)).split()).strip(" :,.-")
        if folded and folded not in seen:
            seen.add(folded)
            yield folded
