"""A page in the output of a notebook's cell: one frame that holds all of it, locked in."""

from __future__ import annotations

from html.parser import HTMLParser

import nbformat
from nbclient import NotebookClient

from graphsvc.notebook import inline
from graphsvc.render.map import render_map
from tests.render.made_up_map import hostile_map


def frame(text: str) -> dict[str, str | None]:
    """Return the attributes of the one element that a text holds."""
    found: list[tuple[str, dict[str, str | None]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, dict(attrs)))

    Reader().feed(text)
    ((tag, attributes),) = found
    assert tag == "iframe"
    return attributes


def test_the_page_comes_through_as_it_is_whatever_its_texts_say() -> None:
    content = hostile_map()
    page = render_map(content)
    attributes = frame(inline(page, 500)._repr_html_())
    assert attributes["srcdoc"] == page
    assert attributes["title"] == content.title.strip()
    assert attributes["height"] == "500"
    assert attributes["sandbox"] == "allow-scripts allow-downloads"


def test_a_notebook_shows_it() -> None:
    cell = 'from graphsvc.notebook import inline\ninline("<title>Kartta</title><p>åäö")'
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])  # type: ignore[no-untyped-call]
    NotebookClient(made, timeout=60, kernel_name="python3").execute()
    (output,) = made.cells[0].outputs
    assert frame(output.data["text/html"])["srcdoc"] == "<title>Kartta</title><p>åäö"
    assert output.data["text/plain"] == "Inline('Kartta', 760 pixels high)"
