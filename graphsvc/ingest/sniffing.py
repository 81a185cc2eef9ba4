"""What a file is by its first bytes: endings lie (GraphML comes as .gml, tables as .txt)."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from graphsvc.errors import UnknownFormat, UnreadableFile
from graphsvc.ingest import guard
from graphsvc.ingest.streams import Stream, encoding_of, text_of

_HEAD: Final = 1 << 16
_XML_ROOT: Final = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")
_DOCTYPE_NAME: Final = re.compile(r"\s*(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_XML_PROLOGUE: Final = re.compile(r"<\?.*?\?>|<!--.*?-->", re.DOTALL)
_GML: Final = re.compile(r"(?:^|\n)[ \t]*graph\s*\[", re.IGNORECASE)
_PAJEK: Final = re.compile(r"\*\s*(vertices|network|partition|vector|arcs|edges)\b", re.IGNORECASE)
_DL: Final = re.compile(r"dl\b(?!\s*[,;\t])", re.IGNORECASE)
_RAW_UCINET: Final = re.compile(r"^\s*\d+\s*,\s*\d+\s*,\s*\d+\s*,\s*[A-Za-z]+\s*,\s*[A-Za-z]+\s*$", re.MULTILINE)
_MERGE_MARKER: Final = re.compile(r"^(<<<<<<< |=======$|>>>>>>> )", re.MULTILINE)


class Form(Enum):
    """What is in a file."""

    WORKBOOK = "workbook"
    ODS = "ods"
    ZIP = "zip"
    GRAPHML = "graphml"
    GEXF = "gexf"
    GML = "gml"
    PAJEK = "pajek"
    DL = "dl"
    JSON = "json"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class _Foreign:
    """A zip that another program keeps its projects in."""

    member: re.Pattern[str]
    error: Callable[[str], UnknownFormat]
    """Makes the error from the file's name."""


_FOREIGN: Final[Sequence[_Foreign]] = (
    _Foreign(
        re.compile(r"Workspace_\d+_graphstore_bytes"),
        lambda file: UnknownFormat(
            f"{file} is a project of Gephi, whose graph only Gephi can read.",
            remedy="Open it in Gephi and export it: File > Export > Graph file > GEXF.",
        ),
    ),
    _Foreign(
        re.compile(r"data/graphs/\d+/graph\.tlpb?"),
        lambda file: UnknownFormat(
            f"{file} is a project of Tulip, whose graph only Tulip can read.",
            remedy="Open it in Tulip and export the graph as GML.",
        ),
    ),
    _Foreign(
        re.compile(r"(?:.*/)?session\.xml|(?:.*/)?cysession\.xml"),
        lambda file: UnknownFormat(
            f"{file} is a session of Cytoscape.", remedy="Open it in Cytoscape and export the network as GraphML."
        ),
    ),
    _Foreign(
        re.compile(r"xl/workbook\.bin"),
        lambda file: UnknownFormat(f"{file} is a binary workbook (.xlsb).", remedy="Save it in Excel as .xlsx."),
    ),
    _Foreign(
        re.compile(r"word/document\.xml"),
        lambda file: UnknownFormat(f"{file} is a text document.", remedy="Put the tables into a workbook (.xlsx)."),
    ),
)


def form_of(stream: Stream) -> Form:
    """Return what is in a file. :class:`UnreadableFile` for an empty one, :class:`UnknownFormat` for a known other."""
    with stream.opened() as file:
        head = file.read(8)
    if not head:
        raise UnreadableFile(f"{stream.file} is empty.", remedy="Save or download the file again.")
    if head[:4] in {b"PK\x03\x04", b"PK\x05\x06"} and not stream.member:
        return _form_of_zip(stream)
    if head == guard.OLD_WORKBOOK:
        return Form.WORKBOOK  # whose guard says what is wrong with it
    return form_of_text(_head(stream), stream.file)


def form_of_text(head: str, file: str) -> Form:
    """Return what is in a file of text by its beginning."""
    text = head.lstrip("\ufeff \t\r\n\x00")
    if text.startswith("<") and not _MERGE_MARKER.match(text):
        return _form_of_xml(text, file)
    if text[:1] in {"{", "["}:
        return Form.JSON
    if _PAJEK.match(_without_comments(text, "%")):
        return Form.PAJEK
    if _DL.match(text):
        return Form.DL
    if _GML.search(head) and not head.count(";") > head.count("["):
        return Form.GML
    if _RAW_UCINET.search(text):
        raise UnknownFormat(
            f"{file} is a raw data file of UCINET, not one in its DL format.",
            remedy="Open it in UCINET and export it with Data > Export > DL.",
        )
    if _MERGE_MARKER.search(text[:2000]):
        raise UnreadableFile(
            f"{file} holds the marks of a merge that was not finished (<<<<<<<, =======, >>>>>>>).",
            remedy="Take one of the two versions between the marks, and delete the marks and the other.",
        )
    return Form.TEXT


def _head(stream: Stream) -> str:
    with text_of(stream, encoding_of(stream)) as text:
        return text.read(_HEAD)


def _form_of_zip(stream: Stream) -> Form:
    with guard.opened_zip(stream.path) as archive:
        names = archive.namelist()
        if any(name.lower() == "xl/workbook.xml" for name in names):
            return Form.WORKBOOK
        if "content.xml" in names and _type_of(archive).startswith("application/vnd.oasis.opendocument.spreadsheet"):
            return Form.ODS
    for foreign in _FOREIGN:
        if any(foreign.member.fullmatch(name) for name in names):
            raise foreign.error(stream.file)
    return Form.ZIP


def _type_of(archive: zipfile.ZipFile) -> str:
    try:
        with archive.open("mimetype") as part:
            return part.read(100).decode("ascii", "replace")
    except KeyError:
        return ""


def _form_of_xml(text: str, file: str) -> Form:
    plain = _XML_PROLOGUE.sub("", text).lstrip()
    if plain[:9].upper() == "<!DOCTYPE":  # refused by the reader, which says why
        named = _DOCTYPE_NAME.match(plain, 9)
        root = named[1].lower() if named else ""
    else:
        match = _XML_ROOT.match(plain)
        root = match[1].lower() if match else ""
    if root == "graphml":
        return Form.GRAPHML
    if root == "gexf":
        return Form.GEXF
    message = f"{file} is an XML file of another kind (<{root}>)."
    if root == "html":
        message = f"{file} is a web page."
    raise UnknownFormat(message, remedy="Of XML files GraphML and GEXF are read; export the network as one of them.")


def _without_comments(text: str, mark: str) -> str:
    while text.startswith(mark):
        text = text.partition("\n")[2].lstrip()
    return text
