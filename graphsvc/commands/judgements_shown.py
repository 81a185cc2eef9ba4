"""Which entries are one body, and who says so: as text for people and as values for machines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Table

from graphsvc import console
from graphsvc.answers import Page
from graphsvc.judging import Judged, JudgedPair, Side
from graphsvc.model import Actor, Ground, Judgement, Verdict
from graphsvc.proposing import Proposed
from graphsvc.resolve.matching import sentence

_SHOWN: Final = 20
_SAYS: Final = {Verdict.SAME: "one body", Verdict.DIFFERENT: "two bodies", Verdict.UNSURE: "for review"}


def matched(proposed: Proposed) -> str:
    """Return in words how many actors are, or may be, bodies known under another id."""
    parts = []
    if proposed.sure:
        parts.append(f"{console.numbered(len(proposed.sure), 'pair', 'pairs')} matched as one body")
    if proposed.doubtful:
        parts.append(f"{console.numbered(len(proposed.doubtful), 'pair needs', 'pairs need')} you")
    return ", ".join(parts)


def show_proposed(proposed: Proposed, language: str) -> None:
    """Print what the matching of a file found; doubtful pairs with what speaks for and against."""
    out = console.out()
    if words := matched(proposed):
        out.print(f"  by name, place, kind and website: {words}", highlight=False)
    if not proposed.doubtful:
        return
    table = Table("May be one body", "", "Sure", "For", "Against", box=SIMPLE)
    for word in proposed.doubtful[:_SHOWN]:
        one, other = (proposed.actors[id_] for id_ in (word.a, word.b))
        table.add_row(_named(one), _named(other), _share(word), *_reasons(word, language))
    out.print(table)
    if len(proposed.doubtful) > _SHOWN:
        out.print(f"… and {len(proposed.doubtful) - _SHOWN} more; --json prints all.", highlight=False)


def proposed_json(word: Judgement, proposed: Proposed) -> dict[str, Any]:
    """Return what the matching says of a pair, for machines."""
    return {
        "a": {"id": word.a, "name": proposed.actors[word.a].name},
        "b": {"id": word.b, "name": proposed.actors[word.b].name},
        "score": word.score,
        "grounds": _grounds(word.grounds, "en"),
    }


def show_judgements(page: Page[JudgedPair], language: str) -> None:
    """Print judgements, each with both entries side by side."""
    out = console.out()
    if not page.items:
        out.print("Nothing waits for a decision, and nothing was judged.", highlight=False)
    for pair in page.items:
        show_pair(pair, language)
    if page.next:
        out.print(f"… of {page.total:,}. Go on with --after {page.next}", highlight=False)


def show_pair(pair: JudgedPair, language: str) -> None:
    """Print one judgement with both entries side by side."""
    out, word = console.out(), pair.judgement
    who = f"by {escape(word.by)} on {word.at:%Y-%m-%d}"
    why = f": {escape(word.reason)}" if word.reason else ""
    out.print(f"[bold]{_SAYS[word.verdict]}[/] {who}{f', {_share(word)} sure' if word.score else ''}{why}")
    table = Table(box=SIMPLE, show_header=False)
    table.add_column(style="dim")
    for row in _rows(pair.a, pair.b):
        table.add_row(*map(escape, row))
    out.print(table)
    supports, against = _reasons(word, language)
    also = "; ".join(f"{escape(pair.names[each.a])} – {escape(pair.names[each.b])}" for each in pair.also)
    for heading, text in (("For", supports), ("Against", against), ("The answer also holds for", also)):
        if text:
            out.print(f"  {heading}: {text}", highlight=False)
    out.print(
        f"  graphsvc merge {word.a} {word.b} --reason …   or   graphsvc unmerge {word.a} {word.b} --reason …\n",
        highlight=False,
    )


def judgements_json(page: Page[JudgedPair], language: str) -> dict[str, Any]:
    """Return judgements, for machines."""
    items = [
        {
            **console.plain(pair.judgement),
            "act": pair.act,
            "also": [{"a": each.a, "b": each.b, "score": each.score} for each in pair.also],
            "grounds": _grounds(pair.judgement.grounds, language),
            "sides": [console.plain(pair.a), console.plain(pair.b)],
        }
        for pair in page.items
    ]
    return {"items": items, "total": page.total, "next": page.next, "revision": page.revision}


def tell_judged(done: Judged) -> None:
    """Say what became of a word."""
    act = done.act
    pair = f"{act.a} and {act.b}"
    if not done.noted:
        console.tell(f"{pair}: said already; nothing changed (revision {done.revision}).")
        return
    now = "are one body" if done.one_body else "are two bodies"
    by = f", as {done.counts.by} says" if done.counts else ""
    wait = " and wait for a decision" if done.counts and done.counts.verdict is Verdict.UNSURE else ""
    console.tell(f"{pair} {now} now{by}{wait} (revision {done.revision}).")
    if act.verdict is None and done.one_body:
        console.tell("That word was taken back, but others still say that they are one: unmerge again to part them.")


def _rows(a: Side, b: Side) -> Iterable[tuple[str, str, str]]:
    def row(heading: str, one: str | None, other: str | None) -> tuple[str, str, str]:
        return heading, one or "", other or ""

    yield row("id", a.actor.id, b.actor.id)
    yield row("name", a.actor.name, b.actor.name)
    yield row("other names", _names(a.actor), _names(b.actor))
    yield row("kind", a.actor.kind.value, b.actor.kind.value)
    yield row("place", a.place.name if a.place else None, b.place.name if b.place else None)
    for scheme in ("business_id", "vat", "pic", "ror", "isni", "wikidata", "website"):
        one, other = getattr(a.actor, scheme), getattr(b.actor, scheme)
        if one or other:
            yield row(scheme.replace("_", " "), one, other)
    yield row("sources", *("; ".join(source.name for source in side.sources) for side in (a, b)))


def _names(actor: Actor) -> str:
    return "; ".join(name.text for name in actor.names)


def _named(actor: Actor) -> str:
    return escape(f"{actor.name} ({actor.id})")


def _share(word: Judgement) -> str:
    return "" if word.score is None else f"{word.score:.0%}"


def _reasons(word: Judgement, language: str) -> tuple[str, str]:
    """Return what speaks for and what against, in words."""
    sides = ([g for g in word.grounds if g.supports is side] for side in (True, False))
    supports, against = (escape(" ".join(sentence(ground, language) for ground in side)) for side in sides)
    return supports, against


def _grounds(grounds: Iterable[Ground], language: str) -> list[dict[str, Any]]:
    return [{"kind": g.kind, "supports": g.supports, "sentence": sentence(g, language)} for g in grounds]
