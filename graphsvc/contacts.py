"""Contact persons of a body: who is to be turned to there. Kept where GRAPHSVC_CONTACTS is set, and nowhere else.

They are asked for by these functions only; no list, network, file or search holds them
(docs/decisions/0035-contact-persons.md). Whoever shows one notes it in the audit trail
(``Door.saw_contacts``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from graphsvc.entries import United
from graphsvc.errors import InvalidValue, NotFound, SettingsError
from graphsvc.model import Contact
from graphsvc.store import contacts
from graphsvc.store.graph_store import GraphStore


class Contacts:
    """The contact persons of an installation."""

    def __init__(self, store: GraphStore, today: Callable[[], date], united: Callable[[], United]) -> None:
        """``today`` is the day for which it is asked, ``united`` gives the bodies of several entries."""
        self._store, self._today, self._united = store, today, united
        self.kept = False
        """Whether they are kept here: a setting."""

    def of_actor(self, id_: str) -> tuple[Contact, ...]:
        """Return those of a body, by name, whichever of its entries ``id_`` is.

        :class:`NotFound` for no actor, :class:`SettingsError` where they are not kept.
        """
        self._check()
        return contacts.of_actors(self._store, self._entries(id_), self._today())

    def add(self, contact: Contact) -> str:
        """Keep one that a person names, and return its id.

        :class:`InvalidValue` for one whose time is over already; other errors as :meth:`of_actor`.
        """
        self._check()
        self._entries(contact.actor)
        self._check_day(contact.until)
        return contacts.add(self._store, contact)

    def keep_until(self, id_: str, until: date) -> Contact:
        """Give one another last day, sooner or later, and return it as it is then. Errors as :meth:`add`.

        One that a file names has the file's day again with the next version of the file that names it.
        """
        found = self._one(id_)
        self._check_day(until)
        if until != found.until:
            contacts.keep(self._store, id_, until)
        return found.model_copy(update={"until": until})

    def remove(self, id_: str) -> Contact:
        """Delete one for good, and return what it was. :class:`NotFound`, and :class:`SettingsError` as ever.

        One that a file names comes back with the next version of the file that names it.
        """
        found = self._one(id_)
        contacts.take_away(self._store, [id_], "a contact person was removed")
        return found

    def let_go(self) -> int:
        """Delete those that have had their time, also where none are kept any more, and return how many."""
        return contacts.let_go(self._store, self._today())

    def _check(self) -> None:
        if not self.kept:
            raise SettingsError("Contact persons are not kept here.", remedy="Set GRAPHSVC_CONTACTS to keep them.")

    def _check_day(self, until: date) -> None:
        if until < self._today():
            raise InvalidValue(f"The last day, {until}, is over already.", remedy="Give one to come.", field="until")

    def _one(self, id_: str) -> Contact:
        self._check()
        found = contacts.by_id(self._store, id_)
        if found is None:
            raise NotFound("contact", id_, remedy="Ask for those of the actor; this one may have had its time.")
        return found

    def _entries(self, id_: str) -> Iterable[str]:
        if self._store.actor(id_) is None:
            raise NotFound("actor", id_)
        known = self._united()
        return known.entries.get(known.standing(id_), (id_,))
