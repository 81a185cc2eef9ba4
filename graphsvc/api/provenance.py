"""The forms in which answers say who says what: sources of each value, and where sources differ."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from graphsvc import contradictions
from graphsvc.api.problems import Answered
from graphsvc.contradictions import PlaceName
from graphsvc.store import differences


class Said(Answered):
    """What one source says."""

    value: str
    source: str = Field(description="Id of the source; empty for what a person entered.")
    name: str = Field(description="Name of the source.")
    stated: date | None = Field(description="The day that it speaks of.")


class Difference(Answered):
    """Something that sources say differently."""

    property: str = Field(
        description="The field; `participants`; or, after `attributes.`, a column of the sources' own.",
    )
    among: int = Field(ge=1, description="How many sources say anything of it.")
    shown: str | None = Field(description="The value that is shown: that of the first; null where all claims are.")
    said: tuple[Said, ...] = Field(
        description="In the order in which sources are believed. Of `participants`: whom not all name, and who does."
    )
    sentence: str = Field(description="The same in the language asked for.")


class SaidBy(Answered):
    """Ids of the sources that say what is shown, the one believed first at the head; empty text for a person's word."""

    values: dict[str, tuple[str, ...]] = Field(description="Field → sources of its value.")
    names: dict[str, tuple[str, ...]] = Field(description="Other name → sources that have it.")
    attributes: dict[str, tuple[str, ...]] = Field(description="Column of the sources' own → sources of its text.")


# What the statements call otherwise than the answers, because engines keep these words for themselves.
_FIELDS = {"long_name": "title", "starts": "start", "ends": "end"}


def differences_of(
    found: Iterable[differences.Difference], language: str, place_name: PlaceName
) -> tuple[Difference, ...]:
    """Return differences, with their sentences in ``language``."""
    return tuple(_difference(each, language, place_name) for each in found)


def _difference(found: differences.Difference, language: str, place_name: PlaceName) -> Difference:
    return Difference(
        property=_FIELDS.get(found.property, found.property),
        among=found.among,
        shown=None if found.property == "participants" else found.said[0].value,
        said=tuple(Said(value=s.value, source=s.source, name=s.name, stated=s.stated) for s in found.said),
        sentence=contradictions.sentence(found, language, place_name),
    )


def said_by(found: differences.SaidBy) -> SaidBy:
    """Return who says what is shown."""
    values = {_FIELDS.get(key, key): who for key, who in found.values.items()}
    return SaidBy(values=values, names=dict(found.names), attributes=dict(found.attributes))
