"""What a file says as a snapshot, without a store: for benchmarks and notebooks that only compute with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from graphsvc.ingest.opening import open_file
from graphsvc.ingest.reading import ReadRow
from graphsvc.model import Actor, Collaboration, Link, Participation, Place, Snapshot, Theme


def snapshot_of(path: Path) -> Snapshot:
    """Return the things that a file speaks of, as revision 1; of a thing said twice what its last row says.

    Rows with problems are passed over. :class:`graphsvc.errors.InputError`: the file as a whole can't be read. It is
    read in this process: not for files of strangers.
    """
    reading = open_file(path)
    found: dict[type, dict[str, Any]] = {}
    for row in reading.rows():
        for claim in row.says if isinstance(row, ReadRow) else ():
            found.setdefault(type(claim), {})[claim.id] = claim
    rows = {kind: tuple(those[id_] for id_ in sorted(those)) for kind, those in found.items()}
    return Snapshot(
        revision=1,
        actors=rows.get(Actor, ()),
        collaborations=rows.get(Collaboration, ()),
        participations=rows.get(Participation, ()),
        themes=rows.get(Theme, ()),
        places=rows.get(Place, ()),
        links=rows.get(Link, ()),
        sources=(reading.source,),
    )
