"""Between those who wait for an answer and a server that may be away.

A server that hangs would hold every thread of the service, until not even a health check is answered. So only some
threads at once may be with it, and after a few failures nobody is sent there until it answers again: whoever asks
meanwhile is told so at once (docs/decisions/0028-faults-and-load.md has the figures). Jobs wait instead: nobody looks
on, and what they have begun is worth the while.

A request waits for as long as it has time left. The driver can't be told to stop reading, so a thread of the store's
own asks, and is left to itself when the time is up (docs/decisions/0032-one-clock-for-a-request.md).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from threading import BoundedSemaphore, Event, Lock, Thread
from typing import Any, Final, TypeVar

from graphsvc import deadline
from graphsvc.errors import OutOfTime, StoreBusy, StoreError, StoreUnavailable
from graphsvc.store.engine import Engine, Row, Step

SLOTS: Final = 6
"""Threads that may be with the server at once: two of the runner's eight are left for what needs no store."""
WAIT: Final = 0.25
"""Seconds that a thread waits for a slot."""
FAILURES: Final = 3
"""Failures in a row after which nobody is sent to the server."""
PAUSE: Final = 1.0
"""Seconds between two looks whether the server is back."""
GRACE: Final = 0.5
"""Seconds beyond its time that a request waits for the server's own word that the time is up."""
MESSENGERS: Final = 32
"""Most threads that ask; more than a driver has connections, so that those left to themselves keep nobody waiting."""
_ASKED: Final = "revision/value"

log = logging.getLogger("graphsvc.store")
_patient: ContextVar[bool] = ContextVar("patient", default=False)
T = TypeVar("T")


@contextmanager
def patiently() -> Iterator[None]:
    """Let what this thread asks of a server inside the block wait until the server is back: for jobs."""
    token = _patient.set(True)
    try:
        yield
    finally:
        _patient.reset(token)


class GuardedEngine:
    """Passes on to a server what it can take, and refuses the rest at once. Threads share one."""

    def __init__(self, engine: Engine, patient: Callable[[], Engine]) -> None:
        """``engine`` gives up soon; ``patient`` opens, when it is first asked for, one on the same graph that waits."""
        self._engine = engine
        self._open_patient = patient
        self._patient: Engine | None = None
        self._opening = Lock()
        self._slots = BoundedSemaphore(SLOTS)
        self._breaker = _Breaker(engine)
        self._messengers = ThreadPoolExecutor(MESSENGERS, thread_name_prefix="store")

    @property
    def name(self) -> str:
        """That of the engine."""
        return self._engine.name

    def read(self, statement: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """Read; :class:`StoreUnavailable` or :class:`StoreBusy` at once where there is no use in waiting."""
        if _patient.get():
            return self._waiting().read(statement, parameters)
        with self._admitted(statement):
            return self._answer(lambda: self._engine.read(statement, parameters), statement)

    def write(self, steps: Sequence[Step]) -> None:
        """Write; refused as reading is, and then nothing was written."""
        if _patient.get():
            self._waiting().write(steps)
            return
        doing = steps[-1].statement if steps else "none"
        with self._admitted(doing):
            self._answer(lambda: self._engine.write(steps), doing)

    def close(self) -> None:
        """Let go of the server."""
        self._breaker.end()
        for engine in (self._engine, self._patient):
            if engine is not None:
                engine.close()
        self._messengers.shutdown(wait=False, cancel_futures=True)  # what they waited for was closed under them

    def _waiting(self) -> Engine:
        with self._opening:
            if self._patient is None:
                self._patient = self._open_patient()
            return self._patient

    @contextmanager
    def _admitted(self, doing: str) -> Iterator[None]:
        self._breaker.check()
        if not self._slots.acquire(timeout=deadline.at_most(WAIT, doing)):
            raise StoreBusy(
                f"{self._engine.name} has {SLOTS} questions to answer already.", remedy="Try again in a moment."
            )
        try:
            self._breaker.check()  # it may have opened while this thread waited
            with self._breaker.watching():
                yield
        finally:
            self._slots.release()

    def _answer(self, ask: Callable[[], T], doing: str) -> T:
        """Return what ``ask`` does, or raise :class:`OutOfTime` soon after the request's time is up."""
        rest = deadline.left()
        if rest is None:
            return ask()
        asked = self._messengers.submit(copy_context().run, ask)
        try:
            return asked.result(max(0.0, rest) + GRACE)
        except TimeoutError:
            asked.cancel()
            raise OutOfTime(
                f"{doing}: {self._engine.name} did not answer in time.", remedy="See whether it has too much to do."
            ) from None


class _Breaker:
    """Counts failures in a row; after :data:`FAILURES` refuses all until a thread of its own gets an answer."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._failures = 0
        self._away: StoreUnavailable | None = None
        self._ended = Event()

    def check(self) -> None:
        """Raise what went wrong while the server is known to be away."""
        if away := self._away:
            raise StoreUnavailable(away.message, remedy=away.remedy)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Note how what is asked in the block ends."""
        try:
            yield
        except StoreUnavailable as error:
            self._failed(error)
            raise
        except OutOfTime as error:  # not even its word that it stopped came
            self._failed(StoreUnavailable(error.message, remedy=error.remedy))
            raise
        except StoreError:
            self._failures = 0  # it answered, if only to refuse
            raise
        self._failures = 0

    def end(self) -> None:
        """Look no more."""
        self._ended.set()

    def _failed(self, error: StoreUnavailable) -> None:
        with self._lock:
            self._failures += 1
            if self._failures < FAILURES or self._away or self._ended.is_set():
                return
            self._away = error
        log.warning("the graph store is away", extra={"reason": str(error)})
        Thread(target=self._look, name="store-breaker", daemon=True).start()

    def _look(self) -> None:
        while not self._ended.wait(PAUSE):
            try:
                self._engine.read(_ASKED)
            except StoreUnavailable:
                continue
            except StoreError:
                pass  # it answers again; what it says is for whoever asks
            with self._lock:
                self._failures, self._away = 0, None
            log.warning("the graph store is back")
            return
