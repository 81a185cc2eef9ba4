"""A portrait fitted to one A4: each text cut to the lines it has, each list to its rows, with how many more there are.

Page and paper set the same columns in the same sizes, and no face of either has wider letters than the one measured
with (:mod:`.letters`): what fits here fits there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from graphsvc.render.content import MapSource
from graphsvc.render.letters import BOLD, lines_of
from graphsvc.render.naming import clean
from graphsvc.render.portrait_content import Joint, Opening, Partner, Portrait, ThemeRow
from graphsvc.wording import day, number, say, table

T = TypeVar("T")
SIZE: Final = 7.2
"""Points of the text."""
SMALL: Final = 6.4
TITLE: Final = 16.0
WIDTH: Final = 530.0
"""Points between the margins; every width below adds up to it, with gaps of :data:`GAP`."""
GAP: Final = 16.0
MAP: Final = (286.0, 204.0)
"""Width and height of the map; facts stand beside it."""
FACTS_WIDTH: Final = WIDTH - GAP - MAP[0]
FACT: Final = (66.0, 102.0, 60.0)
"""Label, value, who says it; with their padding."""
LEFT: Final = 282.0
"""Width of partners; themes stand beside them."""
RIGHT: Final = WIDTH - GAP - LEFT
PARTNER: Final = (122.0, 46.0, 46.0, 68.0)
"""Name, collaborations shared, years, kind."""
THEME: Final = 84.0
"""Width of a theme's name; the rest is for the numbers."""
OPENING: Final = (WIDTH - 2 * GAP) / 3
HALF: Final = (WIDTH - GAP) / 2
_PADDING: Final = 6.0
_BULLET: Final = 10.0
"""Points before a sentence of a list."""
PARTNERS, THEMES, LATEST = 10, 6, 2
"""Rows."""
FACT_LINES: Final = 17
"""Lines of all values together; one value takes up to two."""
POSITION, CHANGES, CONTRADICTIONS, REASONS, SOURCES = (5, 7), (4, 8), (4, 8), (2, 7), (6, 2)
"""How many sentences, and how many lines all together."""
AGAINST: Final = 3
"""Lines of what speaks against."""
_MOST_LINES: Final = 4
"""Lines of one sentence."""
_TOGETHER: Final = "\N{NO-BREAK SPACE}"
_STAND_IN: Final = "\ue000"
"""For a space at which no line may end, while lines are made."""
_LONG_THEMES: Final = 8
"""Most columns of numbers."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A table cut to its rows."""

    rows: tuple[tuple[str, ...], ...]
    more: str = ""
    """How many more there are, in words; empty for none."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Sentences, cut to their lines."""

    lines: tuple[str, ...]
    more: str = ""


@dataclass(frozen=True, slots=True)
class OpeningBox:
    """A missing partnership."""

    title: str
    reasons: Lines
    against: str


@dataclass(frozen=True, slots=True)
class PortraitSheet:
    """All texts of the page."""

    title: str
    about: str
    dated: str
    facts: Rows
    caption: str
    """Of the map."""
    position: Lines
    partners: Rows
    theme_columns: tuple[str, ...]
    themes: Rows
    latest: Lines
    openings: tuple[OpeningBox, ...]
    changes: Lines
    contradictions: Lines
    sources: Lines
    foot: str
    heading: dict[str, str]
    column: dict[str, str]


def sheet_of(portrait: Portrait) -> PortraitSheet:
    """Return the portrait as it stands on one sheet."""
    return _Cutting(portrait).sheet()


@dataclass
class _Cutting:
    """Cuts texts and counts what it cut."""

    portrait: Portrait
    shortened: set[str] = field(default_factory=set)

    def sheet(self) -> PortraitSheet:
        of = self.portrait
        made = PortraitSheet(
            title=self.cut(of.name, TITLE, WIDTH, 2, bold=True),
            about=self.cut(of.about, SIZE + 1, WIDTH - 150),
            dated=self.dated(),
            facts=self.facts(),
            caption=self.cut(of.around.summary, SMALL, MAP[0]),
            position=self.sentences(of.position, POSITION, WIDTH),
            partners=self.rows(of.partners, of.partners_in_all, PARTNERS, self.partner, "partners"),
            theme_columns=of.themes.columns[:_LONG_THEMES],
            themes=self.themes(),
            latest=self.latest(),
            openings=tuple(map(self.opening, of.openings)),
            changes=self.sentences(of.changes, CHANGES, HALF),
            contradictions=self.sentences(of.contradictions, CONTRADICTIONS, HALF),
            sources=self.sources(),
            foot="",
            heading=self.headings(),
            column=self.words("column"),
        )
        # How many were cut is known when all are.
        return replace(made, foot=self.foot())

    def foot(self) -> str:
        parts = [self.say("revision", "map", "page.", n=self.portrait.revision)]
        if n := len(self.shortened):
            parts.append(self.say("shortened", n=n, count=self.number(n)))
        return " · ".join(parts)

    # ---- parts

    def facts(self) -> Rows:
        told = [each for each in self.portrait.facts if each.key not in ("name", "kind")]
        rows: list[tuple[str, ...]] = []
        left = FACT_LINES
        for each in told:
            texts = (each.label, each.value, ", ".join(each.said_by))
            cells = [self.lines(text, SIZE, width - _PADDING, 2) for text, width in zip(texts, FACT, strict=True)]
            if (left := left - max(map(len, cells))) < 0:
                break
            rows.append(tuple(" ".join(cell) for cell in cells))
        return Rows(tuple(rows), self.more("facts", len(told) - len(rows)))

    def partner(self, each: Partner) -> tuple[str, ...]:
        years = f"{each.first or ''}–{each.last or ''}" if each.first or each.last else ""
        name = self.cut(each.name, SIZE, PARTNER[0] - _PADDING)
        return (name, self.number(each.shared), years, self.cut(each.kind, SIZE, PARTNER[3] - _PADDING))

    def themes(self) -> Rows:
        of = self.portrait.themes
        found = self.rows(of.rows, len(of.rows), THEMES, self.theme, "themes")
        whole = self.theme(ThemeRow(self.say("all_together"), of.all.counts, of.all.total))
        return Rows((*found.rows, whole), found.more)

    def theme(self, row: ThemeRow) -> tuple[str, ...]:
        name = self.cut(row.name or self.say("no_theme"), SIZE, THEME - _PADDING)
        return (name, *(self.number(n) if n else "·" for n in row.counts[:_LONG_THEMES]), self.number(row.total))

    def latest(self) -> Lines:
        of = self.portrait
        lines = tuple(self.cut(self.joint(each), SIZE, RIGHT) for each in of.collaborations[:LATEST])
        return Lines(lines, self.more("collaborations", of.collaborations_in_all - len(lines)))

    def joint(self, each: Joint) -> str:
        years = f" ({each.first or ''}–{each.last or ''})" if each.first or each.last else ""
        # The years stay, whatever the length of the name.
        room = RIGHT - 60
        return f"{self.cut(each.name, SIZE, room)}{years}"

    def opening(self, each: Opening) -> OpeningBox:
        reasons = self.sentences(each.reasons_for, REASONS, OPENING, "reasons")
        against = self.say("against", reason=each.reason_against)
        return OpeningBox(
            self.cut(f"{self.number(each.rank)}. {each.name}", SIZE, OPENING, 2, bold=True),
            reasons,
            self.cut(against, SIZE, OPENING, AGAINST),
        )

    def sources(self) -> Lines:
        told = [self.source(each) for each in self.portrait.sources]
        shown = len(told)
        while shown > 1 and len(lines_of("; ".join(told[:shown]), SMALL, WIDTH - 150, 9)) > SOURCES[1]:
            shown -= 1
        lines = tuple(self.cut(each, SMALL, WIDTH - 150) for each in told[:shown])
        return Lines(lines, self.more("sources", len(told) - shown))

    def source(self, each: MapSource) -> str:
        dated = each.stated or each.loaded
        date_ = day(dated, self.portrait.language) if dated else ""
        return self.say("source_of", who=each.name, date=date_) if date_ else each.name

    def dated(self) -> str:
        of = self.portrait
        if of.data_date:
            return self.say("data_date", "map", "page.", date=day(of.data_date, of.language))
        return self.say("loaded_on", "map", "page.", date=day(of.loaded_on, of.language)) if of.loaded_on else ""

    def headings(self) -> dict[str, str]:
        counts = {"partners": self.portrait.partners_in_all, "themes": self.portrait.collaborations_in_all}
        return {
            key: self.say(key, "portrait", "heading.", count=self.number(counts.get(key, 0)))
            for key in self.words("heading")
        }

    # ---- cutting

    def cut(self, text: str, size: float, room: float, most: int = 1, *, bold: bool = False) -> str:
        """Return a text in so many lines at most, its end as … where it is longer."""
        return " ".join(self.lines(text, size, room / (BOLD if bold else 1.0), most))

    def lines(self, text: str, size: float, room: float, most: int) -> list[str]:
        """Return the lines of a text."""
        whole = clean(text.replace(_TOGETHER, _STAND_IN))
        lines = [line.replace(_STAND_IN, _TOGETHER) for line in lines_of(whole, size, room, most)]
        whole = whole.replace(_STAND_IN, _TOGETHER)
        if " ".join(lines) != whole:
            self.shortened.add(whole)
        return lines

    def rows(
        self, those: Sequence[T], in_all: int, most: int, cells: Callable[[T], tuple[str, ...]], what: str
    ) -> Rows:
        shown = those if len(those) == in_all <= most else those[: most - 1]
        return Rows(tuple(cells(each) for each in shown), self.more(what, in_all - len(shown)))

    def sentences(self, those: Sequence[str], budget: tuple[int, int], room: float, what: str = "sentences") -> Lines:
        """Return the first sentences, each in as many lines as those after it leave."""
        most, left = budget
        shown = those[:most]
        found = []
        for at, each in enumerate(shown):
            lines = self.lines(each, SIZE, room - _BULLET, min(_MOST_LINES, left - (len(shown) - at - 1)))
            left -= max(1, len(lines))
            found.append(" ".join(lines))
        return Lines(tuple(found), self.more(what, len(those) - len(shown)))

    def more(self, what: str, n: int) -> str:
        return self.say(what, "portrait", "more.", n=n, count=self.number(n)) if n > 0 else ""

    # ---- words

    def say(self, key: str, of: str = "portrait", head: str = "page.", **values: object) -> str:
        return say(of, head + key, self.portrait.language, **values)

    def number(self, value: float) -> str:
        return number(value, self.portrait.language)

    def words(self, head: str) -> dict[str, str]:
        found = table("portrait")
        return {
            key.removeprefix(f"{head}."): str(texts[self.portrait.language])
            for key, texts in found.items()
            if key.startswith(f"{head}.")
        }
