"""``worker``: a process that does jobs and nothing else, beside a service on a Neo4j server."""

from __future__ import annotations

import signal
from threading import Event

import click

from graphsvc import __version__, console, logs, telemetry
from graphsvc.commands.opening import opened
from graphsvc.settings import Settings
from graphsvc.store import watched
from graphsvc.working import dispatcher


@click.command()
@click.option("--threads", type=click.IntRange(1, 16), help="Jobs at once. Default: GRAPHSVC_JOB_THREADS.")
@click.option("--drain", is_flag=True, help="Do what waits now, one after the other, and end.")
@click.pass_obj
def worker(settings: Settings, threads: int | None, drain: bool) -> None:
    """Do jobs until Ctrl+C, in a process of their own.

    For a graph in Neo4j: any number of these, on the machine and with the data folder of the service. One that is
    killed loses nothing; another goes on. A graph in a file belongs to one process, and the service does its jobs
    itself.

    \b
    Example: graphsvc worker --threads 2
    """
    logs.configure(settings.log_level)
    if telemetry.start(__version__):
        watched.observers.add(telemetry.statement_ended)
    with opened(settings, "jobs") as service:
        jobs = dispatcher(service, threads or settings.job_threads or 1)
        stopped = Event()

        def leave(_number: int, _frame: object) -> None:
            stopped.set()
            jobs.leave()

        before = {each: signal.signal(each, leave) for each in (signal.SIGTERM, signal.SIGINT)}
        try:
            if drain:
                jobs.drain()
                return
            jobs.start()
            console.tell("Waiting for jobs (stop with Ctrl+C)")
            while not stopped.wait(3600):
                pass
        finally:
            jobs.stop()
            telemetry.stop()
            for each, handler in before.items():
                signal.signal(each, handler)
