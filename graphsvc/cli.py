"""The ``graphsvc`` command. Each command reads its arguments, calls one function of the service and prints.

Answers go to standard output, progress and messages to standard error. Exit codes: 0 done, 1 failed, 2 wrong input or
setting, 3 not found, 4 store not available.
"""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Literal, get_args

import click

from graphsvc import __version__, console, logs, running
from graphsvc.app import create_app
from graphsvc.errors import GraphsvcError, InvalidValue, StoreBusy
from graphsvc.ingest.opening import open_file
from graphsvc.ingest.template import write_template
from graphsvc.loading import Checked
from graphsvc.options import json_option, language_option, view_of, view_options
from graphsvc.render.exports import GraphFormat
from graphsvc.render.map import write_html
from graphsvc.samples import sample_path, sample_view
from graphsvc.service import Service
from graphsvc.serving import serve as serve_app
from graphsvc.settings import Settings


@contextmanager
def _service(settings: Settings, work: Literal["requests", "jobs"] = "requests") -> Iterator[Service]:
    try:
        service = Service.open(settings, work=work)
    except StoreBusy as error:
        address = running.address_of(settings.home, error.pid)
        if not address:
            raise
        raise StoreBusy(
            f"The graph is open in process {error.pid}, which serves it at {address}.",
            remedy="Use that, or stop it (Ctrl+C where it runs) and try again.",
            pid=error.pid,
        ) from error
    try:
        yield service
    finally:
        service.close()


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
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


@cli.command()
@click.option("--serve/--no-serve", default=True, help="Start the service afterwards (default), or stop there.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Where the map goes.")
@click.pass_obj
def demo(settings: Settings, serve: bool, output: Path | None) -> None:
    """Load the sample network of Pirkanmaa, write its map and start the service.

    A second run is quick and changes nothing. The sample never mixes with your own data: it is in a graph of its own,
    demo.kgl in the data folder; or where GRAPHSVC_STORE says, if nothing but the sample is there.

    \b
    Example: graphsvc demo --no-serve --output map.html
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    settings = _demo_settings(settings)
    output = output or settings.home / "pirkanmaa.html"
    with _service(settings) as service:
        with console.progress("Reading the sample") as report:
            checked = service.check(sample_path(), report)
        with console.progress("Loading the sample") as report:
            loaded = service.load(checked, report)
        console.tell_loaded(loaded)
        console.tell(console.status_line(service.status()))
        with console.spinner("Measuring, finding missing partnerships, drawing the map"):
            text = service.map(sample_view(), language=settings.language)
        _write_map(output, text)
        if serve:
            _serve(settings, service, open_browser=console.has_screen())


def _demo_settings(settings: Settings) -> Settings:
    """Return the settings with the demo's own store, unless a store was named that holds nothing but the sample."""
    own = _demo_store(settings)
    if settings.store:
        with _service(settings) as service:
            sample = open_file(sample_path()).source.id
            if all(source.id == sample or source.imported is None for source in service.status().sources):
                return settings
        console.tell(f"Your graph holds data of its own, so the demo uses another: {own}")
    return settings.model_copy(update={"store": str(own)})


def _demo_store(settings: Settings) -> Path:
    return settings.home / "demo.kgl"


@contextmanager
def _asked(settings: Settings) -> Iterator[Service]:
    """Yield a service that is to answer; where the graph is empty, say what to do about it."""
    with _service(settings) as service:
        if not service.revision():
            demo = _demo_store(settings)
            sample = f" The sample of the demo is in a graph of its own: GRAPHSVC_STORE={demo}" if demo.exists() else ""
            console.tell(f"The graph is empty. Fill it with: graphsvc import FILE.{sample}")
        yield service


def _write_map(output: Path, text: str) -> None:
    with console.writing(output):
        write_html(output, text)
    console.tell(f"Map written: {output} ({len(text.encode()) / 1000:.0f} kB)")


@cli.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), default="graphsvc-template.xlsx")
@language_option
@click.pass_obj
def template(settings: Settings, file: Path, language: str | None) -> None:
    """Write an empty workbook with notes and drop-downs, ready to fill in.

    \b
    Example: graphsvc template network.xlsx --language fi
    """
    with console.writing(file):
        write_template(file, language or settings.language)
    console.tell(f"Template written: {file}. Fill it in, then: graphsvc import {file}")


@cli.command(name="import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only look; save nothing.")
@click.option("--yes", is_flag=True, help="Save without asking.")
@json_option
@click.pass_obj
def import_(settings: Settings, files: tuple[Path, ...], dry_run: bool, yes: bool, as_json: bool) -> None:
    """Look at files, name every row that is wrong, and save the rest after a yes.

    FILES are graphsvc workbooks (.xlsx), the same tables as CSV, or a CORDIS download (.zip).

    \b
    Examples:
      graphsvc import network.xlsx --dry-run
      graphsvc import cordis-h2020.zip --yes
    """
    with _service(settings, "jobs") as service:
        for file in files:
            with console.progress(f"Reading {file.name}") as report:
                checked = service.check(file, report)
            if as_json:
                console.print_json(console.checked_json(checked))
            else:
                console.show_checked(checked)
            if dry_run:
                console.tell("Only looked at; nothing was saved.")
            if dry_run or not _agreed(checked, yes):
                continue
            with console.progress(f"Loading {file.name}") as report:
                loaded = service.load(checked, report)
            console.tell_loaded(loaded)


def _agreed(checked: Checked, yes: bool) -> bool:
    """Whether to save: asked only at a terminal; without one, only ``--yes`` saves."""
    if checked.already_loaded:
        console.tell("The graph holds exactly this file already; nothing to save.")
        return False
    return console.confirmed("Save this?", yes)


@cli.command()
@json_option
@click.pass_obj
def status(settings: Settings, as_json: bool) -> None:
    """Say what is in the graph: actors, collaborations, sources with their dates, revision.

    \b
    Example: graphsvc status --json
    """
    with _service(settings) as service:
        answer = service.status()
    if as_json:
        console.print_json(answer)
    else:
        console.show_status(answer)


@cli.command()
@json_option
@click.pass_obj
def imports(settings: Settings, as_json: bool) -> None:
    """List what was imported and undone, oldest first, with the ids that undo takes.

    \b
    Example: graphsvc imports --json
    """
    with _service(settings) as service:
        answer = service.imports()
    (console.print_json if as_json else console.show_imports)(answer)


@cli.command()
@click.argument("import_id", metavar="IMPORT")
@click.option("--yes", is_flag=True, help="Undo without asking.")
@click.pass_obj
def undo(settings: Settings, import_id: str, yes: bool) -> None:
    """Take back the last import of a file: the graph is then as it was before, with what other files said meanwhile.

    \b
    Example: graphsvc undo 3f1c09ab77d2e415
    """
    if console.confirmed(f"Undo the import {import_id}?", yes):
        with _service(settings, "jobs") as service, console.progress("Undoing") as report:
            done = service.undo(import_id, report)
        console.tell_undone(done)


@cli.command()
@view_options
@click.option("--top", default=20, show_default=True, type=click.IntRange(1, 1000), help="How many actors.")
@click.option("--by", default="betweenness", show_default=True, metavar="MEASURE", help="The measure to sort by.")
@json_option
@click.pass_obj
def measures(settings: Settings, /, top: int, by: str, as_json: bool, **options: Any) -> None:
    """Measure the actors: degree, strength, betweenness, closeness, PageRank, core, constraint, community.

    \b
    Examples:
      graphsvc measures --by pagerank --top 10
      graphsvc measures --place FI197 --reach inside
    """
    with _asked(settings) as service:
        view = view_of(options, service)
        answer = service.measures(view)
        network = service.network(view)
    if by not in answer.measures:
        raise InvalidValue(f"There is no measure {by!r}.", remedy=f"Take one of {', '.join(answer.measures)}.")
    if as_json:
        console.print_json(answer)
    else:
        console.show_measures(answer, network.actors, by, top)


@cli.command()
@view_options
@click.option("--top", default=20, show_default=True, type=click.IntRange(1, 1000), help="How many suggestions.")
@click.option(
    "--csv", "csv_file", type=click.Path(dir_okay=False, path_type=Path), help="Also write them to this file."
)
@language_option
@json_option
@click.pass_obj
def missing(
    settings: Settings, /, top: int, csv_file: Path | None, language: str | None, as_json: bool, **options: Any
) -> None:
    """List missing partnerships: pairs that share no collaboration and perhaps should, each with its reasons.

    \b
    Examples:
      graphsvc missing --top 10 --language fi
      graphsvc missing --place Pirkanmaa --as-of 2018-01-01 --csv missing.csv
    """
    language = language or settings.language
    with _asked(settings) as service:
        view = view_of(options, service)
        answer = service.missing(view, top=top)
        told = service.tell(answer, view, language)
    if csv_file:
        with console.writing(csv_file):
            console.write_missing_csv(csv_file, told)
        console.tell(f"Written: {csv_file}")
    if as_json:
        console.print_json(console.missing_json(answer, told))
    else:
        console.show_missing(answer, told, language)


@cli.command()
@view_options
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default="map.html",
    show_default=True,
    help="Where the map goes.",
)
@click.option("--title", default="", help="Heading of the page.")
@click.option("--suggestions", default=20, show_default=True, type=click.IntRange(0, 200), help="How many suggestions.")
@language_option
@click.pass_obj
def map(  # the command's name
    settings: Settings, /, output: Path, title: str, suggestions: int, language: str | None, **options: Any
) -> None:
    """Write the map as one HTML file that works with the network off.

    \b
    Examples:
      graphsvc map --output map.html
      graphsvc map --place Pirkanmaa --language fi --title "Pirkanmaan verkosto"
    """
    with _asked(settings) as service, console.spinner("Drawing the map"):
        view = view_of(options, service)
        text = service.map(view, language=language or settings.language, title=title, suggestions=suggestions)
    _write_map(output, text)


@cli.command()
@view_options
@click.option(
    "--format",
    "format_",
    type=click.Choice(get_args(GraphFormat)),
    default="graphml",
    show_default=True,
    help="graphml and gexf open in Gephi, json is node-link, csv is the list of ties.",
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file instead of standard output.")
@click.pass_obj
def export(settings: Settings, /, format_: GraphFormat, output: Path | None, **options: Any) -> None:
    """Write the actor–actor network for another tool.

    \b
    Example: graphsvc export --format gexf --output network.gexf
    """
    with _asked(settings) as service:
        view = view_of(options, service)
        data = service.export(view, format_)
    if output:
        with console.writing(output):
            output.write_bytes(data)
        console.tell(f"Written: {output}")
    else:
        sys.stdout.buffer.write(data)


@cli.command()
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
    with _service(settings) as service:
        _serve(settings, service, open_browser=open_browser)


def _serve(settings: Settings, service: Service, *, open_browser: bool) -> None:
    logs.configure(settings.log_level)
    with ExitStack() as until_the_end:

        def ready(address: str) -> None:
            until_the_end.enter_context(running.announced(settings.home, address))
            console.tell(f"graphsvc is running at {address} (stop it with Ctrl+C)")
            if open_browser:
                webbrowser.open(address)

        serve_app(create_app(settings, service), settings.host, settings.port, ready)


def main() -> None:
    """Run the command; a mistake of the user's ends in one sentence, never in a traceback."""
    console.speak_utf8()
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
