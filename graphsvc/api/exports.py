"""Everything out again as files: the whole graph, or the network of a view for another tool."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.network import steady
from graphsvc.api.params import Lang, ViewParameters
from graphsvc.api.sending import Answer
from graphsvc.exporting import FORMS, Ask, Format, Style

_FORMATS = " ".join(f"`{name}`: {form.purpose}." for name, form in FORMS.items())

exports = Endpoints("Exports")


def _yes_or_no(value: object) -> object:
    if value not in ("true", "false"):
        raise ValueError("write true or false")
    return value == "true"


class ExportParameters(ViewParameters):
    """An export in one format; of what view, and how, where that makes sense."""

    format: Annotated[Format, Field(description=_FORMATS)]
    two_mode: Annotated[
        bool,
        Field(description="Actors and collaborations as nodes, rather than actors tied to one another."),
        BeforeValidator(_yes_or_no),
    ] = False
    style: Annotated[Style, Field(description="Of `tables`: semicolons and decimal commas, or commas and points.")] = (
        "finnish"
    )
    lang: Lang = None

    def media_type(self) -> str:
        """Return the media type of ``format``."""
        return FORMS[self.format].media_type

    @model_validator(mode="after")
    def _whole_exports_have_no_view(self) -> Self:
        given = self.model_fields_set - {"format", "style", "lang"}
        if FORMS[self.format].whole and given:
            raise ValueError(f"the format {self.format} holds the whole graph: leave out {', '.join(sorted(given))}")
        return self


@exports.endpoint(
    "/api/v1/exports/{format}",
    ExportParameters,
    dict.fromkeys(form.media_type for form in FORMS.values()),
    example={"format": "workbook"},
)
def get_export(asked: Asked[ExportParameters]) -> Answer:
    """Get everything, or the network of a view, as a file.

    `workbook` and `tables` hold the whole graph as recorded and can be imported again without loss. The others hold the
    network of a view for another tool. The same bytes as the command `graphsvc export` writes.
    """
    wanted = asked.parameters
    ask = Ask(wanted.format, asked.language, wanted.view, wanted.two_mode, wanted.style)
    exported, revision = steady(asked.service, lambda: asked.service.export_as(ask))
    name = ask.file_name(revision)
    return Answer(exported.content, revision, {"Content-Disposition": f'attachment; filename="{name}"'})
