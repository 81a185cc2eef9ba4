"""Uploads: files that are sent in, recognised and looked at before anything is saved of them."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import Field

from graphsvc import importing, working
from graphsvc.access.rights import Caller, Right
from graphsvc.answers import cursor_text, read_cursor
from graphsvc.api import upload_forms as forms
from graphsvc.api.asking import Parameters, Words
from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.deferring import Deferred
from graphsvc.api.params import Cursor, Lang, Nothing, PageLimit
from graphsvc.api.receiving import FileSent
from graphsvc.api.sending import Answer
from graphsvc.errors import InvalidValue, NotFound
from graphsvc.store.finding import Cursor as Place
from graphsvc.uploads import Upload, Uploads
from graphsvc.wishes import LookAsked

uploads = Endpoints("Uploads")
EXAMPLE: Final = "0123456789abcdef01234567"
"""Id of the upload that the documentation speaks of."""
EXAMPLE_DIGEST: Final = "0123456789abcdef0123456789abcdef"
"""Digest of its check."""


class Sending(Parameters):
    """A file that is sent in."""

    name: Annotated[Words, Field(description="Its name, with the ending; else that of the form.")] = ""


class UploadById(Parameters):
    """One upload."""

    id: forms.UploadId


class ColumnsOf(UploadById):
    """The columns of an upload."""

    lang: Lang = None


class CheckById(UploadById):
    """What was found in an upload."""

    digest: forms.Digest
    limit: PageLimit = 50
    cursor: Cursor = None


def own(asked: Asked[Any], id_: str) -> Upload:
    """Return an upload of the caller's; of others only to who may administer. :class:`NotFound`."""
    return own_of(asked.caller, asked.service.desk.uploads, id_)


def own_of(caller: Caller, uploads: Uploads, id_: str) -> Upload:
    """Return the same where no endpoint is asked, but a page."""
    found = uploads.get(id_)
    if found.by != caller.name and not caller.right.holds(Right.ADMIN):
        raise NotFound("upload", id_, remedy="Uploads are kept for a day; send the file again.")
    return found


@uploads.endpoint("/api/v1/uploads", Nothing, forms.UploadPage, revised=False, right=Right.WRITE, errors=(503,))
def list_uploads(asked: Asked[Nothing]) -> Answer:
    """List uploads.

    Your own, the newest first; those of all callers to who may administer. There are never more than some dozens.
    """
    everybodys = asked.caller.right.holds(Right.ADMIN)
    found = asked.service.desk.uploads.all(None if everybodys else asked.caller.name)
    return Answer(forms.UploadPage(items=tuple(map(forms.upload, found))))


@uploads.endpoint(
    "/api/v1/uploads",
    Sending,
    forms.UploadGiven,
    method="POST",
    takes_file=True,
    revised=False,
    errors=(503,),
)
def send_upload(asked: Asked[Sending]) -> Answer:
    """Send in a file.

    As the body itself with its `name`, or as the part `file` of a form. It is kept for a day and nothing of it is saved
    in the graph: ask for its columns, check it, then import it. What a file of this name said before is what it is
    compared with.
    """
    sent: FileSent = asked.body
    name = asked.parameters.name or sent.name
    return Answer(forms.upload(asked.service.desk.uploads.add(sent.received, name, asked.caller.name)))


@uploads.endpoint("/api/v1/uploads/{id}", UploadById, forms.UploadGiven, method="DELETE", revised=False, errors=(503,))
def delete_upload(asked: Asked[UploadById]) -> Answer:
    """Delete an upload.

    With all that was found in it. What was imported of it stays.
    """
    found = own(asked, asked.parameters.id)
    asked.service.desk.uploads.delete(found.id)
    return Answer(forms.upload(found))


@uploads.endpoint(
    "/api/v1/uploads/{id}/columns",
    ColumnsOf,
    forms.Recognised,
    revised=False,
    right=Right.WRITE,
    errors=(415, 503),
    example={"id": EXAMPLE},
)
def get_columns(asked: Asked[ColumnsOf]) -> Answer:
    """Ask what an upload is.

    What its reader takes it for, and how its columns would be read as a list: as somebody said for a file with the same
    headings, else as they are recognised, with how sure that is and why. Where that is wrong, correct the mapping and
    send it to the check; where it is right, send none, so that exports that are known (CORDIS, keep.eu …) are read as
    what they are.
    """
    found = own(asked, asked.parameters.id)
    return Answer(forms.recognised(asked.service.recognised(found.id), asked.language))


@uploads.endpoint(
    "/api/v1/uploads/{id}/check",
    UploadById,
    forms.UploadChecked,
    method="POST",
    body=forms.CheckWish,
    revised=False,
    later="perhaps",
    errors=(503, 504),
)
def check_upload(asked: Asked[UploadById]) -> Answer:
    """Check an upload: a dry run.

    What would be new, changed and gone, which rows are wrong, and which entries may be one body. A job does it: ask
    here again when it is done, or at `/uploads/{id}/checks/{digest}` with the `digest` of its result.
    """
    upload, body = own(asked, asked.parameters.id), asked.body
    mapping = body.mapping.mapping if body.mapping else None
    digest = importing.digest_of(upload, mapping, asked.service.revision())
    if found := importing.found(asked.service.desk, upload.id, digest):
        return Answer(_page(upload.id, found, 0, 50))
    wish = LookAsked(upload=upload.id, mapping=mapping.to_json() if mapping else None)
    raise Deferred(working.queue(asked.service, "check", wish, asked.caller.name))


@uploads.endpoint(
    "/api/v1/uploads/{id}/checks/{digest}",
    CheckById,
    forms.UploadChecked,
    revised=False,
    right=Right.WRITE,
    errors=(503,),
    example={"id": EXAMPLE, "digest": EXAMPLE_DIGEST},
)
def get_check(asked: Asked[CheckById]) -> Answer:
    """Get what a check found.

    Problems come in pages.
    """
    wanted, upload = asked.parameters, own(asked, asked.parameters.id)
    found = importing.found(asked.service.desk, upload.id, wanted.digest)
    if found is None:
        raise NotFound("check", wanted.digest)
    place = read_cursor(wanted.cursor)
    if place and not (place.id == found.digest and place.name.isascii() and place.name.isdigit()):
        raise InvalidValue("The cursor is not one of this list.", field="cursor")
    return Answer(_page(upload.id, found, int(place.name[:9]) if place else 0, wanted.limit))


def _page(upload: str, found: importing.Finding, start: int, limit: int) -> forms.UploadChecked:
    end = start + limit
    following = Place(str(end), found.digest) if end < len(found.problems) else None
    return forms.check(upload, found, slice(start, end), cursor_text(following))
