"""What a file holds, what an import and an undoing did: as text for people and as values for machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Table

from graphsvc import console
from graphsvc.commands import judgements_shown
from graphsvc.ingest.reading import Problem, Severity
from graphsvc.loading import Checked, Loaded
from graphsvc.store.change import ImportRun
from graphsvc.store.undoing import Undone

_SHOWN_PROBLEMS: Final = 20
_NOUNS = {
    "Actor": ("actor", "actors"),
    "Collaboration": ("collaboration", "collaborations"),
    "Participation": ("participation", "participations"),
    "Link": ("link", "links"),
    "Theme": ("theme", "themes"),
    "Place": ("place", "places"),
    "Source": ("source", "sources"),
    "Contact": ("contact person", "contact persons"),
}
"""Type of a claim → one of them, several of them, in the order in which they are told."""


def _things(counts: Mapping[str, int]) -> str:
    """Return counted claims in words, those that there are."""
    return ", ".join(console.numbered(counts[name], *nouns) for name, nouns in _NOUNS.items() if counts.get(name))


def checked_json(checked: Checked) -> dict[str, Any]:
    """Return what a dry run found, for machines."""
    tally = checked.tally
    return {
        "file": checked.reading.source.name,
        "format": checked.reading.format,
        "rows": tally.rows,
        "claims": console.plain(tally.claims),
        "new_actors": checked.new,
        "known_actors": checked.known,
        "already_loaded": checked.already_loaded,
        "compared": console.plain(checked.compared),
        "sure_matches": [judgements_shown.proposed_json(each, checked.proposed) for each in checked.proposed.sure],
        "doubtful_matches": [
            judgements_shown.proposed_json(each, checked.proposed) for each in checked.proposed.doubtful
        ],
        "wrong_rows": tally.wrong_rows,
        "unread_sheets": console.plain(tally.unread_sheets),
        "problem_count": console.plain(tally.problem_count),
        "problems": console.plain(tally.problems),
    }


def show_checked(checked: Checked, language: str = "en") -> None:
    """Print what a file holds, which actors may be known under another id, and each row that is wrong."""
    out, tally = console.out(), checked.tally
    for line in _summary(checked):
        out.print(line, highlight=False)
    judgements_shown.show_proposed(checked.proposed, language)
    wrong = [problem for problem in tally.problems if problem.severity is not Severity.NOTE]
    if not wrong:
        return
    table = Table("", "Where", "Column", "Value", "What is wrong, and what to do", title=None)
    for problem in wrong[:_SHOWN_PROBLEMS]:
        where = " ".join([problem.sheet, f"row {problem.row}" if problem.row else ""]).strip() or problem.file
        table.add_row(
            problem.severity.value,
            escape(where),
            escape(problem.column),
            escape(problem.value[:60]),
            escape(f"{problem.message} {problem.remedy}"),
        )
    out.print(table)
    total = sum(tally.problem_count.values()) - tally.problem_count[Severity.NOTE]
    if total > _SHOWN_PROBLEMS:
        rest = (
            f"… and {total - _SHOWN_PROBLEMS} more. Correct these and look again; --json prints the first {tally.keep}."
        )
        out.print(rest, highlight=False)


def _summary(checked: Checked) -> list[str]:
    """Return what a file holds in a few lines: what would be saved, what is left out, what would be lost."""
    tally = checked.tally
    wrong = ", none is wrong" if not (tally.wrong_rows or tally.unread_sheets) else ""
    if tally.wrong_rows:
        wrong = f", {console.numbered(tally.wrong_rows, 'is', 'are')} wrong and left out"
    name = f"[bold]{escape(checked.reading.source.name)}[/] ({escape(checked.reading.format)})"
    if checked.already_loaded:
        return [f"{name}: the graph holds exactly this file; it was not read again"]
    lines = [f"{name}: {console.numbered(tally.rows, 'row', 'rows')} can be read{wrong}"]
    lines.append(f"  actors: {checked.new:,} new, {checked.known:,} known already")
    if others := _things({name: number for name, number in tally.claims.items() if name != "Actor"}):
        lines.append(f"  with them: {others}")
    notes = [problem for problem in tally.problems if problem.severity is Severity.NOTE]
    lines += ["  " + escape(": ".join(filter(None, (_place(note), note.message)))) for note in notes]
    if tally.unread_sheets:
        lines.append(f"  [bold]not read at all: {escape(', '.join(tally.unread_sheets))}[/]")
    compared = checked.compared
    if compared.unchanged or compared.changed or compared.gone:
        said = (("new", compared.new), ("changed", compared.changed), ("as before", compared.unchanged))
        since = "; ".join(f"{_nouns(counts)} {how}" for how, counts in said if counts)
        lines.append(f"  since its last version: {since or 'all of it gone'}")
    if compared.gone:
        lost = _nouns(compared.gone)
        lines.append(f"  [bold]no longer in it: {lost}[/]; what no other file says leaves the graph when this is saved")
    return lines


def _nouns(counts: Mapping[str, int]) -> str:
    """Return things compared in words; their nouns are the types in small letters."""
    return _things({noun.capitalize(): number for noun, number in counts.items()})


def _place(note: Problem) -> str:
    return ", ".join(filter(None, (note.sheet, f"row {note.row}" if note.row and note.row > 1 else "")))


def tell_loaded(loaded: Loaded) -> None:
    """Say what an import did."""
    if not loaded.batches_written:
        console.tell(f"{loaded.source.name}: already in the graph; nothing changed (revision {loaded.revision}).")
        return
    rows = console.numbered(loaded.tally.rows, "row", "rows")
    matched = judgements_shown.matched(loaded.proposed)
    console.tell(f"{loaded.source.name}: {rows} saved (revision {loaded.revision}).{f' {matched}.' if matched else ''}")
    if loaded.proposed.doubtful:
        console.tell("Decide on these with: graphsvc review")


def show_imports(runs: Sequence[ImportRun]) -> None:
    """Print every import and undoing."""
    table = Table("Import", "Of", "Begun", "Ended", "", box=SIMPLE)
    undone = {run.undoes for run in runs if run.finished}
    for run in sorted(runs, key=lambda run: (run.started, run.sequence)):
        ended = f"{run.finished:%Y-%m-%d %H:%M} UTC" if run.finished else "broken off"
        note = f"undoes {run.undoes}" if run.undoes else "undone" if run.id in undone else ""
        table.add_row(run.id, escape(run.name), f"{run.started:%Y-%m-%d %H:%M} UTC", ended, note)
    console.out().print(table if runs else "Nothing was imported yet.")


def tell_undone(done: Undone) -> None:
    """Say what an undoing did."""
    kept = f"as on {done.restored.started:%Y-%m-%d %H:%M} UTC" if done.restored else "no more"
    what = f"{done.undone.name}: import {done.undone.id} undone"
    console.tell(f"{what}; its file is in the graph {kept} (revision {done.revision}).")
