"""XML read as a stream of elements, within limits, and never with a document type.

A document type is what entity bombs and addresses of foreign files are made of; no network file needs one. Depth,
length of one tag and length of one text are limited, so that memory stays small whatever the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from graphsvc.errors import UnreadableFile
from graphsvc.ingest.streams import Count, Stream

MAX_DEPTH: Final = 100
MAX_TAG: Final = 2_000_000
"""Bytes of one tag with its attributes."""
MAX_TEXT: Final = 2_000_000
_CHUNK: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Start:
    """An element begins. Names are without their prefix."""

    name: str
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class End:
    """An element ends; ``text`` is what stood in it outside other elements."""

    name: str
    text: str


class _Refused(Exception):
    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


@dataclass(slots=True)
class _Collector:
    events: list[Start | End] = field(default_factory=list)
    texts: list[list[str]] = field(default_factory=list)
    length: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.texts) == MAX_DEPTH:
            raise _Refused(f"is nested more than {MAX_DEPTH} deep", "Export it again in the tool that made it.")
        self.texts.append([])
        self.length = 0
        self.events.append(Start(_local(name), {_local(key): value for key, value in attributes.items()}))

    def end(self, name: str) -> None:
        self.length = 0
        self.events.append(End(_local(name), "".join(self.texts.pop())))

    def text(self, data: str) -> None:
        self.length += len(data)
        if self.length > MAX_TEXT:
            raise _Refused(f"holds a text of more than {MAX_TEXT:,} characters", "Shorten or delete that attribute.")
        self.texts[-1].append(data)

    def doctype(self, *_: object) -> None:
        raise _Refused(
            "has a document type (<!DOCTYPE …>), which may ask for other files and endless text",
            "Delete the line that begins with <!DOCTYPE, or export it again.",
        )


def elements(stream: Stream, count: Count | None = None) -> Iterator[Start | End]:
    """Yield the elements of an XML file. Raises :class:`UnreadableFile` where it is broken or breaks a limit."""
    collector = _Collector()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = collector.start
    parser.EndElementHandler = collector.end
    parser.CharacterDataHandler = collector.text
    parser.StartDoctypeDeclHandler = collector.doctype
    read = 0
    with stream.opened() as file:
        while True:
            chunk = file.read(_CHUNK)
            read += len(chunk)
            _parse(parser, chunk, stream.file)
            yield from collector.events
            collector.events.clear()
            if read - max(parser.CurrentByteIndex, 0) > MAX_TAG:
                long = _Refused(f"holds a tag of more than {MAX_TAG:,} bytes", "Export it again.")
                raise _unreadable(stream.file, long)
            if count:
                count(len(chunk))
            if not chunk:
                return


def _parse(parser: expat.XMLParserType, chunk: bytes, file: str) -> None:
    try:
        parser.Parse(chunk, not chunk)
    except _Refused as error:
        raise _unreadable(file, error) from error
    except expat.ExpatError as error:
        raise UnreadableFile(
            f"{file} is damaged: it is not well-formed XML ({error}).", remedy="Export or download it again."
        ) from error
    except (ValueError, LookupError) as error:  # an encoding that expat or Python doesn't know
        raise UnreadableFile(
            f"{file} is in an encoding that can't be read ({error}).", remedy="Save it in UTF-8."
        ) from error


def _unreadable(file: str, refused: _Refused) -> UnreadableFile:
    return UnreadableFile(f"{file} {refused.what}.", remedy=refused.remedy)


def _local(name: str) -> str:
    return name.rpartition(":")[2]
