"""What people see and take away: maps, sheets of paper, reports, what is published, and networks as files.

Each is made of :class:`graphsvc.findings.Findings`, and without what is hidden before anything is drawn or written.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from graphsvc import asof, exporting, hiding, reporting
from graphsvc.drawing import DrawAsk, Drawn, MapAsk, Parts, laid_out_like, map_content
from graphsvc.findings import Findings
from graphsvc.ingest.reading import Progress
from graphsvc.model import EVERYTHING, View
from graphsvc.publishing import Publications, Version
from graphsvc.render.content import MapContent
from graphsvc.render.exports import GraphFormat
from graphsvc.render.map import render_map
from graphsvc.render.map_redaction import Hidden, redacted, without
from graphsvc.render.printed import Print, check_form, printed
from graphsvc.render.redaction import NOTHING, Concealed, Redaction
from graphsvc.render.report_content import Report
from graphsvc.render.report_page import render_report
from graphsvc.reporting import ReportAsk


class Showing(Findings):
    """Findings as documents. Threads may share it."""

    publications: Publications
    """The published maps of the installation; whoever opens it sets them."""

    def map(self, view: View = EVERYTHING, **how: Any) -> str:
        """Return the map of a view as one HTML page that needs no network; ``how``: see :class:`drawing.MapAsk`."""
        return self.drawn(MapAsk(view, **how))

    def drawn(self, ask: MapAsk, redaction: Redaction = NOTHING) -> str:
        """Return the map that is asked for, without what is hidden; see :meth:`map`. Errors: those of ``without``."""
        return render_map(without(self.map_content(ask), self._concealed(redaction, ask.view)))

    def printed(self, ask: MapAsk, how: Print, redaction: Redaction = NOTHING) -> bytes:
        """Return the map as SVG, PDF or PNG for paper. Errors: those of ``check_form`` and ``without``."""
        check_form(how.form)
        return printed(without(self.map_content(ask), self._concealed(redaction, ask.view)), how)

    def shown(self, ask: DrawAsk, *, lasting: bool) -> Drawn:
        """Return a map as a file: a ``lasting`` one, as a job makes, is made once for all who ask.

        Errors: those of ``check_form``.
        """

        def make(_: View) -> Drawn:
            revision = self._store.revision()
            content = self.printed(ask.map, ask.how) if ask.how else self.drawn(ask.map).encode()
            return Drawn(content, revision)

        if lasting or self.outlook.holds(ask.shared):
            return self.outlook.share(ask.shared, make)
        return make(ask.map.view)

    def publish(self, name: str, ask: MapAsk, redaction: Redaction, by: str) -> tuple[Version, Hidden]:
        """Freeze a map under a name and say what was left out. Errors: ``redacted`` and ``Publications.publish``."""
        content, hidden = redacted(self.map_content(ask), self._concealed(redaction, ask.view))
        return self.publications.publish(name, content, render_map(content), by), hidden

    def publish_report(self, name: str, ask: ReportAsk, by: str) -> Version:
        """Freeze a report under a name, compared with the one before. Errors: as :meth:`report` and ``publish``."""
        ask = reporting.after_the_last(ask, self.publications, name, self._store.revision())
        content = reporting.map_of(ask, self, self.map_content)
        return self.publications.publish(name, content, render_report(self.report(ask)), by)

    def hidden(self, ask: MapAsk, redaction: Redaction) -> Hidden:
        """Say what would be left out of a map."""
        return redacted(self.map_content(ask), self._concealed(redaction, ask.view))[1]

    def map_content(self, ask: MapAsk) -> MapContent:
        """Return what a map shows, before a page is made of it."""
        view = ask.view
        missing, snapshot = self.missing(view, selection=ask.selection), self.snapshot()
        measured, dates = self.measures(view, ask.measures), (self._loaded(), snapshot.speaking())
        parts = Parts(self.network(view), self.ground(view), measured, missing, snapshot.sources, *dates)
        content = map_content(ask, parts)
        return laid_out_like(content, self.map_content(ask.earlier)) if ask.like_day else content

    def report(self, ask: ReportAsk) -> Report:
        """Return a report on a network or an actor. Errors: those of :func:`graphsvc.reporting.report`."""
        return self.outlook.share(ask.shared, lambda _: reporting.report(ask, self, self.map_content))

    def export(self, view: View, format_: GraphFormat) -> bytes:
        """Return the actor–actor network of a view for another tool, as a notebook asks for it."""
        return self.export_as(exporting.Ask(format_, view=view)).content

    def export_as(self, ask: exporting.Ask) -> exporting.Exported:
        """Return the graph, or the network of a view, as a file. Errors: those of :func:`graphsvc.exporting.make`."""
        if ask.form.whole:
            return exporting.make(ask, self.snapshot())
        return exporting.make(ask, self.network(ask.view), self._concealed(ask.redaction, ask.view))

    def exported(self, ask: exporting.Ask, progress: Progress | None = None) -> exporting.Made:
        """Return the same as a file for all who ask. Errors: those of :func:`graphsvc.exporting.content`."""

        def make(view: View) -> exporting.Made:
            source = self.snapshot() if ask.form.whole else self.network(view)
            hides = NOTHING if ask.form.whole else ask.redaction
            made = exporting.content(ask, source, self._concealed(hides, view), progress)
            return exporting.Made(made, source.revision)

        return self.outlook.share(ask.shared, make)

    def _concealed(self, redaction: Redaction, view: View) -> Concealed:
        return hiding.concealed(self.outlook, redaction, view)

    def _loaded(self) -> dict[str, date]:
        """Return for each file source the day, as people here count days, on which its last import ended."""
        ended = {run.source: run.finished for run in self._store.imports() if run.finished}
        return {source: asof.day_of(moment) for source, moment in ended.items()}
