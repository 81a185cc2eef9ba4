"""The map page: one HTML file that works with the cable out, on paper, without a mouse and without JavaScript."""

from __future__ import annotations

import base64
import hashlib
import os
import tempfile
from importlib import resources
from pathlib import Path
from typing import Final

from markupsafe import Markup

from graphsvc.render import palette
from graphsvc.render.content import MapContent
from graphsvc.render.page import Page, Words

SCRIPTS: Final = (
    *("data", "filters", "pens", "scene", "labels", "view"),
    *("details", "address", "controls", "search", "tables", "files", "story", "start"),
)
"""Our scripts in ``static/``, in the order in which they are joined."""


def render_map(content: MapContent) -> str:
    """Return the page as HTML text. The same content gives the same text in every process."""
    # pyvis brings IPython along: a good half second that only those who draw should wait for.
    from graphsvc.render.vis import ActorNetwork, environment, squeezed, vis_script

    page = Page(content)
    scripts = squeezed([static(f"{name}.js") for name in SCRIPTS])
    css = palette.css() + tight(static("map.css"))
    if "</script" in scripts.lower() or "</style" in css.lower():
        raise AssertionError("a script or style of the map would end its own element")
    context = {
        "page": page,
        "words": Words(content.language),
        "css": Markup(css),  # noqa: S704  # ours, no data in it
        "vis": Markup(vis_script()),  # noqa: S704  # checked by its SHA-256
        "scripts": Markup(scripts),  # noqa: S704  # ours, no data in it
        "policy": policy(css, vis_script(), scripts),
    }
    network = ActorNetwork(content.title, environment(context), "map.html")
    page.fill(network)
    return str(network.generate_html())


def write_html(path: Path, text: str) -> None:
    """Write the page as UTF-8 whatever the locale, all or nothing."""
    write_whole(path, text.encode())


def write_whole(path: Path, content: bytes) -> None:
    """Write a file all or nothing: to a temporary file that then takes the name."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def policy(css: str, *scripts: str) -> str:
    """Return the page's content security policy: its own style and scripts by hash, pictures it makes, nothing else."""

    def source(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    none = "'none'"
    return (
        "default-src 'none'; img-src data: blob:; base-uri 'none'; form-action 'none'; "
        f"style-src {source(css)}; script-src {' '.join(map(source, scripts)) or none}"
    )


def static(name: str) -> str:
    """Return a file of ours from ``static/``."""
    return resources.files("graphsvc.render").joinpath("static", name).read_text(encoding="utf-8")


def tight(css: str) -> str:
    """Return a style sheet in one line."""
    return "".join(line.strip() for line in css.splitlines())
