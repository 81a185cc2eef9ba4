"""A test that fails is told at once, not only when all are done: a run that is cut short has said what it found."""

from __future__ import annotations

from typing import Final

import pytest
from _pytest.terminal import TerminalReporter

LINES: Final = 60
"""Most lines of one failure, from its end; all of them stand at the end of the run."""


class Telling:
    """Writes what failed, and how, as soon as it did."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Tell of a test, or of what it needed before it or left after it."""
        terminal = self._config.pluginmanager.get_plugin("terminalreporter")
        if not report.failed or not isinstance(terminal, TerminalReporter):
            return
        where = "" if report.when == "call" else f" in its {report.when}"
        terminal.ensure_newline()
        terminal.write_line(f"FAILED just now{where}: {report.nodeid}", red=True, bold=True)
        for line in report.longreprtext.splitlines()[-LINES:]:
            terminal.write_line(f"  {line}")


def pytest_configure(config: pytest.Config) -> None:
    """In the process that a person watches; those that test for it send their reports there."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Telling(config))
