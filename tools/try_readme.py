"""Do what the README's first lines say, as somebody new does it: ``make readme``.

Clones what is committed here, empties the home folder, runs the README's demo command, waits for the address that it
prints, fetches it, and stops the service again. Needs only Python.
"""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 900
"""Seconds; most of it is for downloading packages into an empty cache."""


def first_commands(readme: str) -> list[str]:
    """Return the commands of the first block of code."""
    block = re.search(r"```\w*\n(.*?)```", readme, re.DOTALL)
    lines = block[1].splitlines() if block else []
    return [line.partition("#")[0].strip() for line in lines if line.partition("#")[0].strip()]


def demo(clone: Path, home: Path) -> str:
    """Run the first command of the clone's README; return the address it served. Raises where it does not."""
    command = first_commands((clone / "README.md").read_text(encoding="utf-8"))[0]
    program, *arguments = shlex.split(command)
    if program != "python3":
        raise SystemExit(f"The README's first command is expected to be one of python3: {command}")
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "GRAPHSVC_", "VIRTUAL_ENV"))
    }
    environment = kept | {"HOME": str(home), "GRAPHSVC_PORT": "0", "PYTHONUNBUFFERED": "1"}
    print(f"$ {command}   (empty home folder, free port)", flush=True)
    began = time.monotonic()
    with subprocess.Popen(
        [sys.executable, *arguments],
        cwd=clone,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as process:
        try:
            address = served(process)
            with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310  # an http address of ours
                page = answer.read()
            seconds = time.monotonic() - began
            print(f"{address} answers {answer.status} with {len(page)} bytes, {seconds:.0f} s after the start")
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
    if process.returncode not in (0, 130, -signal.SIGINT):
        raise SystemExit(f"Stopped with Ctrl+C, the demo ended with {process.returncode}.")
    return address


def served(process: subprocess.Popen[str]) -> str:
    """Repeat what the demo says until it names its address."""
    for line in process.stdout or ():
        print(f"  {line.rstrip()}", flush=True)
        if match := re.search(r"http://127\.0\.0\.1:\d+\S*", line):
            return match[0]
    raise SystemExit(f"The demo ended with {process.wait()} before it served anything.")


def give_up(_number: int, _frame: object) -> None:
    """End a demo that hangs, and with it this script."""
    raise SystemExit(f"After {PATIENCE} s the demo serves nothing.")


def main() -> None:
    """Clone, run, and look at what lies in the home folder afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        clone, home = Path(folder, "graphsvc"), Path(folder, "home")
        home.mkdir()
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        signal.signal(signal.SIGALRM, give_up)
        signal.alarm(PATIENCE)
        demo(clone, home)
        signal.alarm(0)
        changed = subprocess.run(
            ["git", "status", "--porcelain"], cwd=clone, check=True, capture_output=True, text=True
        ).stdout
        if changed:
            raise SystemExit(f"The demo left files in the checkout:\n{changed}")


if __name__ == "__main__":
    main()
