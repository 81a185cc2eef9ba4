"""VOSviewer's pair of text files: ``…_map.txt`` with the items, ``…_network.txt`` with the links and no header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from graphsvc.errors import UnknownFormat
from graphsvc.ingest.csvfile import CsvGrid
from graphsvc.ingest.grid import as_text
from graphsvc.ingest.lines import lines_of
from graphsvc.ingest.reading import Problem
from graphsvc.ingest.streams import Count, Stream
from graphsvc.ingest.ties import Item, Tie, Values, node_of, put, unread

_LINK: Final = re.compile(r"\s*(\d+)\s*[\t,; ]\s*(\d+)\s*(?:[\t,; ]\s*(\S+))?\s*")
_PAIR: Final = re.compile(r"(.*?)(map|network)(\.(?:txt|csv))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class VosviewerPair:
    """See :class:`graphsvc.ingest.ties.NetworkFile`."""

    map: Stream
    network: Stream
    format = "VOSviewer map and network"
    implied = False
    modes_in_order = False

    @property
    def file(self) -> str:
        """Name of the map for people."""
        return self.map.file

    def items(self, count: Count | None = None) -> Iterator[Item]:
        """See :meth:`graphsvc.ingest.ties.NetworkFile.items`."""
        grid = CsvGrid(self.map, count)
        header: list[str] = []
        for row in grid.rows():
            if isinstance(row, Problem):
                yield row
            elif not header:
                header = [as_text(cell).strip() for cell in row.cells]
            else:
                values: Values = {}
                for title, cell in zip(header, row.cells, strict=False):
                    put(values, title, as_text(cell))
                key = next((text for title, text in values.items() if title.lower() == "id"), "")
                yield node_of(self.map.file, key.strip(), row.number, values, sheet=self.map.stem)
        for number, line in lines_of(self.network, count):
            if line.strip():
                yield self._link(number, line)

    def _link(self, number: int, line: str) -> Item:
        match = _LINK.fullmatch(line)
        if match is None:
            what = f"The line {line[:60]!r} is no link: two ids of items and a strength."
            return unread(self.network.file, self.network.stem, number, what, "Correct or delete it.", error=True)
        values = {"source": match[1], "target": match[2]}
        put(values, "strength", match[3] or "")
        return Tie(match[1], match[2], number, values, sheet=self.network.stem)


def is_map(header: Sequence[str]) -> bool:
    """Tell whether a table has the columns of a map of VOSviewer."""
    names = {title.strip().lower() for title in header}
    drawn = {"x", "y", "cluster"} <= names or any(name.startswith(("weight<", "score<")) for name in names)
    return {"id", "label"} <= names and drawn


def is_network(stream: Stream) -> bool:
    """Tell whether a file is called and looks like the links of VOSviewer."""
    name = _PAIR.fullmatch(stream.file.rpartition("/")[2])
    if name is None or name[2].lower() != "network":
        return False
    first = next((line for _, line in lines_of(stream) if line.strip()), "")
    return bool(_LINK.fullmatch(first))


def partner_names(name: str) -> tuple[str, ...]:
    """Return what the other file of a pair may be called.

    >>> partner_names("Leiden_map.txt")
    ('Leiden_network.txt', 'Leiden_Network.txt')
    """
    match = _PAIR.fullmatch(name)
    if match is None:
        return ()
    other = "network" if match[2].lower() == "map" else "map"
    return tuple(f"{match[1]}{text}{match[3]}" for text in (other, other.title()))


def missing_partner(file: str) -> UnknownFormat:
    """Return the error that a pair is not whole."""
    wanted = " or ".join(partner_names(file)[:1]) or "…_map.txt and …_network.txt"
    return UnknownFormat(
        f"{file} is one half of a VOSviewer network; the other half is not beside it.",
        remedy=f"VOSviewer saves the items and the links apart: put both files into one folder or zip ({wanted}), or"
        " export the network from VOSviewer as JSON.",
    )
