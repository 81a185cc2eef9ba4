"""Everything out again as files: the whole graph, or the network of a view for another tool; an address per format."""

from __future__ import annotations

from typing import Annotated, Any, get_args

from pydantic import BeforeValidator, Field

from graphsvc.api.asking import Parameters
from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.deferring import now_or_later
from graphsvc.api.network import as_file
from graphsvc.api.params import Lang, ViewParameters
from graphsvc.api.sending import Answer
from graphsvc.exporting import FORMS, Ask, Format, Made, Style, Whole
from graphsvc.wishes import ExportAsked, PartAsked

exports = Endpoints("Exports")


def _yes_or_no(value: object) -> object:
    if value not in ("true", "false"):
        raise ValueError("write true or false")
    return value == "true"


class WorkbookParameters(Parameters):
    """The whole graph as recorded."""

    lang: Lang = None


class TablesParameters(WorkbookParameters):
    """The whole graph as recorded, as CSV files."""

    style: Annotated[
        Style, Field(description="`finnish`: semicolons and decimal commas; `plain`: commas and points.")
    ] = "finnish"


class NetworkFileParameters(ViewParameters):
    """The network of a view, as a file."""

    two_mode: Annotated[
        bool,
        Field(description="Actors and collaborations as nodes, rather than actors tied to one another."),
        BeforeValidator(_yes_or_no),
    ] = False
    lang: Lang = None


def parameters_of(format_: str) -> type[Parameters]:
    """Return what can be asked of a format."""
    return {"workbook": WorkbookParameters, "tables": TablesParameters}.get(format_, NetworkFileParameters)


def _serve(format_: Format) -> None:
    """Make the endpoint of one format."""
    form, whole = FORMS[format_], format_ in get_args(Whole)

    def get_export(asked: Asked[Any]) -> Answer:
        wanted = asked.parameters
        chosen = {name: getattr(wanted, name) for name in ("view", "two_mode", "style") if hasattr(wanted, name)}
        ask = Ask(format_, asked.language, **chosen)
        if not whole:
            return as_file(asked.service, ask, ask.file_name)
        said: dict[str, Any] = {**chosen, "format": format_, "language": asked.language}
        made: Made = now_or_later(asked, "export", ExportAsked(**{**said, "view": PartAsked.of(ask.view)}))
        name = ask.file_name(made.revision)
        return Answer(made.content, made.revision, {"Content-Disposition": f'attachment; filename="{name}"'})

    get_export.__name__ = f"get_export_{format_.replace('-', '_')}"
    what = "the whole graph as recorded" if form.whole else "the network of a view"
    get_export.__doc__ = (
        f"Get {what} in the format {format_}.\n\n"
        f"{form.purpose[0].upper()}{form.purpose[1:]}. The same bytes as `graphsvc export --format {format_}` writes. "
        + ("What takes long becomes a job: 202." if whole else "A large one comes as it is made.")
    )
    exports.endpoint(
        f"/api/v1/exports/{format_}",
        parameters_of(format_),
        {form.media_type: None},
        errors=() if form.whole else (404,),
        later="perhaps" if whole else "never",
        example={"lang": "fi"},
    )(get_export)


for _format in FORMS:
    _serve(_format)
