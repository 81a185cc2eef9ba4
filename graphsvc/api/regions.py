"""Region views: which there are, their import sheets, and what each says; views stand in modules of their own."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Annotated, Final, Literal, TypeVar

from pydantic import Field

from graphsvc import model
from graphsvc.analysis.results import Noun
from graphsvc.api import forms, schemas
from graphsvc.api.asking import Parameters
from graphsvc.api.contract import JSON, Asked, Endpoints
from graphsvc.api.params import AsOf, Lang
from graphsvc.api.problems import Answered
from graphsvc.api.sending import Answer
from graphsvc.ingest.template import write_template
from graphsvc.regions.views import VIEWS, RegionAnswer, tables
from graphsvc.render.answer_tables import csv_text, workbook
from graphsvc.wording import say

regions = Endpoints("Region views")
CSV: Final = "text/csv"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ViewKey = Literal["startup_alliance", "ecosystem_agreements", "rdi_environments", "procurement"]
"""The keys of :data:`graphsvc.regions.views.VIEWS`; a test says that they are the same."""


class RegionParameters(Parameters):
    """A region view of a day."""

    as_of: AsOf = None
    format: Annotated[
        Literal["json", "csv", "xlsx"] | None,
        Field(description="`csv` has the first table, `xlsx` all of them; wins over the header Accept."),
    ] = None
    lang: Lang = None

    def media_type(self) -> str | None:
        """Return the media type of ``format``."""
        return {"json": JSON, "csv": CSV, "xlsx": XLSX, None: None}[self.format]


R = TypeVar("R", bound=RegionParameters)


class ListParameters(Parameters):
    """The list of region views."""

    lang: Lang = None


class SheetParameters(Parameters):
    """The import sheet of a region view."""

    view: Annotated[ViewKey, Field(description="Key of the view.")]
    lang: Lang = None


class RegionListed(Answered):
    """A region view."""

    key: str
    name: str
    about: str
    href: schemas.Href
    template: str = Field(description="Where its empty import sheet is.")


class RegionList(Answered):
    """The region views."""

    items: tuple[RegionListed, ...]
    language: str


class RegionGiven(Answered):
    """What every region view's answer says of itself."""

    on: date = Field(description="The day that the answer holds for.")
    language: str
    revision: schemas.Revision


class SourceNamed(Answered):
    """A source by name."""

    id: str
    name: str
    stated: str | None = Field(description="The day of which it speaks; null where it does not say.")


class ThemeRef(Answered):
    """A theme by name, in the language asked for."""

    id: str
    name: str


@regions.endpoint("/api/v1/regions", ListParameters, RegionList, revised=False, example={"lang": "fi"})
def list_regions(asked: Asked[ListParameters]) -> Answer:
    """List the region views.

    Each is a question that coordinators of a region ask, on the same graph as all else, and has its import sheet.
    """
    items = tuple(
        RegionListed(
            key=key,
            name=say(key, "page.title", asked.language),
            about=say(key, "page.lead", asked.language),
            href=f"/api/v1/regions/{key}",
            template=f"/api/v1/regions/{key}/template",
        )
        for key in VIEWS
    )
    return Answer(RegionList(items=items, language=asked.language))


@regions.endpoint(
    "/api/v1/regions/{view}/template",
    SheetParameters,
    {XLSX: None},
    revised=False,
    example={"view": "startup_alliance", "lang": "fi"},
)
def get_region_template(asked: Asked[SheetParameters]) -> Answer:
    """Get the empty import sheet of a region view.

    A workbook with a note at each heading, in the language asked for: as `graphsvc template --view` writes it.
    """
    view = asked.parameters.view
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "template.xlsx"
        write_template(file, asked.language, view)
        content = file.read_bytes()
    return Answer(content, headers={"Content-Disposition": f'attachment; filename="{view}-{asked.language}.xlsx"'})


def in_form(asked: Asked[R], view: str, found: RegionAnswer) -> Answer | None:
    """Return a view's answer as CSV or as a workbook; None where JSON is asked for."""
    if asked.media_type == JSON:
        return None
    made, form = tables(view, found, asked.language), "csv" if asked.media_type == CSV else "xlsx"
    content = csv_text(made[0]) if form == "csv" else workbook(made)
    return Answer(content, found.revision, {"Content-Disposition": f'attachment; filename="{view}.{form}"'})


def source_named(source: model.Source) -> SourceNamed:
    """Return a source by name."""
    return SourceNamed(id=source.id, name=source.name, stated=source.stated.isoformat() if source.stated else None)


def theme_ref(theme: model.Theme, language: str) -> ThemeRef:
    """Return a theme by name."""
    return ThemeRef(id=theme.id, name=theme.in_language(language))


def collaboration_ref(each: model.Collaboration) -> schemas.CollaborationRef:
    """Return a collaboration by name."""
    return schemas.CollaborationRef(id=each.id, name=each.name, href=forms.href(Noun.COLLABORATION, each.id))
