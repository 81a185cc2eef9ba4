"""The real processes: the service, those who ask it, and imports at the terminal."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Final
from urllib.parse import urlsplit

ATTEMPTS: Final = 20
"""How often somebody begins again before they give up."""
PACE: Final = 0.3
"""Seconds between an answer and the next question."""
LIVE: Final = "/health/live"
HEALTH: Final = "/health"
GRAPHSVC: Final = [sys.executable, "-m", "graphsvc"]


def environment(store: str, home: Path, **more: str) -> dict[str, str]:
    """Return the environment of a process on a store; nothing of graphsvc's own gets in from outside."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("GRAPHSVC_")}
    return {**outside, "GRAPHSVC_STORE": store, "GRAPHSVC_HOME": str(home), **more}


def run(command: list[str], files: list[Path], settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Import files at the terminal and return what became of it."""
    arguments = [*command, "import", *map(str, files), "--yes"]
    return subprocess.run(arguments, env=settings, capture_output=True, text=True, check=False, timeout=300)


@dataclass
class Served:
    """A service in a process of its own."""

    process: subprocess.Popen[bytes]
    address: str
    log: Path


@contextmanager
def serving(settings: dict[str, str], log: Path, port: int = 0) -> Iterator[Served]:
    """Run ``graphsvc serve`` while the block runs; its log goes to a file."""
    with log.open("ab") as written:
        began = log.stat().st_size
        process = subprocess.Popen([*GRAPHSVC, "serve", "--port", str(port)], env=settings, stderr=written)
    try:
        deadline = time.monotonic() + 60
        while not (found := re.search(r"running at (http://\S+)", log.read_text(encoding="utf-8")[began:])):
            assert process.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield Served(process, found[1], log)
    finally:
        process.kill()
        process.wait(30)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service said, and how soon."""

    at: float
    path: str
    status: int
    seconds: float
    retry_after: str | None
    kind: str
    """Last part of the problem's type; empty for none."""


def ask(address: str, path: str, patience: float = 60) -> Answer:
    """Ask once, on a connection of its own."""
    host = urlsplit(address)
    began = time.monotonic()
    connection = http.client.HTTPConnection(host.hostname or "", host.port, timeout=patience)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
    finally:
        connection.close()
    seconds = time.monotonic() - began
    kind = str(json.loads(body)["type"]).rpartition("/")[2] if response.status >= 400 else ""
    return Answer(began, path, response.status, seconds, response.getheader("Retry-After"), kind)


@dataclass
class Readers:
    """Those who ask the service all the while."""

    address: str
    paths: Sequence[str]
    calm: float = PACE
    """Seconds that who was answered waits; who was turned away asks again after :data:`PACE`."""
    answers: list[Answer] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    _over: Event = field(default_factory=Event)

    @contextmanager
    def asking(self, each: int = 1) -> Iterator[None]:
        """Ask for each path in turn, ``each`` threads a path, while the block runs."""
        threads = [Thread(target=self._ask, args=(path,)) for path in self.paths for _ in range(each)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            for thread in threads:
                thread.join(70)

    def _ask(self, path: str) -> None:
        pace = PACE
        while not self._over.wait(pace):
            try:
                answer = ask(self.address, path)
            except OSError as error:
                self.failures.append(f"{path}: {error}")
                continue
            self.answers.append(answer)
            pace = self.calm if answer.status == 200 else PACE


@dataclass
class Importer:
    """Somebody who imports files at the terminal, and begins again where an import failed or was killed."""

    settings: dict[str, str]
    files: Sequence[Path]
    confirmed: list[str] = field(default_factory=list)
    """Names of the files that the command said to be saved, in this order."""
    said: list[str] = field(default_factory=list)
    attempts: int = 0
    process: subprocess.Popen[str] | None = None

    def work(self) -> None:
        """Import until every file is in the graph; call it in a thread."""
        while self.attempts < ATTEMPTS:
            self.attempts += 1
            command = [*GRAPHSVC, "import", *map(str, self.files), "--yes"]
            with subprocess.Popen(
                command, env=self.settings, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
            ) as self.process:
                assert self.process.stderr
                for line in self.process.stderr:
                    self.said.append(line)
                    if found := re.match(r"(\S+): [\d,  ]+ rows? saved", line):
                        self.confirmed.append(found[1])
            if self.process.returncode == 0:
                return

    @contextmanager
    def working(self) -> Iterator[Thread]:
        """Work in a thread while the block runs."""
        thread = Thread(target=self.work)
        thread.start()
        try:
            yield thread
        finally:
            if thread.is_alive():
                self.attempts = ATTEMPTS
                if self.process:
                    self.process.kill()
            thread.join(30)

    def until(self, confirmed: int, seconds: float = 300) -> None:
        """Return when so many files are confirmed."""
        deadline = time.monotonic() + seconds
        while len(self.confirmed) < confirmed:
            assert time.monotonic() < deadline, "".join(self.said[-20:])
            time.sleep(0.01)


def back_within(served: Served, seconds: float) -> float:
    """Return after how long the service says that all is well."""
    began = time.monotonic()
    while ask(served.address, HEALTH).status != 200:
        assert time.monotonic() - began < seconds, "it did not come back by itself"
        time.sleep(0.05)
    return time.monotonic() - began


def summary(readers: Readers) -> str:
    """Return how soon each address answered, for whoever reads why a test failed."""
    lines = []
    for path in readers.paths:
        for status in sorted({each.status for each in readers.answers}):
            times = sorted(each.seconds for each in readers.answers if (each.path, each.status) == (path, status))
            if times:
                middle = times[len(times) // 2]
                lines.append(f"{path} {status}: {len(times)}, median {middle:.3f} s, most {times[-1]:.2f} s")
    return "\n".join(lines)
