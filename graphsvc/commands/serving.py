"""``serve``: pages, map and API until Ctrl+C."""

from __future__ import annotations

import webbrowser
from contextlib import ExitStack

import click

from graphsvc import __version__, console, logs, running, telemetry
from graphsvc.app import body_limit, create_app
from graphsvc.commands.opening import opened
from graphsvc.service import Service
from graphsvc.serving import serve as serve_app
from graphsvc.settings import Settings
from graphsvc.working import dispatcher


@click.command()
@click.option("--host", help="Address to listen on. Default: GRAPHSVC_HOST.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port; 0 takes a free one. Default: GRAPHSVC_PORT.")
@click.option("--open", "open_browser", is_flag=True, help="Open the start page in the browser.")
@click.pass_context
def serve(context: click.Context, host: str | None, port: int | None, open_browser: bool) -> None:
    """Start the service: pages, map and API.

    \b
    Example: graphsvc serve --port 8050
    """
    settings = Settings.load(host=host, port=port)
    with opened(settings) as service:
        run_service(settings, service, open_browser=open_browser)


def run_service(settings: Settings, service: Service, *, open_browser: bool) -> None:
    """Serve, and do jobs, until Ctrl+C."""
    logs.configure(settings.log_level)
    telemetry.start(__version__)
    jobs = dispatcher(service, settings.job_threads)
    with ExitStack() as until_the_end:
        until_the_end.callback(telemetry.stop)

        def ready(address: str) -> None:
            until_the_end.enter_context(running.announced(settings.home, address))
            jobs.start()
            until_the_end.callback(jobs.stop)
            console.tell(f"graphsvc is running at {address} (stop it with Ctrl+C)")
            if open_browser:
                webbrowser.open(address)

        app, limit = create_app(settings, service), body_limit(settings)
        serve_app(app, settings.host, settings.port, ready, jobs.leave, limit)
