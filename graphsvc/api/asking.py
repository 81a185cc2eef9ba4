"""Read a request strictly: what is not understood is said, never guessed or passed over.

The order of the answers is fixed: 411, 413, 415 about the body's envelope, 400 for a body that can't be read, then 404
for an id in the address that nothing can have, then 422 for values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final, Literal, TypeVar, get_args, get_origin

from flask import Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError
from pydantic_core import ErrorDetails, from_json
from werkzeug.datastructures import MultiDict

from graphsvc.api.problems import FieldError, RequestProblem

B = TypeVar("B", bound=BaseModel)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_NAMED: Final = 20
"""Most fields of a request that an answer names as wrong."""
_LONGEST: Final = 200
"""Most characters of a field's name that it repeats."""


class Parameters(BaseModel):
    """Base of what an endpoint can be asked: the ids in its path and the parameters of its query."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def media_type(self) -> str | None:
        """Return the media type that a parameter asks for; it wins over the header Accept."""
        return None


def _day(value: object) -> object:
    if not isinstance(value, str | date | None) or (isinstance(value, str) and not _DAY.fullmatch(value)):
        raise ValueError("write a day as year-month-day: 2026-01-31")
    return value


def _whole(value: object) -> object:
    if isinstance(value, str) and not _WHOLE.fullmatch(value):
        raise ValueError("write a whole number in digits")
    return value


Day = Annotated[date, BeforeValidator(_day)]
"""A day as ISO 8601 writes it; pydantic alone would also take seconds since 1970."""
IN_DIGITS: Final = BeforeValidator(_whole)
"""Stands last in an annotation, where it leaves the limits of an int in the document. A whole number in ASCII digits;
pydantic alone would also take ``1_000`` and ``5.0``."""
LINE: Final = r"^[^\x00-\x1f\x7f]*$"
"""Text without control characters: one line."""
LONGEST: Final = 200
"""Characters of a line of text."""
Words = Annotated[str, StringConstraints(max_length=LONGEST, pattern=LINE)]
"""A line of text without control characters."""
LongWords = Annotated[str, StringConstraints(max_length=2000, pattern=LINE)]
"""A paragraph of text without control characters."""
Language = Literal["fi", "sv", "en"]


def is_many(annotation: Any) -> bool:
    """Return whether a parameter of this type may be given more than once."""
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return get_origin(annotation) in (tuple, list)


def _collect(model: type[Parameters], path: Mapping[str, str], query: MultiDict[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = dict(path)
    problems = []
    for name, given in query.lists():
        field = model.model_fields.get(name)
        if field is None or name in path:
            known = ", ".join(sorted(set(model.model_fields) - set(path))) or "none"
            problems.append(FieldError(field=name[:_LONGEST], message=f"Unknown parameter. Known here: {known}."))
        elif is_many(field.annotation):
            values[name] = given
        elif len(given) > 1:
            problems.append(FieldError(field=name, message=f"Given {len(given)} times; give it once."))
        else:
            values[name] = given[0]
    if problems:
        problems = _some(problems, "query")
        raise RequestProblem(422, _sentence(problems), problems)
    return values


def parameters(model: type[Parameters], path: Mapping[str, str], query: MultiDict[str, str]) -> Parameters:
    """Return the request's path and query as ``model``; raise :class:`RequestProblem` 404 or 422 naming each field."""
    try:
        return model.model_validate(_collect(model, path, query))
    except ValidationError as error:
        fields = _fields(error, "query")
        wrong_path = [field for field in fields if field.field in path]
        if wrong_path:
            raise RequestProblem(
                404, "There can be nothing at this address: an id in it has a form no id has.", wrong_path
            ) from None
        raise RequestProblem(422, _sentence(fields), fields) from None


def body(model: type[B], request: Request) -> B:
    """Return the JSON body as ``model``; raise :class:`RequestProblem` 411, 413, 415, 400 or 422, in this order.

    Without Content-Length a server may hand over a body cut at the limit, so that is refused before anything is read.
    """
    length, limit = request.content_length, request.max_content_length
    if length is None:
        raise RequestProblem(411, "Send the header Content-Length.")
    if limit is not None and length > limit:
        raise RequestProblem(413, f"The body has {length} bytes; the limit is {limit}.")
    if request.mimetype != "application/json":
        raise RequestProblem(415, "Send the body as application/json and say so in the header Content-Type.")
    text = request.get_data(cache=False)
    try:
        from_json(text, allow_inf_nan=False)
    except ValueError as error:
        raise RequestProblem(400, f"The body is not JSON: {error}.") from None
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        fields = _fields(error, "body")
        raise RequestProblem(422, _sentence(fields), fields) from None


def _fields(error: ValidationError, whole: str) -> list[FieldError]:
    """``whole`` names what is wrong when no single field is."""
    found = error.errors(include_url=False, include_input=False)
    wrong = [(".".join(map(str, each["loc"])) or whole, _message(each)) for each in found]
    return _some([FieldError(field=field[:_LONGEST], message=message) for field, message in wrong], whole)


def _message(fault: ErrorDetails) -> str:
    if fault["type"] in ("enum", "literal_error"):
        known = fault["ctx"]["expected"].replace("' or '", "', '")
        return f"Input should be one of {known}"
    return fault["msg"].removeprefix("Value error, ")


def _some(fields: list[FieldError], whole: str) -> list[FieldError]:
    """Return what an answer names of many fields: an answer a hundred times as long as its question helps nobody."""
    more = len(fields) - _NAMED
    return [*fields[:_NAMED], FieldError(field=whole, message=f"{more} more are wrong.")] if more > 0 else fields


def _sentence(fields: list[FieldError]) -> str:
    return " ".join(f"{each.field}: {each.message.rstrip('.')}." for each in fields)
