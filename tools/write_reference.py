"""Write docs/reference/{commands,settings,statements}.md anew from the code they describe: ``make reference``.

A test compares the pages with what this would write, so they can't say what isn't so.
"""

from __future__ import annotations

import inspect
from itertools import groupby
from pathlib import Path
from typing import get_args

import click
from pydantic.fields import FieldInfo

from graphsvc.cli import cli
from graphsvc.settings import Settings
from graphsvc.store import queries

REFERENCE = Path(__file__).resolve().parents[1] / "docs" / "reference"
NOTE = "<!-- Written by `make reference` from the code; changes made here are lost. -->\n"


def pages() -> dict[str, str]:
    """Return file name → text of every generated page."""
    return {"commands.md": commands(), "settings.md": settings(), "statements.md": statements()}


def commands() -> str:
    """Describe every command with its arguments, options and examples."""
    context = click.Context(cli, info_name="graphsvc", **cli.context_settings)
    lines = [
        "# Commands",
        "",
        NOTE,
        "From a checkout, `python3 run.py COMMAND …` does what `graphsvc COMMAND …` does.",
        "",
    ]
    lines += ["Exit codes: 0 done, 1 failed, 2 wrong input or setting, 3 not found, 4 store not available.", ""]
    names = cli.list_commands(context)
    lines += [" · ".join(f"[{name}](#graphsvc-{name})" for name in names), ""]
    for name in names:
        lines += _command(cli.imported()[name], name, context)
    return "\n".join(lines).rstrip() + "\n"


def _command(command: click.Command, name: str, parent: click.Context) -> list[str]:
    """Describe one command, and below it those that it groups."""
    with click.Context(command, info_name=name, parent=parent) as inner:
        usage = " ".join([inner.command_path, *command.collect_usage_pieces(inner)])
        heading = f"## {inner.command_path}"
        lines = [heading, "", f"`{usage}`", "", *_help(inspect.cleandoc(command.help or "")), ""]
        rows = [_option(option, inner) for option in command.get_params(inner) if isinstance(option, click.Option)]
        lines += ["| option | what it does |", "|---|---|", *rows, ""]
        if isinstance(command, click.Group):
            for each in command.list_commands(inner):
                if below := command.get_command(inner, each):
                    lines += _command(below, each, inner)
    return lines


def _help(text: str) -> list[str]:
    """Turn click's help into Markdown: a paragraph marked as verbatim becomes a block of code."""
    lines: list[str] = []
    for paragraph in text.split("\n\n"):
        if not paragraph.startswith("\b\n"):
            lines += [*paragraph.splitlines(), ""]
            continue
        first, *examples = paragraph.removeprefix("\b\n").splitlines()
        if not examples:
            examples = [first.partition(": ")[2]]
        lines += ["```sh", *(example.strip() for example in examples), "```", ""]
    return lines[:-1]


def _option(option: click.Option, context: click.Context) -> str:
    names, text = option.get_help_record(context) or ("", "")
    return f"| `{_cell(names)}` | {_cell(text)} |"


def settings() -> str:
    """Describe every environment variable."""
    lines = [
        "# Settings",
        "",
        NOTE,
        "Environment variables, read once at the start. A wrong value ends the command with a",
    ]
    lines += [
        "sentence that names the variable.",
        "",
        "| variable | what it is | may be | default |",
        "|---|---|---|---|",
    ]
    for name, field in Settings.model_fields.items():
        row = (f"`GRAPHSVC_{name.upper()}`", _cell(field.description or ""), _may_be(field), _default(name, field))
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines) + "\n"


def _may_be(field: FieldInfo) -> str:
    if choices := get_args(field.annotation):
        return ", ".join(f"`{choice}`" for choice in choices)
    bounds = {kind: getattr(each, kind) for each in field.metadata for kind in ("ge", "le") if hasattr(each, kind)}
    if bounds:
        return f"{bounds.get('ge', '')} to {bounds.get('le', '')}"
    names: dict[object, str] = {Path: "a folder", str: "text"}
    return names.get(field.annotation, "a secret text")


def _default(name: str, field: FieldInfo) -> str:
    if name == "home":
        return "the system's folder for the data of programs (Linux: `~/.local/share/graphsvc`)"
    value = field.get_default()
    return f"`{value}`" if str(value).strip("*") else "empty"


def statements() -> str:
    """List every named statement with what its head says."""
    lines = [
        "# Statements",
        "",
        NOTE,
        "Every text that graphsvc may send to a graph, one per file in `cypher/`; both engines run the same",
    ]
    lines += ["text. `?` after a type: may be null. The form of the heads is in `cypher/README.md`.", ""]
    for area, names in groupby(queries.names(), key=lambda name: name.split("/")[0]):
        lines += [
            f"## {area}",
            "",
            "| statement | what it does | mode | parameters | columns |",
            "|---|---|---|---|---|",
        ]
        for name in names:
            statement = queries.statement(name)
            mode = f"{statement.mode}, {statement.seconds} s"
            parameters = _named(dict(statement.parameters))
            row = (f"`{name}`", _cell(statement.purpose), mode, parameters, _named(dict(statement.columns)))
            lines.append(f"| {' | '.join(row)} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _named(types: dict[str, str]) -> str:
    return ", ".join(f"`{name}` {_cell(kind)}" for name, kind in types.items()) or "–"


def _cell(text: str) -> str:
    """Keep a table's cell one cell."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def main() -> None:
    """Write the pages."""
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, encoding="utf-8")
        print(f"docs/reference/{name}: {len(text.splitlines())} lines")


if __name__ == "__main__":
    main()
