"""Which suggestions persons accept and which they decline: by the evidence they rested on, and by reasons given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graphsvc.decisions import Decision, Event, Reply, Why


@dataclass(frozen=True, slots=True)
class Tally:
    """How pairs were replied to, each pair once, by the reply that stands."""

    accepted: int = 0
    not_now: int = 0
    no: int = 0

    @property
    def decided(self) -> int:
        """All of them."""
        return self.accepted + self.not_now + self.no

    @property
    def share(self) -> float | None:
        """Accepted of all that were decided; None where none was."""
        return self.accepted / self.decided if self.decided else None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What became of suggestions."""

    pairs: Tally
    by_evidence: Mapping[str, Tally]
    """Kind of evidence for the suggestion, as it was when it was decided on; the most decided kind first.

    A suggestion rests on several, so the rows add up to more than ``pairs``. What two rows differ by need not be the
    doing of the evidence: kinds come together.
    """
    by_objection: Mapping[str, Tally]
    """The same by kind of evidence against it."""
    without_suggestion: int
    """Pairs that stood in no list when they were decided on: they are in ``pairs`` alone."""
    reasons: Mapping[Reply, Mapping[Why, int]]
    """Reply → reason given → pairs, the most frequent first."""
    came_of_it: Mapping[Event, int]
    """Of the accepted pairs, of how many something came."""


def summarise(decisions: Iterable[Decision]) -> Acceptance:
    """Count decisions; the same for the same ones in any order."""
    pairs: Counter[Reply] = Counter()
    supports: Counter[tuple[str, Reply]] = Counter()
    against: Counter[tuple[str, Reply]] = Counter()
    reasons: dict[Reply, Counter[Why]] = {reply: Counter() for reply in Reply}
    events: Counter[Event] = Counter()
    without = 0
    for decision in decisions:
        reply, suggestion = Reply(str(decision.reply.said)), decision.reply.suggestion
        pairs[reply] += 1
        without += suggestion is None
        if suggestion:
            supports.update((kind, reply) for kind in set(suggestion.supports))
            against.update((kind, reply) for kind in set(suggestion.against))
        if decision.reply.why:
            reasons[reply][decision.reply.why] += 1
        events.update({Event(str(act.said)) for act in decision.follow_ups})
    return Acceptance(
        pairs=_tally(pairs),
        by_evidence=_tallies(supports),
        by_objection=_tallies(against),
        without_suggestion=without,
        reasons={
            reply: dict(sorted(each.items(), key=lambda item: (-item[1], item[0]))) for reply, each in reasons.items()
        },
        came_of_it={event: events[event] for event in Event},
    )


def _tally(replies: Mapping[Reply, int]) -> Tally:
    return Tally(*(replies.get(reply, 0) for reply in (Reply.ACCEPT, Reply.NOT_NOW, Reply.NO)))


def _tallies(counted: Mapping[tuple[str, Reply], int]) -> dict[str, Tally]:
    kinds = {kind for kind, _ in counted}
    found = {kind: _tally({reply: counted.get((kind, reply), 0) for reply in Reply}) for kind in kinds}
    return dict(sorted(found.items(), key=lambda item: (-item[1].decided, item[0])))
