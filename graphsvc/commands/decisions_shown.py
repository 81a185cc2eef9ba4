"""Decisions on suggestions: as text for people and as values for machines."""

from __future__ import annotations

from collections.abc import Mapping

from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Column, Table

from graphsvc import console
from graphsvc.analysis.acceptance import Acceptance, Tally
from graphsvc.answers import Page
from graphsvc.decided import DecisionShown, History, evidence_name, said_name
from graphsvc.deciding import Decided
from graphsvc.decisions import Act, PairState
from graphsvc.wording import say


def tell_decided(done: Decided, *, as_json: bool) -> None:
    """Say what became of an act."""
    if as_json:
        console.print_json(done)
        return
    pair = " and ".join(done.act.gap.subjects)
    if not done.noted:
        console.tell(f"{pair}: said already; nothing changed (revision {done.revision}).")
        return
    before, after = (state.replace("_", " ") if state else "nothing decided" for state in (done.before, done.after))
    until = f" until {done.act.until}" if done.act.until else ""
    console.tell(f"{pair}: {before} → {after}{until} (decision {done.act.id}, revision {done.revision}).")
    if done.act.is_fact:
        console.tell("They are partners in the network now, under the source coordinator.")


def show_decisions(page: Page[DecisionShown], language: str) -> None:
    """Print a page of decisions."""
    out = console.out()
    if not page.items:
        out.print("Nothing was decided, or nothing like this.", highlight=False)
        return
    table = Table("Pair", "PairState", "Reason", "By", "Day", "Away until", Column("Rank", justify="right"), box=SIMPLE)
    for each in page.items:
        reply = each.decision.reply
        table.add_row(
            escape(f"{each.a.name} – {each.b.name}"),
            say("decisions", f"state.{each.state}", language),
            escape(_why(reply, language)),
            escape(reply.by),
            f"{reply.at:%Y-%m-%d}",
            str(reply.until or ""),
            str(reply.suggestion.rank) if reply.suggestion else "",
        )
    out.print(table)
    if page.next:
        out.print(f"… of {page.total:,}. Go on with --after {page.next}", highlight=False)


def show_history(found: History, language: str) -> None:
    """Print all that was said of a pair."""
    out = console.out()
    out.print(f"[bold]{escape(found.a.name)} – {escape(found.b.name)}[/]", highlight=False)
    if not found.steps:
        out.print("Nothing was decided of them.", highlight=False)
    for step in found.steps:
        act = step.act
        why = f": {_why(act, language)}" if act.why or act.words else ""
        day = f" ({act.on})" if act.on else ""
        gone = "" if step.stands or act.said is None else "  [taken back]"
        line = f"  {act.at:%Y-%m-%d %H:%M} UTC  {said_name(act, language)}{day}, {act.by}{why}{gone}"
        out.print(escape(line), highlight=False)
        out.print(f"      {_state(step.before, language)} → {_state(step.after, language)}   {act.id}", highlight=False)


def show_acceptance(found: Acceptance, language: str) -> None:
    """Print what became of suggestions."""
    out = console.out()
    if not found.pairs.decided:
        out.print("Nothing was decided, or nothing like this.", highlight=False)
        return
    for heading, tallies in (("Evidence for", found.by_evidence), ("Evidence against", found.by_objection)):
        if tallies:
            out.print(_tallies(heading, tallies, found.pairs, language))
    if found.without_suggestion:
        out.print(f"{found.without_suggestion} of them stood in no list when they were decided on.", highlight=False)
    for reply, reasons in found.reasons.items():
        told = ", ".join(f"{say('decisions', f'why.{why}', language)} {number}" for why, number in reasons.items())
        if told:
            out.print(f"{say('decisions', f'reply.{reply}', language).capitalize()}: {told}.", highlight=False)
    came = [f"{say('decisions', f'state.{event}', language)} {n}" for event, n in found.came_of_it.items() if n]
    if came:
        out.print(f"What came of it: {', '.join(came)}.", highlight=False)


def _tallies(heading: str, tallies: Mapping[str, Tally], pairs: Tally, language: str) -> Table:
    numbers = [Column(text, justify="right") for text in ("Accepted", "Not now", "No", "Share accepted")]
    table = Table(heading, *numbers, box=SIMPLE)
    rows = {evidence_name(kind, language): tally for kind, tally in tallies.items()}
    for name, tally in {**rows, say("decisions", "all", language): pairs}.items():
        share = "–" if tally.share is None else f"{tally.share:.0%}"
        table.add_row(name, str(tally.accepted), str(tally.not_now), str(tally.no), share)
    return table


def _why(act: Act, language: str) -> str:
    why = say("decisions", f"why.{act.why}", language) if act.why else ""
    return "; ".join(filter(None, (why, act.words)))


def _state(state: PairState | None, language: str) -> str:
    return say("decisions", f"state.{state}", language) if state else "–"
