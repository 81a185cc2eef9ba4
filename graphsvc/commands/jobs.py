"""``jobs``: what takes long and was asked for, also while the service holds the graph."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import click
from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Column, Table

from graphsvc import console
from graphsvc.errors import GraphsvcError
from graphsvc.jobs.job import Job, NoResult, State
from graphsvc.jobs.place import table_of
from graphsvc.jobs.table import JobTable
from graphsvc.options import json_option
from graphsvc.settings import Settings

_LOOK: Final = 0.5
_STATE = click.Choice([each.value for each in State])


@click.group(invoke_without_command=True)
@click.option("--state", "states", multiple=True, type=_STATE, help="Only these; may be given often.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000), help="How many.")
@json_option
@click.pass_context
def jobs(context: click.Context, states: tuple[str, ...], limit: int, as_json: bool) -> None:
    """List jobs, the newest first. Works while the service runs.

    \b
    Examples:
      graphsvc jobs
      graphsvc jobs --state running --state queued
      graphsvc jobs follow 0123456789abcdef01234567
    """
    if context.invoked_subcommand:
        return
    with _table(context.obj) as table:
        found, total = table.find([State(each) for each in states], limit=limit)
    if as_json:
        console.print_json({"jobs": [_plain(each) for each in found], "total": total})
        return
    if not found:
        console.tell("There are no jobs.")
        return
    shown = Table("Id", "Kind", "State", Column("Done", justify="right"), "By", "Asked for", "Took", box=SIMPLE)
    for job in found:
        asked = f"{job.created:%Y-%m-%d %H:%M} UTC"
        shown.add_row(job.id, job.kind, _state(job), _share(job), escape(job.by), asked, _took(job))
    console.out().print(shown)


@jobs.command()
@click.argument("job")
@click.option("--result", is_flag=True, help="Print its result instead, as JSON.")
@json_option
@click.pass_obj
def show(settings: Settings, job: str, result: bool, as_json: bool) -> None:
    """Show a job: what was asked, how far it is, and why it failed.

    \b
    Example: graphsvc jobs show 0123456789abcdef01234567 --result
    """
    with _table(settings) as table:
        found, kept = table.get(job), table.result(job) if result else None
    if result:
        if kept is None:
            raise NoResult(f"The job is {_state(found)}: there is no result.", remedy=found.remedy or "")
        sys.stdout.write(kept + "\n")
    elif as_json:
        console.print_json(_plain(found))
    else:
        _show(found)


@jobs.command()
@click.argument("job")
@click.pass_obj
def cancel(settings: Settings, job: str) -> None:
    """Cancel a job: one that waits at once, one that runs as soon as it notices.

    \b
    Example: graphsvc jobs cancel 0123456789abcdef01234567
    """
    with _table(settings) as table:
        found = table.cancel(job)
    console.tell(f"The job is {_state(found)}.")


@jobs.command()
@click.argument("job")
@click.pass_obj
def follow(settings: Settings, job: str) -> None:
    """Follow a job to its end. Ctrl+C ends the following, not the job.

    \b
    Example: graphsvc jobs follow 0123456789abcdef01234567
    """
    with _table(settings) as table:
        found = table.get(job)
        with console.progress(f"{found.kind} {job[:6]}") as progress:
            while found.open:
                progress(found.done, found.total)
                time.sleep(_LOOK)
                found = table.get(job)
    if found.state is State.FAILED:
        raise GraphsvcError(found.error or "It failed.", remedy=found.remedy or "")
    console.tell(f"The job is {_state(found)} ({_took(found)}).")


@contextmanager
def _table(settings: Settings) -> Iterator[JobTable]:
    table = table_of(settings)
    try:
        yield table
    finally:
        table.close()


def _show(job: Job) -> None:
    rows = {
        "Job": f"{job.kind}, {job.id}",
        "State": _state(job),
        "Done": " · ".join(each for each in (_share(job), job.note) if each),
        "Asked for": f"{job.created:%Y-%m-%d %H:%M} UTC{f' by {job.by}' if job.by else ''}",
        "Took": _took(job),
        "Begun": "once" if job.attempts == 1 else f"{job.attempts} times",
        "Arguments": json.dumps(json.loads(job.arguments), ensure_ascii=False),
        "Failed": " ".join(each for each in (job.error, job.remedy) if each),
    }
    table = Table(show_header=False, box=None)
    for name, text in rows.items():
        if text:
            table.add_row(name, escape(text))
    console.out().print(table)


def _state(job: Job) -> str:
    return "being cancelled" if job.cancel and job.state is State.RUNNING else job.state.value


def _share(job: Job) -> str:
    if job.state is not State.RUNNING or not job.total:
        return ""
    return f"{100 * job.done // job.total} %"


def _took(job: Job) -> str:
    if job.started is None:
        return ""
    took = (job.ended or datetime.now(UTC)) - job.started
    return str(timedelta(seconds=round(took.total_seconds())))


def _plain(job: Job) -> dict[str, Any]:
    return {**console.plain(job), "arguments": json.loads(job.arguments)}
