"""The process that makes the children: it has the readers loaded and forks one for each file, in milliseconds.

It is started once, as a program of its own, so that no process with threads is ever forked. It has one thread, opens no
file, and outlives neither its children nor the process it serves: when that ends, however it ends, so do all of them.
"""

from __future__ import annotations

import gc
import json
import os
import select
import selectors
import signal
import socket
import sys
from contextlib import suppress
from typing import Final, NoReturn

from graphsvc.ingest.confined_child import serve

_WAKE_BYTES: Final = 4096
_PEAK_UNIT: Final = 1 if sys.platform == "darwin" else 1024
_BUFFER: Final = 1 << 16


class Nursery:
    """Forks a child for each pair of sockets that comes in: one for its lines, one for its life.

    Closing the second kills the child; through it comes how the child ended.
    """

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._lives: dict[int, socket.socket] = {}
        """Process id of each child → the socket of its life."""
        self._selector = selectors.DefaultSelector()
        self._woken, self._wake = socket.socketpair()

    def run(self) -> None:
        """Serve until the other side of the control socket is gone."""
        for end in (self._woken, self._wake):
            end.setblocking(False)
        signal.set_wakeup_fd(self._wake.fileno())
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._selector.register(self._control, selectors.EVENT_READ)
        self._selector.register(self._woken, selectors.EVENT_READ)
        gc.collect()
        gc.freeze()  # what is loaded is shared with the children, and stays so
        try:
            while self._step():
                pass
        finally:
            signal.set_wakeup_fd(-1)  # the children's ends are nobody's news now, and their socket is about to go
            for process in self._lives:
                os.kill(process, signal.SIGKILL)

    def _step(self) -> bool:
        for key, _ in self._selector.select():
            if key.fileobj is self._control:
                if not self._admit():
                    return False
            elif key.fileobj is self._woken:
                with suppress(BlockingIOError):
                    self._woken.recv(_WAKE_BYTES)
                self._reap()
            elif key.data in self._lives:  # it may have ended and been buried in this very step
                os.kill(key.data, signal.SIGKILL)
                self._selector.unregister(key.fileobj)
        return True

    def _admit(self) -> bool:
        message, handles, _, _ = socket.recv_fds(self._control, 1, 2)
        if not message:
            return False
        lines, life = (socket.socket(fileno=handle) for handle in handles)
        process = os.fork()
        if process == 0:
            self._become_child(lines, life)
        lines.close()
        self._lives[process] = life
        self._selector.register(life, selectors.EVENT_READ, process)
        return True

    def _reap(self) -> None:
        while self._lives:
            process, status, used = os.wait4(-1, os.WNOHANG)
            if not process:
                return
            life = self._lives.pop(process)
            with suppress(KeyError):
                self._selector.unregister(life)
            with suppress(OSError):
                seconds = used.ru_utime + used.ru_stime
                how = (os.waitstatus_to_exitcode(status), used.ru_maxrss * _PEAK_UNIT, seconds)
                life.send(json.dumps(how).encode())
            life.close()

    def _become_child(self, lines: socket.socket, life: socket.socket) -> NoReturn:
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self._selector.close()
            for end in (self._control, self._woken, self._wake, life, *self._lives.values()):
                end.close()
            with open(os.devnull, "wb") as nothing:  # noqa: PTH123
                os.dup2(nothing.fileno(), 2)  # engines print their last words, with the file's text in them
            with (
                lines,
                open(lines.fileno(), "rb", closefd=False) as asked,
                open(lines.fileno(), "wb", _BUFFER, closefd=False) as out,
            ):
                serve(asked, out, lambda seconds: select.select([lines], [], [], seconds)[0])
            os._exit(0)
        finally:
            os._exit(1)


if __name__ == "__main__":
    Nursery(socket.socket(fileno=int(sys.argv[1]))).run()
