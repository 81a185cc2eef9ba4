"""Asks a service over HTTP as many at once, in a process of its own, and says how long each kind of question took.

``python -m benchmarks.service_driver ADDRESS PLAN SECONDS CONNECTIONS``; PLAN is a file of JSON: kind → weight and
addresses. Each connection is kept alive and asks its next question when it has the answer to the last (a closed loop).
The last line printed is JSON. One thread and no library: a driver that does not measure itself takes a few per cent of
what the service takes, and says how much it took.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


class Client:
    """One connection that asks one question after the other."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> tuple[int, int]:
        """Return status and size of an answer; :class:`OSError` or :class:`EOFError` where there is none."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port, limit=1 << 20)
        reader, writer = self._streams
        head = f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\nAccept-Encoding: gzip\r\n\r\n"
        writer.write(head.encode())
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        size = int(headers.get("content-length", "-1"))
        if size >= 0:
            await reader.readexactly(size)
        elif headers.get("transfer-encoding") == "chunked":
            size = await self._chunks(reader)
        if headers.get("connection", "").lower() == "close":
            await self.close()
        return int(lines[0].split()[1]), size

    async def close(self) -> None:
        """Let go of the connection."""
        if self._streams:
            self._streams[1].close()
            self._streams = None

    @staticmethod
    async def _chunks(reader: asyncio.StreamReader) -> int:
        total = 0
        while size := int((await reader.readline()).split(b";")[0], 16):
            await reader.readexactly(size + 2)
            total += size
        await reader.readline()
        return total


async def drive(address: str, plan: dict[str, Any], seconds: float, connections: int) -> dict[str, Any]:
    """Ask for some seconds and return what was answered, by kind."""
    split = urlsplit(address)
    kinds, weights = list(plan), [each["weight"] for each in plan.values()]
    times, statuses, sizes = defaultdict[str, list[float]](list), Counter[str](), Counter[str]()
    end = time.perf_counter() + seconds

    async def ask(number: int) -> None:
        client, dice = Client(split.hostname or "", split.port or 80), random.Random(number)  # noqa: S311  # which question comes next
        while time.perf_counter() < end:
            kind = dice.choices(kinds, weights)[0]
            began = time.perf_counter()
            try:
                status, size = await client.get(dice.choice(plan[kind]["paths"]))
            except (OSError, EOFError):
                await client.close()
                statuses["none"] += 1
                continue
            times[kind].append(time.perf_counter() - began)
            statuses[str(status)] += 1
            sizes[kind] += size
        await client.close()

    began = time.perf_counter()
    await asyncio.gather(*(ask(number) for number in range(connections)))
    return {
        "seconds": time.perf_counter() - began,
        "times": {kind: sorted(found) for kind, found in times.items()},
        "statuses": statuses,
        "bytes": {kind: size / max(1, len(times[kind])) for kind, size in sizes.items()},
        "cpu": time.process_time(),
    }


if __name__ == "__main__":
    given = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    print(json.dumps(asyncio.run(drive(sys.argv[1], given, float(sys.argv[3]), int(sys.argv[4])))))
