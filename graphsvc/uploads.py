"""Files that were sent in to be imported: kept for a day under names of our own, with what was found in them.

The name that a file came with is data: it is shown, and never part of a path. What a dry run found is kept beside the
file and dies with it, as it quotes the file.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import secrets
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, Final, Self

from graphsvc.errors import GraphsvcError, InvalidValue, NotFound
from graphsvc.ingest.naming import called
from graphsvc.jobs.place import mark_of
from graphsvc.keeping import Kept
from graphsvc.settings import Settings

LIFE: Final = timedelta(days=1)
MEGABYTE: Final = 1024 * 1024
MOST: Final = 50
"""Uploads that may be there at once."""
_LONGEST_NAME: Final = 200
_CHUNK: Final = 1 << 18
_FOLDER: Final = re.compile(r"^.*[/\\]", re.DOTALL)
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS upload (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  by TEXT NOT NULL,
  made TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS finding (
  upload TEXT NOT NULL REFERENCES upload (id) ON DELETE CASCADE,
  digest TEXT NOT NULL,
  body BLOB NOT NULL,
  begun INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (upload, digest)
) STRICT;
"""


class TooManyUploads(GraphsvcError):
    """So many files wait already that no more are taken."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent in."""

    id: str
    name: str
    """The name it came with, for people."""
    size: int
    sha256: str
    by: str
    """Name of the caller that sent it."""
    made: datetime

    @property
    def ends(self) -> datetime:
        """When it is deleted."""
        return self.made + LIFE


@dataclass(frozen=True, slots=True)
class Received:
    """Bytes that have come, and are an upload once they are added."""

    path: Path
    size: int
    sha256: str


class Uploads:
    """All uploads of one graph. Threads may share it, and processes of a machine the folder."""

    def __init__(
        self,
        folder: Path | None = None,
        most_bytes: int = 20 * MEGABYTE,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """``folder`` is made when first needed; None for uploads that are gone when this is closed."""
        self.most_bytes = most_bytes
        self._now = now
        self._kept = Kept(folder, "uploads.sqlite", _SCHEMA)

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Return the uploads of the graph that the settings name."""
        mark = mark_of(settings)
        folder = settings.home / f"uploads-{mark}" if mark else None
        return cls(folder, settings.upload_megabytes * MEGABYTE)

    def close(self) -> None:
        """Let go of the folder."""
        self._kept.close()

    # ---- the files

    @contextmanager
    def receiving(self) -> Iterator[BinaryIO]:
        """Yield an open file to write what comes to; whatever of it is not added is deleted in the end."""
        self.sweep()
        path = self._kept.folder / f"{secrets.token_hex(12)}.part"
        try:
            with path.open("x+b") as file:  # in a folder that only its owner may enter
                yield file
        finally:
            path.unlink(missing_ok=True)

    def received(self, file: BinaryIO) -> Received:
        """Return what was written to a file of :meth:`receiving`."""
        file.flush()
        file.seek(0)
        digest, size = hashlib.sha256(), 0
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
        return Received(Path(file.name), size, digest.hexdigest())

    def add(self, received: Received, name: str, by: str, id_: str | None = None) -> Upload:
        """Keep what came, for a day. :class:`InvalidValue` for a name that is none, :class:`TooManyUploads`."""
        made = Upload(id_ or secrets.token_hex(12), shown_name(name), received.size, received.sha256, by, self._now())
        with self._kept.changing() as database:
            if database.execute("SELECT count(*) FROM upload").fetchone()[0] >= MOST:
                raise TooManyUploads(f"{MOST} files wait to be imported.", remedy="Delete one, or wait for a day.")
            row = (made.id, made.name, made.size, made.sha256, by, made.made.isoformat())
            database.execute("INSERT INTO upload VALUES (?, ?, ?, ?, ?, ?)", row)
            received.path.replace(self._path(made.id))
        return made

    def get(self, id_: str) -> Upload:
        """Return an upload. :class:`NotFound` for one that never was, was deleted, or has had its day."""
        with self._kept.changing() as database:
            row = database.execute("SELECT * FROM upload WHERE id = ?", (id_,)).fetchone()
        found = _upload(row) if row else None
        if found is None or found.ends <= self._now():
            raise NotFound("upload", id_, remedy="Uploads are kept for a day; send the file again.")
        return found

    def all(self, by: str | None = None) -> tuple[Upload, ...]:
        """Return the uploads of one caller, None for those of all, the newest first."""
        with self._kept.changing() as database:
            rows = database.execute("SELECT * FROM upload ORDER BY made DESC, id").fetchall()
        found = map(_upload, rows)
        return tuple(each for each in found if each.ends > self._now() and by in (None, each.by))

    def path(self, upload: Upload) -> Path:
        """Return where the bytes of an upload are; its ``name`` is the one that the file came with."""
        return called(self._path(upload.id), upload.name)

    def delete(self, id_: str) -> None:
        """Delete an upload with all that was found in it; nothing for one that is not there."""
        with self._kept.changing() as database:
            database.execute("DELETE FROM upload WHERE id = ?", (id_,))
            self._path(id_).unlink(missing_ok=True)

    def sweep(self) -> int:
        """Delete what has had its day, and what a process that was killed left behind; return how many uploads."""
        there = list(self._kept.folder.iterdir())  # before the table, which has an upload before its file is there
        with self._kept.changing() as database:
            old = (self._now() - LIFE).isoformat()
            gone = database.execute("DELETE FROM upload WHERE made <= ?", (old,)).rowcount
            known = {row["id"] for row in database.execute("SELECT id FROM upload")}
        for path in there:
            nobodys = path.suffix == ".upload" and path.stem not in known
            if nobodys or (path.suffix == ".part" and self._is_old(path)):
                path.unlink(missing_ok=True)
        return gone

    # ---- what was found in them

    def find(self, upload: str, digest: str, body: str) -> None:
        """Keep what a dry run of an upload found; nothing for an upload that is gone meanwhile."""
        packed = gzip.compress(body.encode(), 6, mtime=0)
        with self._kept.changing() as database:
            if database.execute("SELECT 1 FROM upload WHERE id = ?", (upload,)).fetchone():
                database.execute(
                    "INSERT INTO finding (upload, digest, body) VALUES (?, ?, ?)"
                    " ON CONFLICT (upload, digest) DO UPDATE SET body = excluded.body",
                    (upload, digest, packed),
                )

    def finding(self, upload: str, digest: str) -> str | None:
        """Return what a dry run found; None where there was none under this digest."""
        with self._kept.changing() as database:
            row = database.execute(
                "SELECT body FROM finding WHERE upload = ? AND digest = ?", (upload, digest)
            ).fetchone()
        return gzip.decompress(row["body"]).decode() if row else None

    def begin(self, upload: str, digest: str) -> None:
        """Note that what a dry run found is now being saved."""
        with self._kept.changing() as database:
            database.execute("UPDATE finding SET begun = 1 WHERE upload = ? AND digest = ?", (upload, digest))

    def begun(self, upload: str, digest: str) -> bool:
        """Tell whether it was begun to save what a dry run found."""
        with self._kept.changing() as database:
            row = database.execute(
                "SELECT 1 FROM finding WHERE upload = ? AND digest = ? AND begun", (upload, digest)
            ).fetchone()
        return row is not None

    # ---- inside

    def _path(self, id_: str) -> Path:
        return self._kept.folder / f"{id_}.upload"

    def _is_old(self, path: Path) -> bool:
        try:
            changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        except FileNotFoundError:
            return False
        return changed <= self._now() - LIFE


def shown_name(name: str) -> str:
    """Return the name of a file as it is shown: no folder, nothing unseen. :class:`InvalidValue` for none."""
    last = _FOLDER.sub("", unicodedata.normalize("NFC", name))
    clean = " ".join("".join(c for c in last if unicodedata.category(c) not in _UNSEEN).split())
    if not clean.strip("."):
        raise InvalidValue("The file has no name.", remedy="Send its name, with its ending.", field="name")
    if len(clean) > _LONGEST_NAME:
        raise InvalidValue(
            f"The name of the file has {len(clean)} letters.", remedy=f"At most {_LONGEST_NAME}.", field="name"
        )
    return clean


def _upload(row: Any) -> Upload:
    return Upload(**{**dict(row), "made": datetime.fromisoformat(row["made"])})
