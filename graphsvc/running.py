"""Where a running service says who it is, so that a command that finds its store held can name its address."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NAME = "service.json"


@contextmanager
def announced(home: Path, address: str) -> Iterator[None]:
    """Keep process and address in the data folder as long as the block runs."""
    home.mkdir(parents=True, exist_ok=True)
    file = home / _NAME
    file.write_text(json.dumps({"pid": os.getpid(), "address": address}), encoding="utf-8")
    try:
        yield
    finally:
        if address_of(home, os.getpid()):
            file.unlink(missing_ok=True)


def address_of(home: Path, pid: int | None) -> str | None:
    """Return the address of the service that is process ``pid``; None where it left none, or another did."""
    try:
        said = json.loads((home / _NAME).read_text(encoding="utf-8"))
        return str(said["address"]) if pid is not None and said["pid"] == pid else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
