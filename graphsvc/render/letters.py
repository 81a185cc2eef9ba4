"""How wide a text is on paper, without a font at hand: by the widths of Helvetica, which few faces for print exceed."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

# Thousandths of the size, from Adobe's font metrics of Helvetica; a letter not among them counts as a capital.
_GROUPS: Final = {
    191: "'",
    222: "ijl",
    260: "|",
    278: " !,./:;I[\\]ft",
    333: "()-`r",
    355: '"',
    389: "*",
    469: "^",
    500: "Jckvsxyz",
    556: "#$0123456789?L_abdeghnopqu",
    584: "+<=>~",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…",
    1015: "@",
}
_WIDTHS: Final = {letter: width for width, letters in _GROUPS.items() for letter in letters}
BOLD: Final = 1.09
"""How much wider bold letters are."""


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a line of text in the unit of ``size``.

    >>> round(width_of("Äänekoski", 10), 1), width_of("", 10)
    (46.1, 0.0)
    """
    return sum(_letter(letter) for letter in text) * size / 1000 * (BOLD if bold else 1.0)


def fitted(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Return the text, shortened to the room there is.

    >>> fitted("Tampereen yliopisto", 10, 60)
    'Tamperee…'
    """
    if width_of(text, size, bold=bold) <= room:
        return text
    room -= width_of("…", size, bold=bold)
    end = 0
    while end < len(text) and (room := room - width_of(text[end], size, bold=bold)) >= 0:
        end += 1
    return text[:end].rstrip() + "…"


def lines_of(text: str, size: float, room: float, most: int) -> list[str]:
    """Return the text in at most ``most`` lines that fit the room, the last one shortened.

    >>> lines_of("yksi kaksi kolme", 10, 50, 2)
    ['yksi kaksi', 'kolme']
    """
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most - 1:
        line = words.pop(0)
        while words and width_of(f"{line} {words[0]}", size) <= room:
            line += f" {words.pop(0)}"
        lines.append(fitted(line, size, room))
    return [*lines, fitted(" ".join(words), size, room)] if words else lines


@cache
def _letter(letter: str) -> int:
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    base = unicodedata.normalize("NFD", letter)[0]
    if base in _WIDTHS:
        return _WIDTHS[base]
    return 1000 if unicodedata.east_asian_width(letter) in "WF" else 722
