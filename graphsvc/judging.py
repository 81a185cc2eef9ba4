"""Persons say which entries are one body: merging, unmerging, telling apart, asking for a decision, taking a word back.

An act is noted beside the entries, never in them (:mod:`graphsvc.store.judging`), so each can be taken back exactly.
What would bring together two entries that a person told apart is refused with a sentence that names them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import RLock
from typing import Final, NamedTuple

from graphsvc.errors import InvalidValue, NotFound
from graphsvc.model import Actor, Judgement, Link, LinkKind, Place, Source, Verdict
from graphsvc.resolve.identity import duplicates
from graphsvc.resolve.questions import questions, strongest_first
from graphsvc.store.change import Change
from graphsvc.store.finding import Cursor, Found
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.judging import Act, Log, new_act
from graphsvc.uniting import Pair, Uniting, pair_of, way_between

_one_at_a_time: Final = RLock()
"""A word is held against those before it, so that of two threads one waits for the other."""
_SAID: Final = {Verdict.SAME: "one body", Verdict.DIFFERENT: "two bodies", Verdict.UNSURE: "for review"}


class Saying(NamedTuple):
    """What a person wants to say of two entries, in any order."""

    a: str
    b: str
    by: str
    reason: str = ""

    @property
    def pair(self) -> Pair:
        """The two entries; :class:`InvalidValue` when they are one."""
        if self.a == self.b:
            raise InvalidValue(f"{self.a!r} is one entry.", remedy="Name two.", field="b")
        return pair_of(self.a, self.b)


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a word on two entries."""

    act: Act
    noted: bool
    """False when it had been said, or taken back, already: nothing was changed."""
    counts: Judgement | None
    """The judgement of the pair that counts now; None where nobody says anything of it."""
    one_body: bool
    """Whether the two are one body now, by this word or others."""
    revision: int


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two entries of a judgement, with what helps to decide."""

    actor: Actor
    place: Place | None
    sources: tuple[Source, ...]
    """Those that describe it; empty for a person's word."""


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """A judgement with both entries side by side."""

    judgement: Judgement
    a: Side
    b: Side
    act: str | None
    """Id of the person's act that it is; None for the matching's."""
    also: tuple[Judgement, ...] = ()
    """Of one that waits: other pairs of entries of the same two bodies, for which the answer holds, too."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Id of each of their entries → its name."""


@dataclass(frozen=True, slots=True)
class JudgementQuery:
    """Which judgements; empty for all that count."""

    verdict: Verdict | None = None
    """``unsure`` is the review queue."""
    actor: str | None = None
    """Only those about this entry."""
    limit: int = 50
    after: str | None = None


def judge(store: GraphStore, saying: Saying, verdict: Verdict, *, now: datetime | None = None) -> Judged:
    """Note what a person says of two entries. The same word of the same person again changes nothing.

    :class:`NotFound` for an entry that is not there; :class:`InvalidValue` when the word contradicts what counts: it
    would bring together entries that were told apart, or tell apart what others bring together.
    """
    pair = saying.pair
    known = {actor.id for actor in store.actors_by_ids(pair)}
    for id_ in (saying.a, saying.b):
        if id_ not in known:
            raise NotFound("actor", id_, remedy="Name an entry by its id; `graphsvc who NAME` finds it.")
    with _one_at_a_time:
        log = store.judgement_log()
        standing = log.of(pair)
        if standing and (standing.verdict, standing.by, standing.reason) == (verdict, saying.by, saying.reason):
            return _judged(store, standing, noted=False)
        return _note(store, log, saying, verdict, now)


def withdraw(store: GraphStore, saying: Saying, *, act: str | None = None, now: datetime | None = None) -> Judged:
    """Take back the last word on two entries that still stands: what counts is again what counted before it.

    With ``act``, the word that is meant: one that was taken back already changes nothing. :class:`InvalidValue` when
    there is no word, or a later one must be taken back first.
    """
    with _one_at_a_time:
        return _withdraw(store, saying, act, now)


def _withdraw(store: GraphStore, saying: Saying, act: str | None, now: datetime | None) -> Judged:
    pair, log = saying.pair, store.judgement_log()
    standing = log.of(pair)
    if act and (standing is None or standing.id != act):
        noted = next((each for each in log.noted(pair) if each.id == act), None)
        if noted is None:
            raise NotFound("judgement", act)
        if standing and standing.number > noted.number:
            raise InvalidValue(f"{act} was followed by {standing.id}.", remedy=f"Take back {standing.id} first.")
        return _judged(store, noted, noted=False)
    if standing is None:
        raise InvalidValue(
            f"Nobody has judged whether {saying.a!r} and {saying.b!r} are one body.",
            remedy="What the matching of an import says is overruled by a word of your own: say that they are two.",
        )
    return _note(store, log, saying, None, now)


def unmerge(store: GraphStore, saying: Saying, *, now: datetime | None = None) -> Judged:
    """Undo a merging of two entries exactly; where no person merged them, note that they are two."""
    with _one_at_a_time:
        standing = store.judgement_log().of(saying.pair)
        if standing and standing.verdict is Verdict.SAME:
            return withdraw(store, saying, now=now)
        return judge(store, saying, Verdict.DIFFERENT, now=now)


def withdraw_act(store: GraphStore, act: str, by: str, reason: str, *, now: datetime | None = None) -> Judged:
    """Take back a word by its id. Errors: those of :func:`withdraw`."""
    noted = store.judgement_log().find(act)
    if noted is None or noted.verdict is None:
        raise NotFound("judgement", act)
    return withdraw(store, Saying(noted.a, noted.b, by, reason), act=act, now=now)


def _note(store: GraphStore, log: Log, saying: Saying, verdict: Verdict | None, now: datetime | None) -> Judged:
    pair, links = saying.pair, store.links()
    noted = log.noted(pair)
    number = noted[-1].number + 1 if noted else 1
    act = new_act(pair, verdict, saying.by, saying.reason, number=number, at=now or datetime.now(UTC))
    after = log.with_(act)
    if torn := sorted(_torn(after, links) - _torn(log, links)):
        raise _contradiction(after, links, act, torn[0], store)
    said = _SAID[verdict] if verdict else "last word taken back"
    what = f"{act.a} and {act.b}: {said}"
    store.apply(Change(f"judgement:{act.id}", what, acts=(act,), by=act.by, reason=act.reason, at=act.at))
    return _judged(store, act, noted=True)


def _judged(store: GraphStore, act: Act, *, noted: bool) -> Judged:
    links = store.links()
    words = store.judgements(links)
    sets = duplicates(links, words)
    counts = next((word for word in words if (word.a, word.b) == act.pair), None)
    return Judged(act, noted, counts, sets.together(*act.pair), store.revision())


def _torn(log: Log, links: Iterable[Link]) -> set[Pair]:
    """Return the pairs that persons told apart and that their other words, and links, bring together."""
    verdicts = {pair: act.verdict for pair, act in log.counting().items()}
    sets = Uniting()
    for a, b in _edges(verdicts, links):
        sets.unite(a, b)
    return {pair for pair, verdict in verdicts.items() if verdict is Verdict.DIFFERENT and sets.together(*pair)}


def _edges(verdicts: Mapping[Pair, Verdict | None], links: Iterable[Link]) -> set[Pair]:
    """Return the pairs that are said to be one body, by judgements or by links that no judgement takes away."""
    linked = {pair_of(link.actor, link.other) for link in links if link.kind is LinkKind.SAME_AS}
    linked -= {pair for pair, verdict in verdicts.items() if verdict is Verdict.DIFFERENT}
    return linked | {pair for pair, verdict in verdicts.items() if verdict is Verdict.SAME}


def _contradiction(log: Log, links: Iterable[Link], act: Act, torn: Pair, store: GraphStore) -> InvalidValue:
    verdicts = {pair: each.verdict for pair, each in log.counting().items()}
    way = way_between(*torn, _edges(verdicts, links))
    names = {actor.id: f"{actor.name} ({actor.id})" for actor in store.actors_by_ids({*way, *act.pair})}

    def named(id_: str) -> str:
        return names.get(id_, id_)

    through = " = ".join(map(named, way))
    if torn == act.pair and act.verdict is Verdict.DIFFERENT:
        return InvalidValue(
            f"{named(act.a)} and {named(act.b)} are one body through others: {through}.",
            remedy="Unmerge one of these pairs first.",
        )
    told, (one, other) = log.counting()[torn], map(named, torn)
    remedy = f"Take that judgement back first: {torn[0]} and {torn[1]}."
    if told.reason:
        return InvalidValue(
            f"This would make one body of what was told apart: {through}; but {told.by} judged on {told.at:%Y-%m-%d}"
            f" that {one} and {other} are two, because: {told.reason}.",
            remedy=remedy,
        )
    return InvalidValue(
        f"This would make one body of what was told apart: {through}; but {told.by} judged on {told.at:%Y-%m-%d}"
        f" that {one} and {other} are two.",
        remedy=remedy,
    )


# ---- out


def waiting(store: GraphStore) -> int:
    """Return how many questions wait for a person: the total of :func:`find` for ``unsure``, without both sides."""
    links = store.links()
    return len(questions(store.judgements(links), links))


def find(store: GraphStore, query: JudgementQuery, after: Cursor | None) -> Found[JudgedPair]:
    """Return one page of the judgements that count, persons' first, then the matching's, the surest first.

    What waits for a person comes once for each two bodies (:mod:`graphsvc.resolve.questions`).
    """
    links = store.links()
    words = store.judgements(links)
    told: list[tuple[Judgement, ...]] = [(word,) for word in words if word.verdict is not Verdict.UNSURE]
    told += questions(words, links)
    listed = [
        (_place_of(of_two[0]), of_two)
        for of_two in told
        if query.verdict in (None, of_two[0].verdict)
        and (query.actor is None or any(query.actor in (word.a, word.b) for word in of_two))
    ]
    listed.sort(key=lambda each: each[0])
    rest = [each for each in listed if after is None or each[0] > after]
    shown, more = rest[: query.limit], len(rest) > query.limit
    items = _side_by_side(store, [of_two for _, of_two in shown])
    return Found(items, len(listed), shown[-1][0] if more else None)


def _place_of(word: Judgement) -> Cursor:
    order, a, b = strongest_first(word)
    return Cursor(order, f"{a} {b}")


def _side_by_side(store: GraphStore, told: Sequence[tuple[Judgement, ...]]) -> tuple[JudgedPair, ...]:
    """Return pairs of entries; of several words on the same two bodies the first with the others beside it."""
    ids = {id_ for of_two in told for word in of_two for id_ in (word.a, word.b)}
    actors = {actor.id: actor for actor in store.actors_by_ids(ids)}
    places = {place.id: place for place in store.places()}
    sources = {source.id: source for source in store.sources()}
    files = store.files_of_actors(ids)
    log = store.judgement_log()

    def side(id_: str) -> Side:
        actor = actors[id_]
        told = tuple(sources[file] for file in files.get(id_, ()) if file in sources)
        return Side(actor, places.get(actor.place) if actor.place else None, told)

    def act_of(word: Judgement) -> str | None:
        act = log.of((word.a, word.b))
        return act.id if act else None

    def pair(word: Judgement, *also: Judgement) -> JudgedPair:
        names = {id_: actors[id_].name for other in also for id_ in (other.a, other.b)}
        return JudgedPair(word, side(word.a), side(word.b), act_of(word), also, names)

    # Others may undo an import meanwhile.
    there = ([word for word in of_two if word.a in actors and word.b in actors] for of_two in told)
    return tuple(pair(*words) for words in there if words)
