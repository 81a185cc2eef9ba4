"""The report: what is asked, and how answers of the service become one document about a region, a theme or an actor.

Each number comes from the function that gives it everywhere else; what is here only asks for it. The modules of
``reported/`` put it into words, ``render/`` makes page, print and workbook of these.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from graphsvc import drawing, hiding, spotted, spotting, suggesting
from graphsvc.analysis.catalogue import SHOWN
from graphsvc.analysis.costs import estimate
from graphsvc.analysis.gaps import Gaps
from graphsvc.analysis.results import Missing, Noun, Ref
from graphsvc.answers import Told
from graphsvc.decided import DecisionQuery
from graphsvc.drawing import MapAsk
from graphsvc.errors import InvalidValue
from graphsvc.findings import Findings
from graphsvc.measuring import Between, Changed, Course, OverTime, change_seconds, course_seconds, versions
from graphsvc.model import EVERYTHING, View
from graphsvc.network import Network
from graphsvc.outlook import Outlook, Shared
from graphsvc.publishing import Publications
from graphsvc.render import excerpt
from graphsvc.render.content import SAYS_NOTHING, Imprint, MapContent, MapSuggestion
from graphsvc.render.map_redaction import redacted
from graphsvc.render.redaction import NOTHING, Redaction
from graphsvc.render.report_content import Record, Report
from graphsvc.render.report_record import read_record
from graphsvc.render.report_redaction import without
from graphsvc.render.summary import summary
from graphsvc.reported import actor as of_actor
from graphsvc.reported import figures
from graphsvc.reported.facts import Facts
from graphsvc.reported.writing import write
from graphsvc.spotting import ANY_COVERAGE, ANY_GAPS, CoverageAsk, GapsAsk
from graphsvc.suggesting import ANYWHERE, Selection

YEARS: Final = 8
"""Ends of years in the course, at most."""
SUGGESTIONS: Final = 10
"""How many missing partnerships are told, where nobody says it."""
MOST_TOLD: Final = 100
"""And at most."""
MEASURED: Final = (*SHOWN, *figures.NUMBERS)
"""What is measured now; of each year only what is quick."""
_EVERY: Final = 1000
"""Gaps of a kind among which those of one actor are looked for."""

MapOf = Callable[[MapAsk], MapContent]


@dataclass(frozen=True, slots=True)
class ReportAsk:
    """Which report is asked for."""

    view: View = EVERYTHING
    actor: str | None = None
    """Id of any entry of the body that it is about; None for one about the network of the view."""
    language: str = "en"
    title: str = ""
    """Else it names what the report is about."""
    imprint: Imprint = SAYS_NOTHING
    """Caption, licence and alternative text of the map; the caption stands under the title, too."""
    suggestions: int = SUGGESTIONS
    """How many missing partnerships are told, at most."""
    since: date | Record | None = None
    """What it is compared with: a day, or an earlier report; else the end of the year before the last full one."""
    redaction: Redaction = NOTHING
    """What is hidden."""
    size: str = "betweenness"
    """Id of the measure of actors that sets the sizes on its map."""

    @property
    def shared(self) -> Shared[Report]:
        """The question as processes share its answer."""
        hidden = [f"{name}={sorted(value)}" for name, value in self.redaction]
        return Shared(f"{replace(self, redaction=NOTHING)} {hidden} {versions(MEASURED)}", self.view, Report)

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures of the present that it tells."""
        return tuple(SHOWN) if self.actor else MEASURED

    @property
    def yearly(self) -> tuple[str, ...]:
        """The measures of each year that it tells."""
        return of_actor.YEARLY if self.actor else figures.NUMBERS

    @property
    def ever(self) -> View:
        """The view on no day: what a course or a change is asked of."""
        return self.view.model_copy(update={"as_of": None})


def seconds(ask: ReportAsk, outlook: Outlook) -> float:
    """Return about how many seconds of one core a report takes."""
    whole = outlook.network(ask.view)
    yearly = course_seconds(Course(1, YEARS, ask.ever, ask.yearly), whole)
    changed = 0.0 if isinstance(ask.since, Record) else change_seconds(_between(ask, date.min, date.max), whole)
    listed = suggesting.seconds(ask.view, outlook) + spotting.seconds(whole) + spotting.coverage_seconds(whole)
    drawn = drawing.content_seconds(_map_ask(ask), outlook)
    return yearly + changed + estimate(whole.arrays, ask.measures).seconds + listed + drawn


def report(ask: ReportAsk, service: Findings, map_of: MapOf) -> Report:
    """Return the report. ``map_of`` gives the content of a map.

    :class:`graphsvc.errors.NotFound` for an actor that is not in the view; :class:`InvalidValue`: a day to compare with
    that is not before the day of the data, or own words that name what is hidden.
    """
    hides = ask.redaction != NOTHING
    made = write(_facts(ask, service, map_of), ask.title, hidden=hides)
    if not hides:
        return made
    return without(made, hiding.concealed(service.outlook, ask.redaction, ask.view))


def _facts(ask: ReportAsk, service: Findings, map_of: MapOf) -> Facts:
    """Ask the service for everything that is told."""
    view, language, whole = ask.view, ask.language, service.network(ask.view)
    actor = service.outlook.identity(view).canonical.get(ask.actor, ask.actor) if ask.actor else None
    if actor:
        whole.partners(actor)  # not there: say so before anything is computed
    missing, told = _missing(ask, service, actor)
    map_ = _map(ask, service, told, map_of)
    day = view.as_of or map_.data_date or map_.loaded_on or service.outlook.day(view)
    course, changed, compared = _past(ask, service, day, actor)
    name_of = spotting.names(service.ground(view), language)
    found = _about(service.gaps(view, GapsAsk(top=_EVERY) if actor else ANY_GAPS), actor)
    return Facts(
        language=language,
        view=view,
        actor=actor,
        day=day,
        map=excerpt.around(map_, actor) if actor else map_,
        network=whole,
        measures=service.measures(view, ask.measures),
        course=course,
        coverage=service.coverage(view, ANY_COVERAGE),
        areas=service.coverage(view, CoverageAsk("area")) if view.place else None,
        gaps=found,
        gaps_told=spotted.tell(found.gaps, language, name_of),
        missing=missing,
        told=told,
        decisions=service.ledger().acceptance(DecisionQuery()),
        changed=changed,
        compared=compared,
        earlier=ask.since if isinstance(ask.since, Record) else None,
        name_of=name_of,
    )


def map_of(ask: ReportAsk, service: Findings, map_of: MapOf) -> MapContent:
    """Return the content of the map that a report shows, of all its actors, under the report's title."""
    made = service.outlook.identity(ask.view).canonical.get(ask.actor, ask.actor) if ask.actor else None
    content = _map(ask, service, _missing(ask, service, made)[1], map_of)
    return excerpt.around(content, made) if made else content


def after_the_last(ask: ReportAsk, publications: Publications, name: str, revision: int) -> ReportAsk:
    """Return the question compared with the newest report of this name that is of an earlier revision of the data."""
    if ask.since is not None or name not in publications.names():
        return ask
    for version in publications.versions(name):
        if version.revision < revision and not version.withdrawn:
            with contextlib.suppress(InvalidValue):  # a map was published under the name
                return replace(ask, since=read_record(publications.page(name, version.number), name))
    return ask


def _missing(ask: ReportAsk, service: Findings, actor: str | None) -> tuple[Missing, tuple[Told, ...]]:
    """Return the whole list, and the lines of it that are told."""
    missing = service.missing(ask.view, selection=ANYWHERE if actor else Selection(ask.suggestions))
    return missing, _told(ask, service, _listed(missing, actor, ask.suggestions))


def _map(ask: ReportAsk, service: Findings, told: tuple[Told, ...], map_of: MapOf) -> MapContent:
    drawn = map_of(_map_ask(ask))
    return redacted(_with(drawn, told), hiding.concealed(service.outlook, ask.redaction, ask.view))[0]


def _map_ask(ask: ReportAsk) -> MapAsk:
    """Return the map that the report shows; its suggestions are those that the report tells."""
    return MapAsk(ask.view, ask.language, ask.title, 0, ask.size, imprint=ask.imprint)


def _between(ask: ReportAsk, first: date, last: date) -> Between:
    """Return the question what changed between two days."""
    return Between(first, last, ask.ever, "degree", most=None)


def _past(
    ask: ReportAsk, service: Findings, day: date, actor: str | None
) -> tuple[OverTime | None, Changed | None, tuple[date, date] | None]:
    """Return the course of the last full years, and what changed between which days."""
    asked = _course(ask, service.network(ask.view), day, actor)
    course = service.over_time(asked) if asked else None
    if isinstance(ask.since, date):
        if ask.since >= day:
            raise InvalidValue(
                f"The data speaks of {day}, so nothing can have changed since {ask.since}.",
                remedy="Give an earlier day.",
                field="since",
            )
        days = ask.since, day
    elif asked and ask.since is None:
        days = asked.days[-2], asked.days[-1]
    else:
        return course, None, None
    return course, service.change(_between(ask, *days)), days


def _course(ask: ReportAsk, whole: Network, day: date, actor: str | None) -> Course | None:
    """Return the question for the last full years before a day; None where the data has not two."""
    starts = [each.start.year for each in whole.collaborations.values() if each.start]
    last = day.year if (day.month, day.day) == (12, 31) else day.year - 1
    first = max(min(starts, default=last), last - YEARS + 1)
    if first >= last:
        return None
    return Course(first, last, ask.ever, ask.yearly, (actor,) if actor else (), most=None)


def _listed(missing: Missing, actor: str | None, most: int) -> Missing:
    """Return the list with the lines that the report tells."""
    lines = [each for each in missing.partnerships if actor is None or actor in (each.a, each.b)]
    return replace(missing, partnerships=tuple(lines[:most]))


def _told(ask: ReportAsk, service: Findings, listed: Missing) -> tuple[Told, ...]:
    """Return missing partnerships in words, without those of actors that are hidden."""
    gone = hiding.concealed(service.outlook, ask.redaction, ask.view).actors
    return tuple(each for each in service.tell(listed, ask.view, ask.language) if not gone & {each.a, each.b})


def _with(content: MapContent, told: tuple[Told, ...]) -> MapContent:
    """Return the map with the suggestions that the report tells, as far as it shows their actors."""
    there = {each.id for each in content.actors}
    suggestions = tuple(
        MapSuggestion(each.rank, each.a, each.b, each.score, each.reasons_for, each.reasons_against)
        for each in told
        if {each.a, each.b} <= there
    )
    parts = content.actors, content.ties, content.communities
    found = summary(content.language, *parts, suggestions, content.size_measure)
    return replace(content, suggestions=suggestions, summary=found)


def _about(found: Gaps, actor: str | None) -> Gaps:
    """Return the gaps that the report tells: of an actor those that are about it."""
    if actor is None:
        return found
    own = tuple(each for each in found.gaps if Ref(Noun.ACTOR, actor) in each.about)
    counts = {kind: sum(each.kind is kind for each in own) for kind in found.found}
    return replace(found, gaps=own, found=counts)
