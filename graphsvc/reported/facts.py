"""What a report is made of: results of the service, all of one revision, and the names that go with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graphsvc.analysis.acceptance import Acceptance
from graphsvc.analysis.coverage import Coverage
from graphsvc.analysis.gaps import Gaps
from graphsvc.analysis.reasons import NameOf
from graphsvc.analysis.results import Measures, Missing
from graphsvc.answers import Told
from graphsvc.measuring import Changed, OverTime
from graphsvc.model import View
from graphsvc.network import Network
from graphsvc.render.content import MapContent
from graphsvc.render.report_content import Record
from graphsvc.spotted import GapTold
from graphsvc.wording import say


@dataclass(frozen=True)
class Facts:
    """Everything that the sections of one report are written from."""

    language: str
    view: View
    actor: str | None
    """Id of the body that the report is about; None for one about the network."""
    day: date
    """The day that the data speaks of."""
    map: MapContent
    """What the map shows, with nothing in it that is hidden."""
    network: Network
    measures: Measures
    course: OverTime | None
    """None where the data has not two full years."""
    coverage: Coverage
    areas: Coverage | None
    """The same by areas; None without a place."""
    gaps: Gaps
    gaps_told: tuple[GapTold, ...]
    missing: Missing
    told: tuple[Told, ...]
    """The missing partnerships that are listed, in words; those of the actor where it is about one."""
    decisions: Acceptance
    changed: Changed | None
    compared: tuple[date, date] | None
    """The days of ``changed``."""
    earlier: Record | None
    """The report that this one is compared with."""
    name_of: NameOf

    def say(self, key: str, **parameters: object) -> str:
        """Return a text of the report in its language."""
        return say("report", key, self.language, **parameters)

    @property
    def year(self) -> int | None:
        """The last full year that the course tells of."""
        return self.course.points[-1].day.year if self.course else None
