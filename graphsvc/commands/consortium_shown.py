"""Consortia at the terminal and as tables: a shortlist with its proposal, what was found of each rule, the calls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from rich.markup import escape

from graphsvc import console, wording
from graphsvc.analysis.calls import Call, in_language
from graphsvc.analysis.consortium_told import ToldFinding, ToldLine, ToldShortlist, tell_folded
from graphsvc.consortium import CheckedConsortium, Shortlisted
from graphsvc.render.answer_tables import AnswerTable
from graphsvc.rulebook import Rulebook
from graphsvc.wording import say

_SIGNS = {"met": "[green]✓[/]", "not_met": "[red]✗[/]", "unclear": "[yellow]?[/]"}


def show_shortlist(answer: Shortlisted, told: ToldShortlist, language: str) -> None:
    """Print a proposal, what was found of its rules, the roles and who else may come in."""
    out, found = console.out(), answer.found
    out.print(f"[bold]{escape(in_language(found.call.names, language))}[/]", highlight=False)
    for sentence in tell_folded(answer.folded, answer.people.speech(found.call, language)):
        out.print(escape(sentence), highlight=False)
    _heading("proposal", language)
    for seat in told.proposal.seats:
        out.print(
            f" • {_who(seat.name, seat.kind.value, seat.place, language)}: {escape(seat.purpose)}", highlight=False
        )
    out.print(f" {escape(told.proposal.summary)}", highlight=False)
    verdicts = {each.rule: each.verdict for each in told.proposal.findings}
    for unmet in told.proposal.unmet:
        sign = _SIGNS[verdicts[unmet.rule]]
        out.print(f" {sign} {escape(unmet.text)} {escape(unmet.sentence)}", highlight=False)
    _heading("rules", language)
    _show_findings(told.proposal.findings, language)
    _heading("roles", language)
    for role in told.roles:
        out.print(f" {escape(role.group_name)} {escape(role.name)}: {escape(role.sentence)}", highlight=False)
    _heading("shortlist", language)
    for line in told.lines:
        _show_line(line, language)
    out.print(escape(told.summary), highlight=False)
    out.print(f"{escape(told.method)}.", highlight=False)


def show_check(answer: CheckedConsortium, language: str) -> None:
    """Print what was found of each rule."""
    out, speech = console.out(), answer.people.speech(answer.call, language)
    out.print(f"[bold]{escape(in_language(answer.call.names, language))}[/]", highlight=False)
    for each in answer.partners:
        who = _who(speech.actor(each.id), each.kind.value, speech.place(each.id), language)
        lead = f": {speech.say('seat.lead')}" if each.id == answer.lead else ""
        out.print(f" • {who}{lead}", highlight=False)
    for sentence in tell_folded(answer.folded, speech):
        out.print(f" {escape(sentence)}", highlight=False)
    _show_findings(answer.tell(language), language)
    out.print(escape(answer.summary(language)), highlight=False)


def show_calls(book: Rulebook, language: str) -> None:
    """Print the calls with their rules, and what is wrong in files of one's own."""
    out = console.out()
    for call in book.calls.values():
        out.print(f"[bold]{call.id}[/]  {escape(in_language(call.names, language))}", highlight=False)
        out.print(f"   {escape(call.file if call.own else call.address)}", highlight=False, soft_wrap=True)
        for rule in call.rules:
            weight = say("consortium", f"weight.{rule.weight.value}", language)
            read = _read(rule.checked, language)
            out.print(f"   {weight}: {escape(in_language(rule.texts, language))} ({read})", highlight=False)
    for fault in book.faults:
        console.complain(str(fault))
    if book.folder:
        console.tell(f"Calls of your own: {book.folder}")


def shortlist_json(answer: Shortlisted, told: ToldShortlist) -> dict[str, Any]:
    """Return a shortlist for machines."""
    found = answer.found
    return {
        "revision": found.revision,
        "call": found.call.id,
        "theme": answer.theme,
        "on": found.on,
        "already": found.already,
        "lead": found.proposal.lead,
        "counted_as": answer.folded,
        "candidates": found.candidates,
        "refused": found.refused,
        "thin": found.thin,
        "weights": found.weights,
        **console.plain(told),
    }


def check_json(answer: CheckedConsortium, language: str) -> dict[str, Any]:
    """Return a check for machines."""
    return {
        "revision": answer.revision,
        "call": answer.call.id,
        "partners": [each.id for each in answer.partners],
        "lead": answer.lead,
        "counted_as": answer.folded,
        "fails": answer.fails,
        "summary": answer.summary(language),
        "findings": answer.tell(language),
    }


def calls_json(book: Rulebook) -> dict[str, Any]:
    """Return the calls for machines."""
    return {
        "calls": [call_json(call) for call in book.calls.values()],
        "faults": [str(fault) for fault in book.faults],
        "folder": str(book.folder or ""),
    }


def call_json(call: Call) -> dict[str, Any]:
    """Return a call for machines; of each rule what it sets."""
    rules = [
        {
            "id": rule.id,
            "kind": rule.kind,
            "weight": rule.weight,
            "title": rule.titles,
            "text": rule.texts,
            "source": rule.source,
            "checked": rule.checked,
            "quote": rule.quote,
        }
        for rule in call.rules
    ]
    return {"id": call.id, "name": call.names, "address": call.address, "own": call.own, "rules": rules}


def shortlist_tables(told: ToldShortlist, language: str) -> list[AnswerTable]:
    """Return proposal, shortlist, rules and roles as tables."""
    seats = [
        (each.name, _kind(each.kind.value, language), each.place, each.purpose, each.already, each.lead, each.id)
        for each in told.proposal.seats
    ]
    lines = [
        (
            each.rank,
            each.name,
            _kind(each.kind.value, language),
            each.place,
            round(each.score, 3),
            " ".join(reason.sentence for reason in each.reasons_for),
            " ".join(reason.sentence for reason in each.reasons_against),
            each.id,
        )
        for each in told.lines
    ]
    roles = [(each.group_name, each.name, each.sentence, len(each.covered_by), each.candidates) for each in told.roles]
    return [
        AnswerTable("proposal", ("name", "kind", "place", "for", "already", "lead", "id"), seats),
        AnswerTable("shortlist", ("rank", "name", "kind", "place", "score", "for", "against", "id"), lines),
        findings_table(told.proposal.findings),
        AnswerTable("roles", ("role", "name", "state", "covered", "candidates"), roles),
    ]


def findings_table(findings: Sequence[ToldFinding]) -> AnswerTable:
    """Return what was found of each rule as a table."""
    columns = ("weight", "verdict", "rule", "found", "concerns", "source", "read", "quote")
    rows = [
        (
            each.weight_name,
            each.verdict_name,
            each.text,
            each.found,
            _joined(concern.sentence for concern in each.concerns),
            each.source,
            each.checked,
            each.quote,
        )
        for each in findings
    ]
    return AnswerTable("rules", columns, rows)


def _read(day: date, language: str) -> str:
    return say("consortium", "heading.checked", language, day=wording.day(day, language))


def _joined(sentences: Iterable[str]) -> str:
    return " ".join(sentences)


def _heading(key: str, language: str) -> None:
    console.out().print(f"\n[bold]{say('consortium', f'heading.{key}', language)}[/]", highlight=False)


def _kind(kind: str, language: str) -> str:
    return say("kinds", f"actor.{kind}", language)


def _who(name: str, kind: str, place: str, language: str) -> str:
    return f"[bold]{escape(name)}[/] ({escape(_kind(kind, language))}, {escape(place)})"


def _show_findings(findings: Sequence[ToldFinding], language: str) -> None:
    out = console.out()
    for each in findings:
        read = _read(each.checked, language)
        verdict = f"{_SIGNS[each.verdict]} {each.weight_name}, {each.verdict_name}"
        out.print(f" {verdict}: {escape(each.text)} {escape(each.found)}", highlight=False)
        for concern in each.concerns:
            out.print(f"     {escape(concern.sentence)}", highlight=False)
        out.print(f"     [dim]{escape(each.source)} ({read})[/]", highlight=False, soft_wrap=True)


def _show_line(line: ToldLine, language: str) -> None:
    out = console.out()
    out.print(
        f" {line.rank}. {_who(line.name, line.kind.value, line.place, language)}  ({line.score:.2f})", highlight=False
    )
    for sign, reasons in (("+", line.reasons_for), ("−", line.reasons_against)):
        for each in reasons:
            out.print(f"     {sign} {escape(each.sentence)}", highlight=False)
