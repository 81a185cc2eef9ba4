"""A change: what is written together, as a list of steps that an engine applies whole or not at all.

A change has a key. The graph keeps the keys of all changes it holds, and its revision is their number: a change that is
applied again, by a repeated import or by a driver that lost an answer, alters nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from graphsvc.model import Claim, Judgement, Record
from graphsvc.store import content, judging, rows
from graphsvc.store.descriptions import AREAS, Tag
from graphsvc.store.engine import Step
from graphsvc.store.judging import Act
from graphsvc.store.migrating import LAST
from graphsvc.store.references import mentions

BATCH = 5_000
"""Rows in one step at most; measured: larger ones are no faster on either engine."""

FORMAT: Final = 1
"""How the graph is written. Raise it when this version would misread a graph of the version before."""

_SETTLING: Final = {
    "sources": ("sources/settle",),
    "places": ("places/leave_parent", "places/join_parent", "places/settle"),
    "themes": ("themes/leave_parent", "themes/join_parent", "themes/settle"),
    "actors": ("actors/leave_place", "actors/locate", "actors/settle"),
    "collaborations": ("collaborations/settle",),
}
_FORGETTING: Final = ("participations", "links", "records", "descriptions", "judgements")
"""Areas of which an import forgets what an earlier one of the same source said."""


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One reading of one file source: the n-th (``sequence``) of that source."""

    id: str
    name: str
    """The file's name, for people."""
    source: str
    fingerprint: str
    """SHA-256 of the file's bytes."""
    sequence: int
    started: datetime
    finished: datetime | None = None
    """None while changes of it may still come, or when it was broken off."""
    precedence: int = 0
    """Whose word is shown where files differ: the lower one's, at first that of the source imported first."""
    undoes: str | None = None
    """Id of the import that this run takes back, by putting the version before it into the graph again."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one step of an import, or one act of a person, says."""

    key: str
    """The same for the same change, however often it is tried."""
    name: str
    """What it is, for people: ``projects.xlsx, rows 2-2001``."""
    claims: Sequence[Claim] = ()
    records: Sequence[Record] = ()
    import_: ImportRun | None = None
    number: int = 0
    """Its place among the changes of its import."""
    content: str = ""
    """What its import says, as :func:`graphsvc.store.content.dump` writes them; made anew where it is left out."""
    judgements: Sequence[Judgement] = ()
    """What the matching of its import says of pairs of entries."""
    acts: Sequence[Act] = ()
    """What a person says of pairs of entries."""
    ranks: Mapping[str, int] = field(default_factory=dict)
    """File source → its new precedence."""
    said_by: Tag = field(default_factory=Tag)
    """Who says the claims, where no import does."""
    also: Sequence[Step] = ()
    """What else is written with it."""
    by: str = ""
    """Who made the change, where a person did."""
    reason: str = ""
    """Why, in that person's words."""
    finishes: bool = False
    """The last change of its import: forgets what earlier imports of the same source said and this one does not."""
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __post_init__(self) -> None:
        if self.finishes and self.import_ is None:
            raise ValueError("a change that finishes must say which import it finishes")


@dataclass(frozen=True, slots=True)
class Noted:
    """What the graph keeps of a change that a person made."""

    id: str
    name: str
    """What was done."""
    at: datetime
    by: str
    reason: str | None


def steps(change: Change) -> list[Step]:
    """Return the steps of a change, in the order in which one needs the other."""
    first = [
        Step("revision/touch", {"change": change.key}),
        Step("changes/upsert", _noted(change)),
    ]
    body = (_import, _content, _order, _finish)
    last = [Step("changes/number", {"id": change.key}), settled()]
    return [*first, *(step for part in body for step in part(change)), *last]


def settled() -> Step:
    """Return the last step of every change."""
    return Step("revision/settle", {"format": FORMAT, "migrated": LAST})


def _noted(change: Change) -> dict[str, str | None]:
    who = {"by": change.by or None, "reason": change.reason or None}
    # To the microsecond: an edition tells two graphs apart by when their changes were made.
    at = change.at.astimezone(UTC).isoformat(timespec="microseconds")
    return {"id": change.key, "name": change.name, "at": at, **who}


def _import(change: Change) -> list[Step]:
    run = change.import_
    if run is None:
        return []
    return [
        Step(
            "imports/upsert",
            {
                "id": run.id,
                "name": run.name,
                "source": run.source,
                "fingerprint": run.fingerprint,
                "sequence": run.sequence,
                "precedence": run.precedence,
                "undoes": run.undoes,
                "started": _instant(run.started),
            },
        ),
        *_kept(change, run),
    ]


def _kept(change: Change, run: ImportRun) -> list[Step]:
    """Keep what an import says; what an undoing says is kept already, by the import that said it first."""
    if run.undoes or not (change.claims or change.records or change.judgements):
        return []
    text = change.content or content.dump(change.claims, change.records, change.judgements)
    kept = {"id": change.key, "name": change.name, "import": run.id, "number": change.number}
    return [Step("contents/keep", {**kept, "packed": content.pack(text)})]


def _content(change: Change) -> list[Step]:
    run = change.import_
    tag = Tag(run.source, run.id, run.precedence) if run else change.said_by
    mentioned = mentions(change.claims) if run and run.undoes else {}
    work = [
        *((f"{area}/mention", [{"id": id_} for id_ in sorted(mentioned[area])]) for area in AREAS if area in mentioned),
        *rows.of_claims(change.claims, tag),
        ("records/upsert", rows.of_records(change.records, tag)),
        ("judgements/propose", [judging.proposal_row(judgement, tag) for judgement in change.judgements]),
    ]
    written = [Step(name, {"rows": list(some)}) for name, all_ in work for some in _in_batches(all_)]
    touched = {step.statement.partition("/")[0] for step in written}
    noted = [Step("judgements/note", judging.act_parameters(act)) for act in change.acts]
    return [*written, *_settle(area for area in AREAS if area in touched), *noted, *change.also]


def _settle(areas: Iterable[str]) -> list[Step]:
    """Let the things whose descriptions were touched show what their descriptions say now."""
    return [Step(name) for area in areas for name in _SETTLING[area]]


def _in_batches(all_: Sequence[dict[str, Any]]) -> list[Sequence[dict[str, Any]]]:
    return [all_[at : at + BATCH] for at in range(0, len(all_), BATCH)]


def _order(change: Change) -> list[Step]:
    """Set whose word comes first, and let what several files describe show the word of the first now."""
    if not change.ranks:
        return []
    new = [{"source": source, "rank": rank} for source, rank in sorted(change.ranks.items())]
    told = [step for source in sorted(change.ranks) for step in _ranked(source)]
    return [Step("imports/rank", {"rows": new}), *told, *_settle(AREAS)]


def _ranked(source: str) -> list[Step]:
    """Give all that a file says the precedence that the file has."""
    return [Step(f"{area}/rank", {"file": source}) for area in (*AREAS, "participations", "links", "judgements")]


def _finish(change: Change) -> list[Step]:
    run = change.import_
    if run is None or not change.finishes:
        return []
    mine = {"file": run.source, "import": run.id}
    return [
        *(Step(f"{area}/outdate", mine) for area in AREAS),
        *(
            Step(f"{area}/forget", mine)
            for area in ("participations", "links", "records", "descriptions", "judgements")
        ),
        Step("collaborations/forget_themes", mine),
        *_ranked(run.source),  # a person may have changed it while the import went on
        *_settle(AREAS),
        *(Step(f"{area}/forget_unspoken") for area in ("actors", "collaborations", "themes", "places", "sources")),
        Step("imports/finish", {"id": run.id, "finished": _instant(change.at)}),
    ]


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
