"""Reports: one document about a region, a theme or an actor, as a page, for print, as a workbook or as JSON."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from pydantic import Field

from graphsvc.api.asking import IN_DIGITS, Day, LongWords, Words
from graphsvc.api.contract import JSON, Asked, Endpoints
from graphsvc.api.deferring import now_or_later
from graphsvc.api.params import Lang, ViewParameters
from graphsvc.api.problems import Answered
from graphsvc.api.sending import Answer
from graphsvc.model import Id
from graphsvc.render.report_content import Report
from graphsvc.render.report_files import MEDIA_TYPES, ReportForm, check_report_form, report_file
from graphsvc.render.report_json import as_json
from graphsvc.reporting import MOST_TOLD, SUGGESTIONS
from graphsvc.wishes import PartAsked, ReportAsked, Size

reports = Endpoints("Reports")
FORM_OF: Final[dict[str, ReportForm]] = {media_type: form for form, media_type in MEDIA_TYPES.items()}


class ReportParameters(ViewParameters):
    """What a report is about, and in which form it comes."""

    lang: Lang = None
    format: Annotated[
        ReportForm | None, Field(description="The page, print, a workbook or JSON; wins over the header Accept.")
    ] = None
    actor: Annotated[Id | None, Field(description="About this actor; none: about the network.")] = None
    title: Annotated[Words, Field(description="Heading of the report.")] = ""
    caption: Annotated[LongWords, Field(description="A sentence of one's own below the heading.")] = ""
    licence: Annotated[Words, Field(description="Under which it may be used.")] = ""
    suggestions: Annotated[
        int, Field(ge=0, le=MOST_TOLD, description="How many missing partnerships it tells."), IN_DIGITS
    ] = SUGGESTIONS
    size: Size = "betweenness"
    changes_since: Annotated[
        Day | None, Field(description="The day that it is compared with; none: the last full year is told.")
    ] = None

    def media_type(self) -> str | None:
        """Return the media type of ``format``."""
        return MEDIA_TYPES[self.format] if self.format else None


class FigureGiven(Answered):
    """A key figure with how it went in the last full year."""

    id: str
    name: str
    value: float | None = Field(description="Now; null where it is not defined.")
    before: float | None = Field(description="At the end of the year before the last full one.")
    after: float | None = Field(description="At the end of the last full year.")
    change: float | None = Field(description="`after` less `before`.")
    meaning: str
    misleads: str


class FindingReported(Answered):
    """Something found, with what it rests on."""

    rank: int
    title: str
    reasons_for: tuple[str, ...]
    reason_against: str
    advice: str


class FindingsGiven(Answered):
    """Findings of one kind, the best first."""

    id: str
    title: str
    note: str
    items: tuple[FindingReported, ...]


class SectionGiven(Answered):
    """A part of the report: its sentences and findings."""

    id: str
    title: str
    texts: tuple[str, ...]
    findings: tuple[FindingsGiven, ...]


class TableGiven(Answered):
    """A table; the first column names the rows."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int | float | str | None, ...], ...]
    note: str


class ReportGiven(Answered):
    """What a report says."""

    title: str
    language: str
    subtitle: str
    caption: str
    summary: tuple[str, ...] = Field(description="The main findings.")
    figures: tuple[FigureGiven, ...]
    sections: tuple[SectionGiven, ...]
    tables: tuple[TableGiven, ...]
    foot: str
    about: str = Field(description="Which part of the network, as text that is the same for the same part.")
    day: date = Field(description="The day that the data speaks of.")
    revision: int


@reports.endpoint(
    "/api/v1/reports",
    ReportParameters,
    {MEDIA_TYPES["html"]: None, MEDIA_TYPES["pdf"]: None, MEDIA_TYPES["xlsx"]: None, JSON: ReportGiven},
    errors=(404,),
    kept=True,
    later="perhaps",
    example={"place": "FI197", "lang": "en"},
)
def get_report(asked: Asked[ReportParameters]) -> Answer:
    """Get a report.

    Key figures with their change, map, coverage, brokers, missing partnerships, what changed, method and sources, about
    the network of a view or about one actor. The same as the command `graphsvc report` writes. What takes long becomes
    a job: 202. Where the server has no matplotlib or typst (`graphsvc[print]`), HTML and PDF are answered with 422.
    """
    wanted, form = asked.parameters, FORM_OF[asked.media_type]
    check_report_form(form)
    said = {name: getattr(wanted, name) for name in ("actor", "title", "caption", "licence", "suggestions", "size")}
    said |= {"language": asked.language, "since": wanted.changes_since}
    ask = ReportAsked(view=PartAsked.of(wanted.view), **said)
    found: Report = now_or_later(asked, "report", ask)
    headers = {"Content-Language": asked.language}
    if form == "json":
        return Answer(ReportGiven.model_validate(as_json(found)), found.revision, headers)
    if form == "html":
        headers["Content-Security-Policy"] = "frame-ancestors 'self'"
    else:
        headers["Content-Disposition"] = f'attachment; filename="report.{form}"'
    return Answer(report_file(found, form), found.revision, headers)
