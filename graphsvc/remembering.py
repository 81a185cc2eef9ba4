"""A small memory of answers that holds as long as the graph stays at one revision."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock, RLock
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Memory:
    """Keeps the last ``size`` answers of the newest revision. Each is made once, however many threads ask for it."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = Lock()
        self._revision = -1
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()

    def recall(self, revision: int, key: Hashable, make: Callable[[], T]) -> T:
        """Return the answer to ``key`` at ``revision``, made by ``make`` if it isn't there.

        An answer of an older revision than the newest known one is made but not kept. An error of ``make`` is raised to
        everyone who waits for it and is not kept.
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
        value = entry.value(make)
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


class _Entry:
    """One answer, made under its own lock so that others don't wait for it."""

    def __init__(self) -> None:
        self._lock = RLock()
        self.made = False
        self._value: Any = None

    def value(self, make: Callable[[], Any]) -> Any:
        with self._lock:
            if not self.made:
                self._value = make()
                self.made = True
            return self._value
