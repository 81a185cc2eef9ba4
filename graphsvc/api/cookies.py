"""The cookie of a session: no script reads it, no other site's form sends it, under https no other host sets it."""

from __future__ import annotations

from typing import Final

from flask import Request, request
from werkzeug.wrappers import Response

NAME: Final = "session"
"""What it is called where the service is asked over plain http: on one's own machine."""
SECURE_NAME: Final = "__Host-session"
"""Browsers take a cookie of this name only over https, from this very host, for all paths (RFC 6265bis, 4.1.3.2)."""


def session(asked: Request) -> str:
    """Return the text that a request shows; empty for none."""
    return asked.cookies.get(_name(asked), "")


def keep_session(response: Response, text: str) -> None:
    """Let the browser keep a session until it is closed; how long it holds, the server says."""
    response.set_cookie(_name(request), text, path="/", secure=request.is_secure, httponly=True, samesite="Lax")


def drop_session(response: Response) -> None:
    """Let the browser forget its session."""
    response.delete_cookie(_name(request), path="/", secure=request.is_secure, httponly=True, samesite="Lax")


def _name(asked: Request) -> str:
    return SECURE_NAME if asked.is_secure else NAME
