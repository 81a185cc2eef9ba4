"""Lines of a text file in whatever encoding, numbered as an editor shows them; none may be unreasonably long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graphsvc.errors import UnreadableFile
from graphsvc.ingest.streams import Count, Stream, encoding_of, text_of

MAX_LINE: Final = 2_000_000
"""A matrix row of 200,000 numbers fits; the whole file in one line does not."""


def lines_of(stream: Stream, count: Count | None = None) -> Iterator[tuple[int, str]]:
    """Yield (number, line without its end). Raises :class:`UnreadableFile` for what is no text."""
    with text_of(stream, encoding_of(stream), count) as text:
        number = 0
        while line := text.readline(MAX_LINE):
            number += 1
            if len(line) == MAX_LINE and not line.endswith("\n"):
                raise UnreadableFile(
                    f"{stream.file}: line {number:,} is longer than {MAX_LINE:,} characters.",
                    remedy="Export the network again in the tool that made it.",
                )
            yield number, line.rstrip("\r\n")
