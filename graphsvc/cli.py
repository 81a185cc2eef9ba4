"""The ``graphsvc`` command. Each command reads its arguments, calls one function of the service and prints.

Answers go to standard output, progress and messages to standard error. Exit codes: 0 done, 1 failed, 2 wrong input or
setting, 3 not found, 4 store not available.

A command's module is imported when the command is called for, so that ``--help`` loads no numerical library.
"""

from __future__ import annotations

import ast
import atexit
import gc
import importlib
import os
import sys
from collections.abc import Mapping
from importlib import resources
from typing import Final

import click

from graphsvc import __version__, console
from graphsvc.errors import GraphsvcError
from graphsvc.settings import Settings

COMMANDS: Final[Mapping[str, str]] = {
    "absent": "spotting",
    "audit": "audit",
    "backtest": "backtest",
    "calls": "consortium",
    "check-consortium": "consortium",
    "consortium": "consortium",
    "backup": "backing_up",
    "actor": "actor",
    "portrait": "portraying",
    "coverage": "spotting",
    "decide": "deciding",
    "decisions": "deciding",
    "demo": "demo",
    "doctor": "looking_over",
    "export": "exporting",
    "gaps": "spotting",
    "follow-up": "deciding",
    "forget": "personal",
    "import": "bringing",
    "imports": "bringing",
    "introduce": "supposing",
    "jobs": "jobs",
    "judgements": "judging",
    "keys": "keys",
    "map": "drawing",
    "measures": "measuring",
    "merge": "judging",
    "missing": "asking",
    "openings": "news",
    "person": "personal",
    "publish": "publishing",
    "published": "publishing",
    "regions": "regions",
    "report": "reporting",
    "restore": "backing_up",
    "retain": "personal",
    "review": "judging",
    "serve": "serving",
    "sources": "sources",
    "status": "asking",
    "template": "bringing",
    "undo": "bringing",
    "unmerge": "judging",
    "unpublish": "publishing",
    "users": "users",
    "what-if": "supposing",
    "who": "naming",
    "withdraw": "judging",
    "worker": "worker",
}
"""Command → the module of :mod:`graphsvc.commands` that has it."""


class LazyGroup(click.Group):
    """Commands that are imported when they are called for.

    The list of commands shows the first sentence of each, read from the source and not from the module: importing all
    of them would load every library that one of them needs.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command, or None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"graphsvc.commands.{COMMANDS[cmd_name]}")
        command = getattr(module, _function(cmd_name))
        assert isinstance(command, click.Command)  # noqa: S101  # a table of ours; a test reads it
        return command

    def imported(self) -> dict[str, click.Command]:
        """Import and return every command, by name."""
        found = {name: self.get_command(click.Context(self), name) for name in sorted(COMMANDS)}
        return {name: command for name, command in found.items() if command}

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _first_sentence(name)) for name in self.list_commands(ctx)])


def _function(command: str) -> str:
    """Return the name of a command's function; ``import`` is a word of Python."""
    return "import_" if command == "import" else command.replace("-", "_")


def _first_sentence(command: str) -> str:
    """Return the first sentence of a command's docstring."""
    source = resources.files("graphsvc.commands").joinpath(f"{COMMANDS[command]}.py").read_text(encoding="utf-8")
    function = next(
        node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef) and node.name == _function(command)
    )
    first, _, _ = (ast.get_docstring(function) or "").partition("\n\n")
    return " ".join(first.split())


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="graphsvc")
@click.pass_context
def cli(context: click.Context) -> None:
    """Who works with whom in a region, and which partnership is missing.

    \b
    Examples:
      graphsvc demo                       load the sample of Pirkanmaa and open its map
      graphsvc template network.xlsx      an empty workbook to fill in
      graphsvc import network.xlsx        look at a file, then save it
      graphsvc missing --top 10           who should meet, and why
      graphsvc map --output map.html      one HTML file that works without a network

    GRAPHSVC_HOME is the data folder, GRAPHSVC_STORE the address of the graph.
    """
    context.obj = Settings.load()


def main() -> None:
    """Run the command; a mistake of the user's ends in one sentence, never in a traceback."""
    console.speak_utf8()
    # Read when numpy is loaded. Its threads wait for each other in a loop: beside other work the factorisations of a
    # list of missing partnerships took six times the processor time, and last bits that hang on the number of cores.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    atexit.register(gc.freeze)  # at the end nothing is looked through for what could be freed: it took a second
    try:
        cli(standalone_mode=False)
    except GraphsvcError as error:
        console.complain(str(error))
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        console.complain("Stopped.")
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
