"""Uploads, the reading of their columns and what a dry run finds in them, as requests and answers have them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from graphsvc import importing, wording
from graphsvc.api.problems import Answered
from graphsvc.importing import Finding
from graphsvc.ingest.mapping import TABLES, Mapping, SheetMap, fields_of, meaning
from graphsvc.ingest.reading import Problem, Severity
from graphsvc.store.comparing import Compared
from graphsvc.uploads import Upload
from graphsvc.wishes import WHOLE

Text = Annotated[str, StringConstraints(max_length=1000)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$"), Field(description="The `digest` of the check.")]
UploadId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{24}$"), Field(description="The upload's id.")]
Count = Annotated[int, Field(ge=1, le=1_048_576, strict=True), WHOLE]
_NOUNS: Final = ("actor", "collaboration", "participation", "theme", "place", "source")


class UploadGiven(Answered):
    """A file that was sent in."""

    id: str
    name: str = Field(description="The name that it came with.")
    size: int = Field(description="In bytes.")
    sha256: str = Field(description="Of its bytes.")
    made: datetime
    ends: datetime = Field(description="When it is deleted.")


class UploadPage(Answered):
    """The uploads that are there, the newest first."""

    items: tuple[UploadGiven, ...]


class ColumnRead(Answered):
    """What a column is."""

    title: str = Field(description="Its heading, made unique in the sheet.")
    field: str = Field(description="What it is read as: one of the `fields` of its table.")
    meaning: str = Field(description="The same in words.")
    confidence: float = Field(ge=0, le=1, description="How sure that is.")
    reason: str = Field(description="Why, in a sentence.")


class SheetRead(Answered):
    """What a sheet is."""

    sheet: str = Field(description="Its name; a CSV file is one sheet.")
    table: str = Field(description="What it holds.")
    header_row: int = Field(description="The row, as a person sees it, that holds the headings.")
    header_rows: int = Field(description="How many rows they take.")
    fill_down: bool = Field(description="Whether an empty name means the one above it.")
    columns: tuple[ColumnRead, ...]
    confidence: float = Field(ge=0, le=1, description="How sure that is.")
    reason: str = Field(description="Why, in a sentence.")


class MappingRead(Answered):
    """How the columns of a file are read."""

    sheets: tuple[SheetRead, ...]


class _Wish(BaseModel):
    """A part of what is sent back: what an answer says beside it is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class ColumnWish(_Wish):
    """What a column is to be."""

    title: Text = Field(description="Its heading, as in the answer.")
    field: Text = Field(description="What it is to be read as: one of the `fields` of its table.")


class SheetWish(_Wish):
    """What a sheet is to be."""

    sheet: Text = Field(description="Its name, as in the answer.")
    table: Literal[TABLES] = Field(description="What it holds; `ignore` passes over it.")  # type: ignore[valid-type]
    header_row: Count = Field(default=1, description="The row, as a person sees it, that holds the headings.")
    header_rows: Count = Field(default=1, description="How many rows they take.")
    fill_down: bool = Field(default=False, strict=True, description="Whether an empty name means the one above it.")
    columns: Annotated[tuple[ColumnWish, ...], Field(max_length=2000)] = ()


class MappingWish(_Wish):
    """How the columns of a file are to be read: the `mapping` of its columns, with what was wrong changed."""

    sheets: Annotated[tuple[SheetWish, ...], Field(max_length=500)]

    @property
    def mapping(self) -> Mapping:
        """The same as readers take it. :class:`graphsvc.errors.InvalidValue` for a field that there is not."""
        return Mapping.from_json(self.model_dump())


class FieldsOf(Answered):
    """What a column of a table may be."""

    table: str
    fields: tuple[str, ...]


class Recognised(Answered):
    """What an upload is, and how its columns are read."""

    format: str | None = Field(description="What its reader takes it for by itself, where no mapping is sent.")
    unknown: str | None = Field(description="Why no reader knows it by itself: then send the mapping.")
    remembered: bool = Field(description="Somebody corrected the columns of such a file before: then send the mapping.")
    mapping: MappingRead | None = Field(
        description="How its columns are read as a list. Change what is wrong and send it to the check; null for a file"
        " without tables."
    )
    confidence: float = Field(description="Of the least sure sheet that is not ignored.")
    tables: tuple[FieldsOf, ...] = Field(description="What a sheet may be, and its columns.")


class CheckWish(Answered):
    """How an upload is to be looked at."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mapping: MappingWish | None = Field(
        default=None, description="How its columns are read; null: as the reader finds out by itself."
    )


class ImportWish(CheckWish):
    """Which upload is to be saved, just as it was checked."""

    upload: UploadId
    digest: Digest


class Counts(Answered):
    """Numbers of things."""

    actor: int = 0
    collaboration: int = 0
    participation: int = 0
    theme: int = 0
    place: int = 0
    source: int = 0


class ComparedGiven(Answered):
    """A version of a file against the version before."""

    new: Counts = Field(description="The file did not speak of them before; another may.")
    updated: Counts
    unchanged: Counts
    gone: Counts = Field(description="It speaks of them no more; they stay where another file does.")


class ProblemGiven(Answered):
    """What is wrong in a file, where, and what to do."""

    severity: Severity = Field(
        description="`error`: the row is left out; `warning`: the value is; `note`: good to know."
    )
    file: str
    sheet: str
    row: int | None = Field(description="As a person sees it; null for the whole sheet or file.")
    column: str
    value: str
    message: str
    remedy: str


class MatchGiven(Answered):
    """Two entries that may be one body."""

    a: str
    a_name: str
    b: str
    b_name: str
    score: float
    sure: bool = Field(description="They count as one from then on; else a person is to decide.")


class UploadChecked(Answered):
    """What a dry run found. Nothing is saved."""

    upload: str
    digest: str = Field(description="Send it to `/imports` to save just this.")
    revision: int = Field(description="Of the graph that the file was held against.")
    file: str
    format: str
    refused: str | None = Field(description="Why the file can't be read at all, and what to do.")
    already_loaded: bool = Field(description="The graph holds exactly this file; there is nothing to save.")
    rows: int = Field(description="Rows that can be read.")
    wrong_rows: int = Field(description="Rows that are left out.")
    unread_sheets: tuple[str, ...]
    new_actors: int = Field(description="Actors that the graph does not have yet.")
    known_actors: int
    contacts: int = Field(description="Contact persons that it names; 0 where none are kept. Who they are is not told.")
    compared: ComparedGiven
    need_you: int = Field(
        description="What a person must decide about its entries: so many of the review queue, after the import."
    )
    sure_matches: int = Field(description="Pairs that will count as one body.")
    matches: tuple[MatchGiven, ...] = Field(description="The first of these pairs, doubtful ones first.")
    problems: tuple[ProblemGiven, ...] = Field(description="This page of what is wrong, in the order of the file.")
    total: int = Field(description="How many problems are told on all pages.")
    untold: int = Field(description="How many more there are.")
    next: str | None = Field(description="The `cursor` of the following page; null on the last.")


def upload(each: Upload) -> UploadGiven:
    """Return an upload."""
    return UploadGiven(id=each.id, name=each.name, size=each.size, sha256=each.sha256, made=each.made, ends=each.ends)


def recognised(found: importing.Recognised, language: str) -> Recognised:
    """Return what an upload is."""
    sheets = tuple(_sheet(sheet, language) for sheet in found.mapping.sheets)
    return Recognised(
        format=found.format or None,
        unknown=f"{found.unknown} {found.remedy}".strip() or None,
        remembered=found.remembered,
        mapping=MappingRead(sheets=sheets) if sheets else None,
        confidence=found.mapping.confidence,
        tables=tuple(FieldsOf(table=table, fields=fields_of(table)) for table in TABLES),
    )


def _sheet(sheet: SheetMap, language: str) -> SheetRead:
    def because(reason: str, about: str = "") -> str:
        return wording.say("columns", f"reason.{reason}", language, about=about)

    return SheetRead(
        sheet=sheet.sheet,
        table=sheet.table,
        header_row=sheet.header_row,
        header_rows=sheet.header_rows,
        fill_down=sheet.fill_down,
        columns=tuple(
            ColumnRead(
                title=each.title,
                field=each.field,
                meaning=meaning(sheet.table, each.field, language),
                confidence=each.confidence,
                reason=because(each.reason, each.about),
            )
            for each in sheet.columns
        ),
        confidence=sheet.confidence,
        reason=because(sheet.reason),
    )


def compared(each: Compared) -> ComparedGiven:
    """Return a comparison."""

    def counts(numbers: Any) -> Counts:
        return Counts(**{noun: numbers[noun] for noun in _NOUNS if noun in numbers})

    return ComparedGiven(
        new=counts(each.new),
        updated=counts(each.changed),
        unchanged=counts(each.unchanged),
        gone=counts(each.gone),
    )


def problem(each: Problem) -> ProblemGiven:
    """Return a problem of a file."""
    return ProblemGiven(**{name: getattr(each, name) for name in ProblemGiven.model_fields})


def check(upload: str, found: Finding, page: slice, following: str | None) -> UploadChecked:
    """Return what a dry run found, with a page of its problems."""
    told = len(found.problems)
    return UploadChecked(
        upload=upload,
        digest=found.digest,
        revision=found.revision,
        file=found.file,
        format=found.format,
        refused=f"{found.refused} {found.remedy}".strip() or None,
        already_loaded=found.already_loaded,
        rows=found.rows,
        wrong_rows=found.wrong_rows,
        unread_sheets=found.unread_sheets,
        new_actors=found.new_actors,
        known_actors=found.known_actors,
        contacts=found.contacts,
        compared=compared(found.compared),
        need_you=found.doubtful,
        sure_matches=found.sure,
        matches=tuple(
            MatchGiven(a=m.a, a_name=m.a_name, b=m.b, b_name=m.b_name, score=m.score, sure=m.sure)
            for m in found.matches
        ),
        problems=tuple(map(problem, found.problems[page])),
        total=told,
        untold=sum(found.problem_count.values()) - told,
        next=following,
    )
