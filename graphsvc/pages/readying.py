"""Pages of a large network after a change: what they stand on is made by a thread, and they show how far that is.

Whatever is kept of the graph is void when it changes (docs/explanation/house.md), and of a network of 32,000 actors it
takes many seconds to make it anew. A page that nobody can wait for says so at once and comes when it can.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Condition, Thread
from typing import Any, Final

from flask import Blueprint, Response, jsonify, request, url_for

from graphsvc.access.rights import Right
from graphsvc.api.contract import Contract
from graphsvc.errors import GraphsvcError
from graphsvc.opening import OpeningsAsk
from graphsvc.pages.html import language_of, show
from graphsvc.portrait import PortraitAsk
from graphsvc.service import Service
from graphsvc.store.guarded import patiently
from graphsvc.store.whole import LARGE

GRACE: Final = 10.0
"""Seconds after the thread ended in which a page makes itself what a change since then made void: in a graph that
changes all the time it would else never come."""
SHORTLY: Final = 0.7
"""Seconds in which a page waits itself for what is soon there: after a person's word nearly all of it is kept."""
_GRAPHLESS: Final = frozenset(
    f"pages.{name}_page"
    for name in (
        *("import", "upload", "import_job", "found", "imported"),
        *("review", "settings", "audit", "sign_in", "password", "accessibility"),
    )
)
"""Pages that don't stand on the network."""
Steps = Mapping[str, Callable[[], object]]
"""Name → what makes it, in order."""
log = logging.getLogger("graphsvc.pages")


@dataclass(frozen=True, slots=True)
class HowFar:
    """How far the thread is with what was asked for."""

    done: int
    total: int


class Ground:
    """What the pages of a service stand on, made by one thread at the revision at which a page was asked for."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._lock = Condition()
        self._revision = -1
        self._wanted: dict[str, Callable[[], object]] = {}
        self._made: set[str] = set()
        self._working = False
        self._ended = float("-inf")

    def wait_for(self, steps: Steps) -> HowFar | None:
        """Return how far the thread is that makes ``steps``, having started it where needed; None: ask now."""
        revision = self._service.revision()
        with self._lock:
            if not self._working and revision != self._revision:
                if time.monotonic() - self._ended < GRACE or not self._large():
                    return None
                self._revision, self._wanted, self._made = revision, {}, set()
            if steps.keys() <= self._made and revision == self._revision:
                return None
            self._wanted = {**self._wanted, **steps}
            if not self._working:
                self._working = True
                Thread(target=self._work, name="readying", daemon=True).start()
            if self._lock.wait_for(lambda: steps.keys() <= self._made, SHORTLY) and revision == self._revision:
                return None
            return HowFar(len(self._made), len(self._wanted))

    def how_far(self) -> HowFar | None:
        """Return how far the thread is; None where it rests."""
        with self._lock:
            return HowFar(len(self._made), len(self._wanted)) if self._working else None

    def _large(self) -> bool:
        return self._service.status().participations > LARGE

    def _work(self) -> None:
        with patiently():
            while step := self._next():
                name, make = step
                try:
                    make()
                except GraphsvcError as error:  # the page will say it
                    log.info("not made", extra={"step": name, "why": str(error)})
                except Exception:
                    log.exception("not made")
                with self._lock:
                    self._made.add(name)
                    self._lock.notify_all()

    def _next(self) -> tuple[str, Callable[[], object]] | None:
        with self._lock:
            found = next(((name, make) for name, make in self._wanted.items() if name not in self._made), None)
            if found is None:
                self._working, self._ended = False, time.monotonic()
            return found


def add(pages: Blueprint, contract: Contract) -> None:
    """Let every page that stands on the network wait for it, and serve ``/readying``: how far that is."""
    ground = Ground(contract.service)

    @pages.before_request
    def wait() -> Response | None:
        endpoint = request.endpoint or ""
        shows_graph = endpoint == "pages.start" or endpoint.endswith("_page")
        if request.method != "GET" or not shows_graph or endpoint in _GRAPHLESS:
            return None
        contract.door.admit(Right.READ)
        language = language_of(contract.language)
        how_far = ground.wait_for(steps_of(contract.service, endpoint, request.view_args or {}, language))
        if how_far is None:
            return None
        values = {"how_far": how_far, "progress": url_for("pages.readying")}
        return show(contract, "readying.html", ("pages", "readying"), values, 202)

    @pages.get("/readying")
    def readying() -> Response:
        contract.door.admit(Right.READ)
        how_far = ground.how_far()
        if how_far is None:
            return jsonify(state="succeeded", done=0, total=0)
        return jsonify(state="running", done=how_far.done, total=how_far.total)


def steps_of(service: Service, endpoint: str, path: Mapping[str, Any], language: str) -> Steps:
    """Return what a page stands on, in the order in which it is made."""
    steps: dict[str, Callable[[], object]] = {
        "snapshot": service.snapshot,
        "identity": service.outlook.identity,
        "network": service.network,
        "arrays": lambda: service.network().arrays,
        "degree": lambda: service.measures(only=("degree",)),
    }
    if endpoint == "pages.start":
        steps["openings"] = lambda: service.openings(OpeningsAsk())
    if endpoint == "pages.actors_page" and request.args.get("q"):
        steps["names"] = service.outlook.names
    if endpoint == "pages.actor_page":  # the first portrait makes what all others stand on
        steps["portrait"] = lambda: service.portrait(PortraitAsk(path["id"], language=language))
    return steps
