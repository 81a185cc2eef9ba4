"""Pairs of actors out of a list of suggestions: the file that ``graphsvc missing --csv`` writes."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from graphsvc.errors import InvalidValue, UnreadableFile

_COLUMNS: Final = (("id_a", "id_b"), ("actor_a", "actor_b"))
"""Our own ids where the file has them, else what its source writes."""


def pairs_of(path: Path, lines: str | None, meant: Callable[[str], str]) -> list[tuple[str, str]]:
    """Return the pairs of a file, in its order; ``lines`` chooses some, as ``1,3-5``, counted from 1.

    ``meant`` finds the id of the actor that a cell names. :class:`UnreadableFile`: no such list; :class:`InvalidValue`:
    lines that can't be read or that the file does not have.
    """
    rows = list(_rows(path))
    chosen = _chosen(lines, len(rows)) if lines else range(1, len(rows) + 1)
    return [(meant(a), meant(b)) for a, b in (rows[line - 1] for line in chosen)]


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(
            f"{path.name} can't be read as text: {error}.", remedy="Save it as CSV in UTF-8."
        ) from error
    first = text.partition("\n")[0]
    reader = csv.DictReader(text.splitlines(), delimiter=";" if first.count(";") > first.count(",") else ",")
    names = next((pair for pair in _COLUMNS if set(pair) <= set(reader.fieldnames or ())), None)
    if names is None:
        raise UnreadableFile(
            f"{path.name} has no columns id_a and id_b, nor actor_a and actor_b.",
            remedy="Take the file that graphsvc missing --csv writes.",
        )
    for row in reader:
        yield row[names[0]] or "", row[names[1]] or ""


def _chosen(lines: str, last: int) -> list[int]:
    found: list[int] = []
    for part in lines.split(","):
        match = re.fullmatch(r"\s*(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?\s*", part)
        if not match:
            raise InvalidValue(f"{lines!r} are no lines.", remedy="Write numbers and stretches: 1,3-5.")
        start, end = int(match[1]), int(match[2] or match[1])
        if not 1 <= start <= end <= last:
            raise InvalidValue(f"The list has no lines {part.strip()}.", remedy=f"It has the lines 1 to {last}.")
        found += range(start, end + 1)
    return list(dict.fromkeys(found))
