"""Rows of a CSV file, read strictly: the delimiter is what the header uses, a quote that is not closed is an error."""

from __future__ import annotations

import csv
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TextIO

from graphsvc.cells import as_written
from graphsvc.errors import UnreadableFile
from graphsvc.ingest.grid import GridRow, first_row
from graphsvc.ingest.lines import MAX_LINE
from graphsvc.ingest.reading import Problem
from graphsvc.ingest.streams import Count, Stream, encoding_of, text_of

DELIMITERS: Final = (";", ",", "\t")
_FIELD_LIMIT: Final = 100_000
_HEADER_LIMIT: Final = 1 << 16
_SEPARATOR_LINE: Final = re.compile(r"sep=([;,\t])\r?\n?", re.IGNORECASE)

# The default would do as well; set, because a library that raises it would let an unclosed quote eat a file in silence.
csv.field_size_limit(_FIELD_LIMIT)


@dataclass(frozen=True)
class CsvGrid:
    """One CSV file as a table. Encoding and delimiter are found once; rows are streamed."""

    stream: Stream
    count: Count | None = None

    @property
    def file(self) -> str:
        """Name of the file for people."""
        return self.stream.file

    @property
    def name(self) -> str:
        """The file's stem, as a sheet's name."""
        return self.stream.stem

    @cached_property
    def encoding(self) -> str:
        """The file's encoding (:func:`graphsvc.ingest.streams.encoding_of`)."""
        return encoding_of(self.stream)

    @cached_property
    def delimiter(self) -> str:
        """Semicolon, comma or TAB: whichever the header uses most outside quotes, or what ``sep=`` says."""
        with text_of(self.stream, self.encoding) as text:
            line = text.readline(_HEADER_LIMIT)
        if said := _SEPARATOR_LINE.fullmatch(line):
            return said[1]
        bare = re.sub(r'"[^"]*"', "", line)
        counts = {delimiter: bare.count(delimiter) for delimiter in DELIMITERS}
        most = max(counts.values())
        winners = [delimiter for delimiter in DELIMITERS if counts[delimiter] == most]
        if most and len(winners) > 1:
            raise UnreadableFile(
                f"{self.file}: the header holds as many {winners[0]!r} as {winners[1]!r}.",
                remedy="Put column names that hold a separator in quotes, or write sep=; in the first line.",
            )
        return winners[0]

    def counted(self, count: Count) -> CsvGrid:
        """Return the same file, telling how many bytes are read."""
        same = CsvGrid(self.stream, count)
        same.__dict__.update(encoding=self.encoding, delimiter=self.delimiter)  # found once
        return same

    def header(self) -> list[str]:
        """Return the cells of the header row."""
        return [str(cell) for cell in first_row(self)]

    def rows(self) -> Generator[GridRow | Problem, None, None]:
        """See :class:`graphsvc.ingest.grid.Grid`."""
        number = 0
        with text_of(self.stream, self.encoding, self.count) as text:
            reader = csv.reader(self._lines(text), delimiter=self.delimiter, strict=True)
            while True:
                first_line = reader.line_num + 1
                number += 1
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    yield self._problem(number, first_line, error)
                    continue
                if number == 1 and len(cells) <= 2 and _SEPARATOR_LINE.fullmatch(self.delimiter.join(cells)):
                    continue
                if any(cells):
                    yield GridRow(number, [as_written(cell) for cell in cells])

    def _lines(self, text: TextIO) -> Iterator[str]:
        number = 0
        while line := text.readline(MAX_LINE):
            number += 1
            if len(line) == MAX_LINE and line[-1] not in "\r\n":
                raise UnreadableFile(
                    f"{self.file}: line {number:,} is longer than {MAX_LINE:,} characters.",
                    remedy="Export the table again in the tool that made it.",
                )
            yield line

    def _problem(self, number: int, line: int, error: csv.Error) -> Problem:
        return Problem(
            file=self.file,
            sheet=self.name,
            row=number,
            column="",
            value="",
            message=f"The row that begins in line {line} can't be read: {_reason(str(error))}.",
            remedy="Close the quote, and write a quote inside a field twice.",
        )


def _reason(fault: str) -> str:
    """Return what is wrong with a row, as a person sees it in the file."""
    if "unexpected end" in fault or "limit" in fault:
        return "a quote is not closed"
    return "text stands behind a closing quote" if "expected after" in fault else "a character is not allowed there"
