"""A small memory of answers that holds as long as the graph stays at one revision, and what is made meanwhile."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from contextvars import copy_context
from functools import partial
from threading import TIMEOUT_MAX, BoundedSemaphore, Lock, RLock, Thread
from typing import Any, Generic, TypeVar, cast

from graphsvc import deadline
from graphsvc.errors import OutOfTime

T = TypeVar("T")


class Memory:
    """Keeps the last ``size`` answers of the newest revision. Each is made once, however many threads ask for it."""

    def __init__(self, size: int, makers: int = 0) -> None:
        """``makers``: threads of its own that make at once what requests ask for, where it is to be made aside."""
        self._size = size
        self._makers = BoundedSemaphore(makers)
        self._lock = Lock()
        self._revision = -1
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()

    def recall(self, revision: int, key: Hashable, make: Callable[[], T], *, aside: bool = False) -> T:
        """Return the answer to ``key`` at ``revision``, made by ``make`` if it isn't there.

        An answer of an older revision than the newest known one is made but not kept. An error of ``make`` is not kept:
        whoever waited for the answer makes it anew. :class:`OutOfTime` for who waits longer than a request may.
        ``aside``: what a request asks for is made by a thread of the memory's, and to its end though the request has no
        time left; whoever comes again finds it there.
        """
        with self._lock:
            if revision < self._revision:
                entry = _Entry()
            else:
                if revision > self._revision:
                    self._entries.clear()
                    self._revision = revision
                entry = self._entries.setdefault(key, _Entry())
                self._entries.move_to_end(key)
                self._forget()
        value = entry.value(make, self._makers if aside else None)
        with self._lock:
            # What it was made of came in after it and may have pushed it out: it is the newest of them.
            if revision == self._revision:
                self._entries[key] = entry
                self._entries.move_to_end(key)
                self._forget()
        return cast("T", value)

    def _forget(self) -> None:
        while len(self._entries) > self._size:
            self._entries.popitem(last=False)

    def holds(self, revision: int, key: Hashable) -> bool:
        """Say whether the answer to ``key`` at ``revision`` is there, without waiting for one that is being made."""
        with self._lock:
            entry = self._entries.get(key) if revision == self._revision else None
        return entry is not None and entry.made


class Latest:
    """Keeps the last answer to each of ``size`` questions, with what it was made of: nothing else makes it void.

    Threads may share it; each answer is made once, as in a :class:`Memory`.
    """

    def __init__(self, size: int, makers: int = 0) -> None:
        """``makers`` are those of a :class:`Memory`."""
        self._size = size
        self._makers = BoundedSemaphore(makers)
        self._lock = Lock()
        self._entries: OrderedDict[Hashable, tuple[Hashable, _Entry]] = OrderedDict()

    def recall(self, key: Hashable, content: Hashable, make: Callable[[], T], *, aside: bool = False) -> T:
        """Return the answer to ``key`` that is made of ``content``, as :meth:`Memory.recall` does."""
        with self._lock:
            of, entry = self._entries.get(key, (None, None))
            if entry is None or of != content:
                entry = _Entry()
            self._entries[key] = content, entry
            self._entries.move_to_end(key)
            while len(self._entries) > self._size:
                self._entries.popitem(last=False)
        return cast("T", entry.value(make, self._makers if aside else None))

    def holds(self, key: Hashable, content: Hashable) -> bool:
        """Say whether the answer is there, without waiting for one that is being made."""
        with self._lock:
            of, entry = self._entries.get(key, (None, None))
        return entry is not None and of == content and entry.made


class Underway(Generic[T]):
    """Something that is made to its end though whoever asked for it has no time left: for the next who asks."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._key: Hashable = None
        self._made: Future[T] | None = None

    def result(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what ``make`` makes; where a request waits for it, in a thread that has all the time it needs.

        What is being made under the same key is waited for. :class:`OutOfTime` for who waits longer than a request may.
        """
        rest = deadline.left()
        if rest is None:
            return make()
        with self._lock:
            if self._made is None or self._key != key:
                self._key, self._made = key, Future()
                Thread(target=_fulfil, args=(self._made, make), name="underway", daemon=True).start()
            made = self._made
        try:
            with deadline.waiting():
                return made.result(max(0.0, rest))
        except TimeoutError:
            raise OutOfTime("The graph is being read, which takes long.", remedy="Try again in a moment.") from None
        finally:
            with self._lock:
                if made.done() and self._made is made:
                    self._key = self._made = None


def _fulfil(promise: Future[T], make: Callable[[], T]) -> None:
    try:
        promise.set_result(make())
    except BaseException as error:
        promise.set_exception(error)


class _Entry:
    """One answer, made under its own lock so that others don't wait for it."""

    def __init__(self) -> None:
        self._lock = RLock()
        self.made = False
        self._value: Any = None
        self._promise: Future[None] | None = None

    def value(self, make: Callable[[], Any], makers: BoundedSemaphore | None) -> Any:
        with deadline.waiting():
            mine = self._lock.acquire(timeout=deadline.at_most(TIMEOUT_MAX, "Waiting for an answer that is being made"))
        if not mine:
            raise OutOfTime("Another request is making this answer, and takes long.", remedy="Try again in a moment.")
        try:
            if not self.made:
                if makers is None or deadline.left() is None:
                    self._make(make)
                else:
                    self._wait(make, makers)
            return self._value
        finally:
            self._lock.release()

    def _make(self, make: Callable[[], Any]) -> None:
        self._value = make()
        self.made = True

    def _wait(self, make: Callable[[], Any], makers: BoundedSemaphore) -> None:
        """Wait, as long as a request may, for a thread that makes the answer; one that is at it is waited for."""
        with deadline.waiting():
            if self._promise is None:
                if not makers.acquire(timeout=max(0.0, deadline.left() or 0.0)):
                    raise OutOfTime("Too much else is being made just now.", remedy="Try again in a moment.")
                self._promise = Future()
                # It sees the revision that the request saw.
                work = partial(copy_context().run, self._fulfil, self._promise, make, makers)
                Thread(target=work, name="maker", daemon=True).start()
            promise = self._promise
            try:
                promise.result(max(0.0, deadline.left() or 0.0))
            except TimeoutError:
                raise OutOfTime("What the answer stands on is being made.", remedy="Try again in a moment.") from None
            finally:
                if promise.done():
                    self._promise = None

    def _fulfil(self, promise: Future[None], make: Callable[[], Any], makers: BoundedSemaphore) -> None:
        deadline.end()
        try:
            _fulfil(promise, lambda: self._make(make))
        finally:
            makers.release()
