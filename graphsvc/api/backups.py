"""The whole graph as one file, while the service goes on."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from graphsvc.access.rights import Right
from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.params import Nothing
from graphsvc.api.sending import Answer

backups = Endpoints("Backup")

GZIP: Final = "application/gzip"


@backups.endpoint(
    "/api/v1/backup", Nothing, {GZIP: None}, revised=False, right=Right.ADMIN, noted=True, errors=(503, 504)
)
def get_backup(asked: Asked[Nothing]) -> Answer:
    """Get a backup of the whole graph.

    Everything that files and persons said, as one file that `graphsvc restore` fills an empty graph with. It holds what
    the graph holds: keep it as safe.
    """
    with TemporaryDirectory(prefix="graphsvc-") as folder:
        file = Path(folder) / "backup"
        held = asked.service.back_up(file)
        name = f"graphsvc-{held.made:%Y-%m-%d}-revision-{held.revision}.graphsvc"
        return Answer(file.read_bytes(), headers={"Content-Disposition": f'attachment; filename="{name}"'})
