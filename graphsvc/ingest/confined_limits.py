"""What the child process that reads a file may use; where the system has resource limits, it sets them on itself.

Windows has none: there :mod:`graphsvc.ingest.confined_spawn` watches clock and memory from outside.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

if sys.platform != "win32":
    import resource

MAX_LINE: Final = 16_000_000
"""Bytes of one message of the child, which is one row at most: what the reading side must hold at once."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one reading. A child that reaches one of them is ended; the file is then refused with a sentence."""

    memory: int = 1_000_000_000
    """Bytes of address space, the interpreter's own 100 MB included."""
    opening_seconds: int = 120
    """Processor time until the file is open: it is looked through once, a network file as a whole."""
    reading_seconds: int = 600
    """Processor time of reading all rows once: 4 GB of CSV take 270 s."""
    silence_seconds: float = 120.0
    """Time on the clock without a row or a sign of progress, while one is waited for."""
    idle_seconds: float = 60.0
    """How long a child waits to be asked for the rows, once the file is open."""
    files: int = 64
    """Open files."""
    contacts: bool = False
    """Whether contact persons leave the child; else it says that they are not kept."""

    def to_json(self) -> dict[str, Any]:
        """Return the limits as plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """Return the limits of :meth:`to_json`."""
        return cls(**values)


DEFAULT: Final = Limits()


def limits_of(*, megabytes: int, seconds: int, contacts: bool = False) -> Limits:
    """Return limits with other bounds of memory and of processor time than usual, with contact persons or without."""
    opening = min(seconds, DEFAULT.opening_seconds)
    return Limits(megabytes * 1_000_000, opening, seconds, contacts=contacts)


def confine(limits: Limits) -> None:
    """Limit this process for good: memory, open files; nothing is written to disk, a core least of all."""
    if sys.platform == "win32":
        return
    _lower(resource.RLIMIT_AS, limits.memory)
    _lower(resource.RLIMIT_NOFILE, limits.files)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_CORE, 0)


def allow_processor_time(seconds: int) -> None:
    """Let this process compute for so many seconds from now; the system ends it when they are over (SIGXCPU)."""
    if sys.platform == "win32":
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (until if hard == resource.RLIM_INFINITY else min(until, hard), hard))


def _lower(what: int, limit: int) -> None:
    """Set a limit, never above one that holds already (of a container, of a service manager)."""
    if sys.platform != "win32":
        _, hard = resource.getrlimit(what)
        if hard != resource.RLIM_INFINITY:
            limit = min(limit, hard)
        with suppress(ValueError, OSError):  # macOS refuses some; its clock limits still hold
            resource.setrlimit(what, (limit, limit))
