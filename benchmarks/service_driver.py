"""Asks a service over HTTP as many at once, in a process of its own, and says how long each kind of question took.

``python -m benchmarks.service_driver ADDRESS PLAN SECONDS CONNECTIONS [RATE]``; PLAN is a file of JSON: kind → weight,
addresses and, where there are any, headers. Each connection is kept alive and asks its next question when it has the
answer to the last (a closed loop). With a RATE, so many questions fall due in each second whatever the answers do, the
next free connection asks the next of them, and its time runs from when it was due (an open loop: a service that stands
still for a second is asked RATE questions then, and all of them wait). The last line printed is JSON. One thread and no
library: a driver that does not measure itself takes a few per cent of what the service takes, and says how much it
took.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

NOT_MODIFIED: Final = 304


class Client:
    """One connection that asks one question after the other."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str, headers: dict[str, str]) -> tuple[int, int]:
        """Return status and size of an answer; :class:`OSError` or :class:`EOFError` where there is none."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port, limit=1 << 20)
        reader, writer = self._streams
        asked = {"Host": self._host, "Accept-Encoding": "gzip"} | headers
        lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in asked.items())]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        told = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        status, size = int(lines[0].split()[1]), int(told.get("content-length", "-1"))
        if status == NOT_MODIFIED:
            size = 0  # its Content-Length, where there is one, is that of the answer it stands for
        elif size >= 0:
            await reader.readexactly(size)
        elif told.get("transfer-encoding") == "chunked":
            size = await self._chunks(reader)
        if told.get("connection", "").lower() == "close":
            await self.close()
        return status, size

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


async def drive(address: str, plan: dict[str, Any], seconds: float, connections: int, rate: float) -> dict[str, Any]:
    """Ask for some seconds and return what was answered, by kind; ``rate`` is questions a second, or 0."""
    split = urlsplit(address)
    kinds, weights = list(plan), [each["weight"] for each in plan.values()]
    times, statuses, sizes = defaultdict[str, list[float]](list), Counter[str](), Counter[str]()
    start = time.perf_counter()
    due = (start + number / rate for number in range(int(rate * seconds))) if rate else None

    async def next_question() -> float | None:
        """Return when the next question is due, once it is; None when there is no further one."""
        if due is None:
            now = time.perf_counter()
            return now if now < start + seconds else None
        moment = next(due, None)
        if moment is not None:
            await asyncio.sleep(moment - time.perf_counter())
        return moment

    async def ask(number: int) -> None:
        client, dice = Client(split.hostname or "", split.port or 80), random.Random(number)  # noqa: S311  # which question comes next
        while (began := await next_question()) is not None:
            kind = dice.choices(kinds, weights)[0]
            asked = plan[kind]
            try:
                status, size = await client.get(dice.choice(asked["paths"]), asked.get("headers", {}))
            except (OSError, EOFError):
                await client.close()
                statuses["none"] += 1
                continue
            times[kind].append(time.perf_counter() - began)
            statuses[str(status)] += 1
            sizes[kind] += size
        await client.close()

    await asyncio.gather(*(ask(number) for number in range(connections)))
    return {
        "seconds": time.perf_counter() - start,
        "times": {kind: sorted(found) for kind, found in times.items()},
        "statuses": statuses,
        "bytes": {kind: size / max(1, len(times[kind])) for kind, size in sizes.items()},
        "cpu": time.process_time(),
    }


if __name__ == "__main__":
    given = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    asked_each_second = float(sys.argv[5]) if len(sys.argv) > 5 else 0.0
    found = asyncio.run(drive(sys.argv[1], given, float(sys.argv[3]), int(sys.argv[4]), asked_each_second))
    print(json.dumps(found))
