"""Files of rules: those that ship with graphsvc say all they must; what is wrong in one's own is said with its key."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc import rulebook
from graphsvc.analysis.calls import RuleKind
from graphsvc.errors import GraphsvcError, NotFound
from graphsvc.rulebook import RuleFileError
from graphsvc.wording import LANGUAGES

SHIPPED = ["erdf-pirkanmaa", "horizon-europe", "interreg-central-europe", "interreg-europe"]
RULE = """
[[rules]]
id = "size"
kind = "partners"
min = 3
title = { en = "three" }
text = { en = "At least three." }
source = "https://example.org"
checked = 2026-01-31
"""
CALL = 'name = { en = "Mine" }\naddress = "https://example.org"\n' + RULE


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name.replace('_', '-')}.toml").write_text(text, encoding="utf-8")
    return folder


def fault(folder: Path, text: str) -> str:
    [found] = rulebook.read(written(folder, mine=text)).faults
    return found.message


def test_every_rule_that_ships_has_its_text_in_three_languages_a_source_and_a_day() -> None:
    book = rulebook.read()
    assert list(book.calls) == SHIPPED
    assert not book.faults
    for call in book.calls.values():
        assert set(call.names) == set(LANGUAGES)
        for rule in call.rules:
            assert set(rule.titles) == set(rule.texts) == set(LANGUAGES), (call.id, rule.id)
            assert rule.source.startswith("https://")
            assert date(2026, 1, 1) <= rule.checked


def test_the_rules_of_the_programmes_are_what_they_should_be() -> None:
    calls = rulebook.read().calls
    central = {rule.id: rule for rule in calls["interreg-central-europe"].rules}
    assert (central["partners"].min, central["countries"].min, central["in-the-area"].min) == (3, 3, 2)
    [independent, member, *_] = calls["horizon-europe"].rules
    assert independent.different_countries
    assert independent.min == 3
    assert independent.area is not None
    assert {"fi", "no", "ch", "gb", "ua"} <= independent.area.places
    assert member.area is not None
    assert len(member.area.places) == 27
    assert "no" not in member.area.places


def test_the_template_shows_every_kind_of_rule_and_is_right(tmp_path: Path) -> None:
    book = rulebook.read(written(tmp_path, my_call=rulebook.template()))
    assert not book.faults
    assert book.call("my-call").own
    assert {rule.kind for rule in book.call("my-call").rules} == set(RuleKind)
    assert not rulebook.read(written(tmp_path, template=rulebook.template())).faults


def test_a_file_of_ones_own_takes_the_place_of_ours(tmp_path: Path) -> None:
    book = rulebook.read(written(tmp_path, interreg_europe=CALL))
    assert list(book.calls) == SHIPPED
    assert book.call("interreg-europe").own
    assert [rule.id for rule in book.call("interreg-europe").rules] == ["size"]


def test_nobody_gets_an_answer_by_rules_believed_to_have_changed(tmp_path: Path) -> None:
    book = rulebook.read(written(tmp_path, interreg_europe=CALL.replace("min = 3", "mim = 3")))
    assert "interreg-europe" not in book.calls
    with pytest.raises(RuleFileError, match=r"interreg-europe\.toml: rule 1 \(size\), mim"):
        book.call("interreg-europe")
    assert book.call("horizon-europe")


def test_areas_of_ones_own_count_in_our_calls_too(tmp_path: Path) -> None:
    area = (
        '[central-europe]\nname = { en = "C" }\nsource = "https://example.org"\nchecked = 2026-01-31\nplaces = ["FI"]'
    )
    book = rulebook.read(written(tmp_path, areas=area))
    [rule] = [rule for rule in book.call("interreg-central-europe").rules if rule.id == "in-the-area"]
    assert rule.area is not None
    assert rule.area.places == {"fi"}
    broken = rulebook.read(written(tmp_path, areas=area.replace("FI", "Atlantis")))
    assert not broken.calls
    with pytest.raises(RuleFileError, match=r"\[central-europe\]: Atlantis is no place"):
        broken.call("horizon-europe")


def test_an_unknown_call_names_those_that_there_are() -> None:
    with pytest.raises(NotFound, match="horizon-europe"):
        rulebook.read().call("erasmus")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("min = 3", ""), "rule 1 (size): a rule of kind partners needs min"),
        (("min = 3", 'min = "3"'), "rule 1 (size), min: input should be a valid integer"),
        (("min = 3", "min = 0"), "rule 1 (size), min: input should be greater than or equal to 1"),
        (("min = 3", "min = 3\nmax = 2"), "rule 1 (size): max (2) is less than min (3)"),
        (
            ("min = 3", 'min = 3\narea = "eu"'),
            "rule 1 (size): a rule of kind partners has no area; it may have max, min",
        ),
        (('"partners"', '"countries"\narea = "eux"'), "rule 1 (size), area: there is no area eux"),
        (('"partners"', '"sometimes"'), "rule 1 (size), kind: input should be 'partners'"),
        (('"partners"', '"including"'), "rule 1 (size): a rule of kind including needs kinds, helix or area"),
        (('"partners"', '"including"\nkinds = ["robot"]'), "rule 1 (size), kinds, 1: input should be 'university'"),
        (('id = "size"', 'id = "Size!"'), "rule 1 (Size!), id: write it with small letters, digits and hyphens"),
        (("checked = 2026-01-31", ""), "rule 1 (size), checked: it is missing"),
        (("checked = 2026-01-31", 'checked = "soon"'), "rule 1 (size), checked: input should be a valid date"),
        (("https://example.org", "javascript:alert(1)"), "address: input should be a valid URL"),
        (("At least three.", ""), "rule 1 (size), text, en: string should have at least 1 character"),
        (("[[rules]]", "[rules]"), "rules: input should be a valid tuple"),
        ((RULE, RULE + RULE), "two rules have the id size"),
        ((RULE, ""), "rules: it is missing"),
        (("[[rules]]", "[[rules"), "mine.toml is no TOML"),
    ],
)
def test_what_is_wrong_is_said_with_file_rule_and_key(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    message = fault(tmp_path, CALL.replace(*change))
    assert message.startswith("mine.toml")
    assert said in message


def test_hostile_files_are_sentences(tmp_path: Path) -> None:
    files = {
        "huge.toml": b"a" * 2_000_000,
        "latin.toml": 'name = { fi = "Hämeen" }'.encode("latin-1"),
        "deep.toml": b"a = " + b"[" * 50_000,
        "null.toml": b"\x00",
        "Name With Blanks.toml": CALL.encode(),
    }
    for name, raw in files.items():
        (tmp_path / name).write_bytes(raw)
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "gone.toml").symlink_to(tmp_path / "nowhere")
    book = rulebook.read(tmp_path)
    assert list(book.calls) == SHIPPED
    assert len(book.faults) == len(files) + 2
    assert all(len(str(each)) < 1000 for each in book.faults)


KEYS = st.sampled_from(
    ["id", "kind", "min", "max", "kinds", "area", "text", "title", "weight", "checked", "source", "x"]
)
LITERALS = st.sampled_from(['"a"', "1", "-1", "true", "[]", "[1]", "{}", "{ en = 1 }", "1.5", "2026-01-31", '["firm"]'])


@given(st.lists(st.tuples(KEYS, LITERALS), unique_by=lambda each: each[0]))
def test_whatever_a_rule_says_it_is_read_or_refused_in_words(entries: list[tuple[str, str]]) -> None:
    text = CALL.split("[[rules]]")[0] + "[[rules]]\n" + "\n".join(f"{key} = {value}" for key, value in entries)
    try:
        rulebook._checked(rulebook._CallForm, tomllib.loads(text), "mine.toml")
    except GraphsvcError as error:
        assert error.message.startswith("mine.toml: ")


def test_areas_name_only_places_that_exist() -> None:
    text = resources.files("graphsvc").joinpath("calls", rulebook.AREAS).read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    assert len(tables["eu"]["places"]) == len(set(tables["eu"]["places"])) == 27
    assert not set(tables["horizon-europe"]["places"]) & set(tables["eu"]["places"])


def test_the_page_on_rules_has_every_kind_with_its_keys() -> None:
    page = Path(__file__).parents[1].joinpath("docs", "explanation", "call-rules.md").read_text(encoding="utf-8")
    table = page.partition("| kind | asks | keys |")[2].partition("\n\n")[0]
    rows = [line.split("|")[1:4] for line in table.splitlines() if line.startswith("| `")]
    told = {kind.strip(" `"): set(keys.replace("`", "").replace(",", " ").split()) for kind, _, keys in rows}
    assert told == {kind.value: set(keys) for kind, keys in rulebook._KEYS.items()}
