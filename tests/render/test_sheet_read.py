"""A sheet as it is read: its words in the order of the page, and each in a colour that stands off from the ground."""

from __future__ import annotations

from xml.etree import ElementTree

import pypdfium2
import pytest

from graphsvc.render.printed import Print, printed
from graphsvc.render.vector import INKS, Sheet, draw
from tests.render.made_up_map import made_up_map
from tests.render.test_palette import contrast

TEXT = "{http://www.w3.org/2000/svg}text"


def test_a_pdf_is_read_from_title_to_sources() -> None:
    content = made_up_map(390, 14, 20)
    document = pypdfium2.PdfDocument(printed(content, Print("pdf")))
    try:
        first, *others = (" ".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()
    said = [content.title, content.summary[:40], "Suggested partnership", "revision 12"]
    places = [first.index(each) for each in said]
    assert places == sorted(places)
    assert places[0] == 0, "the title is first"
    assert others, "the names that numbers stand for follow the map"


@pytest.mark.parametrize("ink", INKS)
def test_every_word_of_a_sheet_stands_off_from_the_paper_and_from_the_groups(ink: str) -> None:
    drawn = ElementTree.fromstring(draw(made_up_map(), Sheet("a4", ink)).svg)  # type: ignore[arg-type]  # noqa: S314
    inherited = {child: parent for parent in drawn.iter() for child in parent}
    colours = set()
    for text in drawn.iter(TEXT):
        at: ElementTree.Element | None = text
        while at is not None and not at.get("fill"):
            at = inherited.get(at)
        assert at is not None, "a word without a colour of its own is black on any paper"
        colours.add(str(at.get("fill")))
    grounds = [INKS[ink]["page"], INKS[ink]["hull"]]
    assert {(fill, ground) for fill in colours for ground in grounds if contrast(fill, ground) < 4.5} == set()
    assert len(colours) > 1
