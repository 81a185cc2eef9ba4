"""What the commands print: tables and sentences on standard output, progress on standard error, JSON for machines."""

from __future__ import annotations

import dataclasses
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from graphsvc.errors import InputError


def speak_utf8() -> None:
    """Print UTF-8 whatever the platform's habit: names have å, ä and ö."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def has_screen() -> bool:
    """Whether opening a browser makes sense here."""
    if not sys.stdout.isatty():
        return False
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def out() -> Console:
    """Return where answers are printed."""
    return Console(width=None if sys.stdout.isatty() else 150)


def tell(message: str) -> None:
    """Say something about the work itself, on standard error."""
    Console(stderr=True).print(escape(message), highlight=False, soft_wrap=True)


def complain(message: str) -> None:
    """Say what was wrong, on standard error."""
    Console(stderr=True).print(f"[bold red]Error:[/] {escape(message)}", highlight=False, soft_wrap=True)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what goes wrong with the file system while ``path`` is written into a sentence."""
    if not path.absolute().parent.is_dir():
        raise InputError(f"There is no folder {path.absolute().parent}.", remedy="Make it first, or choose another.")
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"{path} can't be written: {reason}.", remedy="Is it open in another program?") from error


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar at a terminal (nothing elsewhere); yields what is to be called with (done, total)."""
    stderr = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        console=stderr,
        disable=not stderr.is_terminal,
    )
    with bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)


@contextmanager
def spinner(what: str) -> Iterator[None]:
    """Show that something is going on whose length is not known."""
    stderr = Console(stderr=True)
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=stderr,
        disable=not stderr.is_terminal,
    ) as bar:
        bar.add_task(what, total=None)
        yield


def plain(value: Any) -> Any:
    """Return a value as JSON knows it: dataclasses and models as objects, dates as ISO text, decimals as text."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(each) for key, each in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(plain(each) for each in value)
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat()


def print_json(value: Any) -> None:
    """Print one JSON document on standard output."""
    sys.stdout.write(json.dumps(plain(value), ensure_ascii=False, indent=2) + "\n")


def numbered(number: int, one: str, several: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {one if number == 1 else several}"


def counts(counts: Mapping[Any, int]) -> str:
    """Return counted things in words, those that there are."""
    words = {str(plain(name)).lower().replace("_", " "): number for name, number in counts.items()}
    return ", ".join(f"{number} {name}" for name, number in words.items() if number) or "none"


def confirmed(question: str, yes: bool) -> bool:
    """Whether to go on: asked only at a terminal; without one, only ``yes`` does."""
    if yes or sys.stdin.isatty():
        return yes or click.confirm(question, default=False, err=True)
    tell("Nothing was saved. Add --yes to save.")
    return False
