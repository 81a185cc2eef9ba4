"""Text that every file can hold."""

from __future__ import annotations

import re

# Control characters can't stand in XML and confuse CSV; half a surrogate pair can't be written as UTF-8.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """Return ``text`` without characters that no page, SVG, XML or CSV can hold.

    >>> plain("a\\x00b\\x1bc")
    'abc'
    """
    return text if text.isprintable() else _UNPRINTABLE.sub("", text)


def shortest(row: list[object]) -> list[object]:
    """Return a row without the empty values at its end.

    >>> shortest(["a", None, 3, None, []])
    ['a', None, 3]
    """
    while row and (row[-1] is None or row[-1] in ("", [], ())):
        row = row[:-1]
    return row
