"""What every list can be asked beside its filters: an order, few fields, a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal
from urllib.parse import urlencode

from flask import request
from pydantic import BaseModel, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from graphsvc.api.asking import IN_DIGITS, Parameters
from graphsvc.api.problems import JSON, Answered
from graphsvc.api.sending import Answer
from graphsvc.ingest.workbook_out import STYLES
from graphsvc.render.answer_tables import AnswerTable, Cell, csv_text

if TYPE_CHECKING:
    from graphsvc.api.contract import Asked

CSV: Final = "text/csv"
LONGEST: Final = 5000
"""Items of one answer: some 3 MB of actors."""


_WORDS: Final = 2000
"""Characters of a choice of words."""


class SparsePage(Answered):
    """A list of which `fields` chose the fields of the items."""

    items: tuple[dict[str, Any], ...] = Field(description="Each with the fields that were asked for.")
    total: int | None = Field(default=None, ge=0, description="Items on all pages together, where the list has pages.")
    next: str | None = Field(default=None, description="The `cursor` of the next page, where the list has pages.")
    revision: int = Field(ge=0, description="Revision of the graph that the answer was made from.")


@dataclass(frozen=True, slots=True)
class Chosen:
    """Marks a text as words of a closed set with commas between; ``signs``: a minus may stand before each."""

    known: tuple[str, ...]
    signs: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        one = f"{'-?' if self.signs else ''}({'|'.join(self.known)})"
        return {"type": "string", "maxLength": _WORDS, "pattern": f"^{one}(,{one})*$"}

    def _check(self, text: str) -> str:
        words = text.split(",")
        if len(text) > _WORDS:
            raise ValueError(f"at most {_WORDS} characters")
        for word in words:
            if (word.removeprefix("-") if self.signs else word) not in self.known:
                raise ValueError(f"there is no {word[:40]!r}; there are {', '.join(self.known)}")
        return ",".join(dict.fromkeys(words))


def fields_of(item: type[BaseModel]) -> Chosen:
    """Return the mark of a parameter that chooses fields of ``item``."""
    return Chosen(tuple(item.model_fields))


SORTED: Final = "Keys to sort by, commas between; a minus before one puts the largest first. Unknown values come last."
SOME: Final = "Only these fields of each item, commas between."
ListLimit = Annotated[int, Field(ge=1, le=LONGEST, description="Most items on a page."), IN_DIGITS]


class ListParameters(Parameters):
    """What every list can be asked."""

    fields: str | None = None
    format: Annotated[
        Literal["json", "csv"] | None, Field(description="`csv` for a table; wins over the header Accept.")
    ] = None
    style: Annotated[
        Literal["finnish", "plain"],
        Field(
            description="Of `csv`: `finnish` has semicolons and decimal commas, as Excel expects in Finland and Sweden."
        ),
    ] = "plain"

    def media_type(self) -> str | None:
        """Return the media type of ``format``."""
        return {"json": JSON, "csv": CSV, None: None}[self.format]


def given(asked: Asked[Any], answer: BaseModel, name: str, item: type[BaseModel]) -> Answer:
    """Return a list in the form that was asked for; ``answer`` has ``items`` and ``revision``, perhaps ``next``."""
    wanted: ListParameters = asked.parameters
    chosen = wanted.fields.split(",") if wanted.fields else None
    data: Any = answer
    headers = _links(getattr(answer, "next", None))
    if asked.media_type == CSV:
        columns = chosen or list(item.model_fields)
        style = STYLES[wanted.style]
        table = AnswerTable(name, tuple(columns), [_row(each, columns) for each in data.items])
        # The mark at the head tells Excel that it is UTF-8.
        text = "\ufeff" + csv_text(table, delimiter=style.delimiter, decimal=style.decimal)
        return Answer(text, data.revision, {**headers, "Content-Disposition": f'inline; filename="{name}.csv"'})
    if chosen:
        return Answer(_sparse(answer, chosen), data.revision, headers)
    return Answer(answer, data.revision, headers)


def _sparse(answer: BaseModel, chosen: Iterable[str]) -> SparsePage:
    """Return the list with the chosen fields; a list without pages has null for `total` and `next`."""
    dumped = answer.model_dump(mode="json", include={"items": {"__all__": set(chosen)}})
    about = {name: getattr(answer, name, None) for name in ("total", "next", "revision")}
    return SparsePage.model_validate({**dumped, **about})


def _links(cursor: str | None) -> Mapping[str, str]:
    """Return the header Link (RFC 8288) to the next page, for who reads no JSON."""
    if cursor is None:
        return {}
    query = [(name, value) for name, value in request.args.items(multi=True) if name != "cursor"]
    return {"Link": f'<{request.root_path}{request.path}?{urlencode([*query, ("cursor", cursor)])}>; rel="next"'}


def _row(item: BaseModel, columns: Iterable[str]) -> list[Cell]:
    return [_cell(getattr(item, name)) for name in columns]


def _cell(value: Any) -> Cell:
    if value is None or isinstance(value, str | int | float):
        return str(value) if isinstance(value, str) else value  # an enumeration is its text
    if isinstance(value, tuple | list):
        return "; ".join(str(_cell(each)) for each in value)
    return str(value)
