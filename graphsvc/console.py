"""What the commands print: tables and sentences on standard output, progress on standard error, JSON for machines."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel
from rich.box import SIMPLE
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Column, Table

from graphsvc.analysis.reasons import method
from graphsvc.analysis.results import Measures, Missing
from graphsvc.answers import Told
from graphsvc.errors import InputError
from graphsvc.loading import Checked, Loaded
from graphsvc.model import Actor
from graphsvc.render.exports import safe_cell
from graphsvc.store.change import ImportRun
from graphsvc.store.status import Status
from graphsvc.store.undoing import Undone

_SHOWN_PROBLEMS = 20


def speak_utf8() -> None:
    """Print UTF-8 whatever the platform's habit: names have å, ä and ö."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def has_screen() -> bool:
    """Whether opening a browser makes sense here."""
    if not sys.stdout.isatty():
        return False
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _out() -> Console:
    return Console(width=None if sys.stdout.isatty() else 150)


def tell(message: str) -> None:
    """Say something about the work itself, on standard error."""
    Console(stderr=True).print(escape(message), highlight=False, soft_wrap=True)


def complain(message: str) -> None:
    """Say what was wrong, on standard error."""
    Console(stderr=True).print(f"[bold red]Error:[/] {escape(message)}", highlight=False, soft_wrap=True)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what goes wrong with the file system while ``path`` is written into a sentence."""
    if not path.absolute().parent.is_dir():
        raise InputError(f"There is no folder {path.absolute().parent}.", remedy="Make it first, or choose another.")
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"{path} can't be written: {reason}.", remedy="Is it open in another program?") from error


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar at a terminal (nothing elsewhere); yields what is to be called with (done, total)."""
    stderr = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        console=stderr,
        disable=not stderr.is_terminal,
    )
    with bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)


@contextmanager
def spinner(what: str) -> Iterator[None]:
    """Show that something is going on whose length is not known."""
    stderr = Console(stderr=True)
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=stderr,
        disable=not stderr.is_terminal,
    ) as bar:
        bar.add_task(what, total=None)
        yield


def plain(value: Any) -> Any:
    """Return a value as JSON knows it: dataclasses and models as objects, dates as ISO text, decimals as text."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(each) for key, each in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(plain(each) for each in value)
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat()


def print_json(value: Any) -> None:
    """Print one JSON document on standard output."""
    sys.stdout.write(json.dumps(plain(value), ensure_ascii=False, indent=2) + "\n")


_NOUNS = {
    "Actor": ("actor", "actors"),
    "Collaboration": ("collaboration", "collaborations"),
    "Participation": ("participation", "participations"),
    "Link": ("link", "links"),
    "Theme": ("theme", "themes"),
    "Place": ("place", "places"),
    "Source": ("source", "sources"),
}
"""Type of a claim → one of them, several of them, in the order in which they are told."""


def _numbered(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"


def _things(counts: Mapping[str, int]) -> str:
    """Return counted claims in words, those that there are."""
    return ", ".join(_numbered(counts[name], *nouns) for name, nouns in _NOUNS.items() if counts.get(name))


def _counts(counts: Mapping[Any, int]) -> str:
    words = {str(plain(name)).lower().replace("_", " "): number for name, number in counts.items()}
    return ", ".join(f"{number} {name}" for name, number in words.items() if number) or "none"


def checked_json(checked: Checked) -> dict[str, Any]:
    """Return what a dry run found, for machines."""
    tally = checked.tally
    return {
        "file": checked.reading.source.name,
        "format": checked.reading.format,
        "rows": tally.rows,
        "claims": plain(tally.claims),
        "new_actors": checked.new,
        "known_actors": checked.known,
        "already_loaded": checked.already_loaded,
        "no_longer_said": plain(checked.gone),
        "compared": plain(checked.compared),
        "wrong_rows": tally.wrong_rows,
        "unread_sheets": plain(tally.unread_sheets),
        "problem_count": plain(tally.problem_count),
        "problems": plain(tally.problems),
    }


def show_checked(checked: Checked) -> None:
    """Print what a file holds and each row that is wrong."""
    out, tally = _out(), checked.tally
    for line in _summary(checked):
        out.print(line, highlight=False)
    if not tally.problem_count:
        return
    table = Table("", "Where", "Column", "Value", "What is wrong, and what to do", title=None)
    for problem in tally.problems[:_SHOWN_PROBLEMS]:
        where = " ".join([problem.sheet, f"row {problem.row}" if problem.row else ""]).strip() or problem.file
        table.add_row(
            problem.severity.value,
            escape(where),
            escape(problem.column),
            escape(problem.value[:60]),
            escape(f"{problem.message} {problem.remedy}"),
        )
    out.print(table)
    total = sum(tally.problem_count.values())
    if total > _SHOWN_PROBLEMS:
        rest = (
            f"… and {total - _SHOWN_PROBLEMS} more. Correct these and look again; --json prints the first {tally.keep}."
        )
        out.print(rest, highlight=False)


def _summary(checked: Checked) -> list[str]:
    """Return what a file holds in a few lines: what would be saved, what is left out, what would be lost."""
    tally, gone = checked.tally, checked.gone
    wrong = ", none is wrong" if not (tally.wrong_rows or tally.unread_sheets) else ""
    if tally.wrong_rows:
        wrong = f", {_numbered(tally.wrong_rows, 'is', 'are')} wrong and left out"
    name = f"[bold]{escape(checked.reading.source.name)}[/] ({escape(checked.reading.format)})"
    lines = [f"{name}: {_numbered(tally.rows, 'row', 'rows')} can be read{wrong}"]
    lines.append(f"  actors: {checked.new:,} new, {checked.known:,} known already")
    if others := _things({name: number for name, number in tally.claims.items() if name != "Actor"}):
        lines.append(f"  with them: {others}")
    if tally.unread_sheets:
        lines.append(f"  [bold]not read at all: {escape(', '.join(tally.unread_sheets))}[/]")
    if gone:
        lost = _things(
            {"Actor": gone.actors, "Collaboration": gone.collaborations, "Participation": gone.participations}
        )
        lines.append(f"  [bold]no longer in it: {lost}[/]; what no other file says leaves the graph when this is saved")
    return lines


def tell_loaded(loaded: Loaded) -> None:
    """Say what an import did."""
    if not loaded.batches_written:
        tell(f"{loaded.source.name}: already in the graph; nothing changed (revision {loaded.revision}).")
        return
    tell(f"{loaded.source.name}: {_numbered(loaded.tally.rows, 'row', 'rows')} saved (revision {loaded.revision}).")


def confirmed(question: str, yes: bool) -> bool:
    """Whether to go on: asked only at a terminal; without one, only ``yes`` does."""
    if yes or sys.stdin.isatty():
        return yes or click.confirm(question, default=False, err=True)
    tell("Nothing was saved. Add --yes to save.")
    return False


def show_imports(runs: Sequence[ImportRun]) -> None:
    """Print every import and undoing."""
    table = Table("Import", "Of", "Begun", "Ended", "", box=SIMPLE)
    undone = {run.undoes for run in runs if run.finished}
    for run in sorted(runs, key=lambda run: (run.started, run.sequence)):
        ended = f"{run.finished:%Y-%m-%d %H:%M} UTC" if run.finished else "broken off"
        note = f"undoes {run.undoes}" if run.undoes else "undone" if run.id in undone else ""
        table.add_row(run.id, escape(run.name), f"{run.started:%Y-%m-%d %H:%M} UTC", ended, note)
    _out().print(table if runs else "Nothing was imported yet.")


def tell_undone(done: Undone) -> None:
    """Say what an undoing did."""
    kept = f"as on {done.restored.started:%Y-%m-%d %H:%M} UTC" if done.restored else "no more"
    what = f"{done.undone.name}: import {done.undone.id} undone"
    tell(f"{what}; its file is in the graph {kept} (revision {done.revision}).")


def status_line(status: Status) -> str:
    """Return the graph in one sentence."""
    return (
        f"{sum(status.actors.values())} actors, {sum(status.collaborations.values())} collaborations,"
        f" {status.participations} participations; revision {status.revision}."
    )


def show_status(status: Status) -> None:
    """Print what is in the graph."""
    out = _out()
    out.print(status_line(status), highlight=False)
    out.print(f"  actors: {_counts(status.actors)}", highlight=False)
    out.print(f"  collaborations: {_counts(status.collaborations)}", highlight=False)
    out.print(f"  store: {escape(status.engine)}", highlight=False)
    if not status.sources:
        out.print("The graph is empty. Begin with: graphsvc demo, or: graphsvc template")
        return
    table = Table("Source", "States the facts of", "Rows", "Loaded")
    for source in status.sources:
        loaded = f"{source.imported:%Y-%m-%d %H:%M} UTC" if source.imported else ""
        table.add_row(escape(source.name), str(source.stated or "no date given"), str(source.records or ""), loaded)
    out.print(table)


def show_measures(measures: Measures, actors: Mapping[str, Actor], by: str, top: int) -> None:
    """Print the strongest actors by one measure, with the others beside it."""
    names = list(measures.measures)
    order = sorted(measures.measures[by].values.items(), key=lambda pair: (-pair[1], pair[0]))[:top]
    community = measures.community_of()
    table = Table(
        Column("#", no_wrap=True),
        Column("Actor", no_wrap=True, min_width=16, max_width=48),
        Column("Kind", no_wrap=True, min_width=12),
        Column("Group", no_wrap=True),
        box=SIMPLE,
    )
    for name in names:
        table.add_column(name.replace("_", "\n"), justify="right", min_width=7)
    for rank, (id_, _) in enumerate(order, 1):
        values = [measures.measures[name].values.get(id_) for name in names]
        table.add_row(
            str(rank),
            escape(actors[id_].name),
            actors[id_].kind.value.replace("_", " "),
            str(community.get(id_, "–")),
            *["–" if value is None else f"{value:.4g}" for value in values],
        )
    out = _out()
    out.print(table)
    out.print(
        f"{len(measures.communities)} communities, modularity {measures.modularity:.3f}; revision {measures.revision}.",
        highlight=False,
    )
    for each in measures.measures.values():
        if not each.exact:
            out.print(f"{each.id}: {each.method}", highlight=False)


def missing_json(missing: Missing, told: Sequence[Told]) -> dict[str, Any]:
    """Return the list for machines."""
    return {
        "revision": missing.revision,
        "method": missing.method,
        "candidates": missing.candidates,
        "left_out": plain(missing.left_out),
        "missing": plain(told),
    }


def show_missing(missing: Missing, told: Sequence[Told], language: str) -> None:
    """Print the list with its reasons in words."""
    out = _out()
    for each in told:
        pair = f"[bold]{each.rank}. {escape(each.a_name)} – {escape(each.b_name)}[/]"
        out.print(f"{pair}  ({each.score:.3f})", highlight=False)
        for sign, sentences in (("+", each.reasons_for), ("−", each.reasons_against)):
            for sentence in sentences:
                out.print(f"   {sign} {escape(sentence)}", highlight=False)
    left = [f"{reason.replace('_', ' ')} {number}" for reason, number in missing.left_out.items()]
    looked = _numbered(missing.candidates, "pair", "pairs")
    out.print(f"{looked} looked at; revision {missing.revision}.", highlight=False)
    how = method(missing.how, language) if missing.how else missing.method
    out.print(f"Method: {escape(how)}.", highlight=False)
    if left:
        out.print(f"Collaborations left out: {', '.join(left)}.", highlight=False)


def write_missing_csv(path: Path, told: Sequence[Told]) -> None:
    """Write the list for Excel as Finnish and Swedish settings read it: semicolons, decimal commas, UTF-8 with BOM.

    Cells that would be formulas are made harmless.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["rank", "actor_a", "actor_b", "id_a", "id_b", "score", "for", "against"])
        for each in told:
            texts = (each.a_name, each.b_name, each.a, each.b)
            reasons = (" · ".join(each.reasons_for), " · ".join(each.reasons_against))
            score = f"{each.score:.6f}".replace(".", ",")
            writer.writerow([each.rank, *map(safe_cell, texts), score, *map(safe_cell, reasons)])
