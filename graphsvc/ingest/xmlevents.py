"""XML read as a stream of elements, within limits, and never with a document type.

A document type is what entity bombs and addresses of foreign files are made of; no network file needs one. Depth,
length of one tag and length of one text are limited, so that memory stays small whatever the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import IO, Final, Protocol
from xml.parsers import expat

from graphsvc.errors import UnreadableFile
from graphsvc.ingest import faults, guard
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


@dataclass(slots=True)
class _Collector:
    file: str
    events: list[Start | End] = field(default_factory=list)
    texts: list[list[str]] = field(default_factory=list)
    length: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.texts) == MAX_DEPTH:
            raise UnreadableFile(
                f"{self.file} is nested more than {MAX_DEPTH} deep.", remedy="Export it again in the tool that made it."
            )
        self.texts.append([])
        self.length = 0
        self.events.append(Start(local(name), {local(key): value for key, value in attributes.items()}))

    def end(self, name: str) -> None:
        self.length = 0
        self.events.append(End(local(name), "".join(self.texts.pop())))

    def text(self, data: str) -> None:
        self.length += len(data)
        if self.length > MAX_TEXT:
            raise UnreadableFile(
                f"{self.file} holds a text of more than {MAX_TEXT:,} characters.",
                remedy="Shorten or delete that attribute.",
            )
        self.texts[-1].append(data)


class Handler(Protocol):
    """What is told of an XML file while it is walked through. Names are as they are written, with their prefix.

    What it refuses it raises as :class:`UnreadableFile`.
    """

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        ...

    def end(self, name: str) -> None:
        """An element ends."""
        ...

    def text(self, data: str) -> None:
        """Some of the text at this place."""
        ...


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an XML file may not exceed, and what to say to its owner."""

    bytes: int
    remedy: str = "Filter the network and export the part you need."


def elements(stream: Stream, count: Count | None = None) -> Iterator[Start | End]:
    """Yield the elements of an XML file. Raises :class:`UnreadableFile` where it is broken or breaks a limit."""
    collector = _Collector(stream.file)
    with stream.opened() as file:
        for read in walked(file, stream.file, collector, Bounds(guard.MAX_NETWORK_BYTES)):
            yield from collector.events
            collector.events.clear()
            if count:
                count(read)


def walked(file: IO[bytes], name: str, handler: Handler, bounds: Bounds) -> Iterator[int]:
    """Walk through XML and yield the number of bytes read, part by part. The one place where XML is parsed.

    Raises :class:`UnreadableFile` where the file is broken or breaks a limit.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = partial(_refuse_doctype, name)
    read = 0
    while True:
        chunk = file.read(_CHUNK)
        read += len(chunk)
        if read > bounds.bytes:  # what a zip declares may be a lie
            raise UnreadableFile(f"{name} is larger than {bounds.bytes // 1_000_000} MB.", remedy=bounds.remedy)
        _parse(parser, chunk, name)
        yield len(chunk)
        if read - max(parser.CurrentByteIndex, 0) > MAX_TAG:
            raise UnreadableFile(f"{name} holds a tag of more than {MAX_TAG:,} bytes.", remedy="Export it again.")
        if not chunk:
            return


def _parse(parser: expat.XMLParserType, chunk: bytes, file: str) -> None:
    try:
        parser.Parse(chunk, not chunk)
    except expat.ExpatError as error:
        raise UnreadableFile(
            f"{file} is damaged: it is not well-formed XML"
            f" (line {error.lineno:,}, character {error.offset + 1:,}: {faults.of_xml(error)}).",
            remedy="Export or download it again.",
        ) from error
    except (ValueError, LookupError) as error:  # an encoding that expat or Python doesn't know
        raise UnreadableFile(f"{file} is in an encoding that can't be read.", remedy="Save it in UTF-8.") from error


def _refuse_doctype(file: str, *_: object) -> None:
    raise UnreadableFile(
        f"{file} has a document type (<!DOCTYPE …>), which may ask for other files and endless text.",
        remedy="Delete the line that begins with <!DOCTYPE, or export it again.",
    )


def local(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2]
