"""Decisions as a page: what was replied to suggestions, how things stand with each pair, and what came of it."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from graphsvc import decided
from graphsvc.access.rights import Right
from graphsvc.api.asking import Day, Parameters
from graphsvc.api.contract import Contract
from graphsvc.api.decision_forms import DecisionList
from graphsvc.api.judgements import Person, Reason
from graphsvc.decided import DecisionShown
from graphsvc.deciding import Following
from graphsvc.decisions import FOLLOWED, Event, PairState
from graphsvc.model import Id
from graphsvc.pages import persons
from graphsvc.pages.addresses import address
from graphsvc.pages.html import language_of, parameters, sent, show
from graphsvc.pages.missing import BackSent
from graphsvc.wording import say

_STEPS: Final = tuple(Event)


class FollowUpSent(Parameters):
    """What the form under a decision sends."""

    a: Id
    b: Id
    event: Event
    on: Day | None = None
    words: Reason = ""
    by: Person


def add(pages: Blueprint, contract: Contract) -> None:
    """Serve ``/missing/decisions``. Whoever may write may read them: they name persons, and who competes with whom."""
    service, door = contract.service, contract.door

    @pages.get("/missing/decisions")
    def decisions_page() -> Response:
        door.admit(Right.WRITE)
        wanted, ledger = parameters(DecisionList), service.ledger()
        query = wanted.query(wanted.limit, wanted.cursor)
        page, language = ledger.find(query), language_of(contract.language)
        values = {
            "wanted": wanted,
            "page": page,
            "following": address("pages.decisions_page", cursor=page.next) if page.next else "",
            "states": [(state.value, say("decisions", f"state.{state}", language)) for state in PairState],
            "events": [(event.value, say("decisions", f"said.{event}", language)) for event in _STEPS],
            "rests_on": lambda kinds: ", ".join(decided.evidence_name(kind, language) for kind in kinds),
            "open": _is_open,
            "by": persons.known(),
            "here": request.args.to_dict(flat=False),
            "summary": ledger.acceptance(query),
        }
        return show(contract, "decisions.html", ("decisions", "followed"), values)

    @pages.post("/missing/decisions/follow-ups")
    def follow_up_pair() -> AnyResponse:
        door.admit(Right.WRITE)
        said = sent(FollowUpSent)
        service.ledger().follow_up(Following(said.a, said.b, said.event, said.by, said.words, said.on))
        return persons.remember(redirect(address("pages.decisions_page"), 303), said.by)

    @pages.post("/missing/decisions/withdrawals")
    def take_back_decision() -> AnyResponse:
        door.admit(Right.WRITE)
        said = sent(BackSent)
        service.ledger().withdraw(said.act, said.by)
        return persons.remember(redirect(address("pages.decisions_page"), 303), said.by)


def _is_open(shown: DecisionShown) -> bool:
    """Return whether more may come of a pair."""
    return shown.state in FOLLOWED
