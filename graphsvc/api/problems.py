"""The one table from errors to HTTP answers: RFC 9457 problem details, and nothing about our insides.

A problem whose cause is the request repeats the error's own sentence. A problem whose cause is us (5xx) says a fixed
sentence; the error itself goes to the log under the same ``request_id``.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import Flask, Response, g, request
from pydantic import BaseModel, ConfigDict, Field
from werkzeug.exceptions import HTTPException

from graphsvc import errors, importing, uploads
from graphsvc.access import users
from graphsvc.jobs import job as jobs

JSON: Final = "application/json"
MEDIA_TYPE: Final = "application/problem+json"
log = logging.getLogger("graphsvc.api")


class Answered(BaseModel):
    """Base of all answers: a field that has a default is always there in an answer, and the document says so."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class FieldError(Answered):
    """One thing that is wrong with the request."""

    field: str = Field(description="Name of the parameter, or path into the body with dots.")
    message: str = Field(description="What is wrong with it, for people.")


class Problem(Answered):
    """Why there is no answer (RFC 9457)."""

    type: str = Field(description="Address that names this kind of problem; it stays the same and explains itself.")
    title: str = Field(description="The kind of problem in a few words, the same every time.")
    status: int = Field(ge=400, le=599)
    detail: str = Field(description="What happened this time and what to do about it, for people.")
    errors: tuple[FieldError, ...] = Field(default=(), description="The parameters that are wrong, if any are.")
    request_id: str = Field(description="The same as in the header X-Request-Id and in the service's log.")


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of the table."""

    status: int
    name: str
    """Last part of the problem's ``type``."""
    title: str
    detail: str = ""
    """Said instead of the error's own sentence, where that is not for the outside; never of a RequestProblem's."""
    retry_after: int | None = None
    """Seconds after which it is worth trying again."""


_FORESEEN: Final = (
    errors.StoreUnavailable,
    errors.StoreBusy,
    errors.StoreTimeout,
    jobs.QueueFull,
    uploads.TooManyUploads,
)
"""Errors that are no fault: the log need not say where they came from."""
_OUR_FAULT: Final = "The service failed. The log has the reason under this request id."

OF_ERROR: Final[Mapping[type[errors.GraphsvcError], Kind]] = {
    errors.GraphsvcError: Kind(500, "failed", "The service failed", _OUR_FAULT),
    errors.InputError: Kind(422, "wrong-input", "The input is wrong"),
    errors.UnreadableFile: Kind(422, "unreadable-file", "The file can't be read"),
    errors.UnknownFormat: Kind(415, "unknown-format", "Files of this kind can't be read"),
    errors.InvalidValue: Kind(422, "invalid-value", "A value is wrong"),
    users.NameTaken: Kind(409, "name-taken", "The name is taken"),
    jobs.QueueFull: Kind(503, "queue-full", "Too much is waiting", retry_after=60),
    jobs.NoResult: Kind(409, "no-result", "The job gave no result"),
    importing.NotAsChecked: Kind(409, "not-as-checked", "It is not as it was checked"),
    uploads.TooManyUploads: Kind(503, "too-many-uploads", "Too many files wait", retry_after=600),
    errors.NotFound: Kind(404, "not-found", "There is no such thing"),
    errors.SettingsError: Kind(500, "wrong-settings", "The service is not set up right", _OUR_FAULT),
    errors.StoreError: Kind(500, "store-failed", "The graph store failed", _OUR_FAULT),
    errors.StoreUnavailable: Kind(
        503,
        "store-unavailable",
        "The graph store can't be reached",
        "The graph store can't be reached just now. Try again in a few seconds.",
        retry_after=5,
    ),
    errors.StoreBusy: Kind(
        503,
        "store-busy",
        "The graph store is in use",
        "The graph store has its hands full, or another process holds it. Try again in a few seconds.",
        retry_after=5,
    ),
    errors.StoreTimeout: Kind(
        504,
        "store-timeout",
        "The graph store took too long",
        "The question took longer than allowed and was stopped. Ask for a smaller part of the network.",
        retry_after=10,
    ),
    errors.OutOfTime: Kind(
        504,
        "out-of-time",
        "What the answer needs is not there in time",
        "The graph store answers slowly just now, or another request is still making what this one needs. Try again in"
        " a few seconds; where you changed something, look first whether it is there.",
        retry_after=10,
    ),
    errors.ConstraintViolated: Kind(
        409, "already-there", "It is there already", "Something with this id is there already; nothing was changed."
    ),
    errors.StatementError: Kind(500, "statement-failed", "The service failed", _OUR_FAULT),
}

OF_STATUS: Final[Mapping[int, Kind]] = {
    kind.status: kind
    for kind in (
        Kind(400, "bad-request", "The request can't be understood"),
        Kind(401, "no-key", "This needs a key"),
        Kind(403, "not-allowed", "This caller may not do that"),
        Kind(404, "no-such-address", "There is nothing at this address", "Check the address; /api/v1/docs lists all."),
        Kind(405, "method-not-allowed", "This address doesn't do that", "The header Allow says what it does."),
        Kind(406, "not-acceptable", "The answer doesn't come in that form"),
        Kind(408, "request-timeout", "The request came too slowly"),
        Kind(409, "under-way", "The same request is being answered"),
        Kind(411, "length-required", "The request must say its length"),
        Kind(412, "gone-on", "The graph has gone on"),
        Kind(413, "too-large", "The request is too large"),
        Kind(414, "address-too-long", "The address is too long"),
        Kind(415, "wrong-media-type", "The body is of the wrong kind"),
        Kind(422, "invalid-request", "The request holds wrong values"),
        Kind(429, "too-much-work", "This caller asks for too much"),
        Kind(431, "headers-too-large", "The headers are too large"),
        Kind(500, "failed", "The service failed", _OUR_FAULT),
        Kind(503, "unavailable", "The service is not available", "Try again in a few seconds.", retry_after=5),
    )
}


class RequestProblem(Exception):  # the field's term
    """Raised by the contract layer: the request itself is wrong. ``status`` picks the row of :data:`OF_STATUS`."""

    def __init__(
        self, status: int, detail: str, fields: Sequence[FieldError] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.fields = tuple(fields)
        self.headers = dict(headers or {})


def kind_of(error: Exception) -> Kind:
    """Return the table's row for ``error``: that of its class, else of the nearest class above it."""
    if isinstance(error, RequestProblem):
        return OF_STATUS[error.status]
    if isinstance(error, HTTPException):
        status = error.code or 500
        return OF_STATUS.get(status, Kind(status, f"http-{status}", error.name))
    for cls in type(error).__mro__:
        if cls in OF_ERROR:
            return OF_ERROR[cls]
    return OF_STATUS[500]


def kinds() -> list[Kind]:
    """Return every kind of problem once, sorted by status and name: the documentation lists them."""
    return sorted({*OF_ERROR.values(), *OF_STATUS.values()} - {OF_STATUS[500]}, key=lambda k: (k.status, k.name))


def _fields_of(error: Exception) -> tuple[FieldError, ...]:
    if isinstance(error, RequestProblem):
        return error.fields
    if isinstance(error, errors.InvalidValue) and error.field:
        return (FieldError(field=error.field, message=error.message),)
    return ()


def sentences(error: Exception) -> tuple[str, ...]:
    """Return what an answer says of an error: what was wrong and, where that is told apart, what to do about it."""
    kind = kind_of(error)
    if kind.detail and not isinstance(error, RequestProblem):  # whose sentence is made for the outside
        return (kind.detail,)
    if isinstance(error, HTTPException):
        return (error.description or kind.title,)
    if isinstance(error, errors.GraphsvcError):
        return tuple(filter(None, (error.message, error.remedy)))
    return (str(error),)


def answer(error: Exception) -> Response:
    """Return the HTTP answer for any exception; log those that are our fault with their trace."""
    kind = kind_of(error)
    request_id = g.get("request_id", "")
    if kind.status >= 500:
        known = isinstance(error, (*_FORESEEN, RequestProblem))
        log.log(
            logging.WARNING if known else logging.ERROR,
            "request failed: %s",
            kind.name,
            exc_info=None if known else error,
            extra={"request_id": request_id, "error": type(error).__name__, "reason": str(error) if known else ""},
        )
    body = Problem(
        type=f"/problems/{kind.name}",
        title=kind.title,
        status=kind.status,
        detail=" ".join(sentences(error)),
        errors=_fields_of(error),
        request_id=request_id,
    )
    response = Response(body.model_dump_json(), kind.status, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    if kind.retry_after is not None:
        response.headers["Retry-After"] = str(kind.retry_after)
    if isinstance(error, RequestProblem):
        response.headers.update(error.headers)
    if isinstance(error, HTTPException):
        for name, value in error.get_headers():
            if name == "Allow":
                response.headers[name] = value
    return response


def is_for_a_person() -> bool:
    """Say whether a browser shows the answer: a program that takes a page and a problem alike gets the latter."""
    known = (MEDIA_TYPE, JSON, "text/html")
    return request.accept_mimetypes.best_match(known, MEDIA_TYPE) == "text/html"


def register(app: Flask) -> None:
    """Let every error of ``app``, ours or Werkzeug's or unforeseen, be answered by :func:`answer`."""
    app.register_error_handler(Exception, answer)
