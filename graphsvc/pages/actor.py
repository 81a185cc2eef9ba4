"""One actor as a page, and one collaboration: what the portrait and the profile say, with links."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from graphsvc.access.rights import Caller, Right
from graphsvc.api.asking import Parameters
from graphsvc.api.contract import Contract
from graphsvc.api.params import AsOf, ById
from graphsvc.api.problems import RequestProblem
from graphsvc.contradictions import sentence
from graphsvc.facets import names_in, told
from graphsvc.model import Contact, Id, View
from graphsvc.pages.addresses import address
from graphsvc.pages.html import language_of, parameters, show
from graphsvc.portrait import PortraitAsk
from graphsvc.render.portrait_content import Portrait
from graphsvc.render.portrait_picture import Frame, picture
from graphsvc.wording import role, say

PICTURE: Final = Frame(width=420.0, height=320.0)
_SVG_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


class ActorAsked(Parameters):
    """Which actor, as of which day."""

    id: Id
    as_of: AsOf = None


def add(pages: Blueprint, contract: Contract) -> None:
    """Serve ``/actors/…`` and ``/collaborations/…``."""
    service = contract.service

    def whole_graph() -> Caller:
        caller = contract.door.admit(Right.READ)
        if caller.limited:
            raise RequestProblem(403, "This key is limited to a part; this page is about the whole graph.")
        return caller

    def contacts_for(caller: Caller, id_: str) -> tuple[Contact, ...] | None:
        """Return the contact persons that a caller may see, noted; None where there are none to be seen."""
        if not (service.contacts.kept and contract.door.may_see_contacts(caller)):
            return None
        found = service.contacts.of_actor(id_)
        if found:
            contract.door.saw_contacts(caller, id_)
        return found

    def portrait(id_: str) -> Portrait:
        wanted = parameters(ActorAsked, {"id": id_})
        return service.portrait(PortraitAsk(wanted.id, View(as_of=wanted.as_of), language_of(contract.language)))

    @pages.get("/actors/<id>")
    def actor_page(id: str) -> AnyResponse:
        caller = whole_graph()
        found = portrait(id)
        if found.id != id:  # an entry of a body: one body has one page
            return redirect(address("pages.actor_page", id=found.id), 302)
        values = {
            "found": found,
            "heading": found.name,
            "contacts": (contacts := contacts_for(caller, found.id)),
            "today": service.today(),
            "picture": address("pages.actor_picture", ("lang",), id=found.id, lang=language_of(contract.language)),
        }
        page = show(contract, "actor.html", ("portrait", "page"), values)
        if contacts is not None:  # what names persons is kept by no browser
            page.headers["Cache-Control"] = "no-store"
        return page

    @pages.get("/actors/<id>/picture.svg")
    def actor_picture(id: str) -> Response:
        whole_graph()
        drawn = Response(picture(portrait(id).around, PICTURE), content_type="image/svg+xml; charset=utf-8")
        drawn.headers["Content-Security-Policy"] = _SVG_POLICY
        drawn.headers["Cache-Control"] = "no-cache"
        drawn.add_etag()
        drawn.make_conditional(request)
        return drawn

    @pages.get("/collaborations/<id>")
    def collaboration_page(id: str) -> Response:
        whole_graph()
        wanted, language = parameters(ById, {"id": id}), language_of(contract.language)
        found = service.collaboration(wanted.id)
        name_of = names_in(service.snapshot, language)
        names = {theme.id: theme.in_language(language) for theme in service.snapshot().themes}
        values: dict[str, Any] = {
            "found": found,
            "heading": found.collaboration.name,
            "kind": say("kinds", f"collaboration.{found.collaboration.kind}", language),
            "themes": [(id_, names.get(id_, id_)) for id_ in found.collaboration.themes],
            "facets": [told(*each, language, name_of) for each in found.collaboration.attributes.items()],
            "participants": sorted(
                {(actor.name, actor.id, role(part.role or "", language)) for part, actor in found.participations}
            ),
            "differences": [sentence(each, language, service.place_name) for each in found.differences],
        }
        return show(contract, "collaboration.html", ("pages", "collaboration"), values)
