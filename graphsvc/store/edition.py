"""Which graph this is, at which point of its history: what revisions alone do not say."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from graphsvc.store.engine import Engine


@dataclass(frozen=True, slots=True)
class Edition:
    """Two graphs have equal editions only where one is an unaltered copy of the other."""

    revision: int
    digest: str
    """Over key and instant of every change: of two graphs at one revision, such as a backup that was put back and went
    on differently, the changes differ, and be it by the microsecond at which they were made."""


def edition_of(engine: Engine) -> Edition:
    """Return the edition of the graph as it is now. Reads a line for each change; errors are those of the engine."""
    stamps = [(row["id"], row["at"]) for row in engine.read("changes/stamps")]
    return Edition(len(stamps), hashlib.sha256(json.dumps(stamps).encode()).hexdigest())
