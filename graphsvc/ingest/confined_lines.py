"""What passes between the process that reads a file and the one that asked: lines of JSON, each after a letter.

A row is a line for each claim and then one for its record. JSON and the validated types of :mod:`graphsvc.model` are
all that is accepted: the child has had a hostile file in its hands, so nothing it sends is unpickled or trusted.
"""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from typing import Any, Final, get_args

from pydantic import TypeAdapter

from graphsvc.errors import InputError, UnknownFormat, UnreadableFile
from graphsvc.ingest.confined_limits import MAX_LINE
from graphsvc.ingest.mapping import Mapping
from graphsvc.ingest.reading import Problem, Reading, ReadRow
from graphsvc.model import Claim, Contact, Record, Source

_LOG: Final = logging.getLogger(__name__)
_REASON: Final = 500
"""Most characters of a reason in the log."""
_KINDS: Final[dict[bytes, type[Any]]] = {
    bytes([ord("a") + number]): kind for number, kind in enumerate(get_args(Claim))
}
"""Small letters for claims; capitals and signs for the rest."""
_ADAPTERS: Final = {letter: TypeAdapter(kind) for letter, kind in _KINDS.items()}
_READ: Final = {letter[0]: adapter.validator.validate_json for letter, adapter in _ADAPTERS.items()}
_WRITE: Final = {kind: (letter, _ADAPTERS[letter].serializer.to_json) for letter, kind in _KINDS.items()}
_RECORD: Final = TypeAdapter(Record)
_CONTACT: Final = TypeAdapter(Contact)
_PROBLEM: Final = TypeAdapter(Problem)
_HEADER: Final[TypeAdapter[tuple[Source, str, str, dict[str, Any] | None]]] = TypeAdapter(
    tuple[Source, str, str, dict[str, Any] | None]
)
_RECORD_LETTER, _PROBLEM_LETTER, _CONTACT_LETTER = b"R!C"
_REFUSALS: Final[dict[str, type[InputError]]] = {
    kind.__name__: kind for kind in (UnknownFormat, UnreadableFile, InputError)
}
END: Final = b".\n"
"""The line after the last row."""
MAX_TEXT: Final = 2_000
"""Characters of one sentence for people: a file must not fill the memory through what is said of it."""


class Broken(Exception):
    """A line that is none of ours: the child's memory is no longer what our program made of it."""


def header_line(reading: Reading) -> bytes:
    """Return the line that says what was opened."""
    mapping = getattr(reading, "mapping", None)
    columns = mapping.to_json() if isinstance(mapping, Mapping) else None
    return b"H" + _HEADER.dump_json((reading.source, reading.fingerprint, reading.format, columns)) + b"\n"


def read_header(line: bytes) -> tuple[Source, str, str, Mapping | None]:
    """Return source, fingerprint and format of a header line, and how columns are read where tables are."""
    source, fingerprint, format_, columns = _HEADER.validate_json(line[1:])
    try:
        return source, fingerprint, format_, Mapping.from_json(columns) if columns is not None else None
    except (TypeError, KeyError) as error:
        raise Broken(str(error)) from error


def item_lines(item: ReadRow | Problem) -> bytes:
    """Return a row or problem as lines. Raises :class:`UnreadableFile` for a row that no table of people holds."""
    if isinstance(item, Problem):
        return b"!" + _PROBLEM.dump_json(_short(item)) + b"\n"
    parts: list[bytes] = []
    for claim in item.says:
        letter, write = _WRITE[type(claim)]
        parts += (letter, write(claim, exclude_defaults=True), b"\n")
    if item.contact:
        parts += (b"C", _CONTACT.serializer.to_json(item.contact, exclude_defaults=True), b"\n")
    parts += (b"R", _RECORD.serializer.to_json(item.record, exclude_defaults=True), b"\n")
    if sum(map(len, parts)) > MAX_LINE:
        raise UnreadableFile(
            f"Row {item.record.row:,} of {item.record.sheet or 'the file'} is larger than {MAX_LINE // 1_000_000} MB.",
            remedy="Shorten or delete its long texts.",
        )
    return b"".join(parts)


def progress_line(done: int, total: int) -> bytes:
    """Return the line that tells how far the reading is."""
    return b"%%[%d,%d]\n" % (done, total)


def refusal_line(error: InputError) -> bytes:
    """Return an error for people as a line."""
    kind = next(kind.__name__ for kind in type(error).__mro__ if kind.__name__ in _REFUSALS)
    cause = f"{type(error.__cause__).__name__}: {error.__cause__}" if error.__cause__ else ""
    told = [_clipped(text) for text in (error.message, error.remedy, cause)]
    return b"E" + json.dumps([kind, *told]).encode() + b"\n"


def failure_line(reason: str) -> bytes:
    """Return as a line what ended the reading though no reader meant to: want of memory, a mistake of ours."""
    return b"F" + json.dumps(reason[-20_000:]).encode() + b"\n"


def read_refusal(line: bytes) -> InputError:
    """Return the error of a refusal line; what a system or a library said of it goes to the log."""
    kind, message, remedy, cause = json.loads(line[1:])
    if cause:
        _LOG.info("a file was refused", extra={"reason": str(cause)[:_REASON]})
    return _REFUSALS[kind](str(message), remedy=str(remedy))


def read_progress(line: bytes) -> tuple[int, int]:
    """Return what is done and the total of a progress line."""
    done, total = json.loads(line[1:])
    return int(done), int(total)


class Rows:
    """Puts lines together into rows."""

    def __init__(self) -> None:
        self._says: list[Claim] = []
        self._contact: Contact | None = None
        self._bytes = 0

    def read(self, line: bytes) -> ReadRow | Problem | None:
        """Return what a line completes, if it does. Raises :class:`Broken` for one that is none of ours."""
        letter = line[0]
        try:
            if letter == _PROBLEM_LETTER:
                return _PROBLEM.validate_json(line[1:])
            self._bytes += len(line)
            if self._bytes > MAX_LINE:
                raise Broken(f"a row of more than {MAX_LINE:,} bytes")
            if letter == _RECORD_LETTER:
                row = ReadRow(_RECORD.validator.validate_json(line[1:]), tuple(self._says), self._contact)
                self._says.clear()
                self._contact, self._bytes = None, 0
                return row
            if letter == _CONTACT_LETTER:
                self._contact = _CONTACT.validator.validate_json(line[1:])
            else:
                self._says.append(_READ[letter](line[1:]))
        except (ValueError, KeyError) as error:
            raise Broken(str(error)[:MAX_TEXT]) from error
        return None


def _short(problem: Problem) -> Problem:
    return replace(
        problem,
        file=_clipped(problem.file),
        sheet=_clipped(problem.sheet),
        column=_clipped(problem.column),
        value=_clipped(problem.value),
        message=_clipped(problem.message),
        remedy=_clipped(problem.remedy),
    )


def _clipped(text: str) -> str:
    """Return a text no longer than a sentence may be, what is no character written out."""
    if len(text) > MAX_TEXT:
        text = f"{text[: MAX_TEXT - 1]}…"
    return text.encode("utf-8", "backslashreplace").decode()
