"""What can go wrong between a program and the service, as exceptions that say what the service said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class ClientError(Exception):
    """Base of all that the client raises."""


class Unreachable(ClientError):
    """The service gave no answer."""


class TooSlow(ClientError):
    """A job did not end within the client's patience; ``job`` is its address, where its result will be."""

    def __init__(self, job: str, seconds: float) -> None:
        super().__init__(f"The job {job} did not end within {seconds:g} s. It goes on; ask for it later.")
        self.job = job


class JobFailed(ClientError):
    """A job failed or was cancelled; the message is the service's own."""


class Problem(ClientError):
    """The service refused or failed (RFC 9457). A status that has no class of its own is one of these too."""

    def __init__(self, status: int, said: Mapping[str, Any]) -> None:
        self.status = status
        self.type = str(said.get("type", "about:blank"))
        """Names the kind of problem; stays the same."""
        self.title = str(said.get("title", ""))
        self.detail = str(said.get("detail", ""))
        """What happened and what to do about it, for people."""
        errors: Sequence[Mapping[str, Any]] = said.get("errors") or ()
        self.errors = {str(each.get("field", "")): str(each.get("message", "")) for each in errors}
        """Parameter, or path into the body, → what is wrong with it."""
        self.request_id = str(said.get("request_id", ""))
        """Finds the request in the service's log."""
        super().__init__(self.detail or self.title or f"The service answered {status}.")


class NotAllowed(Problem):
    """The key is missing, wrong or too small: 401, 403."""


class NotFound(Problem):
    """There is no such thing: 404."""


class GoneOn(Problem):
    """The graph has gone on, or something is there already: 409, 412."""


class WrongInput(Problem):
    """A parameter, body or file is wrong; :attr:`errors` says which: 400, 413, 415, 422."""


class Busy(Problem):
    """The service has no time or no store just now, also after the client tried again: 429, 503, 504."""


_OF_STATUS = {
    **dict.fromkeys((401, 403), NotAllowed),
    404: NotFound,
    **dict.fromkeys((409, 412), GoneOn),
    **dict.fromkeys((400, 411, 413, 415, 422), WrongInput),
    **dict.fromkeys((429, 503, 504), Busy),
}


def problem(status: int, said: Any) -> Problem:
    """Return the exception for an answer; ``said`` is its JSON, or anything else where it has none."""
    return _OF_STATUS.get(status, Problem)(status, said if isinstance(said, Mapping) else {})
