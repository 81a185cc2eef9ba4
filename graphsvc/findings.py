"""What follows from the network of a view: measures, gaps, missing partnerships, what-if, consortia, the track record.

Each is one call, made once for a revision of the graph; the command line, the API, jobs and notebooks call the same.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from graphsvc import (
    rulebook,
    suggesting,
)
from graphsvc.analysis.background import Background
from graphsvc.analysis.backtest import Backtest
from graphsvc.analysis.catalogue import SHOWN
from graphsvc.analysis.coverage import Coverage
from graphsvc.analysis.gaps import Gaps
from graphsvc.analysis.reasons import reason
from graphsvc.analysis.results import Measures, Missing, Ref, Side
from graphsvc.analysis.supposition import Supposition
from graphsvc.analysis.whatif import WhatIf
from graphsvc.answers import (
    Told,
)
from graphsvc.consortium import (
    CheckAsk,
    CheckedConsortium,
    ConsortiumAsk,
    Shortlisted,
    check_consortium,
    find_partners,
)
from graphsvc.ingest.reading import Progress
from graphsvc.ledger import Ledger
from graphsvc.measuring import Between, Changed, Course, OverTime, change, measures_in, measures_of, over_time
from graphsvc.model import EVERYTHING, Snapshot, View
from graphsvc.network import Network
from graphsvc.opening import Openings, OpeningsAsk, find_openings
from graphsvc.outlook import Outlook
from graphsvc.regions import views
from graphsvc.resolve import bodies
from graphsvc.rulebook import Rulebook
from graphsvc.spotting import ANY_COVERAGE, ANY_GAPS, AbsentAsk, CoverageAsk, GapsAsk, absent, coverage, gaps
from graphsvc.store.graph_store import GraphStore
from graphsvc.suggesting import Selection, ground, source_ids, suggest
from graphsvc.supposing import Budget, Introductions, introduce, suggested, what_if
from graphsvc.tracking import Past, track


class Findings:
    """Answers about what is seen of one graph. Threads may share it."""

    own_calls: Path | None = None
    """The folder with calls of the user's own; None for none."""

    def __init__(self, store: GraphStore, outlook: Outlook) -> None:
        self._store = store
        self.outlook = outlook
        """What is seen of the graph, for whoever asks more than one question of it."""

    def snapshot(self) -> Snapshot:
        """Return everything at the present revision."""
        return self.outlook.snapshot()

    def network(self, view: View = EVERYTHING) -> Network:
        """Return the network of a view. :class:`NotFound` for an unknown theme or place."""
        return self.outlook.network(view)

    def measures(self, view: View = EVERYTHING, only: Collection[str] = SHOWN, **how: Any) -> Measures:
        """Return measures of a view's network by ids of the catalogue; ``how`` and errors are those of ``measure``."""
        return measures_of(self.outlook, view, only, **how)

    def over_time(self, ask: Course, progress: Progress | None = None, *, remedy: str = "") -> OverTime:
        """Return measures at the end of each year. Errors: those of :func:`graphsvc.measuring.over_time`."""
        return self.outlook.share(ask.shared, lambda _: over_time(ask, self.outlook.build, progress, remedy=remedy))

    def change(self, ask: Between, progress: Progress | None = None, *, remedy: str = "") -> Changed:
        """Return what changed between two days, and why. Errors: those of :func:`graphsvc.measuring.change`."""
        of = self.outlook.build, lambda view: self.outlook.identity(view).canonical
        return self.outlook.share(ask.shared, lambda _: change(ask, *of, progress, remedy=remedy))

    def openings(self, ask: OpeningsAsk) -> Openings:
        """Return who and what pairs are new between two days. Errors: :func:`graphsvc.opening.find_openings`."""
        return find_openings(self.outlook, ask)

    def missing(self, view: View = EVERYTHING, *, top: int = 20, selection: Selection | None = None) -> Missing:
        """Return the ``top`` missing partnerships of a view, or those selected; see :func:`suggesting.suggest`."""
        wanted = selection or Selection(top)

        def listed(view: View) -> Missing:
            away = frozenset() if wanted.decided else self.ledger().known(view.as_of).away(view.identity)
            identity = self.outlook.identity(view)

            def make(view: View) -> Missing:
                return suggest(view, self.network, identity, wanted, away, self._background)

            # Beside facts and bodies it stands on doubts and decisions alone: most words change neither.
            key = "missing", wanted, identity.undecided, away
            found = self.outlook.keep_answer(key, view, make)
            return replace(found, revision=self.network(ground(view)).revision)

        return self.outlook.share(suggesting.shared(view, wanted), listed)

    def _background(self, ground: View) -> Background:
        def make(view: View) -> Background:
            wide = self.network(view)
            return suggesting.background(wide, measures_in(self.outlook, wide, suggesting.COMMUNITIES))

        return self.outlook.keep_of_bodies(suggesting.BACKGROUND, ground, make)

    def what_if(self, view: View, asked: Supposition, **how: Any) -> WhatIf:
        """Return what a supposition changes in a view. ``how`` and errors: :func:`graphsvc.supposing.what_if`."""
        return what_if(self.outlook, view, asked, **how)

    def introductions(
        self, view: View, budget: Budget, pairs: Sequence[tuple[str, str]] | None = None, *, remedy: str = ""
    ) -> Introductions:
        """Return the introductions that help a view most, of ``pairs`` or of its missing partnerships."""
        if pairs is None:
            pairs = suggested(self.outlook, view, budget, lambda s: self.missing(view, selection=s), remedy=remedy)
        return introduce(self.outlook, view, pairs, budget, remedy=remedy)

    def coverage(self, view: View = EVERYTHING, ask: CoverageAsk = ANY_COVERAGE) -> Coverage:
        """Return who of each sector, or area, works on which theme. See :func:`graphsvc.spotting.coverage`."""
        return coverage(self.outlook, view, ask)

    def gaps(self, view: View = EVERYTHING, ask: GapsAsk = ANY_GAPS) -> Gaps:
        """Return gaps of coverage and of structure. Errors: those of :func:`graphsvc.spotting.gaps`."""
        return gaps(self.outlook, view, ask)

    def absent(self, view: View, ask: AbsentAsk) -> Gaps:
        """Return who is absent from themes or collaborations. Errors: those of :func:`graphsvc.spotting.absent`."""
        return absent(self.outlook, view, ask)

    def region(self, view: str, as_of: date | None = None) -> Any:
        """Return a region view as of a day, or of today. Errors: those of :func:`graphsvc.regions.views.answer`."""
        return views.answer(self.outlook, view, as_of)

    def backtest(self, past: Past) -> Backtest:
        """Return how well a list of a past day did. Errors: those of :func:`graphsvc.tracking.track`."""
        snapshot, identity = self.snapshot(), self.outlook.identity(View(identity=past.identity))
        shown = bodies.shown(snapshot.actors, identity)
        return self.outlook.share(past.shared, lambda _: track(snapshot, past, identity, shown))

    def calls(self) -> Rulebook:
        """Return the calls that consortia are built for, as their files say now."""
        return rulebook.read(self.own_calls)

    def shortlist(self, ask: ConsortiumAsk) -> Shortlisted:
        """Return who may come into a consortium. Errors: those of :func:`graphsvc.consortium.find_partners`."""
        return find_partners(self.outlook, ask, self.calls())

    def check_consortium(self, ask: CheckAsk) -> CheckedConsortium:
        """Return what is found of the rules of a call. Errors: :func:`graphsvc.consortium.check_consortium`."""
        return check_consortium(self.outlook, ask, self.calls())

    def source_ids(self, view: View = EVERYTHING) -> dict[str, str]:
        """Return for each body the id by which its source knows it; see :func:`suggesting.source_ids`."""
        return source_ids(self.snapshot(), self.outlook.identity(view).canonical, view.as_of)

    def ground(self, view: View = EVERYTHING) -> Network:
        """Return the network that has the names of all that the missing partnerships of a view refer to."""
        return self.network(ground(view))

    def tell(self, missing: Missing, view: View, language: str) -> tuple[Told, ...]:
        """Return missing partnerships in words: names, and each reason as a sentence."""
        network = self.ground(view)

        def name_of(ref: Ref) -> str:
            return network.name_of(ref, language)

        return tuple(
            Told(
                each.rank,
                each.a,
                each.b,
                network.actors[each.a].name,
                network.actors[each.b].name,
                each.score,
                tuple(reason(e, language, name_of) for e in each.evidence if e.side is Side.FOR),
                tuple(reason(e, language, name_of) for e in each.evidence if e.side is Side.AGAINST),
            )
            for each in missing.partnerships
        )

    def ledger(self) -> Ledger:
        """Return where persons decide on suggestions, and where what they decided is looked up."""
        return Ledger(self._store, self.outlook, lambda view, selection: self.missing(view, selection=selection))
