"""The accessibility statement, which the Finnish Act on the Provision of Digital Services (306/2019) asks for.

Its parts are those of the model of Commission Implementing Decision (EU) 2018/1523. It tells what the tests of
``tests/browser`` look at, and is open to whoever comes.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from flask import Blueprint, Response

from graphsvc import __version__
from graphsvc.access.rights import Right
from graphsvc.api.contract import Contract
from graphsvc.pages.html import language_of, show
from graphsvc.settings import Settings

WRITTEN: Final = date(2026, 11, 28)
"""The day of the statement: of the release whose pages it was last compared with, and changed with its words."""
AUTHORITY: Final = {
    "fi": "https://www.saavutettavuusvaatimukset.fi/",
    "sv": "https://www.saavutettavuusvaatimukset.fi/sv",
    "en": "https://www.saavutettavuusvaatimukset.fi/en",
}
"""Site of the authority that supervises accessibility in Finland, since 1 January 2025 Traficom."""
SHORTCOMINGS: Final = ("map", "files", "earlier", "elsewhere", "english")
"""What is not accessible, in the order of who meets it most: keys of a name and of what to use instead."""
CHECKS: Final = ("axe", "narrow", "keyboard")
"""How it was looked for: keys of sentences."""


def add(pages: Blueprint, contract: Contract, settings: Settings) -> None:
    """Serve ``/accessibility``."""

    @pages.get("/accessibility")
    def accessibility_page() -> Response:
        contract.door.admit(Right.NOTHING)
        values = {
            "organisation": settings.organisation.strip(),
            "contact": settings.accessibility_contact.strip(),
            "contact_link": settings.accessibility_link,
            "authority": AUTHORITY[language_of(contract.language)],
            "shortcomings": SHORTCOMINGS,
            "checks": CHECKS,
            "written": WRITTEN,
            "version": __version__,
        }
        return show(contract, "accessibility.html", ("accessibility", "statement"), values)
