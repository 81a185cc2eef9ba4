"""A story: a small file that leads through views of a map, each with a caption.

The file is TOML. Each ``[[step]]`` has a ``caption`` (a text, or one for each of ``fi``, ``sv``, ``en``) and says what
is shown: ``actor``, ``group``, ``kinds``, ``theme``, ``place``, ``years``, ``ties``, ``suggestions``; or ``view``, a
fragment copied from the address of the map.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from graphsvc.errors import InvalidValue, UnreadableFile
from graphsvc.model import ActorKind, Line
from graphsvc.render.content import MapContent, MapStep
from graphsvc.wording import LANGUAGES

Year = Annotated[int, Field(ge=1900, le=2200)]
STRENGTHS: Final[Mapping[str, int]] = {"all": 0, "stronger": 1, "strongest": 2}


class Step(BaseModel):
    """One view. What it does not say is as the map opens."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    caption: Line | dict[Literal["fi", "sv", "en"], Line]
    actor: str = ""
    """Id or name."""
    group: str = ""
    kinds: tuple[ActorKind, ...] = ()
    """Only these; empty for all."""
    theme: str = ""
    place: str = ""
    years: tuple[Year, Year] | None = None
    ties: Literal["all", "stronger", "strongest"] = "all"
    suggestions: bool = True
    view: str = ""
    """A fragment of the map's address, instead of all others."""

    @model_validator(mode="after")
    def _one_way(self) -> Step:
        if self.view and self.model_fields_set - {"caption", "view"}:
            raise ValueError("give either a view or what it shows, not both")
        return self


class Story(BaseModel):
    """Steps in order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    step: tuple[Step, ...] = Field(min_length=1, max_length=50)


def read_story(path: Path) -> Story:
    """Return what a file says.

    :class:`UnreadableFile` where it is no TOML, :class:`InvalidValue` where it says something that no story has.
    """
    try:
        return Story.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableFile(f"{path.name} can't be read: {error}.", remedy="It is a TOML file in UTF-8.") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = " ".join(str(part + 1 if isinstance(part, int) else part) for part in first["loc"])
        remedy = f"A [[step]] may have {', '.join(Step.model_fields)}."
        raise InvalidValue(f"{path.name}: {where}: {first['msg']}.", remedy=remedy) from error


def with_story(content: MapContent, story: Story) -> MapContent:
    """Return the map's content with a story. :class:`InvalidValue` for a step that names what the map has not."""
    return replace(
        content,
        story=tuple(
            MapStep(_caption(step, number, content.language), _fragment(step, number, content))
            for number, step in enumerate(story.step, start=1)
        ),
    )


def _caption(step: Step, number: int, language: str) -> str:
    if isinstance(step.caption, str):
        return step.caption
    for each in (language, *LANGUAGES):
        if caption := {str(key): text for key, text in step.caption.items()}.get(each):
            return caption
    raise InvalidValue(f"Step {number} of the story has no caption.", remedy="Write one in the map's language.")


def _fragment(step: Step, number: int, content: MapContent) -> str:
    """Return the view as the map's own script writes it into the address (``static/address.js``)."""
    if step.view:
        return step.view.removeprefix("#")
    themes = {name for actor in content.actors for name in actor.themes} | {name for _, name in content.themes_above}
    places = {actor.place for actor in content.actors} | {name for _, name in content.places_above}
    for noun, name, there in (
        ("group", step.group, {each.name for each in content.communities}),
        ("theme", step.theme, themes),
        ("place", step.place, places),
    ):
        if name and name not in there:
            raise _unknown(number, noun, name, there)
    said: dict[str, str] = {}
    if step.actor:
        said["actor"] = _actor(step.actor, number, content)
    if step.group:
        said["group"] = step.group
    if hidden := [kind for kind in ActorKind if step.kinds and kind not in step.kinds]:
        said["hide"] = " ".join(kind for kind in hidden if any(actor.kind is kind for actor in content.actors))
    said |= {key: name for key, name in (("theme", step.theme), ("place", step.place)) if name}
    if step.ties != "all":
        said["strength"] = str(STRENGTHS[step.ties])
    if step.years:
        said["years"] = f"{step.years[0]} {step.years[1]}"
    if not step.suggestions:
        said["suggestions"] = "off"
    return urlencode(said)


def _actor(text: str, number: int, content: MapContent) -> str:
    wanted = text.casefold()
    for of in (lambda actor: (actor.id,), lambda actor: (actor.name,), lambda actor: actor.also):
        found = [actor.id for actor in content.actors if wanted in {name.casefold() for name in of(actor)}]
        if len(found) == 1:
            return found[0]
    raise _unknown(number, "actor", text, ())


def _unknown(number: int, noun: str, name: str, there: Collection[str]) -> InvalidValue:
    known = f" It has {', '.join(sorted(there)[:12])}." if there else " Give its id, or its name as the map has it."
    return InvalidValue(
        f"Step {number} of the story: the map has no {noun} {name!r}.", remedy=known.strip(), field=noun
    )
