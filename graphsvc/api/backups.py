"""The whole graph as one file, while the service goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Final

from graphsvc import deadline
from graphsvc.access.rights import Right
from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.params import Nothing
from graphsvc.api.problems import RequestProblem
from graphsvc.api.sending import Answer

backups = Endpoints("Backup")

GZIP: Final = "application/gzip"
PART: Final = 1 << 18
"""Bytes of the file that are read at a time as it is sent."""
_at_work = Lock()


@backups.endpoint(
    "/api/v1/backup", Nothing, {GZIP: None}, revised=False, right=Right.ADMIN, noted=True, errors=(503, 504)
)
def get_backup(asked: Asked[Nothing]) -> Answer:
    """Get a backup of the whole graph.

    Everything that files and persons said, as one file that `graphsvc restore` fills an empty graph with. It holds what
    the graph holds: keep it as safe. One is made at a time, and of a large graph that takes a while: at 32,000 actors
    about a minute, in which nothing is sent.
    """
    if not _at_work.acquire(blocking=False):
        raise RequestProblem(503, "A backup is being made already: ask again when it has come.")
    try:
        # A large graph takes longer to read than a request may wait; each statement has its own limit still.
        with ExitStack() as until_sent, deadline.within(None):
            file = Path(until_sent.enter_context(TemporaryDirectory(prefix="graphsvc-"))) / "backup"
            held = asked.service.back_up(file)
            size = file.stat().st_size
            parts = _parts(file, until_sent.pop_all())
            next(parts)
    finally:
        _at_work.release()
    name = f"graphsvc-{held.made:%Y-%m-%d}-revision-{held.revision}.graphsvc"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Length": str(size)}
    return Answer(lambda: parts, headers=headers)


def _parts(file: Path, until_sent: ExitStack) -> Iterator[bytes]:
    """Yield nothing first: a generator that has begun closes what it holds, also when nobody reads on."""
    with until_sent, file.open("rb") as made:
        yield b""
        while part := made.read(PART):
            yield part
