"""The region views in one table: what makes each, and what tells it as tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Generic, Protocol, TypeVar

from graphsvc.errors import NotFound
from graphsvc.model import View
from graphsvc.outlook import Outlook
from graphsvc.regions import (
    agreement_tables,
    agreements_made,
    procurement,
    procurement_told,
    rdi_environments,
    rdi_environments_told,
    startup_alliance,
    startup_alliance_told,
)
from graphsvc.regions.ground import Ground, ground_of
from graphsvc.render.answer_tables import AnswerTable


class RegionAnswer(Protocol):
    """What every view's answer says of itself."""

    @property
    def revision(self) -> int:
        """Of the graph."""
        ...

    @property
    def on(self) -> date:
        """The day that it holds for."""
        ...


A = TypeVar("A", bound=RegionAnswer)


@dataclass(frozen=True, slots=True)
class RegionView(Generic[A]):
    """One view. Its words are ``wordings/<key>.toml``, its import sheets ``ingest/tables/<key>.toml``."""

    make: Callable[[Ground], A]
    tables: Callable[[A, str], tuple[AnswerTable, ...]]
    """Returns the answer as tables in a language: for the terminal, for files and as CSV."""


VIEWS: Final[Mapping[str, RegionView[Any]]] = {
    "startup_alliance": RegionView(startup_alliance.make, startup_alliance_told.tables),
    "ecosystem_agreements": RegionView(agreements_made.make, agreement_tables.view_tables),
    "rdi_environments": RegionView(rdi_environments.make, rdi_environments_told.tables),
    "procurement": RegionView(procurement.make, procurement_told.tables),
}
"""Key of a view → the view, in the order in which they are listed."""


def answer(outlook: Outlook, view: str, as_of: date | None = None) -> Any:
    """Return the answer of a region view as of a day, or of today. :class:`NotFound` for a view that is none."""
    made = VIEWS.get(view)
    if made is None:
        raise NotFound("region view", view, remedy=f"There are {', '.join(VIEWS)}.")
    return outlook.recall(f"region {view}", View(as_of=as_of), lambda _: made.make(ground_of(outlook, as_of)))


def tables(view: str, found: RegionAnswer, language: str) -> tuple[AnswerTable, ...]:
    """Return an answer of a view as tables in a language."""
    return VIEWS[view].tables(found, language)
