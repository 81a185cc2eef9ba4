"""The words of decisions: what a person replied to a suggestion, what came of it, and which of it stands on a day.

A decision is an *act* in a log that is only ever added to; taking one back is an act too. Acts name entries by their
ids, which may leave the graph and return, or become one body with others: what stands of a body is computed from the
log and from who stands for whom, so nothing is ever rewritten.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import product
from typing import Final

from graphsvc.identifiers import digest
from graphsvc.uniting import Pair, pair_of

COORDINATOR: Final = "coordinator"
"""The source of the facts that persons say, and what stands for its file: no import has it."""
Standing = Callable[[str], str]
"""Id of an entry → id of the entry that stands for its body."""


class GapKind(StrEnum):
    """What kind of gap is decided on; what its subjects are follows from it."""

    MISSING_PARTNERSHIP = "missing_partnership"
    """Two actors."""


UNORDERED: Final = frozenset({GapKind.MISSING_PARTNERSHIP})
"""Kinds whose subjects have no order."""


class Reply(StrEnum):
    """What is said of a suggestion."""

    ACCEPT = "accept"
    NOT_NOW = "not_now"
    NO = "no"


class Event(StrEnum):
    """What came of a suggestion that was accepted."""

    INTRODUCED = "introduced"
    MET = "met"
    PROJECT = "project"


class Why(StrEnum):
    """Why it was replied so."""

    GOOD_FIT = "good_fit"
    ASKED_FOR = "asked_for"
    NO_TIME = "no_time"
    WAITS_FOR_FUNDING = "waits_for_funding"
    ALREADY_WORK_TOGETHER = "already_work_together"
    COMPETITORS = "competitors"
    ASKED_BEFORE = "asked_before"
    WRONG_ACTOR = "wrong_actor"
    NOT_INTERESTED = "not_interested"
    OTHER = "other"
    """Said in words."""


WHYS: Final[Mapping[Reply, tuple[Why, ...]]] = {
    Reply.ACCEPT: (Why.GOOD_FIT, Why.ASKED_FOR, Why.OTHER),
    Reply.NOT_NOW: (Why.NO_TIME, Why.WAITS_FOR_FUNDING, Why.ASKED_BEFORE, Why.OTHER),
    Reply.NO: (
        Why.ALREADY_WORK_TOGETHER,
        Why.COMPETITORS,
        Why.ASKED_BEFORE,
        Why.WRONG_ACTOR,
        Why.NOT_INTERESTED,
        Why.OTHER,
    ),
}
"""The reasons that each reply can have."""
AWAY_DAYS: Final[Mapping[Reply, int]] = {Reply.NOT_NOW: 183, Reply.NO: 3 * 365}
"""Days for which a pair stays away where the person does not say until when."""


class PairState(StrEnum):
    """How things stand with a pair on a day."""

    ACCEPTED = "accepted"
    INTRODUCED = "introduced"
    MET = "met"
    PROJECT = "project"
    NOT_NOW = "not_now"
    NO = "no"
    LAPSED = "lapsed"
    """It was declined for a time, which is over: the pair may be suggested again."""


FOLLOWED: Final = frozenset({PairState.ACCEPTED, PairState.INTRODUCED, PairState.MET, PairState.PROJECT})
"""What is followed up."""


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """What is decided on."""

    kind: GapKind
    subjects: tuple[str, ...]
    """Ids; of a kind without order the smaller first."""

    @classmethod
    def between(cls, a: str, b: str) -> Gap:
        """Return the missing partnership of two actors."""
        return cls(GapKind.MISSING_PARTNERSHIP, pair_of(a, b))

    def of_bodies(self, standing: Standing) -> Gap:
        """Return the same gap of those who stand for its subjects."""
        subjects = map(standing, self.subjects)
        return replace(self, subjects=tuple(sorted(subjects) if self.kind in UNORDERED else subjects))

    @property
    def closed(self) -> bool:
        """Whether its subjects are one body, so that nothing is left to decide."""
        return len(set(self.subjects)) < len(self.subjects)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The suggestion that was replied to, as it was then."""

    rank: int
    score: float
    revision: int
    supports: tuple[str, ...]
    """Kinds of evidence for it, the strongest first."""
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a person said of a gap."""

    gap: Gap
    """As it was said; the entries may have become other bodies since."""
    said: Reply | Event | None
    """None takes back another act."""
    by: str
    at: datetime
    """In UTC."""
    number: int
    """Its place among all acts, from 1."""
    why: Why | None = None
    words: str = ""
    until: date | None = None
    """The day on which a pair that was declined may come back."""
    on: date | None = None
    """When it happened; of ``already_work_together``, since when."""
    collaboration: str | None = None
    """What came of it."""
    takes_back: str | None = None
    suggestion: Suggestion | None = None
    """None where the pair was in no list."""
    id: str = ""
    """Made by :func:`identified` from all that it says, so that it is noted once however often it is tried."""

    @property
    def is_fact(self) -> bool:
        """Whether it says that two work together: a fact of the network beside a decision."""
        return self.why is Why.ALREADY_WORK_TOGETHER


def identified(act: Act) -> Act:
    """Return an act in UTC with its id."""
    act = replace(act, at=act.at.astimezone(UTC), id="")
    return replace(act, id=digest(*map(str, asdict(act).values()))[:24])


@dataclass(frozen=True, slots=True)
class Decision:
    """What stands of a gap between bodies."""

    gap: Gap
    reply: Act
    """The last one that was not taken back."""
    follow_ups: tuple[Act, ...] = ()
    """What came of it, as it was noted; none where the reply is not to accept."""

    def state(self, on: date) -> PairState:
        """Return how things stand on a day."""
        if self.reply.said is not Reply.ACCEPT:
            over = self.reply.until is not None and on >= self.reply.until
            return PairState.LAPSED if over else PairState(str(self.reply.said))
        events = {act.said for act in self.follow_ups}
        furthest = next((event for event in reversed(Event) if event in events), None)
        return PairState(furthest.value) if furthest else PairState.ACCEPTED

    @property
    def last(self) -> Act:
        """The act that would be taken back first."""
        return max((self.reply, *self.follow_ups), key=lambda act: act.number)


class Log:
    """The acts in the order in which they were noted: which of them stand."""

    def __init__(self, acts: Iterable[Act] = ()) -> None:
        self.acts = tuple(sorted(acts, key=lambda act: (act.number, act.at, act.id)))
        self._ids = {act.id: act for act in self.acts}
        self._taken_back = {act.takes_back for act in self.acts if act.takes_back}

    def by(self, moment: datetime) -> Log:
        """Return the log as it was before a moment."""
        return Log(act for act in self.acts if act.at < moment)

    def with_(self, act: Act) -> Log:
        """Return the log with one more act."""
        return Log((*self.acts, act))

    def find(self, id_: str) -> Act | None:
        """Return the act with this id."""
        return self._ids.get(id_)

    def stands(self, act: Act) -> bool:
        """Whether an act says something that was not taken back."""
        return act.said is not None and act.id not in self._taken_back

    def about(self, gap: Gap, standing: Standing) -> tuple[Act, ...]:
        """Return every act about a gap between bodies, oldest first, those that were taken back too."""
        return tuple(act for act in self.acts if act.gap.of_bodies(standing) == gap)

    def decisions(self, standing: Standing) -> dict[Gap, Decision]:
        """Return what stands of each gap, by gap. Where several entries of a body were decided on, the last counts."""
        said: dict[Gap, list[Act]] = defaultdict(list)
        for act in self.acts:
            if self.stands(act):
                said[act.gap.of_bodies(standing)].append(act)
        found = {}
        for gap, acts in sorted(said.items()):
            replies = [act for act in acts if isinstance(act.said, Reply)]
            if replies:
                accepted = replies[-1].said is Reply.ACCEPT
                follow_ups = tuple(act for act in acts if accepted and isinstance(act.said, Event))
                found[gap] = Decision(gap, replies[-1], follow_ups)
        return found


def away(decisions: Iterable[Decision], on: date, entries: Mapping[str, Iterable[str]]) -> frozenset[Pair]:
    """Return the pairs that no list suggests on a day: those that were declined and those that are followed up.

    ``entries``: id of a body → ids of all that it is shown as, where that is more than itself. This is the one place of
    the rule.
    """
    return frozenset(
        pair_of(a, b)
        for decision in decisions
        if decision.gap.kind is GapKind.MISSING_PARTNERSHIP and not decision.gap.closed
        if decision.state(on) is not PairState.LAPSED
        for a, b in product(*(entries.get(subject, (subject,)) for subject in decision.gap.subjects))
    )
