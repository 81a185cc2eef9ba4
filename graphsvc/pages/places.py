"""The choice of a place: of all where they are few; else of those with most actors, and a field finds the rest by name.

A network of the whole of Europe has thousands of places. All of them in each form were most of what its pages held, and
no list to find anything in.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from graphsvc.access.rights import Right
from graphsvc.analysis.axes import upwards
from graphsvc.api.contract import Contract
from graphsvc.identifiers import fold
from graphsvc.ingest.places import in_language, names_of
from graphsvc.model import EVERYTHING, Place, PlaceKind, Snapshot
from graphsvc.outlook import Outlook
from graphsvc.pages.addresses import address
from graphsvc.pages.html import PLACE_NAMED, language_of, show
from graphsvc.surroundings import places as places_of
from graphsvc.wording import say

ALL: Final = 400
"""Places up to which a form lists all of them."""
MOST: Final = 40
"""Places of each kind that a form lists where there are more: those with most actors."""
FOUND: Final = 50
"""Places of one name, or with the same words in their names, that are listed."""
NEAREST: Final = 5
"""Places whose names come near to one that no place has."""
LONGEST: Final = 200
"""Characters of a name that are read."""
ORDER: Final = (PlaceKind.REGION, PlaceKind.MUNICIPALITY, PlaceKind.COUNTRY)
"""In the order in which coordinators ask for them."""
Option = tuple[str, str]
"""What a form sends, and what a person reads."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The places that a form lists."""

    groups: tuple[tuple[str, tuple[Option, ...]], ...]
    """Name of a kind of place → its places by name. Where all are listed, one group without a name."""
    more: int
    """How many others there are."""


@dataclass(frozen=True, slots=True)
class _Named:
    place: Place
    names: frozenset[str]
    """Folded, in every language, and the id."""


def choice(outlook: Outlook, language: str, chosen: str | None = None) -> Choice:
    """Return the places that a form lists; ``chosen`` is among them wherever it comes from."""
    known = places_of(outlook)
    listed = list(outlook.keep("places listed", EVERYTHING, lambda _: _listed(outlook)))
    if (here := known.get(chosen or "")) and here not in listed:
        listed.append(here)
    of_kind = [(kind, _by_name((each for each in listed if each.kind is kind), language)) for kind in ORDER]
    more = len(known) - len(listed)
    if not more and len(known) <= ALL:
        return Choice((("", tuple(option for _, options in of_kind for option in options)),), 0)
    groups = ((say("places", f"kind.{kind}", language), options) for kind, options in of_kind if options)
    return Choice(tuple(groups), more)


def _listed(outlook: Outlook) -> Sequence[Place]:
    places = outlook.snapshot().places
    if len(places) <= ALL:
        return places
    ranked = [each.place for each in _ranked(outlook)]
    return [each for kind in ORDER for each in [place for place in ranked if place.kind is kind][:MOST]]


def _by_name(places: Iterable[Place], language: str) -> tuple[Option, ...]:
    named = sorted((in_language(each, language), each.id) for each in places)
    return tuple((id_, name) for name, id_ in named)


def _ranked(outlook: Outlook) -> Sequence[_Named]:
    """Return every place, those with most entries of actors in them first."""

    def rank(snapshot: Snapshot, known: Mapping[str, Place]) -> list[_Named]:
        alone = Counter(actor.place for actor in snapshot.actors if actor.place)
        inside: Counter[str] = Counter()
        for id_, actors in alone.items():
            for around in upwards(known, id_):
                inside[around.id] += actors
        ranked = sorted(known.values(), key=lambda each: (-inside[each.id], each.name, each.id))
        return [_Named(each, frozenset(map(fold, (each.id, *names_of(each))))) for each in ranked]

    return outlook.keep("places by name", EVERYTHING, lambda _: rank(outlook.snapshot(), places_of(outlook)))


def named(outlook: Outlook, text: str) -> list[Place]:
    """Return the places that a name may mean, those with most actors first.

    One alone where one alone has this name, whatever others have more in theirs; none where no place has all its words.
    """
    folded = fold(text)
    known, words = _ranked(outlook), folded.split()
    same = [each for each in known if folded in each.names]
    if len(same) == 1:
        return [same[0].place]
    holding = [each for each in known if any(all(word in name for word in words) for name in each.names)]
    return [each.place for each in (*same, *(each for each in holding if each not in same))]


def nearest(outlook: Outlook, text: str) -> list[Place]:
    """Return the places whose names come nearest to one that none has."""
    of_name: dict[str, Place] = {}
    for each in _ranked(outlook):
        for name in each.names:
            of_name.setdefault(name, each.place)
    close = difflib.get_close_matches(fold(text), of_name, n=NEAREST, cutoff=0.7)
    return list({of_name[name].id: of_name[name] for name in close}.values())


def add(pages: Blueprint, contract: Contract) -> None:
    """Let every page be asked for a place by its name: it is found, or the page asks which of several is meant."""

    @pages.before_request
    def find() -> AnyResponse | None:
        text = " ".join(request.args.get(PLACE_NAMED, "")[:LONGEST].split())
        if request.method != "GET" or not text or not request.endpoint:
            return None
        contract.door.admit(Right.READ)
        outlook, language = contract.service.outlook, language_of(contract.language)
        found = named(outlook, text)
        if len(found) == 1:
            return redirect(_at(found[0]), 303)
        values = {
            "words": text,
            "shown": [_told(each, outlook, language) for each in found[:FOUND]],
            "more": max(0, len(found) - FOUND),
            "nearest": [_told(each, outlook, language) for each in nearest(outlook, text)] if not found else [],
            "kept": [each for each in request.args.items(multi=True) if each[0] not in (PLACE_NAMED, "place")],
            "without": address(request.endpoint, (PLACE_NAMED,), **(request.view_args or {})),
        }
        return show(contract, "which_place.html", ("places", "which"), values)


def _at(place: Place) -> str:
    """Return the address of the page that is asked for, about a place."""
    return address(request.endpoint or "", (PLACE_NAMED, "place"), **(request.view_args or {}), place=place.id)


def _told(place: Place, outlook: Outlook, language: str) -> tuple[str, str, str]:
    """Return a place's name, what it is and what lies around it, and the address of the page about it."""
    _, *around = upwards(places_of(outlook), place.id)
    names = (in_language(each, language) for each in around)
    return in_language(place, language), ", ".join((say("places", f"one.{place.kind}", language), *names)), _at(place)
