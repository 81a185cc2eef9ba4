"""What a publisher hides: the profile that a file says, and who and what that is in a graph, by ids and by names.

One function finds it (:func:`concealed`), in the whole graph: a sentence on a map may name someone who is not on it.
What takes it out is ``map_redaction``, ``report_redaction``, ``hidden_parts`` (networks as files) and, for what the
public is answered, :mod:`graphsvc.api.withholding`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from graphsvc.errors import InvalidValue, UnreadableFile
from graphsvc.model import Actor, ActorKind, Collaboration, Snapshot


class Field(StrEnum):
    """What can be hidden of everything that is shown."""

    OTHER_NAMES = "other_names"
    PLACES = "places"
    WEBSITES = "websites"
    THEMES = "themes"
    YEARS = "years"
    COLLABORATIONS = "collaborations"
    """Which collaborations a tie rests on; ties stay."""
    SUGGESTIONS = "suggestions"
    REASONS_AGAINST = "reasons_against"
    SOURCES = "sources"


class Redaction(BaseModel):
    """What is hidden. As a file: TOML with these names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    actors: frozenset[str] = frozenset()
    """Ids."""
    kinds: frozenset[ActorKind] = frozenset()
    collaborations: frozenset[str] = frozenset()
    """Ids."""
    fields: frozenset[Field] = frozenset()


NOTHING: Final = Redaction()


def read(path: Path) -> Redaction:
    """Return what a file says is to be hidden.

    :class:`UnreadableFile` where it is no TOML, :class:`InvalidValue` where it says something that can't be hidden.
    """
    try:
        return Redaction.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableFile(f"{path.name} can't be read: {error}.", remedy="It is a TOML file in UTF-8.") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidValue(
            f"{path.name}: {where}: {first['msg']}.",
            remedy=f"It may have {', '.join(Redaction.model_fields)}; fields may be {', '.join(Field)}.",
        ) from error


class Names:
    """Finds the names of what is hidden in sentences, also where the name of someone shown holds one of them.

    A name is found where it stands as words of its own; capitals make no other name. Names are kept by their first
    word, so that a text is searched in its own length, however many are hidden.
    """

    def __init__(self, hidden: Iterable[str] = (), shown: Iterable[str] = ()) -> None:
        """``shown`` are names of what is not hidden; one that is among them is not hidden either."""
        shown = set(shown)
        self._hidden = _Words(set(hidden) - shown)
        self._shown = _Words(name for name in shown if self._hidden.first_in(_folded(name)))

    def __bool__(self) -> bool:
        """Whether there is any name to be found."""
        return bool(self._hidden)

    def first_in(self, text: str) -> str:
        """Return the first hidden name in a text, or nothing."""
        return self._hidden.first_in(self._shown.cut_from(_folded(text))) if self else ""


class _Words:
    """Names by their first word, or by their first sign where that is no letter; the longest first."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name in sorted(names):
            if folded := _folded(name).strip():
                self._by_first[_FIRST.findall(folded)[0]].append((folded, name))
        for each in self._by_first.values():
            each.sort(key=lambda pair: -len(pair[0]))

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def first_in(self, folded: str) -> str:
        """Return the first name in a text, as it was given; nothing where there is none."""
        return next((name for _, _, name in self._found(folded)), "")

    def cut_from(self, folded: str) -> str:
        """Return the text with a sign that no name has in place of each name."""
        parts, done = [], 0
        for start, end, _ in self._found(folded):
            parts.append(folded[done:start])
            done = end
        return "\0".join((*parts, folded[done:]))

    def _found(self, folded: str) -> Iterator[tuple[int, int, str]]:
        done = 0
        for first in _FIRST.finditer(folded):
            start = first.start()
            if start < done or (start and not _is_end(folded[start - 1 : start])):
                continue
            for name, given in self._by_first.get(first[0], ()):
                end = start + len(name)
                if folded.startswith(name, start) and _is_end(folded[end : end + 1]):
                    yield start, end, given
                    done = end
                    break


_FIRST: Final = re.compile(r"\w+|[^\w\s]")
_LETTER: Final = re.compile(r"\w")


def _is_end(sign: str) -> bool:
    return not _LETTER.match(sign)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


@dataclass(frozen=True, slots=True)
class Concealed:
    """Who and what a profile hides in a graph. True where it hides anything."""

    actors: frozenset[str] = frozenset()
    """Ids of all entries of the bodies that are hidden."""
    collaborations: frozenset[str] = frozenset()
    """Ids."""
    fields: frozenset[Field] = frozenset()
    names: Names = field(default_factory=Names)

    def __bool__(self) -> bool:
        return bool(self.actors or self.collaborations or self.fields)


HIDES_NOTHING: Final = Concealed()


def concealed(
    redaction: Redaction, snapshot: Snapshot, canonical: Mapping[str, str], besides: Iterable[str] = ()
) -> Concealed:
    """Return who and what is hidden in a graph.

    ``canonical`` maps the id of an entry to that of the one that stands for it: a body is hidden with all its entries,
    if any of them is to be. ``besides`` are names that tell nobody who is hidden, such as those of places.
    """
    named = (each for each in snapshot.actors if each.id in redaction.actors or each.kind in redaction.kinds)
    bodies = {canonical.get(each.id, each.id) for each in named}
    actors = redaction.actors | {each.id for each in snapshot.actors if canonical.get(each.id, each.id) in bodies}
    hidden, shown = {text for each in snapshot.actors if each.id in actors for text in _names(each)}, set(besides)
    shown |= {text for each in snapshot.actors if each.id not in actors for text in _names(each)}
    of_actors = Names(hidden, shown)
    for each in snapshot.collaborations:
        if each.id in redaction.collaborations:
            hidden |= set(_titles(each))
        else:
            # One that is named after someone hidden would tell whom, so it doesn't make the name one that is shown.
            shown |= {text for text in _titles(each) if not of_actors.first_in(text)}
    return Concealed(actors, redaction.collaborations, redaction.fields, Names(hidden, shown))


def refuse_unknown(redaction: Redaction, snapshot: Snapshot) -> None:
    """Raise :class:`InvalidValue` for an actor or collaboration that a graph has not.

    It is most often a slip of the pen, that would publish what was to be hidden.
    """
    for noun, wanted, there in (
        ("actor", redaction.actors, snapshot.actors),
        ("collaboration", redaction.collaborations, snapshot.collaborations),
    ):
        if unknown := sorted(wanted - {each.id for each in there}):
            raise InvalidValue(
                f"There is no {noun} {unknown[0]!r}, so it can't be hidden.",
                remedy=f"Check the id, or take it out of the list; `graphsvc who NAME` finds the id of an {noun}."
                if noun == "actor"
                else "Check the id, or take it out of the list.",
                field=f"{noun}s",
            )


def _names(actor: Actor) -> Iterator[str]:
    yield actor.name
    yield from (name.text for name in actor.names)


def _titles(collaboration: Collaboration) -> Iterator[str]:
    yield collaboration.name
    if collaboration.title:
        yield collaboration.title
