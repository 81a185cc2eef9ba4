"""Below the operations: requests with a key, repeated where that is safe, remembered by ETag, waiting for jobs."""

from __future__ import annotations

import json
import time
import uuid
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from threading import Lock
from typing import Any, Final, Generic, Self, TypeVar
from urllib.parse import quote, urlencode

from pydantic import BaseModel, ConfigDict

from graphsvc.client.problems import JobFailed, TooSlow, Unreachable, problem

try:
    import urllib3
except ImportError as error:  # pragma: no cover - said to people
    raise ImportError('graphsvc.client needs urllib3: pip install "graphsvc[client]"') from error

M = TypeVar("M", bound="Model")
KEPT: Final = 64
"""Answers that are remembered with their ETags."""
_AGAIN: Final = (429, 503, 504)
"""Statuses that go by; none of them means that anything was done."""
JSON: Final = "application/json"
PROBLEM: Final = "application/problem+json"


class Model(BaseModel):
    """Base of all answers. What a newer service adds to them is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Pages(Generic[M]):
    """A list, read page by page as it is gone through: ``for each in client.list_actors(q="tampere")``."""

    def __init__(self, client: Base, path: str, page: type[Model], query: Mapping[str, Any]) -> None:
        self._client = client
        self._path = path
        self._page = page
        self._query = query

    def pages(self) -> Iterator[Any]:
        """Yield the pages as the service gives them."""
        cursor: str | None = None
        while True:
            page: Any = self._client.get(self._path, self._page, {**self._query, "cursor": cursor})
            yield page
            if (cursor := page.next) is None:
                return

    def first(self) -> Any:
        """Return the first page."""
        return next(self.pages())

    def __iter__(self) -> Iterator[M]:
        for page in self.pages():
            yield from page.items


class Base:
    """A connection to one service. Threads may share it; close it in the end, or use it with ``with``."""

    def __init__(
        self, address: str, key: str | None = None, *, timeout: float = 30, attempts: int = 5, patience: float = 600
    ) -> None:
        """``timeout``: seconds for one answer; ``attempts``: how often what goes by is tried; ``patience``: seconds
        to wait for a job, and for the service to have time again."""
        self.address = address.rstrip("/")
        self._patience = patience
        self._attempts = attempts
        self._pool = urllib3.PoolManager(timeout=timeout, retries=False, maxsize=4)
        self._headers = {"User-Agent": "graphsvc.client", **({"Authorization": f"Bearer {key}"} if key else {})}
        self._kept: OrderedDict[str, tuple[str, Any]] = OrderedDict()
        self._lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._pool.clear()

    # ---- what operations are made of

    def get(self, path: str, model: type[M], query: Mapping[str, Any]) -> M:
        """Return an answer as a model; the one that was remembered where the service says that nothing changed."""
        where = self._url(path, query)
        with self._lock:
            tag, held = self._kept.get(where, ("", None))
        response = self._asked("GET", where, {"Accept": JSON, **({"If-None-Match": tag} if tag else {})})
        if response.status == 304:
            return held  # type: ignore[no-any-return]
        made = model.model_validate_json(response.data)
        self._remember(where, response.headers.get("ETag"), made)
        return made

    def file(self, path: str, query: Mapping[str, Any], accept: str = "*/*") -> bytes:
        """Return an answer as the bytes of a file."""
        both = accept if accept == "*/*" else f"{accept}, {PROBLEM}"  # else a map that is refused is a page for people
        return bytes(self._asked("GET", self._url(path, query), {"Accept": both}).data)

    def read(self, path: str, query: Mapping[str, Any]) -> Any:
        """Return an answer as JSON holds it, where its form depends on what was asked."""
        return json.loads(self.file(path, query, JSON))

    def send(self, method: str, path: str, model: type[M], query: Mapping[str, Any], body: Any = None) -> M:
        """Send a change and return what came of it. It is done once, however often it has to be sent.

        ``body``: a model, what JSON holds, or the bytes of a file.
        """
        headers = {"Accept": JSON, "Idempotency-Key": str(uuid.uuid4())}
        data: bytes | None = None
        if isinstance(body, bytes):
            headers["Content-Type"], data = "application/octet-stream", body
        elif body is not None:
            headers["Content-Type"], data = JSON, _json(body)
        response = self._asked(method, self._url(path, query), headers, data)
        return model.model_validate_json(response.data)

    # ---- inside

    def _asked(self, method: str, url: str, headers: Mapping[str, str], data: bytes | None = None) -> Any:
        response = self._tried(method, url, headers, data)
        if response.status == 202 and method == "GET":
            self._wait(response)
            response = self._tried(method, url, headers, data)
        if response.status >= 400:
            raise problem(response.status, _said(response))
        return response

    def _tried(self, method: str, url: str, headers: Mapping[str, str], data: bytes | None) -> Any:
        """Send a request, again where the service was away or busy: reading is safe, and a change has its key."""
        deadline = time.monotonic() + self._patience
        for attempt in range(1, self._attempts + 1):
            wait = min(2 ** (attempt - 1) / 2, 8)
            try:
                response = self._pool.request(method, url, body=data, headers={**self._headers, **headers})
            except urllib3.exceptions.HTTPError as error:
                if attempt == self._attempts or time.monotonic() + wait > deadline:
                    raise Unreachable(f"{self.address} gave no answer: {error}") from error
            else:
                wait = _seconds(response, wait)
                last = attempt == self._attempts or time.monotonic() + wait > deadline
                if response.status not in _AGAIN or last:
                    return response
            time.sleep(wait)
        raise AssertionError("unreachable")

    def _wait(self, accepted: Any) -> None:
        """Wait until the job that an answer names has ended well."""
        address = self.address + accepted.headers["Location"]
        deadline, wait = time.monotonic() + self._patience, _seconds(accepted, 1)
        while True:
            if time.monotonic() + wait > deadline:
                raise TooSlow(address, self._patience)
            time.sleep(wait)
            response = self._tried("GET", address, {"Accept": JSON}, None)
            job = _said(response)
            if response.status >= 400:
                raise problem(response.status, job)
            if job["state"] == "done":
                return
            if job["state"] in ("failed", "cancelled"):
                said = " ".join(filter(None, (job.get("error"), job.get("remedy"))))
                raise JobFailed(said or f"The job {address} was {job['state']}.")
            wait = _seconds(response, 1)

    def _remember(self, where: str, tag: str | None, made: Any) -> None:
        with self._lock:
            self._kept.pop(where, None)
            if tag:
                self._kept[where] = (tag, made)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)

    def _url(self, path: str, query: Mapping[str, Any]) -> str:
        asked = [(name, _text(each)) for name, value in query.items() for each in _many(value)]
        return f"{self.address}{path}" + (f"?{urlencode(asked)}" if asked else "")


def part(value: object) -> str:
    """Return a value as part of a path."""
    return quote(_text(value), safe="")


def _many(value: Any) -> Iterable[Any]:
    if value is None:
        return ()
    return value if isinstance(value, list | tuple | set | frozenset) else (value,)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Enum):
        return str(value.value)
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _json(body: Any) -> bytes:
    if isinstance(body, BaseModel):
        return body.model_dump_json(exclude_unset=True).encode()
    return json.dumps(body, default=_text).encode()


def _said(response: Any) -> Any:
    try:
        return json.loads(response.data)
    except ValueError:
        return {}


def _seconds(response: Any, otherwise: float) -> float:
    """Return how long the service asks to wait; it always says so in seconds."""
    text = response.headers.get("Retry-After", "")
    return float(text) if text.isdigit() else otherwise
