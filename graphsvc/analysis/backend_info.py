"""What NetworkX asks when it is imported: that there is a backend. Imports nothing, so that it costs nothing."""

from __future__ import annotations


def get_info() -> dict[str, object]:
    """Return what ``nx.config`` and NetworkX's documentation show of the backend."""
    return {
        "backend_name": "graphsvc",
        "project": "graphsvc",
        "package": "graphsvc",
        "short_summary": "Centralities and structural holes of undirected networks on numpy and scipy.",
        "functions": {},
    }
