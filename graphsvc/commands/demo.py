"""``demo``: the sample, its map and the service in one go."""

from __future__ import annotations

from pathlib import Path

import click

from graphsvc import console
from graphsvc.commands import answers_shown, imports_shown
from graphsvc.commands.drawing import write_map
from graphsvc.commands.opening import demo_store, opened
from graphsvc.commands.serving import run_service
from graphsvc.ingest.opening import open_file
from graphsvc.samples import sample_path, sample_view
from graphsvc.settings import Settings


@click.command()
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
    with opened(settings) as service:
        with console.progress("Reading the sample") as report:
            checked = service.check(sample_path(), report)
        with console.progress("Loading the sample") as report:
            loaded = service.load(checked, report)
        imports_shown.tell_loaded(loaded)
        console.tell(answers_shown.status_line(service.status()))
        with console.spinner("Measuring, finding missing partnerships, drawing the map"):
            text = service.map(sample_view(), language=settings.language)
        write_map(output, text.encode())
        if serve:
            run_service(settings, service, open_browser=console.has_screen())


def _demo_settings(settings: Settings) -> Settings:
    """Return the settings with the demo's own store, unless a store was named that holds nothing but the sample."""
    own = demo_store(settings)
    if settings.store:
        with opened(settings) as service:
            sample = open_file(sample_path()).source.id
            if all(source.id == sample or source.imported is None for source in service.status().sources):
                return settings
        console.tell(f"Your graph holds data of its own, so the demo uses another: {own}")
    return settings.model_copy(update={"store": str(own)})
