"""The checkout, and a wheel of it built and installed once for all tests of the house."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def tool() -> Callable[[str], ModuleType]:
    """Load a script of ``tools/`` as a module."""

    def load(name: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(f"tools_{name}", ROOT / "tools" / f"{name}.py")
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load


@dataclass(frozen=True)
class Installed:
    """graphsvc as people get it: from its wheel, in an environment that doesn't know the checkout."""

    wheel: Path
    python: Path
    home: Path

    def run(self, *arguments: str, **environment: str) -> str:
        """Run the environment's Python outside the checkout and return its standard output."""
        return _run([str(self.python), *arguments], self.home, {**_bare(self.home), **environment})


def _bare(home: Path) -> dict[str, str]:
    kept = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LANG", "LC_ALL")
    found = {name: os.environ[name] for name in kept if name in os.environ}
    return found | {"HOME": str(home), "USERPROFILE": str(home)}


def _run(command: list[str], folder: Path, environment: Mapping[str, str] | None = None) -> str:
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=300
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Build the wheel from the files that the Dockerfile copies, and install it beside the packages we have.

    Its own packages come from this environment through a path file, so that nothing is downloaded; the wheel's own
    files come first, and the checkout is not on the path.
    """
    source = tmp_path_factory.mktemp("source")
    for name in dockerfile_sources(ROOT / "Dockerfile", stage=0):
        copy_tracked(name, source)
    wheels = tmp_path_factory.mktemp("wheels")
    build = "import sys, hatchling.build as build; build.build_wheel(sys.argv[1])"
    _run([sys.executable, "-c", build, str(wheels)], source)
    (wheel,) = wheels.glob("graphsvc-*.whl")

    home = tmp_path_factory.mktemp("installed")
    venv.create(home / "venv", with_pip=False)
    folder = "Scripts" if sys.platform == "win32" else "bin"
    python = home / "venv" / folder / "python"
    _run([sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)], home)
    site = Path(_run([str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], home).strip())
    (site / "packages-of-the-tests.pth").write_text(str(Path(pytest.__file__).parents[1]) + "\n", encoding="utf-8")
    return Installed(wheel, python, home)


def dockerfile_sources(dockerfile: Path, stage: int) -> list[str]:
    """Return what the COPY instructions of one stage take from the checkout."""
    sources: list[str] = []
    current = -1
    for line in dockerfile.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        word, *rest = line.split() or [""]
        if word == "FROM":
            current += 1
        elif word == "COPY" and current == stage and not rest[0].startswith("--from"):
            sources += rest[:-1]
    return sources


def copy_tracked(name: str, target: Path) -> None:
    """Copy a file or folder of the checkout without what Python left lying about."""
    source = ROOT / name
    if source.is_dir():
        shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target / name)
