"""A child started anew for each file, with clock and memory watched from outside: for systems without fork (Windows).

It costs the start of an interpreter, a quarter of a second, and bounds memory only as often as it is looked at.
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from graphsvc.ingest.confined_limits import MAX_LINE, Limits
from graphsvc.ingest.confined_start import Ending, environment, program

_LOOK_EVERY: Final = 0.05
"""Seconds between two looks at the child. It can take half a gigabyte in that time, hardly more."""


class SpawnedChild:
    """See :class:`graphsvc.ingest.confined_start.Child`."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process = subprocess.Popen(  # noqa: S603  # our own program, nothing of it from a file
            program("graphsvc.ingest.confined_child"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
        )
        self._since = time.monotonic()
        self._awaited = False
        self._over: BaseException | None = None
        self._watch = threading.Thread(target=self._look_after, name="watch on a reading", daemon=True)
        self._watch.start()

    def ask(self, line: bytes) -> None:
        """See :class:`graphsvc.ingest.confined_start.Child`."""
        assert self._process.stdin  # noqa: S101  # it is a pipe, see above
        self._process.stdin.write(line)
        self._process.stdin.flush()

    def line(self) -> bytes:
        """See :class:`graphsvc.ingest.confined_start.Child`."""
        assert self._process.stdout  # noqa: S101  # it is a pipe, see above
        self._since, self._awaited = time.monotonic(), True
        line = self._process.stdout.readline(MAX_LINE + 2)
        self._since, self._awaited = time.monotonic(), False
        if not line and self._over:
            raise self._over
        return line

    def ended(self) -> Ending:
        """See :class:`graphsvc.ingest.confined_start.Child`."""
        with suppress(subprocess.TimeoutExpired):
            return Ending(self._process.wait(5))
        return Ending(None)

    def close(self) -> None:
        """See :class:`graphsvc.ingest.confined_start.Child`."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):  # what was not sent any more
                    pipe.close()
        if threading.current_thread() is not self._watch:
            self._watch.join()

    def _look_after(self) -> None:
        """Kill the child when it is silent, idle or large for too long."""
        while self._process.poll() is None:
            quiet = time.monotonic() - self._since
            longest = self._limits.silence_seconds if self._awaited else self._limits.idle_seconds
            if quiet > longest or resident_bytes(self._process) > self._limits.memory:
                if self._awaited and quiet > longest:
                    self._over = TimeoutError()
                self._process.kill()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_LOOK_EVERY)


def resident_bytes(process: subprocess.Popen[bytes]) -> int:
    """Return how much memory a process holds; 0 where the system has no quick answer."""
    if sys.platform == "win32":
        return _windows_bytes(process)
    with suppress(OSError, IndexError, ValueError):
        return int(Path(f"/proc/{process.pid}/statm").read_text().split()[1]) * 4096
    return 0


def _windows_bytes(process: subprocess.Popen[bytes]) -> int:  # pragma: no cover
    """Ask Windows for the private bytes of a process (PROCESS_MEMORY_COUNTERS.PagefileUsage)."""

    class Counters(ctypes.Structure):
        _fields_ = (
            ("cb", ctypes.c_uint32),
            ("page_faults", ctypes.c_uint32),
            *((f"size_{number}", ctypes.c_size_t) for number in range(8)),
        )

    counters = Counters(cb=ctypes.sizeof(Counters))
    ask = ctypes.WinDLL("kernel32").K32GetProcessMemoryInfo  # type: ignore[attr-defined]
    handle = ctypes.c_void_p(int(process._handle))  # type: ignore[attr-defined]
    return int(counters.size_6) if ask(handle, ctypes.byref(counters), counters.cb) else 0
