"""Why a file can't be read is said by kind, in words of ours, in three languages; the library's are in the log."""

from __future__ import annotations

import bz2
import errno
import gzip
import json
import logging
import lzma
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.parsers import expat

import pytest

from graphsvc.errors import InputError, UnreadableFile
from graphsvc.ingest import faults
from graphsvc.ingest.opening import open_file
from graphsvc.said import said

TEXTS = sorted(
    {*faults.SYSTEM.values(), *faults.XML.values(), *faults.JSON.values()}
    | {value for name, value in vars(faults).items() if name.isupper() and isinstance(value, str)}
)


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("text", TEXTS)
def test_each_reason_has_its_finnish_and_swedish(text: str, language: str) -> None:
    told, spoken = said(f"list.zip is damaged ({text}).", language)
    assert spoken == language and text not in told


def raised(work: Callable[[], Any]) -> Exception:
    try:
        work()
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


def packed(content: bytes = b"a;b\n1;2\n" * 100) -> bytes:
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("list.csv", content)
    return whole.getvalue()


def read_zip(content: bytes) -> object:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read("list.csv")


@pytest.mark.parametrize(
    ("work", "wanted"),
    [
        (lambda: read_zip(b"no zip"), faults.NO_ZIP),
        (lambda: read_zip(packed()[:-30]), faults.NO_ZIP),
        (lambda: read_zip(packed().replace(b"PK\x01\x02", b"PK\x09\x02")), faults.LIST_DAMAGED),
        (lambda: read_zip(packed().replace(b"PK\x03\x04", b"PK\x09\x04")), faults.LIST_DAMAGED),
        (lambda: gzip.decompress(gzip.compress(b"x" * 99)[:-4]), faults.CUT),
        (lambda: gzip.decompress(b"\x1f\x8b\x63" + b"x" * 30), faults.PACKED_OTHERWISE),
        (lambda: gzip.decompress(gzip.compress(b"x" * 99)[:-8] + b"y" * 8), faults.DAMAGED),
        (lambda: zlib.decompress(b"nothing"), faults.DAMAGED),
        (lambda: bz2.decompress(b"nothing"), faults.DAMAGED),
        (lambda: lzma.decompress(b"nothing"), faults.DAMAGED),
        (lambda: Path("/nowhere/at/all").read_bytes(), faults.SYSTEM[errno.ENOENT]),
    ],
)
def test_what_is_packed(work: Callable[[], Any], wanted: str) -> None:
    assert faults.of_packed(raised(work)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<a>", faults.CUT),
        ("", faults.CUT),
        ("<a></b>", "a tag is closed that is not open"),
        ("<a b='' b=''/>", "an attribute is there twice"),
        ("<a/><b/>", "something follows after its end"),
        ("<a>&b;</a>", "an entity is not known"),
        ("<a>\x01</a>", "a character is not allowed there"),
        ("text", "it does not begin with a tag"),
        ("<?xml version='1.0' standalone='perhaps'?><a/>", faults.XML_OTHER),
    ],
)
def test_rules_of_xml(text: str, wanted: str) -> None:
    error = raised(lambda: expat.ParserCreate().Parse(text.encode(), True))
    assert isinstance(error, expat.ExpatError)
    assert faults.of_xml(error) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "a value is missing"),
        ("[1 2]", "a comma is missing"),
        ('{"a" 1}', "a colon is missing"),
        ("{a: 1}", "a name in double quotes is missing"),
        ("[] []", "something follows after its end"),
        ('["a', "a text is not closed"),
        ('["\x01"]', "a character is not allowed there"),
        ('["\\q"]', faults.JSON_OTHER),
    ],
)
def test_rules_of_json(text: str, wanted: str) -> None:
    error = raised(lambda: json.loads(text))
    assert isinstance(error, json.JSONDecodeError)
    assert faults.of_json(error) == wanted


def test_an_unknown_number_of_the_system_is_told_without_its_text() -> None:
    assert faults.of_system(OSError(errno.EPROTO, "Protocol error")) == faults.NO_ACCESS
    assert faults.of_workbook(OSError(errno.ENOSPC, "No space left on device")) == "the disk is full"


REFUSED = {
    "cut.graphml": (
        b"<graphml><graph><node id='a'",
        {"fi": "(rivi 1, merkki 17: loppu puuttuu)", "sv": "slutet saknas"},
    ),
    "net.json": (
        b'{"nodes": [1 2], "links": []}',
        {"fi": "(rivi 1, merkki 14: pilkku puuttuu)", "sv": "kommatecken saknas"},
    ),
    "list.zip": (
        packed()[:-30],
        {"fi": "se ei ole zip-tiedosto, tai sen loppu puuttuu", "sv": "eller så saknas slutet"},
    ),
    "list.csv.gz": (
        gzip.compress(b"Actor;Project\na;b\n" * 9)[:-4],
        {"fi": "(loppu puuttuu)", "sv": "(slutet saknas)"},
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_file_and_the_log(name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    content, wanted = REFUSED[name]
    path = tmp_path / name
    path.write_bytes(content)
    with caplog.at_level(logging.INFO, "graphsvc.ingest"), pytest.raises(InputError) as refused:
        list(open_file(path).rows())
    assert isinstance(refused.value, UnreadableFile)
    for language, words in wanted.items():
        told, spoken = said(refused.value.message, language)
        assert spoken == language and words in told
    reasons = [str(getattr(record, "reason", "")) for record in caplog.records]
    assert [reason for reason in reasons if "Error: " in reason or "BadZipFile: " in reason], reasons
