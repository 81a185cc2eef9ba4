"""The ledger of decisions: everything that persons ask and say of suggestions, in one place.

Commands, endpoints and notebooks come here by :meth:`graphsvc.service.Service.ledger`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from graphsvc import decided, deciding, suggesting
from graphsvc.analysis.acceptance import Acceptance
from graphsvc.analysis.results import Missing
from graphsvc.answers import Page, cursor_text, read_cursor
from graphsvc.decided import DecisionQuery, DecisionShown, History
from graphsvc.deciding import Decided, Deciding, Following, Known
from graphsvc.decisions import Gap
from graphsvc.measuring import REQUEST_SECONDS
from graphsvc.model import EVERYTHING, View
from graphsvc.outlook import Outlook
from graphsvc.render.answer_tables import AnswerTable
from graphsvc.store.graph_store import GraphStore
from graphsvc.suggesting import ANYWHERE, DEFAULT, Selection
from graphsvc.uniting import Pair

Suggest = Callable[[View, Selection], Missing]


class Ledger:
    """Decisions on one graph. Threads may share it."""

    def __init__(self, store: GraphStore, outlook: Outlook, suggest: Suggest) -> None:
        self._store = store
        self._outlook = outlook
        self._suggest = suggest

    # ---- in

    def decide(self, ask: Deciding, view: View = EVERYTHING, selection: Selection = DEFAULT) -> Decided:
        """Note what a person replies to a suggestion. Errors: those of :func:`graphsvc.deciding.decide`.

        ``view`` and ``selection`` are those of the list in which the person saw it; where it is not there, it is looked
        for in the longest list. No list is made for it that takes longer than a request may: what was seen is kept.
        """
        seen = (selection, replace(selection, decided=True), ANYWHERE)
        lists = (partial(self._suggest, view, each) for each in seen if self._is_quick(view, each))
        return deciding.decide(self._store, self._outlook, ask, lists)

    def _is_quick(self, view: View, selection: Selection) -> bool:
        if self._outlook.holds(suggesting.shared(view, selection)):
            return True
        return suggesting.seconds(view, self._outlook, selection.about) <= REQUEST_SECONDS

    def follow_up(self, ask: Following) -> Decided:
        """Note what came of a pair that was accepted. Errors: those of :func:`graphsvc.deciding.follow_up`."""
        return deciding.follow_up(self._store, self._outlook, ask)

    def withdraw(self, act: str, by: str, words: str = "") -> Decided:
        """Take back a decision or a follow-up by its id. Errors: those of :func:`graphsvc.deciding.withdraw`."""
        return deciding.withdraw(self._store, self._outlook, act, by, words)

    def withdraw_last(self, a: str, b: str, by: str, words: str = "") -> Decided:
        """Take back what was said last of a pair. Errors: those of :func:`graphsvc.deciding.withdraw_last`."""
        return deciding.withdraw_last(self._store, self._outlook, (a, b), by, words)

    # ---- out

    def known(self, as_of: date | None = None) -> Known:
        """Return what is known of decisions as of a day."""
        return deciding.known(self._store, self._outlook, as_of)

    def find(self, query: DecisionQuery) -> Page[DecisionShown]:
        """Return one page of the decisions that stand, the newest first. Errors: :func:`graphsvc.decided.find`."""
        found = decided.find(self._store, self.known(), query, read_cursor(query.after))
        return Page(found.items, found.total, cursor_text(found.next), self._store.revision())

    def of_list(self, missing: Missing, as_of: date | None = None) -> dict[Pair, DecisionShown]:
        """Return what stands of the pairs of a list, by the two ids that the list has."""
        return decided.of_list(self._store, self.known(as_of), missing)

    def of_act(self, act: str) -> History:
        """Return the pair that an act is about, and all that was said of it. :class:`NotFound` for no such act."""
        return decided.history(self._store, self.known(), act)

    def of_pair(self, a: str, b: str) -> History:
        """Return all that was said of a pair, by the ids of any entries of it; no steps where nothing was."""
        known = self.known()
        return decided.of_gap(self._store, known, Gap.between(a, b).of_bodies(known.standing))

    def acceptance(self, query: DecisionQuery) -> Acceptance:
        """Return what became of suggestions, by what they rested on and by the reasons given."""
        return decided.acceptance(self.known(), query)

    def tables(self, query: DecisionQuery, language: str) -> tuple[AnswerTable, ...]:
        """Return decisions, their history and summaries as tables to be written to a file."""
        return decided.tables(self._store, self.known(), query, language)
