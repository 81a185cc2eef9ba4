"""run.py: an old Python gets a sentence, a second run is quick, changed lists are noticed, a failure is explained."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from run import MOST_PROCESSES, shared_out

OLD = ["python3.6", "python3.7", "python3.8", "python3.9", "python3.10"]


@pytest.fixture
def checkout(root: Path, tmp_path: Path) -> Path:
    """A checkout that holds just what run.py looks at."""
    for name in ("run.py", "pyproject.toml", "constraints.txt"):
        shutil.copy(root / name, tmp_path / name)
    return tmp_path


def run(checkout: Path, *arguments: str, python: str = sys.executable) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, str(checkout / "run.py"), *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
        env={**os.environ, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PYTHONUTF8": "1"},
    )


def environment(checkout: Path, program: str) -> None:
    """Stand an environment beside run.py whose ``graphsvc`` is ``program``, as if an installation had put it there.

    Its ``pip`` installs nothing: a real one takes five seconds of processor time to come in.
    """
    venv.create(checkout / ".venv", with_pip=False)
    (site,) = (checkout / ".venv").glob("[Ll]ib/**/site-packages")
    for name, main in (("graphsvc", program), ("pip", "raise SystemExit('No index.')")):
        (site / name).mkdir()
        (site / name / "__init__.py").touch()
        (site / name / "__main__.py").write_text(main, encoding="utf-8")
    state = "import run; run.STAMP.write_text(run.state() + ' dev')"
    subprocess.run([sys.executable, "-B", "-c", state], cwd=checkout, check=True)


def test_an_old_python_can_read_it(root: Path) -> None:
    ast.parse((root / "run.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def old_pythons() -> list[str]:
    found = [path for name in OLD if (path := shutil.which(name))]
    return [path for path in found if not subprocess.run([path, "-c", ""], capture_output=True, check=False).returncode]


def test_an_old_python_is_told_what_is_needed(checkout: Path) -> None:
    pythons = old_pythons()
    if not pythons:
        pytest.skip("needs a Python older than 3.11")
    for python in pythons:
        done = run(checkout, "demo", python=python)
        assert done.returncode == 1
        assert "needs Python 3.11 or newer; this is Python 3." in done.stderr
    assert not (checkout / ".venv").exists()


def test_without_a_command_it_says_what_there_is(checkout: Path) -> None:
    done = run(checkout)
    assert done.returncode == 0
    assert "run.py demo" in done.stdout
    assert "run.py test" in done.stdout


def test_arguments_and_exit_status_pass_through_and_nothing_is_installed_twice(checkout: Path) -> None:
    environment(checkout, "import sys; print(sys.argv[1:]); sys.exit(3)")
    done = run(checkout, "demo", "--no-serve", "--output", "a b.html")
    assert (done.stdout, done.returncode) == ("['demo', '--no-serve', '--output', 'a b.html']\n", 3)


@pytest.mark.parametrize("arguments", [[], ["-q"], ["-k", "map"], ["tests/cli", "-x"], ["-m", "not neo4j"]])
def test_tests_are_shared_out_among_the_cores(arguments: list[str]) -> None:
    given = shared_out(arguments)
    if os.cpu_count() == 1:
        assert given == []
    else:
        assert given[::2] == ["-n", "--dist"]
        assert 2 <= int(given[1]) <= MOST_PROCESSES


@pytest.mark.parametrize("argument", ["-n4", "--numprocesses=1", "-p", "--pdb", "-s", __file__, f"{__file__}::test_x"])
def test_who_chooses_debugs_or_names_a_file_gets_one_process(argument: str) -> None:
    assert shared_out(["-q", argument]) == []


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_a_change_of_the_lists_is_noticed(checkout: Path, name: str) -> None:
    environment(checkout, "print('ran')")
    with (checkout / name).open("a", encoding="utf-8") as file:
        file.write("# another line\n")
    done = run(checkout, "demo")
    assert "Installing graphsvc" in done.stdout
    assert "No index." in done.stderr
    assert "ran" not in done.stdout


def test_a_failed_installation_is_explained_and_tried_again(checkout: Path) -> None:
    for _ in range(2):
        done = run(checkout, "demo")
        assert done.returncode == 1
        assert "pip could not install graphsvc" in done.stderr
        assert "hatchling" in done.stderr, "pip's own last lines say what it missed"
    assert not (checkout / ".venv" / "graphsvc-installed").exists()


def test_no_machine_or_index_is_named(root: Path) -> None:
    for name in ("run.py", "constraints.txt", ".ci/run", "Makefile"):
        assert "://" not in (root / name).read_text(encoding="utf-8"), name
