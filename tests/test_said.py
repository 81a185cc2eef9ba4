"""Each sentence of an error or a problem of a file has its Finnish and its Swedish, and pages find them."""

from __future__ import annotations

from collections import Counter
from string import Formatter

import pytest
from pydantic_core import _pydantic_core
from werkzeug.exceptions import default_exceptions

from graphsvc import wording
from graphsvc.ingest.columns import specs
from graphsvc.said import CATALOGUES, Template, said
from tests import said_sites

NOT_SAID: dict[str, str] = {
    "CORDIS, European Union. Reuse is permitted with attribution (Commission Decision 2011/833/EU).": "terms of use",
    "keep.eu; reuse is free with the source cited.": "terms of use",
    "Public list of beneficiaries. It may name sole traders: do not publish their names.": "terms of use",
    "a line without an end": "goes to the log",
    "a row of more than {value:,} bytes": "goes to the log",
    "{field}: {rstrip}.": "names what pages list one by one",
    "{path}: {where}: {first}.": "is of a file that only the command line and the start read",
    "{value}/{number}": "is an id",
}
"""Texts that read like a sentence of ours and are none that a page says → why."""
FOREIGN = ("pydantic.", "werkzeug.", "sheets.")
"""Sections of what pages show and no line of our code says."""


def shape(english: str) -> tuple[object, ...]:
    """Return what makes two templates the same: their texts and kinds of values, whatever the values are called."""
    template = Template.of(english)
    return template.pieces, tuple((slot.quoted, slot.thousands) for slot in template.slots)


KNOWN = {shape(str(texts["en"])) for name in CATALOGUES for texts in wording.table(name).values()}
ENTRIES = [(name, key, texts) for name in CATALOGUES for key, texts in wording.table(name).items()]


@pytest.mark.parametrize("module", said_sites.modules())
def test_sentences_of_a_module_are_in_the_catalogues(module: str) -> None:
    sites = [site for site in said_sites.sites(module) if site.english not in NOT_SAID]
    lacking = [f"{site.line}: en = {site.english!r}" for site in sites if shape(site.english) not in KNOWN]
    assert not lacking, "\n".join(["say them in wordings/said_*.toml:", *lacking])


@pytest.mark.parametrize("module", said_sites.NOT_ON_PAGES)
def test_what_no_page_says_is_there(module: str) -> None:
    assert (said_sites.ROOT / module).is_dir() or (said_sites.ROOT / f"{module}.py").is_file()


def test_catalogues_say_nothing_that_nobody_says() -> None:
    ours = {shape(text) for module in said_sites.modules() for text in said_sites.all_texts(module)}
    foreign = {_foreign(error["message_template_python"]) for error in _pydantic_core.list_all_errors()}
    foreign |= {_foreign(str(error.description)) for error in default_exceptions.values()}
    foreign |= {shape(spec.labels["en"]) for spec in specs().values()}
    for name, key, texts in ENTRIES:
        there = foreign if key.startswith(FOREIGN) else ours
        assert shape(str(texts["en"])) in there, f"{name}: {key} is no sentence of the code"


def test_sheets_are_called_as_they_are() -> None:
    told = {key: texts for key, texts in wording.table("said_import").items() if key.startswith("sheets.")}
    assert told == {f"sheets.{key}": spec.labels for key, spec in specs().items()}


def _foreign(text: str) -> tuple[object, ...]:
    return shape(text) if text.count("{") == text.count("}") else (text,)


def test_no_sentence_is_told_twice_and_values_stand_apart() -> None:
    times = Counter(shape(str(texts["en"])) for _, _, texts in ENTRIES)
    assert not [told for told, count in times.items() if count > 1]
    for name, key, texts in ENTRIES:
        template = Template.of(str(texts["en"]))
        assert "" not in template.pieces[1:-1], f"{name}: {key}: nothing tells where one value ends"
        assert len({slot.name for slot in template.slots}) == len(template.slots), f"{name}: {key}"


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_sentence_is_found_again(language: str) -> None:
    for name, key, texts in ENTRIES:
        slots = Template.of(str(texts["en"])).slots
        values = {slot.name: f"'{{{n}}}'" if slot.quoted else f"‹{n}›" for n, slot in enumerate(slots)}
        english, wanted = (_filled(str(texts[each]), values) for each in ("en", language))
        assert said(english, language) == (wanted, language), f"{name}: {key}"


def _filled(text: str, values: dict[str, str]) -> str:
    return "".join(before + (values[slot] if slot else "") for before, slot, _, _ in Formatter().parse(text))


HOSTILE = ["{0}", "{end}", "{end!r:>99}", "%s", "\\1", "a\nb\r\n", "", "<b>", "x" * 100_000, "' " * 50_000, "'\\"]


@pytest.mark.parametrize("value", HOSTILE)
def test_values_come_through_as_they_are(value: str) -> None:
    template = Template.of("The {noun!r} of {sheet} means several: {places}.")
    for each in ({"noun": value}, {"sheet": value}, {"places": value}):
        given = {"noun": "theme", "sheet": "Actors", "places": "2"} | each
        sentence = f"The {given['noun']!r} of {given['sheet']} means several: {given['places']}."
        assert template.values(sentence) == given | {"noun": repr(given["noun"])}


def test_a_value_in_quotes_may_hold_the_sentence_itself() -> None:
    template = Template.of("There is no {noun} {text!r} on the sheet {sheet}.")
    text = "x' on the sheet y"
    wanted = {"noun": "theme", "text": repr(text), "sheet": "Themes"}
    assert template.values(f"There is no theme {text!r} on the sheet Themes.") == wanted


@pytest.mark.parametrize("value", HOSTILE)
def test_what_nobody_knows_stays_english(value: str) -> None:
    assert said(value + "?!", "fi") == (value + "?!", "en")
    assert said(value + "?!", "en") == (value + "?!", "en")


def test_a_sheet_keeps_its_name_and_a_noun_of_ours_is_translated() -> None:
    assert said("There is no theme 'x'.", "sv")[0] == "Detta finns inte: tema 'x'."
    told, _ = said("'a3' is in row 4 of projects, which is left out.", "fi")
    assert "projects" in told and "hankkeet" not in told
    assert said("Kept as attributes: projects, topics and 3 more.", "fi")[0].endswith("projects, topics ja 3 muuta.")
