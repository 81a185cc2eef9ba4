"""What every write of the API keeps: it is done once under its key, and only on the graph that its caller has seen.

``Idempotency-Key`` is that of draft-ietf-httpapi-idempotency-key-header; ``If-Match`` that of RFC 9110, with the ETag
of any answer about the graph.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from flask import Request, Response
from pydantic import BaseModel

from graphsvc.api.problems import RequestProblem
from graphsvc.repeats import Refusal, Said, Turn
from graphsvc.service import Service

KEY: Final = "Idempotency-Key"
KEY_PATTERN: Final = r'^("[!#-\[\]-~]{1,200}"|[!#-+\--:<-~]{1,200})$'
"""In quotes as the draft has it, or bare as most clients send it."""
TAG_PATTERN: Final = r'^(\*|"[0-9]{1,15}(-[0-9a-f]{24}(-gzip)?)?")$'
_KEPT: Final = ("Content-Type", "Location", "Retry-After", "Content-Disposition", "Cache-Control", "ETag")
_REVISION: Final = re.compile(r"([0-9]{1,15})(-[0-9a-f]{24}(-gzip)?)?")


def once(service: Service, request: Request, caller: str, asked: str, make: Callable[[], Response]) -> Response:
    """Return what ``make`` answers; under a key that was used for the same request, what was answered then.

    Only what was done is kept: an error changed nothing, and the key may be used again. ``asked`` is the body.
    """
    key = _key(request)
    if key is None:
        return make()
    mark = hashlib.sha256("\n".join((request.method, request.full_path, asked)).encode()).hexdigest()
    repeats = service.repeats
    found = repeats.claim(caller, key, mark)
    if isinstance(found, Said):
        response = Response(found.body, found.status, headers=dict(found.headers))
        response.headers["Idempotency-Replayed"] = "true"
        return response
    if not isinstance(found, Turn):
        raise _refused(found)
    try:
        response = make()
    except BaseException:
        repeats.forget(found)
        raise
    headers = {name: response.headers[name] for name in _KEPT if name in response.headers}
    repeats.keep(found, Said(response.status_code, headers, response.get_data()))
    return response


def said(body: BaseModel | None) -> str:
    """Return a body as what tells one request from another: the same wish in other spaces is the same."""
    return body.model_dump_json() if body else ""


@contextmanager
def matched(service: Service, request: Request) -> Iterator[None]:
    """Let a write be done inside the block only on the graph that its caller has seen, where it says which that is.

    Those that say so are done one after the other, so that of two that have seen the same graph one comes too late.
    Raises :class:`RequestProblem` 412.
    """
    tags = request.if_match
    if "If-Match" not in request.headers or tags.star_tag:
        yield
        return
    with service.repeats.alone():
        now = service.revision()
        seen = [_REVISION.fullmatch(tag) for tag in tags.as_set()]  # weak ones match nothing
        if not any(each and int(each[1]) == now for each in seen):
            raise RequestProblem(
                412, f"The graph is at revision {now}, which is none that If-Match names. Look again, then decide anew."
            )
        yield


def _key(request: Request) -> str | None:
    given = request.headers.getlist(KEY)
    if not given:
        return None
    if len(given) > 1 or not re.fullmatch(KEY_PATTERN, given[0].strip()):
        raise RequestProblem(
            400, f'Send one {KEY} of 1 to 200 visible ASCII characters, best a UUID, such as "8e03978e-40d5".'
        )
    return given[0].strip().strip('"')


def _refused(why: Refusal) -> RequestProblem:
    if why is Refusal.OTHER:
        return RequestProblem(422, f"This {KEY} was used for another request. Take a new key for each.")
    return RequestProblem(
        409, "The same request is being answered just now. Ask again in a moment.", headers={"Retry-After": "1"}
    )
