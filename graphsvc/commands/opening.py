"""What every command needs first: the service, open, with a word to the person where there is nothing in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from graphsvc import console, running
from graphsvc.errors import StoreBusy
from graphsvc.service import Service
from graphsvc.settings import Settings


@contextmanager
def opened(settings: Settings, work: Literal["requests", "jobs"] = "requests") -> Iterator[Service]:
    """Yield the service on the store that the settings name; where another process holds it, say which and where."""
    try:
        service = Service.open(settings, work=work)
    except StoreBusy as error:
        address = running.address_of(settings.home, error.pid)
        if not address:
            raise
        raise StoreBusy(
            f"The graph is open in process {error.pid}, which serves it at {address}.",
            remedy="Use that, or stop it (Ctrl+C where it runs) and try again.",
            pid=error.pid,
        ) from error
    try:
        yield service
    finally:
        service.close()


@contextmanager
def asked(settings: Settings) -> Iterator[Service]:
    """Yield a service that is to answer; where the graph is empty, say what to do about it."""
    with opened(settings) as service:
        if not service.revision():
            demo = demo_store(settings)
            sample = f" The sample of the demo is in a graph of its own: GRAPHSVC_STORE={demo}" if demo.exists() else ""
            console.tell(f"The graph is empty. Fill it with: graphsvc import FILE.{sample}")
        yield service


def demo_store(settings: Settings) -> Path:
    """Return where the graph of the demo is."""
    return settings.home / "demo.kgl"
