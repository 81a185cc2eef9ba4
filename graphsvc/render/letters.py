"""How wide a text is on paper, by the widths of the face of print; few other faces exceed them."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

# Thousandths of the size, from the table of advance widths of DejaVu Sans 2.37, up to 12 more than they
# are; a letter not among them counts as a wide capital.
_GROUPS: Final = {
    278: "'ijlı",
    295: "IJł",
    318: " ,.·’",
    337: "/:;\\|",
    361: "-f",
    393: "()[]t",
    412: "!r",
    460: '"',
    500: "*_`–",
    519: "“”",
    531: "?sz",
    550: "c",
    563: "LŁ",
    580: "Fk",
    604: "Pvxy",
    616: "TYaeoÞðø",
    637: "$0123456789ESbdghnpqu{}ßþđ€",
    656: "K",
    687: "ABVXZ",
    699: "CR",
    732: "U",
    752: "HN",
    775: "DGÐĐ",
    788: "&OQØ",
    818: "w",
    838: "#+<=>^~×←↑→↓−",
    863: "M",
    951: "%",
    982: "mÆæ",
    1000: "@W—…",
    1023: "œ",
    1070: "Œ",
}
_WIDTHS: Final = {letter: width for width, letters in _GROUPS.items() for letter in letters}
BOLD: Final = 1.16
"""How much wider bold letters are."""


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a line of text in the unit of ``size``.

    >>> round(width_of("Äänekoski", 10), 1), width_of("", 10)
    (51.4, 0.0)
    """
    return sum(_letter(letter) for letter in text) * size / 1000 * (BOLD if bold else 1.0)


def fitted(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Return the text, shortened to the room there is.

    >>> fitted("Tampereen yliopisto", 10, 60)
    'Tampere…'
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
    return 1000 if unicodedata.east_asian_width(letter) in "WF" else 787
