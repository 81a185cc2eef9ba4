"""Which CORDIS file this is and where its columns are, in both layouts; names are compared without capitals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Final

from graphsvc.ingest.grid import Cell, as_text

Row = dict[str, str]
"""Key of a column → its text, without outer space; columns that are missing are empty."""

_ORGANISATIONS = {
    "pic": ("organisationid", "organizationid", "id"),
    "grant": ("projectid",),
    "rcn": ("projectrcn",),  # since 2021 the column rcn is the organisation's
    "acronym": ("projectacronym",),
    "role": ("role",),
    "name": ("name",),
    "short_name": ("shortname",),
    "activity": ("activitytype",),
    "money": ("eccontribution",),
    "country": ("country",),
    "city": ("city",),
    "nuts": ("nutscode",),
    "website": ("organizationurl", "organisationurl"),
    "vat": ("vatnumber",),
    "sme": ("sme",),
    "left": ("endofparticipation",),
}
_PROJECTS = {
    "grant": ("id",),
    "rcn": ("rcn",),
    "acronym": ("acronym",),
    "title": ("title",),
    "start": ("startdate",),
    "end": ("enddate",),
    "framework": ("frameworkprogramme",),
    "programme": ("legalbasis", "programme"),
    "topic": ("topics",),
    "website": ("projecturl",),
    "scheme": ("fundingscheme",),
    "call": ("mastercall", "call"),
    "cost": ("totalcost",),
    "grant_most": ("ecmaxcontribution",),
    "status": ("status",),
}
_PRIORITIES = {
    "grant": ("id",),
    "rcn": ("rcn",),
    "priority": ("thematicpriority",),
    "topic_text": ("topicdescription",),
}
_FIELDS = {"grant": ("projectid",), "code": ("euroscivoccode",), "path": ("euroscivocpath",)}
_TOPICS = {"grant": ("projectid",), "topic": ("topic",), "topic_text": ("title",)}


class Kind(Enum):
    """The files of a CORDIS zip that are read."""

    ORGANISATIONS = "organisations"
    PROJECTS = "projects"
    PRIORITIES = "priorities"
    """Not published by CORDIS: thematic priorities as the Horizon Dashboard shows them."""
    FIELDS = "fields"
    """EuroSciVoc, the vocabulary of fields of science."""
    TOPICS = "topics"

    @property
    def columns(self) -> Mapping[str, Sequence[str]]:
        """Key → names the column has had."""
        return _COLUMNS[self.value]


_COLUMNS: Final[Mapping[str, Mapping[str, Sequence[str]]]] = {
    "organisations": _ORGANISATIONS,
    "projects": _PROJECTS,
    "priorities": _PRIORITIES,
    "fields": _FIELDS,
    "topics": _TOPICS,
}
_TELLING: Final[Mapping[Kind, Sequence[str]]] = {
    Kind.ORGANISATIONS: ("pic", "name", "activity", "country"),
    Kind.PROJECTS: ("grant", "acronym", "title", "start", "end"),
    Kind.PRIORITIES: ("priority",),
    Kind.FIELDS: ("grant", "code", "path"),
    Kind.TOPICS: ("grant", "topic", "topic_text"),
}
"""Keys that must be there for a file to be of that kind."""


class Header:
    """The columns of one file of a known kind."""

    def __init__(self, kind: Kind, titles: Sequence[str]) -> None:
        self.titles = [title.strip() for title in titles]
        self._keys = tuple(kind.columns)
        lower = [title.lower() for title in self.titles]
        self._at = {
            key: next(lower.index(name) for name in names if name in lower)
            for key, names in kind.columns.items()
            if any(name in lower for name in names)
        }

    def has(self, key: str) -> bool:
        """Tell whether the column is there."""
        return key in self._at

    def title(self, key: str) -> str:
        """Return the column's name as the file writes it."""
        return self.titles[self._at[key]] if key in self._at else key

    def pick(self, cells: Sequence[Cell]) -> Row:
        """Return the row's texts by key."""
        picked = dict.fromkeys(self._keys, "")
        for key, position in self._at.items():
            if position < len(cells):
                picked[key] = as_text(cells[position]).strip()
        return picked


def kind_of(titles: Sequence[str]) -> Kind | None:
    """Return which CORDIS file has this header, or None."""
    for kind, telling in _TELLING.items():
        header = Header(kind, titles)
        told = all(header.has(key) for key in telling)
        if told and (kind is not Kind.ORGANISATIONS or header.has("grant") or header.has("rcn")):
            return kind
    return None
