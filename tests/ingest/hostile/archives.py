"""Archives that unpack to more than they hold, or to somewhere else."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.ingest.hostile.case import Case, Reads, Refused

Members = dict[str, bytes]
TABLE = b"name\nTampere\n"


def packed(members: Members, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of these members."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return whole.getvalue()


def of(members: Members) -> Callable[[Path], None]:
    return lambda path: nothing(path.write_bytes(packed(members)))


def nothing(_: object) -> None:
    return


def flat(path: Path) -> None:
    """200 MB of rows in 1 MB."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("Actors.csv", "w", force_zip64=True) as part,
    ):
        part.write(b"name\n")
        for _ in range(200):
            part.write(b"A\n" * 500_000)


def nested(path: Path) -> None:
    """A zip in a zip, six times."""
    inner = TABLE * 1000
    for _ in range(6):
        inner = packed({f"{number}.zip": inner for number in range(10)})
    path.write_bytes(inner)


def overlapping(path: Path) -> None:
    """Fifty files that are the same bytes (D. Fifield, A better zip bomb, 2019): no file is packed too much."""
    data = packed({"Actors.csv": TABLE + bytes(range(32, 127)) * 2000})
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[start:end]
    table = b"".join(entry.replace(b"Actors.csv", b"Actor%02d.cs" % n, 1)[: len(entry)] for n in range(50))
    closing = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 50, 50, len(table), start, 0)
    path.write_bytes(data[:start] + table + closing)


def lying(size: int, unpacked: int) -> Callable[[Path], None]:
    """Write a zip whose directory says that a file of ``unpacked`` bytes has ``size``."""

    def make(path: Path) -> None:
        data = bytearray(packed({"Actors.csv": b"name\n" + b"A\n" * (unpacked // 2)}))
        entry = data.index(b"PK\x01\x02")
        for place in (data.index(b"PK\x03\x04") + 22, entry + 24):
            data[place : place + 4] = struct.pack("<I", size)
        path.write_bytes(data)

    return make


def linked(path: Path) -> None:
    """A link to a file of the machine, as tar and Info-ZIP keep it."""
    link = zipfile.ZipInfo("Actors.csv")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")


def many(path: Path) -> None:
    """100,000 files."""
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(100_000):
            archive.writestr(f"{number}.csv", b"")


def cut(path: Path) -> None:
    data = packed({"Actors.csv": b"name\n" + b"".join(b"Actor %d\n" % n for n in range(10_000))})
    path.write_bytes(data[: len(data) // 2])


def spoiled(path: Path) -> None:
    """Bytes in the middle are others: the directory is whole, the data is not."""
    data = bytearray(packed({"Actors.csv": b"name\n" + b"".join(b"Actor %d\n" % n for n in range(10_000))}))
    data[2000:2060] = b"\x55" * 60
    path.write_bytes(data)


def wrong_sum(path: Path) -> None:
    """Stored bytes that were changed: only the check sum tells."""
    data = packed({"Actors.csv": b"name\nTampere\n"}, zipfile.ZIP_STORED)
    path.write_bytes(data.replace(b"Tampere", b"Helsink", 1))


def encrypted(path: Path) -> None:
    data = bytearray(packed({"Actors.csv": TABLE}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)


def unpacks_to(megabytes: int) -> Callable[[Path], None]:
    """Write a ``.gz`` of a few kilobytes."""

    def make(path: Path) -> None:
        with gzip.open(path, "wb", compresslevel=6) as file:
            file.write(b"name\n")
            for _ in range(megabytes):
                file.write(b"A\n" * 500_000)

    return make


def gz_cut(path: Path) -> None:
    data = gzip.compress(b"name\n" + b"".join(b"Actor %d\n" % n for n in range(10_000)))
    path.write_bytes(data[: len(data) // 2])


def gz_tail(path: Path) -> None:
    """A whole ``.gz`` with another behind it, as ``cat`` makes them: both are read."""
    path.write_bytes(gzip.compress(b"name\nA\n") + gzip.compress(b"B\n"))


def unknown_method(path: Path) -> None:
    data = bytearray(packed({"Actors.csv": TABLE}))
    data[data.index(b"PK\x01\x02") + 10] = 97
    path.write_bytes(data)


def far_directory(path: Path) -> None:
    """A zip64 directory said to lie at the end of the world."""
    data = packed({"Actors.csv": TABLE})
    at = data.index(b"PK\x05\x06")
    record = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 2**40, 2**40, 2**62, 2**62)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, at, 1)
    closing = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, 2**32 - 1, 2**32 - 1, 0)
    path.write_bytes(data[:at] + record + locator + closing)


OUTSIDE = "points outside"
CASES = (
    Case("200 MB of rows in 200 kB", "flat.zip", flat, Refused(r"packed \d+ times")),
    Case("a zip in a zip, six deep", "nested.zip", nested, Refused("holds no CSV file")),
    Case("fifty files that are the same bytes", "overlap.zip", overlapping, Refused("overlap")),
    Case("100 MB said to be 100 bytes", "small.zip", lying(100, 100_000_000), Refused("damaged")),
    Case("13 bytes said to be 4 GB", "large.zip", lying(2**32 - 2, 13), Refused("holds 4,294,967,294 bytes")),
    Case("a file above the archive", "up.zip", of({"../Actors.csv": TABLE}), Refused(OUTSIDE)),
    Case("a file at the root", "root.zip", of({"/etc/Actors.csv": TABLE}), Refused(OUTSIDE)),
    Case("a file on a drive", "drive.zip", of({"C:\\Actors.csv": TABLE}), Refused(OUTSIDE)),
    Case("a link to another file", "link.zip", linked, Refused("only a link")),
    Case("100,000 files", "many.zip", many, Refused("holds 100,000 files")),
    Case("an archive cut off", "cut.zip", cut, Refused("damaged")),
    Case("bytes changed inside an archive", "spoiled.zip", spoiled, Refused("damaged")),
    Case("a wrong check sum", "sum.zip", wrong_sum, Refused("damaged")),
    Case("an encrypted archive", "locked.zip", encrypted, Refused("protected with a password")),
    Case("a compression nobody knows", "method.zip", unknown_method, Refused("damaged")),
    Case("a directory at the end of the world", "far.zip", far_directory, Refused("damaged")),
    Case("the same file twice", "twice.zip", of({"Actors.csv": TABLE, "ACTORS.CSV": TABLE}), Reads(1, errors=1)),
    Case("a .gz of 1 GB in 1 MB", "bomb.csv.gz", unpacks_to(1000), Refused("packed more than 200 times")),
    Case("a .gz cut off", "cut.csv.gz", gz_cut, Refused("damaged")),
    Case("two .gz in one", "Actors.csv.gz", gz_tail, Reads(2, holds=("A", "B"))),
    Case(
        "a .gz in a .gz",
        "again.csv.gz",
        lambda path: nothing(path.write_bytes(gzip.compress(gzip.compress(TABLE)))),
        Refused("not text"),
    ),
)
