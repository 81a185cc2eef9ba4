"""Actors as a page: a search that forgives, narrowed by kind, place and theme, as a table or on the map."""

from __future__ import annotations

from typing import Any, Final, Literal

from flask import Blueprint, Response, request, url_for

from graphsvc.access.rights import Right
from graphsvc.answers import ActorQuery, Page
from graphsvc.api.asking import Parameters
from graphsvc.api.contract import Contract
from graphsvc.api.params import AsOf, Cursor, PageLimit, PlaceId, Search, ThemeId
from graphsvc.api.problems import RequestProblem
from graphsvc.model import Actor, ActorKind, Id
from graphsvc.pages import choices
from graphsvc.pages.addresses import address
from graphsvc.pages.html import language_of, parameters, show
from graphsvc.resolve.matching import sentence
from graphsvc.service import Service
from graphsvc.wording import say

SORTS: Final = ("name", "-partners", "-collaborations")
_OF_VIEW: Final = ("kind", "place", "theme", "as_of")
_MEANT: Final = 5
"""Bodies that a name may mean beside those in which all its words occur."""


class ActorsAsked(Parameters):
    """Which actors."""

    q: Search = ""
    kind: ActorKind | None = None
    place: PlaceId = None
    theme: ThemeId = None
    source: Id | None = None
    sort: Literal["name", "-partners", "-collaborations"] = "name"
    as_of: AsOf = None
    limit: PageLimit = 50
    cursor: Cursor = None

    @property
    def query(self) -> ActorQuery:
        """The same as the service is asked it."""
        kinds = (self.kind,) if self.kind else ()
        return ActorQuery(
            self.q,
            kinds,
            self.place,
            self.theme,
            self.source,
            as_of=self.as_of,
            order=self.sort,
            limit=self.limit,
            after=self.cursor,
        )


def add(pages: Blueprint, contract: Contract) -> None:
    """Serve ``/actors``."""
    service = contract.service

    @pages.get("/actors")
    def actors_page() -> Response:
        caller = contract.door.admit(Right.READ)
        if caller.limited:
            raise RequestProblem(403, "This key is limited to a part; the list of actors is about the whole graph.")
        wanted, language = parameters(ActorsAsked), language_of(contract.language)
        found = service.find_actors(wanted.query)
        values = {
            "wanted": wanted,
            "options": choices.of_view(service.outlook, language, wanted.place),
            "found": found,
            "sources": [(each.id, each.name) for each in service.snapshot().sources],
            "sorts": [(value, say("pages", f"actors.by_{value.lstrip('-')}", language)) for value in SORTS],
            "rows": _rows(service, found, language),
            "meant": _meant(service, wanted, found, language),
            "on_map": _on_map(),
            "first": address("pages.actors_page", ("cursor",)) if wanted.cursor else "",
            "following": address("pages.actors_page", ("cursor",), cursor=found.next) if found.next else "",
        }
        return show(contract, "actors.html", ("pages", "actors"), values)


def _rows(service: Service, found: Page[Actor], language: str) -> list[tuple[Actor, str, str, int]]:
    place_of = choices.place_namer(service.outlook, language)
    partners = service.measures(only=("degree",)).measures["degree"].values
    return [
        (
            each,
            say("kinds", f"actor.{each.kind}", language),
            place_of(each.place),
            int(partners.get(each.id, 0)),
        )
        for each in found.items
    ]


def _meant(service: Service, wanted: ActorsAsked, found: Page[Actor], language: str) -> list[tuple[str, str, str]]:
    """Return id, name and why of the actors that the words may mean though not all of them occur."""
    if not wanted.q or wanted.cursor or found.total > _MEANT:
        return []
    listed = {each.id for each in found.items}
    hits = [hit for hit in service.resolve_name(wanted.q, _MEANT) if hit.actor.id not in listed]
    return [(hit.actor.id, hit.actor.name, " ".join(sentence(each, language) for each in hit.grounds)) for hit in hits]


def _on_map() -> str:
    """Return the address of the map of the same choice; words are no part of a view."""
    kept: dict[str, Any] = {name: given for name in _OF_VIEW if (given := request.args.get(name))}
    return url_for("pages.network_page", **kept)
