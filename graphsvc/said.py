"""English sentences of errors and of import problems, said in the reader's language.

The English sentence is its own key, as in gettext: ``wordings/said_import.toml`` and ``wordings/said_forms.toml`` hold
the templates that the code makes its sentences from, each in three languages. A finished sentence is held against them;
what none of them fits stays English and says so. See ``docs/decisions/0043``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from string import Formatter
from typing import Final

from graphsvc import wording

CATALOGUES: Final = ("said_import", "said_forms")
"""Tables of ``wordings/``: sentences of ``ingest/``, and all others."""
_THEIRS: Final = frozenset(
    ("file", "sheet", "sheets", "column", "columns", "heading", "title", "titles", "name", "names", "text", "value")
) | {"a", "b", "one", "other", "first", "second", "by", "town", "region", "country", "changes", "through"}
"""Values that people wrote: a sheet called ``projects`` keeps its name."""
_CODES: Final[Mapping[str, tuple[str, str]]] = {
    "why": ("decisions", "why.{}"),
    "whys": ("decisions", "why.{}"),
    "reply": ("decisions", "reply.{}"),
    "measure": ("measures", "{}.name"),
    "measures": ("measures", "{}.name"),
    "kind": ("kinds", "collaboration.{}"),
}
"""Values that are codes, one or several → the table and the key that has their name."""
_SPOKEN: Final = frozenset(("why", "whys", "reply"))
"""Codes in the middle of an English sentence, which has no quotes around them: their names need some."""
_CLOSED: Final = (
    *(("kinds", f"{kind}.{{}}") for kind in ("actor", "collaboration", "form", "openness", "link")),
    *(("decisions", f"{kind}.{{}}") for kind in ("state", "reply", "said")),
    ("measures", "{}.name"),
    ("access", "role.{}"),
    ("access", "right.{}"),
    ("pages", "verdict.{}"),
)
"""Closed sets of codes: where a value may be any of one, all of that are called by their names."""
_LETTERS: Final = 4
"""By so many letters at either end templates are looked up."""
_DEEPEST: Final = 3
"""A sentence may hold a part of ours, which may hold one."""
_PARTS: Final = 20
"""Most reasons that one sentence gives."""
_QUOTED: Final = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""", re.DOTALL)
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:,\d{3})*")


@dataclass(frozen=True, slots=True)
class Slot:
    """A value in a template: ``{name}``, ``{name!r}`` for one in quotes, ``{name:,}`` for a number with thousands."""

    name: str
    quoted: bool = False
    thousands: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """An English sentence: its texts and, between them, its values."""

    pieces: tuple[str, ...]
    slots: tuple[Slot, ...]
    """One fewer than ``pieces``."""

    @classmethod
    def of(cls, english: str) -> Template:
        """Return the template that a text with ``{name}`` in it says.

        >>> Template.of("The link has no {end}.")
        Template(pieces=('The link has no ', '.'), slots=(Slot(name='end', quoted=False, thousands=False),))
        """
        pieces, slots = [""], []
        for text, name, form, conversion in Formatter().parse(english):
            pieces[-1] += text
            if name is not None:
                slots.append(Slot(name, conversion == "r", "," in (form or "")))
                pieces.append("")
        return cls(tuple(pieces), tuple(slots))

    @property
    def letters(self) -> int:
        """Return how many characters of its own it has."""
        return sum(map(len, self.pieces))

    def values(self, sentence: str) -> dict[str, str] | None:
        """Return the values of a sentence made from this template; None for one that was not.

        A value is as short as can be, but one in quotes ends where they do. Takes time that grows with the sentence.

        >>> Template.of("{text!r} means several: {places}.").values("'a means several: b' means several: c, d.")
        {'text': "'a means several: b'", 'places': 'c, d'}
        """
        head, tail = self.pieces[0], self.pieces[-1]
        if not self.slots:
            return {} if sentence == head else None
        at, end = len(head), len(sentence) - len(tail)
        if at > end or not sentence.startswith(head) or not sentence.endswith(tail):
            return None
        found: dict[str, str] = {}
        for slot, piece, after in zip(self.slots[:-1], self.pieces[1:-1], self.slots[1:], strict=True):
            quoted = _QUOTED.match(sentence, at, end) if slot.quoted else None
            stop = quoted.end() if quoted and sentence.startswith(piece, quoted.end()) else -1
            stop = stop if stop >= 0 else _found(sentence, piece, at, end, quote=after.quoted)
            if stop < 0 or stop + len(piece) > end:
                return None
            found[slot.name], at = sentence[at:stop], stop + len(piece)
        if self.slots[-1].quoted and not _QUOTED.fullmatch(sentence, at, end):
            return None
        return {**found, self.slots[-1].name: sentence[at:end]}


def _found(sentence: str, piece: str, at: int, end: int, *, quote: bool) -> int:
    """Return where a piece begins, -1 for nowhere; one before a value in quotes has a quote after it."""
    pieces = (piece + "'", piece + '"') if quote else (piece,)
    return min((stop for each in pieces if (stop := sentence.find(each, at, end)) >= 0), default=-1)


def said(text: str, language: str) -> tuple[str, str]:
    """Return a sentence of ours in a language, and the language that it is in: English where nothing else is known.

    Codes in it, as of a reason or a measure, are called by their names, in English too.

    >>> said("Nothing is to be done.", "fi")
    ('Mitään ei tarvitse tehdä.', 'fi')
    >>> said("Nobody said this before.", "fi")
    ('Nobody said this before.', 'en')
    >>> said("no_time is no reason for accept.", "en")
    ('“no time or people now” is no reason for “accepted”.', 'en')
    """
    told = _told(text, language, _DEEPEST) or _dressed(text, language)
    return (text, "en") if told is None else (told, language)


@cache
def templates() -> Mapping[Template, Mapping[str, str]]:
    """Return every template with its texts, the most particular first."""
    all_: dict[Template, Mapping[str, str]] = {}
    for name in CATALOGUES:
        for texts in wording.table(name).values():
            all_[Template.of(str(texts["en"]))] = {language: str(text) for language, text in texts.items()}
    return dict(sorted(all_.items(), key=lambda each: -each[0].letters))


@cache
def _whole() -> Mapping[str, Mapping[str, str]]:
    """Return the texts of templates without values: by far the quickest to find."""
    return {template.pieces[0]: texts for template, texts in templates().items() if not template.slots}


@lru_cache(maxsize=4096)
def _like(start: str, end: str) -> tuple[tuple[Template, Mapping[str, str]], ...]:
    """Return the templates with values that a sentence may be made from, by its first and last letters."""
    return tuple(
        (template, texts)
        for template, texts in templates().items()
        if template.slots
        and start.startswith(template.pieces[0][:_LETTERS])
        and end.endswith(template.pieces[-1][-_LETTERS:])
    )


def _told(text: str, language: str, depth: int) -> str | None:
    if depth == 0:
        return None
    if text in _whole():
        return _whole()[text][language]
    return _made(text, language, depth)


def _made(text: str, language: str, depth: int) -> str | None:
    """Return a text that was made from a template with values; None for any other."""
    for template, texts in _like(text[:_LETTERS], text[-_LETTERS:]):
        values = template.values(text)
        if values is not None:
            told = {slot.name: _value(values[slot.name], slot, language, depth) for slot in template.slots}
            parts = Formatter().parse(texts[language])
            return "".join(before + (told[name] if name else "") for before, name, _, _ in parts)
    return None


def _dressed(text: str, language: str) -> str | None:
    """Return what a model refuses, told as a sentence: its words are begun with a capital and ended with a point."""
    bare = text.removesuffix(".")
    told = _told(bare, language, _DEEPEST) or _told(bare[:1].lower() + bare[1:], language, _DEEPEST)
    return told and f"{told[:1].upper()}{told[1:]}{text[len(bare) :]}"


def _value(value: str, slot: Slot, language: str, depth: int) -> str:
    """Return a value as the language writes it: numbers, and what is itself a sentence, a noun or nouns of ours."""
    if slot.thousands and _THOUSANDS.fullmatch(value):
        return wording.number(int(value.replace(",", "")), language)
    if slot.quoted:
        return value
    if slot.name in _CODES:
        named = {code: _named(code, *_CODES[slot.name], language) for code in value.split(", ")}
        spoken = language == "en" and slot.name in _SPOKEN
        return ", ".join(f"“{name}”" if spoken and name != code else name for code, name in named.items())
    if slot.name == "known" and (closed := _closed(value, language)):
        return closed
    if slot.name in _THEIRS:  # of these only “and 3 more” is ours
        return (_made(value, language, depth - 1) if depth > 1 else None) or value
    parts = [_told(part, language, depth - 1) for part in value.split("; ", _PARTS)]  # reasons of ours, or one
    told = "; ".join(filter(None, parts)) if None not in parts else _told(value, language, depth - 1)
    if told is None and all(part in _whole() for part in value.split(", ")):
        told = ", ".join(_whole()[part][language] for part in value.split(", "))
    return value if told is None else told


def _closed(value: str, language: str) -> str:
    """Return the names of codes that are all of one closed set; empty for anything else."""
    codes = [code.strip("'") for code in value.split(", ")]
    for table, key in _CLOSED:
        names = wording.table(table)
        if all(key.format(code) in names for code in codes):
            return ", ".join(str(names[key.format(code)][language]) for code in codes)
    return ""


def _named(code: str, table: str, key: str, language: str) -> str:
    """Return what a code is called, or the code; numbers that follow it are written as the language writes them."""
    code, _, rest = code.partition(" ")
    name = str(wording.table(table).get(key.format(code), {}).get(language, code))
    numbers = _THOUSANDS.sub(lambda found: wording.number(int(found[0].replace(",", "")), language), rest)
    return f"{name} {numbers}".rstrip()
