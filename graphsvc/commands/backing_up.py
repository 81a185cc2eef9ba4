"""``backup`` and ``restore``: the whole graph as one file, from any engine into any engine."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import click

from graphsvc import console, running
from graphsvc.commands.opening import opened
from graphsvc.errors import StoreBusy, StoreUnavailable
from graphsvc.settings import Settings
from graphsvc.store.backup import Held, look


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def backup(settings: Settings, file: Path) -> None:
    """Save the whole graph to FILE: everything that files and persons said, with the history of imports.

    The service may go on meanwhile; where it holds the embedded graph, it is asked to save it. FILE holds what the
    graph holds: keep it as safe. Keys of the API and settings are not in it.

    \b
    Example: graphsvc backup network-2026-11-27.graphsvc
    """
    try:
        with opened(settings, "jobs") as service, console.progress(f"Saving to {file.name}") as report:
            held = service.back_up(file, report)
    except StoreBusy as busy:
        address = running.address_of(settings.home, busy.pid)
        if not address:
            raise
        held = _asked_for(address, file)
    console.tell(f"Saved: {_told(held)}, {file.stat().st_size / 1e6:,.1f} MB.")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Only read the file to its end and say what it holds.")
@click.pass_obj
def restore(settings: Settings, file: Path, check: bool) -> None:
    """Fill an empty graph with a backup; also to move from the embedded engine to Neo4j, or back.

    \b
    Examples:
      graphsvc restore network-2026-11-27.graphsvc --check
      GRAPHSVC_STORE=neo4j://localhost:7687 graphsvc restore network-2026-11-27.graphsvc
    """
    if check:
        held = look(file)
        console.tell(f"{file.name} is whole: {_told(held)}, saved {held.made:%Y-%m-%d %H:%M} UTC from {held.engine}.")
        return
    with opened(settings, "jobs") as service, console.progress(f"Restoring {file.name}") as report:
        held = service.restore(file, report)
    console.tell(f"Restored: {_told(held)}.")


def _asked_for(address: str, file: Path) -> Held:
    """Let the service that holds the graph save it, and say what the file holds."""
    part = file.with_name(file.name + ".part")
    try:
        with urlopen(f"{address}/api/v1/backup", timeout=600) as answer, part.open("wb") as out:  # noqa: S310  # our own
            shutil.copyfileobj(answer, out)
        held = look(part)
        part.replace(file)
    except HTTPError as error:
        raise StoreUnavailable(
            f"The service at {address} did not give a backup ({error.code} {error.reason}).",
            remedy=f"Ask it with a key that may admin: curl -H 'Authorization: Bearer …' {address}/api/v1/backup",
        ) from error
    except URLError as error:
        raise StoreUnavailable(f"The service at {address} does not answer: {error.reason}.") from error
    finally:
        part.unlink(missing_ok=True)
    return held


def _told(held: Held) -> str:
    counts = (f"{held.counts.get(kind, 0):,} {kind}s" for kind in ("actor", "collaboration", "record"))
    return f"revision {held.revision}, {', '.join(counts)}"
