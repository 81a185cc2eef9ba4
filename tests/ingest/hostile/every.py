"""All hostile files, in one list."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.ingest.hostile import archives, networks, places, texts, workbooks
from tests.ingest.hostile.case import Case, Outcome, Refused

CASES: tuple[Case, ...] = (*workbooks.CASES, *archives.CASES, *texts.CASES, *networks.CASES, *places.CASES)


def as_expected(case: Case, outcome: Outcome) -> bool:
    """Tell whether a case became what it has to become."""
    if isinstance(case.outcome, Refused):
        return bool(outcome.refused and outcome.remedy and re.search(case.outcome.message, outcome.refused))
    expected = (case.outcome.rows, case.outcome.errors)
    return (
        not outcome.refused
        and (outcome.rows, outcome.errors) == expected
        and case.outcome.warnings in {None, outcome.warnings}
        and outcome.values.issuperset(case.outcome.holds)
    )


@dataclass(slots=True)
class Growth:
    """By how much this process grew at most, in MB; 0 where the system does not tell."""

    megabytes: float = 0.0


@contextmanager
def growth() -> Iterator[Growth]:
    """Measure the peak of this process's memory over what it had before, which only Linux can begin anew."""
    grown = Growth()
    if sys.platform != "linux":
        yield grown
        return
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = _status("VmRSS")
    yield grown
    grown.megabytes = max(0.0, (_status("VmHWM") - before) / 1e3)


def _status(key: str) -> int:
    text = Path("/proc/self/status").read_text(encoding="ascii")
    return int(text.partition(f"{key}:")[2].split()[0])
