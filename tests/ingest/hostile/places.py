"""Paths under which no file lies, or one that is not what it seems."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from tests.ingest.hostile.case import Case, Reads, Refused

TABLE = "name\nTampere\n"


def pipe(path: Path) -> None:
    os.mkfifo(path)


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def dangling(path: Path) -> None:
    path.symlink_to("nowhere.csv")


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def link(path: Path) -> None:
    real = path.with_name("real.csv")
    real.write_text(TABLE, encoding="utf-8")
    path.symlink_to(real)


def empty_folder(path: Path) -> None:
    path.mkdir()


def folder_with_pipe(path: Path) -> None:
    path.mkdir()
    os.mkfifo(path / "Themes.csv")
    (path / "Actors.csv").write_text(TABLE, encoding="utf-8")


def folder_with_loop(path: Path) -> None:
    """A folder that holds itself is not walked into."""
    path.mkdir()
    (path / "again").symlink_to(path)
    (path / "Actors.csv").write_text(TABLE, encoding="utf-8")


def plain(path: Path) -> None:
    path.write_text(TABLE, encoding="utf-8")


def huge(path: Path) -> None:
    """5 GB that take no room on the disk."""
    with path.open("wb") as file:
        file.write(b"name\nTampere\n")
        file.truncate(5_000_000_000)


CASES = (
    Case("a pipe", "pipe.csv", pipe, Refused("is a pipe")),
    Case("a socket", "s.csv", listening, Refused("is a socket")),
    Case("a device", "zero.csv", device, Refused("is a device")),
    Case("a link to nothing", "dangling.csv", dangling, Refused("no file")),
    Case("a link to itself", "loop.csv", loop, Refused("can't be opened")),
    Case("a link to a file", "Actors.csv", link, Reads(1, holds=("Tampere",))),
    Case("an empty folder", "folder", empty_folder, Refused("holds no CSV file")),
    Case("a folder with a pipe in it", "piped", folder_with_pipe, Reads(1, holds=("Tampere",))),
    Case("a folder that holds itself", "looped", folder_with_loop, Reads(1, holds=("Tampere",))),
    Case("a name that is no text", os.fsdecode(b"\xff\xfe.csv"), plain, Refused("is no text")),
    Case("a name of several lines", "Actors.\n\x1b[31m.csv", plain, Reads(1, holds=("Tampere",))),
    Case("a file of 5 GB", "huge.csv", huge, Refused("larger than")),
)
