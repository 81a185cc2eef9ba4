"""Sentences of errors as the code makes them, and as pydantic does, are found in Finnish and Swedish."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Final, Literal

import pytest
from pydantic import AnyHttpUrl, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, create_model
from pydantic_core import PydanticUndefined
from werkzeug.datastructures import MultiDict

from graphsvc import identifiers, wording
from graphsvc.analysis.costs import Cost
from graphsvc.analysis.measures import ACTOR_MEASURES, NETWORK_NUMBERS
from graphsvc.api import asking
from graphsvc.api.problems import RequestProblem
from graphsvc.decisions import Reply, Why
from graphsvc.errors import InvalidValue
from graphsvc.measuring import within
from graphsvc.model import Actor, Collaboration, View
from graphsvc.resolve.match import Matcher
from graphsvc.said import Template, said

LANGUAGES: Final = ("fi", "sv")


class Kind(StrEnum):
    """A closed set."""

    ONE = "one"
    OTHER = "other"


WRONG: Final[dict[str, tuple[Any, Any]]] = {
    "required": (str, PydanticUndefined),
    "greater_than": (Annotated[int, Field(gt=3)], 3),
    "at_least": (Annotated[int, Field(ge=3)], 2),
    "less_than": (Annotated[int, Field(lt=3)], 3),
    "at_most": (Annotated[int, Field(le=3)], 4),
    "finite": (Annotated[float, Field(allow_inf_nan=False)], float("nan")),
    "integer": (int, []),
    "integer_text": (int, "many"),
    "integer_fraction": (int, 1.5),
    "integer_size": (int, "9" * 5000),
    "number": (float, []),
    "number_text": (float, "many"),
    "decimal": (Decimal, "many"),
    "text": (str, 5),
    "pattern": (Annotated[str, StringConstraints(pattern="^[a-z]$")], "A"),
    "boolean": (bool, "perhaps"),
    "date": (date, []),
    "date_form": (Annotated[date, Field(strict=True)], "2026-02-31"),
    "date_or_time": (date, "2026-02-31"),
    "url": (AnyHttpUrl, "a b"),
    "url_scheme": (AnyHttpUrl, "javascript:alert(1)"),
    "short": (Annotated[str, StringConstraints(min_length=2)], "x"),
    "long": (Annotated[str, StringConstraints(max_length=2)], "xxx"),
    "digits": (Annotated[Decimal, Field(max_digits=2)], "1.23"),
    "decimals": (Annotated[Decimal, Field(decimal_places=1)], "1.23"),
    "whole_digits": (Annotated[Decimal, Field(max_digits=3, decimal_places=2)], "12"),
}
"""Key of a sentence of pydantic → what it says it of."""


def refused(model: type[BaseModel], **given: Any) -> str:
    """Return why a model refuses values."""
    with pytest.raises(ValidationError) as wrong:
        model.model_validate(given)
    return str(wrong.value.errors(include_url=False)[0]["msg"]).removeprefix("Value error, ")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", WRONG)
def test_what_pydantic_says_of_a_value(key: str, language: str) -> None:
    type_, value = WRONG[key]
    model = create_model("Asked", value=(type_, ...))
    given = {} if value is PydanticUndefined else {"value": value}
    if key == "date_form":  # only JSON is read so
        with pytest.raises(ValidationError) as wrong:
            model.model_validate_json('{"value": "2026-02-31"}')
        english = str(wrong.value.errors(include_url=False)[0]["msg"])
    else:
        english = refused(model, **given)
    texts = wording.table("said_forms")[f"pydantic.{key}"]
    assert Template.of(str(texts["en"])).values(english) is not None, english
    told, spoken = said(english, language)
    assert spoken == language
    assert told.startswith(str(texts[language]).partition("{")[0])


def test_each_sentence_of_pydantic_was_heard() -> None:
    keys = {key.removeprefix("pydantic.") for key in wording.table("said_forms") if key.startswith("pydantic.")}
    assert keys == {*WRONG, "extra"}


def test_what_nobody_asked_for() -> None:
    class Strict(BaseModel):
        model_config = ConfigDict(extra="forbid")

    assert said(refused(Strict, colour="red"), "fi") == ("Tätä tietoa ei tunneta", "fi")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("type_", [Kind, Literal["one", "other"]])
def test_a_closed_set_is_listed_without_an_or(type_: Any, language: str) -> None:
    model = create_model("Asked", __base__=asking.Parameters, value=(type_, ...))
    with pytest.raises(RequestProblem) as wrong:
        asking.parameters(model, {"value": "third"}, MultiDict())
    (field,) = wrong.value.fields
    assert (
        said(field.message, language)[0]
        == {
            "fi": "Vaihtoehdot: 'one', 'other'",
            "sv": "Välj något av dessa: 'one', 'other'",
        }[language]
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("read", "text"),
    [
        *((identifiers.business_id, text) for text in ("x", "2844561-9")),
        *((identifiers.vat, text) for text in ("x", "FI28445619")),
        (identifiers.pic, "x"),
        *((identifiers.ror, text) for text in ("x", "033003e24")),
        *((identifiers.isni, text) for text in ("x", "0000 0001 2314 6255")),
        (identifiers.wikidata, "it's"),
    ],
)
def test_a_wrong_identifier(read: Callable[[str], str], text: str, language: str) -> None:
    with pytest.raises(InvalidValue) as wrong:
        read(text)
    for sentence in (wrong.value.message, wrong.value.remedy):
        assert said(sentence, language)[1] == language, sentence


def test_days_in_the_wrong_order_in_a_form_and_in_a_row() -> None:
    early, late = date(2026, 1, 1), date(2026, 5, 1)
    of_view = refused(View, since=late, until=early)
    assert said(of_view, "fi")[0] == "loppupäivä (2026-01-01) on ennen alkupäivää (2026-05-01)"
    of_row = refused(Collaboration, id="x", name="X", kind="project", source="s", start=late, end=early)
    assert said(f"{of_row[:1].upper()}{of_row[1:]}.", "sv")[0] == (
        "Slutdagen (2026-01-01) är före startdagen (2026-05-01)."
    )


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        (
            "fi",
            "Toimijan 'new' tunnisteet ovat ristiriidassa tunnetun kanssa: Y-tunnus 2844561-8 on toimijalla 'tau';"
            " PIC 998829080 on toimijalla 'city'.",
        ),
        (
            "sv",
            "Identifierarna för aktören 'new' strider mot det som är känt: FO-nummer 2844561-8 hör till 'tau';"
            " PIC 998829080 hör till 'city'.",
        ),
    ],
)
def test_reasons_of_a_contradiction_are_told_one_by_one(language: str, wanted: str) -> None:
    known = [{"id": "tau", "business_id": "2844561-8"}, {"id": "city", "pic": "998829080"}]
    new = Actor(id="new", name="New", kind="firm", source="s", business_id="2844561-8", pic="998829080")
    conflict = Matcher(known).resolve(new)
    assert not isinstance(conflict, str)
    assert said(conflict.message, language) == (wanted, language)
    assert said(conflict.remedy, language)[1] == language


def test_numbers_are_written_as_the_language_does() -> None:
    with pytest.raises(InvalidValue) as wrong:
        within(
            Cost(12_345.0, frozenset(), {"degree": 12_345.0}), 60, remedy="Ask about a part: choose a place or a theme."
        )
    told, _ = said(wrong.value.message, "fi")
    assert f"({wording.say('measures', 'degree.name', 'fi')} 12\N{NO-BREAK SPACE}345 s)" in told
    assert "noin 12\N{NO-BREAK SPACE}345 sekuntia" in told and "enintään 60." in told
    assert said(wrong.value.remedy, "sv")[0].startswith("Fråga om en del")


@pytest.mark.parametrize(
    ("english", "finnish", "swedish", "named"),
    [
        (
            "no_time is no reason for accept.",
            "Syy (”ei aikaa tai väkeä nyt”) ei sovi vastaukseen ”hyväksytty”.",
            "Orsaken ”ingen tid eller personal nu” passar inte svaret ”godtaget”.",
            "“no time or people now” is no reason for “accepted”.",
        ),
        (
            "Say one of good_fit, other.",
            "Valitse jokin näistä: sopivat hyvin yhteen, muu syy.",
            "Välj någon av dessa: passar bra ihop, annan orsak.",
            "Say one of “a good fit”, “another reason”.",
        ),
        (
            "Say one of {0}, x.",
            "Valitse jokin näistä: {0}, x.",
            "Välj någon av dessa: {0}, x.",
            "Say one of {0}, x.",
        ),
        (
            "Input should be one of 'firm', 'civil_society'",
            "Vaihtoehdot: Yritys, Kansalaisyhteiskunta",
            "Välj något av dessa: Företag, Civilsamhälle",
            "Input should be one of Firm, Civil society",
        ),
        (
            "there is no such measure; there are betweenness, ei_index",
            "tällaista mittaria ei ole; vaihtoehdot: Välittäjyys, Avoimuus muille sektoreille (E-I)",
            "det finns inget sådant mått; det finns: Mäklarroll, Öppenhet mot andra sektorer (E-I)",
            "there is no such measure; there are Brokerage, Openness to other sectors (E-I)",
        ),
        (
            "'Alfa' is something else in this file: procurement.",
            "'Alfa' on tässä tiedostossa jotain muuta (laji Hankinta).",
            "'Alfa' är något annat i den här filen (typ Upphandling).",
            "'Alfa' is something else in this file: Procurement.",
        ),
    ],
)
def test_codes_are_called_by_their_names(english: str, finnish: str, swedish: str, named: str) -> None:
    assert said(english, "fi") == (finnish, "fi")
    assert said(english, "sv") == (swedish, "sv")
    assert said(english, "en") == (named, "en")


def test_each_reason_reply_and_measure_has_a_name() -> None:
    for code in (*Why, *Reply):
        table = "why" if isinstance(code, Why) else "reply"
        assert f"{table}.{code}" in wording.table("decisions")
    assert {f"{id_}.name" for id_ in (*ACTOR_MEASURES, *NETWORK_NUMBERS)} <= wording.table("measures").keys()
