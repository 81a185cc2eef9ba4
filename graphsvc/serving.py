"""The runner: waitress, with an end that drops nobody.

``waitress-serve`` ends at SIGTERM with whatever is in flight; here the door is closed first, what is inside is
answered, and then the process ends (docs/decisions/0005-api-contract-layer.md).

Signs of life have a thread of their own, so that they are given however many requests wait for something. What a
request waits for a thread counts as its time.
"""

from __future__ import annotations

import errno
import logging
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import create_server
from waitress.task import ThreadedTaskDispatcher

from graphsvc import deadline
from graphsvc.errors import SettingsError

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

THREADS: Final = 8
LIFE: Final = "/health/live"
"""The address of the sign of life."""
REQUEST_LIMIT: Final = 25 * 1024 * 1024
PATIENCE: Final = 9.0
"""Seconds that requests in flight get after a signal; a container is killed after ten."""
GRACE: Final = 10.0
"""Seconds that anybody has for the head of a request, and before it counts how fast a body comes or an answer goes."""
SLOWEST: Final = 8_000
"""Bytes a second, since it began, that a body must come or an answer be taken with afterwards; a phone with the worst
reception has more."""
log = logging.getLogger("graphsvc.serving")


class _Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """A connection that knows how much of its answers was taken."""

    taken = 0

    def send(self, data: bytes, do_close: bool = True) -> int:
        sent: int = super().send(data, do_close)
        self.taken += sent
        return sent


@dataclass(frozen=True, slots=True)
class _Going:
    """Something that goes over a connection: a request on its way in, or an answer on its way out."""

    what: object
    since: float
    before: int
    """Bytes that had gone when it began."""


class _Patience:
    """Hangs up on slow connections. waitress ends those that are silent; one byte a second keeps them open for ever,
    and an answer that is not taken keeps one of the few threads.
    """

    def __init__(self) -> None:
        self._going: dict[tuple[_Channel, str], _Going] = {}

    def look(self, channels: dict[int, Any], now: float) -> None:
        """Look at all connections; call it about once a second."""
        going: dict[tuple[_Channel, str], _Going] = {}
        for channel in [each for each in list(channels.values()) if isinstance(each, _Channel)]:
            request = channel.request
            if request is not None:
                came = request.body_bytes_received if request.headers_finished else 0
                going[channel, "request"] = self._judged(channel, "request", request, came, now)
            if channel.total_outbufs_len:
                going[channel, "answer"] = self._judged(channel, "answer", None, channel.taken, now)
        self._going = going

    def _judged(self, channel: _Channel, name: str, what: object, gone: int, now: float) -> _Going:
        known = self._going.get((channel, name))
        if known is None or known.what is not what:
            return _Going(what, now, gone)
        if now - known.since > GRACE + (gone - known.before) / SLOWEST and channel.connected:
            log.warning("hung up on a slow connection", extra={"slow": name, "seconds": round(now - known.since)})
            channel.handle_close()  # not will_close: that waits until the socket takes more, which it may never do
        return known


def serve(
    app: WSGIApplication,
    host: str,
    port: int,
    on_ready: Callable[[str], None],
    on_stop: Callable[[], None] = lambda: None,
    body_limit: int = REQUEST_LIMIT,
) -> None:
    """Answer requests until SIGTERM or SIGINT, then finish those in flight and return. Call it in the main thread.

    ``on_ready`` gets the service's address once it listens; port 0 takes a free one. ``on_stop`` is called when the
    signal came, before requests in flight are finished, and returns at once. What the app stands on, the store first of
    all, is the caller's to close afterwards. Bodies of more than ``body_limit`` bytes are refused.
    Raises :class:`SettingsError` when it can't listen there.
    """
    with _listening(host, port) as listener, _signals() as stopped:
        channels: dict[int, Any] = {}
        server = create_server(
            app,
            map=channels,
            sockets=[listener],
            _dispatcher=_Dispatcher(),
            connection_limit=500,
            channel_timeout=20,
            cleanup_interval=5,
            max_request_body_size=body_limit,
            ident=None,
        )
        server.channel_class = _Channel
        patience, looked = _Patience(), time.monotonic()
        on_ready(_address(listener))
        while not stopped:
            wasyncore.loop(timeout=0.5, count=1, map=channels)
            if (now := time.monotonic()) - looked >= 1:
                patience.look(channels, now)
                looked = now
        on_stop()
        log.info("stopping", extra={"signal": stopped[0].name, "in_flight": len(_busy(channels))})
        _finish(server, channels)


@dataclass(frozen=True, slots=True)
class _Queued:
    """A connection whose next request waits for a thread."""

    channel: HTTPChannel
    since: float

    def service(self) -> None:
        with deadline.came(self.since):
            self.channel.service()

    def cancel(self) -> None:
        self.channel.cancel()


class _Dispatcher:
    """Gives requests to threads in the order in which they came, and signs of life to one that has nothing else."""

    def __init__(self) -> None:
        self._work, self._life = ThreadedTaskDispatcher(), ThreadedTaskDispatcher()
        self._work.set_thread_count(THREADS)
        self._life.set_thread_count(1)

    def add_task(self, task: HTTPChannel) -> None:
        if getattr(task.requests[0], "path", "") == LIFE:  # what is no HTTP has none
            self._life.add_task(task)
        else:
            self._work.add_task(_Queued(task, time.monotonic()))

    def shutdown(self, timeout: float) -> None:
        for each in (self._life, self._work):
            each.shutdown(timeout=timeout)


def _finish(server: Any, channels: dict[int, Any]) -> None:
    server.accepting = False
    server.del_channel()  # the listener leaves the loop: who comes now is turned away by the system
    server.socket.close()
    deadline = time.monotonic() + PATIENCE
    while _busy(channels) and time.monotonic() < deadline:
        wasyncore.loop(timeout=0.1, count=1, map=channels)
    if left := len(_busy(channels)):
        log.warning("requests dropped after %s seconds", PATIENCE, extra={"requests": left})
    server.task_dispatcher.shutdown(timeout=1)
    wasyncore.close_all(channels)


def _busy(channels: dict[int, Any]) -> list[HTTPChannel]:
    """Connections with a request being received, waiting or worked on, or an answer not yet sent."""
    connections = [each for each in list(channels.values()) if isinstance(each, HTTPChannel)]
    return [each for each in connections if each.requests or each.request is not None or each.total_outbufs_len]


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        remedy = "Stop that process, or choose another port with GRAPHSVC_PORT (0 takes a free one)."
        if error.errno != errno.EADDRINUSE:
            remedy = "Check GRAPHSVC_HOST and GRAPHSVC_PORT; ports below 1024 need special rights."
        reason = "another process listens there" if error.errno == errno.EADDRINUSE else str(error.strerror or error)
        raise SettingsError(f"Can't listen on {host} port {port}: {reason}.", remedy=remedy) from error
    with listener:
        yield listener


@contextmanager
def _signals() -> Iterator[list[signal.Signals]]:
    """Collect the signals that ask to stop; the first is enough, and a second one ends at once as usual."""
    asked: list[signal.Signals] = []
    before = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}

    def remember(number: int, _frame: object) -> None:
        asked.append(signal.Signals(number))
        signal.signal(number, before[signal.Signals(number)])

    for each in before:
        signal.signal(each, remember)
    try:
        yield asked
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
