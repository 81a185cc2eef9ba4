"""The command in this process: what :func:`graphsvc.cli.main` prints and how it ends, without starting a Python."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from graphsvc.cli import main


def here(
    home: Path, *arguments: str, folder: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run ``graphsvc ARGUMENTS`` on a data folder, in ``folder``, as a process without a terminal would.

    Settings of outside are left out. A process of its own costs a second for its imports: tests that kill one, or need
    two, start one.
    """
    settings: dict[str, str | None] = {name: None for name in os.environ if name.startswith("GRAPHSVC_")}
    settings |= {"GRAPHSVC_HOME": str(home), **environment}
    code = 0
    with (
        CliRunner().isolation(env=settings) as (out, err, _),
        contextlib.chdir(folder or Path.cwd()),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(sys, "argv", ["graphsvc", *arguments])
        try:
            main()
        except SystemExit as error:
            code = error.code if isinstance(error.code, int) else int(error.code is not None)
        sys.stdout.flush()
        sys.stderr.flush()
        said = [each.getvalue().decode().replace("\r\n", "\n") for each in (out, err)]
    return subprocess.CompletedProcess(list(arguments), code, *said)
