"""The report as PDF: all that its content says is set, in order, readable, the same bytes, nothing taken for markup."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from graphsvc.render.report_content import (
    Amount,
    Chart,
    ChartKind,
    Column,
    Drawing,
    Finding,
    Findings,
    Form,
    KeyFigure,
    KeyFigures,
    Mark,
    Points,
    Record,
    Report,
    Section,
    Series,
    Table,
    Term,
    Terms,
    Text,
)
from graphsvc.render.report_print import print_report
from graphsvc.render.report_words import shown
from graphsvc.render.vector import draw
from tests.render.made_up_map import HOSTILE, made_up_map

THEMES = ("Vety ja energia", "Digitaalinen valmistus", "Terveysdata", "Kiertotalous ja uusiutuvat materiaalit")
FOOT = "Tietojen tilanne 31.10.2026 · aineiston versio 12 · Made-up register"


def made_up_report(language: str = "fi") -> Report:
    """Return a report with every kind of block, each saying something of its own."""
    map_ = draw(made_up_map(40, 4, language=language))
    figures = KeyFigures(
        (
            KeyFigure("actors", "Toimijoita", Amount(1389), Amount(380), Amount(389), Amount(9), "2025: +9"),
            KeyFigure("density", "Tiheys", None, None, None, None, ""),
        )
    )
    years = tuple(str(year) for year in range(2019, 2023))
    chart = Chart(
        "ties",
        "Yhteydet vuosittain",
        ChartKind.LINES,
        years,
        (Series("Yhteyksiä", (10, 20, None, 40)),),
        "Yhteyksien määrä nelinkertaistui.",
        Table(
            "ties-table",
            "Luvut",
            (Column("Vuosi"), Column("Yhteyksiä", numbers=True)),
            tuple((year, Amount(10 * at)) for at, year in enumerate(years)),
        ),
    )
    coverage = Table(
        "coverage",
        "Teema ja sektori",
        (Column("Teema"), *(Column(name, numbers=True) for name in ("tutkimus", "elinkeinoelämä"))),
        tuple((theme, Amount(0, mark=Mark.EMPTY), Amount(at, mark=Mark.THIN)) for at, theme in enumerate(THEMES)),
        "○ ei ketään, ◐ liian vähän",
    )
    areas = Table(
        "areas",
        "Teema ja alue",
        (Column("Teema"), *(Column(f"Kunta{at}", numbers=True) for at in range(10))),
        tuple((theme, *(Amount(at, form=Form.SHARE) for at in range(10))) for theme in THEMES),
    )
    long = Table(
        "brokers",
        "Välittäjät",
        (Column("Toimija"), Column("Välittäjyys", numbers=True), Column("Päivä")),
        tuple((f"Toimija numero {at}", Amount(at / 7, 3), date(2026, 1, 1)) for at in range(120)),
    )
    finding = Finding(1, "Kangassoft – Lumiyliopisto", ("Viisi yhteistä kumppania.",), "Liian tuttuja.", "Tavatkaa.")
    return Report(
        "Pirkanmaan verkosto",
        language,
        "Pirkanmaa, 31.10.2026",
        "Kuva vuosiraporttiin.",
        ("Toimijoita on 1 389.", "Suurin välittäjä on Lumin kunta."),
        (
            Section("figures", "Avainluvut", (figures, Text("Koko verkostosta."), chart)),
            Section("map", "Kartta", (Drawing("map", "Verkoston kartta", map_.svg, "Kartan sisältö.", "Viivat."),)),
            Section("coverage", "Kattavuus", (coverage, areas)),
            Section("brokers", "Lista", (long,)),
            Section("missing", "Puuttuvat", (Findings("missing", "Ketkä", (finding,), "Pareja oli 1 204."),)),
            Section(
                "method", "Menetelmä", (Points(("Yksi seikka.", "Toinen seikka.")), Terms((Term("Tiheys", "a", "b"),)))
            ),
        ),
        FOOT,
        Record("", date(2026, 10, 31), 12, (), (), ()),
    )


def pages(pdf: bytes) -> list[tuple[float, float, str]]:
    """Return width, height and text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    found = [(*page.get_size(), page.get_textpage().get_text_range()) for page in document]
    document.close()
    return found


def squeezed(text: str) -> str:
    """Return a text without what breaking it into lines puts in or takes out."""
    return re.sub(r"[\s\u00ad\u2010\u200b\ufffe\x02-]", "", text)


def said(report: Report) -> list[str]:
    """Return all texts of a report's content that stand on its pages."""
    found = [report.title, report.subtitle, report.caption, *report.summary, report.foot]
    for section in report.sections:
        found.append(section.title)
        for block in section.blocks:
            if isinstance(block, Table):
                found += [block.title, block.note, *(column.title for column in block.columns)]
                found += [shown(cell, report.language) for row in block.rows for cell in row]
            elif isinstance(block, KeyFigures):
                found += [text for each in block.items for text in (each.name, each.said)]
                found += [shown(each.value, report.language) for each in block.items if each.value]
            elif isinstance(block, Findings):
                found += [block.title, block.note]
                for item in block.items:
                    found += [item.title, *item.reasons_for, item.reason_against, item.advice]
            elif isinstance(block, Terms):
                found += [text for each in block.items for text in (each.name, each.meaning, each.misleads)]
            elif isinstance(block, Points):
                found += block.items
            elif isinstance(block, Text):
                found.append(block.text)
            elif isinstance(block, Chart):
                found += [block.title, *(shown(cell, report.language) for row in block.table.rows for cell in row)]
            else:
                found += [block.title, block.note]
    return found


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_all_that_the_content_says_is_set_and_the_file_is_accessible(language: str) -> None:
    report = made_up_report(language)
    pdf = print_report(report)
    whole = squeezed("".join(text for *_, text in pages(pdf)))
    missing = [text for text in said(report) if squeezed(text) not in whole]
    assert not missing
    assert b"pdfuaid" in pdf
    assert b"/StructTreeRoot" in pdf
    assert f"/Lang ({language}".encode() in pdf or f"/Lang({language}".encode() in pdf


def test_same_content_same_bytes() -> None:
    assert print_report(made_up_report()) == print_report(made_up_report())


def test_maps_and_wide_tables_lie_and_a_map_has_its_page_alone() -> None:
    found = pages(print_report(made_up_report()))
    lying = [text for width, height, text in found if width > height]
    assert len(lying) == 2
    assert "Verkoston kartta" in lying[0]
    assert "Viivat." in lying[0]
    assert "Teema ja alue" in lying[1]


def test_a_table_that_breaks_repeats_its_head_and_every_page_has_its_number() -> None:
    found = pages(print_report(made_up_report()))
    with_rows = [text for *_, text in found if "Toimija numero" in text]
    assert len(with_rows) > 2
    assert all("Välittäjyys" in text for text in with_rows)
    for number, (*_, text) in enumerate(found, start=1):
        assert f"{number} / {len(found)}" in text
    assert all("Pirkanmaan verkosto" in text for *_, text in found[:2])


def test_the_contents_name_each_section_with_its_page() -> None:
    report = made_up_report()
    found = pages(print_report(report))
    first = found[0][2]
    for section in report.sections:
        page = re.search(rf"{section.title}[ .]*(\d+)", first)
        assert page, section.title
        assert section.title in found[int(page[1]) - 1][2]


def test_the_contents_follow_what_the_report_finds_without_a_gap() -> None:
    report = made_up_report("en")
    page = pypdfium2.PdfDocument(print_report(report))[0].get_textpage()

    def across(text: str) -> tuple[float, float]:
        """Return the lower and upper edge of a line, in points from the foot of the page."""
        found = page.search(text[:12]).get_next()
        assert found, text
        _, bottom, _, top = page.get_charbox(found[0])
        return bottom, top

    (last, _), (_, contents) = across(report.summary[-1]), across("Contents")
    assert 20 < last - contents < 80


@pytest.mark.parametrize("bad", [*HOSTILE, "#panic() $x$ @ref `raw` *b* _i_ = h \\ // c /* d", "#sys.inputs", "= head"])
def test_texts_of_data_are_texts(bad: str) -> None:
    report = made_up_report("en")
    cell = ((bad, Amount(1)),)
    table = Table("t", bad, (Column(bad), Column("n", numbers=True)), cell, bad)
    found = Findings("f", bad, (Finding(1, bad, (bad,), bad, bad),), bad)
    blocks = (Text(bad), Points((bad,)), table, found, Terms((Term(bad, bad, bad),)))
    hostile = replace(report, title=bad, subtitle=bad, summary=(bad,), sections=(Section("s", bad, blocks),), foot=bad)
    whole = letters("".join(text for *_, text in pages(print_report(hostile))))
    assert whole.count(letters(bad)[:60]) >= 8


def letters(text: str) -> str:
    """Return what has a shape and is not turned round in a line that runs to the left."""
    return "".join(each for each in squeezed(text) if each.isascii() and each.isprintable() and each not in "<>")
