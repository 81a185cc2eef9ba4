"""Every kind of hostile file: refused with a sentence or read right, in little memory, and nothing of it is stored."""

from __future__ import annotations

import errno
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphsvc.errors import InputError
from graphsvc.ingest.confined import ReaderFailed
from graphsvc.service import Service
from graphsvc.settings import Settings
from tests.ingest.hostile.case import Case, Outcome, Reads, Refused, outcome_of
from tests.ingest.hostile.every import CASES, as_expected, growth
from tests.ingest.hostile.texts import sparse

SERVICE_MEGABYTES = 100
"""What the service may grow by, whatever the file."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="makes pipes, sockets and links")


def name_of(case: Case) -> str:
    return case.name


@pytest.fixture
def made(case: Case, tmp_path: Path) -> Iterator[Path]:
    """Make the file of a case, and take it away at once: some are large."""
    folder = tmp_path / "files"
    folder.mkdir()
    path = folder / case.file
    try:
        case.make(path)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EILSEQ, errno.EFBIG}:
            pytest.skip(f"this file system can't hold it: {error.strerror}")
        raise
    yield path
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """Return one service that is offered all the files, as a service would be."""
    service = Service.open(Settings.load(store=":memory:"))
    yield service
    service.close()


@pytest.mark.parametrize("case", [case for case in CASES if isinstance(case.outcome, Refused)], ids=name_of)
def test_it_is_refused_in_little_memory_and_nothing_of_it_is_stored(case: Case, made: Path, service: Service) -> None:
    before = service.status()
    with growth() as grown, pytest.raises(InputError) as caught:
        service.load(service.check(made))
    outcome = Outcome(caught.value.message, caught.value.remedy)
    assert as_expected(case, outcome), outcome
    assert not isinstance(caught.value, ReaderFailed), "refused on purpose, not by a mistake"
    assert service.status() == before
    assert grown.megabytes < SERVICE_MEGABYTES
    assert len(outcome.refused) < 1000
    assert made.is_symlink() or made.exists(), "the file stays where it was"


@pytest.mark.parametrize("case", [case for case in CASES if isinstance(case.outcome, Reads)], ids=name_of)
def test_it_is_read_right_in_little_memory(case: Case, made: Path) -> None:
    with growth() as grown:
        outcome = outcome_of(made)
    assert as_expected(case, outcome), outcome
    assert grown.megabytes < SERVICE_MEGABYTES


def test_the_kinds_are_many_and_named_once() -> None:
    assert len(CASES) >= 80
    assert Counter((case.name, case.file) for case in CASES).most_common(1)[0][1] == 1
    assert {path.stem for path in Path(__file__).parent.joinpath("hostile").glob("*.py")} == {
        "archives",
        "case",
        "every",
        "networks",
        "places",
        "texts",
        "workbooks",
    }


def test_a_hole_is_as_large_as_its_case_says(tmp_path: Path) -> None:
    sparse(b"ab", 1_000, b"")(tmp_path / "end")
    assert (tmp_path / "end").read_bytes() == b"ab" + b"\0" * 1_000
    sparse(b"", 1_000, b"cd")(tmp_path / "begin")
    assert (tmp_path / "begin").read_bytes() == b"\0" * 1_000 + b"cd"
