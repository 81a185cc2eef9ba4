"""A file in the body of a request: written to the data folder as it comes, under a name of ours."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, BinaryIO, Final

from flask import Request
from werkzeug.exceptions import ClientDisconnected
from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header

from graphsvc.api.problems import RequestProblem
from graphsvc.uploads import MEGABYTE, Received, Uploads

RAW: Final = "application/octet-stream"
FORM: Final = "multipart/form-data"
PART: Final = "file"
"""Name of the part of a form that the file is in."""
_WORDS: Final = 1 << 18
"""Bytes of all other parts of a form; more than the 64 KiB in which Werkzeug reads it, as it counts these too."""
_ENVELOPE: Final = 10_000
"""Bytes that a form may add to its file."""
_CHUNK: Final = 1 << 18
log = logging.getLogger("graphsvc.api")


@dataclass(frozen=True, slots=True)
class FileSent:
    """A file that has come whole."""

    received: Received
    name: str
    """As the form has it; empty for a body that is the file itself."""


@contextmanager
def receiving(uploads: Uploads, request: Request) -> Iterator[FileSent]:
    """Yield the file of a request; what nobody adds to the uploads is deleted in the end.

    Raises :class:`RequestProblem` 411, 413, 415 or 400, in this order; a body that ends too early is 400.
    """
    limit = uploads.most_bytes + _ENVELOPE
    length = request.content_length
    if length is None:
        raise RequestProblem(411, "Send the header Content-Length.")
    if length > limit:
        megabytes = uploads.most_bytes // MEGABYTE
        raise RequestProblem(
            413,
            f"The file has about {length:,} bytes; at most {megabytes} MB are taken (GRAPHSVC_UPLOAD_MEGABYTES)."
            " Split it, or let whoever runs the service import it with: graphsvc import FILE",
        )
    if request.mimetype not in (RAW, FORM):
        raise RequestProblem(415, f"Send the file itself as {RAW}, or as the part {PART!r} of a {FORM}.")
    request.max_content_length = limit
    with uploads.receiving() as file:
        name = _part(request, file) if request.mimetype == FORM else _raw(request, file, length)
        received = uploads.received(file)
        if received.size > uploads.most_bytes:
            raise RequestProblem(413, f"The file has {received.size:,} bytes; the limit is {uploads.most_bytes:,}.")
        yield FileSent(received, name)


def _raw(request: Request, file: BinaryIO, length: int) -> str:
    came = 0
    while chunk := request.stream.read(_CHUNK):
        came += file.write(chunk)
    if came != length:
        raise RequestProblem(400, f"The body ended after {came} of {length} bytes.")
    return ""


def _part(request: Request, file: BinaryIO) -> str:
    """Write the one file of a form, and return the name that it came with."""
    begun: list[str] = []

    def start(
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        begun.append(filename or "")
        if len(begun) > 1:
            raise RequestProblem(400, "The form holds several files; send one at a time.")
        return file

    _, options = parse_options_header(request.headers["Content-Type"])
    parser = FormDataParser(start, max_form_memory_size=_WORDS, max_form_parts=20, silent=False)
    try:
        _, _, files = parser.parse(request.stream, FORM, request.content_length, options)
    except (ValueError, ClientDisconnected) as error:
        log.info("a form was refused", extra={"reason": str(error)})
        raise RequestProblem(
            400, "The form came broken: its parts can't be told apart, or its end is missing."
        ) from None
    if list(files) != [PART]:
        raise RequestProblem(400, f"The form has no file as its part {PART!r}.")
    return begun[0]
