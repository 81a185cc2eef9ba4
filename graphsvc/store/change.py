"""A change: what is written together, as a list of steps that an engine applies whole or not at all.

A change has a key. The graph keeps the keys of all changes it holds, and its revision is their number: a change that is
applied again, by a repeated import or by a driver that lost an answer, alters nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from graphsvc.model import Claim, Record
from graphsvc.store import rows
from graphsvc.store.engine import Step

BATCH = 5_000
"""Rows in one step at most; measured: larger ones are no faster on either engine."""


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One reading of one file source: the n-th (``sequence``) of that source."""

    id: str
    name: str
    """The file's name, for people."""
    source: str
    fingerprint: str
    """SHA-256 of the file's bytes."""
    sequence: int
    started: datetime
    finished: datetime | None = None
    """None while changes of it may still come, or when it was broken off."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one step of an import, or one act of a person, says."""

    key: str
    """The same for the same change, however often it is tried."""
    name: str
    """What it is, for people: ``projects.xlsx, rows 2-2001``."""
    claims: Sequence[Claim] = ()
    records: Sequence[Record] = ()
    import_: ImportRun | None = None
    finishes: bool = False
    """The last change of its import: forgets what earlier imports of the same source said and this one does not."""
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __post_init__(self) -> None:
        if self.finishes and self.import_ is None:
            raise ValueError("a change that finishes must say which import it finishes")


def steps(change: Change) -> list[Step]:
    """Return the steps of a change, in the order in which one needs the other."""
    first = [
        Step("revision/touch", {"change": change.key}),
        Step("changes/upsert", {"id": change.key, "name": change.name, "at": _instant(change.at)}),
    ]
    return [*first, *_import(change), *_content(change), *_finish(change), Step("revision/settle")]


def _import(change: Change) -> list[Step]:
    run = change.import_
    if run is None:
        return []
    return [
        Step(
            "imports/upsert",
            {
                "id": run.id,
                "name": run.name,
                "source": run.source,
                "fingerprint": run.fingerprint,
                "sequence": run.sequence,
                "started": _instant(run.started),
            },
        )
    ]


def _content(change: Change) -> list[Step]:
    run = change.import_
    tag = rows.Tag(file=run.source if run else "", import_=run.id if run else None)
    work = [*rows.of_claims(change.claims, tag), ("records/upsert", rows.of_records(change.records, tag))]
    return [Step(name, {"rows": list(some)}) for name, all_ in work for some in _in_batches(all_)]


def _in_batches(all_: Sequence[dict[str, Any]]) -> list[Sequence[dict[str, Any]]]:
    return [all_[at : at + BATCH] for at in range(0, len(all_), BATCH)]


def _finish(change: Change) -> list[Step]:
    run = change.import_
    if run is None or not change.finishes:
        return []
    mine = {"file": run.source, "import": run.id}
    return [
        *(Step(f"{area}/forget", mine) for area in ("participations", "links", "records")),
        Step("collaborations/forget_themes", mine),
        Step("actors/disown", mine),
        Step("collaborations/disown", mine),
        Step("actors/forget_unspoken", {"import": run.id}),
        Step("collaborations/forget_unspoken", {"import": run.id}),
        Step("imports/finish", {"id": run.id, "finished": _instant(change.at)}),
    ]


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
