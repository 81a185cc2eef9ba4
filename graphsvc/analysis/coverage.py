"""Who works on what: a matrix of themes by groups of actors, with those behind each cell, and where it is too thin.

A cell is *empty* when nobody of the group takes part in a collaboration on the theme. It is *thin* when fewer than
``fewest`` do although the other groups have at least ``elsewhere`` actors on the theme: with the defaults, two, and two
for each other group, that is one actor where the others have two each on average. One actor is no cover: when it goes,
the group has nobody. Only the other groups decide whether a theme is large enough to ask, so one more participant
never opens a gap in its own cell.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from graphsvc.analysis.affiliation import Affiliation
from graphsvc.analysis.axes import ELSE, Groups, Subjects


class Standing(StrEnum):
    """How well a group is present on a theme."""

    EMPTY = "empty"
    THIN = "thin"
    ENOUGH = "enough"


@dataclass(frozen=True, slots=True)
class Threshold:
    """From when on a cell is filled."""

    fewest: int = 2
    """Actors from which on a cell has enough; 1: only empty cells are gaps."""
    elsewhere: int | None = None
    """Actors that the other groups must have on the theme before a cell can be thin; None: ``fewest`` for each."""

    def needed(self, groups: int) -> int:
        """Return how many actors the other groups must have on a theme, where there are so many groups in all."""
        return self.fewest * (groups - 1) if self.elsewhere is None else self.elsewhere

    def standing(self, here: int, elsewhere: int, groups: int) -> Standing:
        """Say how a cell stands with so many actors in it, and in the other groups, of which with it are ``groups``."""
        if not here:
            return Standing.EMPTY
        return Standing.THIN if here < self.fewest and elsewhere >= self.needed(groups) else Standing.ENOUGH


DEFAULT: Final = Threshold()
"""An empty cell, or a single actor where the other groups have two each on average."""

_Members = defaultdict[tuple[str, str], set[str]]


@dataclass(frozen=True, slots=True)
class Cell:
    """One group on one theme."""

    theme: str
    group: str
    """``axes.ELSE`` for the actors that are in no group; such a cell is never a gap."""
    actors: tuple[str, ...]
    """Ids, sorted: those of the group that take part in a collaboration on the theme."""
    collaborations: tuple[str, ...]
    """Ids, sorted: those on the theme in which at least one of them takes part."""
    elsewhere: int
    """Number of actors on the theme that are in other groups, or in none."""
    standing: Standing


@dataclass(frozen=True)
class Coverage:
    """The matrix of a network."""

    revision: int
    by: str
    """``helix`` or ``area``."""
    groups: tuple[str, ...]
    """Each group, in order; last ``axes.ELSE`` where somebody counted is in none."""
    themes: tuple[str, ...]
    """Ids, sorted."""
    sizes: Mapping[str, int]
    """Group → number of actors counted, on any theme or none."""
    cells: tuple[Cell, ...]
    """One for each theme and group, in their orders."""
    threshold: Threshold

    def cell(self, theme: str, group: str) -> Cell:
        """Return the cell of a theme and a group. :class:`KeyError` where there is none."""
        return self._by_address[theme, group]

    @cached_property
    def _by_address(self) -> Mapping[tuple[str, str], Cell]:
        return {(cell.theme, cell.group): cell for cell in self.cells}

    @cached_property
    def below(self) -> tuple[Cell, ...]:
        """The cells that are empty or thin."""
        return tuple(cell for cell in self.cells if cell.standing is not Standing.ENOUGH)


def cover(
    affiliation: Affiliation, groups: Groups, subjects: Subjects, threshold: Threshold = DEFAULT, *, revision: int = 0
) -> Coverage:
    """Return who of each group works on what.

    An actor works on a theme when it takes part in a collaboration that has it, or one that counts for it. Actors that
    ``groups`` does not name are not counted, nor themes that ``subjects`` does not name. Work and memory grow with the
    participations.
    """
    actors, collaborations = _fill(affiliation, groups, subjects)
    sizes = Counter(groups.group_of.values())
    rows = (*groups.ids, *([ELSE] if sizes[ELSE] else []))
    themes = tuple(sorted({*subjects.ids, *(theme for theme, _ in actors)}))
    cells = []
    for theme in themes:
        everyone = sum(len(actors[theme, group]) for group in rows)
        for group in rows:
            here = actors[theme, group]
            elsewhere = everyone - len(here)
            standing = threshold.standing(len(here), elsewhere, len(groups.ids)) if group else Standing.ENOUGH
            cells.append(
                Cell(
                    theme,
                    group,
                    tuple(sorted(here)),
                    tuple(sorted(collaborations[theme, group])),
                    elsewhere,
                    standing,
                )
            )
    return Coverage(revision, groups.by, rows, themes, {group: sizes[group] for group in rows}, tuple(cells), threshold)


def _fill(affiliation: Affiliation, groups: Groups, subjects: Subjects) -> tuple[_Members, _Members]:
    """Return (theme, group) → its actors, and → its collaborations."""
    actors: _Members = defaultdict(set)
    collaborations: _Members = defaultdict(set)
    group_of = [groups.group_of.get(id_) for id_ in affiliation.ids]
    by_column = affiliation.incidence.tocsc()
    for column, each in enumerate(affiliation.collaborations):
        themes = {subjects.counts_for[theme] for theme in each.themes if theme in subjects.counts_for}
        if not themes:
            continue
        for row in by_column.indices[by_column.indptr[column] : by_column.indptr[column + 1]].tolist():
            group = group_of[row]
            if group is not None:
                for theme in themes:
                    actors[theme, group].add(affiliation.ids[row])
                    collaborations[theme, group].add(each.id)
    return actors, collaborations
