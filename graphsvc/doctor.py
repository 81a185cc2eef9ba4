"""Looks an installation over: what is well, what to know, what is wrong, and what to do about it.

Nothing is changed. Each check is a function that yields findings; one that fails is a finding too, so that the others
are still told.
"""

from __future__ import annotations

import difflib
import importlib.util
import os
import platform
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from graphsvc import __version__, running
from graphsvc.access.installation import Access
from graphsvc.errors import GraphsvcError, StoreBusy
from graphsvc.ingest.opening import open_file
from graphsvc.jobs.job import State
from graphsvc.jobs.place import table_of
from graphsvc.settings import LOOPBACK, Settings
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.migrating import LAST, waiting
from graphsvc.store.opening import SERVER_SCHEMES, open_store

ROOM: Final = 1_000_000_000
"""Bytes below which free space is worth a word; a tenth of it is too little."""
SLOW: Final = 0.05
"""Seconds that the store may take for its revision before that is worth a word."""
OLD: Final = timedelta(days=400)
"""Age from which an import is worth a word."""
WAITING: Final = timedelta(minutes=10)
"""For so long a job may wait."""
_PREFIX: Final = "GRAPHSVC_"
_OF_TESTS: Final = "GRAPHSVC_TEST_"


class Grade(StrEnum):
    """How a thing stands."""

    WELL = "well"
    NOTE = "note"
    """It works, but a person should know."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    about: str
    grade: Grade
    said: str
    advice: str = ""
    """What to do; empty where nothing is to be done."""


Check = Callable[[Settings, Mapping[str, str]], Iterator[Finding]]


def examine(settings: Settings, environment: Mapping[str, str] | None = None) -> tuple[Finding, ...]:
    """Return what is found of an installation, in the order in which one would mend it."""
    found: list[Finding] = []
    for about, check in CHECKS.items():
        try:
            found += check(settings, os.environ if environment is None else environment)
        except GraphsvcError as error:
            found.append(Finding(about, Grade.WRONG, error.message, error.remedy))
        except OSError as error:
            found.append(Finding(about, Grade.WRONG, f"{error.strerror or error}: {error.filename or ''}".rstrip(": ")))
    return tuple(found)


def _program(settings: Settings, environment: Mapping[str, str]) -> Iterator[Finding]:
    said = f"graphsvc {__version__} on Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    yield Finding("program", Grade.WELL, said)
    known = {f"{_PREFIX}{name.upper()}" for name in Settings.model_fields}
    for name in sorted(environment):
        if name.startswith(_PREFIX) and not name.startswith(_OF_TESTS) and name not in known:
            near = difflib.get_close_matches(name, sorted(known), 1)
            advice = f"Perhaps {near[0]} is meant." if near else "docs/reference/settings.md lists all."
            yield Finding("program", Grade.NOTE, f"{name} is no setting; nothing reads it.", advice)


def _folder(settings: Settings, environment: Mapping[str, str]) -> Iterator[Finding]:
    home = settings.home
    there = next(each for each in (home, *home.absolute().parents) if each.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        advice = "Give the folder to the user that runs graphsvc, or set GRAPHSVC_HOME."
        yield Finding("data folder", Grade.WRONG, f"{home} can't be written to.", advice)
        return
    yield Finding("data folder", Grade.WELL, f"{home}{'' if home.exists() else ' (not made yet)'}")
    if home.exists() and os.name == "posix" and stat.S_IMODE(home.stat().st_mode) & 0o007:
        yield Finding("data folder", Grade.NOTE, "Everybody on this machine can read it.", f"Close it: chmod o= {home}")
    free = shutil.disk_usage(there).free
    grade = Grade.WRONG if free < ROOM // 10 else Grade.NOTE if free < ROOM else Grade.WELL
    advice = "" if grade is Grade.WELL else "Make room, or set GRAPHSVC_HOME to a larger disk."
    yield Finding("data folder", grade, f"{free / 1e9:,.1f} GB are free.", advice)


def _store(settings: Settings, environment: Mapping[str, str]) -> Iterator[Finding]:
    uri = settings.store_uri
    if not uri.startswith(":") and "://" not in uri and not Path(uri).exists():
        yield Finding("graph", Grade.NOTE, f"{uri} is not there yet.", "Make it: graphsvc import FILE")
        return
    try:
        store = open_store(settings, upgrade=False)
    except StoreBusy as busy:
        address = running.address_of(settings.home, busy.pid)
        if address is None:
            raise
        yield Finding("graph", Grade.WELL, f"The service at {address} (process {busy.pid}) holds it.")
        return
    try:
        began = time.perf_counter()
        revision = store.revision()
        took = time.perf_counter() - began
        yield Finding("graph", Grade.WELL, f"{store.engine.name}, revision {revision}")
        if took > SLOW:
            advice = "Move the two closer together, or let them have more memory."
            yield Finding("graph", Grade.NOTE, f"It took {took * 1000:.0f} ms to tell its revision.", advice)
        if not revision:
            yield Finding("graph", Grade.NOTE, "It is empty.", "Fill it: graphsvc import FILE")
        yield from _migrations(store, revision)
        for source in store.source_statuses():
            ended = source.imported
            if ended and datetime.now(UTC) - ended > OLD:
                said = f"{source.name} was last imported {ended:%Y-%m-%d}."
                yield Finding("graph", Grade.NOTE, said, "Ask for a newer file, and import it.")
    finally:
        store.close()


def _migrations(store: GraphStore, revision: int) -> Iterator[Finding]:
    left = waiting(store.engine)
    if left:
        said = f"Migrations wait: {', '.join(f'{each.number} ({each.name})' for each in left)}."
        advice = "Take a backup; then they are done when the service or any other command opens the graph."
        yield Finding("graph", Grade.NOTE, said, advice)
    elif revision:
        yield Finding("graph", Grade.WELL, f"All migrations are done ({LAST}).")


def _server(settings: Settings, environment: Mapping[str, str]) -> Iterator[Finding]:
    parts = urlsplit(settings.store_uri)
    if parts.scheme not in SERVER_SCHEMES or (parts.hostname or "") in LOOPBACK:
        return
    if "+s" not in parts.scheme:
        said = f"The way to {parts.hostname} is not encrypted."
        yield Finding("graph", Grade.NOTE, said, f"Where others share the network: {parts.scheme}+s://")
    if not settings.store_password.get_secret_value():
        yield Finding("graph", Grade.NOTE, "No password is set for it.", "Set GRAPHSVC_STORE_PASSWORD.")


def _reader(settings: Settings, environment: Mapping[str, str]) -> Iterator[Finding]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "looked-over.csv"
        file.write_text("Organisation;Project\nA;P\nB;P\n", encoding="utf-8")
        read = sum(1 for _ in open_file(file).rows())
    yield Finding("import", Grade.WELL, f"A file is read in a process of its own ({read} rows of a trial).")


def _printing(settings: Settings, environment: Mapping[str, str]) -> Iterator[Finding]:
    missing = [name for name in ("matplotlib", "typst") if importlib.util.find_spec(name) is None]
    if missing:
        said = f"{' and '.join(missing)} missing: no PDF, no PNG, no charts."
        yield Finding("print", Grade.NOTE, said, "Install it: pip install 'graphsvc[print]'")
    else:
        yield Finding("print", Grade.WELL, "PDF, PNG and charts can be made.")


def _door(settings: Settings, environment: Mapping[str, str]) -> Iterator[Finding]:
    own = settings.only_here
    if own and settings.public == "auto":
        yield Finding(
            "door", Grade.WELL, f"Only this machine reaches it ({settings.host}), where everybody may do all."
        )
        return
    if settings.public in ("write", "admin"):
        said = f"Whoever reaches {settings.host} may {settings.public} without a key."
        grade = Grade.NOTE if own else Grade.WRONG
        yield Finding("door", grade, said, "Set GRAPHSVC_PUBLIC to read or nothing, and make users and keys.")
    access = Access.of(settings.home)
    users = [user for user in access.users.all() if not user.disabled]
    now = datetime.now(UTC)
    keys = [key for key in access.keys.all() if key.holds(now)]
    if users or keys:
        yield Finding("door", Grade.WELL, f"{len(users)} users and {len(keys)} keys open it.")
    elif settings.public in ("auto", "nothing"):
        said = "It is closed, and there is neither a user nor a key."
        yield Finding("door", Grade.WRONG, said, "Make one: graphsvc users make NAME --role administrator")
    if not own and not settings.host_names:
        advice = "Set GRAPHSVC_HOST_NAMES to the names under which people reach it."
        yield Finding("door", Grade.NOTE, "It answers to any name.", advice)


def _statement(settings: Settings, environment: Mapping[str, str]) -> Iterator[Finding]:
    """Public bodies owe their users a statement that names them and a contact (directive (EU) 2016/2102)."""
    if settings.only_here:
        return
    if not settings.organisation.strip():
        said = "The accessibility statement names nobody who is responsible."
        advice = "Set GRAPHSVC_ORGANISATION to the name of who answers for this service."
        yield Finding("accessibility", Grade.NOTE, said, advice)
    advice = "Set GRAPHSVC_ACCESSIBILITY_CONTACT to an e-mail address, or to a page that begins with https://."
    if not settings.accessibility_contact.strip():
        yield Finding("accessibility", Grade.NOTE, "The accessibility statement names no contact.", advice)
    elif not settings.accessibility_link:
        said = "The contact of the accessibility statement is shown as text: no link can be made of it."
        yield Finding("accessibility", Grade.NOTE, said, advice)
    else:
        yield Finding("accessibility", Grade.WELL, f"The statement leads to {settings.accessibility_link}")


def _jobs(settings: Settings, environment: Mapping[str, str]) -> Iterator[Finding]:
    if not settings.home.exists():
        return
    table = table_of(settings)
    try:
        waiting, _ = table.find(states=(State.QUEUED,), limit=500)
    finally:
        table.close()
    late = [job for job in waiting if datetime.now(UTC) - job.created > WAITING]
    if late:
        said = f"{len(late)} wait for more than ten minutes, the oldest since {late[-1].created:%Y-%m-%d %H:%M} UTC."
        yield Finding("jobs", Grade.WRONG, said, "Nobody does them: start graphsvc serve, or graphsvc worker.")
    else:
        yield Finding("jobs", Grade.WELL, f"{len(waiting)} wait.")


CHECKS: Final[Mapping[str, Check]] = {
    "program": _program,
    "data folder": _folder,
    "graph": _store,
    "way to the graph": _server,
    "import": _reader,
    "print": _printing,
    "door": _door,
    "accessibility": _statement,
    "jobs": _jobs,
}
