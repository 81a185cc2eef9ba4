"""The web application: the API and its pages on one service, with the headers and the log line of every answer."""

from __future__ import annotations

import logging
import re
import time
import uuid
from pathlib import Path
from typing import Final

from flask import Flask, Response, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from graphsvc import deadline, telemetry
from graphsvc.access.installation import Access
from graphsvc.access.rates import Rates
from graphsvc.access.rights import Right
from graphsvc.api import problems, routes
from graphsvc.api.forgery import refuse_forged
from graphsvc.api.guarding import Door
from graphsvc.api.withholding import Withholding
from graphsvc.metrics import REQUESTS, statement_ended
from graphsvc.pages import routes as pages
from graphsvc.render import redaction
from graphsvc.service import Service
from graphsvc.settings import LOOPBACK, Settings
from graphsvc.store import seen, watched
from graphsvc.uploads import MEGABYTE

BODY_LIMIT: Final = 20 * 1024 * 1024
"""Most bytes of a request's body that is no file."""
_ANY_ADDRESS: Final = frozenset({"0.0.0.0", "::", ""})  # noqa: S104  # compared with, not bound to
_LOOPBACK_NAMES: Final = LOOPBACK - {"::1"}
"""As requests name them: an address with colons stands in brackets there."""
_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""On every answer that does not set its own. Another origin may read an answer only where GRAPHSVC_ORIGINS names it."""
log = logging.getLogger("graphsvc.requests")


def create_app(settings: Settings, service: Service) -> Flask:
    """Return the WSGI application that answers for ``service``. The caller closes the service."""
    app = Flask("graphsvc", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it
    problems.register(app)
    watched.observers.update((statement_ended, telemetry.statement_ended))
    names, door = host_names(settings), door_of(settings)
    app.before_request(lambda: _begin(settings.request_seconds))
    app.before_request(lambda: _check_host(names))
    app.before_request(door.preflight)
    app.before_request(refuse_forged)
    app.after_request(lambda response: _finish(response, door))
    app.teardown_request(_end)
    contract = routes.contract(service, settings.language, door)
    app.register_blueprint(contract.blueprint)
    app.register_blueprint(pages.blueprint(contract, settings))
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    return app


def body_limit(settings: Settings) -> int:
    """Return the server's own limit of bodies: above that of any request, so that people get our answer."""
    return max(BODY_LIMIT, settings.upload_megabytes * MEGABYTE) * 5 // 4


def door_of(settings: Settings) -> Door:
    """Return who is let in. On loopback everybody is, unless GRAPHSVC_PUBLIC says otherwise: it is their machine.

    Not where a web server stands in front: then loopback is where the world comes in.
    """
    access = Access.of(settings.home, settings.audit_days)
    if settings.public == "auto" and settings.only_here:
        return Door(access)
    public = Right.NOTHING if settings.public == "auto" else Right(settings.public)
    origins = frozenset(name.strip().rstrip("/") for name in settings.origins.split(",") if name.strip())
    rates = Rates(settings.work_per_minute) if settings.work_per_minute else None
    hides = Withholding(redaction.read(Path(settings.public_hides))) if settings.public_hides else None
    return Door(access, True, public, rates, origins, hides)


def host_names(settings: Settings) -> frozenset[str] | None:
    """Return the names under which the service answers, without port; None for any.

    A service on loopback that answered to any name could be read by a web page of another origin whose name points to
    127.0.0.1 (DNS rebinding). One that listens on every address can't know its names unless it is told.
    """
    told = {name.strip().lower() for name in settings.host_names.split(",") if name.strip()}
    if told:
        return _LOOPBACK_NAMES | told
    if settings.host in _ANY_ADDRESS:
        return None
    host = settings.host.lower()
    return _LOOPBACK_NAMES | {f"[{host}]" if ":" in host else host}


def _begin(seconds: float) -> None:
    deadline.begin(seconds)
    seen.begin()
    g.begun, g.traced = time.perf_counter(), telemetry.Request(request.headers.get("Traceparent", ""))
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex


def _end(_: BaseException | None) -> None:
    """Let go of what holds for a request; before a stream is sent, which takes as long as it takes."""
    deadline.end()
    seen.end()


def _check_host(names: frozenset[str] | None) -> None:
    # Not Flask's TRUSTED_HOSTS: it cuts a name at its first colon and so can't trust [::1], and compares capitals.
    name = re.sub(r":[0-9]*$", "", request.host.lower())
    if names is not None and name not in names:
        raise problems.RequestProblem(
            400, f"This service doesn't answer to the name {name!r}; see GRAPHSVC_HOST_NAMES."
        )


def _finish(response: Response, door: Door) -> Response:
    door.share(response)
    door.close(response)
    if door.asks:
        response.vary.update(("Authorization", "Cookie"))
    if response.status_code != 304:  # what a 304 says replaces what the kept answer said for itself (RFC 9111, 3.2)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
    response.headers["X-Request-Id"] = g.request_id
    seconds = time.perf_counter() - g.begun
    door.charge(seconds, response)
    route = request.url_rule.rule if request.url_rule else "none"
    REQUESTS.labels(request.method, route, response.status_code).observe(seconds)
    g.traced.end(request.method, route, response.status_code)
    log.info(
        "request",
        extra={
            "method": request.method,
            "route": route,
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
            "caller": g.get("caller"),
            "bytes": response.content_length,
            "request_id": g.request_id,
        },
    )
    return response
