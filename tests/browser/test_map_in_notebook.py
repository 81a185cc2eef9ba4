"""The map in the output of a notebook's cell: alive in its frame, and no further."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphsvc.notebook import inline
from graphsvc.render.map import render_map
from tests.browser.conftest import Opener
from tests.render.made_up_map import made_up_map

pytestmark = pytest.mark.browser
PAINTED = """() => {
  const canvas = document.querySelector("canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const seen = new Set();
  for (let i = 0; i < data.length; i += 4) seen.add(data[i] << 16 | data[i + 1] << 8 | data[i + 2]);
  return seen.size;
}"""


def test_it_is_drawn_and_answers(open_file: Opener, tmp_path: Path) -> None:
    content = made_up_map(60, 5)
    cells = [f'<div class="output">{inline(render_map(content))._repr_html_()}</div>' for _ in range(2)]
    file = tmp_path / "notebook.html"
    file.write_text(f"<!doctype html><title>Notebook</title>{''.join(cells)}", "utf-8")
    notebook = open_file(file, ready=False, viewport={"width": 1000, "height": 1700})
    frames = notebook.page.frames[1:]
    assert len(frames) == 2, "one page does not disturb the other"
    for frame in frames:
        frame.wait_for_selector("html[data-ready]")
        notebook.settle()
        assert frame.evaluate(PAINTED) > 100
        frame.locator("#search").fill(content.actors[3].name)
        frame.locator("#search").press("Enter")
        assert content.actors[3].name in frame.locator("#details").inner_text()
        assert frame.evaluate("self.origin") == "null", "it can't reach the notebook"
    assert not [url for url in notebook.requests if url.startswith("http")]
    assert notebook.console == []
