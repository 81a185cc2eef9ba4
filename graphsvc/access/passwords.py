"""Passwords: what one must be, how it is kept, and how it is checked without telling anything by the time it takes.

Length is the only rule (NIST SP 800-63B, 5.1.1.2: no rules of composition, no ends). What is kept is a scrypt digest.
"""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache
from threading import BoundedSemaphore
from typing import Final

from werkzeug.security import check_password_hash, generate_password_hash

from graphsvc.errors import GraphsvcError, InvalidValue

SHORTEST: Final = 12
LONGEST: Final = 200
_METHOD: Final = "scrypt:32768:8:3"
"""32 MiB and three passes: one of the settings of OWASP's Password Storage Cheat Sheet (2025)."""
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""None that is easily read as another."""
_AT_ONCE: Final = BoundedSemaphore(2)
"""Each check takes memory and a processor; more at once would be a way to stop the service."""
_PATIENCE: Final = 3.0


class MustWait(GraphsvcError):
    """Too many tries: nothing was checked. ``seconds`` until the next may be made."""

    def __init__(self, seconds: int) -> None:
        super().__init__("There were too many tries to sign in.", remedy=f"Try again in {seconds} s.")
        self.seconds = seconds


def first() -> str:
    """Return a password for the first sign-in: 20 letters, 99 random bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))


def digest(password: str) -> str:
    """Return what is kept of a password. :class:`InvalidValue` for one that is too short or too long."""
    given = _normal(password)
    if not SHORTEST <= len(given) <= LONGEST:
        raise InvalidValue(
            f"A password has {SHORTEST} to {LONGEST} characters.",
            remedy="Four words that don't belong together are good.",
            field="password",
        )
    with _AT_ONCE:
        return generate_password_hash(given, _METHOD)


def fits(password: str, kept: str | None) -> bool:
    """Return whether a password is the one that is kept; just as slowly where none is.

    :class:`MustWait` where too many are being checked.
    """
    if not _AT_ONCE.acquire(timeout=_PATIENCE):
        raise MustWait(5)
    try:
        right = check_password_hash(kept or _nobodys(), _normal(password[: 4 * LONGEST]))
    finally:
        _AT_ONCE.release()
    return right and kept is not None


@cache
def _nobodys() -> str:
    return generate_password_hash(secrets.token_urlsafe(), _METHOD)


def _normal(password: str) -> str:
    """Return a password in one form, however a keyboard composes its letters (NIST SP 800-63B: NFKC)."""
    return unicodedata.normalize("NFKC", password)
