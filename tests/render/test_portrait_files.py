"""A portrait as a file: one A4 whatever the data, nothing taken for markup, what is left out is counted."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pypdfium2
import pytest

from graphsvc.render.portrait_content import Portrait
from graphsvc.render.portrait_files import MEDIA_TYPES, portrait_file
from graphsvc.render.portrait_page import render_portrait
from graphsvc.render.portrait_print import print_portrait
from graphsvc.render.portrait_sheet import sheet_of
from graphsvc.sharing.packing import unpack
from tests.render.made_up_map import HOSTILE
from tests.render.made_up_portrait import LONG, made_up_portrait

WIDE = ("W" * 10_000, "Ww " * 3_333, LONG)
MARKUP = "#panic() $x$ @ref `raw` *b* = h \\ // c /* d"
UNSEEN = {"head", "style", "title", "desc"}


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad\u2010\u200b\ufffe\x02-]", "", text)


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    found = [page.get_textpage().get_text_range() for page in document]
    sizes = {tuple(round(side) for side in page.get_size()) for page in document}
    document.close()
    assert sizes == {(595, 842)}
    return found


class Reader(HTMLParser):
    """What a page says, and the elements and attributes that it has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag in UNSEEN:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            self.open.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self.open:
            self.texts.append(data)


def said(portrait: Portrait) -> list[str]:
    """Return the texts of a sheet, in order."""
    sheet = sheet_of(portrait)
    found = [sheet.title, sheet.about, sheet.dated, sheet.caption, sheet.foot]
    for rows in (sheet.facts, sheet.partners, sheet.themes):
        found += [cell for row in rows.rows for cell in row] + [rows.more]
    for each in sheet.openings:
        found += [each.title, each.against, *each.reasons.lines, each.reasons.more]
    for lines in (sheet.position, sheet.latest, sheet.changes, sheet.contradictions, sheet.sources):
        found += [*lines.lines, lines.more]
    return found


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("many", [0, 1, 60])
def test_pdf_is_one_a4_that_says_what_the_page_says(language: str, many: int) -> None:
    portrait = made_up_portrait(language, many=many)
    pdf = print_portrait(portrait)
    (text,) = pages(pdf)
    page = squeezed(" ".join(Reader(render_portrait(portrait)).texts))
    for each in said(portrait):
        assert squeezed(each) in squeezed(text), each
        assert squeezed(each) in page, each
    assert b"pdfuaid" in pdf


@pytest.mark.parametrize("text", WIDE)
def test_texts_of_ten_thousand_characters_are_cut_and_counted(text: str) -> None:
    portrait = made_up_portrait("en", text, many=60)
    (page,) = pages(print_portrait(portrait))
    sheet = sheet_of(portrait)
    assert sheet.title.endswith("…")
    assert "texts are shortened" in page or "One text is shortened" in page
    shown = len(sheet.partners.rows)
    assert sheet.partners.more == f"and {6000 - shown:,} more partners"
    assert squeezed(sheet.partners.more) in squeezed(page)


@pytest.mark.parametrize("text", [*HOSTILE, MARKUP])
def test_texts_of_data_are_texts(text: str) -> None:
    portrait = made_up_portrait("en", text)
    read = Reader(render_portrait(portrait))
    assert not read.tags & {"script", "img", "iframe", "object", "a", "b1"}
    assert not {name for name in read.attributes if name.startswith("on") or name in ("href", "src", "style")} - {
        "href"
    }
    wanted = letters(text)[:20]
    assert letters("".join(read.texts)).count(wanted) > 5
    assert letters(pages(print_portrait(portrait))[0]).count(wanted) > 5


def letters(text: str) -> str:
    """Return what has a shape and is not turned round in a line that runs to the left."""
    return "".join(each for each in squeezed(text) if each.isascii() and each.isprintable() and each not in "<>")


@pytest.mark.parametrize("form", MEDIA_TYPES)
def test_same_portrait_same_bytes(form: str) -> None:
    first = portrait_file(made_up_portrait("sv"), form)  # type: ignore[arg-type]
    assert first == portrait_file(made_up_portrait("sv"), form)  # type: ignore[arg-type]


def test_json_holds_all_of_the_content() -> None:
    portrait = made_up_portrait("fi", many=30)
    assert unpack(portrait_file(portrait, "json"), Portrait) == portrait


def test_the_page_needs_nothing_from_elsewhere() -> None:
    page = render_portrait(made_up_portrait())
    assert "default-src &#39;none&#39;" in page
    assert "script" not in Reader(page).tags
    assert not re.search(r"(?:src|href)=\"(?!data:,)", page)
    assert not re.search(r"url\(|@import", page)
