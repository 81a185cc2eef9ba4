"""Missing partnerships of a view, each with its reasons in words and the facts they rest on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Final, Literal

from pydantic import Field

from graphsvc.analysis.reasons import reason, silence
from graphsvc.analysis.results import Evidence, Missing, MissingPartnership, Ref
from graphsvc.api import forms, schemas
from graphsvc.api.contract import JSON, Asked, Endpoints
from graphsvc.api.decision_forms import MEDIA
from graphsvc.api.deferring import now_or_later
from graphsvc.api.params import MissingParameters
from graphsvc.api.sending import Answer
from graphsvc.missing_tables import missing_tables
from graphsvc.network import Network
from graphsvc.render.answer_tables import workbook
from graphsvc.wishes import MissingAsked, PartAsked

partnerships = Endpoints("Missing partnerships")
NameOf = Callable[[Ref], str]
XLSX: Final = MEDIA["xlsx"]


class MissingListParameters(MissingParameters):
    """Missing partnerships of a network, in one of their forms."""

    format: Annotated[
        Literal["json", "xlsx"] | None, Field(description="Form of the answer; wins over the header Accept.")
    ] = None

    def media_type(self) -> str | None:
        """Return the media type of ``format``."""
        return {"json": JSON, "xlsx": XLSX}[self.format] if self.format else None


@partnerships.endpoint(
    "/api/v1/partnerships/missing",
    MissingListParameters,
    {JSON: schemas.MissingPartnerships, XLSX: None},
    errors=(404,),
    kept=True,
    later="perhaps",
    example={"top": "5", "lang": "en"},
)
def list_missing_partnerships(asked: Asked[MissingListParameters]) -> Answer:
    """List missing partnerships.

    Pairs of actors that share no collaboration under any source and perhaps should, best first. Each reason is a
    sentence in the language asked for, with its numbers and the facts it rests on; reasons against are told too. What
    takes long becomes a job: 202. As a workbook it has the list, each reason, and how it was made.
    """
    wanted = asked.parameters
    ask = MissingAsked(view=PartAsked.of(wanted.view), top=wanted.top, balance=wanted.balance)
    found: Missing = now_or_later(asked, "missing", ask)
    if asked.media_type == XLSX:
        return _workbook(asked, found)
    network = asked.service.ground(wanted.view)

    def name_of(ref: Ref) -> str:
        return network.name_of(ref, asked.language)

    answer = schemas.MissingPartnerships(
        items=tuple(partnership(each, network, name_of, asked.language) for each in found.partnerships),
        candidates=found.candidates,
        decided=found.decided,
        left_out=dict(found.left_out),
        unsuggested=silence(found.unsuggested, asked.language) if found.unsuggested else (),
        method=found.method,
        language=asked.language,
        revision=found.revision,
    )
    return Answer(answer, found.revision)


def _workbook(asked: Asked[MissingListParameters], found: Missing) -> Answer:
    service, view = asked.service, asked.parameters.view
    told = service.tell(found, view, asked.language)
    content = workbook(missing_tables(found, told, view, service.snapshot().sources, asked.language))
    return Answer(content, found.revision, {"Content-Disposition": 'attachment; filename="missing.xlsx"'})


def partnership(
    found: MissingPartnership, network: Network, name_of: NameOf, language: str
) -> schemas.MissingPartnership:
    """Return a missing partnership in words, with the facts that it rests on."""
    return schemas.MissingPartnership(
        rank=found.rank,
        a=forms.named(found.a, network.actors),
        b=forms.named(found.b, network.actors),
        score=found.score,
        reasons=tuple(_reason(each, name_of, language) for each in found.evidence),
    )


def _reason(evidence: Evidence, name_of: NameOf, language: str) -> schemas.ReasonGiven:
    return schemas.ReasonGiven(
        kind=evidence.kind,
        side=evidence.side,
        sentence=reason(evidence, language, name_of),
        refs=tuple(
            schemas.FactRef(noun=ref.noun, id=ref.id, name=name_of(ref), href=forms.href(ref.noun, ref.id))
            for ref in evidence.refs
        ),
        numbers=dict(evidence.numbers),
        contribution=evidence.contribution,
    )
