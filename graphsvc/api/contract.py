"""The contract layer: one decorator makes a function an endpoint, checked on the way in and described on the way out.

An endpoint says once what it takes and gives; from that come the reading of requests, the answers' form, the OpenAPI
document (``openapi.py``) and the documentation page (``pages/documentation.py``). Why not a library:
docs/decisions/0005.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Generic, Literal, TypeVar

from flask import Blueprint, Response, request
from pydantic import BaseModel

from graphsvc import __version__
from graphsvc.access.installation import Access
from graphsvc.access.rights import EVERYONE, PUBLIC, Caller, Right
from graphsvc.api import asking, deferring, guarding, receiving, sending, withholding, writing
from graphsvc.api.asking import Parameters
from graphsvc.api.guarding import OPEN, Door
from graphsvc.api.problems import JSON as JSON
from graphsvc.api.retiring import Retiring
from graphsvc.api.sending import Answer, Encoded
from graphsvc.api.withholding import Withholding
from graphsvc.errors import SettingsError
from graphsvc.model import View
from graphsvc.remembering import Memory
from graphsvc.service import Service

KEPT_ANSWERS: Final = 32
"""Answers of a few MB at most each."""
P = TypeVar("P", bound=Parameters)


@dataclass(frozen=True, slots=True)
class Asked(Generic[P]):
    """What an endpoint function gets."""

    service: Service
    parameters: P
    media_type: str
    """The form of the answer that was agreed on."""
    language: str
    """The language asked for by ``lang``, else the installation's."""
    body: Any = None
    """The JSON body as the endpoint's ``body`` model, or the file that was sent, where it has one."""
    caller: Caller = EVERYONE
    door: Door = OPEN

    @property
    def withheld(self) -> Withholding | None:
        """What the caller is not shown; None for nothing."""
        return self.door.hides if self.caller.name == PUBLIC and self.door.asks else None

    @property
    def access(self) -> Access:
        """Users, keys and trail of the installation."""
        if self.door.access is None:
            raise SettingsError("This service has no data folder.", remedy="Set GRAPHSVC_HOME.")
        return self.door.access


Function = Callable[[Asked[Any]], Answer | Response]
"""Gives an answer; a stream as it is to be sent."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One operation of the API and everything that is promised about it."""

    path: str
    """As OpenAPI writes it: ``/api/v1/actors/{id}``."""
    function: Function
    parameters: type[Parameters]
    answers: Mapping[str, type[BaseModel] | None]
    """Media type → model of the answer; None where it is no JSON of ours."""
    summary: str
    description: str
    tag: str
    example: Mapping[str, str] = field(default_factory=dict)
    """Parameters, path and query, of a request that the sample data answers."""
    method: str = "GET"
    body: type[BaseModel] | None = None
    takes_file: bool = False
    """The body is a file: itself, or a part of a form."""
    errors: tuple[int, ...] = ()
    """Statuses beside those that every endpoint may give."""
    revised: bool = True
    """The answer depends on the graph alone, so its revision makes an ETag."""
    kept: bool = False
    """The answer is costly to make and is kept, compressed too, while the graph stays at its revision."""
    tagged: bool = False
    """The answer brings a version of its own, which makes its ETag."""
    later: Literal["never", "perhaps", "always"] = "never"
    """Whether the answer may be that a job was queued for it (:class:`graphsvc.api.deferring.Deferred`)."""
    noted: bool = False
    """Who asks is noted in the audit trail, as for every change."""
    secret: bool = False
    """The answer shows a secret, this once: it is never kept for who asks again under the same key."""
    retiring: Retiring | None = None
    """That and when the address is to go; None for one that stays."""
    part: Callable[[Service, Any], View] | None = None
    """Of the service and the parameters: which part of the network it is about, where they don't say so themselves."""
    right: Right | None = None
    """What the caller must be allowed; None: to read for a GET, to write for the rest."""

    @property
    def needs(self) -> Right:
        """The right that a caller must have."""
        return self.right or (Right.READ if self.method == "GET" else Right.WRITE)

    @property
    def writes(self) -> bool:
        """Whether it may change something: then it is done once under a key, and on the graph that its caller knows."""
        return self.method != "GET" and not self.secret

    @property
    def name(self) -> str:
        """The operation's id, unique in the API."""
        return self.function.__name__

    @property
    def statuses(self) -> tuple[int, ...]:
        """All error statuses that the endpoint may answer with."""
        # A key that opens nothing is refused everywhere, and so is a page of another site that would change something.
        found = {401, 406, 422, 429, 500, *self.errors}
        found |= {403} if self.needs is not Right.NOTHING or self.method != "GET" else set()
        found |= {404} if "{" in self.path else set()
        found |= {503, 504} if self.revised else set()
        found |= {400, 411, 413, 415} if self.body or self.takes_file else set()
        found |= {400, 409, 412, 503} if self.writes else set()
        return tuple(sorted(found))


class Contract:
    """All endpoints of the API, on one service."""

    def __init__(self, service: Service, language: str = "en", door: Door = OPEN) -> None:
        self.service = service
        self.language = language
        self.door = door
        self.blueprint = Blueprint("api", __name__)
        self.endpoints: dict[str, Endpoint] = {}
        self._memory = Memory(KEPT_ANSWERS)

    def __iter__(self) -> Iterator[Endpoint]:
        return iter(self.endpoints.values())

    def add(self, endpoint: Endpoint) -> None:
        """Serve ``endpoint``."""
        if endpoint.name in self.endpoints:
            raise ValueError(f"two endpoints are called {endpoint.name}")
        self.endpoints[endpoint.name] = endpoint

        def view(**path: str) -> Response:
            response = self._answer(endpoint, path)
            return endpoint.retiring.tell(response) if endpoint.retiring else response

        rule = endpoint.path.replace("{", "<").replace("}", ">")
        self.blueprint.add_url_rule(
            rule, endpoint.name, view, methods=[endpoint.method], provide_automatic_options=False
        )

    def _answer(self, endpoint: Endpoint, path: Mapping[str, str]) -> Response:
        caller = self.door.admit(endpoint.needs, noted=endpoint.noted, shown=endpoint.name in withholding.SHOWN)
        if endpoint.takes_file:
            with receiving.receiving(self.service.desk.uploads, request) as sent:
                return self._checked(endpoint, path, caller, sent, f"{sent.name}\n{sent.received.sha256}")
        body = asking.body(endpoint.body, request) if endpoint.body else None
        return self._checked(endpoint, path, caller, body, writing.said(body))

    def _checked(self, endpoint: Endpoint, path: Mapping[str, str], caller: Caller, body: Any, said: str) -> Response:
        """Answer a request whose body has come; ``said`` tells that body from others."""
        parameters = asking.parameters(endpoint.parameters, path, request.args)
        if caller.limited:
            snapshot = self.service.snapshot()
            if endpoint.part:
                guarding.check_part(endpoint.part(self.service, parameters), caller, snapshot)
            else:
                parameters = guarding.narrowed(parameters, caller, snapshot, endpoint.needs)
        media_type = sending.agree(request, list(endpoint.answers), parameters.media_type())
        language = getattr(parameters, "lang", None) or self.language
        asked = Asked(self.service, parameters, media_type, language, body, caller, self.door)
        if asked.withheld and endpoint.needs is not Right.NOTHING:
            asked.withheld.check(endpoint.name, asked)
        if not endpoint.writes:
            return self._made(endpoint, asked)

        def write() -> Response:
            with writing.matched(self.service, request):
                return self._made(endpoint, asked)

        return writing.once(self.service, request, caller.name, said, write)

    def _made(self, endpoint: Endpoint, asked: Asked[Any]) -> Response:
        key = _key(asked.parameters, asked.media_type, asked.language, self.service.today())
        withheld = asked.withheld if endpoint.needs is not Right.NOTHING else None
        key += f"\nwithout {withheld.redaction.model_dump_json()}" if withheld else ""
        revision = self.service.revision() if endpoint.revised else 0
        if endpoint.revised and (unchanged := sending.unchanged(request, key, revision)):
            return unchanged

        def make() -> Encoded | Response:
            function = endpoint.function
            answer = withheld.answer(endpoint.name, function, asked) if withheld else function(asked)
            return answer if isinstance(answer, Response) else sending.encode(answer, pack=endpoint.kept)

        try:
            encoded = self._memory.recall(revision, key, make) if endpoint.kept else make()
        except deferring.Deferred as later:
            return deferring.accepted(later.job)
        if isinstance(encoded, Response):
            return encoded
        if endpoint.tagged and (same := sending.unchanged(request, key, encoded.revision or 0)):
            same.headers.update(encoded.headers)
            return same
        response = sending.respond(request, encoded, asked.media_type, key)
        if len(endpoint.answers) > 1:
            response.vary.add("Accept")
        return response


def _key(parameters: Parameters, media_type: str, language: str, today: date) -> str:
    """All that an answer depends on beside the graph: the same question in other words has the same key.

    The day is part of it: who stands for whom may change at midnight.
    """
    address = request.root_path + request.path
    return "\n".join((__version__, address, parameters.model_dump_json(), media_type, language, today.isoformat()))


class Endpoints(list[Endpoint]):
    """The endpoints of one noun, collected by decorating their functions; the docstring is the documentation."""

    def __init__(self, tag: str) -> None:
        super().__init__()
        self.tag = tag

    def endpoint(
        self,
        path: str,
        parameters: type[Parameters],
        answers: Mapping[str, type[BaseModel] | None] | type[BaseModel],
        **more: Any,
    ) -> Callable[[Function], Function]:
        """Make the decorated function the endpoint at ``path``; ``more`` are further fields of :class:`Endpoint`."""
        by_type = answers if isinstance(answers, Mapping) else {JSON: answers}

        def remember(function: Function) -> Function:
            summary, _, description = (function.__doc__ or "").partition("\n\n")
            about = {"summary": summary.strip().rstrip("."), "description": " ".join(description.split()), **more}
            self.append(Endpoint(path, function, parameters, by_type, tag=self.tag, **about))
            return function

        return remember
