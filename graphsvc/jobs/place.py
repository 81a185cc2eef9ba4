"""Where the jobs of a graph are kept: each graph of a data folder has a table of its own."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from graphsvc.jobs.table import JobTable
from graphsvc.settings import Settings

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def table_of(settings: Settings) -> JobTable:
    """Return the table of jobs of the graph that the settings name; its file is made when first needed.

    For a graph in memory it is in memory too, as far as that goes. Processes that are to share jobs have the same data
    folder and write the graph's address alike.
    """
    mark = mark_of(settings)
    return JobTable(settings.home / f"jobs-{mark}.sqlite" if mark else None)


def mark_of(settings: Settings) -> str:
    """Return what tells the graph of the settings from others in names of files; empty for a graph in memory."""
    uri = settings.store_uri.strip()
    if uri.startswith(":"):
        return ""
    graph = f"{uri}\n{settings.store_database}" if _ADDRESS.match(uri) else str(Path(uri).expanduser().absolute())
    return hashlib.sha256(graph.encode()).hexdigest()[:12]
