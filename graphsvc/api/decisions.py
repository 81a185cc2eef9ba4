"""Decisions on suggestions: replied, followed up, taken back; listed, told with their history, summed up, taken out.

Whoever may write may read them: they name persons, and who competes with whom.
"""

from __future__ import annotations

from functools import partial

from graphsvc.access.rights import Right
from graphsvc.analysis.results import Missing, Ref
from graphsvc.api import decision_forms as given
from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.decision_forms import Chosen, DecisionById, DecisionFile, DecisionList, DecisionPair
from graphsvc.api.deferring import now_or_later
from graphsvc.api.network import steady
from graphsvc.api.params import MissingParameters
from graphsvc.api.partnerships import partnership
from graphsvc.api.sending import Answer
from graphsvc.deciding import Deciding, Following
from graphsvc.render.answer_tables import csv_text, workbook
from graphsvc.suggesting import Selection
from graphsvc.wishes import MissingAsked, PartAsked

decisions = Endpoints("Decisions")
_read = partial(decisions.endpoint, right=Right.WRITE)
_write = partial(decisions.endpoint, method="POST", errors=(404, 503, 504), revised=False)


@_write("/api/v1/decisions", MissingParameters, given.ActDone, body=given.ReplyGiven)
def decide(asked: Asked[MissingParameters]) -> Answer:
    """Reply to a suggestion.

    What is declined leaves all lists until its day; what is accepted leaves them too and is followed up. The reply
    keeps rank, score and evidence of the suggestion as it was; say by the parameters of the list in which it was seen.
    `already_work_together` also makes the two partners in the network, under the source `coordinator`. The same reply
    of the same person again changes nothing.
    """
    wanted, said = asked.parameters, asked.body
    ask = Deciding(said.a, said.b, said.reply, said.why, said.by, said.words, said.until, said.since)
    selection = Selection(wanted.top, wanted.balance)
    return Answer(given.done(asked.service.ledger().decide(ask, wanted.view, selection)))


@_write("/api/v1/decisions/{id}/follow-ups", DecisionById, given.ActDone, body=given.FollowUp)
def follow_up_decision(asked: Asked[DecisionById]) -> Answer:
    """Say what came of it.

    The two were introduced, met, or have a project: each is an act of its own. Only of a pair that is accepted.
    """
    said, ledger = asked.body, asked.service.ledger()
    a, b = ledger.of_act(asked.parameters.id).gap.subjects
    ask = Following(a, b, said.event, said.by, said.words, said.on, said.collaboration)
    return Answer(given.done(ledger.follow_up(ask)))


@_write("/api/v1/decisions/{id}/withdrawal", DecisionById, given.ActDone, body=given.TakingBack)
def withdraw_decision(asked: Asked[DecisionById]) -> Answer:
    """Take back a reply or a follow-up.

    What stood before it stands again, and the graph is what it was. One that was taken back already changes nothing;
    one that was followed by another about the same pair is refused with 422 until that one is taken back.
    """
    said = asked.body
    return Answer(given.done(asked.service.ledger().withdraw(asked.parameters.id, said.by, said.words)))


@_read("/api/v1/decisions", DecisionList, given.DecisionPage, example={"state": "accepted"})
def list_decisions(asked: Asked[DecisionList]) -> Answer:
    """List decisions.

    What stands of each pair, the newest reply first.
    """
    wanted = asked.parameters
    page = asked.service.ledger().find(wanted.query(wanted.limit, wanted.cursor))
    items = tuple(map(given.decision, page.items))
    answer = given.DecisionPage(items=items, total=page.total, next=page.next, revision=page.revision)
    return Answer(answer, page.revision)


@_read("/api/v1/decisions/summary", Chosen, given.AcceptanceGiven, example={"since": "2026-01-01"})
def summarise_decisions(asked: Asked[Chosen]) -> Answer:
    """Sum up decisions.

    How pairs were replied to, by the kinds of evidence that the suggestions rested on when they were decided on, and by
    the reasons given. A suggestion rests on several kinds, so they add up to more than the pairs.
    """
    ledger, query = asked.service.ledger(), asked.parameters.query()
    found, revision = steady(asked.service, lambda: ledger.acceptance(query))
    return Answer(given.acceptance(found, revision or 0), revision)


@_read(
    "/api/v1/decisions/suggestions",
    MissingParameters,
    given.SuggestionsDecided,
    errors=(404,),
    later="perhaps",
    example={"top": "5"},
)
def list_decided_suggestions(asked: Asked[MissingParameters]) -> Answer:
    """List missing partnerships with decisions.

    The list of missing partnerships with those that were decided on, each with its decision. What takes long becomes a
    job: 202.
    """
    wanted, ledger = asked.parameters, asked.service.ledger()
    ask = MissingAsked(view=PartAsked.of(wanted.view), top=wanted.top, balance=wanted.balance, decided=True)
    found: Missing = now_or_later(asked, "missing", ask)
    shown = ledger.of_list(found, wanted.view.as_of)
    network = asked.service.ground(wanted.view)

    def name_of(ref: Ref) -> str:
        return network.name_of(ref, asked.language)

    items = tuple(
        given.SuggestionDecided(
            suggestion=partnership(each, network, name_of, asked.language),
            decision=given.decision(shown[each.a, each.b]) if (each.a, each.b) in shown else None,
        )
        for each in found.partnerships
    )
    return Answer(given.SuggestionsDecided(items=items, revision=found.revision), found.revision)


@_read("/api/v1/decisions/export", DecisionFile, dict.fromkeys(given.MEDIA.values()), example={"lang": "fi"})
def export_decisions(asked: Asked[DecisionFile]) -> Answer:
    """Get decisions as a file.

    A workbook with decisions, all that was said, and summaries with charts, or the decisions as CSV. Texts never become
    formulas.
    """
    wanted, ledger = asked.parameters, asked.service.ledger()
    tables, revision = steady(asked.service, lambda: ledger.tables(wanted.query(), asked.language))
    as_book = asked.media_type == given.MEDIA["xlsx"]
    content = workbook(tables) if as_book else csv_text(tables[0])
    name = f'attachment; filename="decisions.{"xlsx" if as_book else "csv"}"'
    return Answer(content, revision, {"Content-Disposition": name})


@_read(
    "/api/v1/decisions/history",
    DecisionPair,
    given.HistoryGiven,
    errors=(404,),
    example={"a": "fi-2844561-8", "b": "pic-999994535"},
)
def get_decision_history(asked: Asked[DecisionPair]) -> Answer:
    """Get the history of a pair.

    All that was said of two actors, oldest first, also what was taken back; no steps where nothing was.
    """
    wanted, ledger = asked.parameters, asked.service.ledger()
    found, revision = steady(asked.service, lambda: ledger.of_pair(wanted.a, wanted.b))
    return Answer(given.history(found, revision or 0), revision)
