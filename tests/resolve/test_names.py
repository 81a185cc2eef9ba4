"""Names taken apart: what makes no difference, and what does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.identifiers import fold
from graphsvc.model import Actor, ActorKind
from graphsvc.resolve import legal_forms, names, profiles, vocabulary
from graphsvc.resolve.comparing import Likeness, compare
from graphsvc.resolve.name_index import NameIndex
from graphsvc.resolve.names import parse
from graphsvc.resolve.profiles import domain, town_words
from graphsvc.resolve.vocabulary import Sort


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Nokia Oyj", ["nokia"]),
        ("Oyj Nokia Abp", ["nokia"]),
        ("NOKIA, OYJ", ["nokia"]),
        ("Oy X-Yhtiö Ab", ["x", "yhtio"]),
        ("Rakennus Oy Virtanen", ["rakennus", "virtanen"]),
        ("T:mi Foo", ["foo"]),
        ("Foo r.y.", ["foo"]),
        ("Foo ry / Bar", ["foo", "bar"]),
        ("Föreningen Foo r.f.", ["association", "foo"]),
        ("Foo s.r.o.", ["foo"]),
        ("Foo S. R. L.", ["foo"]),
        ("FOO SPOLKA Z OGRANICZONA ODPOWIEDZIALNOSCIA", ["foo"]),
        ("Foo sp. z o.o.", ["foo"]),
        ("Foo d.o.o.", ["foo"]),
        ("Foo Kft.", ["foo"]),
        ("OÜ Foo", ["foo"]),
        ("SIA Foo", ["foo"]),
        ("UAB Foo", ["foo"]),
        ("Foo A/S", ["foo"]),
        ("Foo GmbH & Co. KG", ["foo"]),
        ("Foo gemeinnützige GmbH", ["foo"]),
        ("Foo Public Limited Company", ["foo"]),
        ("BATH SPA UNIVERSITY", ["bath", "spa", "university"]),
        ("Foo S.p.A.", ["foo"]),
        ("Foo, spol. s r.o.", ["foo"]),
        ("Foo Sp. J.", ["foo"]),
        ("ООО Foo", ["ооо", "foo"]),
        ("Foo ООО", ["foo"]),
    ],
)
def test_legal_forms_are_taken_off(name: str, words: list[str]) -> None:
    assert list(parse(name).words) == words


def test_the_kind_of_form_is_kept() -> None:
    assert parse("Foo ry").legal == {"association"}
    assert parse("Foo Oy").legal == parse("Foo Ltd").legal == {"company"}
    assert parse("Foo Ky").legal == parse("Foo GmbH & Co. KG").legal == parse("Foo BV & Co KG").legal == {"partnership"}
    assert not parse("Foo").legal


def test_a_name_made_of_forms_alone_stays() -> None:
    assert parse("AS Oy").words == ("as", "oy")
    assert parse("Company Ltd").words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tampereen yliopisto", "TAMPERE UNIVERSITY"),
        ("Tampereen yliopisto", "Tammerfors universitet"),
        ("Turun AMK Oy", "Åbo yrkeshögskola Ab"),
        ("Lapin ELY-keskus", "Lapin elinkeino-, liikenne- ja ympäristökeskus (ELY)"),
        ("UNIVERSITAET ZU LUEBECK", "Universität zu Lübeck"),
        ("DIE Stadt Wien", "Stadt Wien"),
        ("INTERUNIVERSITAIR MICRO-ELECTRONICA CENTRUM", "Interuniversitair micro-electronicacentrum"),
        ("Geologian tutkimuskeskus (GTK)", "Geologian tutkimuskeskus"),
        ("THL - Terveyden ja hyvinvoinnin laitos", "Terveyden ja hyvinvoinnin laitos"),
        ("Helsingin yliopiston Ruralia-instituutti", "Helsingin yliopisto / Ruralia-instituutti"),
    ],
)
def test_ways_to_write_one_name(one: str, other: str) -> None:
    assert compare(parse(one), parse(other)).likeness is Likeness.SAME
    assert compare(parse(other), parse(one)).likeness is Likeness.SAME


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("University of Debrecen", "Debreceni Egyetem", Likeness.REORDERED),
        ("Joensuun Tiedepuisto Oy", "Joensuun Tiedepusito Oy", Likeness.SIMILAR),
        ("Pirkanmaan liitto", "Pirkanmaan litto", Likeness.SIMILAR),
        ("Helsinki Universty", "Helsingin yliopisto", Likeness.SIMILAR),
        ("Lapin yliopisto", "Lapin yliopisto Taiteiden tiedekunta", Likeness.CONTAINED),
        ("Tampereen yliopisto", "Turun yliopisto", Likeness.OVERLAPPING),
        ("Sampo Tampere", "Sampo Helsinki", Likeness.OVERLAPPING),
        ("Foo 2 Oy", "Foo 3 Oy", Likeness.OVERLAPPING),
        ("Sali A", "Sali D", Likeness.OVERLAPPING),
        ("Enel S.p.A.", "ENEL.SI SRL", Likeness.CONTAINED),
        ("Metal Institute", "Medal Institute", Likeness.SIMILAR),
        ("National Park", "Natural Park", Likeness.OVERLAPPING),
        ("Tampere University", "Tampere Universities", Likeness.OVERLAPPING),
        ("STMicroelectronics (Alps) SAS", "STMicroelectronics (Tours) SAS", Likeness.OVERLAPPING),
        ("STMICROELECTRONICS (ALPS) SAS", "STMICROELECTRONICS (TOURS) SAS", Likeness.OVERLAPPING),
    ],
)
def test_how_two_names_hang_together(one: str, other: str, likeness: Likeness) -> None:
    assert compare(parse(one), parse(other)).likeness is likeness


def test_a_remark_is_no_part_of_the_name() -> None:
    parsed = parse("Itä-Suomen yliopisto (aiemmin Kuopion yliopisto)")
    assert parsed.remark
    assert parsed.words == parse("Itä-Suomen yliopisto").words


def test_a_name_tells_by_its_words() -> None:
    assert (
        parse("University Hospital").information
        < parse("Techila").information
        < parse("Helsingin yliopisto").information
    )


@given(st.text(max_size=60))
def test_any_text_can_be_taken_apart(text: str) -> None:
    parsed = parse(text)
    assert bool(parsed.words) == any(character.isalnum() for character in parsed.compact)
    assert compare(parsed, parsed).likeness is Likeness.SAME


@given(st.text(max_size=30), st.text(max_size=30))
def test_comparing_has_no_direction(one: str, other: str) -> None:
    there, back = compare(parse(one), parse(other)), compare(parse(other), parse(one))
    assert there.likeness is back.likeness
    assert there.information == pytest.approx(back.information)
    assert (there.only_a, there.only_b) == (back.only_b, back.only_a)


def test_websites_and_towns() -> None:
    assert domain("https://www.metsa.ac.uk/x") == domain("http://lib.metsa.ac.uk")
    assert domain("https://foo.wordpress.com") == ""
    assert domain("http://[::1") == ""
    assert town_words("Frankfurt (Oder)") != town_words("Frankfurt am Main")
    assert town_words("Den Haag") == town_words("The Hague")
    assert not town_words("75008")


def test_no_word_has_two_meanings() -> None:
    """A phrase that stands under two concepts or towns would be read as the last one."""
    words, towns = legal_forms.read_table("words"), legal_forms.read_table("towns")
    tables = [words["concepts"], words["bodies"], *towns.values()]
    meanings: dict[str, set[str]] = {}
    for table in tables:
        for meaning, phrases in table.items():
            for phrase in phrases:
                meanings.setdefault(phrase, set()).add(meaning)
    assert {phrase: sorted(found) for phrase, found in meanings.items() if len(found) > 1} == {}


def test_the_tables_are_folded() -> None:
    forms = legal_forms.read_table("legal_forms")
    listed = [form for group in forms.values() for part in group.values() for form in part]
    assert [form for form in listed if form != fold(form)] == []
    assert vocabulary.sort_of("techila") is Sort.PLAIN


@given(st.text(alphabet="aB -–—/,;()[]\t\n.", max_size=12))
def test_whatever_has_parts_is_looked_at_for_them(text: str) -> None:
    assert names._PERHAPS_PARTS.search(text) or names._PARTS.split(text) == [text]


def test_a_search_by_name_takes_apart_names_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("where an entry is makes no difference to who is meant by a name")

    monkeypatch.setattr(profiles, "_whereabouts", refused)
    monkeypatch.setattr(profiles, "domain", refused)
    index = NameIndex([Actor(id="a", name="Aalto-yliopisto", kind=ActorKind.OTHER, website="https://aalto.fi")])
    assert index.meant("Aalto yliopisto") == "a"
