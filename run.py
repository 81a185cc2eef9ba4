#!/usr/bin/env python3
"""Run graphsvc from a fresh checkout: ``python3 run.py demo``.

Makes an environment in ``.venv`` beside this file when it is missing or out of date, installs graphsvc there in the
versions of ``constraints.txt``, then runs what was asked. Needs Python 3.11 or newer and nothing else.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  # an old Python must still be able to say so: keep to its syntax
    sys.exit(
        "graphsvc needs Python 3.11 or newer; this is Python {}.{}.\n"
        "Install a newer Python and run this file with it, for example: python3.12 run.py demo".format(
            *sys.version_info[:2]
        )
    )

import hashlib
import importlib.util
import os
import subprocess
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "graphsvc-installed"
WINDOWS = sys.platform == "win32"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
MOST_PROCESSES = 4
"""Of the tests: each takes about half a gigabyte, and a Neo4j or a Chromium beside it; many wait for these."""
USAGE = """\
python3 run.py demo [options]       load the sample network, draw its map, serve it   (demo --help: the options)
python3 run.py test [pytest args]   run the tests, in a process more than there are cores, four at most
python3 run.py dev                  only make the environment with all tools
python3 run.py COMMAND …            any other graphsvc command; --help lists them"""


def main(arguments: Sequence[str]) -> int:
    """Make the environment ready for the first argument and run it there; return its exit status."""
    if not arguments:
        print(USAGE)
        return 0
    command, rest = arguments[0], list(arguments[1:])
    ready(dev=command in {"test", "dev"})
    if command == "dev":
        print(f"Ready: {PYTHON}")
        return 0
    if command == "test":
        os.chdir(ROOT)  # pytest finds its tests from there
        return run([str(PYTHON), "-m", "pytest", *shared_out(rest), *rest])
    return run([str(PYTHON), "-P", "-m", "graphsvc", command, *rest])  # -P: not a graphsvc that lies where one stands


def shared_out(arguments: Sequence[str]) -> list[str]:
    """Return the options that share the tests out among processes; none for who chooses that, debugs, or names a file.

    tests/conftest.py says which tests stay together.
    """
    own = ("-n", "-p", "-s", "--capture", "--dist", "--numprocesses", "--pdb", "--trace")
    if any(each.startswith(own) or Path(each.partition("::")[0]).is_file() for each in arguments):
        return []
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return ["-n", str(min(cores + 1, MOST_PROCESSES)), "--dist", "loadfile"] if cores > 1 else []


def ready(*, dev: bool) -> None:
    """Make or bring up to date the environment; quick when nothing has changed."""
    wanted = state()
    installed = STAMP.read_text(encoding="utf-8").split() if STAMP.is_file() else []
    if installed[:1] == [wanted] and (not dev or "dev" in installed) and PYTHON.exists():
        return
    if not works():
        make()
    STAMP.unlink(missing_ok=True)  # an installation that is cut short is not up to date
    install(dev=dev)
    STAMP.write_text(f"{wanted} dev\n" if dev else f"{wanted}\n", encoding="utf-8")


def state() -> str:
    """Return a digest of all that decides what is installed: the two lists, this folder and this Python."""
    digest = hashlib.sha256()
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    digest.update(f"{ROOT} {sys.version_info[:2]}".encode())
    return digest.hexdigest()


def works() -> bool:
    """Return whether ``.venv`` holds this version of Python, with pip; whoever made it."""
    probe = f"import sys, pip; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    try:
        return subprocess.run([PYTHON, "-c", probe], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make() -> None:
    """Create ``.venv``."""
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        version = "{}.{}".format(*sys.version_info[:2])
        sys.exit(
            f"This Python ({sys.executable}) comes without the module venv, which makes environments.\n"
            f"On Debian and Ubuntu: sudo apt install python{version}-venv. Then run the same command again."
        )
    print(f"Making an environment in {VENV} …", flush=True)
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", VENV],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if made.returncode:
        sys.exit(
            f"{made.stdout.strip()}\n\n"
            f"The environment could not be made in {VENV}. Is the folder writable, and is there space on the disk?"
        )


def install(*, dev: bool) -> None:
    """Install graphsvc from this folder, showing what pip is at; with ``dev`` also the tools and test packages."""
    what = "graphsvc, what it needs and the tools for development" if dev else "graphsvc and what it needs"
    print(f"Installing {what}; the first time takes a minute …", flush=True)
    started = time.monotonic()
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["-c", str(ROOT / "constraints.txt"), "-e", f"{ROOT}[dev]" if dev else str(ROOT)]
    said: deque[str] = deque(maxlen=20)
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace"
    ) as pip:
        for line in pip.stdout or ():
            said.append(line.rstrip())
            show(line.strip())
    show("")
    if pip.returncode:
        sys.exit(
            "\n".join(said) + "\n\npip could not install graphsvc; its last lines are above.\n"
            "If they speak of a connection: is there a network, and does pip know its proxy or package index"
            " (pip config list)? Then run the same command again."
        )
    print(f"Installed in {time.monotonic() - started:.0f} s.", flush=True)


def show(text: str) -> None:
    """Show ``text`` in place of what was shown before, where somebody watches."""
    if sys.stdout.isatty():
        print(f"\r  {text[:74]:<74}" if text else f"\r{'':76}\r", end="", flush=True)


def run(command: list[str]) -> int:
    """Run ``command`` as this process, so that signals reach it; Windows can't, so there it is waited for."""
    sys.stdout.flush()
    if not WINDOWS:
        os.execv(command[0], command)  # noqa: S606  # no shell is the point
    try:
        return subprocess.run(command, check=False).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
