"""Contact persons on an actor's page: added, kept longer or shorter, deleted, by the functions that the API calls."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from graphsvc.access.rights import Right
from graphsvc.api.asking import Parameters
from graphsvc.api.contacts import ContactById, ContactsOf, NewContact, NewLastDay, contact_of, kept_for
from graphsvc.api.contract import Contract
from graphsvc.contacts import Contacts
from graphsvc.pages.html import parameters, sent


class ContactSent(NewContact, Parameters):
    """What the form of a new contact person sends: what the API is told of one."""


class LastDaySent(NewLastDay, Parameters):
    """What the form of another last day sends."""


def add(pages: Blueprint, contract: Contract) -> None:
    """Serve what the forms in the box of contact persons do."""
    service, door = contract.service, contract.door

    def kept(id_: str) -> Contacts:
        return kept_for(service, door, door.admit(Right.WRITE), id_)

    @pages.post("/actors/<id>/contacts")
    def add_contact(id: str) -> AnyResponse:
        contacts, actor = kept(id), parameters(ContactsOf, {"id": id}).id
        contacts.add(contact_of(actor, sent(ContactSent)))
        return _back(actor)

    @pages.post("/contacts/<id>/until")
    def keep_contact(id: str) -> AnyResponse:
        contacts, wanted = kept(id), parameters(ContactById, {"id": id})
        return _back(contacts.keep_until(wanted.id, sent(LastDaySent).until).actor)

    @pages.post("/contacts/<id>/removal")
    def remove_contact(id: str) -> AnyResponse:
        contacts, wanted = kept(id), parameters(ContactById, {"id": id})
        return _back(contacts.remove(wanted.id).actor)


def _back(actor: str) -> AnyResponse:
    return redirect(url_for("pages.actor_page", id=actor, _anchor="contacts"), 303)
