"""Persons decide on suggestions: accept, not now, no; say what came of it; and take a word back.

An act is noted beside the entries (:mod:`graphsvc.decisions`), so each can be taken back exactly. What stands of a pair
follows the bodies: a decision on an entry that is merged later is one on the body. As of a past day, what was decided
later is not known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from threading import RLock
from typing import Final

from graphsvc import decisions
from graphsvc.analysis.results import Missing, Side
from graphsvc.asof import end_of
from graphsvc.decisions import (
    AWAY_DAYS,
    WHYS,
    Act,
    Decision,
    Event,
    Gap,
    Log,
    PairState,
    Reply,
    Suggestion,
    Why,
    identified,
)
from graphsvc.errors import InvalidValue, NotFound
from graphsvc.model import Actor, IdentityLevel, View
from graphsvc.outlook import Outlook
from graphsvc.store import deciding as kept
from graphsvc.store.graph_store import GraphStore
from graphsvc.uniting import Pair, pair_of

_one_at_a_time: Final = RLock()
"""An act is held against those before it, so that of two threads one waits for the other."""

Lists = Iterable[Callable[[], Missing]]
"""Lists in which the pair may have stood, the one that the person looked at first; each is made when it is needed."""


@dataclass(frozen=True, slots=True)
class Deciding:
    """What a person replies to the suggestion that two actors work together."""

    a: str
    b: str
    """Ids of any of their entries, in any order."""
    reply: Reply
    why: Why
    by: str
    words: str = ""
    until: date | None = None
    """The day on which the pair may be suggested again; None: :data:`graphsvc.decisions.AWAY_DAYS` from now."""
    since: date | None = None
    """Of ``already_work_together``: since when; None where nobody knows, then from the day of the word on."""


@dataclass(frozen=True, slots=True)
class Following:
    """What came of a pair that was accepted."""

    a: str
    b: str
    event: Event
    by: str
    words: str = ""
    on: date | None = None
    """None for today."""
    collaboration: str | None = None
    """Id of the collaboration that came of it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of decisions as of a day."""

    log: Log
    on: date
    bodies: Mapping[str, str]
    """Id of an entry → id of the one that stands for its body."""
    decisions: Mapping[Gap, Decision]

    def standing(self, id_: str) -> str:
        """Return the id of the entry that stands for an entry; its own where the graph does not hold it."""
        return self.bodies.get(id_, id_)

    def of(self, a: str, b: str) -> Decision | None:
        """Return what stands of a pair, by any entries of it."""
        return self.decisions.get(Gap.between(a, b).of_bodies(self.standing))

    def state(self, gap: Gap) -> PairState | None:
        """Return how things stand with a gap; None where nothing was decided."""
        found = self.decisions.get(gap)
        return found.state(self.on) if found else None

    def away(self, level: IdentityLevel) -> frozenset[Pair]:
        """Return the pairs that no list at this level of identity suggests."""
        entries: dict[str, list[str]] = defaultdict(list)
        if level is IdentityLevel.RECORDED:
            for id_, body in sorted(self.bodies.items()):
                entries[body].append(id_)
        return decisions.away(self.decisions.values(), self.on, entries)


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of an act."""

    act: Act
    noted: bool
    """False when it had been said, or taken back, already: nothing was changed."""
    before: PairState | None
    """How things stood with the pair; None where nothing had been decided."""
    after: PairState | None
    decision: Decision | None
    """What stands of the pair now."""
    revision: int


def known(store: GraphStore, outlook: Outlook, as_of: date | None = None) -> Known:
    """Return what is known of decisions as of a day: today, or a past one, which knows nothing of later acts."""

    def make(view: View) -> Known:
        log = kept.log(store)
        return _known(log.by(end_of(view.as_of)) if view.as_of else log, outlook, view)

    return outlook.recall("decisions", View(as_of=as_of), make)


def decide(
    store: GraphStore, outlook: Outlook, ask: Deciding, lists: Lists = (), now: datetime | None = None
) -> Decided:
    """Note what a person replies. The same reply of the same person again changes nothing.

    It keeps the suggestion that it replies to: that of the pair's standing decision, else that of the first of
    ``lists`` in which the pair stands. :class:`NotFound` for an actor that is not there; :class:`InvalidValue` for a
    reason that the reply can't have, days in the wrong order, or a pair that is one body or was said to work together.
    """
    actors = _there(store, ask.a, ask.b)
    today = outlook.day(View())
    _check(ask, today)
    with _one_at_a_time:
        before = _known(kept.log(store), outlook, View())
        gap = _open_gap(before, actors)
        standing = before.decisions.get(gap)
        if standing and standing.reply.is_fact:
            if ask.why is Why.ALREADY_WORK_TOGETHER:
                return _unchanged(store, before, gap, standing.reply)
            raise _works_already(standing.reply, actors)
        said = Act(
            Gap.between(ask.a, ask.b),
            ask.reply,
            ask.by.strip(),
            now or datetime.now(UTC),
            _next(before),
            ask.why,
            ask.words.strip(),
            until=_until(ask, today),
            on=(ask.since or today) if ask.why is Why.ALREADY_WORK_TOGETHER else None,
        )
        if standing and _same(standing.reply, said):
            return _unchanged(store, before, gap, standing.reply)
        suggestion = standing.reply.suggestion if standing else _suggestion(before, gap, lists)
        return _note(store, before, replace(said, suggestion=suggestion), actors)


def follow_up(store: GraphStore, outlook: Outlook, ask: Following, now: datetime | None = None) -> Decided:
    """Note what came of a pair that was accepted. The same again changes nothing.

    :class:`NotFound` for an actor or collaboration that is not there; :class:`InvalidValue` when the pair is not
    accepted, or the day is still to come.
    """
    actors = _there(store, ask.a, ask.b)
    _check_person(ask.by)
    today = outlook.day(View())
    on = ask.on or today
    if on > today:
        raise InvalidValue(f"{on} is still to come.", remedy="Note it when it has happened.", field="on")
    if ask.collaboration and store.collaboration(ask.collaboration) is None:
        raise NotFound("collaboration", ask.collaboration)
    with _one_at_a_time:
        before = _known(kept.log(store), outlook, View())
        gap = _open_gap(before, actors)
        standing = before.decisions.get(gap)
        if standing is None or standing.reply.said is not Reply.ACCEPT:
            one, other = map(_named, actors)
            raise InvalidValue(
                f"{one} and {other} were not accepted as a suggestion.",
                remedy="Accept it first; then say what came of it.",
            )
        # Under the ids of the reply that it follows, so that the two stay together when a merging is taken back.
        said = Act(
            standing.reply.gap,
            ask.event,
            ask.by.strip(),
            now or datetime.now(UTC),
            _next(before),
            words=ask.words.strip(),
            on=on,
            collaboration=ask.collaboration,
        )
        if told := next((act for act in standing.follow_ups if _same(act, said)), None):
            return _unchanged(store, before, gap, told)
        return _note(store, before, said)


def withdraw(
    store: GraphStore, outlook: Outlook, act: str, by: str, words: str = "", now: datetime | None = None
) -> Decided:
    """Take back an act: what stood before it stands again. One that was taken back already changes nothing.

    :class:`NotFound` for an unknown one; :class:`InvalidValue` when a later one about the pair must go first.
    """
    _check_person(by)
    with _one_at_a_time:
        before = _known(kept.log(store), outlook, View())
        meant = before.log.find(act)
        if meant is None or meant.said is None:
            raise NotFound("decision", act)
        gap = meant.gap.of_bodies(before.standing)
        if not before.log.stands(meant):
            return _unchanged(store, before, gap, meant)
        later = [each for each in before.log.about(gap, before.standing) if before.log.stands(each)][-1]
        if later != meant:
            raise InvalidValue(f"{act} was followed by {later.id}.", remedy=f"Take back {later.id} first.")
        back = Act(meant.gap, None, by.strip(), now or datetime.now(UTC), _next(before), words=words.strip())
        return _note(store, before, replace(back, takes_back=meant.id), undoes=meant)


def withdraw_last(
    store: GraphStore, outlook: Outlook, pair: Pair, by: str, words: str = "", now: datetime | None = None
) -> Decided:
    """Take back the last act about a pair that still stands. Errors: those of :func:`withdraw`."""
    with _one_at_a_time:
        standing = _known(kept.log(store), outlook, View()).of(*pair)
        if standing is None:
            raise InvalidValue(f"Nothing was decided about {pair[0]!r} and {pair[1]!r}.")
        return withdraw(store, outlook, standing.last.id, by, words, now)


# ---- inside


def _known(log: Log, outlook: Outlook, view: View) -> Known:
    bodies = outlook.identity(View(as_of=view.as_of)).canonical
    return Known(log, outlook.day(view), bodies, log.decisions(lambda id_: bodies.get(id_, id_)))


def _note(
    store: GraphStore, before: Known, said: Act, actors: tuple[Actor, ...] = (), undoes: Act | None = None
) -> Decided:
    act = identified(said)
    kept.note(store, act, actors, undoes=undoes)
    log, gap = before.log.with_(act), act.gap.of_bodies(before.standing)
    after = replace(before, log=log, decisions=log.decisions(before.standing))
    return Decided(act, True, before.state(gap), after.state(gap), after.decisions.get(gap), store.revision())


def _unchanged(store: GraphStore, before: Known, gap: Gap, act: Act) -> Decided:
    state = before.state(gap)
    return Decided(act, False, state, state, before.decisions.get(gap), store.revision())


def _next(before: Known) -> int:
    return before.log.acts[-1].number + 1 if before.log.acts else 1


def _same(told: Act, said: Act) -> bool:
    """Whether two acts about one pair say the same, whenever it was said."""

    def content(act: Act) -> tuple[object, ...]:
        return act.said, act.why, act.words, act.by, act.until, act.on, act.collaboration

    return content(told) == content(said)


def _there(store: GraphStore, a: str, b: str) -> tuple[Actor, ...]:
    found = {actor.id: actor for actor in store.actors_by_ids((a, b))}
    for id_ in (a, b):
        if id_ not in found:
            raise NotFound("actor", id_, remedy="Name an entry by its id; `graphsvc who NAME` finds it.")
    return tuple(found[id_] for id_ in sorted(found))


def _open_gap(before: Known, actors: tuple[Actor, ...]) -> Gap:
    gap = Gap.between(actors[0].id, actors[-1].id).of_bodies(before.standing)
    if gap.closed:
        names = ", ".join(map(_named, actors))
        raise InvalidValue(f"{names}: that is one body.", remedy="Name two.", field="b")
    return gap


def _check(ask: Deciding, today: date) -> None:
    _check_person(ask.by)
    if ask.why not in WHYS[ask.reply]:
        fitting = ", ".join(WHYS[ask.reply])
        raise InvalidValue(f"{ask.why} is no reason for {ask.reply}.", remedy=f"Say one of {fitting}.", field="why")
    if ask.why is Why.OTHER and not ask.words.strip():
        raise InvalidValue("Another reason needs words.", remedy="Say it in a few words.", field="words")
    if ask.until and (ask.reply is Reply.ACCEPT or ask.why is Why.ALREADY_WORK_TOGETHER):
        raise InvalidValue("Only what is declined stays away until a day.", field="until")
    if ask.until and ask.until <= today:
        raise InvalidValue(f"{ask.until} is not after today.", remedy="Name a day to come.", field="until")
    if ask.since and ask.why is not Why.ALREADY_WORK_TOGETHER:
        raise InvalidValue("Since when is said only of those who already work together.", field="since")
    if ask.since and ask.since > today:
        raise InvalidValue(f"{ask.since} is still to come.", field="since")


def _check_person(by: str) -> None:
    if not by.strip():
        raise InvalidValue("Say who decides.", field="by")


def _until(ask: Deciding, today: date) -> date | None:
    if ask.reply is Reply.ACCEPT or ask.why is Why.ALREADY_WORK_TOGETHER:
        return None
    return ask.until or today + timedelta(days=AWAY_DAYS[ask.reply])


def _works_already(reply: Act, actors: tuple[Actor, ...]) -> InvalidValue:
    one, other = map(_named, actors)
    return InvalidValue(
        f"{one} and {other} already work together, as {reply.by} said on {reply.at:%Y-%m-%d}.",
        remedy=f"Take that back first: {reply.id}.",
    )


def _suggestion(before: Known, gap: Gap, lists: Lists) -> Suggestion | None:
    for make in lists:
        missing = make()
        for each in missing.partnerships:
            if Gap(gap.kind, pair_of(each.a, each.b)).of_bodies(before.standing) == gap:
                supports, against = (
                    tuple(e.kind for e in each.evidence if e.side is side) for side in (Side.FOR, Side.AGAINST)
                )
                return Suggestion(each.rank, each.score, missing.revision, supports, against)
    return None


def _named(actor: Actor) -> str:
    return f"{actor.name} ({actor.id})"
