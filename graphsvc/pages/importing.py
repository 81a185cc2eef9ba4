"""Import as a page: a file is chosen, recognised, looked at, confirmed, saved as it was looked at, and taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Any, Final

from flask import Blueprint, Response, redirect, request, url_for
from pydantic import Field
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from graphsvc import importing, working
from graphsvc.access.rights import Caller, Right
from graphsvc.api import upload_forms as forms
from graphsvc.api.asking import IN_DIGITS, Parameters
from graphsvc.api.contract import Contract
from graphsvc.api.problems import RequestProblem
from graphsvc.api.receiving import FORM, receiving
from graphsvc.api.uploads import own_of
from graphsvc.errors import NotFound
from graphsvc.importing import Confirmed, Recognised
from graphsvc.ingest.columns import specs
from graphsvc.ingest.mapping import IGNORE, LIST, SURE, TABLES, Mapping, SheetMap, meaning
from graphsvc.jobs.job import Job, State
from graphsvc.pages.addresses import address
from graphsvc.pages.html import language_of, parameters, sent, show
from graphsvc.said import said
from graphsvc.store.comparing import Compared
from graphsvc.uploads import Upload
from graphsvc.wishes import ImportAsked, LookAsked, UndoAsked
from graphsvc.wording import say

SHOWN: Final = 50
"""Problems, pairs and imports on a page."""


class UploadAsked(Parameters):
    """One upload."""

    id: forms.UploadId
    job: str | None = None
    """The job that looks at it."""


class FoundAsked(Parameters):
    """What was found in an upload, from one of its problems on."""

    id: forms.UploadId
    digest: forms.Digest
    start: Annotated[int, Field(ge=0, le=1_000_000), IN_DIGITS] = 0


class ConfirmSent(Parameters):
    """That an upload is to be saved as it was looked at."""

    digest: forms.Digest


def add(pages: Blueprint, contract: Contract) -> None:
    """Serve ``/import`` and what its forms do."""
    service, door = contract.service, contract.door

    def own(caller: Caller, id_: str) -> Upload:
        return own_of(caller, service.desk.uploads, id_)

    @pages.get("/import")
    def import_page() -> Response:
        door.admit(Right.WRITE)
        values = {"imports": service.imports_told()[:SHOWN], "most": service.desk.uploads.most_bytes // 1_000_000}
        return show(contract, "import.html", ("importing", "start"), values)

    @pages.post("/import")
    def send_file() -> AnyResponse:
        caller = door.admit(Right.WRITE)
        if request.mimetype != FORM:
            raise RequestProblem(415, "Send the file by the form of the page.")
        with receiving(service.desk.uploads, request) as came:
            if not came.name:
                raise RequestProblem(422, "No file was chosen. Choose one, then send it.")
            upload = service.desk.uploads.add(came.received, came.name, caller.name)
        return redirect(url_for("pages.upload_page", id=upload.id), 303)

    @pages.get("/import/<id>")
    def upload_page(id: str) -> Response:
        caller = door.admit(Right.WRITE)
        wanted = parameters(UploadAsked, {"id": id})
        upload = own(caller, wanted.id)
        found, language = service.recognised(upload.id), language_of(contract.language)
        told = forms.recognised(found, language)
        values = {
            "upload": upload,
            "told": told,
            "folded": [found.by_itself and not _is_ours(sheet) for sheet in found.mapping.sheets],
            "found": found,
            "format": said(found.format, language)[0],
            "sheets": list(_sheets(told, language)),
            "tables": [(table, _table_name(table, language)) for table in TABLES],
        }
        return show(contract, "import_columns.html", ("importing", "columns"), values)

    @pages.post("/import/<id>/check")
    def check_file(id: str) -> AnyResponse:
        caller = door.admit(Right.WRITE)
        upload = own(caller, parameters(UploadAsked, {"id": id}).id)
        mapping = _corrected(service.recognised(upload.id), request.form)
        digest = importing.digest_of(upload, mapping, service.revision())
        address = url_for("pages.found_page", id=upload.id, digest=digest)
        if importing.found(service.desk, upload.id, digest) is None:
            wish = LookAsked(upload=upload.id, mapping=mapping.to_json() if mapping else None)
            job = working.queue(service, "check", wish, caller.name)
            address = url_for("pages.import_job_page", id=job.id, upload=upload.id)
        return redirect(address, 303)

    @pages.get("/import/jobs/<id>")
    def import_job_page(id: str) -> AnyResponse:
        door.admit(Right.WRITE)
        job = service.jobs.get(id)
        if job.open:
            return show(contract, "import_waiting.html", ("importing", "waiting"), {"job": job})
        if job.state is not State.DONE:
            values = {"job": job, "back": request.args.get("upload", "")}
            return show(contract, "import_failed.html", ("importing", "failed"), values)
        return redirect(_after(job, json.loads(service.jobs.result(job.id) or "{}")), 303)

    @pages.get("/import/<id>/found/<digest>")
    def found_page(id: str, digest: str) -> Response:
        caller = door.admit(Right.WRITE)
        wanted = parameters(FoundAsked, {"id": id, "digest": digest})
        upload = own(caller, wanted.id)
        found = importing.found(service.desk, upload.id, wanted.digest)
        if found is None:
            raise NotFound("check", wanted.digest, remedy="Check the file again.")
        end = wanted.start + SHOWN
        counts = list(_compared(found.compared, language_of(contract.language)))
        values = {
            "upload": upload,
            "found": found,
            "counts": counts,
            "known": any(any(before) for _, (_, *before) in counts),
            "problems": found.problems[wanted.start : end],
            "doubtful": [each for each in found.matches if not each.sure][:SHOWN],
            "sure": [each for each in found.matches if each.sure][:SHOWN],
            "first": address("pages.found_page", ("start",), id=id, digest=digest) if wanted.start else "",
            "following": address("pages.found_page", ("start",), id=id, digest=digest, start=str(end))
            if len(found.problems) > end
            else "",
        }
        return show(contract, "import_found.html", ("importing", "found"), values)

    @pages.post("/import/<id>/save")
    def save_file(id: str) -> AnyResponse:
        caller = door.admit(Right.WRITE)
        upload, wanted = own(caller, parameters(UploadAsked, {"id": id}).id), sent(ConfirmSent)
        found = importing.found(service.desk, upload.id, wanted.digest)
        importing.confirm(service.desk, Confirmed(upload.id, wanted.digest), found.mapping if found else None)
        job = working.queue(service, "import", ImportAsked(upload=upload.id, digest=wanted.digest), caller.name)
        return redirect(url_for("pages.import_job_page", id=job.id, upload=upload.id), 303)

    @pages.get("/import/done/<id>")
    def imported_page(id: str) -> Response:
        door.admit(Right.WRITE)
        told, language = service.import_told(id), language_of(contract.language)
        counts = list(_compared(told.changed, language)) if told.changed else []
        values = {"told": told, "counts": counts, "waiting": service.waiting()}
        return show(contract, "imported.html", ("importing", "done"), values)

    @pages.post("/import/done/<id>/undo")
    def undo_file(id: str) -> AnyResponse:
        caller = door.admit(Right.WRITE)
        service.check_undo(id)
        job = working.queue(service, "undo", UndoAsked(import_id=id), caller.name)
        return redirect(url_for("pages.import_job_page", id=job.id), 303)


def _after(job: Job, result: dict[str, Any]) -> str:
    """Return where to go when a job is done."""
    if job.kind == "check":
        return url_for("pages.found_page", id=result["upload"], digest=result["digest"])
    if job.kind == "import":
        return url_for("pages.imported_page", id=result["import"])
    return url_for("pages.import_page")


def _sheets(told: forms.Recognised, language: str) -> Iterator[tuple[forms.SheetRead, list[tuple[str, str]]]]:
    """Yield each sheet with what its columns may be."""
    fields = {each.table: each.fields for each in told.tables}
    for sheet in told.mapping.sheets if told.mapping else ():
        table = (
            LIST if sheet.table == IGNORE else sheet.table
        )  # naming a column of a sheet that is ignored makes it a list
        options = [(field, meaning(table, field, language)) for field in fields[table]]
        yield sheet, sorted(options, key=lambda option: option[1])


def _is_ours(sheet: SheetMap) -> bool:
    """Tell whether a sheet is a table of ours with all its columns."""
    return sheet.table not in {LIST, IGNORE} and sheet.confidence >= SURE


def _table_name(table: str, language: str) -> str:
    known = specs().get(table)
    return known.labels[language] if known else say("importing", f"table.{table}", language)


def _corrected(found: Recognised, form: MultiDict[str, str]) -> Mapping | None:
    """Return how columns are to be read, where a person or an earlier correction says so; None as the reader finds out.

    A form that changes nothing of what a reader knows by itself says nothing: known exports stay what they are.
    """
    orders = []
    for s, sheet in enumerate(found.mapping.sheets):
        ignored = sheet.table == IGNORE
        known = [IGNORE if ignored else column.field for column in sheet.columns]
        told = [form.get(f"column-{s}-{c}", field) for c, field in enumerate(known)]
        columns = [
            (column.title, said) for column, was, said in zip(sheet.columns, known, told, strict=True) if was != said
        ]
        table = form.get(f"table-{s}", sheet.table)
        if table != sheet.table and not (ignored and columns):
            orders.append(f"{sheet.sheet}!={table}")
        elif table == sheet.table or ignored:
            orders += [f"{sheet.sheet}!{title}={field}" for title, field in columns]
    if orders:
        return found.mapping.corrected(orders)
    return found.mapping if found.remembered or (found.unknown and found.mapping.sheets) else None


def _compared(compared: Compared, language: str) -> Iterator[tuple[str, list[int]]]:
    """Yield each noun with how many are new, changed, as before and gone."""
    parts = (compared.new, compared.changed, compared.unchanged, compared.gone)
    for noun in ("actor", "collaboration", "participation", "theme", "place", "source", "link"):
        numbers = [part.get(noun, 0) for part in parts]
        if any(numbers):
            yield say("importing", f"noun.{noun}", language), numbers
