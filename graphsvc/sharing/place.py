"""Where the results of an installation are shared."""

from __future__ import annotations

from graphsvc.settings import Settings
from graphsvc.sharing.shelf import Shelf


def shelf_of(settings: Settings) -> Shelf | None:
    """Return the shelf in the data folder; None for a graph in memory, which no other process can have."""
    if settings.store_uri.strip().startswith(":"):
        return None
    return Shelf(settings.home / "shared", settings.shared_megabytes)
