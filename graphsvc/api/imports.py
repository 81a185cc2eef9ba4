"""Imports: uploads that are saved, what that changed, and how it is taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from flask import url_for
from pydantic import Field, StringConstraints

from graphsvc import importing, working
from graphsvc.answers import cursor_text, read_cursor
from graphsvc.api import schemas
from graphsvc.api import upload_forms as forms
from graphsvc.api.asking import Parameters
from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.deferring import Deferred
from graphsvc.api.job_forms import JobGiven
from graphsvc.api.params import Cursor, Nothing, PageLimit
from graphsvc.api.problems import Answered
from graphsvc.api.sending import Answer
from graphsvc.api.uploads import own
from graphsvc.errors import InvalidValue
from graphsvc.importing import Confirmed, ImportTold
from graphsvc.store.finding import Cursor as Place
from graphsvc.wishes import ImportAsked, UndoAsked

imports = Endpoints("Imports")


class ImportList(Parameters):
    """Which imports."""

    limit: PageLimit = 50
    cursor: Cursor = None


class ImportById(Parameters):
    """One import."""

    id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$"), Field(description="The import's id.")]


class ImportGiven(Answered):
    """A file that was saved, or an import that was taken back."""

    id: str
    href: str
    name: str = Field(description="The file's name.")
    source: str = Field(description="Id of the source that the file is.")
    sha256: str = Field(description="Of the file's bytes; of an undoing those of the version that it brought back.")
    started: datetime
    finished: datetime | None
    state: Literal["finished", "broken-off"] = Field(
        description="`broken-off`: under way, or ended in the middle; the same file again goes on."
    )
    undoes: str | None = Field(description="Id of the import that it took back.")
    undone: bool = Field(description="Whether it was taken back since.")
    undoable: bool = Field(description="Whether it can be taken back now: nothing later of its source stands.")


class ImportPage(schemas.Page[ImportGiven]):
    """A page of imports."""


class ImportDetail(ImportGiven):
    """An import with what it changed."""

    changed: forms.ComparedGiven | None = Field(
        description="Against the version of the file before; null for a file too large to be told of at once."
    )
    revision: schemas.Revision


@imports.endpoint("/api/v1/imports", ImportList, ImportPage, example={"limit": "5"})
def list_imports(asked: Asked[ImportList]) -> Answer:
    """List imports.

    And those that were taken back, the newest first, whoever saved them by API or terminal.
    """
    revision, wanted = asked.service.revision(), asked.parameters
    told, place = asked.service.imports_told(), read_cursor(wanted.cursor)
    at = next((n + 1 for n, each in enumerate(told) if place and each.run.id == place.id), 0)
    if place and not at:
        raise InvalidValue("The cursor is not one of this list.", field="cursor")
    items = told[at : at + wanted.limit]
    last = items[-1].run if at + wanted.limit < len(told) else None
    page = ImportPage(
        items=tuple(ImportGiven(**_given(each)) for each in items),
        total=len(told),
        next=cursor_text(Place(last.started.isoformat(), last.id) if last else None),
        revision=revision,
    )
    return Answer(page, revision)


@imports.endpoint("/api/v1/imports/{id}", ImportById, ImportDetail, kept=True, example={"id": "dff0a25bb2539680"})
def get_import(asked: Asked[ImportById]) -> Answer:
    """Get an import.

    With what it changed: against the version of the file before it, or of an undoing against what it took back.
    """
    revision = asked.service.revision()
    told = asked.service.import_told(asked.parameters.id)
    changed = forms.compared(told.changed) if told.changed else None
    return Answer(ImportDetail(**_given(told), changed=changed, revision=revision), revision)


@imports.endpoint(
    "/api/v1/imports",
    Nothing,
    JobGiven,
    method="POST",
    body=forms.ImportWish,
    revised=False,
    later="always",
    errors=(404, 409, 503, 504),
)
def add_import(asked: Asked[Nothing]) -> Answer:
    """Import an upload, just as it was checked.

    A job does it; one import runs at a time, the next waits. Its result has the id of the import. Where file, columns
    or graph are not those that were checked, it is refused with 409, which says what changed: check again. Cancelled in
    the middle, it leaves nothing.
    """
    wish: forms.ImportWish = asked.body
    upload = own(asked, wish.upload)
    mapping = wish.mapping.mapping if wish.mapping else None
    importing.confirm(asked.service.desk, Confirmed(upload.id, wish.digest), mapping)
    job = ImportAsked(upload=upload.id, digest=wish.digest)
    raise Deferred(working.queue(asked.service, "import", job, asked.caller.name))


@imports.endpoint(
    "/api/v1/imports/{id}/undo",
    ImportById,
    JobGiven,
    method="POST",
    revised=False,
    later="always",
    errors=(503, 504),
)
def undo_import(asked: Asked[ImportById]) -> Answer:
    """Take an import back.

    A job does it: the graph is then as it was before, with what other files and persons said meanwhile. An import that
    is followed by another of the same source is refused with 422 until that one is taken back.
    """
    asked.service.check_undo(asked.parameters.id)
    job = UndoAsked(import_id=asked.parameters.id)
    raise Deferred(working.queue(asked.service, "undo", job, asked.caller.name))


def _given(each: ImportTold) -> dict[str, Any]:
    run = each.run
    return {
        "id": run.id,
        "href": url_for("api.get_import", id=run.id),
        "name": run.name,
        "source": run.source,
        "sha256": run.fingerprint,
        "started": run.started,
        "finished": run.finished,
        "state": "finished" if run.finished else "broken-off",
        "undoes": run.undoes,
        "undone": each.undone,
        "undoable": each.undoable,
    }
