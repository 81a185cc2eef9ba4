"""The named statements: every text the service may send to a graph, one per file below ``cypher/``.

A file begins with a head of comment lines in a fixed form (``cypher/README.md``) that says what the statement is for,
whether it reads or writes, how long it may take, its parameters and its columns. The head is data: the engines take the
time limit from it, and the tests prove that it says what the text says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, Literal, cast

from graphsvc.errors import StatementError

Mode = Literal["read", "write", "schema"]

ONE_ENGINE: Final = frozenset({"gds"})
"""Areas whose statements run only where a server has what they call; ``cypher/README.md`` has their rules."""

_NAME: Final = re.compile(r"[a-z_]+/[a-z_]+")
_ENTRY: Final = re.compile(r"  ([a-z_.]+): (.+)")
_DEFAULT_SECONDS: Final = {"read": 5, "write": 30, "schema": 60}


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement and what its head says of it."""

    name: str
    text: str
    """What is sent: the file without its head."""
    purpose: str
    mode: Mode
    seconds: int
    """The longest it may take before the engine is told to stop it."""
    parameters: Mapping[str, str]
    """Name → type. ``rows`` is a list of maps; ``rows.x`` is the key ``x`` that each of its maps has."""
    columns: Mapping[str, str]
    """Name → type, in the order of the answer."""


@cache
def statement(name: str) -> Statement:
    """Return the statement at ``<area>/<name>``; :class:`StatementError` when there is none or its head is broken."""
    if not _NAME.fullmatch(name):
        raise StatementError(f"{name!r} is no name of a statement.", remedy="A name is <area>/<name>: actors/search.")
    try:
        content = _folder().joinpath(f"{name}.cypher").read_text(encoding="utf-8")
    except OSError as error:
        raise StatementError(
            f"There is no statement {name!r}.", remedy="The folder cypher/ holds every statement there is."
        ) from error
    return parse(name, content)


def names(area: str = "") -> tuple[str, ...]:
    """Return the names of all statements, or of one area's, sorted."""
    folders = [_folder().joinpath(area)] if area else [entry for entry in _folder().iterdir() if entry.is_dir()]
    found = (
        f"{folder.name}/{entry.name.removesuffix('.cypher')}"
        for folder in folders
        for entry in folder.iterdir()
        if entry.name.endswith(".cypher")
    )
    return tuple(sorted(found))


def portable_names() -> tuple[str, ...]:
    """Return the names of all statements that every engine runs, sorted."""
    return tuple(name for name in names() if name.split("/")[0] not in ONE_ENGINE)


def parse(name: str, content: str) -> Statement:
    """Take a statement file apart; :class:`StatementError` where its head has not the form that README.md gives."""
    lines = content.splitlines()
    size = next((at for at, line in enumerate(lines) if not line.startswith("//")), len(lines))
    head = [line.removeprefix("//").removeprefix(" ") for line in lines[:size]]
    purpose: list[str] = []
    fields: dict[str, str] = {}
    sections: dict[str, dict[str, str]] = {"parameters": {}, "columns": {}}
    section = ""
    for line in head:
        if entry := _ENTRY.fullmatch(line):
            if not section:
                raise StatementError(f"The head of the statement {name!r} has {line.strip()!r} outside a list.")
            sections[section][entry[1]] = entry[2]
        elif line in ("parameters:", "columns:"):
            section = line[:-1]
        elif line.startswith(("mode: ", "seconds: ")):
            key, value = line.split(": ", 1)
            fields[key] = value
        elif not fields and not section:
            purpose.append(line)
        else:
            raise StatementError(f"The head of the statement {name!r} has a line that says nothing known: {line!r}.")
    mode = fields.get("mode", "")
    if not purpose or mode not in _DEFAULT_SECONDS:
        raise StatementError(f"The head of the statement {name!r} lacks its purpose or its mode.")
    return Statement(
        name=name,
        text="\n".join(lines[size:]).strip(),
        purpose=" ".join(purpose),
        mode=cast(Mode, mode),
        seconds=int(fields.get("seconds", _DEFAULT_SECONDS[mode])),
        parameters=sections["parameters"],
        columns=sections["columns"],
    )


@cache
def _folder() -> Traversable:
    """The packaged folder, or the checkout's where the package is installed in place."""
    packaged = resources.files("graphsvc").joinpath("cypher")
    if packaged.is_dir():
        return packaged
    return Path(__file__).parents[2] / "cypher"
