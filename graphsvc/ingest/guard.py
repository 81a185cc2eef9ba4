"""Limits that a file must keep before any library reads it, and zips that keep them.

Nothing of a zip is ever unpacked to disk: its members are read in a stream, from where they lie.
"""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Final

from graphsvc.errors import UnreadableFile
from graphsvc.ingest import faults

MAX_WORKBOOK_BYTES: Final = 20_000_000
MAX_UNPACKED_BYTES: Final = 200_000_000
MAX_RATIO: Final = 200
RATIO_COUNTS_FROM: Final = 1_000_000
"""Small parts of honest files may be very regular; a ratio says something only of large ones."""
MAX_ROWS: Final = 200_000
MAX_COLUMNS: Final = 300
MAX_CELLS: Final = 3_000_000
MAX_ARCHIVE_BYTES: Final = 4_000_000_000
"""Unpacked size of a zip of CSV files, which are streamed."""
MAX_NETWORK_BYTES: Final = 400_000_000
"""Unpacked size of one network file, which is streamed: a million links with a few attributes each."""

MAX_MEMBERS: Final = 10_000
"""Files in a zip."""
MAX_SHEETS: Final = 255

_LOCAL_HEADER: Final = 30
"""Bytes before each member, its name not counted."""
OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OUTSIDE: Final = re.compile(r"^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)")
"""A member's name that begins at the root or climbs up. Nothing is ever unpacked to disk; an honest zip has none."""


@contextmanager
def opened_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a zip; whatever zipfile finds wrong with it, then or while it is read, is an :class:`UnreadableFile`."""
    if path.stat().st_size == 0:
        raise UnreadableFile(f"{path.name} is empty.", remedy="Save or download the file again.")
    with path.open("rb") as file:
        if file.read(8) == OLD_WORKBOOK:
            raise UnreadableFile(
                f"{path.name} is an old workbook (.xls) or protected with a password.",
                remedy="Open it in Excel and save it as an .xlsx workbook without a password.",
            )
    try:
        with zipfile.ZipFile(path) as archive:
            _check_members(archive, path.name)
            yield archive
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, OverflowError) as error:
        raise UnreadableFile(
            f"{path.name} is damaged, or not what its name says ({faults.of_packed(error)}).",
            remedy="Download or save it again.",
        ) from error
    except Exception as error:  # zlib.error, lzma.LZMAError: each compression has an error class of its own
        if type(error).__module__ in {"zlib", "_lzma", "lzma", "_bz2"}:
            raise UnreadableFile(
                f"{path.name} is damaged ({faults.DAMAGED}).", remedy="Download or save it again."
            ) from error
        raise


def _check_members(archive: zipfile.ZipFile, name: str) -> None:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise UnreadableFile(f"{name} holds {len(members):,} files; {MAX_MEMBERS:,} are read.", remedy="Split it.")
    for member in members:
        if member.flag_bits & 1:
            raise UnreadableFile(f"{name} is protected with a password.", remedy="Save it without a password.")
        if _OUTSIDE.search(member.filename):
            raise UnreadableFile(
                f"{name} holds a file named {member.filename[:80]!r}, which points outside of it.",
                remedy="Such archives are made to overwrite files. Pack the tables anew.",
            )
        if stat.S_ISLNK(member.external_attr >> 16):
            raise UnreadableFile(
                f"{name} holds {member.filename[:80]!r}, which is only a link to another file.",
                remedy="Pack the file itself.",
            )
    _check_overlap(members, name)


def _check_overlap(members: list[zipfile.ZipInfo], name: str) -> None:
    """Refuse members that share bytes: how 40 kB of zip unpack to gigabytes at no high ratio (Fifield 2019)."""
    ordered = sorted(members, key=lambda member: member.header_offset)
    for member, following in pairwise(ordered):
        if member.header_offset + _LOCAL_HEADER + member.compress_size > following.header_offset:
            raise UnreadableFile(
                f"{name} is damaged: its files {member.filename[:80]!r} and {following.filename[:80]!r} overlap.",
                remedy="Such archives are made to exhaust memory. Pack the tables anew.",
            )


def check_archive(archive: zipfile.ZipFile, name: str, limit: int = MAX_ARCHIVE_BYTES) -> None:
    """Refuse a zip whose declared size or compression is out of reason."""
    total = sum(member.file_size for member in archive.infolist())
    if total > limit:
        raise UnreadableFile(f"{name} holds {total:,} bytes, more than {limit:,}.", remedy="Split it.")
    for member in archive.infolist():
        check_ratio(member, name)


def check_ratio(member: zipfile.ZipInfo, name: str) -> None:
    """Refuse a member that is packed more than an honest table can be."""
    if member.file_size > RATIO_COUNTS_FROM and member.file_size > MAX_RATIO * max(member.compress_size, 1):
        raise UnreadableFile(
            f"{name} is packed {member.file_size // max(member.compress_size, 1)} times in {member.filename!r},"
            f" more than {MAX_RATIO} times.",
            remedy="Such files are made to exhaust memory. Save the tables anew.",
        )
