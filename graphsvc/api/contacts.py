"""Contact persons of an actor: for who may change the graph; every look at them is noted in the audit trail."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from pydantic import ConfigDict, Field, StringConstraints

from graphsvc.access.rights import Caller, Right
from graphsvc.analysis.supposition import NAME_PATTERN
from graphsvc.api import schemas
from graphsvc.api.asking import LINE, Day, Parameters
from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.guarding import Door
from graphsvc.api.problems import Answered, RequestProblem
from graphsvc.api.sending import Answer
from graphsvc.contacts import Contacts
from graphsvc.errors import NotFound
from graphsvc.model import Contact, Id
from graphsvc.service import Service

contacts = Endpoints("Contact persons")
_endpoint = partial(contacts.endpoint, revised=False, right=Right.WRITE)


def _text(least: int, most: int, pattern: str = "") -> Any:
    pattern = pattern or (NAME_PATTERN if least else LINE)
    return StringConstraints(strip_whitespace=True, min_length=least, max_length=most, pattern=pattern)


class ContactsOf(Parameters):
    """Of which actor."""

    id: Annotated[Id, Field(description="Id of any entry of the actor.")]


class ContactById(Parameters):
    """One contact person."""

    id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{24}$"), Field(description="Id of the contact person.")]


Name = Annotated[str, _text(1, 200), Field(description="Name of the person.")]
Role = Annotated[str, _text(0, 200), Field(description="What the person does there.")]
Email = Annotated[str, _text(0, 254, r"^([^@\s]+@[^@\s]+)?$"), Field(description="E-mail address.")]
Phone = Annotated[str, _text(0, 40, r"^(\+?[0-9][0-9 ()/.-]*)?$"), Field(description="Phone number.")]
Purpose = Annotated[str, _text(1, 500), Field(description="What the data is kept for.")]
LastDay = Annotated[Day, Field(description="The last day on which it is kept; then it is deleted.")]


class NewContact(Answered):
    """A person to turn to at an actor, with an e-mail address or a phone number."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    role: Role = ""
    email: Email = ""
    phone: Phone = ""
    purpose: Purpose
    until: LastDay


class NewLastDay(Answered):
    """Until when a contact person is to be kept."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    until: LastDay


class ContactGiven(NewContact):
    """A contact person."""

    id: str = Field(description="Id of the contact person.")
    actor: Id = Field(description="Id of the entry at which the person is.")
    source: str = Field(description="Id of the file that says so; empty for a person.")


class ContactList(Answered):
    """The contact persons of an actor."""

    items: tuple[ContactGiven, ...] = Field(description="By name.")


class ContactNoted(Answered):
    """That it was done. Who it is, is not repeated: answers to changes may be kept for a day."""

    id: str = Field(description="Id of the contact person.")
    actor: Id = Field(description="Id of the entry at which the person is, or was.")
    revision: schemas.Revision


@_endpoint("/api/v1/actors/{id}/contacts", ContactsOf, ContactList, errors=(503, 504))
def list_contacts(asked: Asked[ContactsOf]) -> Answer:
    """List contact persons.

    Of a body, by any of its entries. 404 where the installation keeps none (`GRAPHSVC_CONTACTS`). It needs a caller who
    may change the graph, and that it was asked is noted in the audit trail. The answer is to be kept by nobody.
    """
    found = _kept(asked).of_actor(asked.parameters.id)
    if found:
        asked.door.saw_contacts(asked.caller, asked.parameters.id)
    return Answer(ContactList(items=tuple(ContactGiven.model_validate(each.model_dump()) for each in found)))


@_endpoint(
    "/api/v1/actors/{id}/contacts", ContactsOf, ContactNoted, method="POST", body=NewContact, errors=(404, 503, 504)
)
def add_contact(asked: Asked[ContactsOf]) -> Answer:
    """Add a contact person.

    With what the data is kept for and until when; on the day after it goes by itself. The person is to be told.
    """
    kept, actor = _kept(asked), asked.parameters.id
    id_ = kept.add(contact_of(actor, asked.body))
    return Answer(ContactNoted(id=id_, actor=actor, revision=asked.service.revision()))


@_endpoint(
    "/api/v1/contacts/{id}/until", ContactById, ContactNoted, method="PUT", body=NewLastDay, errors=(404, 503, 504)
)
def keep_contact(asked: Asked[ContactById]) -> Answer:
    """Change until when a contact person is kept.

    Sooner or later. One that a file names has the file's day again with the next version of the file that names it.
    """
    kept = _kept(asked).keep_until(asked.parameters.id, asked.body.until)
    return Answer(ContactNoted(id=kept.id, actor=kept.actor, revision=asked.service.revision()))


@_endpoint("/api/v1/contacts/{id}", ContactById, ContactNoted, method="DELETE", errors=(503, 504))
def delete_contact(asked: Asked[ContactById]) -> Answer:
    """Delete a contact person.

    For good. One that a file names comes back with the next version of the file that still names it.
    """
    gone = _kept(asked).remove(asked.parameters.id)
    return Answer(ContactNoted(id=gone.id, actor=gone.actor, revision=asked.service.revision()))


def contact_of(actor: str, said: NewContact) -> Contact:
    """Return the person that somebody names at an actor; 422 for one who can't be reached.

    ``said`` is checked, field by field: :class:`NewContact`.
    """
    if not (said.email or said.phone):
        raise RequestProblem(422, "A contact person needs an e-mail address or a phone number.")
    return Contact(actor=actor, **{name: getattr(said, name) for name in NewContact.model_fields})


def kept_for(service: Service, door: Door, caller: Caller, id_: str) -> Contacts:
    """Return the contact persons, asked for by ``id_``; 403 for who may not see them, 404 where none are kept."""
    if not door.may_see_contacts(caller):
        raise RequestProblem(403, "Contact persons are shown to who signs in or shows a key, and may change the graph.")
    if not service.contacts.kept:
        off = "Contact persons are not kept here: GRAPHSVC_CONTACTS is not set."
        raise NotFound("contact", id_, remedy=off)
    return service.contacts


def _kept(asked: Asked[Any]) -> Contacts:
    return kept_for(asked.service, asked.door, asked.caller, asked.parameters.id)
