"""What would change, and which introductions would help most: pure questions, which change nothing."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from graphsvc.access.rights import Right
from graphsvc.analysis.introductions import Aim
from graphsvc.analysis.results import Ref
from graphsvc.analysis.whatif import WhatIf
from graphsvc.analysis.whatif_told import NameOf, tell, tell_gains, tell_plan
from graphsvc.api import forms
from graphsvc.api.asking import IN_DIGITS
from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.params import Lang, ViewParameters
from graphsvc.api.sending import Answer
from graphsvc.api.whatif_forms import IntroductionGiven, IntroductionsGiven, Supposed, WhatIfGiven, supposition, what_if
from graphsvc.measuring import REQUEST_SECONDS
from graphsvc.network import Network
from graphsvc.supposing import POOL, Budget

supposing = Endpoints("What-if")

_REMEDY: Final = "Ask about a part (place, theme), or run it at the command line: graphsvc what-if."


class SupposingParameters(ViewParameters):
    """Which part of the network is measured before and after."""

    lang: Lang = None


class IntroductionsParameters(SupposingParameters):
    """How many introductions, and for what."""

    budget: Annotated[int, Field(ge=1, le=50, description="How many introductions at most."), IN_DIGITS] = 5
    among: Annotated[
        int, Field(ge=1, le=1000, description="How many of the best missing partnerships are looked at."), IN_DIGITS
    ] = POOL
    aim: Annotated[tuple[Aim, ...], Field(description="What counts; may be given more than once; none for all.")] = ()


@supposing.endpoint(
    "/api/v1/what-if",
    SupposingParameters,
    WhatIfGiven,
    method="POST",
    body=Supposed,
    right=Right.READ,
    errors=(404, 503, 504),
    revised=False,
)
def suppose(asked: Asked[SupposingParameters]) -> Answer:
    """Say what would change if.

    Actors are brought together, added, or leave, in thought: nothing is written. Each number is the one that a graph in
    which it were true would have. What would take too long for a request is refused with 422: run `graphsvc what-if`.
    """
    view = asked.parameters.view
    found = asked.service.what_if(view, supposition(asked.body), most=REQUEST_SECONDS, remedy=_REMEDY)
    return Answer(_told(found, _names(asked.service.network(view), asked.language), asked.language))


@supposing.endpoint(
    "/api/v1/introductions",
    IntroductionsParameters,
    IntroductionsGiven,
    errors=(404,),
    kept=True,
    example={"budget": "3", "lang": "fi"},
)
def list_introductions(asked: Asked[IntroductionsParameters]) -> Answer:
    """List the introductions that help most.

    Chosen greedily among the missing partnerships of the view: those that join pieces, give first partners, tie
    communities and bring sectors to themes that lack them. `bound` says how far from the best possible set they can be.
    """
    wanted = asked.parameters
    budget = Budget(wanted.budget, tuple(dict.fromkeys(wanted.aim)) or tuple(Aim), wanted.among, REQUEST_SECONDS)
    found = asked.service.introductions(wanted.view, budget, remedy=_REMEDY)
    wide, language, plan = asked.service.ground(wanted.view), asked.language, found.plan
    name_of = _names(wide, language)
    answer = IntroductionsGiven(
        items=tuple(
            IntroductionGiven(
                a=forms.named(each.a, wide.actors),
                b=forms.named(each.b, wide.actors),
                line=each.place,
                themes=each.themes,
                gains=tell_gains(each, found.names, language, name_of, place=bool(wanted.view.place)),
            )
            for each in plan.chosen
        ),
        worth=plan.worth,
        bound=plan.bound,
        share=plan.share,
        candidates=plan.candidates,
        told=tell_plan(plan, budget.introductions, language),
        together=_told(found.together, name_of, language) if found.together else None,
        language=language,
        revision=found.revision,
    )
    return Answer(answer, found.revision)


def _told(found: WhatIf, name_of: NameOf, language: str) -> WhatIfGiven:
    return what_if(found, tell(found, language, name_of), language)


def _names(network: Network, language: str) -> NameOf:
    """Return what names a theme or place."""

    def name_of(ref: Ref) -> str:
        return network.name_of(ref, language)

    return name_of
