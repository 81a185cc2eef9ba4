"""Why a file can't be read, by kind and in words of ours; those of systems and libraries go to the log."""

from __future__ import annotations

import errno
import gzip
import json
import zipfile
from collections.abc import Mapping
from typing import Final
from xml.parsers.expat import ExpatError
from xml.parsers.expat.errors import codes

SYSTEM: Final[Mapping[int, str]] = {
    errno.ENOENT: "it is not there any more",
    errno.EACCES: "reading it is not allowed",
    errno.EPERM: "reading it is not allowed",
    errno.EISDIR: "it is a folder",
    errno.ENOTDIR: "its folder is none",
    errno.ELOOP: "it is a link that leads back to itself",
    errno.ENAMETOOLONG: "its name is too long",
    errno.EMFILE: "too many files are open",
    errno.ENFILE: "too many files are open",
    errno.ENOSPC: "the disk is full",
    errno.EIO: "the disk can't be read",
    errno.ETIMEDOUT: "the disk does not answer",
    errno.ESTALE: "the disk does not answer",
}
"""Number of a system's error → what is wrong."""
NO_ACCESS: Final = "the system does not give it"
CUT: Final = "its end is missing"
DAMAGED: Final = "what is packed in it is damaged"
NO_ZIP: Final = "it is no zip, or its end is missing"
LIST_DAMAGED: Final = "the list of what is packed in it is damaged"
PACKED_OTHERWISE: Final = "it is packed in a way that is not known here"
PROTECTED: Final = "it is protected with a password"
NO_WORKBOOK: Final = "it is not built as a workbook"
NO_TEXT: Final = "it is no text in UTF-8"

XML: Final[Mapping[str, str]] = {
    "no element found": CUT,
    "unclosed token": CUT,
    "unclosed CDATA section": CUT,
    "mismatched tag": "a tag is closed that is not open",
    "duplicate attribute": "an attribute is there twice",
    "junk after document element": "something follows after its end",
    "undefined entity": "an entity is not known",
    "reference to invalid character number": "a character is not allowed there",
    "not well-formed (invalid token)": "a character is not allowed there",
    "partial character": "a character is not allowed there",
    "syntax error": "it does not begin with a tag",
    "unbound prefix": "a prefix is not explained",
}
"""What Expat calls an error → what is wrong."""
XML_OTHER: Final = "a rule of XML is broken"
JSON: Final[Mapping[str, str]] = {
    "Expecting value": "a value is missing",
    "Expecting ',' delimiter": "a comma is missing",
    "Expecting ':' delimiter": "a colon is missing",
    "Expecting property name enclosed in double quotes": "a name in double quotes is missing",
    "Illegal trailing comma before end of object": "a comma stands before an end",
    "Illegal trailing comma before end of array": "a comma stands before an end",
    "Extra data": "something follows after its end",
    "Unterminated string starting at": "a text is not closed",
    "Invalid control character at": "a character is not allowed there",
}
"""How Python begins to say it → what is wrong."""
JSON_OTHER: Final = "a rule of JSON is broken"
_KIND_OF: Final = {codes[text]: kind for text, kind in XML.items() if text in codes}


def of_system(error: OSError) -> str:
    """Return why the system does not give a file."""
    return SYSTEM.get(error.errno or 0, NO_ACCESS)


def of_packed(error: Exception) -> str:
    """Return what is wrong with a zip, or with another packed file."""
    if isinstance(error, OSError) and error.errno:
        return of_system(error)
    if isinstance(error, EOFError):
        return CUT
    if isinstance(error, NotImplementedError):
        return PACKED_OTHERWISE
    if isinstance(error, zipfile.BadZipFile) and "CRC" not in str(error):
        return NO_ZIP if "not a zip" in str(error) else LIST_DAMAGED
    if isinstance(error, ValueError | OverflowError):
        return LIST_DAMAGED
    return PACKED_OTHERWISE if isinstance(error, gzip.BadGzipFile) and "method" in str(error) else DAMAGED


def of_xml(error: ExpatError) -> str:
    """Return which rule of XML is broken."""
    return _KIND_OF.get(error.code, XML_OTHER)


def of_json(error: json.JSONDecodeError) -> str:
    """Return which rule of JSON is broken."""
    return next((kind for text, kind in JSON.items() if error.msg.startswith(text)), JSON_OTHER)


def of_workbook(error: BaseException) -> str:
    """Return what is wrong with a workbook; the engine's errors have no class that can be imported by every name."""
    if isinstance(error, OSError):
        return of_system(error)
    name = type(error).__name__
    return {"PasswordError": PROTECTED, "ZipError": DAMAGED, "XmlError": XML_OTHER}.get(name, NO_WORKBOOK)
