"""What a publisher hides, taken out of a map's content before a page is made of it, so that no byte can hold it.

Hidden is an actor or a collaboration with all that hangs on it, all actors of a kind, or a field of every actor.
Sentences that name someone hidden go too, and collaborations that no tie shown rests on or that are named after someone
hidden. Numbers stay those of the whole network (one function computes a number): that an actor has more partners than
are shown tells that some are hidden, never who.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import parse_qs

from graphsvc.errors import InvalidValue
from graphsvc.render.content import (
    MapActor,
    MapCollaboration,
    MapCommunity,
    MapContent,
    MapSource,
    MapSuggestion,
    MapTie,
)
from graphsvc.render.redaction import Concealed, Field, Names
from graphsvc.render.summary import summary
from graphsvc.wording import say


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

    @property
    def is_nothing(self) -> bool:
        """Whether all of the map would be shown."""
        return not (self.actors or self.ties or self.suggestions or self.sentences or self.fields)


def redacted(content: MapContent, concealed: Concealed) -> tuple[MapContent, Hidden]:
    """Return a map's content without what is hidden, and what that was.

    :class:`InvalidValue` where the publisher's own words (title, caption, licence, alternative text or story) name
    someone hidden, or a step of the story shows them.
    """
    names, hide = concealed.names, concealed.fields
    _refuse_own_words(content, concealed)
    gone = [each for each in content.actors if each.id in concealed.actors]
    kept = _actors(content, gone, hide)
    told = {each.id for each in content.collaborations if not names.first_in(each.name)} - concealed.collaborations
    ties = tuple(_ties(content, {each.id for each in kept}, told, concealed))
    suggestions = tuple(_suggestions(content, {each.id for each in kept}, names, hide))
    communities = tuple(_communities(content, kept, names))
    made = replace(
        content,
        actors=kept,
        ties=ties,
        suggestions=suggestions,
        communities=communities,
        collaborations=tuple(_collaborations(content, {id_ for tie in ties for id_ in tie.collaborations}, hide)),
        sources=() if Field.SOURCES in hide else tuple(_sources(content, names)),
        places_above=() if Field.PLACES in hide else content.places_above,
        themes_above=() if Field.THEMES in hide else content.themes_above,
        summary=summary(content.language, kept, ties, communities, suggestions, content.size_measure),
    )
    left_out = tuple(each.name for each in gone)
    sentences = _sentences(content.suggestions) - _sentences(suggestions)
    fewer = len(content.ties) - len(ties), len(content.suggestions) - len(suggestions)
    return made, Hidden(left_out, *fewer, sentences, tuple(sorted(hide)))


def without(content: MapContent, concealed: Concealed) -> MapContent:
    """Return a map's content without what is hidden, as it is where nothing is. Errors: those of :func:`redacted`."""
    return redacted(content, concealed)[0] if concealed else content


def _refuse_own_words(content: MapContent, concealed: Concealed) -> None:
    said = {"title": content.title, **asdict(content.imprint)}
    for where, text in (*said.items(), *(("story", step.caption) for step in content.story)):
        if name := concealed.names.first_in(text):
            raise InvalidValue(
                f"The {where} names {name!r}, which is hidden: {text!r}.", remedy="Write it without.", field=where
            )
    for number, step in enumerate(content.story, start=1):
        shown = {text for each in parse_qs(step.fragment).values() for text in each}
        if shown & concealed.actors or any(map(concealed.names.first_in, shown)):
            raise InvalidValue(
                f"Step {number} of the story shows what is hidden: {step.fragment!r}.",
                remedy="Let it show something else.",
                field="story",
            )


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


def _ties(content: MapContent, ids: Collection[str], told: Collection[str], concealed: Concealed) -> Iterator[MapTie]:
    """Yield the ties of actors that are shown: not those that rest on nothing but collaborations that are hidden.

    One that rests on a collaboration named after someone hidden stays, and doesn't say on what it rests.
    """
    for tie in content.ties:
        rests = not tie.collaborations or set(tie.collaborations) - concealed.collaborations
        if tie.a in ids and tie.b in ids and rests:
            shared = tuple(id_ for id_ in tie.collaborations if id_ in told)
            yield replace(tie, collaborations=() if Field.COLLABORATIONS in concealed.fields else shared)


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


def _sources(content: MapContent, names: Names) -> Iterator[MapSource]:
    """Yield the sources that name nobody hidden: who publishes one may be."""
    for each in content.sources:
        if not any(map(names.first_in, (each.name, each.attribution))):
            yield each


def _sentences(suggestions: Iterable[MapSuggestion]) -> int:
    return sum(len(each.reasons_for) + len(each.reasons_against) for each in suggestions)
