"""Text in cells: what a spreadsheet would compute is marked on the way out, and comes back as it was.

The one place of this rule (OWASP, "CSV Injection"): what writes tables calls :func:`neutral`, what reads them
:func:`as_written`. Only text is ever marked; numbers and dates are written as numbers and dates.
"""

from __future__ import annotations

import re
from typing import Final

MARK: Final = "'"
"""What stands before a marked text: spreadsheets take it for the sign of text."""

_BEFORE: Final = r"[\s\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069]*"
"""Characters that are not seen, which a program may pass over before it looks for a formula."""
_DANGEROUS: Final = re.compile(rf"'*{_BEFORE}[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20\u2212]")
"""Also behind marks, so that what is marked twice loses one mark at a time."""


def neutral(text: str) -> str:
    """Return the text with a mark before it if a spreadsheet could take it for a formula, else as it is.

    >>> neutral("=1+1"), neutral("  @SUM(A1)"), neutral("＝1+1"), neutral("'=1"), neutral("'s-Hertogenbosch")
    ("'=1+1", "'  @SUM(A1)", "'＝1+1", "''=1", "'s-Hertogenbosch")
    """
    return MARK + text if _DANGEROUS.match(text) else text


def as_written(text: str) -> str:
    """Return the text before :func:`neutral` marked it: its exact inverse.

    >>> as_written("'=1+1"), as_written("''=1"), as_written("'s-Hertogenbosch")
    ('=1+1', "'=1", "'s-Hertogenbosch")
    """
    if text[:1] != MARK:  # by far the most cells
        return text
    return text[1:] if _DANGEROUS.match(text) else text
