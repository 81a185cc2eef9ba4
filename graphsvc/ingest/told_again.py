"""Several rows that speak of one collaboration: what they say together, and where one contradicts another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graphsvc import facets
from graphsvc.facets import Facet
from graphsvc.ingest.rowreader import RowReader
from graphsvc.model import Collaboration

_FIELDS: Final = ("start", "end", "website")
_ADDED: Final = frozenset({Facet.PART_OF, Facet.NO_NETWORK})
"""Facets of which each row may say more."""


def together(
    row: RowReader, known: Collaboration | None, said: Collaboration, columns: Mapping[Facet, str]
) -> Collaboration:
    """Return what earlier rows (``known``) and this one say of a collaboration; what contradicts is noted at the row.

    ``columns`` names the column of each facet.
    """
    if known is None:
        return said
    for facet, column in columns.items():
        if facet not in _ADDED:
            _agree(row, column, known.attributes.get(facet.value), said.attributes.get(facet.value))
    for field in _FIELDS:
        _agree(row, field, getattr(known, field), getattr(said, field))
    added = {
        facet.value: facets.joined(dict.fromkeys(both))
        for facet in _ADDED
        if (both := (*facets.texts(known.attributes, facet), *facets.texts(said.attributes, facet)))
    }
    return known.model_copy(
        update={
            **{field: value for field in _FIELDS if (value := getattr(said, field))},
            "themes": tuple(dict.fromkeys((*known.themes, *said.themes))),
            "attributes": {**known.attributes, **said.attributes, **added},
        }
    )


def _agree(row: RowReader, column: str, before: object, now: object) -> None:
    if before and now and before != now:
        row.note(
            column,
            f"An earlier row of the file says {str(before)!r}.",
            "Make the two rows say the same, or give two different things different names or ids.",
        )
