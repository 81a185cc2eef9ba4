"""A report as a page, workbook and JSON: the same bytes, nothing fetched, text from data always text."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from html.parser import HTMLParser
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.errors import InvalidValue
from graphsvc.render.charts import chart_svg
from graphsvc.render.report_content import Amount, Chart, Drawing, Form, Record
from graphsvc.render.report_files import report_file
from graphsvc.render.report_page import render_report
from graphsvc.render.report_record import as_json, read_record
from graphsvc.render.report_words import shown
from tests.render.made_up_map import HOSTILE
from tests.render.made_up_report import hostile_report, made_up_report


class Elements(HTMLParser):
    """All elements of a page with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.mark.parametrize("form", ["html", "xlsx", "json"])
def test_the_same_report_is_the_same_bytes(form: str) -> None:
    assert report_file(made_up_report("fi"), form) == report_file(made_up_report("fi"), form)  # type: ignore[arg-type]


def test_the_page_says_all_that_the_report_says() -> None:
    report = made_up_report("fi")
    page = Elements(render_report(report))
    said = " ".join([*page.text, *(str(attributes.get("aria-label")) for _, attributes in page.found)])
    told = re.findall(r"Ääkkösiä \d+", repr(report.sections) + repr(report.summary) + report.title + report.foot)
    (drawing,) = (block for block in report.sections[0].blocks if isinstance(block, Drawing))
    for text in {*told} - {drawing.alternative}:  # the picture brings its own
        assert text in said, text


def test_the_page_has_no_script_no_style_attribute_and_no_address_to_fetch() -> None:
    page = Elements(render_report(made_up_report()))
    scripts = [attributes for tag, attributes in page.found if tag == "script"]
    assert scripts == [{"type": "application/json", "id": "report-data"}]
    assert not [tag for tag, attributes in page.found if "style" in attributes]
    fetched = {"src", "srcset", "action", "formaction", "poster", "background"}
    assert not [tag for tag, attributes in page.found if fetched & set(attributes)]
    hrefs = [attributes["href"] or "" for _, attributes in page.found if "href" in attributes]
    assert all(href.startswith("#") or href == "data:," for href in hrefs)
    ids = [attributes["id"] for _, attributes in page.found if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_hostile_text_is_text() -> None:
    page = Elements(render_report(hostile_report()))
    harmless = Elements(render_report(made_up_report()))
    assert {tag for tag, _ in page.found} == {tag for tag, _ in harmless.found}
    assert not [name for _, attributes in page.found for name in attributes if name.startswith("on")]
    assert HOSTILE[0] in "".join(page.text)


def test_nothing_becomes_a_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(report_file(hostile_report(), "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert cells
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [cell for cell in cells if cell.hyperlink]


def test_the_workbook_holds_numbers_as_numbers() -> None:
    book = openpyxl.load_workbook(io.BytesIO(report_file(made_up_report("sv"), "xlsx")))
    sheets = {name: list(book[name].values) for name in book.sheetnames}
    assert len(sheets) == 5
    rows = next(rows for rows in sheets.values() if len(rows) == 3)
    assert rows[1][1:4] == (0, 0.256, 1234)
    assert rows[2][4] is None


def test_json_tells_the_same_numbers() -> None:
    said = json.loads(report_file(made_up_report(), "json"))
    assert said["figures"][0]["change"] == 12
    assert said["tables"][0]["rows"][0][1:4] == [0, 0.256, 1234]


def _charts() -> list[Chart]:
    return [block for block in made_up_report("fi").sections[0].blocks if isinstance(block, Chart)]


@pytest.mark.parametrize("chart", _charts(), ids=lambda chart: chart.id)
def test_a_chart_is_clean_svg_with_text_and_words_for_it(chart: Chart) -> None:
    svg = chart_svg(chart, "fi")
    root = ElementTree.fromstring(svg)  # noqa: S314
    assert svg == chart_svg(chart, "fi")
    assert "style" not in {name for element in root.iter() for name in element.attrib}
    assert chart.alternative in str(root.get("aria-label"))
    texts = {element.text for element in root.iter() if element.tag.endswith("}text")}
    assert {series.name for series in chart.series} <= texts


def test_a_dollar_in_a_chart_is_a_dollar() -> None:
    chart = next(block for block in hostile_report().sections[0].blocks if isinstance(block, Chart))
    assert ElementTree.fromstring(chart_svg(chart, "en")) is not None  # noqa: S314


@pytest.mark.parametrize(
    ("amount", "language", "text"),
    [
        (Amount(1234.5, 1), "fi", "1\xa0234,5"),
        (Amount(0.881, 1, Form.SHARE), "sv", "88,1\xa0%"),
        (Amount(0.881, 1, Form.SHARE), "en", "88.1%"),
        (Amount(12, form=Form.SIGNED), "en", "+12"),
        (Amount(-0.004, 1, Form.POINTS), "fi", "\N{MINUS SIGN}0,4\xa0%-yks."),
        (Amount(-0.0004, 2, Form.SIGNED), "en", "0.00"),
    ],
)
def test_amounts_are_written_as_the_language_does(amount: Amount, language: str, text: str) -> None:
    assert shown(amount, language) == text


texts = st.text(max_size=40)


@given(texts, st.lists(st.tuples(texts, texts), max_size=3), st.floats(allow_nan=False, allow_infinity=False))
def test_a_record_comes_back_from_its_page_as_it_was(about: str, actors: list[tuple[str, str]], value: float) -> None:
    record = Record(about, date(2024, 2, 29), 3, (("actors", value),), tuple(actors), ())
    element = f'<script type="application/json" id="report-data">{as_json(record)}</script>'
    assert "<" not in as_json(record)
    assert read_record(f"<html>{element}</html>", "r.html") == record


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html></html>",
        '<script type="application/json" id="report-data">{}</script>',
        '<script type="application/json" id="report-data">[]</script>',
        '<script type="application/json" id="report-data">{"about":1,"day":"2024-01-01","revision":1,"figures":[],'
        '"actors":[],"suggestions":[]}</script>',
        '<script type="application/json" id="report-data">{"about":"","day":"yesterday","revision":1,"figures":[],'
        '"actors":[],"suggestions":[]}</script>',
    ],
)
def test_any_other_file_is_refused_by_name(text: str) -> None:
    with pytest.raises(InvalidValue, match=r"old\.html is not a report"):
        read_record(text, "old.html")
