"""Which column of a table of ours a heading means: by the table's own words, and for actors by those of lists, too.

A column that only the words of lists tell is read softly: what can't be read there costs the value, not the row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graphsvc.ingest.attributes import is_marked, is_personal
from graphsvc.ingest.columns import TableSpec, header_fold
from graphsvc.ingest.heading_words import columns_of_actor, meaning_of

_OF_LISTS = "actors"
"""The table whose things lists speak of in many words."""


def columns_of_table(spec: TableSpec, titles: Sequence[str]) -> dict[str, int]:
    """Return the position of each column of a table that a header has; its own words come first."""
    return {**by_words_of_lists(spec, titles), **spec.match(titles)}


def by_words_of_lists(spec: TableSpec, titles: Sequence[str]) -> dict[str, int]:
    """Return the position of each column that no word of the table's own tells, but one of lists does."""
    if spec.key != _OF_LISTS:
        return {}
    own = spec.match(titles)
    rest = [(at, title) for at, title in enumerate(titles) if title and at not in own.values() and not is_marked(title)]
    said = dict(_meant(tuple(title for _, title in rest)))
    if name := next((title for _, title in rest if _is_name(title)), ""):
        said["name"] = name
    return {key: next(at for at, text in rest if text == title) for key, title in said.items() if key not in own}


def keys_meant(spec: TableSpec, title: str) -> list[str]:
    """Return the columns of a table that a heading alone would be read as."""
    folded = header_fold(title)
    own = [column.key for column in spec.columns if folded in column.aliases]
    return own or (list(_meant((title,))) if spec.key == _OF_LISTS and title and not is_marked(title) else [])


def header_of(name: str, spec: TableSpec) -> str:
    """Return the header under which our tables hold an attribute, so that it is not taken for a column of ours.

    >>> from graphsvc.ingest.columns import specs
    >>> [header_of(name, specs()["actors"]) for name in ("kind", "Kotikunta", "turnover")]
    ['attribute: kind', 'attribute: Kotikunta', 'turnover']
    """
    return f"attribute: {name}" if keys_meant(spec, name) or is_marked(name) or is_personal(name) else name


def _meant(titles: tuple[str, ...]) -> Mapping[str, str]:
    return columns_of_actor(titles, of_actors=True)


def _is_name(title: str) -> bool:
    meant = meaning_of(title)
    return meant is not None and meant.field == "actor.name" and meant.reason in {"known", "owner"}
