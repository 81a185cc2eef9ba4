"""What a person means by a word: a place or a theme, by its id or by any of its names."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from graphsvc.errors import InvalidValue, NotFound
from graphsvc.identifiers import fold
from graphsvc.model import Snapshot

_SHOWN = 8


def place_meant(snapshot: Snapshot, text: str) -> str:
    """Return the id of the place that ``text`` is the id or the name of.

    :class:`NotFound` when there is none, with those that come nearest; :class:`InvalidValue` when several have it.
    """
    return _meant("place", text, {place.id: (place.name,) for place in snapshot.places})


def theme_meant(snapshot: Snapshot, text: str) -> str:
    """Return the id of the theme that ``text`` is the id or a name of, in any language. Errors: :func:`place_meant`."""
    names = {theme.id: (theme.name, theme.name_fi, theme.name_sv, theme.name_en) for theme in snapshot.themes}
    return _meant("theme", text, {id_: tuple(filter(None, each)) for id_, each in names.items()})


def _meant(noun: str, text: str, named: Mapping[str, tuple[str, ...]]) -> str:
    if text in named:
        return text
    folded = fold(text)
    found = [id_ for id_, names in named.items() if folded == fold(id_) or any(fold(name) == folded for name in names)]
    if len(found) == 1:
        return found[0]
    if found:
        raise InvalidValue(f"{text!r} is the name of several.", remedy=f"Write one of the ids: {', '.join(found)}.")
    shown = _listed(named, _nearest(folded, named))
    raise NotFound(noun, text, remedy=f"There are {shown}." if shown else "The graph holds none.")


def _nearest(folded: str, named: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the ids to name in a message: those that the word may have meant, else the first ones by name."""
    known = {fold(name): id_ for id_, names in named.items() for name in names}
    close = difflib.get_close_matches(folded, known, n=3, cutoff=0.6)
    close += [name for name in sorted(known) if folded in name and name not in close]
    return list(dict.fromkeys(known[name] for name in close or sorted(known)))


def _listed(named: Mapping[str, tuple[str, ...]], ids: Iterable[str]) -> str:
    all_ = list(ids)
    text = ", ".join(f"{named[id_][0]} ({id_})" for id_ in all_[:_SHOWN])
    return f"{text} and {len(all_) - _SHOWN} more" if len(all_) > _SHOWN else text
