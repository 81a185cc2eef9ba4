"""Missing partnerships as a page: the list with its reasons, what persons reply, and what would change."""

from __future__ import annotations

from typing import Annotated, Any, Final

from flask import Blueprint, Response, redirect, request
from pydantic import Field
from werkzeug.wrappers import Response as AnyResponse

from graphsvc import wording, working
from graphsvc.access.rights import Right
from graphsvc.analysis.features import BALANCE
from graphsvc.analysis.reasons import method, silence
from graphsvc.analysis.results import Missing, Ref
from graphsvc.analysis.supposition import Introduction, Supposition
from graphsvc.analysis.whatif_told import figures, tell, touched
from graphsvc.api.asking import Day, Parameters
from graphsvc.api.contract import Contract
from graphsvc.api.decision_forms import ActId
from graphsvc.api.judgements import Person, Reason
from graphsvc.api.params import MissingParameters
from graphsvc.deciding import Deciding
from graphsvc.decisions import WHYS, Reply, Why
from graphsvc.errors import InvalidValue
from graphsvc.measuring import REQUEST_SECONDS
from graphsvc.model import Id, View
from graphsvc.pages import choices, persons
from graphsvc.pages.addresses import address
from graphsvc.pages.html import about_a_view, language_of, sent, show
from graphsvc.service import Service
from graphsvc.suggesting import Selection
from graphsvc.wishes import MissingAsked, PartAsked

BALANCES: Final = (("0.0", "likely"), (str(BALANCE), "usual"), ("0.5", "between"), ("1.0", "new"))
_REMEDY: Final = "Ask about a part: choose a place or a theme."


class ListAsked(MissingParameters):
    """A list, and the act that has just been noted."""

    done: ActId | None = None


class TrayAsked(MissingParameters):
    """A list, and the pairs of it that are supposed to come true."""

    pair: Annotated[tuple[str, ...], Field(max_length=50)] = ()
    """The two ids, with a space between them."""


class ReplySent(Parameters):
    """What the form under a suggestion sends."""

    a: Id
    b: Id
    answer: str
    """Reply and reason, with a colon between them, so that one choice says both."""
    words: Reason = ""
    until: Day | None = None
    by: Person


class BackSent(Parameters):
    """What the button sends that takes an act back."""

    act: ActId
    by: Person


def add(pages: Blueprint, contract: Contract) -> None:
    """Serve ``/missing``, and what its forms do."""
    service, door = contract.service, contract.door

    @pages.get("/missing")
    def missing_page() -> Response:
        wanted, caller = about_a_view(ListAsked, contract)
        language = language_of(contract.language)
        ask = MissingAsked(view=PartAsked.of(wanted.view), top=wanted.top, balance=wanted.balance)
        found = working.at_once(service, "missing", ask)
        job = None if found else working.followed(service, "missing", ask, caller.name)
        values = {**_form(contract, wanted, language), "job": job, "may_write": caller.right.holds(Right.WRITE)}
        values |= _list(service, found, wanted.view, language) if found else {}
        values |= {"done": service.ledger().of_act(wanted.done) if wanted.done and values["may_write"] else None}
        return show(contract, "missing.html", ("decisions", "page"), values)

    @pages.post("/missing/replies")
    def reply_to_suggestion() -> AnyResponse:
        door.admit(Right.WRITE)
        said, (wanted, _) = sent(ReplySent), about_a_view(ListAsked, contract)
        reply, why = _answer(said.answer)
        ask = Deciding(said.a, said.b, reply, why, said.by, said.words, said.until)
        done = service.ledger().decide(ask, wanted.view, Selection(wanted.top, wanted.balance))
        return persons.remember(redirect(_list_address(done=done.act.id), 303), said.by)

    @pages.post("/missing/withdrawals")
    def take_back_reply() -> AnyResponse:
        door.admit(Right.WRITE)
        said = sent(BackSent)
        service.ledger().withdraw(said.act, said.by)
        return persons.remember(redirect(_list_address(), 303), said.by)

    @pages.get("/missing/what-if")
    def what_if_page() -> Response:
        wanted, _ = about_a_view(TrayAsked, contract)
        language = language_of(contract.language)
        supposed = Supposition(tuple(Introduction(*_pair(text)) for text in dict.fromkeys(wanted.pair)))
        values: dict[str, Any] = {"back": _list_address(), "found": None}
        if supposed:
            found = service.what_if(wanted.view, supposed, most=REQUEST_SECONDS, remedy=_REMEDY)
            network = service.network(wanted.view)
            values |= {
                "found": found,
                "sentences": tell(found, language, lambda ref: network.name_of(ref, language)),
                "figures": figures(found.outcome, language),
                "touched": touched(found, language),
                "pairs": [(found.names[each.a], found.names[each.b]) for each in supposed.introductions],
            }
        return show(contract, "what_if.html", ("whatif", "page"), values)


def _list(service: Service, found: Missing, view: View, language: str) -> dict[str, Any]:
    network, place_of = service.ground(view), choices.place_namer(service.outlook, language)

    def name_of(ref: Ref) -> str:
        return network.name_of(ref, language)

    return {
        "found": found,
        "method": method(found.how, language) if found.how else found.method,
        "lines": service.tell(found, view, language),
        "silent": silence(found.unsuggested, language) if found.unsuggested else (),
        "kind_of": lambda id_: wording.say("kinds", f"actor.{network.actors[id_].kind}", language),
        "place_of": lambda id_: place_of(network.actors[id_].place),
    }


def _form(contract: Contract, wanted: MissingParameters, language: str) -> dict[str, Any]:
    answers = [
        (reply.value, [(f"{reply}:{why}", wording.say("decisions", f"why.{why}", language)) for why in whys])
        for reply, whys in WHYS.items()
    ]
    return {
        "wanted": wanted,
        "options": choices.of_view(contract.service.outlook, language, wanted.place),
        "answers": answers,
        "balances": [(value, wording.say("decisions", f"page.balance_{key}", language)) for value, key in BALANCES],
        "by": persons.known(),
        "here": (here := request.args.to_dict(flat=False)),
        "part": {
            name: values for name, values in here.items() if name in MissingParameters.model_fields and any(values)
        },
    }


def _list_address(**more: str) -> str:
    return address("pages.missing_page", ("done", "pair"), **more)


def _answer(text: str) -> tuple[Reply, Why]:
    reply, _, why = text.partition(":")
    try:
        return Reply(reply), Why(why)
    except ValueError:
        raise InvalidValue(f"{text!r} is no answer to a suggestion.", field="answer") from None


def _pair(text: str) -> tuple[str, str]:
    a, _, b = text.partition(" ")
    if not (a and b):
        raise InvalidValue(f"{text!r} is no pair: write two ids with a space between them.", field="pair")
    return a, b
