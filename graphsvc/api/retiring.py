"""How an address of the API goes: told beforehand in every answer, to programs and to whoever reads their logs.

``Deprecation`` is that of RFC 9745, ``Sunset`` that of RFC 8594. docs/reference/api-promise.md says when either is set.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Final

from flask import Response

LEAST: Final = timedelta(days=365)
"""From the day an address is said to go to the day it does."""


@dataclass(frozen=True, slots=True)
class Retiring:
    """That an address is to go."""

    since: datetime
    """From when on it should not be used by what is new; with a zone."""
    gone: datetime
    """From when on it may be gone."""
    instead: str
    """The address that takes its place."""

    def __post_init__(self) -> None:
        if self.gone - self.since < LEAST:
            raise ValueError(f"an address goes {LEAST.days} days after that was said, at the earliest")

    def tell(self, response: Response) -> Response:
        """Say so in an answer."""
        response.headers["Deprecation"] = f"@{int(self.since.timestamp())}"
        response.headers["Sunset"] = format_datetime(self.gone, usegmt=True)
        response.headers.add("Link", f'<{self.instead}>; rel="successor-version"')
        return response
