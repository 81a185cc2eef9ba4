"""The door: who asks, whether they may, how much they may ask for, and from which other origins.

Nothing is answered before the door was passed, so that a stranger learns nothing from the order of errors. Whoever may
change something and asks for it is noted in the audit trail before it is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from flask import Request, Response, g, request

from graphsvc.access.audit import Deed, network_of
from graphsvc.access.installation import Access
from graphsvc.access.rates import WINDOW, Allowance, Rates
from graphsvc.access.rights import EVERYONE, PUBLIC, Caller, Right
from graphsvc.analysis.axes import upwards
from graphsvc.api import cookies
from graphsvc.api.asking import Parameters
from graphsvc.api.forgery import SAFE
from graphsvc.api.params import ViewParameters
from graphsvc.api.problems import RequestProblem
from graphsvc.api.withholding import Withholding
from graphsvc.model import Snapshot, View

_CHALLENGE: Final = {"WWW-Authenticate": 'Bearer realm="graphsvc"'}
_WRONG_KEY: Final = {"WWW-Authenticate": 'Bearer realm="graphsvc", error="invalid_token"'}
_EXPOSED: Final = "Deprecation, ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, Sunset, X-Request-Id"
_ALLOWED: Final = "Accept, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-Request-Id"


@dataclass(frozen=True)
class Door:
    """What an installation lets in."""

    access: Access | None = None
    """Users, keys and trail of the installation; None where there is no data folder."""
    asks: bool = False
    """Whether whoever comes is asked for a key or a session; else everybody may do everything."""
    public: Right = Right.NOTHING
    """What whoever shows no key may do."""
    rates: Rates | None = None
    origins: frozenset[str] = field(default=frozenset())
    """Other origins whose pages may read answers."""
    hides: Withholding | None = None
    """What the public is not shown; None for nothing."""

    def admit(self, needs: Right, *, noted: bool = False, shown: bool = False) -> Caller:
        """Return who asks, if they may do what ``needs`` says; raise :class:`RequestProblem` 401, 403 or 429.

        A change is noted in the audit trail; ``noted``: this is, whatever it is. ``shown``: what
        is hidden from the public is taken out of this; all else is closed to them where anything is hidden.
        """
        caller = self.caller(request)
        g.caller = caller.name
        if self.rates and needs is not Right.NOTHING and (left := self.rates.left(_account(caller.name))).spent:
            raise RequestProblem(
                429,
                f"This caller has used up the work it may ask for. Try again in {left.wait} s.",
                headers={"Retry-After": str(left.wait), **_told(left)},
            )
        closed = self.hides is not None and caller.name == PUBLIC and needs is not Right.NOTHING and not shown
        if closed or not caller.right.holds(needs):
            raise self._refusal(caller, needs)
        if noted or (request.method not in SAFE and needs.holds(Right.WRITE)):
            self._note(caller)
        return caller

    def _refusal(self, caller: Caller, needs: Right) -> RequestProblem:
        if caller.name == PUBLIC:
            return RequestProblem(
                401,
                "Sign in, or show a key in the header Authorization: Bearer gsv_…; whoever runs this service makes one"
                " with: graphsvc keys make NAME",
                headers=_CHALLENGE,
            )
        return RequestProblem(403, f"This caller may {caller.right.value}; this needs one that may {needs.value}.")

    def caller(self, asked: Request) -> Caller:
        """Return who asks; raise :class:`RequestProblem` 401 for a key that opens nothing.

        A session that is over is as none: its browser sees what the public may see, and signs in for the rest.
        """
        if self.access is None or not self.asks:
            return EVERYONE
        said = asked.headers.get("Authorization")
        if said is None:
            user = self.access.sessions.shown(cookies.session(asked))
            g.user = user
            return user.caller if user else Caller(PUBLIC, self.public)
        scheme, _, text = said.partition(" ")
        key = self.access.keys.shown(text.strip()) if scheme.lower() == "bearer" else None
        if key is None:
            raise RequestProblem(
                401, "This key opens nothing: it is wrong, too old or taken back. Ask for another.", headers=_WRONG_KEY
            )
        return key.caller

    def may_see_contacts(self, caller: Caller) -> bool:
        """Whether a caller may see contact data: who may change the graph and is known, never the public."""
        known = caller.name != PUBLIC or not self.asks
        return known and not caller.limited and caller.right.holds(Right.WRITE)

    def saw_contacts(self, caller: Caller, actor: str) -> None:
        """Note that this request showed contact data of persons at an actor; called wherever an answer holds any."""
        if self.access and self.asks:
            self.access.trail.saw_contacts(_deed(caller), actor)

    def _note(self, caller: Caller) -> None:
        """Note what is asked for, once for a request. One person's own machine needs no trail."""
        if self.access and self.asks and "deed" not in g:
            g.deed = self.access.trail.note(_deed(caller))

    def concerns(self, thing: str) -> None:
        """Add to what was noted of this request the id of the user or key it is about, where no address says it."""
        if self.access and "deed" in g:
            self.access.trail.concerns(g.deed, thing)

    def close(self, response: Response) -> None:
        """Note where what had been noted was not done after all."""
        if self.access and "deed" in g and response.status_code >= 400:
            self.access.trail.refused(g.deed, response.status_code)

    def charge(self, seconds: float, response: Response) -> None:
        """Charge the caller of this request for its answer, and tell in the headers what is left."""
        caller = g.get("caller")
        if self.rates and caller:
            response.headers.update(_told(self.rates.charge(_account(caller), seconds)))

    def share(self, response: Response) -> None:
        """Let pages of the named origins read an answer."""
        if not self.origins:
            return
        response.vary.add("Origin")
        origin = request.headers.get("Origin")
        if origin in self.origins:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = _EXPOSED
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"

    def preflight(self) -> Response | None:
        """Return the answer to a browser that asks for a page of another origin whether it may; None for the rest."""
        asked = request.headers.get("Access-Control-Request-Method")
        if request.method != "OPTIONS" or not asked or request.headers.get("Origin") not in self.origins:
            return None
        response = Response(status=204)
        response.headers["Access-Control-Allow-Methods"] = "GET, POST, PUT, DELETE"
        response.headers["Access-Control-Allow-Headers"] = _ALLOWED
        response.headers["Access-Control-Max-Age"] = "600"
        return response


OPEN: Final = Door()
"""Lets everybody do everything: one person's own machine, without a data folder."""


def narrowed(parameters: Parameters, caller: Caller, snapshot: Snapshot, needs: Right) -> Parameters:
    """Return what a caller asks, within the theme or place that it is limited to.

    :class:`RequestProblem` 403 for a question about another part, or one that is not about a part of the network.
    """
    if not caller.limited or needs is Right.NOTHING:
        return parameters
    if not isinstance(parameters, ViewParameters):
        raise _about_the_whole(caller)
    limits = {name: limit for name, limit in (("place", caller.place), ("theme", caller.theme)) if limit}
    part = parameters.model_copy(update={name: getattr(parameters, name) or limit for name, limit in limits.items()})
    check_part(part.view, caller, snapshot)
    return part


def check_part(view: View, caller: Caller, snapshot: Snapshot) -> None:
    """See that a view lies within the theme or place that a caller is limited to; else :class:`RequestProblem` 403."""
    kept: tuple[tuple[str | None, str | None, Mapping[str, Any]], ...] = (
        (caller.place, view.place, {place.id: place for place in snapshot.places}),
        (caller.theme, view.theme, {theme.id: theme for theme in snapshot.themes}),
    )
    for limit, wanted, known in kept:
        if limit and not wanted:
            raise _about_the_whole(caller)
        if limit and wanted != limit and limit not in {each.id for each in upwards(known, wanted or "")}:
            raise RequestProblem(403, f"This key is limited to {_limit(caller)}, which {wanted} is no part of.")


def _about_the_whole(caller: Caller) -> RequestProblem:
    return RequestProblem(403, f"This key is limited to {_limit(caller)}; it can't ask about the whole graph.")


def _limit(caller: Caller) -> str:
    if caller.place and caller.theme:
        return f"the place {caller.place} and the theme {caller.theme}"
    return f"the place {caller.place}" if caller.place else f"the theme {caller.theme}"


def _deed(caller: Caller) -> Deed:
    """Return what is asked for as the trail has it: the route and the ids in the address, never what was written."""
    route = request.url_rule.rule if request.url_rule else request.path
    thing = " ".join(str(value) for _, value in sorted((request.view_args or {}).items()))
    return Deed(
        caller.name, f"{request.method} {route}", thing, network_of(request.remote_addr), g.get("request_id", "")
    )


def _account(name: str) -> str:
    """Return whose bucket is charged: that of the key, and of a caller without one that of its address."""
    return name if name != PUBLIC else f"{PUBLIC} {request.remote_addr or ''}"


def _told(left: Allowance) -> dict[str, str]:
    """Return the headers of draft-ietf-httpapi-ratelimit-headers; quantities are milliseconds of answering."""
    return {
        "RateLimit-Policy": f'"work";q={int(left.most * 1000)};w={WINDOW};qu="milliseconds"',
        "RateLimit": f'"work";r={max(0, int(left.left * 1000))};t={left.full_in}',
    }
