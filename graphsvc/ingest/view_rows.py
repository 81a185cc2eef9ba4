"""What a row of each import sheet of the region views says (:data:`graphsvc.ingest.columns.VIEW_SHEETS`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Protocol

from graphsvc.ingest import agreement_rows, alliance_rows, environment_rows, procurement_rows, startup_rows
from graphsvc.ingest.mentions import Mentions
from graphsvc.ingest.rowreader import RowReader
from graphsvc.model import Claim


class Says(Protocol):
    """Reads one row: what is wrong is noted at the row, which then says nothing."""

    def __call__(self, row: RowReader, mentions: Mentions) -> tuple[Claim, ...]:
        """Return what the row says, without what ``mentions`` remembers of itself."""


VIEW_ROWS: Final[Mapping[str, Says]] = {
    "members": alliance_rows.member,
    "startups": startup_rows.startup,
    "services": startup_rows.service,
    "agreements": agreement_rows.agreement,
    "environments": environment_rows.environment,
    "procurements": procurement_rows.procurement,
}
"""Key of a table → what reads its rows."""
PASSED: Final[Mapping[str, Callable[[RowReader, Mentions], None]]] = {
    "agreements": agreement_rows.filled,
}
"""Key of a table → what a row that is left out still means for those below it."""
