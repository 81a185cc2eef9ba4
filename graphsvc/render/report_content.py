"""What a report says, as plain frozen values: worded, ordered, ready to be set as a page, on paper or as a workbook.

Nothing is computed here and nothing is fetched: the allow-list of the report is this file. Texts are plain text in the
report's language, never markup; whoever writes markup escapes them. Numbers stay numbers, so that a workbook can add
them up; :func:`graphsvc.render.report_words.shown` is how page and paper write them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Pair = tuple[str, str]


class Form(StrEnum):
    """How an amount is written."""

    PLAIN = "plain"
    SHARE = "share"
    """0.25 is written 25 %."""
    SIGNED = "signed"
    """With its sign, also +: a change."""
    POINTS = "points"
    """A change of a share, in percentage points, with its sign: 0.01 is written +1 pp."""


class Mark(StrEnum):
    """What a cell is marked as, by a sign and a tint; the words for it stand under the table."""

    NONE = "none"
    EMPTY = "empty"
    """Nobody where somebody could be."""
    THIN = "thin"
    """Too few."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, and how it is written."""

    value: float
    digits: int = 0
    """Decimals."""
    form: Form = Form.PLAIN
    mark: Mark = Mark.NONE


Cell = str | int | Amount | date | None
"""What a table holds; None where there is nothing to say."""


@dataclass(frozen=True, slots=True)
class Column:
    """Heading of a column; ``numbers`` stand to the right."""

    title: str
    numbers: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table. The first column names the rows."""

    id: str
    """Of small letters, digits and hyphens; unique in the report, and the name of its sheet in a workbook."""
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    """Below it: what marks mean, what was left out."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number of the whole, with how it went in the last full year, what it means and when it misleads."""

    id: str
    """``actors``, ``ties``, ``collaborations``, or of a measure of the catalogue."""
    name: str
    value: Amount | None
    """None where it is not defined."""
    before: Amount | None
    """At the end of the year before the last."""
    after: Amount | None
    """At the end of the last full year."""
    change: Amount | None
    """``after`` less ``before``; None where either is missing."""
    said: str
    """The change as a short sentence; empty where there is none to tell."""
    meaning: str = ""
    misleads: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The numbers that come first, as cards."""

    items: tuple[KeyFigure, ...]


class ChartKind(StrEnum):
    """What a chart is drawn as."""

    LINES = "lines"
    """Each series in a panel of its own, one above the other, over the same years."""
    BARS = "bars"
    """Horizontal bars, those of one category beside each other."""


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of a chart, one for each category."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as data; :mod:`graphsvc.render.charts` draws it."""

    id: str
    """As of a table."""
    title: str
    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alternative: str
    """What is to be seen, in words."""
    table: Table
    """The same as numbers."""
    digits: int = 0
    """Decimals of its numbers."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as SVG that needs nothing else."""

    id: str
    title: str
    svg: str
    alternative: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found, with what it rests on."""

    rank: int
    title: str
    reasons_for: tuple[str, ...]
    reason_against: str = ""
    """The strongest; empty where nothing speaks against it."""
    advice: str = ""
    """What could be done, as a sentence."""


@dataclass(frozen=True, slots=True)
class Findings:
    """Findings of one kind, the best first."""

    id: str
    title: str
    items: tuple[Finding, ...]
    note: str = ""
    """How they were found, how many more there are."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the report, explained."""

    name: str
    meaning: str
    misleads: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """Words explained, in their order in the report."""

    items: tuple[Term, ...]


Block = Text | Points | KeyFigures | Table | Chart | Drawing | Findings | Terms


@dataclass(frozen=True, slots=True)
class Section:
    """A part with a heading."""

    id: str
    """Unique in the report; of small letters and hyphens."""
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What the next report is compared with: no more than this report itself shows."""

    about: str
    """Which part of the network, so that only like is compared with like."""
    day: date
    revision: int
    figures: tuple[tuple[str, float], ...]
    """Id of a key figure → its value."""
    actors: tuple[tuple[str, str], ...]
    """Id → name of those shown."""
    suggestions: tuple[Pair, ...]
    """Ids of the missing partnerships that are listed."""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. The same graph, question and day give an equal one."""

    title: str
    language: str
    """``fi``, ``sv`` or ``en``."""
    subtitle: str
    """What it is about and as of which day."""
    caption: str
    """The author's own words; empty for none."""
    summary: tuple[str, ...]
    """What it finds, in a few sentences."""
    sections: tuple[Section, ...]
    foot: str
    """Data date, revision, sources in one line: stands under everything."""
    record: Record
    annex: tuple[Table, ...] = ()
    """Longer lists, for the workbook only."""

    @property
    def revision(self) -> int:
        """Of the graph that it was made from."""
        return self.record.revision
