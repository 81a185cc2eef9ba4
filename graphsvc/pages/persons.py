"""Under which name a person's word is noted: as signed in, else as this browser wrote it last."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, unquote

from flask import g, request
from werkzeug.wrappers import Response

COOKIE: Final = "by"
_YEAR: Final = 365 * 24 * 3600


def known() -> str:
    """Return the name to write into forms; empty where none is known."""
    if (user := g.get("user")) is not None:
        return str(user.name)
    return unquote(request.cookies.get(COOKIE, ""))[:200]


def remember(response: Response, by: str) -> Response:
    """Keep a name in this browser, so that it need not be written again."""
    response.set_cookie(COOKIE, quote(by), _YEAR, secure=request.is_secure, httponly=True, samesite="Lax")
    return response
