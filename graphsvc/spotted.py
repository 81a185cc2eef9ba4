"""Gaps in words and as tables: the same for the terminal, for files and for the API."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graphsvc.analysis.coverage import Coverage
from graphsvc.analysis.gap_wording import group_name, pair, sentence, title
from graphsvc.analysis.gaps import Gap, GapKind
from graphsvc.analysis.reasons import NameOf
from graphsvc.analysis.results import Noun, Ref, Side
from graphsvc.render.answer_tables import AnswerTable, Cell

_CELLS: Final = (
    "theme", "theme_name", "group", "group_name", "actors", "collaborations", "elsewhere", "standing",
    "actor_names", "actor_ids",
)  # fmt: skip
_GAPS: Final = ("kind", "rank", "title", "score", "pair_a", "pair_b", "for", "against", "about")
_APART: Final = " · "


@dataclass(frozen=True, slots=True)
class GapTold:
    """A gap in words."""

    kind: GapKind
    rank: int
    title: str
    score: float
    pair: tuple[str, str] | None
    """Names of the two who would best close it."""
    advice: str
    """The same as a sentence; empty without a pair."""
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]
    about: tuple[str, ...]
    """Ids of what it is about."""


def tell(gaps: Sequence[Gap], language: str, name_of: NameOf) -> tuple[GapTold, ...]:
    """Return gaps in words, in their order."""

    def reasons(gap: Gap, side: Side) -> tuple[str, ...]:
        return tuple(sentence(each, language, name_of) for each in gap.evidence if each.side is side)

    return tuple(
        GapTold(
            gap.kind,
            gap.rank,
            title(gap, language, name_of),
            gap.score,
            (name_of(Ref(Noun.ACTOR, gap.pair[0])), name_of(Ref(Noun.ACTOR, gap.pair[1]))) if gap.pair else None,
            pair(gap, language, name_of),
            reasons(gap, Side.FOR),
            reasons(gap, Side.AGAINST),
            (*(ref.id for ref in gap.about), *([gap.group] if gap.group else [])),
        )
        for gap in gaps
    )


def gap_tables(told: Sequence[GapTold]) -> tuple[AnswerTable, ...]:
    """Return gaps as one table."""
    rows: list[list[Cell]] = []
    for each in told:
        pair: tuple[Cell, Cell] = each.pair or (None, None)
        reasons = (_APART.join(each.reasons_for), _APART.join(each.reasons_against))
        rows.append([each.kind.value, each.rank, each.title, each.score, *pair, *reasons, " ".join(each.about)])
    return (AnswerTable("gaps", _GAPS, rows),)


def coverage_tables(coverage: Coverage, language: str, name_of: NameOf) -> tuple[AnswerTable, ...]:
    """Return the cells, one a row with the names behind it; then the matrix of numbers of actors."""
    theme = {id_: name_of(Ref(Noun.THEME, id_)) for id_ in coverage.themes}
    group = {id_: group_name(coverage.by, id_, language, name_of) for id_ in coverage.groups}
    cells: list[list[Cell]] = []
    for each in coverage.cells:
        names = ", ".join(name_of(Ref(Noun.ACTOR, id_)) for id_ in each.actors)
        address: list[Cell] = [each.theme, theme[each.theme], each.group, group[each.group]]
        counts: list[Cell] = [len(each.actors), len(each.collaborations), each.elsewhere]
        cells.append([*address, *counts, each.standing.value, names, " ".join(each.actors)])
    matrix: list[list[Cell]] = [
        [id_, theme[id_], *(len(coverage.cell(id_, row).actors) for row in coverage.groups)] for id_ in coverage.themes
    ]
    columns = ("theme", "theme_name", *(group[id_] for id_ in coverage.groups))
    return AnswerTable("cells", _CELLS, cells), AnswerTable("matrix", columns, matrix)
