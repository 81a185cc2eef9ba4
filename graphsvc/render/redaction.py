"""What a publisher hides: taken out of a map's content before a page is made of it, so that no byte can hold it.

Hidden is an actor or a collaboration with all that hangs on it, all actors of a kind, or a field of every actor.
Sentences that name someone hidden go too, and collaborations that no tie shown rests on. Numbers stay those of the
whole network (one function computes a number): that an actor has more partners than are shown tells that some are
hidden, never who.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from graphsvc.errors import InvalidValue, UnreadableFile
from graphsvc.model import ActorKind
from graphsvc.render.content import MapActor, MapCollaboration, MapCommunity, MapContent, MapSuggestion, MapTie
from graphsvc.render.summary import summary
from graphsvc.wording import say


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


@dataclass(frozen=True, slots=True)
class Hidden:
    """What was taken out, for a preview."""

    actors: tuple[str, ...]
    """Names of those that are not there."""
    ties: int
    suggestions: int
    sentences: int
    """Reasons that are not told."""
    fields: tuple[Field, ...]


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


def redacted(content: MapContent, redaction: Redaction) -> tuple[MapContent, Hidden]:
    """Return a map's content without what is hidden, and what that was.

    :class:`InvalidValue` for an actor or collaboration that the map has not (most often a slip of the pen that would
    publish what was to be hidden), and where the publisher's own words (title, caption, licence, alternative text or
    story) name someone hidden.
    """
    _refuse_unknown(content, redaction)
    gone = [each for each in content.actors if each.id in redaction.actors or each.kind in redaction.kinds]
    names = Names.of(content, redaction, gone)
    _refuse_own_words(content, names)
    hide, kept = redaction.fields, _actors(content, gone, redaction.fields)
    ties = tuple(_ties(content, {each.id for each in kept}, redaction))
    suggestions = tuple(_suggestions(content, {each.id for each in kept}, names, hide))
    communities = tuple(_communities(content, kept, names))
    made = replace(
        content,
        actors=kept,
        ties=ties,
        suggestions=suggestions,
        communities=communities,
        collaborations=tuple(_collaborations(content, {id_ for tie in ties for id_ in tie.collaborations}, hide)),
        sources=() if Field.SOURCES in hide else content.sources,
        places_above=() if Field.PLACES in hide else content.places_above,
        themes_above=() if Field.THEMES in hide else content.themes_above,
        summary=summary(content.language, kept, ties, communities, suggestions, content.size_measure),
    )
    left_out = tuple(each.name for each in gone)
    sentences = _sentences(content.suggestions) - _sentences(suggestions)
    fewer = len(content.ties) - len(ties), len(content.suggestions) - len(suggestions)
    return made, Hidden(left_out, *fewer, sentences, tuple(sorted(hide)))


def without(content: MapContent, redaction: Redaction) -> MapContent:
    """Return a map's content without what is hidden, as it is where nothing is. Errors: those of :func:`redacted`."""
    return content if redaction == NOTHING else redacted(content, redaction)[0]


def _refuse_unknown(content: MapContent, redaction: Redaction) -> None:
    for noun, wanted, there in (
        ("actor", redaction.actors, {each.id for each in content.actors}),
        ("collaboration", redaction.collaborations, {each.id for each in content.collaborations}),
    ):
        if unknown := sorted(wanted - there):
            raise InvalidValue(
                f"There is no {noun} {unknown[0]!r} in this map, so it can't be hidden.",
                remedy=f"Check the id, or take it out of the list; `graphsvc who NAME` finds the id of an {noun}."
                if noun == "actor"
                else "Check the id, or take it out of the list.",
                field=f"{noun}s",
            )


def _refuse_own_words(content: MapContent, names: Names) -> None:
    said = {"title": content.title, **asdict(content.imprint)}
    for where, text in (*said.items(), *(("story", step.caption) for step in content.story)):
        if name := names.first_in(text):
            raise InvalidValue(
                f"The {where} names {name!r}, which is hidden: {text!r}.", remedy="Write it without.", field=where
            )


@dataclass(frozen=True, slots=True)
class Names:
    """Finds the names of what is hidden in sentences, also where the name of someone shown holds one of them."""

    hidden: re.Pattern[str] | None
    shown: re.Pattern[str] | None

    @classmethod
    def of(cls, content: MapContent, redaction: Redaction, gone: Collection[MapActor]) -> Names:
        """Return what finds the names of actors that are ``gone`` and of collaborations that are hidden."""
        ids = {each.id for each in gone}
        hidden = {name for each in gone for name in (each.name, *each.also)}
        hidden |= {each.name for each in content.collaborations if each.id in redaction.collaborations}
        shown = {name for each in content.actors if each.id not in ids for name in (each.name, *each.also)}
        shown |= {each.name for each in content.collaborations if each.id not in redaction.collaborations}
        return cls.between(hidden, shown)

    @classmethod
    def between(cls, hidden: set[str], shown: set[str]) -> Names:
        """Return what finds hidden names; one that somebody shown has as well is not hidden."""
        return cls(_any_of(hidden - shown), _any_of(name for name in shown if _holds(name, hidden)))

    def first_in(self, text: str) -> str:
        """Return the first hidden name in a text, or nothing."""
        if self.hidden is None:
            return ""
        rest = self.shown.sub("", text) if self.shown else text
        found = self.hidden.search(rest)
        return found[0] if found else ""


def _holds(name: str, others: Collection[str]) -> bool:
    return any(other != name and other.casefold() in name.casefold() for other in others)


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted((name for name in names if name), key=lambda name: (-len(name), name))
    if not longest_first:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


def _actors(content: MapContent, gone: Collection[MapActor], hide: Collection[Field]) -> tuple[MapActor, ...]:
    emptied: dict[str, Any] = {}
    if Field.OTHER_NAMES in hide:
        emptied["also"] = ()
    if Field.PLACES in hide:
        emptied["place"] = ""
    if Field.WEBSITES in hide:
        emptied["website"] = None
    if Field.THEMES in hide:
        emptied["themes"] = ()
    ids = {each.id for each in gone}
    return tuple(replace(each, **emptied) for each in content.actors if each.id not in ids)


def _ties(content: MapContent, ids: Collection[str], redaction: Redaction) -> Iterator[MapTie]:
    for tie in content.ties:
        shared = tuple(id_ for id_ in tie.collaborations if id_ not in redaction.collaborations)
        if tie.a in ids and tie.b in ids and (shared or not tie.collaborations):
            yield replace(tie, collaborations=() if Field.COLLABORATIONS in redaction.fields else shared)


def _collaborations(content: MapContent, shown: Collection[str], hide: Collection[Field]) -> Iterator[MapCollaboration]:
    for each in content.collaborations:
        if each.id in shown:
            emptied: dict[str, Any] = {}
            if Field.YEARS in hide:
                emptied |= {"first": None, "last": None}
            if Field.THEMES in hide:
                emptied["themes"] = ()
            if Field.WEBSITES in hide:
                emptied["website"] = None
            yield replace(each, **emptied)


def _suggestions(
    content: MapContent, ids: Collection[str], names: Names, hide: Collection[Field]
) -> Iterator[MapSuggestion]:
    """Yield the suggestions that can still be told: those of which a reason for is left. They are ranked anew."""
    rank = 0
    for each in () if Field.SUGGESTIONS in hide else content.suggestions:
        for_ = tuple(text for text in each.reasons_for if not names.first_in(text))
        against = () if Field.REASONS_AGAINST in hide else each.reasons_against
        if each.a in ids and each.b in ids and for_:
            rank += 1
            left = tuple(text for text in against if not names.first_in(text))
            yield replace(each, rank=rank, reasons_for=for_, reasons_against=left)


def _communities(content: MapContent, kept: Collection[MapActor], names: Names) -> Iterator[MapCommunity]:
    """Yield the communities that still have someone; one that was named after someone hidden is named anew."""
    first: dict[int | None, str] = {}
    for actor in kept:
        first.setdefault(actor.community, actor.name)
    for each in content.communities:
        if each.id in first:
            around = say("map", "page.around", content.language, actor=first[each.id])
            yield replace(each, name=around) if names.first_in(each.name) else each


def _sentences(suggestions: Iterable[MapSuggestion]) -> int:
    return sum(len(each.reasons_for) + len(each.reasons_against) for each in suggestions)
