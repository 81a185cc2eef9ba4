"""Judgements: which entries are one body, who says so, and the queue of pairs that a person must decide."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from graphsvc.analysis.supposition import NAME_PATTERN
from graphsvc.api import forms, schemas
from graphsvc.api.asking import LINE, Parameters
from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.params import Cursor, Lang, Nothing, PageLimit
from graphsvc.api.problems import Answered
from graphsvc.api.sending import Answer
from graphsvc.judging import Judged, JudgedPair, JudgementQuery, Saying, Side
from graphsvc.model import Id, Verdict
from graphsvc.resolve.matching import sentence

judgements = Endpoints("Judgements")

Person = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=NAME_PATTERN)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000, pattern=LINE)]


class JudgementList(Parameters):
    """Which judgements."""

    verdict: Annotated[
        Verdict | None, Field(description="Only these; `unsure` is the review queue: pairs that a person must decide.")
    ] = None
    actor: Annotated[Id | None, Field(description="Only judgements about this entry.")] = None
    limit: PageLimit = 50
    cursor: Cursor = None
    lang: Lang = None


class ActById(Parameters):
    """One word of a person."""

    id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{24}$"), Field(description="The `act` of a judgement.")]


class Word(Answered):
    """What a person says of two entries."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    a: Id = Field(description="Id of one entry.")
    b: Id = Field(description="Id of the other; the order does not matter.")
    verdict: Verdict
    by: Person = Field(description="Who says so.")
    reason: Reason = Field(default="", description="Why, for those who come after.")


class Withdrawal(Answered):
    """That a word is taken back."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    by: Person = Field(description="Who takes it back.")
    reason: Reason = ""


class JudgedEntry(schemas.Actor):
    """One of the two entries, with what helps to decide."""

    names: tuple[schemas.OtherName, ...]
    place_name: str | None
    sources: tuple[schemas.Source, ...] = Field(description="The files that describe it.")


class GroundGiven(Answered):
    """One reason of the matching, for or against the two being one body."""

    kind: str
    supports: bool
    sentence: str = Field(description="The reason in the language asked for.")


class AlsoGiven(Answered):
    """Another pair of entries of the same two bodies."""

    a: Id
    a_name: str
    b: Id
    b_name: str
    score: float | None = Field(description="Of the matching: how sure it is that they are one.")


class JudgementGiven(Answered):
    """What counts of a pair, with both entries side by side."""

    a: JudgedEntry
    b: JudgedEntry
    verdict: Verdict
    by: str = Field(description="A person; `matching` for the matching of an import.")
    at: datetime
    reason: str
    score: float | None = Field(description="Of the matching: how sure it is that they are one.")
    grounds: tuple[GroundGiven, ...] = Field(description="Of the matching: for first, strongest first; then against.")
    act: str | None = Field(description="Id of the person's word, to take it back; null for the matching's.")
    also: tuple[AlsoGiven, ...] = Field(
        description="Of one that waits: pairs of other entries of the same two bodies. An answer holds for them, too."
    )


class JudgementPage(schemas.Page[JudgementGiven]):
    """A page of judgements."""


class WordGiven(Answered):
    """What became of a word."""

    act: str = Field(description="Id of the word, to take it back.")
    noted: bool = Field(description="False when it had been said already: nothing was changed.")
    verdict: Verdict | None = Field(description="What counts of the pair now; null where nobody says anything of it.")
    by: str | None = Field(description="Whose word that is.")
    one_body: bool = Field(description="Whether the two are one body now, by this word or others.")
    revision: schemas.Revision


@judgements.endpoint("/api/v1/judgements", JudgementList, JudgementPage, example={"verdict": "unsure"})
def list_judgements(asked: Asked[JudgementList]) -> Answer:
    """List judgements.

    What counts of each pair of entries: persons' words first, then the matching's, the surest first. With
    `verdict=unsure` it is the review queue: each two bodies come once, with the strongest pair of their entries.
    """
    wanted = asked.parameters
    query = JudgementQuery(wanted.verdict, wanted.actor, wanted.limit, wanted.cursor)
    page = asked.service.judgements(query)
    items = tuple(_pair(each, asked.language) for each in page.items)
    return Answer(JudgementPage(items=items, total=page.total, next=page.next, revision=page.revision), page.revision)


@judgements.endpoint(
    "/api/v1/judgements",
    Nothing,
    WordGiven,
    method="POST",
    body=Word,
    errors=(404, 503, 504),
    revised=False,
)
def judge(asked: Asked[Nothing]) -> Answer:
    """Judge two entries.

    Says that two entries are one body (`same`), two (`different`), or that somebody must decide (`unsure`). Entries are
    never changed by it: who stands for whom follows, and taking the word back restores exactly what was before. The
    same word of the same person again changes nothing. A word that contradicts others is refused with 422.
    """
    word: Word = asked.body
    return _answer(asked.service.judge(Saying(word.a, word.b, word.by, word.reason), word.verdict))


@judgements.endpoint(
    "/api/v1/judgements/{id}/withdrawal",
    ActById,
    WordGiven,
    method="POST",
    body=Withdrawal,
    errors=(503, 504),
    revised=False,
)
def withdraw_judgement(asked: Asked[ActById]) -> Answer:
    """Take a judgement back.

    What counted before it counts again. One that was taken back already changes nothing; one that was followed by
    another about the same pair is refused with 422 until that one is taken back.
    """
    body: Withdrawal = asked.body
    return _answer(asked.service.withdraw_act(asked.parameters.id, body.by, body.reason))


def _answer(done: Judged) -> Answer:
    counts = done.counts
    return Answer(
        WordGiven(
            act=done.act.id,
            noted=done.noted,
            verdict=counts.verdict if counts else None,
            by=counts.by if counts else None,
            one_body=done.one_body,
            revision=done.revision,
        )
    )


def _pair(pair: JudgedPair, language: str) -> JudgementGiven:
    word = pair.judgement
    return JudgementGiven(
        a=_side(pair.a),
        b=_side(pair.b),
        verdict=word.verdict,
        by=word.by,
        at=word.at,
        reason=word.reason,
        score=word.score,
        grounds=tuple(
            GroundGiven(kind=each.kind, supports=each.supports, sentence=sentence(each, language))
            for each in word.grounds
        ),
        act=pair.act,
        also=tuple(
            AlsoGiven(a=each.a, a_name=pair.names[each.a], b=each.b, b_name=pair.names[each.b], score=each.score)
            for each in pair.also
        ),
    )


def _side(side: Side) -> JudgedEntry:
    return JudgedEntry(
        **dict(forms.actor(side.actor)),
        names=tuple(forms.other_name(each) for each in side.actor.names),
        place_name=side.place.name if side.place else None,
        sources=tuple(forms.source(each) for each in side.sources),
    )
