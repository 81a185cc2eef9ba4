"""Tables and JSON of text: encodings, lines and values that a reader may stumble over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.ingest.hostile.case import Case, Reads, Refused, repeated, written

FINNISH = "name;kind\nTampereen yliopisto;university\nÅbo Akademi;university\nPäijänne Oy;firm\n"
HELD = ("Tampereen yliopisto", "Åbo Akademi", "Päijänne Oy")
X = b"x" * 1_000_000
LINKS = '{"nodes":[{"id":"a"},{"id":"b"}],"links":[{"source":"a","target":"b"%s}]}'


def sparse(before: bytes, hole: int, after: bytes) -> Callable[[Path], None]:
    """Return what writes a file with a hole in it, which takes no room on the disk and reads as NULs."""

    def make(path: Path) -> None:
        with path.open("wb") as file:
            file.write(before)
            file.truncate(len(before) + hole)  # a mere seek leaves nothing where nothing is written after it
            file.seek(0, 2)
            file.write(after)

    return make


def columns(count: int) -> str:
    header = ",".join(f"c{number}" for number in range(count))
    return f"name,{header}\nA{',x' * count}\n"


OWN = "name;kind;description\n"
MANY = "".join(f"Actor {number};firm;y\n" for number in range(50_000))
CASES = (
    Case("UTF-16 with its mark", "Actors.csv", written(FINNISH.encode("utf-16")), Reads(3, holds=HELD)),
    Case("UTF-16 without a mark", "Actors.csv", written(FINNISH.encode("utf-16-le")), Reads(3, holds=HELD)),
    Case("UTF-16, the other way round", "Actors.csv", written(FINNISH.encode("utf-16-be")), Reads(3, holds=HELD)),
    Case("UTF-16 cut within a letter", "Actors.csv", written(FINNISH.encode("utf-16")[:-1]), Refused("not text")),
    Case("UTF-32", "Actors.csv", written(FINNISH.encode("utf-32")), Reads(3, holds=HELD)),
    Case("Windows-1252", "Actors.csv", written(FINNISH.encode("cp1252")), Reads(3, holds=HELD)),
    Case("UTF-8 with its mark", "Actors.csv", written(FINNISH.encode("utf-8-sig")), Reads(3, holds=HELD)),
    Case("a NUL in a cell", "Actors.csv", written(OWN + "A\0B;firm;x\nC;firm;y\n"), Reads(1, errors=1)),
    Case("nothing but NULs, 1 GB", "holes.csv", sparse(b"", 1_000_000_000, b""), Refused("is empty")),
    Case("a line of 500 MB of NULs", "hole.csv", sparse(b"name;kind\nA", 500_000_000, b"\n"), Refused("longer than")),
    Case("a line of 300 MB", "line.csv", repeated(b"name;kind\n", X, 300, b";firm\n"), Refused("longer than")),
    Case("a cell of 100 MB", "cell.csv", repeated(b'name;kind\n"', X, 100, b'";firm\n'), Refused("longer than")),
    Case("a header of 100 MB", "header.csv", repeated(b"name;", X, 100, b"\nA;B\n"), Refused("longer than")),
    Case(
        "a cell of 4 MB in short lines",
        "Actors.csv",
        repeated(b'name;kind\n"', b"x" * 99 + b"\n", 40_000, b'";firm\n'),
        Reads(1, errors=39_000),
    ),
    Case("100,000 columns", "columns.csv", written(columns(100_000)), Refused("has 100,001 columns")),
    Case("a quote that is never closed", "Actors.csv", written(OWN + 'A;firm;"x\n' + MANY), Reads(44_382, errors=1)),
    Case("a separator too many", "Actors.csv", written(OWN + "A;firm;x;y;z\nB;firm;x\n"), Reads(1, errors=1)),
    Case(
        "the same header twice", "Actors.csv", written("name;kind;kind\nA;firm;university\n"), Reads(1, warnings=None)
    ),
    Case(
        "formulas",
        "Actors.csv",
        written(OWN + "=cmd|'/c calc'!A1;firm;@SUM(A1)\n"),
        Reads(1, holds=("=cmd|'/c calc'!A1", "@SUM(A1)")),
    ),
    Case("control characters", "Actors.csv", written(OWN + "A\x1b[31m;firm;x\nB;firm;y\n"), Reads(1, errors=1)),
    Case("a page of the web", "page.csv", written("<!doctype html><html><body>503</body></html>"), Refused("web page")),
    Case("an image", "image.csv", written(b"\x89PNG\r\n\x1a\n\x00\x81\x8d\xff\xfe"), Refused("not text")),
    Case(
        "a million nested arrays", "deep.json", written("[" * 1_000_000 + "]" * 1_000_000), Refused("nested too deep")
    ),
    Case("a million nested objects", "deeper.json", written('{"nodes":' * 1_000_000), Refused("nested too deep")),
    Case("three million values", "values.json", written('{"nodes":[' + "[]," * 3_000_000 + "[]]}"), Refused("values")),
    Case(
        "a text of 100 MB", "text.json", repeated(b'{"nodes":[{"id":"', X, 100, b'"}]}'), Refused("larger than 32 MB")
    ),
    Case(
        "a number of a million digits",
        "digits.json",
        written(LINKS % (',"weight":' + "9" * 1_000_000)),
        Refused("digits"),
    ),
    Case("NaN and infinity", "nan.json", written(LINKS % ',"weight":NaN,"x":-Infinity'), Reads(3, warnings=1)),
    Case("half a letter", "half.json", written(LINKS % r',"\ud800":"\udfff","note":"\ud800"'), Reads(3, warnings=2)),
    Case("JSON cut off", "cut.json", written('{"nodes":[{"id":"a"},'), Refused("is not JSON")),
    Case("JSON in UTF-16", "wide.json", written((LINKS % "").encode("utf-16")), Reads(3, holds=("a", "b"))),
    Case("the same key twice", "twice.json", written('{"nodes":[{"id":"a","id":"b"}],"links":[]}'), Reads(1)),
    Case("days before 1900", "days.json", written(LINKS % ',"start":"31.12.1850"'), Reads(3, holds=("31.12.1850",))),
)
