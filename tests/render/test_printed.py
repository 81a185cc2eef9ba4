"""The map on paper: same bytes, real text, all names there, nothing from data taken for markup."""

from __future__ import annotations

import contextlib
import re
import zlib
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphsvc.render import palette
from graphsvc.render.content import Imprint, MapContent
from graphsvc.render.letters import width_of
from graphsvc.render.map_redaction import redacted
from graphsvc.render.naming import clean, place_names
from graphsvc.render.page import Page
from graphsvc.render.printed import Print, printed
from graphsvc.render.redaction import Redaction
from graphsvc.render.sheet import NUMBER_SIZE, Box, Scene, fit, placed
from graphsvc.render.vector import INKS, Sheet, draw
from tests.render.made_up_map import HOSTILE, hiding, hostile_map, made_up_map

SVG = "{http://www.w3.org/2000/svg}"
PAPER = {"a4": ("297mm", "210mm"), "a3": ("420mm", "297mm")}
KNOWN = {"svg", "title", "desc", "g", "rect", "path", "circle", "text"}


def parsed(content: MapContent, sheet: Sheet = Sheet()) -> ElementTree.Element:  # noqa: B008
    return ElementTree.fromstring(draw(content, sheet).svg)  # noqa: S314  # our own


def texts(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def scene_of(content: MapContent) -> Scene:
    return fit(placed(Page(content)), Box(28, 60, 814, 530))


@pytest.mark.parametrize("paper", PAPER)
@pytest.mark.parametrize("ink", INKS)
def test_sheet_has_its_size_its_words_and_no_letter_below_six_points(paper: str, ink: str) -> None:
    content = made_up_map()
    root = parsed(content, Sheet(paper, ink))  # type: ignore[arg-type]
    assert (root.get("width"), root.get("height")) == PAPER[paper]
    sizes = [float(element.get("font-size", "0")) for element in root.iter(f"{SVG}text")]
    assert min(sizes) >= 6
    said = " ".join(texts(root))
    for each in (content.title, "revision 12", "2026-10-31", "Made-up register", "Suggested partnership"):
        assert each in said
    described = root.find(f"{SVG}desc")
    assert described is not None
    assert content.summary in str(described.text)


@pytest.mark.parametrize("form", ["svg", "pdf", "png"])
def test_same_map_same_bytes(form: str) -> None:
    content = made_up_map(60, 5)
    first = printed(content, Print(form))  # type: ignore[arg-type]
    assert first == printed(content, Print(form))  # type: ignore[arg-type]
    assert first.startswith({"svg": b"<?xml", "pdf": b"%PDF", "png": b"\x89PNG"}[form])


def test_png_has_300_pixels_an_inch() -> None:
    head = printed(made_up_map(20, 2), Print("png"))[16:24]
    assert (int.from_bytes(head[:4]), int.from_bytes(head[4:])) == (3508, 2480)


@pytest.mark.parametrize("paper", PAPER)
@pytest.mark.parametrize("actors", [3, 150, 390])
def test_everyone_shown_has_a_name_or_a_number_that_is_explained(actors: int, paper: str) -> None:
    content = made_up_map(actors, 6)
    picture = draw(content, Sheet(paper))  # type: ignore[arg-type]
    root = ElementTree.fromstring(picture.svg)  # noqa: S314
    said = texts(root)
    left_over = dict(picture.left_over)
    for rank, actor in enumerate(content.actors, start=1):
        named = clean(actor.name) in said
        assert named or left_over.get(rank) == actor.name
        assert named or str(rank) in said
    titles = {element.text for element in root.iter(f"{SVG}title")}
    assert len(titles) >= actors


def test_names_that_found_no_room_follow_on_further_pages_of_the_pdf() -> None:
    made = printed(made_up_map(390, 14, 20), Print("pdf"))
    assert pages(made) > 1
    assert pages(printed(made_up_map(40, 4), Print("pdf"))) == 1


def pages(pdf: bytes) -> int:
    return max(int(number) for number in re.findall(rb"/Count (\d+)", pdf))


@pytest.mark.parametrize("actors", [40, 150])
def test_names_do_not_lie_on_each_other(actors: int) -> None:
    names = place_names(scene_of(made_up_map(actors, 6)))
    labels = [each for each in (*names.groups, *names.actors) if each.size > NUMBER_SIZE]
    assert len(labels) > actors / 2
    assert not [(a.text, b.text) for a, b in combinations(labels, 2) if a.box.meets(b.box)]


@pytest.mark.parametrize(
    ("actors", "frame", "most"), [(150, Box(28, 60, 814, 530), 4), (390, Box(28, 60, 1160, 770), 0)]
)
def test_numbers_stand_free(actors: int, frame: Box, most: int) -> None:
    scene = fit(placed(Page(made_up_map(actors, 8, 20))), frame)
    names = place_names(scene)
    numbers = [each for each in names.actors if each.size == NUMBER_SIZE]
    assert len(numbers) == len(names.numbered)
    labels = (*names.groups, *names.actors)
    touching = [each.text for each in numbers if any(each is not o and each.box.meets(o.box) for o in labels)]
    assert len(touching) <= most, touching


def test_group_names_hide_few_symbols_and_lie_on_the_sheet() -> None:
    scene = fit(placed(Page(made_up_map(390, 24, 20))), Box(28, 60, 700, 450))
    names = place_names(scene)
    assert len(names.groups) == len(scene.areas)
    assert all(scene.frame.holds(each.box) for each in names.groups)
    hidden = [spot.actor.name for spot in scene.spots if any(each.box.meets(spot.box) for each in names.groups)]
    assert len(hidden) <= 12, "25 where only the middle and the sides of an area are looked at"


def test_names_are_drawn_over_numbers_that_lie_on_their_symbols() -> None:
    names = place_names(fit(placed(Page(made_up_map(390, 14, 20))), Box(28, 60, 600, 400)))
    over = [each.text for each in names.actors if each.size > NUMBER_SIZE]
    drawn = [each.text for each in names.actors]
    under = [
        a for a in names.actors if a.size == NUMBER_SIZE for b in names.actors if b.size > a.size and a.box.meets(b.box)
    ]
    assert under, "so little room that some numbers lie under names"
    assert max(drawn.index(each.text) for each in under) < min(map(drawn.index, over))


def test_a_crowded_map_shows_groups_with_their_numbers() -> None:
    content = made_up_map(600, 8)
    page = Page(content)
    said = texts(parsed(content))
    for _, name, count in page.group_sizes():
        assert f"{name} ({count})" in said
    assert "In brackets: actors in the group" in said
    assert len(scene_of(content).spots) < 60


def test_strong_ties_are_thick_and_suggestions_dashed_in_their_own_colour() -> None:
    root = parsed(made_up_map())
    ties, suggestions = root.find(f"{SVG}g[@id='ties']"), root.find(f"{SVG}g[@id='suggestions']")
    assert ties is not None
    assert suggestions is not None
    widths = [float(each.get("stroke-width", "0")) for each in ties]
    assert widths == sorted(widths)
    assert widths[0] < widths[-1]
    assert {each.get("stroke") for each in suggestions} == {palette.LIGHT["suggestion"]}
    assert all(each.get("stroke-dasharray") for each in suggestions)


def test_grey_has_no_colour() -> None:
    svg = draw(made_up_map(), Sheet(ink="grey")).svg
    assert all(red == green == blue for red, green, blue in re.findall(r"#(..)(..)(..)\b", svg))


def test_hostile_text_stays_text() -> None:
    root = parsed(hostile_map())
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= KNOWN
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not [name for name in attributes if name.startswith("on") or "href" in name]
    titles = [element.text or "" for element in root.iter(f"{SVG}title")]
    assert any(HOSTILE[0] in title for title in titles)


TYPST = ('#panic("struck")', '#read("/etc/passwd")', "$ x $ *b* _i_ `r` = h", '"; #panic("a")', "\\ #{1 + 1}")


def test_nothing_from_data_is_taken_for_markup_of_typst() -> None:
    content = made_up_map(390, 14)
    content = replace(
        content,
        title=TYPST[0],
        summary=" ".join(TYPST),
        actors=tuple(replace(each, name=f"{TYPST[n % 5]} {n}") for n, each in enumerate(content.actors)),
    )
    assert pages(printed(content, Print("pdf"))) > 1
    assert printed(hostile_map(), Print("pdf")).startswith(b"%PDF")


def test_letters_that_no_font_has_do_not_stop_a_pdf() -> None:
    assert printed(replace(made_up_map(5, 1), title="\U0010fffd"), Print("pdf")).startswith(b"%PDF")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(max_size=40), min_size=12, max_size=12))
def test_any_names_make_valid_xml(names: list[str]) -> None:
    content = made_up_map(12, 2)
    content = replace(
        content,
        title=names[0],
        actors=tuple(replace(each, name=name) for each, name in zip(content.actors, names, strict=True)),
    )
    titles = [element.text or "" for element in parsed(content).iter(f"{SVG}title")]
    assert all(any((title or "").startswith(clean(name)) for title in titles) for name in names)


def test_what_is_redacted_is_not_in_the_bytes() -> None:
    content = made_up_map()
    gone = content.actors[0]
    shown, _ = redacted(content, hiding(content, Redaction(actors=(gone.id,))))
    assert gone.name in draw(content, Sheet()).svg
    assert f">{gone.name}<" not in draw(shown, Sheet()).svg
    assert f"{gone.name} (" not in draw(shown, Sheet()).svg


def said_by(pdf: bytes) -> str:
    """Return all that a PDF says: its own texts, those in packed streams, and what is set on its pages."""
    raw = [pdf]
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        with contextlib.suppress(zlib.error):
            raw.append(zlib.decompress(packed))
    strings = [part for each in raw for part in re.findall(rb"\((?:[^()\\]|\\.)*\)|<FEFF[0-9A-F]*>", each, re.DOTALL)]
    texts = [each.decode(kind, "replace") for each in raw for kind in ("utf-8", "utf-16-be")]
    texts += [re.sub(rb"\\(.)", rb"\1", each[1:-1]).decode("utf-16-be", "replace") for each in strings]
    document = pypdfium2.PdfDocument(pdf)
    texts += [page.get_textpage().get_text_range() for page in document]
    document.close()
    return "\n".join(texts)


@pytest.mark.parametrize("actors", [30, 390])
def test_what_is_redacted_is_nowhere_in_a_pdf_unpacked_or_set(actors: int) -> None:
    content = made_up_map(actors, 6)
    gone = content.actors[0]
    whole = said_by(printed(content, Print("pdf")))
    assert whole.count(gone.name) > 1, "in the text for who can't see it, and on the page"
    shown, _ = redacted(content, hiding(content, Redaction(actors=frozenset({gone.id}))))
    left = said_by(printed(shown, Print("pdf")))
    assert content.actors[1].name in left
    assert not re.search(rf"{re.escape(gone.name)}(?! \d)", left)


def test_what_is_said_of_a_map_stands_on_its_sheet_and_in_its_file() -> None:
    imprint = Imprint("Figure 3: who works with whom.", "CC BY 4.0", "A university in the middle of firms.")
    content = replace(made_up_map(30, 3), imprint=imprint)
    root = parsed(content)
    assert imprint.caption in texts(root)
    assert any("revision 12 of the data · CC BY 4.0 · Made-up register" in text for text in texts(root))
    described = root.findtext(f"{SVG}desc") or ""
    for each in (imprint.alternative, "2026-10-31", "revision 12", "CC BY 4.0", "Made-up register"):
        assert each in described
    assert content.summary not in described
    document = pypdfium2.PdfDocument(printed(content, Print("pdf")))
    about = document.get_metadata_dict()
    document.close()
    assert about["Title"] == content.title
    assert imprint.alternative in about["Subject"]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_language_and_an_empty_map_have_a_sheet(language: str) -> None:
    content = made_up_map(30, 3, language=language)
    empty = replace(
        content, title="", summary="", actors=(), ties=(), suggestions=(), collaborations=(), communities=()
    )
    for each in (content, empty):
        assert printed(each, Print("pdf", "a3")).startswith(b"%PDF")


@pytest.mark.parametrize(("narrow", "wide"), [("i", "m"), ("a", "Å"), ("e\u0301", "中")])
def test_widths_follow_the_letters(narrow: str, wide: str) -> None:
    assert 0 < width_of(narrow, 10) < width_of(wide, 10) < width_of(wide, 10, bold=True)
