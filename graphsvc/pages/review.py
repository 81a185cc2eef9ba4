"""The review queue as a page: two entries that may be one body, side by side, with what speaks for it and against."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from graphsvc.access.rights import Right
from graphsvc.api.asking import Parameters
from graphsvc.api.contract import Contract
from graphsvc.api.judgements import Person, Reason
from graphsvc.api.params import Cursor
from graphsvc.identifiers import SCHEMES
from graphsvc.judging import JudgedPair, JudgementQuery, Saying, Side
from graphsvc.model import Id, Verdict
from graphsvc.pages import persons
from graphsvc.pages.addresses import address
from graphsvc.pages.html import language_of, parameters, sent, show
from graphsvc.resolve.matching import sentence
from graphsvc.wording import say

PAIRS: Final = 10
"""On a page."""
_VERDICTS: Final = {"waiting": Verdict.UNSURE, "same": Verdict.SAME, "different": Verdict.DIFFERENT}


class ReviewAsked(Parameters):
    """Which judgements: those that wait, or those that count."""

    show: Literal["waiting", "same", "different"] = "waiting"
    cursor: Cursor = None


class WordSent(Parameters):
    """What the buttons under a pair send."""

    a: Id
    b: Id
    verdict: Literal["same", "different", "withdraw"]
    by: Person
    reason: Reason = ""


def add(pages: Blueprint, contract: Contract) -> None:
    """Serve ``/review``. Whoever may write may read it: words on entries name who said them."""
    service, door = contract.service, contract.door

    @pages.get("/review")
    def review_page() -> Response:
        door.admit(Right.WRITE)
        wanted, language = parameters(ReviewAsked), language_of(contract.language)
        found = service.judgements(JudgementQuery(_VERDICTS[wanted.show], limit=PAIRS, after=wanted.cursor))
        values = {
            "wanted": wanted,
            "found": found,
            "pairs": [_told(each, language) for each in found.items],
            "tabs": [(key, url_for("pages.review_page", show=key)) for key in _VERDICTS],
            "by": persons.known(),
            "here": request.args.to_dict(flat=False),
            "first": address("pages.review_page", ("cursor",)) if wanted.cursor else "",
            "following": address("pages.review_page", ("cursor",), cursor=found.next) if found.next else "",
        }
        return show(contract, "review.html", ("pages", "review"), values)

    @pages.post("/review")
    def judge_pair() -> AnyResponse:
        door.admit(Right.WRITE)
        said = sent(WordSent)
        saying = Saying(said.a, said.b, said.by, said.reason)
        if said.verdict == "withdraw":
            service.withdraw(saying)
        else:
            service.judge(saying, _VERDICTS[said.verdict])
        return persons.remember(redirect(address("pages.review_page"), 303), said.by)


def _told(pair: JudgedPair, language: str) -> dict[str, Any]:
    word = pair.judgement
    return {
        "a": word.a,
        "b": word.b,
        "names": (pair.a.actor.name, pair.b.actor.name),
        "rows": list(_rows(pair.a, pair.b, language)),
        "supports": [sentence(each, language) for each in word.grounds if each.supports],
        "against": [sentence(each, language) for each in word.grounds if not each.supports],
        "also": _also(pair, language),
        "score": word.score,
        "person": word.by if pair.act else "",
        "at": word.at,
        "reason": word.reason,
    }


def _also(pair: JudgedPair, language: str) -> str:
    """Return for which other entries an answer holds; empty where for none."""
    pairs = (tuple(f"{pair.names[id_]} ({id_})" for id_ in (each.a, each.b)) for each in pair.also)
    listed = "; ".join(" – ".join(two) for two in pairs)
    return say("pages", "question.also", language, pairs=listed) if listed else ""


def _rows(a: Side, b: Side, language: str) -> Iterator[tuple[str, str, str]]:
    """Return what helps to decide, side by side: only rows in which one of the two has something."""

    def text(key: str) -> str:
        return say("pages", f"review.{key}", language)

    def kind(side: Side) -> str:
        return say("kinds", f"actor.{side.actor.kind}", language)

    def names(side: Side) -> str:
        return "; ".join(each.text for each in side.actor.names)

    def sources(side: Side) -> str:
        return "; ".join(each.name for each in side.sources)

    yield text("entry"), a.actor.id, b.actor.id
    yield text("kind"), kind(a), kind(b)
    if a.actor.names or b.actor.names:
        yield text("names"), names(a), names(b)
    if a.place or b.place:
        yield text("place"), a.place.name if a.place else "", b.place.name if b.place else ""
    for scheme in SCHEMES:
        one, other = getattr(a.actor, scheme), getattr(b.actor, scheme)
        if one or other:
            yield say("matching", f"scheme.{scheme}", language), one or "", other or ""
    if a.actor.website or b.actor.website:
        yield text("website"), a.actor.website or "", b.actor.website or ""
    yield text("sources"), sources(a), sources(b)
