"""What lies under a path, before anything opens it: a device or a pipe may give bytes without end, or none ever."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Final

from graphsvc.errors import UnreadableFile
from graphsvc.ingest import faults, guard

_OTHERS: Final = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def check_kind(path: Path) -> None:
    """Refuse what is neither a file nor a folder. Raises :class:`UnreadableFile`."""
    try:
        path.name.encode()
        found = path.stat()
    except (UnicodeEncodeError, ValueError) as error:
        shown = path.name.encode("utf-8", "backslashreplace").decode()
        raise UnreadableFile(f"The name of the file {shown!r} is no text.", remedy="Give it another name.") from error
    except FileNotFoundError as error:
        raise UnreadableFile(f"There is no file {path.name!r}.", remedy="Check its name and folder.") from error
    except OSError as error:
        reason = faults.of_system(error)
        raise UnreadableFile(f"{path.name} can't be opened ({reason}).", remedy="Check your rights.") from error
    for is_kind, what in _OTHERS:
        if is_kind(found.st_mode):
            raise UnreadableFile(f"{path.name} is {what}, not a file.", remedy="Save the data in a file.")
    if stat.S_ISREG(found.st_mode) and found.st_size > guard.MAX_ARCHIVE_BYTES:
        raise UnreadableFile(f"{path.name} is larger than {guard.MAX_ARCHIVE_BYTES:,} bytes.", remedy="Split it.")
