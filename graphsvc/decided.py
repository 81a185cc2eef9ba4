"""What was decided: lists, one pair with its history, a summary, and tables to take out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from graphsvc.analysis.acceptance import Acceptance, Tally, summarise
from graphsvc.analysis.results import Missing
from graphsvc.asof import day_of
from graphsvc.deciding import Known
from graphsvc.decisions import Act, Decision, Event, Gap, Log, PairState
from graphsvc.errors import InvalidValue, NotFound
from graphsvc.render.answer_tables import AnswerTable, BarChart, Cell
from graphsvc.store.finding import Cursor, Found
from graphsvc.store.graph_store import GraphStore
from graphsvc.uniting import Pair
from graphsvc.wording import say, table

_LAST = 10**9


@dataclass(frozen=True, slots=True)
class DecisionQuery:
    """Which decisions; empty for all that stand."""

    states: tuple[PairState, ...] = ()
    actor: str | None = None
    """Only those about this body, by the id of any entry of it."""
    by: str = ""
    """Only those of this person."""
    since: date | None = None
    """Only replies of this day or later."""
    until: date | None = None
    """Only replies of this day or before."""
    limit: int = 50
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """One of the two that a decision is about."""

    id: str
    """Of the entry that stands for the body."""
    name: str
    """Its id where the graph does not hold it any more."""
    there: bool


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """What stands of a pair, with names."""

    decision: Decision
    state: PairState
    a: Party
    b: Party


@dataclass(frozen=True, slots=True)
class Step:
    """One act about a pair, with what it changed."""

    act: Act
    before: PairState | None
    after: PairState | None
    stands: bool
    """False for one that was taken back."""


@dataclass(frozen=True, slots=True)
class History:
    """All that was said of a pair, oldest first, and what stands of it."""

    gap: Gap
    a: Party
    b: Party
    shown: DecisionShown | None
    """None where all was taken back."""
    steps: tuple[Step, ...]


def find(store: GraphStore, known: Known, query: DecisionQuery, after: Cursor | None) -> Found[DecisionShown]:
    """Return one page of the decisions that stand, the newest first. :class:`InvalidValue`: days in the wrong order."""
    found = _selected(known, query)
    keyed = [(Cursor(f"{_LAST - each.reply.number:010d}", each.reply.id), each) for each in found]
    rest = [each for each in keyed if after is None or each[0] > after]
    shown, more = rest[: query.limit], len(rest) > query.limit
    items = _with_names(store, known, [decision for _, decision in shown])
    return Found(items, len(keyed), shown[-1][0] if more else None)


def of_list(store: GraphStore, known: Known, missing: Missing) -> dict[Pair, DecisionShown]:
    """Return what stands of the pairs of a list, by the two ids that the list has."""
    found = {(each.a, each.b): known.of(each.a, each.b) for each in missing.partnerships}
    decided = {pair: decision for pair, decision in found.items() if decision}
    return dict(zip(decided, _with_names(store, known, list(decided.values())), strict=True))


def history(store: GraphStore, known: Known, id_: str) -> History:
    """Return the pair that an act is about, with all that was said of it. :class:`NotFound` for no such act."""
    act = known.log.find(id_)
    if act is None:
        raise NotFound("decision", id_)
    return of_gap(store, known, act.gap.of_bodies(known.standing))


def of_gap(store: GraphStore, known: Known, gap: Gap) -> History:
    """Return all that was said of a gap between bodies; no steps where nothing was.

    :class:`NotFound` for an actor that is not there and of which nothing was said.
    """
    steps: list[Step] = []
    acts = known.log.about(gap, known.standing)
    before = None
    for at, act in enumerate(acts, start=1):
        then = Log(acts[:at]).decisions(known.standing).get(gap)
        after = then.state(day_of(act.at)) if then else None
        steps.append(Step(act, before, after, known.log.stands(act)))
        before = after
    a, b = _parties(store, gap.subjects)
    if stranger := next((party for party in (a, b) if not (party.there or steps)), None):
        raise NotFound("actor", stranger.id)
    decision = known.decisions.get(gap)
    shown = DecisionShown(decision, decision.state(known.on), a, b) if decision else None
    return History(gap, a, b, shown, tuple(steps))


def acceptance(known: Known, query: DecisionQuery) -> Acceptance:
    """Return what became of suggestions, of the decisions that a query means; its page is of no matter."""
    return summarise(_selected(known, query))


def tables(store: GraphStore, known: Known, query: DecisionQuery, language: str) -> tuple[AnswerTable, ...]:
    """Return decisions, all acts about their pairs, and two summaries with charts, to be written as files."""
    shown = _with_names(store, known, _selected(known, query))
    histories = [of_gap(store, known, each.decision.gap) for each in shown]
    summary = acceptance(known, query)
    return (
        _table("decisions", language, [_decision_row(each, language) for each in shown]),
        _table("history", language, [_step_row(each, step, language) for each in histories for step in each.steps]),
        _evidence_table(summary, language),
        _reason_table(summary, language),
    )


def said_name(act: Act, language: str) -> str:
    """Return what an act says, in words."""
    return _say(f"said.{act.said or 'withdrawn'}", language)


def evidence_name(kind: str, language: str) -> str:
    """Return the name of a kind of evidence; the ranker of today may know an old one no more."""
    key = f"method.feature.{kind}"
    return say("reasons", key, language) if key in table("reasons") else kind.replace("_", " ")


# ---- inside


def _selected(known: Known, query: DecisionQuery) -> list[Decision]:
    """Return the decisions that a query means, the newest first."""
    if query.since and query.until and query.until < query.since:
        raise InvalidValue(f"until ({query.until}) is before since ({query.since}).", field="until")
    body = known.standing(query.actor) if query.actor else None
    found = [
        decision
        for gap, decision in known.decisions.items()
        if (not query.states or decision.state(known.on) in query.states)
        and (body is None or body in gap.subjects)
        and query.by in ("", decision.reply.by)
        and (query.since is None or query.since <= day_of(decision.reply.at))
        and (query.until is None or day_of(decision.reply.at) <= query.until)
    ]
    return sorted(found, key=lambda decision: -decision.reply.number)


def _with_names(store: GraphStore, known: Known, decisions: Sequence[Decision]) -> tuple[DecisionShown, ...]:
    ids = [id_ for decision in decisions for id_ in decision.gap.subjects]
    party = {each.id: each for each in _parties(store, ids)}
    return tuple(
        DecisionShown(decision, decision.state(known.on), *(party[id_] for id_ in decision.gap.subjects))
        for decision in decisions
    )


def _parties(store: GraphStore, ids: Iterable[str]) -> tuple[Party, ...]:
    wanted = tuple(ids)
    names = {actor.id: actor.name for actor in store.actors_by_ids(wanted)}
    return tuple(Party(id_, names.get(id_, id_), id_ in names) for id_ in wanted)


# ---- as tables


def _table(key: str, language: str, rows: Sequence[Sequence[Cell]]) -> AnswerTable:
    prefix = f"column.{key}."
    columns = tuple(words[language] for name, words in table("decisions").items() if name.startswith(prefix))
    return AnswerTable(_say(f"table.{key}", language), tuple(map(str, columns)), rows)


def _decision_row(shown: DecisionShown, language: str) -> list[Cell]:
    reply, events = shown.decision.reply, {act.said: act for act in shown.decision.follow_ups}
    suggestion = reply.suggestion
    return [
        shown.a.name,
        shown.b.name,
        _say(f"state.{shown.state}", language),
        _say(f"why.{reply.why}", language) if reply.why else None,
        reply.words,
        reply.by,
        day_of(reply.at),
        reply.until,
        *(each.on if (each := events.get(event)) else None for event in Event),
        next((act.collaboration for act in reversed(shown.decision.follow_ups) if act.collaboration), None),
        suggestion.rank if suggestion else None,
        suggestion.score if suggestion else None,
        suggestion.revision if suggestion else None,
        _kinds(suggestion.supports if suggestion else (), language),
        _kinds(suggestion.against if suggestion else (), language),
        shown.a.id,
        shown.b.id,
        reply.id,
    ]


def _step_row(of: History, step: Step, language: str) -> list[Cell]:
    act = step.act
    return [
        of.a.name,
        of.b.name,
        act.number,
        said_name(act, language),
        _say(f"why.{act.why}", language) if act.why else None,
        act.words,
        act.by,
        act.at.isoformat(timespec="seconds"),
        act.on,
        act.until,
        act.collaboration,
        _say(f"state.{step.before}", language) if step.before else None,
        _say(f"state.{step.after}", language) if step.after else None,
        step.stands,
        act.takes_back,
        act.id,
    ]


def _evidence_table(summary: Acceptance, language: str) -> AnswerTable:
    rows: list[list[Cell]] = [
        [evidence_name(kind, language), _say(f"side.{side}", language), *_tally(tally), kind]
        for side, tallies in (("for", summary.by_evidence), ("against", summary.by_objection))
        for kind, tally in tallies.items()
    ]
    rows.append([_say("all", language), None, *_tally(summary.pairs), None])
    made = _table("evidence", language, rows)
    chart = BarChart(
        title=_say("chart.evidence", language),
        description=_say("chart.evidence_described", language),
        labels=0,
        values=(2, 3, 4),
        rows=len(summary.by_evidence),
    )
    return AnswerTable(made.name, made.columns, made.rows, chart if summary.by_evidence else None)


def _tally(tally: Tally) -> list[Cell]:
    return [tally.accepted, tally.not_now, tally.no, tally.share]


def _reason_table(summary: Acceptance, language: str) -> AnswerTable:
    rows: list[list[Cell]] = [
        [f"{_say(f'reply.{reply}', language)}: {_say(f'why.{why}', language)}", number, reply.value, why.value]
        for reply, reasons in summary.reasons.items()
        for why, number in reasons.items()
    ]
    made = _table("reasons", language, rows)
    chart = BarChart(
        title=_say("chart.reasons", language),
        description=_say("chart.reasons_described", language),
        labels=0,
        values=(1,),
        rows=len(rows),
    )
    return AnswerTable(made.name, made.columns, made.rows, chart if rows else None)


def _kinds(kinds: Sequence[str], language: str) -> str:
    return ", ".join(evidence_name(kind, language) for kind in kinds)


def _say(key: str, language: str) -> str:
    return say("decisions", key, language)
