"""A process that imports files in small batches and says after each change which revision it has confirmed.

``python -m tests.faults.writer [--hashes] STORE FILE …``
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from graphsvc import loading
from graphsvc.settings import Settings
from graphsvc.store.change import Change
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.opening import open_store


class Telling(GraphStore):
    """Says each change that it has written: whoever reads that line may rely on it."""

    hashes = False

    def apply(self, change: Change) -> bool:
        written = super().apply(change)
        if written:
            told = f"{self.revision()} {self.graph_hash() if self.hashes else '-'}\n"
            os.write(1, told.encode())
        return written


def main(store: str, paths: list[Path], *, hashes: bool) -> None:
    """Import the files, one after the other."""
    loading.BATCH_ROWS = 25
    telling = Telling(open_store(Settings.load(store=store), work="jobs").engine)
    telling.hashes = hashes
    os.write(1, b"open\n")
    for path in paths:
        loading.load(telling, loading.check(telling, path))
    telling.close()
    os.write(1, b"done\n")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    with_hashes = arguments[:1] == ["--hashes"]
    first, *rest = arguments[with_hashes:]
    main(first, [Path(each) for each in rest], hashes=with_hashes)
