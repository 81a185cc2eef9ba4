"""What region views read in attributes: names that are ours, with the words or ids that they may hold.

A facet is an attribute whose name we own. So it has all that attributes have — it is kept by source, taken back with
its import, merged, exported and shown — and no statement of the store knows of it. What it may hold is checked where
it comes in (``ingest``), and read here, so that a word that came in by another door is passed over and not believed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Final, TypeVar

from graphsvc.model import Attributes, Snapshot
from graphsvc.wording import say, table

E = TypeVar("E", bound=StrEnum)
_BETWEEN: Final = "; "


class Facet(StrEnum):
    """Names of attributes that region views read."""

    PART_OF = "part of"
    """Of a collaboration: ids of those that it belongs to (a project's agreement, an environment's networks)."""
    STARTUP = "startup"
    """Of a firm: ``yes`` where a source lists it as a startup."""
    STAGES = "stages"
    """Of a startup: where it stands; of a service: for whom it is. Words of :class:`Stage`."""
    FIELDS = "fields"
    """Of a startup: ids of themes."""
    FOUNDED = "founded"
    """Of a startup: the year."""
    FORM = "form of environment"
    """Of an RDI environment: a word of :class:`Form`."""
    SERVICES = "services to firms"
    """Of an RDI environment: what firms may use there, in the source's words."""
    OPENNESS = "open to"
    """Of an RDI environment: a word of :class:`Openness`."""
    FUNDING = "funding"
    """Of a collaboration: where its money comes from, in the source's words."""
    LEVEL = "level"
    """Of a network: a word of :class:`Level`."""
    NO_NETWORK = "in no network of level"
    """Of an RDI environment: words of :class:`Level`, where a source says that it is in no such network."""
    SITE = "place of environment"
    """Of an RDI environment: the id of a place."""
    INNOVATIVE = "innovative"
    """Of a procurement: a word of :class:`Innovative`."""


class Stage(StrEnum):
    """Where a young firm stands."""

    IDEA = "idea"
    START = "start"
    GROWTH = "growth"
    SCALE = "scale"


class Form(StrEnum):
    """What an RDI environment is."""

    PHYSICAL = "physical"
    OPERATING_MODEL = "operating_model"
    BOTH = "both"


class Openness(StrEnum):
    """Who may use an RDI environment."""

    ANYONE = "anyone"
    BY_AGREEMENT = "by_agreement"
    OWN_USE = "own_use"


class Level(StrEnum):
    """How far a network reaches."""

    EU = "eu"
    INTERNATIONAL = "international"
    NATIONAL = "national"
    REGIONAL = "regional"


class Innovative(StrEnum):
    """Whether a procurement sought something new; nothing where no source says."""

    YES = "yes"
    NO = "no"


def texts(attributes: Attributes, facet: Facet) -> tuple[str, ...]:
    """Return what an attribute holds, in its order, each once.

    >>> texts({"part of": "c-b; c-a; c-b"}, Facet.PART_OF)
    ('c-b', 'c-a')
    """
    parts = (part.strip() for part in attributes.get(facet.value, "").split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))


def words(attributes: Attributes, facet: Facet, enum: type[E]) -> tuple[E, ...]:
    """Return those words that an attribute holds which are of ``enum``, in its order.

    >>> words({"stages": "growth; unheard of"}, Facet.STAGES, Stage)
    (<Stage.GROWTH: 'growth'>,)
    """
    known = {each.value: each for each in enum}
    return tuple(known[text] for text in texts(attributes, facet) if text in known)


def joined(values: Iterable[str]) -> str:
    """Return texts as an attribute holds several; a semicolon inside one becomes a comma.

    >>> joined(["c-a", "a; b"])
    'c-a; a, b'
    """
    return _BETWEEN.join(value.replace(";", ",") for value in values)


_VOCABULARY: Final[Mapping[Facet, str]] = {
    Facet.STARTUP: "innovative",
    Facet.STAGES: "stage",
    Facet.FORM: "form",
    Facet.OPENNESS: "openness",
    Facet.LEVEL: "level",
    Facet.NO_NETWORK: "level",
    Facet.INNOVATIVE: "innovative",
}
"""Facets that hold words → the table of ``wordings/kinds.toml`` that names them; a startup is one, or isn't."""
_IDS: Final = frozenset({Facet.PART_OF, Facet.FIELDS, Facet.SITE})
"""Facets that hold ids of collaborations, themes or places."""


def told(column: str, text: str, language: str, name_of: Callable[[str], str]) -> tuple[str, str]:
    """Return the name and the text of an attribute for people; what is no facet, or no word of it, as it stands.

    >>> told("stages", "growth; unheard of", "fi", str)
    ('Vaiheet', 'Kasvu; unheard of')
    """
    if column not in {facet.value for facet in Facet}:
        return column, text
    facet = Facet(column)
    parts = texts({column: text}, facet)
    if facet in _IDS:
        parts = tuple(map(name_of, parts))
    elif vocabulary := _VOCABULARY.get(facet):
        parts = tuple(_said(vocabulary, part, language) for part in parts)
    return say("facets", f"name.{facet.name.lower()}", language), joined(parts)


def names_in(snapshot: Callable[[], Snapshot], language: str) -> Callable[[str], str]:
    """Return what names the ids in facets; the graph is read when the first is asked for. One unknown stays an id."""
    known: dict[str, str] = {}

    def name_of(id_: str) -> str:
        if not known:
            rows = snapshot()
            known.update(
                {each.id: each.name for each in rows.places} | {each.id: each.name for each in rows.collaborations}
            )
            known.update({theme.id: theme.in_language(language) for theme in rows.themes})
        return known.get(id_, id_)

    return name_of


def _said(vocabulary: str, word: str, language: str) -> str:
    key = f"{vocabulary}.{word}"
    return say("kinds", key, language) if key in table("kinds") else word
