"""The forms of what is asked and answered about decisions on suggestions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Final, Literal

from pydantic import ConfigDict, Field, StringConstraints

from graphsvc.analysis.acceptance import Acceptance, Tally
from graphsvc.analysis.results import Noun
from graphsvc.api import forms, schemas
from graphsvc.api.asking import Day, Parameters, Words
from graphsvc.api.judgements import Person, Reason
from graphsvc.api.params import Cursor, Lang, PageLimit
from graphsvc.api.problems import Answered
from graphsvc.decided import DecisionQuery, DecisionShown, History, Party, Step
from graphsvc.deciding import Decided
from graphsvc.decisions import Act, Event, PairState, Reply, Suggestion, Why
from graphsvc.model import Id

ActId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{24}$")]
MEDIA: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}


# ---- asked


class Chosen(Parameters):
    """Which decisions."""

    state: Annotated[tuple[PairState, ...], Field(description="Only these; may be given more than once.")] = ()
    actor: Annotated[Id | None, Field(description="Only those about this body, by the id of any entry of it.")] = None
    by: Annotated[Words, Field(description="Only replies of this person.")] = ""
    since: Annotated[Day | None, Field(description="Only replies of this day or later.")] = None
    until: Annotated[Day | None, Field(description="Only replies of this day or before.")] = None

    def query(self, limit: int = 50, after: str | None = None) -> DecisionQuery:
        """Return the same as the ledger takes it."""
        states = tuple(sorted(set(self.state)))
        return DecisionQuery(states, self.actor, self.by, self.since, self.until, limit, after)


class DecisionList(Chosen):
    """Which decisions, a page of them."""

    limit: PageLimit = 50
    cursor: Cursor = None


class DecisionFile(Chosen):
    """Decisions as a file."""

    format: Annotated[
        Literal["xlsx", "csv"] | None,
        Field(description="`xlsx`: decisions, history and summaries with charts; `csv`: the decisions alone."),
    ] = None
    lang: Lang = None

    def media_type(self) -> str | None:
        """Return the media type of ``format``."""
        return MEDIA[self.format] if self.format else None


class DecisionPair(Parameters):
    """Two actors."""

    a: Annotated[Id, Field(description="Id of any entry of one.")]
    b: Annotated[Id, Field(description="Id of any entry of the other; the order does not matter.")]


class DecisionById(Parameters):
    """One act by its id."""

    id: Annotated[ActId, Field(description="Id of a reply or a follow-up.")]


class ReplyGiven(Answered):
    """What a person replies to the suggestion that two actors work together."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    a: Id = Field(description="Id of any entry of one.")
    b: Id = Field(description="Id of any entry of the other; the order does not matter.")
    reply: Reply
    why: Why = Field(description="Why; `other` needs words. Not every reason fits every reply.")
    words: Reason = Field(default="", description="Why, in words.")
    until: Day | None = Field(
        default=None,
        description="The day on which it may be suggested again; else `no` holds three years and `not_now` half a one.",
    )
    since: Day | None = Field(default=None, description="Of `already_work_together`: since when.")
    by: Person = Field(description="Who says so.")


class FollowUp(Answered):
    """What came of a pair that was accepted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    event: Event
    on: Day | None = Field(default=None, description="When it happened; null for today.")
    collaboration: Id | None = Field(default=None, description="Id of the collaboration that came of it.")
    words: Reason = ""
    by: Person = Field(description="Who says so.")


class TakingBack(Answered):
    """That an act is taken back."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    by: Person = Field(description="Who takes it back.")
    words: Reason = Field(default="", description="Why.")


# ---- given


class SuggestionGiven(Answered):
    """The suggestion that was replied to, as it was then."""

    rank: int
    score: float
    revision: int
    supports: tuple[str, ...] = Field(description="Kinds of evidence for it, the strongest first.")
    against: tuple[str, ...]


class ActGiven(Answered):
    """One thing that a person said of a pair."""

    id: ActId
    said: Reply | Event | None = Field(description="Null where it takes back another act.")
    why: Why | None
    words: str
    by: str
    at: datetime
    until: date | None = Field(description="The day on which the pair may be suggested again.")
    on: date | None = Field(description="When it happened.")
    collaboration: str | None
    takes_back: str | None
    suggestion: SuggestionGiven | None = Field(description="Null where the pair stood in no list.")


class DecisionGiven(Answered):
    """What stands of a pair."""

    id: ActId = Field(description="Id of the reply that stands.")
    a: schemas.ActorRef
    b: schemas.ActorRef
    state: PairState
    reply: ActGiven
    follow_ups: tuple[ActGiven, ...]


class DecisionPage(schemas.Page[DecisionGiven]):
    """A page of decisions."""


class StepGiven(ActGiven):
    """One act about a pair, with what it changed."""

    before: PairState | None
    after: PairState | None
    stands: bool = Field(description="False for one that was taken back, or takes back another.")


class HistoryGiven(Answered):
    """All that was said of a pair, oldest first."""

    a: schemas.ActorRef
    b: schemas.ActorRef
    state: PairState | None = Field(description="How things stand; null where all was taken back.")
    steps: tuple[StepGiven, ...]
    revision: schemas.Revision


class ActDone(Answered):
    """What became of an act."""

    id: ActId = Field(description="Id of the act, to follow it up or take it back.")
    noted: bool = Field(description="False when it had been said already: nothing was changed.")
    before: PairState | None
    after: PairState | None
    revision: schemas.Revision


class SuggestionDecided(Answered):
    """A suggestion, and what was decided on it."""

    suggestion: schemas.MissingPartnership
    decision: DecisionGiven | None = Field(description="Null where nothing was.")


class SuggestionsDecided(Answered):
    """A list of missing partnerships with those that were decided on."""

    items: tuple[SuggestionDecided, ...]
    revision: schemas.Revision


class TallyGiven(Answered):
    """How pairs were replied to."""

    accepted: int
    not_now: int
    no: int
    share: float | None = Field(description="Accepted of all; null where nothing was decided.")


class AcceptanceGiven(Answered):
    """What became of suggestions."""

    pairs: TallyGiven
    by_evidence: dict[str, TallyGiven] = Field(description="Kind of evidence for the suggestion → replies.")
    by_objection: dict[str, TallyGiven] = Field(description="Kind of evidence against it → replies.")
    without_suggestion: int = Field(description="Pairs that stood in no list when they were decided on.")
    reasons: dict[Reply, dict[Why, int]]
    came_of_it: dict[Event, int] = Field(description="Of the accepted pairs, of how many something came.")
    revision: schemas.Revision


def done(answer: Decided) -> ActDone:
    """Return what became of an act."""
    return ActDone(
        id=answer.act.id,
        noted=answer.noted,
        before=answer.before,
        after=answer.after,
        revision=answer.revision,
    )


def decision(shown: DecisionShown) -> DecisionGiven:
    """Return what stands of a pair."""
    return DecisionGiven(
        id=shown.decision.reply.id,
        a=_party(shown.a),
        b=_party(shown.b),
        state=shown.state,
        reply=ActGiven.model_validate(_act(shown.decision.reply)),
        follow_ups=tuple(ActGiven.model_validate(_act(each)) for each in shown.decision.follow_ups),
    )


def history(found: History, revision: int) -> HistoryGiven:
    """Return all that was said of a pair."""
    return HistoryGiven(
        a=_party(found.a),
        b=_party(found.b),
        state=found.shown.state if found.shown else None,
        steps=tuple(map(_step, found.steps)),
        revision=revision,
    )


def acceptance(found: Acceptance, revision: int) -> AcceptanceGiven:
    """Return what became of suggestions."""
    return AcceptanceGiven(
        pairs=_tally(found.pairs),
        by_evidence={kind: _tally(tally) for kind, tally in found.by_evidence.items()},
        by_objection={kind: _tally(tally) for kind, tally in found.by_objection.items()},
        without_suggestion=found.without_suggestion,
        reasons={reply: dict(reasons) for reply, reasons in found.reasons.items()},
        came_of_it=dict(found.came_of_it),
        revision=revision,
    )


def _act(act: Act) -> dict[str, object]:
    names = ("id", "said", "why", "words", "by", "at", "until", "on", "collaboration", "takes_back")
    return {**{name: getattr(act, name) for name in names}, "suggestion": _suggestion(act.suggestion)}


def _suggestion(suggestion: Suggestion | None) -> SuggestionGiven | None:
    if suggestion is None:
        return None
    return SuggestionGiven(
        rank=suggestion.rank,
        score=suggestion.score,
        revision=suggestion.revision,
        supports=suggestion.supports,
        against=suggestion.against,
    )


def _step(step: Step) -> StepGiven:
    return StepGiven.model_validate(
        {**_act(step.act), "before": step.before, "after": step.after, "stands": step.stands}
    )


def _party(party: Party) -> schemas.ActorRef:
    return schemas.ActorRef(id=party.id, name=party.name, href=forms.href(Noun.ACTOR, party.id))


def _tally(tally: Tally) -> TallyGiven:
    return TallyGiven(accepted=tally.accepted, not_now=tally.not_now, no=tally.no, share=tally.share)
