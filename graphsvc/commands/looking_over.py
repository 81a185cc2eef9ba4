"""``doctor``: looks the installation over."""

from __future__ import annotations

import sys

import click
from rich.markup import escape

from graphsvc import console
from graphsvc.doctor import Grade, examine
from graphsvc.options import json_option
from graphsvc.settings import Settings

_MARK = {Grade.WELL: "[green]well [/]", Grade.NOTE: "[yellow]note [/]", Grade.WRONG: "[red]wrong[/]"}


@click.command()
@json_option
@click.pass_obj
def doctor(settings: Settings, as_json: bool) -> None:
    """Look the installation over, and say what to do where something is not well.

    Nothing is changed. Ends with status 1 where something is wrong, so that monitoring can call it.

    \b
    Example: graphsvc doctor
    """
    found = examine(settings)
    if as_json:
        console.print_json({"findings": found})
    else:
        out = console.out()
        for each in found:
            out.print(f"{_MARK[each.grade]}  {each.about:<16}  {escape(each.said)}", highlight=False, soft_wrap=True)
            if each.advice:
                out.print(f"{'':25}{escape(each.advice)}", highlight=False, soft_wrap=True)
    if any(each.grade is Grade.WRONG for each in found):
        sys.exit(1)
