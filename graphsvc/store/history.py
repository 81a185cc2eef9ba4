"""Which versions of a file the graph has held, told from its imports: what holds now, and what undoing brings back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graphsvc.errors import InvalidValue, NotFound
from graphsvc.store.change import ImportRun


@dataclass(frozen=True, slots=True)
class History:
    """The imports of one file source."""

    versions: tuple[ImportRun, ...]
    """The finished imports that are not undone, oldest first; the last is what the graph holds."""
    newest: ImportRun | None
    """The newest import or undoing, finished or not."""

    @property
    def current(self) -> ImportRun | None:
        """The version that the graph holds of the file, or held before an import that did not end; None for none."""
        return self.versions[-1] if self.versions else None

    @property
    def broken_off(self) -> ImportRun | None:
        """The newest run if it has not ended."""
        return self.newest if self.newest and not self.newest.finished else None

    def holds(self, fingerprint: str) -> bool:
        """Whether the graph holds just this version of the file, with nothing begun after it."""
        return not self.broken_off and self.current is not None and self.current.fingerprint == fingerprint

    def next_sequence(self) -> int:
        """Return the number of the next run."""
        return self.newest.sequence + 1 if self.newest else 1

    def before(self, run: ImportRun) -> ImportRun | None:
        """Return the version that undoing ``run`` brings back, None when there was none.

        :class:`InvalidValue` when something else must be undone first, or ``run`` has left nothing to undo.
        """
        last = self.broken_off if self.broken_off and not self.broken_off.undoes else self.current
        if run == last:
            kept = self.versions[:-1] if run.finished else self.versions
            return kept[-1] if kept else None
        if last and run in self.versions:
            raise InvalidValue(
                f"The import {run.id} of {run.name} is followed by the import {last.id} of the same source.",
                remedy=f"Undo {last.id} first.",
            )
        raise InvalidValue(
            f"There is nothing to undo: the graph holds nothing of the import {run.id} of {run.name}.",
            remedy="To undo an undoing, load the file again." if run.undoes else "It was undone or replaced before.",
        )


def history_of(runs: Iterable[ImportRun]) -> History:
    """Return the history that the runs of one source make."""
    ordered = sorted(runs, key=lambda run: (run.sequence, run.id))
    versions: list[ImportRun] = []
    for run in ordered:
        if run.finished and run.undoes:
            versions = [version for version in versions if version.id != run.undoes]
        elif run.finished:
            versions.append(run)
    return History(tuple(versions), ordered[-1] if ordered else None)


def find_run(runs: Iterable[ImportRun], id_: str) -> ImportRun:
    """Return the import with this id; :class:`NotFound` when there is none."""
    for run in runs:
        if run.id == id_:
            return run
    raise NotFound("import", id_)


def order_of(runs: Iterable[ImportRun]) -> tuple[str, ...]:
    """Return the ids of all file sources that were ever imported, the one believed first at the head."""
    ranks = {run.source: run.precedence for run in runs}
    return tuple(sorted(ranks, key=lambda source: (ranks[source], source)))
