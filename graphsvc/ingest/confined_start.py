"""Starts the child process that reads a file, and ends it."""

from __future__ import annotations

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple, Protocol

import graphsvc
from graphsvc.ingest.confined_limits import MAX_LINE, Limits

_PASSED_ON: Final = ("LANG", "LC_ALL", "LC_CTYPE", "PATH", "SYSTEMROOT", "TEMP", "TMP", "TZ")
"""Of the environment; the rest holds passwords, which a process with a hostile file in its hands need not know."""
_RUN: Final = (
    "import runpy, sys; sys.path.append(sys.argv.pop(1));"
    " runpy.run_module(sys.argv.pop(1), run_name='__main__', alter_sys=True)"
)
_ENDS_WITHIN: Final = 5.0


class Ending(NamedTuple):
    """How a child ended."""

    code: int | None
    """Its exit code, or minus the signal that killed it; None when nobody knows."""
    peak: int = 0
    """Bytes that it held at most; 0 when nobody knows."""
    seconds: float = 0.0
    """Processor time that it took."""


class Child(Protocol):
    """A child process and the lines to and from it."""

    def ask(self, line: bytes) -> None:
        """Send a line. Raises :class:`OSError` when the child is gone."""
        ...

    def line(self) -> bytes:
        """Return the next line; ``b""`` when the child has ended. Raises :class:`TimeoutError` for a silent one."""
        ...

    def ended(self) -> Ending:
        """Wait a little for the end of the child and return how it ended."""
        ...

    def close(self) -> None:
        """End the child, whatever it does. May be called again."""
        ...


def program(module: str, *arguments: str) -> list[str]:
    """Return the command that runs a module of ours, isolated from the folder and environment it is started in."""
    packages = str(Path(graphsvc.__file__).parents[1])
    return [sys.executable, "-I", "-c", _RUN, packages, module, *arguments]


def environment() -> dict[str, str]:
    """Return the part of the environment that a child gets."""
    return {name: os.environ[name] for name in _PASSED_ON if name in os.environ}


class ForkedChild:
    """A child forked by the nursery."""

    def __init__(self, limits: Limits) -> None:
        self._lines, lines = socket.socketpair()
        self._life, life = socket.socketpair()
        with lines, life:
            try:
                _NURSERY.admit(lines, life)
            except BaseException:
                self._lines.close()
                self._life.close()
                raise
        self._lines.settimeout(limits.silence_seconds)
        self._life.settimeout(_ENDS_WITHIN)
        self._file = self._lines.makefile("rb", buffering=1 << 16)

    def ask(self, line: bytes) -> None:
        """See :class:`Child`."""
        self._lines.sendall(line)

    def line(self) -> bytes:
        """See :class:`Child`."""
        try:
            return self._file.readline(MAX_LINE + 2)
        except ConnectionResetError:  # it ended before it had read all that was asked
            return b""

    def ended(self) -> Ending:
        """See :class:`Child`."""
        with suppress(OSError):
            if said := self._life.recv(100):
                return Ending(*json.loads(said))
        return Ending(None)

    def close(self) -> None:
        """See :class:`Child`."""
        self._file.close()
        self._lines.close()
        self._life.close()  # at which the nursery kills it


class _NurseryClient:
    """The one nursery of this process, started when it is first needed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._owner = 0

    def admit(self, lines: socket.socket, life: socket.socket) -> None:
        """Have a child forked that holds these two sockets."""
        with self._lock:
            for last in (False, True):
                control = self._running()
                try:
                    socket.send_fds(control, [b"+"], [lines.fileno(), life.fileno()])
                except OSError:  # it was killed: for want of memory, or by a person
                    self._end()
                    if last:
                        raise
                else:
                    return

    def _running(self) -> socket.socket:
        if self._control is not None and self._owner == os.getpid():
            return self._control
        if self._control is not None:  # this process was forked: the nursery is its parent's
            self._control.close()
            if self._process:
                self._process.returncode = 0
        self._control, control = socket.socketpair()
        with control:
            self._process = subprocess.Popen(  # noqa: S603  # our own program, nothing of it from a file
                program("graphsvc.ingest.confined_nursery", str(control.fileno())),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[control.fileno()],
                cwd="/",
                env=environment(),
                start_new_session=True,
            )
        self._owner = os.getpid()
        return self._control

    def _end(self) -> None:
        if self._control is None or self._owner != os.getpid():
            return
        self._control.close()
        self._control = None
        if self._process:
            try:
                self._process.wait(_ENDS_WITHIN)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def close(self) -> None:
        """End the nursery, and with it all children."""
        with self._lock:
            self._end()


_NURSERY: Final = _NurseryClient()
atexit.register(_NURSERY.close)


def start_child(limits: Limits) -> Child:
    """Start a child in the way that this system offers."""
    if hasattr(os, "fork"):
        return ForkedChild(limits)
    from graphsvc.ingest.confined_spawn import SpawnedChild  # nothing else needs its watch

    return SpawnedChild(limits)
